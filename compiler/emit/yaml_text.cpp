#include "compiler/emit/yaml_text.hpp"

#include <algorithm>
#include <array>

#include "compiler/diag/unicode.hpp"

namespace stackc::emit {
namespace {

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// What some reader of YAML 1.1 takes for a boolean or for nothing.
bool is_word_of_yaml(std::string_view text) {
  if (text.size() > 5) return false;
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return static_cast<char>(c | 0x20); });
  constexpr std::array<std::string_view, 9> kWords = {"y",   "n",    "yes",   "no",  "on",
                                                      "off", "true", "false", "null"};
  return std::find(kWords.begin(), kWords.end(), lower) != kWords.end();
}

/// A number, a date or a time in any reader's eyes is made of these alone.
bool may_be_number(std::string_view text) {
  return text.find_first_not_of("0123456789+-._:,abcdefABCDEFxXoOtTzZ ") == std::string_view::npos;
}

/// Line breaks, control characters, and what readers disagree about.
bool is_special(char32_t c) {
  return c < 0x20 || c == 0x7F || (c >= 0x80 && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0xFEFF ||
         (c >= 0xFFFE && c <= 0xFFFF);
}

template <class Is>
bool any_code_point(std::string_view text, Is is) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode(text, at);
    if (!c.valid || is(c.value)) return true;
    at += c.bytes;
  }
  return false;
}

bool may_be_plain(std::string_view text, YamlPlace place) {
  if (text.empty() || text.front() == ' ' || text.back() == ' ' || text.back() == ':') return false;
  const char first = text.front();
  const bool starts_fine = is_letter(first) || is_digit(first) || first == '/' || first == '_' ||
                           first == '$' || first == '(' || first == '^' || first == '.' || first == '+' ||
                           static_cast<unsigned char>(first) >= 0x80;
  if (!starts_fine || is_word_of_yaml(text)) return false;
  if ((is_digit(first) || first == '.' || first == '+') && may_be_number(text)) return false;
  if (first == '.' || first == '+') return false;
  if (text.find(": ") != std::string_view::npos || text.find(" #") != std::string_view::npos) return false;
  // Older readers take any colon or question mark in a flow collection for a key.
  return place == YamlPlace::Block || text.find_first_of(",[]{}:?") == std::string_view::npos;
}

void append_escaped(std::string& out, const CodePoint& c, std::string_view bytes) {
  constexpr std::string_view kHex = "0123456789abcdef";
  switch (c.value) {
    case U'"':
      out += "\\\"";
      return;
    case U'\\':
      out += "\\\\";
      return;
    case U'\n':
      out += "\\n";
      return;
    case U'\r':
      out += "\\r";
      return;
    case U'\t':
      out += "\\t";
      return;
    default:
      break;
  }
  if (!is_special(c.value)) {
    out += bytes;
    return;
  }
  out += "\\u";
  for (const unsigned shift : {12U, 8U, 4U, 0U}) out += kHex[(c.value >> shift) & 15U];
}

std::string in_double_quotes(std::string_view text) {
  std::string out = "\"";
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode(text, at);
    append_escaped(out, c, text.substr(at, c.bytes));
    at += c.bytes;
  }
  return out + '"';
}

std::string in_single_quotes(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') out += '\'';
    out += c;
  }
  return out + '\'';
}

}  // namespace

std::string yaml_text(std::string_view text, YamlPlace place) {
  if (any_code_point(text, is_special)) return in_double_quotes(text);
  if (may_be_plain(text, place)) return std::string(text);
  const bool wants_escapes = text.find_first_of("\"\\") != std::string_view::npos;
  return wants_escapes ? in_single_quotes(text) : in_double_quotes(text);
}

std::string yaml_number(std::string_view json) {
  const std::size_t e = json.find_first_of("eE");
  if (e == std::string_view::npos) return std::string(json);
  std::string out(json.substr(0, e));
  if (out.find('.') == std::string::npos) out += ".0";
  out += json[e];
  if (json[e + 1] != '+' && json[e + 1] != '-') out += '+';
  return out.append(json.substr(e + 1));
}

bool fits_block_scalar(std::string_view text) {
  if (text.find('\n') == std::string_view::npos || text.ends_with("\n\n")) return false;
  const std::size_t first = text.find_first_not_of('\n');
  if (first == std::string_view::npos || text[first] == ' ' || text[first] == '\t') return false;
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
    // Readers disagree about lines of nothing but white space.
    const std::size_t next = text.find_first_not_of(" \t", at + 1);
    if (next != at + 1 && (next == std::string_view::npos || text[next] == '\n')) {
      if (at + 1 != text.size()) return false;
    }
  }
  return !any_code_point(text, [](char32_t c) { return c != U'\n' && c != U'\t' && is_special(c); });
}

void append_block_scalar(std::string& out, std::string_view text, std::size_t column) {
  out += " |";
  if (!text.ends_with('\n')) {
    out += '-';
  } else {
    text.remove_suffix(1);
  }
  while (true) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    out += '\n';
    if (!line.empty()) out.append(column, ' ').append(line);
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

}  // namespace stackc::emit

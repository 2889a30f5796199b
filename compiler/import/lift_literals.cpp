#include "compiler/import/lift_literals.hpp"

#include <algorithm>

#include "compiler/base/text.hpp"

namespace stackc::cfn {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

/// May stand between raw triple quotes: no characters that need an escape, no lines of blanks alone, whose
/// blanks would be lost.
bool can_be_raw_lines(std::string_view text) {
  if (text.find("\"\"\"") != std::string_view::npos) return false;
  const auto needs_escape = [](char c) { return is_control(c) && c != '\n' && c != '\t'; };
  if (std::any_of(text.begin(), text.end(), needs_escape)) return false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    if (!line.empty() && line.find_first_not_of(" \t") == std::string_view::npos) return false;
    at = end + 1;
  }
  return true;
}

}  // namespace

bool is_identifier(std::string_view text) {
  return !text.empty() && is_letter(text[0]) &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_letter(c) || is_digit(c); });
}

std::string escaped(std::string_view text, Quotes quotes, bool begins, bool ends) {
  std::string out;
  out.reserve(text.size() + 8);
  bool only_blanks = begins;  // so far on this line
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool triple = quotes == Quotes::Triple;
    const bool line_ends = i + 1 == text.size() ? ends : text[i + 1] == '\n';
    const bool lost_blank = triple && only_blanks && line_ends && (c == ' ' || c == '\t');
    if (c == '\\') {
      out += "\\\\";
    } else if (c == '"') {
      out += triple && !text.substr(i).starts_with("\"\"\"") ? "\"" : "\\\"";
    } else if (c == '$' && i + 1 < text.size() && text[i + 1] == '{') {
      out += "\\$";
    } else if (c == '\n') {
      out += triple ? "\n" : "\\n";
    } else if (c == '\t' && (!triple || lost_blank)) {
      out += "\\t";
    } else if (c == '\r') {
      out += "\\r";
    } else if (lost_blank || (is_control(c) && c != '\t')) {
      out += fmt::format("\\u{{{:x}}}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    } else {
      out += c;
    }
    only_blanks = c == '\n' || (only_blanks && (c == ' ' || c == '\t'));
  }
  return out;
}

std::string quoted(std::string_view text) { return fmt::format("\"{}\"", escaped(text, Quotes::Single)); }

bool wants_lines(std::string_view text) {
  const std::size_t first = text.find('\n');
  return first != std::string_view::npos && first + 1 < text.size();
}

std::string in_triple_quotes(std::string_view content) {
  std::string out = "\"\"\"";
  for (std::size_t at = 0; at <= content.size();) {
    const std::size_t end = std::min(content.find('\n', at), content.size());
    const std::string_view line = content.substr(at, end - at);
    out += line.empty() ? "\n" : fmt::format("\n  {}", line);
    at = end + 1;
  }
  out += "\n  \"\"\"";
  return out;
}

std::string text_literal(std::string_view text) {
  const bool escapes = text.find('\\') != std::string_view::npos || text.find("${") != std::string_view::npos;
  if (wants_lines(text)) {
    if (escapes && can_be_raw_lines(text)) return "r" + in_triple_quotes(text);
    return in_triple_quotes(escaped(text, Quotes::Triple));
  }
  const bool plain =
      std::none_of(text.begin(), text.end(), is_control) && text.find('"') == std::string_view::npos;
  if (escapes && plain) return fmt::format("r\"{}\"", text);
  return quoted(text);
}

}  // namespace stackc::cfn

#include <algorithm>
#include <charconv>

#include "compiler/base/text.hpp"
#include "compiler/parse/builder.hpp"
#include "compiler/parse/builder_lists.hpp"

namespace stackc::parsing {

// ---------------------------------------------------------------- numbers

/// The value of decimal digits. Too many of them, or a leading zero (an account id that lost its
/// quotes), is reported and gives 0.
std::int64_t Builder::number_value(std::string_view digits, Span where) {
  if (digits.size() > 1 && digits[0] == '0') {
    report(Code::InvalidNumber, where, fmt::format("`{}` starts with a zero", digits))
        .help(fmt::format("a number does not keep its leading zeros; write the text \"{}\"", digits));
    return 0;
  }
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{}) {
    report(Code::InvalidNumber, where, "integer is too large, expected at most 9223372036854775807");
    return 0;
  }
  return value;
}

void Builder::integer(const Node& node) { push(node.span, ast::IntExpr{number_value(node.text, node.span)}); }
void Builder::decimal(const Node& node) { push(node.span, ast::NumberExpr{node.text}); }

void Builder::percent(const Node& node) {
  push(node.span, ast::PercentExpr{node.text.substr(0, node.text.size() - 1)});
}

void Builder::cidr(const Node& node) {
  std::size_t begin = 0;
  for (int i = 0; i < 5; ++i) {
    const std::size_t end = std::min(node.text.find_first_of("./", begin), node.text.size());
    const std::string_view part = node.text.substr(begin, end - begin);
    const int limit = i < 4 ? 255 : 32;
    int value = limit + 1;
    std::from_chars(part.data(), part.data() + part.size(), value);
    if (value > limit) {
      report(Code::InvalidNumber, span(node.span.begin + begin, node.span.begin + end),
             fmt::format("found `{}` in a CIDR block, expected at most {}", part, limit));
      break;
    }
    begin = end + 1;
  }
  push(node.span, ast::CidrExpr{node.text});
}

void Builder::duration(const Node& node) {
  using Unit = ast::DurationUnit;
  const char letter = node.text.back();
  const Unit unit = letter == 's'   ? Unit::Seconds
                    : letter == 'm' ? Unit::Minutes
                    : letter == 'h' ? Unit::Hours
                                    : Unit::Days;
  push(node.span,
       ast::DurationExpr{number_value(node.text.substr(0, node.text.size() - 1), node.span), unit});
}

void Builder::size(const Node& node) {
  using Unit = ast::SizeUnit;
  const std::string_view digits = node.text.substr(0, node.text.size() - 3);
  const char letter = node.text[digits.size()];
  const Unit unit = letter == 'K'   ? Unit::KiB
                    : letter == 'M' ? Unit::MiB
                    : letter == 'G' ? Unit::GiB
                                    : Unit::TiB;
  push(node.span, ast::SizeExpr{number_value(digits, node.span), unit});
}

// ---------------------------------------------------------------- pieces of strings

void Builder::text_part(const Node& node) {
  pending_.parts.push_back({node.span.begin, node.span.end, {}, {}, false});
}

namespace {

/// `code` in UTF-8; empty for what is no character.
std::string utf8(std::uint32_t code) {
  if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return {};
  std::string out;
  const auto tail = [&](int shift) { out += static_cast<char>(0x80 | ((code >> shift) & 0x3F)); };
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | (code >> 6));
    tail(0);
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | (code >> 12));
    tail(6), tail(0);
  } else {
    out += static_cast<char>(0xF0 | (code >> 18));
    tail(12), tail(6), tail(0);
  }
  return out;
}

}  // namespace

void Builder::escape_part(const Node& node) {
  std::string text;
  switch (node.text[1]) {
    case 'n':
      text = "\n";
      break;
    case 't':
      text = "\t";
      break;
    case 'r':
      text = "\r";
      break;
    case 'u': {
      std::uint32_t code = 0;
      std::from_chars(node.text.data() + 3, node.text.data() + node.text.size() - 1, code, 16);
      text = utf8(code);
      if (text.empty()) {
        report(Code::InvalidEscape, node.span, fmt::format("`{}` is no character", node.text));
      }
      break;
    }
    default:
      text = node.text[1];
      break;
  }
  pending_.parts.push_back({node.span.begin, node.span.end, {}, ast_.arena.copy(text), true});
}

void Builder::interpolation_part(const Node& node) {
  pending_.parts.push_back({node.span.begin, node.span.end, pop_expr(), {}, false});
}

// ---------------------------------------------------------------- whole strings

void Builder::finish_string(const Node& node, ast::StringForm form) {
  // Most strings are one piece of text, which stays where it is.
  if (pending_.parts.size() == node.mark.parts + 1 && !pending_.parts.back().expr.valid()) {
    const RawPart& part = pending_.parts.back();
    const std::string_view all = part.is_escape ? part.escaped : source().substr(part.begin, part.end - part.begin);
    pending_.parts.cut(node.mark.parts);
    ast::Seq<ast::StringPart> parts;
    if (!all.empty()) parts = {ast_.arena.make<ast::StringPart>(all, ast::ExprId{}), 1};
    return push(node.span, ast::StringExpr{parts, form});
  }
  std::vector<ast::StringPart> parts;
  std::string text;
  std::size_t pieces = 0;
  std::string_view only;  // the one piece of text, which may stay where it is
  std::uint32_t tall = 0;
  const auto flush = [&] {
    if (!text.empty()) parts.push_back({pieces == 1 ? only : ast_.arena.copy(text), {}});
    text.clear();
    pieces = 0;
  };
  for (std::size_t i = node.mark.parts; i < pending_.parts.size(); ++i) {
    const RawPart& part = pending_.parts[i];
    if (part.expr.valid()) {
      flush();
      parts.push_back({{}, part.expr});
      tall = std::max(tall, height(part.expr));
      continue;
    }
    only = part.is_escape ? part.escaped : source().substr(part.begin, part.end - part.begin);
    if (only.empty()) continue;
    text += only;
    ++pieces;
  }
  flush();
  pending_.parts.cut(node.mark.parts);
  push(node.span, ast::StringExpr{ast_.arena.copy(parts), form}, tall + 1);
}

void Builder::quoted_string(const Node& node) { finish_string(node, ast::StringForm::Quoted); }
void Builder::raw_string(const Node& node) { finish_string(node, ast::StringForm::Raw); }

void Builder::multi_line_string(const Node& node) {
  strip_indentation(node);
  finish_string(node, ast::StringForm::MultiLine);
}

void Builder::raw_multi_line_string(const Node& node) {
  strip_indentation(node);
  finish_string(node, ast::StringForm::RawMultiLine);
}

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }

/// The length of the line break at `at`, 0 when there is none.
std::size_t line_break(std::string_view text, std::size_t at) {
  if (at < text.size() && text[at] == '\n') return 1;
  return text.substr(at, 2) == "\r\n" ? 2 : 0;
}

}  // namespace

// The indentation that all lines share: those with something on them, and the line of the closing
// quotes when it has nothing else. Only breaks that stand in the text itself start lines.
std::uint32_t Builder::common_indent(std::uint32_t from) const {
  const std::string_view all = source();
  std::size_t common = SIZE_MAX;
  for (std::size_t i = from; i < pending_.parts.size(); ++i) {
    const RawPart& part = pending_.parts[i];
    if (part.is_escape || part.expr.valid()) continue;
    for (std::size_t at = part.begin; at < part.end; ++at) {
      if (all[at] != '\n') continue;
      std::size_t first = at + 1;
      while (first < part.end && is_blank(all[first])) ++first;
      const bool blank_line = first < part.end && line_break(all, first) > 0;
      if (!blank_line) common = std::min(common, first - at - 1);
      at = first - 1;
    }
  }
  return common == SIZE_MAX ? 0 : static_cast<std::uint32_t>(common);
}

// The text of a part with `\n` for every break, without the indentation of its lines.
std::string Builder::unindented(const RawPart& part, std::uint32_t indent) const {
  const std::string_view all = source();
  std::string text;
  for (std::size_t at = part.begin; at < part.end;) {
    const std::size_t size = line_break(all, at);
    if (size == 0) {
      text += all[at++];
      continue;
    }
    text += '\n';
    at += size;
    std::size_t first = at;
    while (first < part.end && is_blank(all[first])) ++first;
    const bool blank_line = first < part.end && line_break(all, first) > 0;
    at = blank_line ? first : std::min(first, at + indent);
  }
  return text;
}

// Rewrites the pending parts of a multi-line string: without its indentation, without the break
// after the opening quotes and the one before the closing ones.
void Builder::strip_indentation(const Node& node) {
  const std::uint32_t indent = common_indent(node.mark.parts);
  const std::size_t close = node.span.end - 3;
  for (std::size_t i = node.mark.parts; i < pending_.parts.size(); ++i) {
    RawPart& part = pending_.parts[i];
    if (part.is_escape || part.expr.valid()) continue;
    std::string text = unindented(part, indent);
    if (i == node.mark.parts) {
      const std::size_t first = text.find_first_not_of(" \t");
      if (first != std::string::npos && text[first] == '\n') text.erase(0, first + 1);
    }
    if (part.end == close) {
      const std::size_t last = text.find_last_not_of(" \t");
      if (last != std::string::npos && text[last] == '\n') text.erase(last);
    }
    part.is_escape = true;
    part.escaped = ast_.arena.copy(text);
  }
}

void Builder::plain_only(ast::ExprId id, const char* what) {
  const auto* text = ast_.get_if<ast::StringExpr>(id);
  if (text == nullptr || text->is_plain()) return;
  report(Code::UnexpectedToken, ast_[id].span,
         fmt::format("found `${{…}}` in {}, expected plain text", what));
}

}  // namespace stackc::parsing

// Types are short and regular, so they are written from their words alone; that keeps parentheses,
// which the tree does not have.
#include "compiler/syntax/format_printer.hpp"

namespace stackc::format_detail {
namespace {

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// The end of a quoted string that starts at `at`.
std::size_t string_end(std::string_view source, std::size_t at) {
  for (++at; at < source.size() && source[at] != '"'; ++at) at += source[at] == '\\';
  return at + 1;
}

}  // namespace

/// `arm | arm`, broken before the bars when long.
void Printer::type(Wrap wrap) {
  if (next_is("|")) {  // allowed in front of the first arm, never written
    comments();
    ++cursor_;
  }
  if (wrap == Wrap::Own) layout_.begin();
  type_arm();
  if (wrap == Wrap::Own) layout_.indent();
  while (!lost_ && next_is("|") && !next_is("||")) {
    comments_behind_operator("|");
    layout_.line(Flat::Space);
    word("|");
    type_arm();
  }
  if (wrap == Wrap::Own) {
    layout_.outdent();
    layout_.end();
  }
}

void Printer::type_arm() {
  if (next_is("(")) {
    enclosed_type("(", ")");
  } else if (next_is("[")) {
    enclosed_type("[", "]");
  } else if (next_is("{")) {
    type_brackets();
  } else {
    type_word();
  }
  while (!lost_ && adjacent('?')) token("?");
}

void Printer::enclosed_type(std::string_view open, std::string_view close) {
  token(open);
  layout_.begin();
  layout_.indent();
  layout_.line(Flat::Nothing);
  type(Wrap::Parentheses);
  comments();
  layout_.outdent();
  layout_.line(Flat::Nothing);
  layout_.end();
  token(close);
}

/// `{[String]: T}` or `{ a: T, b?: T }`
void Printer::type_brackets() {
  const std::size_t open = next_word();
  Printer ahead(ast_);
  ahead.cursor_ = open + 1;
  ahead.comment_ = comment_;
  if (ahead.next_is("[")) {
    token("{");
    token("[");
    type();
    token("]");
    word(":");
    type();
    return token("}");
  }
  items(kRecord, [&](std::size_t) {
    type_word();
    if (adjacent('?')) token("?");
    word(":");
    type();
  });
}

/// A name with all that belongs to it, a literal, or the key of a field.
void Printer::type_word() {
  std::size_t at = next_word();
  if (at >= source_.size()) return lose();
  if (source_[at] == '"') return verbatim(static_cast<std::uint32_t>(string_end(source_, at)));
  if (source_[at] == '-') ++at;
  const auto joins = [&](std::size_t i) {
    const char next = i + 1 < source_.size() ? source_[i + 1] : '\0';
    if (source_[i] == '.' || source_[i] == '#') return is_name_char(next);
    return source_[i] == ':' && next == ':' && i + 2 < source_.size() && is_name_char(source_[i + 2]);
  };
  while (at < source_.size() && (is_name_char(source_[at]) || joins(at))) at += source_[at] == ':' ? 2 : 1;
  verbatim(static_cast<std::uint32_t>(at));
  if (adjacent('<')) type_arguments();
  if (adjacent('(')) refinements();
}

void Printer::type_arguments() {
  token("<");
  while (!lost_ && !next_is(">")) {
    type();
    drop_comma(">");
  }
  token(">");
}

namespace {

/// A slash that the end of the refinement follows; others belong to the pattern (`regex_slash` of the
/// grammar).
bool ends_pattern(std::string_view source, std::size_t at) {
  if (source[at] != '/') return false;
  const std::size_t next = source.find_first_not_of(" \t", at + 1);
  return next == std::string_view::npos ||
         std::string_view("),\r\n").find(source[next]) != std::string_view::npos;
}

}  // namespace

/// `(1..64)`, `(1..)`, `(/regex/)`, `(1..64, /regex/)`
void Printer::refinements() {
  token("(");
  while (!lost_ && !next_is(")")) {
    comments();
    if (adjacent('/')) {
      std::size_t end = cursor_ + 1;
      for (; end < source_.size() && !ends_pattern(source_, end); ++end) end += source_[end] == '\\';
      verbatim(static_cast<std::uint32_t>(end + 1));
    } else {
      const std::size_t end = source_.find_first_of(" \t\r\n),/", cursor_);
      if (end == std::string_view::npos) return lose();
      verbatim(static_cast<std::uint32_t>(end));
    }
    drop_comma(")");
  }
  token(")");
}

/// Steps over a comma and writes one, unless `close` follows.
void Printer::drop_comma(std::string_view close) {
  if (!next_is(",")) return;
  comments();
  ++cursor_;
  if (next_is(close)) return;
  layout_.text(",");
  space();
}

}  // namespace stackc::format_detail

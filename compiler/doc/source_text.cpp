#include "compiler/doc/source_text.hpp"

#include <algorithm>

#include "compiler/doc/library.hpp"

namespace stackc::doc {

namespace {

bool opens(char c) { return c == '{' || c == '[' || c == '('; }
bool closes(char c) { return c == '}' || c == ']' || c == ')'; }

/// Whether the line break between `before` and `after` separates two items.
bool separates(std::string_view before, std::string_view after) {
  if (before.empty() || after.empty() || opens(before.back()) || closes(after.front())) return false;
  constexpr std::string_view goes_on = ",:=?&|+*/<>";
  if (goes_on.find(before.back()) != std::string_view::npos) return false;
  return after.starts_with("...") || std::string_view("?:&|+*/=<>.!").find(after.front()) == std::string_view::npos;
}

std::string_view trimmed(std::string_view line) {
  const std::size_t from = line.find_first_not_of(" \t\r");
  if (from == std::string_view::npos) return {};
  return line.substr(from, line.find_last_not_of(" \t\r") - from + 1);
}

}  // namespace

std::string_view source_of(const ast::Ast& ast, Span span) { return ast.source.substr(span.begin, span.size()); }

std::string on_one_line(std::string_view source) {
  std::string out;
  while (!source.empty()) {
    const std::size_t end = source.find('\n');
    const std::string_view line = trimmed(source.substr(0, end));
    source.remove_prefix(end == std::string_view::npos ? source.size() : end + 1);
    if (line.empty() || line.starts_with("//")) continue;
    if (separates(out, line)) out += ',';
    if (!out.empty() && !(opens(out.back()) && out.back() != '{') && !(closes(line.front()) && line.front() != '}')) out += ' ';
    out += line;
  }
  return out;
}

std::string introduction(const ast::Ast& ast) {
  std::string text;
  std::size_t end = 0;
  for (const ast::Comment& comment : ast.comments) {
    if (comment.kind != ast::CommentKind::Doc || !comment.own_line) break;
    const std::string_view between = ast.source.substr(end, comment.span.begin - end);
    const bool first = text.empty() && end == 0;
    if (between.find_first_not_of(" \t\r\n\xEF\xBB\xBF") != std::string_view::npos) break;
    if (!first && std::ranges::count(between, '\n') != 1) break;
    std::string_view line = source_of(ast, comment.span).substr(3);
    if (line.starts_with(' ')) line.remove_prefix(1);
    text.append(line).append("\n");
    end = comment.span.end;
  }
  if (text.empty()) return {};
  const std::size_t next = ast.source.find_first_not_of(" \t\r\n", end);
  const std::string_view behind = ast.source.substr(end, next == std::string_view::npos ? next : next - end);
  if (next != std::string_view::npos && std::ranges::count(behind, '\n') < 2) return {};
  text.pop_back();
  return text;
}

}  // namespace stackc::doc

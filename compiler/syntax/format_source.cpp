// The cursor that walks the source beside the tree: words, blanks and comments.
#include <algorithm>

#include "compiler/syntax/format_printer.hpp"

namespace stackc::format_detail {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

bool is_word_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

}  // namespace

int Printer::skip_blanks(bool commas) {
  int breaks = 0;
  while (cursor_ < source_.size()) {
    const char c = source_[cursor_];
    if (!is_blank(c) && !(commas && c == ',')) break;
    breaks += c == '\n';
    ++cursor_;
  }
  return breaks;
}

const ast::Comment* Printer::comment_here() {
  while (comment_ < ast_.comments.size() && ast_.comments[comment_].span.begin < cursor_) ++comment_;
  if (comment_ == ast_.comments.size() || ast_.comments[comment_].span.begin != cursor_) return nullptr;
  return &ast_.comments[comment_];
}

std::size_t Printer::next_word(bool commas) const {
  std::size_t at = cursor_;
  std::size_t comment = comment_;
  while (at < source_.size()) {
    while (comment < ast_.comments.size() && ast_.comments[comment].span.begin < at) ++comment;
    if (comment < ast_.comments.size() && ast_.comments[comment].span.begin == at) {
      at = ast_.comments[comment].span.end;
    } else if (is_blank(source_[at]) || (commas && source_[at] == ',')) {
      ++at;
    } else {
      break;
    }
  }
  return at;
}

bool Printer::next_is_word(std::string_view word) const {
  const std::string_view rest = source_.substr(next_word());
  return rest.starts_with(word) && (rest.size() == word.size() || !is_word_char(rest[word.size()]));
}

bool Printer::comment_follows() const {
  std::size_t at = cursor_;
  while (at < source_.size() && is_blank(source_[at])) ++at;
  const auto found =
      std::lower_bound(ast_.comments.begin() + static_cast<std::ptrdiff_t>(comment_), ast_.comments.end(), at,
                       [](const ast::Comment& c, std::size_t begin) { return c.span.begin < begin; });
  return found != ast_.comments.end() && found->span.begin == at;
}

std::string_view Printer::text_of(const ast::Comment& comment) const {
  return source_.substr(comment.span.begin, comment.span.size());
}

int Printer::column_of(const ast::Comment& comment) const {
  if (comment.span.begin == 0) return 0;
  const std::size_t line_break = source_.rfind('\n', comment.span.begin - 1);
  return static_cast<int>(comment.span.begin - (line_break == std::string_view::npos ? 0 : line_break + 1));
}

bool Printer::at_bracket_or_end() const {
  return cursor_ == source_.size() ||
         std::string_view(")]}").find(source_[cursor_]) != std::string_view::npos;
}

// ---------------------------------------------------------------- comments

void Printer::comments() {
  for (skip_blanks(); const ast::Comment* comment = comment_here(); skip_blanks()) {
    cursor_ = comment->span.end;
    if (comment_ < written_) continue;
    if (comment->kind == ast::CommentKind::Block) {
      layout_.inline_comment(text_of(*comment));
    } else {
      if (comment->own_line) layout_.hard_line();
      layout_.trailing_comment(text_of(*comment));
    }
  }
}

void Printer::comments_behind(bool after_item) {
  std::string text;
  while (true) {
    const std::size_t start = cursor_;
    const bool line_ends = skip_blanks(after_item) > 0;
    const ast::Comment* comment = line_ends ? nullptr : comment_here();
    if (comment && comment->kind == ast::CommentKind::Block) {
      // Followed by the next item on the same line, it belongs to that.
      const std::size_t next = source_.find_first_not_of(" \t\r,", comment->span.end);
      const std::string_view ends = after_item ? "\n/)]}>" : "\n/";
      if (next != std::string_view::npos && ends.find(source_[next]) == std::string_view::npos)
        comment = nullptr;
    }
    if (!comment) {
      cursor_ = start;
      break;
    }
    cursor_ = comment->span.end;
    if (!text.empty()) text += ' ';
    text += text_of(*comment);
  }
  if (!text.empty()) layout_.trailing_comment(owned_.emplace_back(std::move(text)));
}

void Printer::comments_behind_operator(std::string_view op) {
  comments();
  if (!source_.substr(cursor_).starts_with(op)) return;
  std::size_t at = cursor_ + op.size();
  while (at < source_.size() && (source_[at] == ' ' || source_[at] == '\t')) ++at;
  comment_here();
  if (comment_ == ast_.comments.size()) return;
  const ast::Comment& comment = ast_.comments[comment_];
  if (comment.span.begin != at || comment.kind == ast::CommentKind::Block) return;
  layout_.trailing_comment(text_of(comment));
  written_ = comment_ + 1;
}

void Printer::separate(Flat flat, bool first) {
  bool blank = skip_blanks(true) >= 2 && !first;
  while (const ast::Comment* comment = comment_here()) {
    const std::string_view text = text_of(*comment);
    const bool moves = text.find('\n') != std::string_view::npos;
    layout_.hard_line(blank);
    layout_.own_comment(text, moves ? column_of(*comment) : 0);
    cursor_ = comment->span.end;
    const int breaks = skip_blanks(true);
    blank = breaks >= 2;
    if (breaks == 0 && !comment_here() && !at_bracket_or_end()) return layout_.space();
  }
  layout_.line(flat, blank);
}

void Printer::separate_lines() {
  separate(Flat::Space, true);
  layout_.hard_line();
}

// ---------------------------------------------------------------- words

void Printer::token(std::string_view text) {
  comments();
  if (lost_ || !source_.substr(cursor_).starts_with(text)) return lose();
  layout_.text(source_.substr(cursor_, text.size()));
  cursor_ += text.size();
}

void Printer::verbatim(std::uint32_t end, bool multi_line) {
  comments();
  if (lost_ || end <= cursor_ || end > source_.size()) return lose();
  std::string_view text = source_.substr(cursor_, end - cursor_);
  if (text.find('\r') != std::string_view::npos) {  // to the parser, all line breaks are one
    std::string& lines = owned_.emplace_back(text);
    std::erase(lines, '\r');
    text = lines;
  }
  if (multi_line)
    layout_.multi_line_string(text);
  else
    layout_.text(text);
  cursor_ = end;
}

}  // namespace stackc::format_detail

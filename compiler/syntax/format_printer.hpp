#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/syntax/ast.hpp"
#include "compiler/syntax/format_layout.hpp"

namespace stackc::format_detail {

/// How a bracketed sequence is written.
struct ItemStyle {
  std::string_view open, close;
  Flat padding = Flat::Nothing;       // inside the brackets, on one line
  Flat separator = Flat::CommaSpace;  // on one line; nothing when broken
  bool comma = false;                 // a comma ends every item but the last, broken or not
  bool always_broken = false;
  bool hug_last = false;  // the last item may break alone, see `Layout::hug`
};
inline constexpr ItemStyle kRecord{.open = "{", .close = "}", .padding = Flat::Space};
inline constexpr ItemStyle kList{.open = "[", .close = "]"};
inline constexpr ItemStyle kArguments{.open = "(", .close = ")", .separator = Flat::Space, .comma = true};
inline constexpr ItemStyle kBlock{
    .open = "{", .close = "}", .padding = Flat::Space, .separator = Flat::Space, .always_broken = true};

/// Walks a tree and its source side by side: the tree says what stands where, the words themselves
/// are copied from the source, in order. What lies between two words is blank or a comment, so no
/// comment can be missed, wherever it stands.
class Printer {
 public:
  explicit Printer(const ast::Ast& ast) : ast_(ast), source_(ast.source) {}

  std::string run();

 private:
  // ---- the source (format_source.cpp)

  /// Steps over blanks (and commas, if told so); returns the number of line breaks among them.
  int skip_blanks(bool commas = false);
  /// The comment that starts at the cursor, or null.
  const ast::Comment* comment_here();
  /// Where the next word starts, seen from the cursor past blanks and comments.
  [[nodiscard]] std::size_t next_word(bool commas = false) const;
  [[nodiscard]] bool next_is(std::string_view text) const {
    return source_.substr(next_word()).starts_with(text);
  }
  /// Like `next_is`, for a whole name or keyword.
  [[nodiscard]] bool next_is_word(std::string_view word) const;
  [[nodiscard]] bool comment_follows() const;
  [[nodiscard]] std::string_view text_of(const ast::Comment& comment) const;
  [[nodiscard]] int column_of(const ast::Comment& comment) const;
  [[nodiscard]] bool at_bracket_or_end() const;

  /// Moves to the next word; comments on the way are written where they stand.
  void comments();
  /// The comments behind the last item (else: the opening bracket, a decorator) on its line, if they
  /// belong to it.
  void comments_behind(bool after_item);
  /// Writes the comments that stand behind the next word, an operator, on its line; so that it can
  /// start the next line.
  void comments_behind_operator(std::string_view op);
  /// The comments above an item or a closing bracket, each on its line, and the `line` itself. An empty
  /// line in the source is kept, except in front of the first item.
  void separate(Flat flat, bool first);
  /// The same where the line always ends.
  void separate_lines();

  /// Writes the next word, which must be `text`.
  void token(std::string_view text);
  void word(std::string_view text) {
    token(text);
    layout_.space();
  }
  /// Writes the source up to `end`, as it stands but for the indentation of a multi-line string.
  void verbatim(std::uint32_t end, bool multi_line = false);
  void name(const ast::Name& name) { verbatim(name.span.end); }
  void space() { layout_.space(); }
  /// Gives up: the source is not what the tree says.
  void lose() { lost_ = true; }

  /// `open item item … close`; `item(i)` writes one.
  template <class Item>
  void items(const ItemStyle& style, Item item);

  // ---- expressions (format_expr.cpp)

  enum class Wrap : std::uint8_t { Own, Parentheses };  // who groups and indents a long expression
  void expr(ast::ExprId id, Wrap wrap = Wrap::Own);
  /// After `=` or `:`.
  void value(ast::ExprId id);
  void record(const ast::RecordExpr& record);
  [[nodiscard]] bool is_text_alone(ast::Seq<ast::Argument> args) const;
  void arguments(ast::Seq<ast::Argument> args);
  void list(const ast::ListExpr& list);
  void loop(const ast::Loop& loop);
  void list_comprehension(const ast::ListComprehension& list);
  void map_comprehension(const ast::MapComprehension& map);
  void comprehension_head(const ast::Loop& loop, ast::ExprId condition);
  void unary(ast::ExprId id);
  void range(ast::ExprId id);
  void chain(ast::ExprId id, Wrap wrap);
  void choice(ast::ExprId id, Wrap wrap);
  void postfix(ast::ExprId id);
  void postfix_step(const ast::Expr& expr);
  void operator_on_next_line(std::string_view op);
  [[nodiscard]] bool is_multi_line(ast::ExprId id) const;
  [[nodiscard]] bool breaks_alone(ast::ExprId id) const;

  // ---- types (format_type.cpp)

  void type(Wrap wrap = Wrap::Own);
  void type_arm();
  void enclosed_type(std::string_view open, std::string_view close);
  void type_word();
  void type_brackets();
  void type_arguments();
  void refinements();
  void drop_comma(std::string_view close);
  [[nodiscard]] bool adjacent(char c) const { return cursor_ < source_.size() && source_[cursor_] == c; }

  // ---- declarations (format_decl.cpp)

  void file();
  void block(const ast::Block& block);
  void decl(ast::DeclId id);
  void decorators(ast::Seq<ast::Decorator> decorators, bool share_line);
  void decorator(const ast::Decorator& decorator);
  void type_and_value(bool has_type, ast::ExprId value);
  void with(const ast::WithBlock& with);
  void with_entry(const ast::WithEntry& entry);
  void property(const ast::PropertyDecl& property);
  void keyword(std::string_view word, const ast::Decl& decl);

  void write(const ast::Decl& decl, const ast::InvalidDecl&);
  void write(const ast::Decl& decl, const ast::StackDecl&);
  void write(const ast::Decl& decl, const ast::UseDecl&);
  void write(const ast::Decl& decl, const ast::UpstreamDecl&);
  void write(const ast::Decl& decl, const ast::ParamDecl&);
  void write(const ast::Decl& decl, const ast::LetDecl&);
  void write(const ast::Decl& decl, const ast::FnDecl&);
  void write(const ast::Decl& decl, const ast::TypeDecl&);
  void write(const ast::Decl& decl, const ast::IdTypeDecl&);
  void write(const ast::Decl& decl, const ast::ConditionDecl&);
  void write(const ast::Decl& decl, const ast::MappingDecl&);
  void write(const ast::Decl& decl, const ast::ResourceDecl&);
  void write(const ast::Decl& decl, const ast::ResourceTypeDecl&);
  void write(const ast::Decl& decl, const ast::ComponentDecl&);
  void write(const ast::Decl& decl, const ast::ForDecl&);
  void write(const ast::Decl& decl, const ast::IfDecl&);
  void write(const ast::Decl& decl, const ast::OutputDecl&);
  void write(const ast::Decl& decl, const ast::TagsDecl&);
  void write(const ast::Decl& decl, const ast::AllowDecl&);
  void write(const ast::Decl& decl, const ast::DocumentDecl&);
  void write(const ast::Decl& decl, const ast::AssertDecl&);
  void write(const ast::Decl& decl, const ast::RuleDecl&);
  void write(const ast::Decl& decl, const ast::MetadataDecl&);
  void write(const ast::Decl& decl, const ast::TransformDecl&);
  void write(const ast::Decl& decl, const ast::RawDecl&);
  void write(const ast::Decl& decl, const ast::ExternDecl&);

  const ast::Ast& ast_;
  std::string_view source_;
  Layout layout_;
  std::size_t cursor_ = 0;
  std::size_t comment_ = 0;        // the first comment at or behind the cursor
  std::size_t written_ = 0;        // comments before this one are written
  std::deque<std::string> owned_;  // texts that are not slices of the source
  bool lost_ = false;
};

template <class Item>
void Printer::items(const ItemStyle& style, Item item) {
  token(style.open);
  if (!comment_follows() && next_is(style.close)) return token(style.close);
  layout_.begin();
  if (style.hug_last)
    layout_.indent_if_broken();
  else
    layout_.indent();
  const std::size_t after_open = cursor_;
  const bool line_break = skip_blanks() > 0;
  cursor_ = after_open;
  if (style.always_broken || line_break) layout_.force();
  comments_behind(false);
  const auto at_close = [&] { return source_.substr(next_word(true)).starts_with(style.close); };
  for (std::size_t i = 0; !at_close() && !lost_; ++i) {
    separate(i == 0 ? style.padding : style.separator, i == 0);
    item(i);
    if (style.comma && !at_close()) layout_.text(",");
    comments_behind(true);
  }
  separate(style.padding, true);
  if (style.hug_last)
    layout_.outdent_if_broken();
  else
    layout_.outdent();
  layout_.end();
  token(style.close);
}

}  // namespace stackc::format_detail

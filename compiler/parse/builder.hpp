#pragma once

#include <array>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "compiler/base/source.hpp"
#include "compiler/diag/diagnostic.hpp"
#include "compiler/parse/parse.hpp"
#include "compiler/parse/pending.hpp"
#include "compiler/syntax/ast.hpp"
#include "grammar/context.hpp"

namespace stackc::parsing {

/// Thrown when a rule that had to match did not, after the report; caught at the next line or
/// declaration, never outside this room.
struct Failure {
  static constexpr std::size_t kNowhere = SIZE_MAX;

  std::size_t at = 0;             // where the trouble was seen
  bool fatal = false;             // nothing after it can be read
  std::size_t resume = kNowhere;  // where to read on, when that is known already
  std::size_t level = SIZE_MAX;   // caught where at most so many brackets are open
  bool declaration = false;       // a declaration stands at `resume`
};

/// A construct that has been read: where it started, and its text.
struct Node {
  const Mark& mark;
  Span span;
  std::string_view text;
};

/// Makes the tree: the actions call it construct by construct, innermost first.
class Builder : public grammar::Context {
 public:
  Builder(ast::Ast& tree, Sink& sink, const ParseLimits& limits);

  [[nodiscard]] Mark mark(std::size_t begin) const {
    return {pending_.counts, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(ast_.comments.size())};
  }
  /// Forgets what was added since `mark`.
  void truncate(const Mark& mark) { pending_.counts = mark; }
  [[nodiscard]] Span span(std::size_t begin, std::size_t end) const;
  [[nodiscard]] std::string_view source() const { return ast_.source; }
  [[nodiscard]] const Pending& pending() const { return pending_; }

  // What is read without a construct around it.
  void comment(Span span);
  void push_name(const Node& node);
  void push_declared(const Node& node);
  void push_quoted_name(const Node& node);
  void flag(const Node& node);

  // build_literals.cpp
  void integer(const Node& node);
  void decimal(const Node& node);
  void percent(const Node& node);
  void cidr(const Node& node);
  void duration(const Node& node);
  void size(const Node& node);
  void text_part(const Node& node);
  void escape_part(const Node& node);
  void interpolation_part(const Node& node);
  void quoted_string(const Node& node);
  void multi_line_string(const Node& node);
  void raw_string(const Node& node);
  void raw_multi_line_string(const Node& node);

  // build_expressions.cpp
  void named_argument(const Node& node);
  void spread_argument(const Node& node);
  void positional_argument(const Node& node);
  void arguments(const Node& node);
  void loop_header(const Node& node);
  void loop_key(const Node& node);
  void list_comprehension(const Node& node);
  void map_comprehension(const Node& node);
  void plain_item(const Node& node);
  void spread_item(const Node& node);
  void list_items(const Node& node);
  void plain_field(const Node& node);
  void spread_field(const Node& node);
  void fields(const Node& node);
  void brackets(const Node& node);  // the expression inside gets the span of its brackets
  void raw_value(const Node& node);
  void name_or_call(const Node& node);
  void paren(const Node& node);
  void splat(const Node& node);
  void index(const Node& node);
  void optional_index(const Node& node);
  void member(const Node& node);
  void optional_member(const Node& node);
  void prefix_operator(const Node& node);
  void prefixed(const Node& node);
  void binary_operator(const Node& node);
  void first_operand(const Node& node);
  void operation(const Node& node);
  void choice(const Node& node);

  // build_types.cpp
  void resource_type_name(const Node& node);
  void open_bound(const Node& node);
  void negative_bound(const Node& node);
  void regex(const Node& node);
  void named_type(const Node& node);
  void literal_type(const Node& node);
  void list_type(const Node& node);
  void map_type(const Node& node);
  void type_field(const Node& node);
  void record_type(const Node& node);
  void optional_type(const Node& node);
  void union_type(const Node& node);

  // build_declarations.cpp
  void decorator(const Node& node);
  void block(const Node& node);
  void stack_decl(const Node& node);
  void import(const Node& node);
  void use_decl(const Node& node);
  void upstream_decl(const Node& node);
  void param_decl(const Node& node);
  void const_param_decl(const Node& node);
  void let_decl(const Node& node);
  void fn_param(const Node& node);
  void fn_decl(const Node& node);
  void type_decl(const Node& node);
  void id_type_decl(const Node& node);
  void condition_decl(const Node& node);
  void mapping_decl(const Node& node);
  void with_entry(const Node& node);
  void with_block(const Node& node);
  void resource_decl(const Node& node);
  void extern_decl(const Node& node);
  void extern_param_decl(const Node& node);
  void extern_condition_decl(const Node& node);
  void property(const Node& node);
  void nested_type(const Node& node);
  void resource_type_decl(const Node& node);
  void component_decl(const Node& node);
  void for_decl(const Node& node);
  void else_if(const Node& node);
  void if_decl(const Node& node);
  void output_decl(const Node& node);
  void export_decl(const Node& node);
  void tags_decl(const Node& node);
  void allow_decl(const Node& node);
  void document_decl(const Node& node);
  void assert_decl(const Node& node);
  void rule_decl(const Node& node);
  void metadata_decl(const Node& node);
  void transform_decl(const Node& node);
  void raw_decl(const Node& node);
  void declaration(const Node& node);
  /// Closes the tree, also after a failure that nobody caught.
  void finish();

  // recovery.cpp
  /// Reports that something else stands at `at` than what the grammar wants, and throws.
  [[noreturn]] void unexpected(std::size_t at, const char* expected);
  [[noreturn]] void unclosed(std::size_t at, const char* expected);
  [[noreturn]] void open_string(std::size_t at, const char* expected);
  [[noreturn]] void open_comment(std::size_t at);
  [[noreturn]] void bad_escape(std::size_t at);
  [[noreturn]] void bad_number(std::size_t at);
  [[noreturn]] void too_deep(std::size_t at);
  [[noreturn]] void no_declaration(std::size_t at);
  /// Around each declaration: a mistake is judged by where its declaration began.
  void enter_declaration(std::size_t begin) { declarations_.push_back(begin); }
  void leave_declaration() { declarations_.pop_back(); }
  /// After a failure in a line that began at `mark`: keeps what is complete, puts an invalid node
  /// for the rest, and returns where to read on. Throws again what is fatal.
  std::size_t recover_item(const Mark& mark, const Failure& failure);
  std::size_t recover_field(const Mark& mark, const Failure& failure);
  std::size_t recover_declaration(const Mark& mark, const Failure& failure);
  [[nodiscard]] bool is_complete(const Mark& mark, const Failure& failure) const;

  /// Checks the whole text for bytes that no rule should see. False when there was one.
  bool check_text();

 private:
  template <class T>
  ast::Seq<T> take(PendingList<T>& from, std::uint32_t mark);

  ast::ExprId add(Span span, decltype(ast::Expr::node) node, std::uint32_t height);
  void push(Span span, decltype(ast::Expr::node) node, std::uint32_t height = 1);
  ast::ExprId pop_expr();
  [[nodiscard]] ast::ExprId expr_or_none(std::uint32_t from) const;
  [[nodiscard]] std::uint32_t height(ast::ExprId id) const;
  [[nodiscard]] std::uint32_t tallest(std::uint32_t from) const;
  void push_type(Span span, decltype(ast::TypeExpr::node) node);
  ast::TypeId pop_type();
  [[nodiscard]] ast::TypeId type_or_none(std::uint32_t from) const;

  ast::Argument make_argument(ast::Name name, bool spread);
  void reduce(std::uint8_t precedence);
  void make_index(const Node& node, bool optional);
  void make_member(const Node& node, bool optional);
  [[nodiscard]] std::int64_t number_value(std::string_view digits, Span span);
  void finish_string(const Node& node, ast::StringForm form);
  [[nodiscard]] std::uint32_t common_indent(std::uint32_t from) const;
  [[nodiscard]] std::string unindented(const RawPart& part, std::uint32_t indent) const;
  void strip_indentation(const Node& node);
  void plain_only(ast::ExprId id, const char* what);
  void param(const Node& node, bool is_const);
  void output(const Node& node, bool is_export);
  void read_doc(const Mark& mark, std::uint32_t begin, ast::Decl& decl) const;
  void set_doc(std::size_t first, std::size_t last, ast::Decl& decl) const;
  void kind(const Node& node, decltype(ast::Decl::node) decl);

  Diagnostic& report(Code code, Span span, std::string message);
  [[noreturn]] void fail(Failure failure);
  void notice_declaration(std::size_t at);
  void notice_closer(std::size_t at);
  void notice_open_list(std::size_t at, std::string_view expected);
  [[noreturn]] void report_unclosed(std::size_t opener, Span seen, const char* remark, Failure failure);
  [[nodiscard]] Span token_at(std::size_t at) const;
  [[nodiscard]] std::string describe(Span token) const;
  void forget(const Counts& keep);
  std::size_t read_on(const Mark& mark, const Failure& failure, bool declarations);

  ast::Ast& ast_;
  Sink& sink_;
  ParseLimits limits_;
  Pending pending_;
  std::vector<std::uint32_t> heights_;   // by ExprId: how deep the tree below it is
  decltype(ast::Decl::node) decl_node_;  // of the declaration that has just been read
  std::uint32_t errors_ = 0;
  std::size_t last_error_ = SIZE_MAX;
  std::vector<std::size_t> declarations_;  // where those that are being read begin
  bool skipped_to_end_ = false;            // what is still open may have been closed in what was skipped
};

/// A declaration that is being read, for as long as it lives.
class InDeclaration {
 public:
  InDeclaration(Builder& builder, std::size_t begin) : builder_(builder) {
    builder_.enter_declaration(begin);
  }
  InDeclaration(const InDeclaration&) = delete;
  InDeclaration& operator=(const InDeclaration&) = delete;
  ~InDeclaration() { builder_.leave_declaration(); }

 private:
  Builder& builder_;
};

}  // namespace stackc::parsing

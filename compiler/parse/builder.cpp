#include "compiler/parse/builder.hpp"

#include <algorithm>

namespace stackc::parsing {

namespace {

template <class T, class Allocator>
std::uint32_t count(const std::vector<T, Allocator>& list) {
  return static_cast<std::uint32_t>(list.size());
}

/// Chains of operators make trees as deep as they are long; whoever walks a tree may recurse.
constexpr std::uint32_t kChainFactor = 5;

}  // namespace

Builder::Builder(ast::Ast& tree, Sink& sink, const ParseLimits& limits)
    : ast_(tree), sink_(sink), limits_(limits) {
  max_depth = limits.max_depth;
}

Span Builder::span(std::size_t begin, std::size_t end) const {
  return {ast_.file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

// ---------------------------------------------------------------- the tree

ast::ExprId Builder::add(Span where, decltype(ast::Expr::node) node, std::uint32_t tall) {
  if (tall > limits_.max_depth * kChainFactor) too_deep(where.begin);
  const ast::ExprId id(count(ast_.exprs));
  ast_.exprs.push_back({where, std::move(node)});
  heights_.push_back(tall);
  return id;
}

void Builder::push(Span where, decltype(ast::Expr::node) node, std::uint32_t tall) {
  pending_.exprs.push_back(add(where, std::move(node), tall));
}

ast::ExprId Builder::pop_expr() {
  const ast::ExprId id = pending_.exprs.back();
  pending_.exprs.pop_back();
  return id;
}

ast::ExprId Builder::expr_or_none(std::uint32_t from) const {
  return pending_.exprs.size() > from ? pending_.exprs[from] : ast::ExprId{};
}

std::uint32_t Builder::height(ast::ExprId id) const { return id.valid() ? heights_[id.value] : 0; }

std::uint32_t Builder::tallest(std::uint32_t from) const {
  std::uint32_t result = 0;
  for (std::size_t i = from; i < pending_.exprs.size(); ++i) {
    result = std::max(result, height(pending_.exprs[i]));
  }
  return result;
}

void Builder::push_type(Span where, decltype(ast::TypeExpr::node) node) {
  pending_.types.push_back(ast::TypeId(count(ast_.types)));
  ast_.types.push_back({where, std::move(node)});
}

ast::TypeId Builder::pop_type() {
  const ast::TypeId id = pending_.types.back();
  pending_.types.pop_back();
  return id;
}

ast::TypeId Builder::type_or_none(std::uint32_t from) const {
  return pending_.types.size() > from ? pending_.types[from] : ast::TypeId{};
}

// ---------------------------------------------------------------- names, comments

void Builder::push_name(const Node& node) { pending_.names.push_back({node.text, node.span}); }
void Builder::push_declared(const Node& node) { pending_.declared.push_back({node.text, node.span}); }
void Builder::flag(const Node& node) { pending_.flags.push_back(node.span); }

void Builder::push_quoted_name(const Node& node) {
  const ast::ExprId id = pop_expr();
  plain_only(id, "a key");
  const auto* text = ast_.get_if<ast::StringExpr>(id);
  pending_.names.push_back({text->is_plain() ? text->plain() : std::string_view{}, node.span, true});
}

void Builder::comment(Span where) {
  std::vector<ast::Comment>& comments = ast_.comments;
  // Looking ahead and recovering read some comments twice.
  if (!comments.empty() && where.begin <= comments.back().span.begin) return;
  const std::string_view text = source().substr(where.begin, where.size());
  auto kind = ast::CommentKind::Line;
  if (text.starts_with("/*")) {
    kind = ast::CommentKind::Block;
  } else if (text.starts_with("///") && !text.starts_with("////")) {
    kind = ast::CommentKind::Doc;
  }
  const std::size_t before = source().substr(0, where.begin).find_last_not_of(" \t");
  const bool own_line = before == std::string_view::npos || source()[before] == '\n' ||
                        (before == 2 && source().starts_with("\xEF\xBB\xBF"));
  comments.push_back({where, kind, own_line});
}

}  // namespace stackc::parsing

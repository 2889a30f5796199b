#include <algorithm>

#include "compiler/parse/builder.hpp"
#include "compiler/parse/builder_lists.hpp"

namespace stackc::parsing {

// ---------------------------------------------------------------- arguments

void Builder::named_argument(const Node& node) {
  const ast::Name name = pending_.names.back();
  pending_.names.pop_back();
  pending_.arguments.push_back({name, pending_.exprs.back(), false});
  (void)node;
}

void Builder::spread_argument(const Node&) {
  pending_.arguments.push_back({{}, pending_.exprs.back(), true});
}

void Builder::positional_argument(const Node&) {
  pending_.arguments.push_back({{}, pending_.exprs.back(), false});
}

// The values stay pending until the call is made, which needs their heights.
void Builder::arguments(const Node& node) {
  pending_.argument_lists.push_back(take(pending_.arguments, node.mark.arguments));
}

// ---------------------------------------------------------------- loops

void Builder::loop_header(const Node& node) {
  ast::Loop loop;
  loop.first = pending_.names[node.mark.names];
  if (pending_.names.size() > node.mark.names + 1) loop.second = pending_.names[node.mark.names + 1];
  loop.in = pop_expr();
  pending_.names.cut(node.mark.names);
  pending_.loops.push_back(loop);
}

void Builder::loop_key(const Node&) { pending_.loops.back().key = pop_expr(); }

void Builder::list_comprehension(const Node& node) {
  const ast::Loop loop = pending_.loops.back();
  pending_.loops.pop_back();
  const std::uint32_t tall = 1 + std::max(tallest(node.mark.exprs), height(loop.in));
  const ast::ExprId element = pop_expr();
  const ast::ExprId condition = expr_or_none(node.mark.exprs);
  pending_.exprs.cut(node.mark.exprs);
  push(node.span, ast::ListComprehension{ast_.arena.make<ast::Loop>(loop), condition, element}, tall);
}

void Builder::map_comprehension(const Node& node) {
  const ast::Loop loop = pending_.loops.back();
  pending_.loops.pop_back();
  const std::uint32_t tall = 1 + std::max(tallest(node.mark.exprs), height(loop.in));
  const ast::ExprId value = pop_expr();
  const ast::ExprId key = pop_expr();
  const ast::ExprId condition = expr_or_none(node.mark.exprs);
  pending_.exprs.cut(node.mark.exprs);
  push(node.span, ast::MapComprehension{ast_.arena.make<ast::Loop>(loop), condition, key, value}, tall);
}

// ---------------------------------------------------------------- lists and records

void Builder::plain_item(const Node&) { pending_.items.push_back({pop_expr(), false}); }
void Builder::spread_item(const Node&) { pending_.items.push_back({pop_expr(), true}); }

void Builder::list_items(const Node& node) {
  std::uint32_t tall = 0;
  for (std::size_t i = node.mark.items; i < pending_.items.size(); ++i) {
    tall = std::max(tall, height(pending_.items[i].value));
  }
  push(node.span, ast::ListExpr{take(pending_.items, node.mark.items)}, tall + 1);
}

void Builder::plain_field(const Node& node) {
  const ast::Name key = pending_.names[node.mark.names];
  pending_.names.cut(node.mark.names);
  pending_.fields.push_back({key, pop_expr(), false});
}

void Builder::spread_field(const Node&) { pending_.fields.push_back({{}, pop_expr(), true}); }

void Builder::fields(const Node& node) {
  std::uint32_t tall = 0;
  for (std::size_t i = node.mark.fields; i < pending_.fields.size(); ++i) {
    tall = std::max(tall, height(pending_.fields[i].value));
  }
  push(node.span, ast::RecordExpr{take(pending_.fields, node.mark.fields)}, tall + 1);
}

void Builder::brackets(const Node& node) { ast_.exprs[pending_.exprs.back().value].span = node.span; }

void Builder::raw_value(const Node& node) {
  const ast::ExprId body = pop_expr();
  push(node.span, ast::RawExpr{body}, height(body) + 1);
}

void Builder::paren(const Node& node) {
  const ast::ExprId inner = pop_expr();
  push(node.span, ast::ParenExpr{inner}, height(inner) + 1);
}

// ---------------------------------------------------------------- names, calls, suffixes

void Builder::name_or_call(const Node& node) {
  const ast::Name name = pending_.names.back();
  pending_.names.pop_back();
  if (pending_.argument_lists.size() > node.mark.argument_lists) {
    const ast::Seq<ast::Argument> args = pending_.argument_lists.back();
    pending_.argument_lists.pop_back();
    const std::uint32_t tall = tallest(node.mark.exprs) + 1;
    pending_.exprs.cut(node.mark.exprs);
    push(node.span, ast::CallExpr{ast_.arena.make<ast::Name>(name), args, {}, false}, tall);
  } else if (name.text == "none") {
    push(node.span, ast::NoneExpr{});
  } else if (name.text == "true" || name.text == "false") {
    push(node.span, ast::BoolExpr{name.text == "true"});
  } else {
    push(node.span, ast::NameExpr{name.text});
  }
}

void Builder::splat(const Node&) { pending_.exprs.push_back({}); }

void Builder::make_index(const Node& node, bool optional) {
  const ast::ExprId index = pop_expr();
  const ast::ExprId object = pop_expr();
  const Span where = ast_[object].span.to(node.span);
  const std::uint32_t tall = 1 + std::max(height(object), height(index));
  if (!index.valid()) {
    push(where, ast::SplatExpr{object}, tall);
  } else {
    push(where, ast::IndexExpr{object, index, optional}, tall);
  }
}

void Builder::index(const Node& node) { make_index(node, false); }
void Builder::optional_index(const Node& node) { make_index(node, true); }

void Builder::make_member(const Node& node, bool optional) {
  const ast::Name name = pending_.names.back();
  pending_.names.pop_back();
  const ast::ExprId object = pending_.exprs[node.mark.exprs - 1];
  const Span where = ast_[object].span.to(node.span);
  const std::uint32_t tall = 1 + tallest(node.mark.exprs - 1);
  pending_.exprs.cut(node.mark.exprs - 1);
  if (pending_.argument_lists.size() > node.mark.argument_lists) {
    const ast::Seq<ast::Argument> args = pending_.argument_lists.back();
    pending_.argument_lists.pop_back();
    push(where, ast::CallExpr{ast_.arena.make<ast::Name>(name), args, object, optional}, tall);
  } else {
    push(where, ast::MemberExpr{name, object, optional}, tall);
  }
}

void Builder::member(const Node& node) { make_member(node, false); }
void Builder::optional_member(const Node& node) { make_member(node, true); }

// ---------------------------------------------------------------- operators

void Builder::prefix_operator(const Node& node) {
  const auto op = node.text[0] == '!' ? ast::UnaryOp::Not : ast::UnaryOp::Minus;
  pending_.prefixes.push_back({op, node.span.begin});
}

void Builder::prefixed(const Node& node) {
  while (pending_.prefixes.size() > node.mark.prefixes) {
    const PendingPrefix prefix = pending_.prefixes.back();
    pending_.prefixes.pop_back();
    const ast::ExprId operand = pop_expr();
    push(span(prefix.begin, node.span.end), ast::UnaryExpr{prefix.op, operand}, height(operand) + 1);
  }
}

namespace {

/// Higher binds tighter; `??` alone binds to the right.
PendingOperator operator_of(std::string_view text, Span where) {
  using Op = ast::BinaryOp;
  struct Entry {
    std::string_view text;
    Op op;
    std::uint8_t precedence;
  };
  constexpr Entry kTable[] = {
      {"??", Op::Coalesce, 1},     {"||", Op::Or, 2},  {"&&", Op::And, 3},       {"==", Op::Equal, 4},
      {"!=", Op::NotEqual, 4},     {"<", Op::Less, 5}, {"<=", Op::LessEqual, 5}, {">", Op::Greater, 5},
      {">=", Op::GreaterEqual, 5}, {"+", Op::Add, 7},  {"-", Op::Subtract, 7},   {"*", Op::Multiply, 8},
      {"/", Op::Divide, 8},
  };
  for (const Entry& entry : kTable) {
    if (entry.text == text) return {entry.op, false, entry.precedence, where};
  }
  return {Op::Add, true, 6, where};  // `..`
}

}  // namespace

// Makes the trees of all waiting operators that bind at least as tightly as `precedence`.
void Builder::reduce(std::uint8_t precedence) {
  while (pending_.operators.back().precedence >= precedence) {
    const PendingOperator op = pending_.operators.back();
    pending_.operators.pop_back();
    const ast::ExprId right = pop_expr();
    const ast::ExprId left = pop_expr();
    const Span where = ast_[left].span.to(ast_[right].span);
    const std::uint32_t tall = 1 + std::max(height(left), height(right));
    if (op.is_range) {
      push(where, ast::RangeExpr{left, right}, tall);
    } else {
      push(where, ast::BinaryExpr{op.op, left, right, op.span}, tall);
    }
  }
}

void Builder::binary_operator(const Node& node) {
  const PendingOperator op = operator_of(node.text, node.span);
  const bool to_the_right = op.op == ast::BinaryOp::Coalesce && !op.is_range;
  reduce(static_cast<std::uint8_t>(op.precedence + (to_the_right ? 1 : 0)));
  pending_.operators.push_back(op);
}

// An operation inside brackets must not touch the operators that wait outside.
void Builder::first_operand(const Node&) { pending_.operators.push_back({}); }

void Builder::operation(const Node&) {
  reduce(1);
  pending_.operators.pop_back();
}

void Builder::choice(const Node& node) {
  const ast::ExprId otherwise = pop_expr();
  const ast::ExprId then = pop_expr();
  const ast::ExprId condition = pop_expr();
  const std::uint32_t tall = 1 + std::max({height(condition), height(then), height(otherwise)});
  push(ast_[condition].span.to(node.span), ast::ChoiceExpr{condition, then, otherwise}, tall);
}

}  // namespace stackc::parsing

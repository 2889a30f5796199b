#include "compiler/eval/expr.hpp"

#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/eval/facts.hpp"
#include "compiler/eval/ops.hpp"
#include "compiler/eval/raw.hpp"
#include "compiler/eval/scope.hpp"
#include "compiler/eval/units.hpp"

namespace stackc::eval {
namespace {

/// The integers among the literals that an operand may be, for a comparison of a late value.
std::vector<std::int64_t> integer_literals(Target type) {
  std::vector<std::int64_t> out;
  const auto add = [&](Target arm) {
    std::int64_t n = 0;
    bool whole = !arm.literal().empty();
    for (const char c : arm.literal()) {
      whole = whole && c >= '0' && c <= '9' && n < 1'000'000'000'000;
      n = n * 10 + (c - '0');
    }
    if (whole) out.push_back(n);
  };
  if (type.kind() == sema::Kind::Literal) add(type);
  if (type.kind() == sema::Kind::Union) {
    for (std::size_t i = 0; i < type.arm_count(); ++i) add(type.arm(i));
    if (out.size() != type.arm_count()) out.clear();
  }
  return out;
}

/// The literals that make a fifth of all expressions, by the short way. Null: anything else.
Val leaf_value(Context& ctx, const ast::Expr& e) {
  if (const auto* text = std::get_if<ast::StringExpr>(&e.node)) {
    return text->is_plain() ? ctx.values.make(text->plain(), e.span) : nullptr;
  }
  if (const auto* number = std::get_if<ast::IntExpr>(&e.node)) return ctx.values.integer(number->value, e.span);
  if (std::holds_alternative<ast::NoneExpr>(e.node)) return ctx.values.none(e.span);
  if (const auto* truth = std::get_if<ast::BoolExpr>(&e.node)) return ctx.values.boolean(truth->value, e.span);
  return nullptr;
}

Val name_value(Context& ctx, const Env& env, ast::ExprId id, Span span) {
  const sema::Binding& binding = env.frame->body->module->bindings[id.value];
  if (binding.kind == sema::Binding::Kind::Decl) return resolve(ctx, env, binding.decl, span);
  if (binding.kind != sema::Binding::Kind::Local) return ctx.values.invalid(span);
  for (const LocalBinding* l = env.locals; l != nullptr; l = l->next) {
    if (l->local == binding.local) return ctx.values.at(settle(ctx, env.facts, l->value), span);
  }
  return ctx.values.invalid(span);
}

class Evaluate {
 public:
  Evaluate(Context& ctx, const Env& env, ast::ExprId id, Span span) : ctx_(ctx), env_(env), id_(id), span_(span) {}

  Val operator()(const ast::InvalidExpr&) { return ctx_.values.invalid(span_); }
  Val operator()(const ast::NoneExpr&) { return ctx_.values.none(span_); }
  Val operator()(const ast::BoolExpr& e) { return ctx_.values.boolean(e.value, span_); }
  Val operator()(const ast::IntExpr& e) { return ctx_.values.integer(e.value, span_); }
  Val operator()(const ast::NumberExpr& e) {
    const auto value = number_of(ctx_.values.make(Decimal{e.text}, span_));
    if (!value) return ctx_.values.invalid(span_);
    // As written, `2.0` too, as long as JSON takes it: no number begins with two zeros.
    const bool is_json = e.text.size() < 2 || e.text[0] != '0' || e.text[1] == '.';
    return ctx_.values.make(
        Decimal{is_json ? e.text : ctx_.values.keep(fmt::format("{}", *value))}, span_);
  }
  Val operator()(const ast::StringExpr& e) {
    if (e.is_plain()) return ctx_.values.make(e.plain(), span_);
    std::vector<Val> parts;
    parts.reserve(e.parts.size());
    for (const ast::StringPart& part : e.parts) {
      parts.push_back(part.expr.valid() ? evaluate(ctx_, env_, part.expr)
                                        : ctx_.values.make(part.text, span_));
    }
    return concatenate(ctx_, env_, parts, span_);
  }
  Val operator()(const ast::CidrExpr& e) { return ctx_.values.make(Cidr{e.text}, span_); }
  Val operator()(const ast::DurationExpr& e) { return ctx_.values.make(Duration{seconds_in(e)}, span_); }
  Val operator()(const ast::SizeExpr& e) { return ctx_.values.make(Size{kib_in(e)}, span_); }
  Val operator()(const ast::PercentExpr& e) { return ctx_.values.make(Percent{e.text}, span_); }
  Val operator()(const ast::RangeExpr& e) { return evaluate_range(ctx_, env_, e, span_); }
  Val operator()(const ast::NameExpr&) { return name_value(ctx_, env_, id_, span_); }
  Val operator()(const ast::ListExpr& e) {
    if (std::ranges::none_of(e.items, &ast::ListItem::spread)) return elements(e);
    return evaluate_list(ctx_, env_, e, type_of(ctx_, env_, id_), span_);
  }
  Val operator()(const ast::RecordExpr& e) { return evaluate_record(ctx_, env_, e, span_); }
  Val operator()(const ast::ListComprehension& e) { return evaluate_comprehension(ctx_, env_, id_, e); }
  Val operator()(const ast::MapComprehension& e) { return evaluate_comprehension(ctx_, env_, id_, e); }
  Val operator()(const ast::UnaryExpr& e) {
    const Val v = evaluate(ctx_, env_, e.operand);
    return ctx_.values.weighing(
        e.op == ast::UnaryOp::Not ? negate(ctx_, env_, v, span_) : minus(ctx_, env_, v, span_), v->weight);
  }
  Val operator()(const ast::BinaryExpr& e) { return binary(e); }
  Val operator()(const ast::ChoiceExpr& e) {
    const Val condition = evaluate(ctx_, env_, e.condition);
    if (const auto* known = condition->get_if<bool>()) {
      return ctx_.values.at(evaluate(ctx_, env_, *known ? e.then : e.otherwise), span_);
    }
    return choose_by(
        ctx_, env_, condition, tree()[e.condition].span,
        [&](const Env& env) { return evaluate(ctx_, env, e.then); },
        [&](const Env& env) { return evaluate(ctx_, env, e.otherwise); }, span_);
  }
  Val operator()(const ast::MemberExpr& e) { return evaluate_member(ctx_, env_, id_, e); }
  Val operator()(const ast::IndexExpr& e) { return evaluate_index(ctx_, env_, e, span_); }
  Val operator()(const ast::SplatExpr& e) { return evaluate_splat(ctx_, env_, e, span_); }
  Val operator()(const ast::CallExpr& e) { return evaluate_call(ctx_, env_, id_, e); }
  Val operator()(const ast::RawExpr& e) { return evaluate_raw(ctx_, env_, e, span_); }
  Val operator()(const ast::ParenExpr& e) { return evaluate(ctx_, env_, e.inner); }

 private:
  [[nodiscard]] const ast::Ast& tree() const { return ast_of(env_.frame); }

  /// A list without spreads, which is most: nothing in it has a length of its own.
  Val elements(const ast::ListExpr& e) {
    Val* const items = ctx_.values.room_for<Val>(e.items.size());
    for (std::size_t i = 0; i < e.items.size(); ++i) {
      items[i] = evaluate(ctx_, env_, e.items[i].value);
      if (items[i]->is<Invalid>()) return ctx_.values.invalid(span_);
    }
    return ctx_.values.make(List{{items, e.items.size()}}, span_);
  }

  /// What decides `a && b` or `a || b` alone: the left side, or the right one after a left one that says nothing.
  Val left_alone(bool known) { return ctx_.values.boolean(known, span_); }
  Val last(const ast::BinaryExpr& e) {
    const Val right = evaluate(ctx_, env_, e.right);
    if (const auto* known = right->get_if<bool>()) return ctx_.values.boolean(*known, span_);
    const ir::ValueRef b = as_condition(ctx_, env_, right, tree()[e.right].span);
    return ctx_.values.weighing(from_condition(ctx_, b, span_), right->weight);
  }

  /// `a && b`, `a || b`: the right side sees what the left one says.
  Val logical(const ast::BinaryExpr& e) {
    const bool conjunction = e.op == ast::BinaryOp::And;
    const Val left = evaluate(ctx_, env_, e.left);
    if (const auto* known = left->get_if<bool>()) return *known == conjunction ? last(e) : left_alone(*known);
    const ir::ValueRef a = as_condition(ctx_, env_, left, tree()[e.left].span);
    if (a == nullptr) return ctx_.values.invalid(span_);
    if (const auto* known = a->get_if<bool>(); known != nullptr && *known != conjunction) return left_alone(*known);
    const Env right_env{env_.frame, env_.locals, assume(ctx_, env_.facts, a, conjunction)};
    const Val right = evaluate(ctx_, right_env, e.right);
    const ir::ValueRef b = as_condition(ctx_, right_env, right, tree()[e.right].span);
    if (b == nullptr) return ctx_.values.invalid(span_);
    const ir::Builder build = ctx_.ir.at(span_);
    return ctx_.values.weighing(
        from_condition(ctx_, conjunction ? build.both(a, b) : build.either(a, b), span_),
        add_weights(left->weight, right->weight));
  }

  Val binary(const ast::BinaryExpr& e) {
    using ast::BinaryOp;
    if (e.op == BinaryOp::And || e.op == BinaryOp::Or) return logical(e);
    const Val a = evaluate(ctx_, env_, e.left);
    if (e.op == BinaryOp::Coalesce) return or_else(a, e.right);
    const Val b = evaluate(ctx_, env_, e.right);
    if (a->is<Invalid>() || b->is<Invalid>()) return ctx_.values.invalid(span_);
    return ctx_.values.weighing(of_operands(e, a, b), add_weights(a->weight, b->weight));
  }

  Val of_operands(const ast::BinaryExpr& e, Val a, Val b) {
    using ast::BinaryOp;
    switch (e.op) {
      case BinaryOp::Equal:
        return equal_values(ctx_, env_, a, b, span_);
      case BinaryOp::NotEqual:
        return negate(ctx_, env_, equal_values(ctx_, env_, a, b, span_), span_);
      case BinaryOp::Less:
      case BinaryOp::LessEqual:
      case BinaryOp::Greater:
      case BinaryOp::GreaterEqual: {
        const bool late = !number_of(a);
        const auto literals = late ? integer_literals(type_of(ctx_, env_, e.left)) : std::vector<std::int64_t>();
        return compare(ctx_, env_, e.op, a, b, literals, span_);
      }
      default:
        return arithmetic(ctx_, env_, e.op, a, b, span_);
    }
  }

  /// `a ?? b`: `b` is looked at only where `a` may be absent.
  Val or_else(Val a, ast::ExprId right) {
    if (const auto known = plain_presence(a)) return *known ? ctx_.values.at(a, span_) : evaluate(ctx_, env_, right);
    const ir::ValueRef present = presence(ctx_, a);
    if (const auto* known = present->get_if<bool>()) {
      return *known ? ctx_.values.at(a, span_) : evaluate(ctx_, env_, right);
    }
    const Env absent{env_.frame, env_.locals, assume(ctx_, env_.facts, present, false)};
    return ctx_.values.at(coalesce(ctx_, env_.facts, a, evaluate(ctx_, absent, right)), span_);
  }

  Context& ctx_;
  const Env& env_;
  const ast::ExprId id_;
  const Span span_;
};

// The rare ends of `evaluate` stand apart: its frame on the machine's stack stays small.

[[gnu::noinline]] Val too_deep(Context& ctx, const Env& env, Span span) {
  if (!ctx.exhausted) {
    report(ctx, env.frame, Code::ExpansionLimit, span,
           fmt::format("values are nested more than {} evaluations deep here", ctx.limits.nesting));
  }
  ctx.exhausted = true;
  return ctx.values.invalid(span);
}

[[gnu::noinline]] Val too_much(Context& ctx, const Env& env, Val v, Span span) {
  const bool fine = may_weigh(ctx, env.frame, span, v->weight) && spend(ctx, env.frame, span, 0);
  return fine ? v : ctx.values.invalid(span);
}

/// Anything but a leaf. Counts evaluations inside each other: a program may chain names far deeper than it
/// nests brackets.
Val composed_value(Context& ctx, const Env& env, ast::ExprId id, const ast::Expr& e) {
  if (ctx.nesting >= ctx.limits.nesting || ctx.exhausted) return too_deep(ctx, env, e.span);
  ++ctx.nesting;
  // A third of all are names.
  const Val v = std::holds_alternative<ast::NameExpr>(e.node)
                    ? name_value(ctx, env, id, e.span)
                    : std::visit(Evaluate(ctx, env, id, e.span), e.node);
  --ctx.nesting;
  return v;
}

}  // namespace

Val evaluate(Context& ctx, const Env& env, ast::ExprId expr) {
  if (!expr.valid()) return ctx.values.invalid({});
  constexpr std::uint64_t kStep = 16;
  const ast::Expr& e = ast_of(env.frame)[expr];
  const Val leaf = leaf_value(ctx, e);
  const Val v = leaf != nullptr ? leaf : composed_value(ctx, env, expr, e);
  // Whoever asked for the value will go through it: paid for here, once for all operations.
  ctx.spent += kStep + v->weight;
  const bool fine = v->weight <= ctx.limits.weight && ctx.spent <= ctx.limits.work && !ctx.exhausted;
  return fine ? v : too_much(ctx, env, v, e.span);
}

Target type_of(const Context& ctx, const Env& env, ast::ExprId expr) {
  const auto& types = env.frame->body->module->expr_types;
  if (!expr.valid() || expr.value >= types.size()) return {};
  return {ctx.program.types, types[expr.value]};
}

}  // namespace stackc::eval

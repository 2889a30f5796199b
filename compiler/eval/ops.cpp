#include "compiler/eval/ops.hpp"

#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/eval/facts.hpp"
#include "compiler/eval/lower.hpp"
#include "compiler/eval/raw.hpp"

namespace stackc::eval {
namespace {

/// An operand of `Fn::Equals`: constants are compared as text.
ir::ValueRef operand(Context& ctx, Val v) {
  if (const auto text = scalar_text(v, ctx.values)) return ctx.ir.at(v->origin).string(*text);
  return lower(ctx, v);
}

/// Whether `v` is an optional parameter: a choice of its `Ref` when that is not empty, else `none`.
const Late* optional_parameter(Val v) {
  const auto* choice = v->get_if<Choice>();
  if (choice == nullptr || !choice->otherwise->is<Absent>()) return nullptr;
  const auto* late = choice->then->get_if<Late>();
  const ir::Call* negated = choice->condition->call(ir::Fn::Not);
  const ir::Call* equals = negated != nullptr ? negated->args[0]->call(ir::Fn::Equals) : nullptr;
  if (late == nullptr || equals == nullptr || !ir::equal(equals->args[0], late->value)) return nullptr;
  const auto* empty = equals->args[1]->get_if<std::string_view>();
  return empty != nullptr && empty->empty() ? late : nullptr;
}

/// A constant that is written in a string as it is everywhere.
bool is_plain_scalar(Val v) {
  return v->forms == nullptr && (v->is<std::string_view>() || v->is<std::int64_t>() || v->is<bool>() ||
                                 v->is<Decimal>() || v->is<Cidr>() || v->is<Percent>());
}

bool is_filled_text(Val v) {
  if (const auto* text = v->get_if<std::string_view>()) return !text->empty();
  return v->is<std::int64_t>() || v->is<bool>() || v->is<Decimal>() || v->is<Cidr>();
}

/// `a == b` as an IR condition expression, for operands that are late at the top; null: cannot be compared.
ir::ValueRef equality(Context& ctx, const Env& env, Val a, Val b, Span span) {
  const ir::Builder build = ctx.ir.at(span);
  if (const auto same = const_equal(a, b)) return build.boolean(*same);
  if (b->is<Choice>() && !a->is<Choice>()) std::swap(a, b);
  if (const Late* parameter = optional_parameter(a); parameter != nullptr && is_filled_text(b)) {
    return build.equals(parameter->value, operand(ctx, b));
  }
  if (const auto* choice = a->get_if<Choice>()) {
    const ir::ValueRef then = equality(ctx, env, choice->then, b, span);
    const ir::ValueRef otherwise = equality(ctx, env, choice->otherwise, b, span);
    if (then == nullptr || otherwise == nullptr) return nullptr;
    return build.either(build.both(choice->condition, then),
                        build.both(build.negate(choice->condition), otherwise));
  }
  if (a->is<Absent>() || b->is<Absent>()) return build.boolean(false);
  const bool truths = a->is<Condition>() || b->is<Condition>();
  if (truths) {
    const ir::ValueRef x = as_condition(ctx, env, a, span);
    const ir::ValueRef y = as_condition(ctx, env, b, span);
    if (x == nullptr || y == nullptr) return nullptr;
    return build.either(build.both(x, y), build.both(build.negate(x), build.negate(y)));
  }
  if (a->is<List>() || b->is<List>() || a->is<Record>() || b->is<Record>()) return nullptr;
  return build.equals(operand(ctx, a), operand(ctx, b));
}

/// Integer arithmetic; nothing when the result does not fit, or divides by zero.
std::optional<std::int64_t> integer_result(ast::BinaryOp op, std::int64_t a, std::int64_t b) {
  std::int64_t out = 0;
  switch (op) {
    case ast::BinaryOp::Add:
      return __builtin_add_overflow(a, b, &out) ? std::nullopt : std::optional(out);
    case ast::BinaryOp::Subtract:
      return __builtin_sub_overflow(a, b, &out) ? std::nullopt : std::optional(out);
    case ast::BinaryOp::Multiply:
      return __builtin_mul_overflow(a, b, &out) ? std::nullopt : std::optional(out);
    case ast::BinaryOp::Divide:
      return b == 0 || (b == -1 && a == INT64_MIN) ? std::nullopt : std::optional(a / b);
    default:
      return std::nullopt;
  }
}

double decimal_result(ast::BinaryOp op, double a, double b) {
  switch (op) {
    case ast::BinaryOp::Add:
      return a + b;
    case ast::BinaryOp::Subtract:
      return a - b;
    case ast::BinaryOp::Multiply:
      return a * b;
    default:
      return a / b;
  }
}

/// A number with a unit: what is counted, and how many.
struct Quantity {
  enum class Kind : std::uint8_t { Plain, Seconds, KiB } kind;
  std::int64_t count;
};
std::optional<Quantity> quantity_of(Val v) {
  if (const auto* i = v->get_if<std::int64_t>()) return Quantity{Quantity::Kind::Plain, *i};
  if (const auto* d = v->get_if<Duration>()) return Quantity{Quantity::Kind::Seconds, d->seconds};
  if (const auto* s = v->get_if<Size>()) return Quantity{Quantity::Kind::KiB, s->kib};
  return std::nullopt;
}
Val from_quantity(Context& ctx, Quantity q, Span span) {
  switch (q.kind) {
    case Quantity::Kind::Seconds:
      return ctx.values.make(Duration{q.count}, span);
    case Quantity::Kind::KiB:
      return ctx.values.make(Size{q.count}, span);
    default:
      return ctx.values.integer(q.count, span);
  }
}

/// `5m * 2`, `100GiB / 1GiB`: units add, a plain number scales, a quotient of equals is plain.
std::optional<Quantity::Kind> result_kind(ast::BinaryOp op, Quantity::Kind a, Quantity::Kind b) {
  using Kind = Quantity::Kind;
  if (op == ast::BinaryOp::Add || op == ast::BinaryOp::Subtract)
    return a == b ? std::optional(a) : std::nullopt;
  if (op == ast::BinaryOp::Multiply) {
    if (a == Kind::Plain) return b;
    return b == Kind::Plain ? std::optional(a) : std::nullopt;
  }
  if (b == Kind::Plain) return a;
  return a == b ? std::optional(Kind::Plain) : std::nullopt;
}

Val integers(Context& ctx, const Env& env, ast::BinaryOp op, Quantity a, Quantity b, Span span) {
  const auto kind = result_kind(op, a.kind, b.kind);
  if (!kind) return ctx.values.invalid(span);
  if (op == ast::BinaryOp::Divide && b.count == 0)
    return fail(ctx, env, Code::DivisionByZero, span, "division by zero");
  if (op == ast::BinaryOp::Divide && a.kind == Quantity::Kind::Plain && a.count % b.count != 0) {
    return ctx.values.decimal(static_cast<double>(a.count) / static_cast<double>(b.count), span);
  }
  const auto out = integer_result(op, a.count, b.count);
  if (!out) {
    return fail(ctx, env, Code::IntegerOverflow, span, "the result does not fit in a 64-bit integer");
  }
  return from_quantity(ctx, {*kind, *out}, span);
}

template <class T>
bool holds(ast::BinaryOp op, const T& a, const T& b) {
  switch (op) {
    case ast::BinaryOp::Less:
      return a < b;
    case ast::BinaryOp::LessEqual:
      return a <= b;
    case ast::BinaryOp::Greater:
      return a > b;
    default:
      return a >= b;
  }
}

/// The part of a string, ready for a Sub; null after a mistake.
ir::ValueRef string_part(Context& ctx, const Env& env, Val part, Span span) {
  if (part->is<Invalid>()) return nullptr;
  if (part->is<Absent>()) {
    fail(ctx, env, Code::ValueIsNone, part->origin, "`none` cannot be part of a string",
         "this is `none` here");
    return nullptr;
  }
  if (const auto text = scalar_text(part, ctx.values)) return ctx.ir.at(part->origin).string(*text);
  if (const auto* choice = part->get_if<Choice>()) {
    const ir::ValueRef a = string_part(ctx, env, choice->then, span);
    const ir::ValueRef b = string_part(ctx, env, choice->otherwise, span);
    return a == nullptr || b == nullptr ? nullptr : ctx.ir.at(part->origin).choice(choice->condition, a, b);
  }
  if (const auto* condition = part->get_if<Condition>()) {
    const ir::Builder b = ctx.ir.at(part->origin);
    return b.choice(condition->value, b.string("true"), b.string("false"));
  }
  if (part->is<Duration>() || part->is<Size>() || part->is<List>() || part->is<Record>() ||
      part->is<InstanceHandle>() || part->is<Ports>()) {
    fail(ctx, env, Code::NotInterpolable, part->origin,
         fmt::format("{} cannot be part of a string", describe(part)));
    return nullptr;
  }
  return lower(ctx, part);
}

}  // namespace

Val coalesce(Context& ctx, const Facts* facts, Val a, Val b) {
  if (a->is<Absent>()) return settle(ctx, facts, b);
  const auto* choice = a->get_if<Choice>();
  if (choice == nullptr) return a;
  const Val then = coalesce(ctx, assume(ctx, facts, choice->condition, true), choice->then, b);
  const Val otherwise = coalesce(ctx, assume(ctx, facts, choice->condition, false), choice->otherwise, b);
  return choose(ctx, choice->condition, then, otherwise, a->origin);
}

Val choose_by(Context& ctx, const Env& env, Val condition, Span condition_span,
              const std::function<Val(const Env&)>& then, const std::function<Val(const Env&)>& otherwise,
              Span span) {
  if (const auto* known = condition->get_if<bool>()) return ctx.values.at(*known ? then(env) : otherwise(env), span);
  const ir::ValueRef c = as_condition(ctx, env, condition, condition_span);
  if (c == nullptr) return ctx.values.invalid(span);
  if (const auto* known = c->get_if<bool>()) return ctx.values.at(*known ? then(env) : otherwise(env), span);
  const Val a = then({env.frame, env.locals, assume(ctx, env.facts, c, true)});
  const Val b = otherwise({env.frame, env.locals, assume(ctx, env.facts, c, false)});
  return choose(ctx, c, a, b, span);
}

Val distribute(Context& ctx, const Env& env, Val v, const std::function<Val(const Env&, Val)>& f) {
  const auto* choice = v->get_if<Choice>();
  if (choice == nullptr) return f(env, v);
  const Env holds_env{env.frame, env.locals, assume(ctx, env.facts, choice->condition, true)};
  const Env fails_env{env.frame, env.locals, assume(ctx, env.facts, choice->condition, false)};
  const Val then = distribute(ctx, holds_env, choice->then, f);
  const Val otherwise = distribute(ctx, fails_env, choice->otherwise, f);
  return choose(ctx, choice->condition, then, otherwise, v->origin);
}

ir::ValueRef as_condition(Context& ctx, const Env& env, Val v, Span span) {
  const ir::Builder b = ctx.ir.at(span);
  if (v->is<Invalid>()) return nullptr;
  if (const auto* known = v->get_if<bool>()) return b.boolean(*known);
  if (const auto* condition = v->get_if<Condition>()) return simplify(ctx, env.facts, condition->value);
  if (const auto* late = v->get_if<Late>()) {
    if (const ir::ValueRef raw = raw_condition(ctx, late->value)) return raw;
    return simplify(ctx, env.facts, b.equals(late->value, b.string("true")));
  }
  if (const auto* choice = v->get_if<Choice>()) {
    // An optional Bool parameter that is absent is not true.
    if (const Late* parameter = optional_parameter(v)) return b.equals(parameter->value, b.string("true"));
    const ir::ValueRef then = as_condition(ctx, env, choice->then, span);
    const ir::ValueRef otherwise = as_condition(ctx, env, choice->otherwise, span);
    if (then == nullptr || otherwise == nullptr) return nullptr;
    return simplify(
        ctx, env.facts,
        b.either(b.both(choice->condition, then), b.both(b.negate(choice->condition), otherwise)));
  }
  if (const auto* text = v->get_if<std::string_view>()) return b.boolean(*text == "true");
  fail(ctx, env, Code::TypeMismatch, span, fmt::format("{} is not a condition", describe(v)),
       "expected a Bool");
  return nullptr;
}

Val from_condition(Context& ctx, ir::ValueRef condition, Span span) {
  if (condition == nullptr) return ctx.values.invalid(span);
  if (const auto* known = condition->get_if<bool>()) return ctx.values.boolean(*known, span);
  return ctx.values.make(Condition{condition}, span);
}

ir::ValueRef presence(Context& ctx, Val v) {
  const ir::Builder b = ctx.ir.at(v->origin);
  if (v->is<Absent>()) return b.boolean(false);
  const auto* choice = v->get_if<Choice>();
  if (choice == nullptr) return b.boolean(true);
  const ir::ValueRef then = presence(ctx, choice->then);
  const ir::ValueRef otherwise = presence(ctx, choice->otherwise);
  const auto* yes = then->get_if<bool>();
  const auto* no = otherwise->get_if<bool>();
  if (yes != nullptr && no != nullptr && *yes == *no) return then;
  return b.either(b.both(choice->condition, then), b.both(b.negate(choice->condition), otherwise));
}

Val equal_values(Context& ctx, const Env& env, Val a, Val b, Span span) {
  if (a->is<Invalid>() || b->is<Invalid>()) return ctx.values.invalid(span);
  if (b->is<Absent>() || a->is<Absent>()) {
    const Val other = b->is<Absent>() ? a : b;
    if (const auto known = plain_presence(other)) return ctx.values.boolean(!*known, span);
    return from_condition(ctx, ctx.ir.at(span).negate(presence(ctx, other)), span);
  }
  if (const auto same = const_equal(a, b)) return ctx.values.boolean(*same, span);
  const ir::ValueRef out = equality(ctx, env, a, b, span);
  if (out == nullptr) return needs_constant(ctx, env, span, "comparing lists and records");
  return from_condition(ctx, simplify(ctx, env.facts, out), span);
}

Val negate(Context& ctx, const Env& env, Val v, Span span) {
  if (const auto* known = v->get_if<bool>()) return ctx.values.boolean(!*known, span);
  const ir::ValueRef c = as_condition(ctx, env, v, span);
  return c == nullptr ? ctx.values.invalid(span) : from_condition(ctx, ctx.ir.at(span).negate(c), span);
}

Val arithmetic(Context& ctx, const Env& env, ast::BinaryOp op, Val a, Val b, Span span) {
  if (a->is<Invalid>() || b->is<Invalid>()) return ctx.values.invalid(span);
  if (const auto x = quantity_of(a), y = quantity_of(b); x && y) return integers(ctx, env, op, *x, *y, span);
  if (const auto x = number_of(a), y = number_of(b); x && y) {
    if (op == ast::BinaryOp::Divide && *y == 0)
      return fail(ctx, env, Code::DivisionByZero, span, "division by zero");
    return ctx.values.decimal(decimal_result(op, *x, *y), span);
  }
  const auto* left = a->get_if<List>();
  const auto* right = b->get_if<List>();
  if (op == ast::BinaryOp::Add && left != nullptr && right != nullptr) {
    std::vector<Val> items(left->items.begin(), left->items.end());
    items.insert(items.end(), right->items.begin(), right->items.end());
    return ctx.values.list(items, span);
  }
  if (op == ast::BinaryOp::Add && !left && !right) return concatenate(ctx, env, {a, b}, span);
  return needs_constant(ctx, env, span, "arithmetic");
}

Val compare(Context& ctx, const Env& env, ast::BinaryOp op, Val a, Val b,
            std::span<const std::int64_t> literals, Span span) {
  if (const auto x = quantity_of(a), y = quantity_of(b); x && y && x->kind == y->kind) {
    return ctx.values.boolean(holds(op, x->count, y->count), span);
  }
  if (const auto x = number_of(a), y = number_of(b); x && y)
    return ctx.values.boolean(holds(op, *x, *y), span);
  const auto* s = a->get_if<std::string_view>();
  const auto* t = b->get_if<std::string_view>();
  if (s != nullptr && t != nullptr) return ctx.values.boolean(holds(op, *s, *t), span);
  const auto* bound = b->get_if<std::int64_t>();
  if (bound == nullptr || literals.empty()) return needs_constant(ctx, env, span, "an order comparison");
  // A late value of a few known numbers: one of those for which the comparison holds.
  Val out = ctx.values.boolean(false, span);
  const ir::Builder build = ctx.ir.at(span);
  for (const std::int64_t literal : literals) {
    if (!holds(op, literal, *bound)) continue;
    const Val same = equal_values(ctx, env, a, ctx.values.integer(literal, span), span);
    const ir::ValueRef x = as_condition(ctx, env, out, span), y = as_condition(ctx, env, same, span);
    if (x == nullptr || y == nullptr) return ctx.values.invalid(span);
    out = from_condition(ctx, build.either(x, y), span);
  }
  return out;
}

Val minus(Context& ctx, const Env& env, Val v, Span span) {
  if (v->is<Invalid>()) return v;
  if (const auto* i = v->get_if<std::int64_t>()) {
    if (*i == INT64_MIN)
      return fail(ctx, env, Code::IntegerOverflow, span, "the result does not fit in a 64-bit integer");
    return ctx.values.integer(-*i, span);
  }
  if (const auto n = number_of(v)) return ctx.values.decimal(-*n, span);
  return needs_constant(ctx, env, span, "arithmetic");
}

Val concatenate(Context& ctx, const Env& env, const std::vector<Val>& parts, Span span) {
  std::uint32_t weight = 1;
  for (const Val part : parts) weight = add_weights(weight, part->weight);
  if (!may_weigh(ctx, env.frame, span, weight)) return ctx.values.invalid(span);
  if (std::all_of(parts.begin(), parts.end(), is_plain_scalar)) {
    std::string text;
    for (const Val part : parts) text += *scalar_text(part, ctx.values);
    return ctx.values.text(text, span);
  }
  std::vector<ir::ValueRef> lowered;
  lowered.reserve(parts.size());
  bool mistake = false;
  for (const Val part : parts) {
    const ir::ValueRef v = is_plain_scalar(part) ? ctx.ir.at(span).string(*scalar_text(part, ctx.values))
                                                 : string_part(ctx, env, part, span);
    mistake = mistake || v == nullptr;
    if (v != nullptr) lowered.push_back(v);
  }
  if (mistake) return ctx.values.invalid(span);
  const ir::ValueRef out = ctx.ir.at(span).sub(lowered);
  const auto* text = out->get_if<std::string_view>();
  const Val v = text != nullptr ? ctx.values.make(*text, span)
                                : ctx.values.weighing(ctx.values.make(Late{out, false}, span), weight);
  // With holes in it, a document says it in another way.
  bool held = false;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    held = held || parts[i]->document() != nullptr;
    if (parts[i]->document() != nullptr) lowered[i] = parts[i]->document();
  }
  return held ? ctx.values.in_documents(v, ctx.ir.at(span).sub(lowered)) : v;
}

Val needs_constant(Context& ctx, const Env& env, Span span, std::string_view what) {
  return fail(ctx, env, Code::TooLate, span,
              fmt::format("{} needs values that are known at compile time", what),
              "only the deployment knows this");
}

}  // namespace stackc::eval

#include "compiler/eval/facts.hpp"

namespace stackc::eval {
namespace {

const ir::Call* call_of(ir::ValueRef v) { return v->get_if<ir::Call>(); }

/// The definition of the named condition that `call` refers to, or null.
ir::ValueRef definition(const Context& ctx, const ir::Call& call) {
  if (call.fn != ir::Fn::Condition) return nullptr;
  const auto* name = call.args[0]->get_if<std::string_view>();
  const auto found = name != nullptr ? ctx.conditions.find(*name) : ctx.conditions.end();
  return found != ctx.conditions.end() ? found->second : nullptr;
}

/// A fact `x == a` decides `x == b` for another literal b.
std::optional<bool> excluded(const ir::Call& asked, const Facts& fact) {
  if (!fact.holds || asked.fn != ir::Fn::Equals) return std::nullopt;
  const ir::Call* known = fact.condition->call(ir::Fn::Equals);
  if (known == nullptr || !ir::equal(known->args[0], asked.args[0])) return std::nullopt;
  const auto* a = known->args[1]->get_if<std::string_view>();
  const auto* b = asked.args[1]->get_if<std::string_view>();
  if (a == nullptr || b == nullptr) return std::nullopt;
  return *a == *b;
}

std::optional<bool> decide_parts(const Context& ctx, const Facts* facts, const ir::Call& call) {
  const bool wanted = call.fn == ir::Fn::Or;  // one such operand decides the whole
  bool open = false;
  for (ir::ValueRef part : call.args) {
    const auto known = decide(ctx, facts, part);
    if (known && *known == wanted) return wanted;
    open = open || !known;
  }
  return open ? std::nullopt : std::optional(!wanted);
}

/// A fact that one of several holds decides what each of them decides alike.
std::optional<bool> in_all_cases(const Context& ctx, const Facts& fact, ir::ValueRef asked) {
  const ir::Call* call = call_of(fact.condition);
  if (call == nullptr || call->fn != (fact.holds ? ir::Fn::Or : ir::Fn::And)) return std::nullopt;
  std::optional<bool> all;
  for (ir::ValueRef part : call->args) {
    const Facts one{part, fact.holds, nullptr};
    const auto known = decide(ctx, &one, asked);
    if (!known || (all && *all != *known)) return std::nullopt;
    all = known;
  }
  return all;
}

}  // namespace

const Facts* assume(Context& ctx, const Facts* facts, ir::ValueRef condition, bool holds) {
  if (condition == nullptr || condition->get_if<bool>() != nullptr) return facts;
  const ir::Call* call = call_of(condition);
  if (call == nullptr) return facts;
  facts = ctx.arena.make<Facts>(Facts{condition, holds, facts});
  if (call->fn == ir::Fn::Not) return assume(ctx, facts, call->args[0], !holds);
  if (call->fn == (holds ? ir::Fn::And : ir::Fn::Or)) {
    for (ir::ValueRef part : call->args) facts = assume(ctx, facts, part, holds);
    return facts;
  }
  const ir::ValueRef meaning = definition(ctx, *call);
  return meaning != nullptr ? assume(ctx, facts, meaning, holds) : facts;
}

std::optional<bool> decide(const Context& ctx, const Facts* facts, ir::ValueRef condition) {
  if (const auto* known = condition->get_if<bool>()) return *known;
  const ir::Call* call = call_of(condition);
  if (call == nullptr || facts == nullptr) return std::nullopt;
  for (const Facts* f = facts; f != nullptr; f = f->next) {
    if (ir::equal(f->condition, condition)) return f->holds;
    if (const auto known = excluded(*call, *f)) return known;
    if (const auto known = in_all_cases(ctx, *f, condition)) return known;
  }
  switch (call->fn) {
    case ir::Fn::And:
    case ir::Fn::Or:
      return decide_parts(ctx, facts, *call);
    case ir::Fn::Not: {
      const auto inner = decide(ctx, facts, call->args[0]);
      return inner ? std::optional(!*inner) : std::nullopt;
    }
    case ir::Fn::Condition: {
      const ir::ValueRef meaning = definition(ctx, *call);
      return meaning != nullptr ? decide(ctx, facts, meaning) : std::nullopt;
    }
    default:
      return std::nullopt;
  }
}

ir::ValueRef simplify(Context& ctx, const Facts* facts, ir::ValueRef condition) {
  if (facts == nullptr) return condition;
  if (const auto known = decide(ctx, facts, condition)) return ctx.ir.at(condition->origin).boolean(*known);
  const ir::Call* call = call_of(condition);
  if (call == nullptr || condition->exact) return condition;
  const ir::Builder b = ctx.ir.at(condition->origin);
  switch (call->fn) {
    case ir::Fn::And:
    case ir::Fn::Or: {
      const bool conjunction = call->fn == ir::Fn::And;
      ir::ValueRef out = b.boolean(conjunction);
      for (ir::ValueRef part : call->args) {
        const ir::ValueRef rest = simplify(ctx, facts, part);
        out = conjunction ? b.both(out, rest) : b.either(out, rest);
      }
      return out;
    }
    case ir::Fn::Not:
      return b.negate(simplify(ctx, facts, call->args[0]));
    default:
      return condition;
  }
}

Val settle_late(Context& ctx, const Facts* facts, Val v) {
  while (const auto* choice = v->get_if<Choice>()) {
    const auto known = decide(ctx, facts, choice->condition);
    if (!known) break;
    v = *known ? choice->then : choice->otherwise;
  }
  if (const auto* condition = v->get_if<Condition>()) {
    const auto known = decide(ctx, facts, condition->value);
    return known ? ctx.values.boolean(*known, v->origin) : v;
  }
  const auto* choice = v->get_if<Choice>();
  if (choice == nullptr) return v;
  const Val then = settle(ctx, facts, choice->then);
  const Val otherwise = settle(ctx, facts, choice->otherwise);
  if (then == choice->then && otherwise == choice->otherwise) return v;
  return choose(ctx, choice->condition, then, otherwise, v->origin);
}

Val choose(Context& ctx, ir::ValueRef condition, Val then, Val otherwise, Span origin) {
  if (const auto* known = condition->get_if<bool>()) return *known ? then : otherwise;
  if (then == otherwise) return then;
  if (then->is<Absent>() && otherwise->is<Absent>()) return then;
  if (then->is<Invalid>()) return then;
  if (otherwise->is<Invalid>()) return otherwise;
  return ctx.values.make(Choice{condition, then, otherwise}, origin);
}

}  // namespace stackc::eval

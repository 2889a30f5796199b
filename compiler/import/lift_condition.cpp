#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/import/lift_literals.hpp"
#include "compiler/import/lifter.hpp"

/// Conditions with the operators of the language.
namespace stackc::cfn {

using ir::Fn;

namespace {

std::string_view exact_name(Fn fn) {
  switch (fn) {
    case Fn::And:
      return "and";
    case Fn::Or:
      return "or";
    case Fn::Not:
      return "not";
    case Fn::Equals:
      return "equals";
    default:
      return {};
  }
}

/// A comparison that the compiler would settle itself, and the condition with it.
bool is_constant(const ir::Call& c) {
  return c.fn == Fn::Equals && std::none_of(c.args.begin(), c.args.end(), [](ir::ValueRef arg) {
           return arg->get_if<ir::Call>() != nullptr;
         });
}

}  // namespace

void Lifter::condition(ir::ValueRef v, Hold hold) {
  const Piece piece(*this);
  const Faith wanted = faith();
  const auto* c = v->get_if<ir::Call>();
  if (c == nullptr || wanted == Faith::Raw) {
    const Piece whole(*this, path_, Faith::Raw);
    put("raw ");
    return raw_json(v);
  }
  const auto* id = c->fn == Fn::Condition ? c->args[0]->get_if<std::string_view>() : nullptr;
  if (id != nullptr && !names_.condition(*id).empty()) return put(names_.condition(*id));
  // `none` has no place in a condition.
  const auto is_none = [](ir::ValueRef arg) { return arg->is_no_value(); };
  if (c->fn == Fn::Equals && std::any_of(c->args.begin(), c->args.end(), is_none)) return kept(v);
  const bool exact = wanted != Faith::Idiom || is_constant(*c);
  if (exact && !exact_name(c->fn).empty()) {
    return function(exact_name(c->fn), *c, Slot::any(), Slot::any());
  }
  const ir::Call* negated = c->fn == Fn::Not && c->args.size() == 1 ? c->args[0]->call(Fn::Equals) : nullptr;
  if (negated != nullptr && is_constant(*negated)) negated = nullptr;
  const bool operation = c->fn == Fn::Equals || c->fn == Fn::And || c->fn == Fn::Or || negated != nullptr;
  const bool parentheses = operation && hold != Hold::Loose;
  put(parentheses ? "(" : "");
  if (negated != nullptr && faith_at(path_ + "/Fn::Not/0") == Faith::Idiom) {
    const Step step(*this, "Fn::Not");
    const Step first(*this, std::size_t{0});
    const Piece inner(*this);
    comparison(*negated, " != ");
  } else if (c->fn == Fn::Equals && c->args.size() == 2) {
    comparison(*c, " == ");
  } else if (c->fn == Fn::Not && c->args.size() == 1) {
    put("!");
    const Step step(*this, "Fn::Not");
    const Step first(*this, std::size_t{0});
    condition(c->args[0], Hold::Operand);
  } else if (c->fn == Fn::And) {
    operands(*c, " && ");
  } else if (c->fn == Fn::Or) {
    operands(*c, " || ");
  } else {
    kept(v);
  }
  put(parentheses ? ")" : "");
}

void Lifter::comparison(const ir::Call& c, std::string_view op) {
  argument(c, 0, Slot::any(), Hold::Operand);
  put(op);
  argument(c, 1, Slot::any(), Hold::Operand);
}

void Lifter::operands(const ir::Call& c, std::string_view op) {
  const Step step(*this, ir::key_of(c.fn));
  for (std::size_t i = 0; i < c.args.size(); ++i) {
    if (i > 0) put(op);
    const Step operand(*this, i);
    const bool comparison = c.args[i]->call(Fn::Equals) != nullptr ||
                            (c.args[i]->call(Fn::Not) != nullptr &&
                             c.args[i]->call(Fn::Not)->args[0]->call(Fn::Equals) != nullptr);
    condition(c.args[i], comparison ? Hold::Loose : Hold::Operand);
  }
}

}  // namespace stackc::cfn

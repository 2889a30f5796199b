#include "compiler/ir/facts.hpp"

namespace stackc::ir {

// Beyond these a formula is none that people write.
constexpr std::size_t kMaxKnown = 512;
constexpr std::size_t kMaxSteps = 512;

ValueRef Facts::definition(ValueRef condition) const {
  const Call* named = condition->call(Fn::Condition);
  if (named == nullptr) return nullptr;
  const auto* name = named->args[0]->get_if<std::string_view>();
  const auto at = name != nullptr ? named_.find(*name) : named_.end();
  return at == named_.end() ? nullptr : at->second;
}

void Facts::assume(ValueRef condition, bool truth) {
  if (known_.size() >= kMaxKnown) return;
  known_.emplace_back(condition, truth);
  if (const ValueRef meaning = definition(condition)) return assume(meaning, truth);
  const auto* c = condition->get_if<Call>();
  if (c == nullptr) return;
  if (c->fn == Fn::Not) return assume(c->args[0], !truth);
  if ((c->fn == Fn::And && truth) || (c->fn == Fn::Or && !truth)) {
    for (ValueRef arg : c->args) assume(arg, truth);
  }
}

std::optional<bool> Facts::decide_equality(const Call& equals) const {
  const auto* literal = equals.args[1]->get_if<std::string_view>();
  if (literal == nullptr) return std::nullopt;
  for (const auto& [fact, truth] : known_) {
    const Call* other = truth ? fact->call(Fn::Equals) : nullptr;
    if (other == nullptr || !equal(other->args[0], equals.args[0])) continue;
    const auto* value = other->args[1]->get_if<std::string_view>();
    if (value != nullptr && *value != *literal) return false;
  }
  return std::nullopt;
}

std::optional<bool> Facts::decide(ValueRef condition) const {
  std::size_t steps = kMaxSteps;
  return decide(condition, steps);
}

std::optional<bool> Facts::decide(ValueRef condition, std::size_t& steps) const {
  if (steps == 0) return std::nullopt;
  --steps;
  if (const auto* known = condition->get_if<bool>()) return *known;
  if (known_.empty()) return std::nullopt;
  for (const auto& [fact, truth] : known_) {
    if (equal(fact, condition)) return truth;
  }
  if (const ValueRef meaning = definition(condition)) return decide(meaning, steps);
  const auto* c = condition->get_if<Call>();
  if (c == nullptr) return std::nullopt;
  if (c->fn == Fn::Equals) return decide_equality(*c);
  if (c->fn == Fn::Not) {
    const auto inner = decide(c->args[0], steps);
    return inner ? std::optional(!*inner) : std::nullopt;
  }
  if (c->fn != Fn::And && c->fn != Fn::Or) return std::nullopt;
  const bool decisive = c->fn == Fn::Or;  // one true makes an Or true, one false an And false
  bool all_known = true;
  for (ValueRef arg : c->args) {
    const auto known = decide(arg, steps);
    if (known == decisive) return decisive;
    all_known = all_known && known.has_value();
  }
  return all_known ? std::optional(!decisive) : std::nullopt;
}

}  // namespace stackc::ir

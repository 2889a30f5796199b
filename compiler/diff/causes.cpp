#include "compiler/diff/causes.hpp"

#include "compiler/base/text.hpp"
#include "compiler/ir/template_form.hpp"

namespace stackc::diff {

using ir::Fn;
using ir::ValueRef;

std::vector<Step> Causes::of(ValueRef before, ValueRef after) {
  if (before == nullptr || after == nullptr || !ir::equal(before, after)) return {};
  return inside(after);
}

/// The first cause in order of appearance.
std::vector<Step> Causes::inside(ValueRef value) {
  if (value == nullptr) return {};
  if (const auto* list = value->get_if<ir::List>()) {
    for (ValueRef item : list->items) {
      if (auto found = inside(item); !found.empty()) return found;
    }
  }
  if (const auto* object = value->get_if<ir::Object>()) {
    for (const ir::Member& m : object->members) {
      if (auto found = inside(m.value); !found.empty()) return found;
    }
  }
  const auto* c = value->get_if<ir::Call>();
  if (c == nullptr || c->args.empty()) return {};
  const auto* name = c->args[0]->get_if<std::string_view>();
  if (c->fn == Fn::Ref && name != nullptr) return parameter(*name);
  if (c->fn == Fn::Condition && name != nullptr) return condition(*name);
  if (c->fn == Fn::SubText && name != nullptr) {
    for (const ir::SubPart& part : ir::sub_parts(*name)) {
      if (!part.is_name) continue;
      if (auto found = parameter(part.text); !found.empty()) return found;
    }
  }
  for (ValueRef arg : c->args) {
    if (auto found = inside(arg); !found.empty()) return found;
  }
  return c->fn == Fn::FindInMap ? mapping(*c) : std::vector<Step>{};
}

std::vector<Step> Causes::parameter(std::string_view id) {
  const Resolver& b = before_.resolver();
  const Resolver& a = after_.resolver();
  const std::string_view* given_before = b.given(id);
  const std::string_view* given_after = a.given(id);
  const ir::Parameter* p = b.parameter(id);
  const ir::Parameter* q = a.parameter(id);
  if (given_before != nullptr || given_after != nullptr) {
    const bool same = given_before != nullptr && given_after != nullptr && *given_before == *given_after;
    return same ? std::vector<Step>{} : std::vector<Step>{{"Parameters", id, "value"}};
  }
  if (p == nullptr || q == nullptr) return {};
  if (scalar_text(p->default_value) != scalar_text(q->default_value)) return {{"Parameters", id, "Default"}};
  if (p->type != q->type) return {{"Parameters", id, "Type"}};
  return {};
}

std::vector<Step> Causes::mapping(const ir::Call& look_up) {
  const auto name = scalar_text(look_up.args[0]);
  if (!name || look_up.args.size() < 3) return {};
  const ValueRef b = before_.resolver().mapping(*name), a = after_.resolver().mapping(*name);
  if (b == nullptr || a == nullptr || before_.of(b, {}) == after_.of(a, {})) return {};
  const auto first = scalar_text(after_.resolver().resolve(look_up.args[1]));
  const auto second = scalar_text(after_.resolver().resolve(look_up.args[2]));
  const std::string_view id = *look_up.args[0]->get_if<std::string_view>();
  std::string path = first.value_or("");
  if (second) path = fmt::format("{}.{}", path.empty() ? "*" : path, *second);
  return {{"Mappings", id, path}};
}

std::vector<Step> Causes::condition(std::string_view name) {
  const auto [at, fresh] = conditions_.try_emplace(name);
  if (!fresh) return at->second;
  const ValueRef b = before_.resolver().condition(name), a = after_.resolver().condition(name);
  if (b == nullptr || a == nullptr) return {};
  std::vector<Step> steps;
  if (!ir::equal(b, a)) {
    if (before_.of_condition(b) == after_.of_condition(a)) return {};
  } else {
    steps = inside(a);
    if (steps.empty()) return {};
  }
  steps.push_back({"Conditions", name, {}});
  conditions_[name] = steps;
  return steps;
}

}  // namespace stackc::diff

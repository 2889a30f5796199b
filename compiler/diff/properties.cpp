#include "compiler/diff/properties.hpp"

#include <algorithm>
#include <unordered_map>

#include "compiler/base/text.hpp"
#include "compiler/diff/attributes.hpp"
#include "compiler/diff/facts.hpp"
#include "compiler/diff/settled.hpp"
#include "compiler/ir/graph.hpp"

namespace stackc::diff {

using ir::ValueRef;
using schema::Replacement;

Replacement stronger(Replacement a, Replacement b) {
  if (a == Replacement::Yes || b == Replacement::Yes) return Replacement::Yes;
  return a == Replacement::Maybe || b == Replacement::Maybe ? Replacement::Maybe : Replacement::No;
}

bool also_replaces(schema::ResourceType type, std::span<const std::string_view> path) {
  if (!type) return false;
  for (std::string_view pattern : type.also_replaces()) {
    bool fits = true;
    for (std::size_t i = 0; fits && i < path.size() && !pattern.empty(); ++i) {
      const std::size_t dot = pattern.find('.');
      fits = pattern.substr(0, dot) == path[i];
      pattern = dot == std::string_view::npos ? std::string_view{} : pattern.substr(dot + 1);
    }
    if (fits) return true;
  }
  return false;
}

std::vector<PropertyChange> PropertyDiffer::compare(const ir::Resource& before, const ir::Resource& after) {
  out_.clear();
  type_ = schema_.find(after.type);
  was_ = &before;
  is_ = &after;
  properties(before, after);
  type_ = {};
  was_ = is_ = nullptr;
  for (const std::string_view name : kComparedAttributes) {
    attribute(name, attribute_of(before, name, before_.arena()), attribute_of(after, name, after_.arena()));
  }
  return std::move(out_);
}

std::vector<PropertyChange> PropertyDiffer::compare(std::string_view path, ValueRef before, ValueRef after) {
  out_.clear();
  type_ = {};
  attribute(path, before, after);
  return std::move(out_);
}

void PropertyDiffer::attribute(std::string_view name, ValueRef before, ValueRef after) {
  const ValueRef b = before_.resolver().resolve(before), a = after_.resolver().resolve(after);
  if (before_.of(b, {}) == after_.of(a, {})) return;
  Place at;
  at.path = std::string(name);
  at.keys = {name};
  walk(at, b, a, {});
}

void PropertyDiffer::properties(const ir::Resource& before, const ir::Resource& after) {
  const ValueRef b = before_.resolver().resolve(before.properties);
  const ValueRef a = after_.resolver().resolve(after.properties);
  const auto* from = b != nullptr ? b->get_if<ir::Object>() : nullptr;
  const auto* to = a != nullptr ? a->get_if<ir::Object>() : nullptr;
  const bool odd = (b != nullptr && from == nullptr) || (a != nullptr && to == nullptr);
  if (odd) return attribute("Properties", before.properties, after.properties);
  if (to != nullptr) {
    for (const ir::Member& m : to->members) {
      member({}, m.key, from != nullptr ? from->find(m.key) : nullptr, m.value, slot_of(type_, m.key));
    }
  }
  if (from == nullptr) return;
  for (const ir::Member& m : from->members) {
    if (to == nullptr || to->find(m.key) == nullptr)
      member({}, m.key, m.value, nullptr, slot_of(type_, m.key));
  }
}

PropertyDiffer::Place PropertyDiffer::into(const Place& around, std::string_view key) const {
  Place at = around;
  if (!at.path.empty()) at.path += '.';
  at.path += key;
  at.keys.push_back(key);
  return at;
}

PropertyDiffer::Place PropertyDiffer::item(const Place& around, std::string_view key) const {
  Place at = around;
  at.path += fmt::format("[{}]", key);
  at.keys.push_back("*");
  return at;
}

void PropertyDiffer::member(const Place& around, std::string_view key, ValueRef before, ValueRef after,
                            const Slot& slot) {
  const Meaning b = before_.of_member(before, slot), a = after_.of_member(after, slot);
  if (b == a) return;
  Place at = into(around, key);
  if (slot.property) at.demand = stronger(at.demand, slot.property.replacement());
  walk(std::move(at), before, after, slot);
}

/// The two differ in meaning.
void PropertyDiffer::walk(Place at, ValueRef before, ValueRef after, const Slot& slot) {
  const std::size_t said = out_.size();
  if (before != nullptr && before->is_no_value()) before = nullptr;
  if (after != nullptr && after->is_no_value()) after = nullptr;
  if (before == nullptr || after == nullptr) return leaf(at, before, after, slot);
  if (at.cause.empty()) {
    at.cause = causes_.of(before_.resolver().written(before), after_.resolver().written(after));
  }
  if (choices(at, before, after, slot)) return;
  before = before_.unwrapped(before, slot);
  after = after_.unwrapped(after, slot);
  const auto* from = before->get_if<ir::Object>();
  const auto* to = after->get_if<ir::Object>();
  if (from != nullptr && to != nullptr) objects(at, *from, *to, slot);
  const bool list_before = before->get_if<ir::List>() != nullptr, list_after = after->get_if<ir::List>() != nullptr;
  const bool several = takes_one_or_several(slot) && (list_before || list_after);
  if (several || (list_before && list_after)) lists(at, before, after, slot);
  if (out_.size() == said) leaf(at, before, after, slot);
}

void PropertyDiffer::objects(const Place& at, const ir::Object& before, const ir::Object& after,
                             const Slot& slot) {
  std::unordered_map<std::string_view, ValueRef> old;
  for (const ir::Member& m : before.members) old.emplace(m.key, m.value);
  for (const ir::Member& m : after.members) {
    const auto found = old.find(m.key);
    member(at, m.key, found == old.end() ? nullptr : found->second, m.value, member_of(slot, m.key));
    if (found != old.end()) old.erase(found);
  }
  for (const ir::Member& m : before.members) {
    if (old.contains(m.key)) member(at, m.key, m.value, nullptr, member_of(slot, m.key));
  }
}

/// Two `If`s of one condition differ in their arms: what differs there happens in one of two cases.
bool PropertyDiffer::choices(const Place& at, ValueRef before, ValueRef after, const Slot& slot) {
  const ir::Call* b = before->call(ir::Fn::If);
  const ir::Call* a = after->call(ir::Fn::If);
  if (b == nullptr || a == nullptr || b->args.size() != 3 || a->args.size() != 3) return false;
  if (before_.of_condition(b->args[0]) != after_.of_condition(a->args[0])) return false;
  Place inside = at;
  inside.conditional = true;
  for (const std::size_t arm : {std::size_t{1}, std::size_t{2}}) {
    if (before_.of(b->args[arm], slot) != after_.of(a->args[arm], slot)) {
      walk(inside, b->args[arm], a->args[arm], slot);
    }
  }
  return true;
}

Replacement PropertyDiffer::demand_inside(ValueRef value, const Slot& slot) const {
  Replacement demand = Replacement::No;
  if (value == nullptr) return demand;
  if (const auto* list = value->get_if<ir::List>()) {
    const Slot inner = item_of(slot);
    for (ValueRef each : list->items) demand = stronger(demand, demand_inside(each, inner));
  } else if (const auto* object = value->get_if<ir::Object>()) {
    for (const ir::Member& m : object->members) {
      const Slot inner = member_of(slot, m.key);
      if (inner.property) demand = stronger(demand, inner.property.replacement());
      demand = stronger(demand, demand_inside(m.value, inner));
    }
  } else if (const ir::Call* choice = value->call(ir::Fn::If);
             choice != nullptr && choice->args.size() == 3) {
    demand = stronger(demand_inside(choice->args[1], slot), demand_inside(choice->args[2], slot));
  }
  return demand;
}

void PropertyDiffer::leaf(const Place& at, ValueRef before, ValueRef after, const Slot& slot) {
  PropertyChange change;
  change.path = at.path;
  change.before = before;
  change.after = after;
  change.replacement = stronger(at.demand, stronger(demand_inside(before, slot), demand_inside(after, slot)));
  if (also_replaces(type_, at.keys)) change.replacement = Replacement::Yes;
  if (type_ && was_ != nullptr) {
    const Asked asked{*was_, *is_, at.keys, before != nullptr, after != nullptr};
    change.replacement = settled(asked, before_, after_).value_or(change.replacement);
  }
  const bool is_choice = [&] {
    return (before != nullptr && before->call(ir::Fn::If) != nullptr) ||
           (after != nullptr && after->call(ir::Fn::If) != nullptr);
  }();
  if ((at.conditional || is_choice) && change.replacement == Replacement::Yes)
    change.replacement = Replacement::Maybe;
  change.interrupts = type_ && interrupts(type_.name(), at.keys.front());
  change.secret = is_secret(before, after, slot);
  change.chain.steps = at.cause;
  if (!change.chain.empty()) change.chain.steps.push_back({{}, {}, at.path});
  // Of what reads the same on both sides the defaults are what differs.
  if (before != nullptr && after != nullptr && ir::equal(before, after)) {
    change.before = before_.by_default(before);
    change.after = after_.by_default(after);
  }
  out_.push_back(std::move(change));
}

bool PropertyDiffer::is_secret(ValueRef before, ValueRef after, const Slot& slot) const {
  if (holds_secret(slot)) return true;
  const auto reads = [](const Resolver& side, ValueRef value) {
    bool found = false;
    ir::for_each_reference(side.written(value), [&](std::string_view id, ValueRef) {
      const ir::Parameter* p = side.parameter(id);
      found = found || (p != nullptr && p->no_echo);
    });
    return found;
  };
  return (before != nullptr && reads(before_.resolver(), before)) ||
         (after != nullptr && reads(after_.resolver(), after));
}

}  // namespace stackc::diff

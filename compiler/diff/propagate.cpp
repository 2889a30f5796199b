#include "compiler/diff/propagate.hpp"

#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/diff/facts.hpp"
#include "compiler/diff/keys.hpp"
#include "compiler/diff/properties.hpp"
#include "compiler/diff/settled.hpp"
#include "compiler/ir/graph.hpp"

namespace stackc::diff {

using ir::Fn;
using ir::ValueRef;
using schema::Replacement;

namespace {

bool is_replaced(Action action) { return action == Action::Replace || action == Action::MayReplace; }
bool is_updated(Action action) { return action == Action::Update || action == Action::Interrupt; }

/// The change that asks the most of the resource.
const PropertyChange* forcing(const ResourceChange& change) {
  const PropertyChange* best = nullptr;
  const auto weight = [](const PropertyChange& p) {
    return p.replacement == Replacement::Yes ? 2 : p.replacement == Replacement::Maybe ? 1 : 0;
  };
  for (const PropertyChange& p : change.properties) {
    if (best == nullptr || weight(p) > weight(*best)) best = &p;
  }
  return best;
}

}  // namespace

Action action_of(const ResourceChange& change) {
  Action action = Action::None;
  for (const PropertyChange& p : change.properties) {
    if (p.path == "DependsOn") continue;
    Action asked = p.interrupts ? Action::Interrupt : Action::Update;
    if (p.replacement == Replacement::Maybe) asked = Action::MayReplace;
    if (p.replacement == Replacement::Yes) asked = Action::Replace;
    action = std::max(action, asked);
  }
  return action == Action::None && !change.old_id.empty() ? Action::Move : action;
}

void Propagation::run() {
  if (after_.tmpl == nullptr) return;
  const ir::Graph graph(*after_.tmpl);
  // Depth first without recursion: chains are as long as templates are.
  enum class State : std::uint8_t { New, Open, Done };
  std::vector<State> states(graph.size(), State::New);
  std::vector<std::pair<std::uint32_t, std::size_t>> stack;
  for (std::uint32_t start = 0; start < graph.size(); ++start) {
    if (states[start] != State::New) continue;
    stack.emplace_back(start, 0);
    states[start] = State::Open;
    while (!stack.empty()) {
      auto& [at, next] = stack.back();
      const auto edges = graph.edges_of(at);
      if (next == edges.size()) {
        states[at] = State::Done;
        const bool reached = std::ranges::any_of(edges, [&](const ir::Edge& e) {
          const auto to = changes_.find(after_.tmpl->resources[e.to].id);
          return to != changes_.end() && to->second.action != Action::None &&
                 to->second.action != Action::Move;
        });
        if (reached) visit(at);
        stack.pop_back();
        continue;
      }
      const std::uint32_t to = edges[next++].to;
      if (states[to] != State::New) continue;
      states[to] = State::Open;
      stack.emplace_back(to, 0);
    }
  }
}

void Propagation::visit(std::uint32_t index) {
  const ir::Resource& r = after_.tmpl->resources[index];
  const auto at = changes_.find(r.id);
  if (at == changes_.end() || at->second.before == nullptr || at->second.action == Action::Create) return;
  ResourceChange& holder = at->second;
  const std::size_t known = holder.properties.size();
  const ValueRef all = meanings_.resolver().resolve(r.properties);
  const auto* object = all != nullptr ? all->get_if<ir::Object>() : nullptr;
  const schema::ResourceType type = schema_.find(r.type);
  if (object != nullptr) {
    for (const ir::Member& m : object->members) {
      const Slot slot = slot_of(type, m.key);
      const Replacement demand = slot.property ? slot.property.replacement() : Replacement::No;
      walk({std::string(m.key), demand, {m.key}, false}, m.value, slot, holder);
    }
  }
  if (const ValueRef metadata = meanings_.resolver().resolve(r.metadata)) {
    walk({"Metadata", Replacement::No, {"Metadata"}, false}, metadata, {}, holder);
  }
  if (holder.properties.size() > known && holder.action != Action::Delete) holder.action = action_of(holder);
}

void Propagation::walk(const Spot& at, ValueRef value, const Slot& slot, ResourceChange& holder) {
  if (value == nullptr) return;
  if (const auto* object = value->get_if<ir::Object>()) {
    for (const ir::Member& m : object->members) {
      const Slot inner = member_of(slot, m.key);
      Spot spot = at;
      spot.path += fmt::format(".{}", m.key);
      spot.keys.push_back(m.key);
      if (inner.property) spot.demand = stronger(spot.demand, inner.property.replacement());
      walk(spot, m.value, inner, holder);
    }
  } else if (const auto* list = value->get_if<ir::List>()) {
    const std::vector<std::string> keys = natural_keys(slot.name, list->items);
    const Slot inner = item_of(slot);
    for (std::size_t i = 0; i < list->items.size(); ++i) {
      Spot spot = at;
      spot.path += i < keys.size() ? fmt::format("[{}]", keys[i]) : fmt::format("[{}]", i);
      spot.keys.push_back("*");
      walk(spot, list->items[i], inner, holder);
    }
  } else if (const auto* c = value->get_if<ir::Call>()) {
    if (c->fn == Fn::If && c->args.size() == 3) {
      Spot spot = at;
      spot.conditional = true;
      walk(spot, c->args[1], slot, holder);
      walk(spot, c->args[2], slot, holder);
      return;
    }
    if (const Found found = in_call(value); found.certainty != Certainty::Same)
      hold(at, value, found, holder);
  }
}

/// The reference inside a function that changes most certainly.
Propagation::Found Propagation::in_call(ValueRef value) {
  Found best;
  ir::for_each_reference(value, [&](std::string_view id, ValueRef call) {
    const auto* c = call->get_if<ir::Call>();
    std::string_view attribute;
    if (c->fn == Fn::GetAtt && c->args.size() == 2) {
      const auto* name = c->args[1]->get_if<std::string_view>();
      attribute = name != nullptr ? *name : "*";
    }
    const Found found = reference(id, attribute);
    if (found.certainty > best.certainty) best = found;
  });
  return best;
}

Propagation::Found Propagation::reference(std::string_view id, std::string_view attribute) {
  const auto at = changes_.find(id);
  if (at == changes_.end() || at->second.after == nullptr) return {};
  return {certainty_of(at->second, attribute), &at->second, attribute};
}

/// `attribute` empty: what `Ref` gives.
Certainty Propagation::certainty_of(const ResourceChange& change, std::string_view attribute) {
  if (!is_replaced(change.action) && !is_updated(change.action)) return Certainty::Same;
  const schema::ResourceType type = schema_.find(change.type);
  const bool custom =
      change.type.starts_with("Custom::") || change.type == "AWS::CloudFormation::CustomResource";
  if (is_updated(change.action)) {
    if (custom) return Certainty::MayDiffer;  // its function says what it gives
    if (attribute.empty()) return Certainty::Same;
    if (changes_on_update(change.type, attribute)) return Certainty::Differs;
    const std::string_view top = attribute.substr(0, attribute.find('.'));
    const bool echoed = type && type.properties().find(top) &&
                        std::ranges::any_of(change.properties, [&](const PropertyChange& p) {
                          return p.path == top || (p.path.starts_with(top) &&
                                                   (p.path[top.size()] == '.' || p.path[top.size()] == '['));
                        });
    if (echoed) return Certainty::Differs;
    return change.type == "AWS::CloudFormation::Stack" ? Certainty::MayDiffer : Certainty::Same;
  }
  // What the properties say, and say as before, stays.
  const std::string_view member =
      attribute.empty() ? (type ? type.ref_member() : std::string_view{}) : attribute;
  const auto said = [&](Meanings& side, const ir::Resource* r) -> Meaning {
    const ValueRef all = r != nullptr ? side.resolver().resolve(r->properties) : nullptr;
    const auto* object = all != nullptr ? all->get_if<ir::Object>() : nullptr;
    const ValueRef value = object != nullptr ? object->find(member) : nullptr;
    return side.of(value, slot_of(type, member));
  };
  if (type && !member.empty() && type.properties().find(member)) {
    const Meaning now = said(meanings_, change.after);
    const bool reached =
        std::ranges::any_of(change.properties, [&](const PropertyChange& p) { return p.path == member; });
    if (now != kAbsent && !reached && now == said(old_meanings_, change.before)) return Certainty::Same;
  }
  return change.action == Action::Replace ? Certainty::Differs : Certainty::MayDiffer;
}

Chain Propagation::chain_from(const Found& found) {
  Chain chain;
  const PropertyChange* first = forcing(*found.by);
  if (first == nullptr) {
    chain.steps.push_back({{}, found.by->id, {}});
  } else if (first->chain.empty()) {
    chain.steps.push_back({{}, found.by->id, first->path});
  } else {
    chain = first->chain;
  }
  return chain;
}

void Propagation::hold(const Spot& at, ValueRef value, const Found& found, ResourceChange& holder) {
  if (found.by == &holder) return;
  Replacement demand = at.demand;
  if (also_replaces(schema_.find(holder.type), at.keys)) demand = Replacement::Yes;
  const Asked asked{*holder.before, *holder.after, at.keys};
  demand = settled(asked, old_meanings_, meanings_).value_or(demand);
  if (demand == Replacement::Yes && (found.certainty == Certainty::MayDiffer || at.conditional)) {
    demand = Replacement::Maybe;
  }
  const auto known = std::ranges::find(holder.properties, at.path, &PropertyChange::path);
  if (known != holder.properties.end()) {
    known->replacement = stronger(known->replacement, demand);
    return;
  }
  PropertyChange change;
  change.path = at.path;
  change.before = change.after = value;
  change.replacement = demand;
  change.interrupts = interrupts(holder.type, at.keys.front());
  change.chain = chain_from(found);
  change.chain.steps.push_back({{}, holder.id, at.path});
  if (change.chain.steps.size() > kMaxChain) {
    change.chain.steps.erase(change.chain.steps.begin() + 1);
    ++change.chain.skipped;
  }
  holder.properties.push_back(std::move(change));
}

Chain Propagation::reaches(ValueRef value) {
  if (value == nullptr) return {};
  const Found found = in_call(meanings_.resolver().resolve(value));
  return found.certainty == Certainty::Same ? Chain{} : chain_from(found);
}

}  // namespace stackc::diff

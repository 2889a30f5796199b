#include "compiler/diff/order.hpp"

#include <algorithm>
#include <memory>
#include <set>
#include <unordered_map>

#include "compiler/diff/meaning.hpp"

namespace stackc::diff {
namespace {

using ir::Fn;
using ir::ValueRef;
using Edges = std::set<std::pair<std::size_t, std::size_t>>;  // from who imports to who exports

/// Who imports from whom on one side. Names of exports are compared as they are when every parameter without
/// a value has its default.
class Imports {
 public:
  Imports(const std::vector<Side>& sides, const schema::Schema& schema) {
    for (const Side& side : sides) {
      if (side.tmpl == nullptr) {
        stacks_.push_back(nullptr);
        continue;
      }
      stacks_.push_back(std::make_unique<Stack>(side, pool_, schema, arena_));
    }
    for (std::size_t i = 0; i < sides.size(); ++i) {
      if (stacks_[i] == nullptr) continue;
      by_name_.emplace(sides[i].tmpl->stack_name, i);
      for (const ir::Output& o : sides[i].tmpl->outputs) {
        if (o.export_name != nullptr) exporters_.emplace(stacks_[i]->meaning(o.export_name), i);
      }
    }
    for (std::size_t i = 0; i < sides.size(); ++i) {
      if (stacks_[i] != nullptr) find(i, *sides[i].tmpl);
    }
  }

  [[nodiscard]] const Edges& edges() const { return edges_; }

 private:
  struct Stack {
    Stack(const Side& from, Pool& pool, const schema::Schema& schema, Arena& arena)
        : side(from),
          resolver((side.parameters.emplace_back("AWS::StackName", from.tmpl->stack_name), side), arena,
                   Unknown::Default),
          meanings(pool, resolver, resolver, schema, none, arena) {}
    Meaning meaning(ValueRef v) { return meanings.of(resolver.resolve(v), {}); }
    Side side;
    std::unordered_map<std::string_view, Meaning> none;
    Resolver resolver;
    Meanings meanings;
  };

  void find(std::size_t stack, const ir::Template& t) {
    for (const ir::Resource& r : t.resources) {
      walk(stack, r.properties);
      walk(stack, r.metadata);
    }
    for (const ir::Output& o : t.outputs) walk(stack, o.value);
  }

  void walk(std::size_t stack, ValueRef v) {
    if (v == nullptr) return;
    if (const auto* list = v->get_if<ir::List>()) {
      for (ValueRef item : list->items) walk(stack, item);
    } else if (const auto* object = v->get_if<ir::Object>()) {
      for (const ir::Member& m : object->members) walk(stack, m.value);
    } else if (const auto* c = v->get_if<ir::Call>()) {
      for (ValueRef arg : c->args) walk(stack, arg);
      if (c->fn == Fn::ImportValue && !c->args.empty()) {
        const auto at = exporters_.find(stacks_[stack]->meaning(c->args[0]));
        if (at != exporters_.end()) add(stack, at->second);
      } else if (c->fn == Fn::GetStackOutput && !c->args.empty()) {
        const auto* named = c->args[0]->get_if<ir::Object>();
        const ValueRef name = named != nullptr ? named->find("StackName") : nullptr;
        const auto text =
            name != nullptr ? scalar_text(stacks_[stack]->resolver.resolve(name)) : std::nullopt;
        const auto at = text ? by_name_.find(*text) : by_name_.end();
        if (at != by_name_.end()) add(stack, at->second);
      }
    }
  }
  void add(std::size_t from, std::size_t to) {
    if (from != to) edges_.emplace(from, to);
  }

  Arena arena_;
  Pool pool_;
  std::vector<std::unique_ptr<Stack>> stacks_;
  std::unordered_map<std::string_view, std::size_t> by_name_;
  std::unordered_map<Meaning, std::size_t> exporters_;
  Edges edges_;
};

/// Puts what others wait for first; in a circle, the first of those that are left.
class Order {
 public:
  explicit Order(std::size_t count) : waits_(count, 0), waiting_(count) {}

  /// `second` waits for `first`.
  void add(std::size_t first, std::size_t second) {
    if (first == second || !known_.emplace(first, second).second) return;
    waiting_[first].push_back(second);
    ++waits_[second];
  }
  std::vector<std::size_t> run() {
    std::set<std::size_t> ready, left;
    for (std::size_t i = 0; i < waits_.size(); ++i) (waits_[i] == 0 ? ready : left).insert(i);
    std::vector<std::size_t> out;
    while (!ready.empty() || !left.empty()) {
      const bool circle = ready.empty();
      const std::size_t next = circle ? *left.begin() : *ready.begin();
      (circle ? left : ready).erase(next);
      out.push_back(next);
      for (const std::size_t other : waiting_[next]) {
        if (--waits_[other] == 0 && left.erase(other) > 0) ready.insert(other);
      }
    }
    return out;
  }

 private:
  std::vector<std::size_t> waits_;
  std::vector<std::vector<std::size_t>> waiting_;
  std::set<std::pair<std::size_t, std::size_t>> known_;
};

}  // namespace

std::vector<StackPair> deployment_order(const std::vector<StackPair>& pairs, const std::vector<Side>& before,
                                        const std::vector<Side>& after, const schema::Schema& schema) {
  const Imports old(before, schema), now(after, schema);
  std::vector<std::size_t> old_pair(before.size()), new_pair(after.size());
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (pairs[i].before != StackPair::kNone) old_pair[pairs[i].before] = i;
    if (pairs[i].after != StackPair::kNone) new_pair[pairs[i].after] = i;
  }
  Order order(pairs.size());
  Edges kept;
  for (const auto& [importer, exporter] : now.edges()) {
    kept.emplace(new_pair[importer], new_pair[exporter]);
    order.add(new_pair[exporter], new_pair[importer]);
  }
  for (const auto& [importer, exporter] : old.edges()) {
    const std::size_t from = old_pair[importer], to = old_pair[exporter];
    // An export can only go when nobody imports it any more.
    if (!kept.contains({from, to}) && !kept.contains({to, from})) order.add(from, to);
  }
  std::vector<StackPair> out;
  for (const std::size_t i : order.run()) out.push_back(pairs[i]);
  return out;
}

}  // namespace stackc::diff

#include "compiler/diff/stack_moves.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "compiler/base/text.hpp"
#include "compiler/diff/fate.hpp"
#include "compiler/diff/meaning.hpp"
#include "compiler/diff/propagate.hpp"
#include "compiler/diff/properties.hpp"

namespace stackc::diff {
namespace {

struct Gone {
  std::size_t stack;
  const ir::Resource* resource;
};
struct Fresh {
  std::size_t stack;
  ResourceChange* change;
};

class StackMoves {
 public:
  StackMoves(std::vector<StackDiff>& diffs, const std::vector<StackPair>& pairs,
             const std::vector<Side>& before, const std::vector<Side>& after, const schema::Schema& schema)
      : diffs_(diffs), pairs_(pairs), before_(before), after_(after), schema_(schema) {}

  void run() {
    std::map<std::string_view, std::pair<std::vector<Gone>, std::vector<Fresh>>> by_type;
    for (std::size_t i = 0; i < diffs_.size(); ++i) {
      for (ResourceChange& c : diffs_[i].resources) {
        if (c.action == Action::Delete && c.after == nullptr) by_type[c.type].first.push_back({i, c.before});
        if (c.action == Action::Create && c.before == nullptr) by_type[c.type].second.push_back({i, &c});
      }
    }
    for (auto& [type, both] : by_type) {
      auto& [gone, fresh] = both;
      if (gone.empty() || fresh.empty()) continue;
      by_decorator(gone, fresh);
      by_properties(gone, fresh);
    }
    for (std::size_t i = 0; i < diffs_.size(); ++i) {
      std::erase_if(diffs_[i].resources, [&](const ResourceChange& c) {
        return c.action == Action::Delete && moved_.contains(c.before);
      });
    }
  }

 private:
  void join(const Gone& from, const Fresh& to) {
    moved_.insert(from.resource);
    ResourceChange& c = *to.change;
    c.action = Action::Move;
    c.before = from.resource;
    c.old_id = from.resource->id;
    c.old_stack = diffs_[from.stack].name;
    if (pairs_[from.stack].before != StackPair::kNone) {
      c.old_stack = before_[pairs_[from.stack].before].tmpl->stack_name;
    }
  }

  /// Says also what else differs, as far as both sides write it out: a reference to what is in another stack
  /// now is written in another way, and may be the same.
  void by_decorator(const std::vector<Gone>& gone, const std::vector<Fresh>& fresh) {
    std::unordered_map<std::string_view, std::vector<const Gone*>> by_id;
    for (const Gone& g : gone) by_id[g.resource->id].push_back(&g);
    for (const Fresh& f : fresh) {
      const auto at = by_id.find(f.change->after->moved_from);
      if (f.change->after->moved_from.empty() || at == by_id.end() || at->second.size() != 1) continue;
      const Gone& from = *at->second[0];
      if (from.stack == f.stack || moved_.contains(from.resource)) continue;
      join(from, f);
      compare(from, f);
    }
  }
  void compare(const Gone& from, const Fresh& to) {
    Arena& arena = *diffs_[to.stack].values;  // which the change lives as long as
    Stack old(before_[pairs_[from.stack].before], pool_, schema_, arena);
    Stack now(after_[pairs_[to.stack].after], pool_, schema_, arena);
    ResourceChange& c = *to.change;
    c.properties = PropertyDiffer(old.meanings, now.meanings, schema_).compare(*c.before, *c.after);
    std::erase_if(c.properties, [](const PropertyChange& p) {
      return (p.before != nullptr && !is_constant(p.before)) || (p.after != nullptr && !is_constant(p.after));
    });
    for (PropertyChange& p : c.properties) {
      for (Step& step : p.chain.steps) {
        if (step.resource.empty()) step.resource = c.id;
      }
    }
    c.action = action_of(c);
    c.fate = fate_of(c, schema_, old.resolver, now.resolver);
  }
  static bool is_constant(ir::ValueRef v) {
    if (const auto* list = v->get_if<ir::List>()) return std::ranges::all_of(list->items, is_constant);
    if (const auto* object = v->get_if<ir::Object>()) {
      return std::ranges::all_of(object->members, [](const ir::Member& m) { return is_constant(m.value); });
    }
    return v->get_if<ir::Call>() == nullptr;
  }

  void by_properties(const std::vector<Gone>& gone, const std::vector<Fresh>& fresh) {
    std::map<Meaning, std::pair<std::vector<const Gone*>, std::vector<const Fresh*>>> groups;
    for (const Gone& g : gone) {
      if (moved_.contains(g.resource)) continue;
      const Meaning m = meanings(g.stack, true).of_properties(*g.resource);
      if (says_something(m)) groups[m].first.push_back(&g);
    }
    for (const Fresh& f : fresh) {
      if (f.change->action != Action::Create) continue;
      const Meaning m = meanings(f.stack, false).of_properties(*f.change->after);
      if (says_something(m)) groups[m].second.push_back(&f);
    }
    for (const auto& [meaning, group] : groups) {
      const bool one = group.first.size() == 1 && group.second.size() == 1;
      if (one && group.first[0]->stack != group.second[0]->stack) join(*group.first[0], *group.second[0]);
    }
  }
  [[nodiscard]] bool says_something(Meaning m) const {
    return pool_.form(m) == Form::Object && !pool_.parts(m).empty();
  }

  /// Of one side of one stack; resources are what their type is.
  struct Stack {
    Stack(const Side& side, Pool& pool, const schema::Schema& schema, Arena& arena)
        : resolver(side, arena), meanings(pool, resolver, resolver, schema, symbols, arena) {
      for (const ir::Resource& r : side.tmpl->resources) {
        symbols.emplace(r.id, pool.make(Form::Symbol, fmt::format("?{}", r.type), {}));
      }
    }
    std::unordered_map<std::string_view, Meaning> symbols;
    Resolver resolver;
    Meanings meanings;
  };
  Meanings& meanings(std::size_t stack, bool old) {
    auto& slot = stacks_[{stack, old}];
    if (slot == nullptr) {
      const Side& side = old ? before_[pairs_[stack].before] : after_[pairs_[stack].after];
      slot = std::make_unique<Stack>(side, pool_, schema_, arena_);
    }
    return slot->meanings;
  }

  std::vector<StackDiff>& diffs_;
  const std::vector<StackPair>& pairs_;
  const std::vector<Side>& before_;
  const std::vector<Side>& after_;
  const schema::Schema& schema_;
  Arena arena_;
  Pool pool_;
  std::map<std::pair<std::size_t, bool>, std::unique_ptr<Stack>> stacks_;
  std::set<const ir::Resource*> moved_;
};

}  // namespace

void find_stack_moves(std::vector<StackDiff>& diffs, const std::vector<StackPair>& pairs,
                      const std::vector<Side>& before, const std::vector<Side>& after,
                      const schema::Schema& schema) {
  StackMoves(diffs, pairs, before, after, schema).run();
}

}  // namespace stackc::diff

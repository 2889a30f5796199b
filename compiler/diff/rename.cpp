#include "compiler/diff/rename.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "compiler/base/text.hpp"
#include "compiler/ir/graph.hpp"

namespace stackc::diff {
namespace {

/// Rounds in which what resources are called by grows with what they refer to: as far as people build chains
/// of resources that differ in nothing else.
constexpr int kRounds = 8;

/// The resources of one side that have no partner yet, and what they are called by: everything but their IDs.
class Candidates {
 public:
  Candidates(const std::vector<Pair>& pairs, bool before, const Side& side, Resolver& known, Pool& pool,
             schema::Schema schema, Arena& arena)
      : pool_(pool), known_(known), schema_(schema), arena_(arena), side_(side) {
    symbols_ = symbols_of(pairs, before, pool);
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      const bool alone = (pairs[i].before == nullptr) != (pairs[i].after == nullptr);
      const ir::Resource* r = before ? pairs[i].before : pairs[i].after;
      if (!alone || r == nullptr) continue;
      candidates_.push_back({r, i});
    }
  }

  struct Candidate {
    const ir::Resource* resource;
    std::size_t pair;
    Meaning label = kAbsent;        // what it is
    std::set<Meaning> places = {};  // who refers to it, and where
  };

  [[nodiscard]] std::set<std::string_view> types() const {
    std::set<std::string_view> out;
    for (const Candidate& c : candidates_) out.insert(c.resource->type);
    return out;
  }
  /// Forgets those whose type the other side has none of.
  void keep(const std::set<std::string_view>& types) {
    std::erase_if(candidates_, [&](const Candidate& c) { return !types.contains(c.resource->type); });
  }

  void start() {
    for (Candidate& c : candidates_) {
      symbols_[c.resource->id] = pool_.make(Form::Symbol, fmt::format("?{}", c.resource->type), {});
    }
  }
  /// Calls every candidate by what it holds, where those that it refers to are as the last round called them.
  void round() {
    Meanings meanings(pool_, known_, known_, schema_, symbols_, arena_);
    for (Candidate& c : candidates_) c.label = label_of(meanings, *c.resource);
    for (Candidate& c : candidates_) symbols_[c.resource->id] = c.label;
  }
  [[nodiscard]] std::size_t distinct() const {
    std::set<Meaning> labels;
    for (const Candidate& c : candidates_) labels.insert(c.label);
    return labels.size();
  }
  /// Who refers to the candidates, from where.
  void find_places() {
    std::unordered_map<std::string_view, Candidate*> by_id;
    for (Candidate& c : candidates_) by_id.emplace(c.resource->id, &c);
    const ir::Graph graph(*side_.tmpl);
    for (std::uint32_t i = 0; i < graph.size(); ++i) {
      const ir::Resource& holder = side_.tmpl->resources[i];
      const auto symbol = symbols_.find(holder.id);
      if (symbol == symbols_.end()) continue;
      const auto edges = graph.edges_of(i);
      const auto paths = graph.paths_of(*side_.tmpl, i);
      for (std::size_t k = 0; k < edges.size(); ++k) {
        const auto to = by_id.find(side_.tmpl->resources[edges[k].to].id);
        if (to == by_id.end()) continue;
        to->second->places.insert(pool_.make(Form::List, paths[k], std::vector<Meaning>{symbol->second}));
      }
    }
    for (const ir::Output& o : side_.tmpl->outputs) {
      ir::for_each_reference(o.value, [&](std::string_view id, ir::ValueRef) {
        const auto to = by_id.find(id);
        if (to != by_id.end()) to->second->places.insert(pool_.make(Form::List, o.id, {}));
      });
    }
  }

  std::vector<Candidate>& all() { return candidates_; }

 private:
  Meaning label_of(Meanings& meanings, const ir::Resource& r) {
    const Meaning condition = r.condition != nullptr ? meanings.formula(r.condition) : kAbsent;
    return pool_.make(Form::Object, r.type, std::vector<Meaning>{meanings.of_properties(r), condition});
  }

  Pool& pool_;
  Resolver& known_;
  schema::Schema schema_;
  Arena& arena_;
  const Side& side_;
  std::unordered_map<std::string_view, Meaning> symbols_;
  std::vector<Candidate> candidates_;
};

using Candidate = Candidates::Candidate;

bool says_something(const Candidate& c, const Pool& pool) {
  const auto parts = pool.parts(c.label);
  return pool.form(parts[0]) == Form::Object && !pool.parts(parts[0]).empty();
}

bool share_a_place(const Candidate& a, const Candidate& b) {
  return std::ranges::any_of(a.places, [&](Meaning m) { return b.places.contains(m); });
}

/// One on each side: the same, if its place is; without properties the place alone has to say it.
bool is_same(const Candidate& a, const Candidate& b, const Pool& pool) {
  if (a.places.empty() && b.places.empty()) return says_something(a, pool);
  return share_a_place(a, b) || (says_something(a, pool) && (a.places.empty() || b.places.empty()));
}

void join(std::vector<Pair>& pairs, const Candidate& old, const Candidate& now) {
  pairs[now.pair].before = old.resource;
  pairs[old.pair].before = nullptr;
}

using Group = std::pair<std::vector<const Candidate*>, std::vector<const Candidate*>>;

/// Those of one label: one on each side, or told apart by their places.
void join_group(std::vector<Pair>& pairs, const Group& group, const Pool& pool) {
  const auto& [old, now] = group;
  if (old.empty() || now.empty()) return;
  if (old.size() == 1 && now.size() == 1) {
    if (is_same(*old[0], *now[0], pool)) join(pairs, *old[0], *now[0]);
    return;
  }
  std::map<std::set<Meaning>, Group> by_places;
  for (const Candidate* c : old) by_places[c->places].first.push_back(c);
  for (const Candidate* c : now) by_places[c->places].second.push_back(c);
  for (const auto& [places, same] : by_places) {
    if (!places.empty() && same.first.size() == 1 && same.second.size() == 1) {
      join(pairs, *same.first[0], *same.second[0]);
    }
  }
}

}  // namespace

void find_renames(std::vector<Pair>& pairs, const Side& before, const Side& after, Resolver& old_known,
                  Resolver& known, Pool& pool, schema::Schema schema, Arena& arena) {
  Candidates old(pairs, true, before, old_known, pool, schema, arena);
  Candidates now(pairs, false, after, known, pool, schema, arena);
  const std::set<std::string_view> old_types = old.types(), types = now.types();
  old.keep(types);
  now.keep(old_types);
  if (old.all().empty() || now.all().empty()) return;
  old.start();
  now.start();
  for (std::size_t round = 0, count = 0; round < kRounds; ++round) {
    old.round();
    now.round();
    const std::size_t distinct = old.distinct() + now.distinct();
    if (distinct == count) break;
    count = distinct;
  }
  old.find_places();
  now.find_places();
  std::map<Meaning, Group> groups;
  for (const Candidate& c : old.all()) groups[c.label].first.push_back(&c);
  for (const Candidate& c : now.all()) groups[c.label].second.push_back(&c);
  for (const auto& [label, group] : groups) join_group(pairs, group, pool);
  std::erase_if(pairs, [](const Pair& p) { return p.before == nullptr && p.after == nullptr; });
}

}  // namespace stackc::diff

#include "compiler/diff/match.hpp"

#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/diff/rename.hpp"

namespace stackc::diff {

std::vector<const ir::Resource*> existing(const Side& side, Resolver& resolver) {
  std::vector<const ir::Resource*> out;
  if (side.tmpl == nullptr) return out;
  for (const ir::Resource& r : side.tmpl->resources) {
    const bool gone = r.condition != nullptr && resolver.holds(r.condition) == false;
    if (!gone) out.push_back(&r);
  }
  return out;
}

std::vector<Pair> match(const Side& before, const Side& after, Resolver& old_known, Resolver& known,
                        Pool& pool, schema::Schema schema, Arena& arena) {
  const std::vector<const ir::Resource*> old = existing(before, old_known), now = existing(after, known);
  std::unordered_map<std::string_view, const ir::Resource*> by_id, new_by_id;
  for (const ir::Resource* r : old) by_id.emplace(r->id, r);
  for (const ir::Resource* r : now) new_by_id.emplace(r->id, r);

  std::vector<Pair> pairs;
  std::unordered_map<const ir::Resource*, std::size_t> taken;  // of the old side -> its pair
  for (const ir::Resource* r : now) {
    pairs.push_back({nullptr, r});
    const auto same = by_id.find(r->id);
    const auto moved = r->moved_from.empty() ? by_id.end() : by_id.find(r->moved_from);
    const ir::Resource* from = nullptr;
    if (moved != by_id.end() && moved->second->type == r->type && !new_by_id.contains(r->moved_from)) {
      from = moved->second;
    }
    if (same != by_id.end()) from = same->second;
    if (from == nullptr || !taken.emplace(from, pairs.size() - 1).second) continue;
    pairs.back().before = from;
  }
  for (const ir::Resource* r : old) {
    if (!taken.contains(r)) pairs.push_back({r, nullptr});
  }
  find_renames(pairs, before, after, old_known, known, pool, schema, arena);
  return pairs;
}

std::unordered_map<std::string_view, Meaning> symbols_of(const std::vector<Pair>& pairs, bool before,
                                                         Pool& pool) {
  std::unordered_map<std::string_view, Meaning> out;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const ir::Resource* r = before ? pairs[i].before : pairs[i].after;
    if (r != nullptr) out.emplace(r->id, pool.make(Form::Symbol, fmt::format("#{}", i), {}));
  }
  return out;
}

}  // namespace stackc::diff

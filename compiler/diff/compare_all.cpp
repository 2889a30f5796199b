#include <unordered_map>

#include "compiler/diff/compare.hpp"
#include "compiler/diff/dangers.hpp"
#include "compiler/diff/diff.hpp"
#include "compiler/diff/order.hpp"
#include "compiler/diff/stack_moves.hpp"

namespace stackc::diff {
namespace {

/// By stack name; one template on each side is one stack whatever it is called.
std::vector<StackPair> pairs_of(const std::vector<Side>& before, const std::vector<Side>& after) {
  if (before.size() == 1 && after.size() == 1) return {{0, 0}};
  std::unordered_map<std::string_view, std::size_t> old;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i].tmpl != nullptr) old.emplace(before[i].tmpl->stack_name, i);
  }
  std::vector<StackPair> pairs;
  std::vector<bool> taken(before.size(), false);
  for (std::size_t i = 0; i < after.size(); ++i) {
    StackPair pair;
    pair.after = i;
    const auto at = after[i].tmpl != nullptr ? old.find(after[i].tmpl->stack_name) : old.end();
    if (at != old.end() && !taken[at->second]) {
      pair.before = at->second;
      taken[at->second] = true;
    }
    pairs.push_back(pair);
  }
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (!taken[i]) pairs.push_back({i, StackPair::kNone});
  }
  return pairs;
}

void add(Totals& sum, const Totals& more) {
  sum.create += more.create;
  sum.update += more.update;
  sum.interrupt += more.interrupt;
  sum.may_replace += more.may_replace;
  sum.replace += more.replace;
  sum.remove += more.remove;
  sum.move += more.move;
}

}  // namespace

ProjectDiff compare_all(const std::vector<Side>& before, const std::vector<Side>& after,
                        const schema::Schema& schema) {
  const std::vector<StackPair> pairs = deployment_order(pairs_of(before, after), before, after, schema);
  const auto old_side = [&](const StackPair& p) {
    return p.before != StackPair::kNone ? before[p.before] : Side{};
  };
  const auto new_side = [&](const StackPair& p) {
    return p.after != StackPair::kNone ? after[p.after] : Side{};
  };
  std::vector<StackDiff> all;
  all.reserve(pairs.size());
  for (const StackPair& p : pairs) all.push_back(differences(old_side(p), new_side(p), schema));
  find_stack_moves(all, pairs, before, after, schema);
  ProjectDiff project;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    StackDiff& diff = all[i];
    if (diff.empty()) continue;
    diff.totals = totals_of(diff.resources);
    diff.dangers = find_dangers(diff, old_side(pairs[i]), new_side(pairs[i]), schema);
    add(project.totals, diff.totals);
    project.stacks.push_back(std::move(diff));
  }
  find_project_dangers(project, before, after);
  return project;
}

}  // namespace stackc::diff

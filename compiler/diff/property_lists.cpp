#include <algorithm>
#include <unordered_map>

#include "compiler/base/text.hpp"
#include "compiler/diff/keys.hpp"
#include "compiler/diff/properties.hpp"

/// Which item of a list became which.
namespace stackc::diff {

using ir::ValueRef;

namespace {

using Items = std::span<const ValueRef>;

std::vector<Meaning> meanings_of(Meanings& side, Items items, const Slot& slot) {
  std::vector<Meaning> out;
  out.reserve(items.size());
  for (ValueRef item : items) out.push_back(side.of(item, slot));
  return out;
}

}  // namespace

void PropertyDiffer::lists(const Place& at, ValueRef before, ValueRef after, const Slot& slot) {
  const std::vector<ValueRef> b = items_at(before), a = items_at(after);
  if (keyed_lists(at, b, a, slot)) return;  // nothing said: the order alone differs
  if (slot.unordered) return sets(at, b, a, slot);
  const Slot inner = item_of(slot);
  const std::vector<Meaning> from = meanings_of(before_, b, inner), to = meanings_of(after_, a, inner);
  std::size_t head = 0, tail = 0;
  const std::size_t shorter = std::min(from.size(), to.size());
  while (head < shorter && from[head] == to[head]) ++head;
  while (tail < shorter - head && from[from.size() - 1 - tail] == to[to.size() - 1 - tail]) ++tail;
  for (std::size_t i = head; i < std::max(from.size(), to.size()) - tail; ++i) {
    const bool in_old = i < from.size() - tail, in_new = i < to.size() - tail;
    if (in_old && in_new && from[i] == to[i]) continue;
    const Place here = item(at, fmt::to_string(i));
    walk(here, in_old ? b[i] : nullptr, in_new ? a[i] : nullptr, inner);
  }
}

/// Items that have names are compared by name; their order counts where AWS does not ignore it.
bool PropertyDiffer::keyed_lists(const Place& at, Items before, Items after, const Slot& slot) {
  if (before.empty() && after.empty()) return false;
  const std::vector<std::string> old_keys = natural_keys(slot.name, before),
                                 keys = natural_keys(slot.name, after);
  if (old_keys.size() != before.size() || keys.size() != after.size()) return false;
  std::unordered_map<std::string_view, ValueRef> old;
  for (std::size_t i = 0; i < before.size(); ++i) old.emplace(old_keys[i], before[i]);
  const Slot inner = item_of(slot);
  for (std::size_t i = 0; i < after.size(); ++i) {
    const auto found = old.find(keys[i]);
    const ValueRef b = found == old.end() ? nullptr : found->second;
    if (found != old.end()) old.erase(found);
    if (before_.of(b, inner) != after_.of(after[i], inner)) walk(item(at, keys[i]), b, after[i], inner);
  }
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (old.contains(old_keys[i])) walk(item(at, old_keys[i]), before[i], nullptr, inner);
  }
  return true;
}

/// Of sets differ the items that only one side has. When those are objects, the first one became the first
/// one.
void PropertyDiffer::sets(const Place& at, Items before, Items after, const Slot& slot) {
  const Slot inner = item_of(slot);
  const std::vector<Meaning> from = meanings_of(before_, before, inner),
                             to = meanings_of(after_, after, inner);
  std::unordered_map<Meaning, std::size_t> count;
  for (const Meaning m : from) ++count[m];
  std::vector<std::size_t> added, removed;
  for (std::size_t i = 0; i < to.size(); ++i) {
    const auto found = count.find(to[i]);
    if (found != count.end() && found->second > 0) {
      --found->second;
    } else {
      added.push_back(i);
    }
  }
  for (std::size_t i = 0; i < from.size(); ++i) {
    auto& left = count[from[i]];
    if (left == 0) continue;
    --left;
    removed.push_back(i);
  }
  const bool pair = added.size() == 1 && removed.size() == 1;
  if (pair) return walk(item(at, fmt::to_string(added[0])), before[removed[0]], after[added[0]], inner);
  for (const std::size_t i : added) walk(item(at, fmt::to_string(i)), nullptr, after[i], inner);
  for (const std::size_t i : removed) walk(item(at, fmt::to_string(i)), before[i], nullptr, inner);
}

}  // namespace stackc::diff

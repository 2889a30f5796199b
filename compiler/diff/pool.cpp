#include "compiler/diff/pool.hpp"

#include <algorithm>
#include <functional>

namespace stackc::diff {
namespace {

std::size_t mix(std::size_t seed, std::size_t v) {
  return (seed ^ (v + 0x9e3779b97f4a7c15ull + (seed << 6) + (seed >> 2))) * 0x100000001b3ull;
}

std::size_t hash_of(Form form, std::string_view text, std::span<const Meaning> parts) {
  std::size_t h = mix(static_cast<std::size_t>(form), std::hash<std::string_view>{}(text));
  for (const Meaning part : parts) h = mix(h, part);
  return h ^ (h >> 32);
}

}  // namespace

Pool::Pool() : slots_(1024, kAbsent) { nodes_.push_back({Form::Absent, {}, {}, 0}); }

Meaning Pool::make(Form form, std::string_view text, std::span<const Meaning> parts) {
  const std::size_t hash = hash_of(form, text, parts);
  std::size_t at = hash & (slots_.size() - 1);
  for (; slots_[at] != kAbsent; at = (at + 1) & (slots_.size() - 1)) {
    const Node& n = nodes_[slots_[at]];
    if (n.hash == hash && n.form == form && n.text == text && std::ranges::equal(n.parts, parts))
      return slots_[at];
  }
  const auto made = static_cast<Meaning>(nodes_.size());
  nodes_.push_back(
      {form, arena_.copy(text), arena_.copy(std::vector<Meaning>(parts.begin(), parts.end())), hash});
  slots_[at] = made;
  if (nodes_.size() * 2 > slots_.size()) grow();
  return made;
}

Meaning Pool::set(std::vector<Meaning> parts) {
  std::ranges::sort(parts);
  return make(Form::Set, {}, parts);
}

void Pool::grow() {
  std::vector<Meaning> bigger(slots_.size() * 2, kAbsent);
  for (Meaning m = 1; m < nodes_.size(); ++m) {
    std::size_t at = nodes_[m].hash & (bigger.size() - 1);
    while (bigger[at] != kAbsent) at = (at + 1) & (bigger.size() - 1);
    bigger[at] = m;
  }
  slots_ = std::move(bigger);
}

}  // namespace stackc::diff

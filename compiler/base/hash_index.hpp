#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace stackc {

/// Finds things again by what they are: numbers of things that lie in a list elsewhere, by hashes of their contents.
/// One block of memory. Whoever asks says which of the things with the same hash is meant.
class HashIndex {
 public:
  static constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

  /// The number with this hash for which `is_it(number)` holds, or `kNone`.
  template <class IsIt>
  [[nodiscard]] std::uint32_t find(std::uint64_t hash, IsIt is_it) const {
    if (slots_.empty()) return kNone;
    const auto short_hash = static_cast<std::uint32_t>(hash);
    for (std::size_t slot = first(short_hash); slots_[slot].number != kNone; slot = next(slot)) {
      if (slots_[slot].hash == short_hash && is_it(slots_[slot].number)) return slots_[slot].number;
    }
    return kNone;
  }

  /// Adds a number that is not there yet.
  void add(std::uint64_t hash, std::uint32_t number) {
    if ((size_ + 1) * 2 > slots_.size()) resize(slots_.empty() ? kFirst : slots_.size() * 2);
    place({static_cast<std::uint32_t>(hash), number});
    ++size_;
  }

 private:
  static constexpr std::size_t kFirst = 16;
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t number = kNone;
  };

  [[nodiscard]] std::size_t first(std::uint32_t hash) const { return hash & (slots_.size() - 1); }
  [[nodiscard]] std::size_t next(std::size_t slot) const { return (slot + 1) & (slots_.size() - 1); }
  void place(Slot added) {
    std::size_t slot = first(added.hash);
    while (slots_[slot].number != kNone) slot = next(slot);
    slots_[slot] = added;
  }
  [[gnu::noinline]] void resize(std::size_t size) {
    std::vector<Slot> old(size);
    std::swap(old, slots_);
    for (const Slot& slot : old) {
      if (slot.number != kNone) place(slot);
    }
  }

  std::vector<Slot> slots_;  // as many as a power of two, at least half of them free
  std::size_t size_ = 0;
};

}  // namespace stackc

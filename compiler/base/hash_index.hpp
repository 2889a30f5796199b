#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace stackc {

/// Finds things again by what they are: numbers of things that lie in a list elsewhere, by hashes of their
/// contents. One block of memory, or two: what is in it when it is frozen is only read from then on, so that
/// its pages can stay those of the snapshot. Whoever asks says which of the things with the same hash is
/// meant.
class HashIndex {
 public:
  static constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

  /// The number with this hash for which `is_it(number)` holds, or `kNone`.
  template <class IsIt>
  [[nodiscard]] std::uint32_t find(std::uint64_t hash, IsIt is_it) const {
    const auto short_hash = static_cast<std::uint32_t>(hash);
    for (const auto* slots : {&frozen_, &slots_}) {
      if (slots->empty()) continue;
      const std::size_t mask = slots->size() - 1;
      for (std::size_t slot = short_hash & mask; (*slots)[slot].number != kNone; slot = (slot + 1) & mask) {
        if ((*slots)[slot].hash == short_hash && is_it((*slots)[slot].number)) return (*slots)[slot].number;
      }
    }
    return kNone;
  }

  /// Adds a number that is not there yet.
  void add(std::uint64_t hash, std::uint32_t number) {
    if ((size_ + 1) * 2 > slots_.size()) resize(slots_.empty() ? kFirst : slots_.size() * 2);
    place({static_cast<std::uint32_t>(hash), number});
    ++size_;
  }

  /// Once: what comes later goes elsewhere.
  void freeze() {
    frozen_ = std::exchange(slots_, {});
    size_ = 0;
  }
  /// Forgets the numbers from `number` on, none of which is frozen.
  void forget_from(std::uint32_t number) {
    std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(slots_.size()));
    size_ = 0;
    for (const Slot& slot : old) {
      if (slot.number >= number) continue;  // free ones too
      place(slot);
      ++size_;
    }
  }

 private:
  static constexpr std::size_t kFirst = 16;
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t number = kNone;
  };

  void place(Slot added) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = added.hash & mask;
    while (slots_[slot].number != kNone) slot = (slot + 1) & mask;
    slots_[slot] = added;
  }
  [[gnu::noinline]] void resize(std::size_t size) {
    std::vector<Slot> old(size);
    std::swap(old, slots_);
    for (const Slot& slot : old) {
      if (slot.number != kNone) place(slot);
    }
  }

  std::vector<Slot> frozen_;
  std::vector<Slot> slots_;  // both: as many as a power of two, at least half of them free
  std::size_t size_ = 0;     // of `slots_`
};

}  // namespace stackc

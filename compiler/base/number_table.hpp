#pragma once

#include <concepts>
#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

#include "compiler/base/hash.hpp"

namespace stackc {

/// What is known of numbers: ids, or hashes that stand for something. One block of memory, and a look-up
/// touches one place of it; a table of the standard library has a node for each number, anywhere, and nodes
/// are what a cold run waits for. The largest number of `Key` cannot be a key. An address of a value holds
/// until the next `add`.
template <std::unsigned_integral Key, class T>
class NumberTable {
 public:
  /// Adds `key`, or finds what is known of it already: then `second` is false.
  std::pair<T*, bool> add(Key key, T value) {
    if (T* const known = find(key)) return {known, false};
    if ((size_ + 1) * 2 > slots_.size()) grow();
    Slot& slot = slots_[place_of(key)];
    slot = {key, std::move(value)};
    ++size_;
    return {&slot.value, true};
  }
  T& operator[](Key key) { return *add(key, T{}).first; }

  /// Null when nothing is known of `key`.
  [[nodiscard]] const T* find(Key key) const {
    if (slots_.empty()) return nullptr;
    const Slot& slot = slots_[place_of(key)];
    return slot.key == key ? &slot.value : nullptr;
  }
  [[nodiscard]] T* find(Key key) { return const_cast<T*>(std::as_const(*this).find(key)); }
  [[nodiscard]] bool contains(Key key) const { return find(key) != nullptr; }

  [[nodiscard]] std::size_t size() const { return size_; }

  /// `visit(key, value)` for each; their order is that of the keys' hashes, the same on every machine.
  template <class Visit>
  void for_each(Visit visit) const {
    for (const Slot& slot : slots_) {
      if (slot.key != kEmpty) visit(slot.key, slot.value);
    }
  }

 private:
  static constexpr Key kEmpty = std::numeric_limits<Key>::max();
  static constexpr std::size_t kFirst = 8;
  struct Slot {
    Key key = kEmpty;
    T value{};
  };

  /// The slot of `key`, or the free one where it belongs.
  [[nodiscard]] std::size_t place_of(Key key) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = mixed(0, key) & mask;
    while (slots_[slot].key != key && slots_[slot].key != kEmpty) slot = (slot + 1) & mask;
    return slot;
  }
  [[gnu::noinline]] void grow() {
    std::vector<Slot> old(slots_.empty() ? kFirst : slots_.size() * 2);
    std::swap(old, slots_);
    for (Slot& slot : old) {
      if (slot.key != kEmpty) slots_[place_of(slot.key)] = std::move(slot);
    }
  }

  std::vector<Slot> slots_;  // as many as a power of two, at least half of them free
  std::size_t size_ = 0;
};

}  // namespace stackc

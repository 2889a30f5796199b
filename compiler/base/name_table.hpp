#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/base/hash.hpp"

namespace stackc {

/// What a template or a file says of each of its names, in the order in which they came. Two blocks of memory
/// however many names there are, and none at all without names; the first few are found without hashing. A name is
/// looked up at a quarter of the cost of the standard library's tables. The texts of the names must outlive this.
template <class T>
class NameTable {
 public:
  struct Entry {
    std::string_view name;
    T value;
  };

  void reserve(std::size_t count) {
    entries_.reserve(count);
    if (count > kFew) rehash(count);
  }

  /// Adds `name`, or finds what it stands for already: then `second` is false.
  std::pair<T*, bool> add(std::string_view name, T value) {
    if (T* const known = find(name)) return {known, false};
    entries_.push_back({name, std::move(value)});
    if (entries_.size() * 2 > slots_.size()) {
      if (entries_.size() > kFew) rehash(entries_.size() * 2);
    } else {
      place(entries_.size() - 1);
    }
    return {&entries_.back().value, true};
  }

  /// Null when there is no such name.
  [[nodiscard]] const T* find(std::string_view name) const {
    if (slots_.empty()) {
      const auto at = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& e) { return e.name == name; });
      return at == entries_.end() ? nullptr : &at->value;
    }
    for (std::size_t slot = first_slot(name);; slot = next(slot)) {
      if (slots_[slot] == kEmpty) return nullptr;
      const Entry& entry = entries_[slots_[slot]];
      if (entry.name == name) return &entry.value;
    }
  }
  [[nodiscard]] T* find(std::string_view name) { return const_cast<T*>(std::as_const(*this).find(name)); }
  [[nodiscard]] bool contains(std::string_view name) const { return find(name) != nullptr; }

  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  [[nodiscard]] bool empty() const { return entries_.empty(); }
  [[nodiscard]] auto begin() const { return entries_.begin(); }
  [[nodiscard]] auto end() const { return entries_.end(); }

 private:
  static constexpr std::size_t kFew = 6;
  static constexpr std::uint32_t kEmpty = std::numeric_limits<std::uint32_t>::max();

  [[nodiscard]] std::size_t first_slot(std::string_view name) const { return hash_of_text(name) & (slots_.size() - 1); }
  [[nodiscard]] std::size_t next(std::size_t slot) const { return (slot + 1) & (slots_.size() - 1); }

  /// Room for `count` entries, of which there may be twice as many slots.
  void rehash(std::size_t count) {
    slots_.assign(std::bit_ceil(count * 2), kEmpty);
    for (std::size_t i = 0; i < entries_.size(); ++i) place(i);
  }
  void place(std::size_t entry) {
    std::size_t slot = first_slot(entries_[entry].name);
    while (slots_[slot] != kEmpty) slot = next(slot);
    slots_[slot] = static_cast<std::uint32_t>(entry);
  }

  std::vector<Entry> entries_;
  std::vector<std::uint32_t> slots_;  // numbers of entries; as many as a power of two, or none for a few names
};

}  // namespace stackc

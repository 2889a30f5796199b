#include "compiler/snapshot/relocation.hpp"

#include <bit>
#include <cstddef>

namespace stackc::relocation {

namespace {

constexpr std::size_t kBits = 64;

std::uint64_t address_of(const std::uint64_t* word) { return reinterpret_cast<std::uintptr_t>(word); }

}  // namespace

std::optional<Pointers> find_pointers(std::span<const std::uint64_t> here,
                                      std::span<const std::uint64_t> there) {
  const auto begin = address_of(here.data());
  const auto end = begin + here.size_bytes();
  const auto distance = address_of(there.data()) - begin;
  if (here.size() != there.size() || distance % kDistance != 0) return std::nullopt;
  Pointers pointers((here.size() + kBits - 1) / kBits);
  for (std::size_t i = 0; i < here.size(); ++i) {
    if (here[i] == there[i]) continue;
    if (there[i] - here[i] != distance) return std::nullopt;
    // What ends with the memory points behind it.
    if (here[i] >= begin && here[i] <= end) pointers[i / kBits] |= std::uint64_t{1} << (i % kBits);
  }
  return pointers;
}

void move_pointers(std::span<std::uint64_t> memory, std::span<const std::uint64_t> pointers,
                   std::uint64_t distance) {
  for (std::size_t i = 0; i < pointers.size(); ++i) {
    for (auto bits = pointers[i]; bits != 0; bits &= bits - 1) {
      memory[i * kBits + static_cast<std::size_t>(std::countr_zero(bits))] += distance;
    }
  }
}

}  // namespace stackc::relocation

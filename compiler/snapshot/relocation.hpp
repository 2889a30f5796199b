#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

/// How a memory full of pointers to itself is brought to another address. It is made twice, at two addresses
/// that are a multiple of `kDistance` apart: what differs then are pointers, whole ones. What unused bytes
/// hold of others (a half, a few bytes) is the same in both, except for upper halves. Such a half may stand
/// beside a number that looks like the lower one of a pointer into the memory; a copy is a multiple of
/// `kDistance` away, too, so that moving it changes nothing but the half.
namespace stackc::relocation {

/// Which words of a memory point into it, one bit a word, 64 to an element.
using Pointers = std::vector<std::uint64_t>;

inline constexpr std::uint64_t kDistance = std::uint64_t{1} << 32;

/// The pointers of `here`, which lies below `kDistance` and was made again as `there`. Nothing when another
/// word differs, too: then something else than pointers depends on where it lies, the order of a hash table
/// for example.
std::optional<Pointers> find_pointers(std::span<const std::uint64_t> here,
                                      std::span<const std::uint64_t> there);

/// Adds `distance`, a multiple of `kDistance`, to the words of `memory` that are `pointers`.
void move_pointers(std::span<std::uint64_t> memory, std::span<const std::uint64_t> pointers,
                   std::uint64_t distance);

}  // namespace stackc::relocation

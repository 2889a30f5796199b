#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace stackc {

/// Takes one more number into a hash.
constexpr std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) {
  const std::uint64_t product = (hash ^ value) * 0x9E3779B97F4A7C15ULL;
  return product ^ (product >> 32U);
}

/// A hash of all of `text`, eight bytes at a time: names are short, and looked up all the time. The same on
/// every machine that the compiler is built for, so that tables of the build may hold it.
inline std::uint64_t hash_of_text(std::string_view text) {
  const char* at = text.data();
  std::size_t left = text.size();
  std::uint64_t hash = mixed(0, left);
  std::uint64_t word = 0;
  for (; left >= 8; at += 8, left -= 8) {
    std::memcpy(&word, at, 8);
    hash = mixed(hash, word);
  }
  if (left == 0) return hash;
  word = 0;
  // The parts may overlap: together they are every byte.
  if (left >= 4) {
    std::uint32_t low = 0, high = 0;
    std::memcpy(&low, at, 4);
    std::memcpy(&high, at + left - 4, 4);
    word = low | std::uint64_t{high} << 32U;
  } else {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint64_t>(static_cast<unsigned char>(at[i])); };
    word = byte(0) | byte(left / 2) << 8U | byte(left - 1) << 16U;
  }
  return mixed(hash, word);
}

}  // namespace stackc

#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

#include "compiler/base/hash.hpp"

/// The hash tables of properties by name, in the blob's runs of them: what its writer and its readers share.
namespace stackc::schema {

/// Runs longer than this have no hash table: their properties are found by their order.
inline constexpr std::uint32_t kMostHashed = 255;

/// The bucket of a property in a run of `count`. Looks at the first and last eight bytes of the name, which is
/// enough to tell the properties of one type apart, and little: names are looked up all the time.
inline std::uint32_t bucket_of(std::string_view name, std::uint32_t count) {
  const auto load = [&](std::size_t at, std::size_t size) {
    std::uint64_t word = 0;
    std::memcpy(&word, name.data() + at, size);
    return word;
  };
  std::uint64_t head = 0, tail = 0;
  if (name.size() >= 8) {
    head = load(0, 8);
    tail = load(name.size() - 8, 8);
  } else if (name.size() >= 4) {
    head = load(0, 4);
    tail = load(name.size() - 4, 4);
  } else if (!name.empty()) {
    head = load(0, 1);
    tail = load(name.size() - 1, 1);
  }
  const std::uint64_t hash = mixed(head + name.size(), tail << 32U | tail >> 32U);
  return static_cast<std::uint32_t>((hash >> 32U) * count >> 32U);
}

}  // namespace stackc::schema

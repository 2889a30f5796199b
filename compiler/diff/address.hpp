#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stackc::diff {

/// An IPv4 or IPv6 address as a number of 128 bits.
struct Address {
  std::uint64_t high = 0, low = 0;
  auto operator<=>(const Address&) const = default;
  [[nodiscard]] Address next() const { return {low == ~std::uint64_t{0} ? high + 1 : high, low + 1}; }
  [[nodiscard]] Address previous() const { return {low == 0 ? high - 1 : high, low - 1}; }
};

/// A run of addresses of one family, both ends in it.
struct Range {
  bool v6 = false;
  Address first, last;
  bool operator==(const Range&) const = default;

  /// Of `10.0.0.0/8`, `::/0`, or an address alone; nothing when the text is neither.
  static std::optional<Range> of_cidr(std::string_view text);
  [[nodiscard]] bool contains(const Range& other) const {
    return v6 == other.v6 && first <= other.first && other.last <= last;
  }
  /// The fewest blocks that make it up: `10.0.0.0/8`. At most `most`, else the run itself: `10.0.0.1-10.0.0.9`.
  [[nodiscard]] std::vector<std::string> blocks(std::size_t most = 4) const;
};

}  // namespace stackc::diff

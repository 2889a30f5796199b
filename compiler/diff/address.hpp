#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/address.hpp"

namespace stackc::diff {

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
  /// The fewest blocks that make it up: `10.0.0.0/8`. At most `most`, else the run itself:
  /// `10.0.0.1-10.0.0.9`.
  [[nodiscard]] std::vector<std::string> blocks(std::size_t most = 4) const;
};

}  // namespace stackc::diff

#pragma once

#include <gmock/gmock.h>

#include <string>

#include "tests/unit/diff_support.hpp"

namespace stackc::diff {

/// A template whose resources are these lines, of YAML flow or block style, indented by two.
inline std::string resources(std::string_view lines) { return fmt::format("Resources:\n{}", lines); }

inline std::string lines_of(const std::vector<Danger>& dangers) {
  std::string out;
  for (const Danger& d : dangers) {
    out += fmt::format("{}{} {}\n", name_of(d.kind), d.mild ? " (mild)" : "", d.message);
    for (const std::string& fact : d.facts) out += fmt::format("  {}\n", fact);
    if (!d.acknowledged.empty()) out += fmt::format("  acknowledged: {}\n", d.acknowledged);
  }
  return out;
}

/// The dangers of a change, one a line with its facts below; what has no security in it may be left out by
/// `only`.
inline std::string dangers(std::string_view before, std::string_view after, const Given& old_given = {},
                           const Given& given = {}) {
  return lines_of(compared(before, after, old_given, given).diff.dangers);
}

/// Of two sets of resources.
inline std::string dangers_of(std::string_view before, std::string_view after) {
  return dangers(resources(before), resources(after));
}

}  // namespace stackc::diff

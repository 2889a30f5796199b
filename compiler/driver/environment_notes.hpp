#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "compiler/diag/diagnostic.hpp"

namespace stackc {

/// What was found while compiling for one environment: the findings from `begin` up to the next range.
struct EnvironmentRange {
  std::string environment;
  std::size_t begin = 0;
};

/// Joins findings that several environments have in common, and says of the others where they hold.
/// Nothing changes with fewer than two environments. Ranges are in order; what stands before the first
/// holds everywhere.
void note_environments(std::vector<Diagnostic>& findings, const std::vector<EnvironmentRange>& ranges);

}  // namespace stackc

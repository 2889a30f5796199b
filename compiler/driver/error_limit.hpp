#pragma once

#include <cstddef>
#include <vector>

#include "compiler/diag/diagnostic.hpp"

namespace stackc {

/// How many errors of one file a person is shown: what follows is mostly their echo.
inline constexpr std::size_t kMostErrors = 50;

/// Leaves the first `most` errors of every file and says how many more there are. Diagnostics are in the order
/// to show them, and stay in it.
void limit_errors(std::vector<Diagnostic>& diagnostics, std::size_t most = kMostErrors);

}  // namespace stackc

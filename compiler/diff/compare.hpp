#pragma once

#include <vector>

#include "compiler/diff/changes.hpp"
#include "compiler/diff/diff.hpp"

namespace stackc::diff {

/// `compare` without the dangers.
StackDiff differences(const Side& before, const Side& after, const schema::Schema& schema);

/// How many resources of each kind.
Totals totals_of(const std::vector<ResourceChange>& resources);

}  // namespace stackc::diff

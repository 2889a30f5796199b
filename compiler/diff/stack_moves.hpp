#pragma once

#include <vector>

#include "compiler/diff/changes.hpp"
#include "compiler/diff/diff.hpp"
#include "compiler/diff/order.hpp"

namespace stackc::diff {

/// Resources that are gone in one stack and new in another, and are the same: by `@moved`, else by type and
/// properties where only one can be meant. The new one becomes a move, the other is no change any more.
/// `diffs` belong to `pairs`.
void find_stack_moves(std::vector<StackDiff>& diffs, const std::vector<StackPair>& pairs,
                      const std::vector<Side>& before, const std::vector<Side>& after,
                      const schema::Schema& schema);

}  // namespace stackc::diff

#pragma once

#include <vector>

#include "compiler/diff/changes.hpp"
#include "compiler/diff/diff.hpp"

namespace stackc::diff {

/// What a reviewer of this stack must not miss, worst first: data that is lost, who may reach or do more (or
/// less, or nobody can say), names that collide, limits that come near. `diff` has its resources and entries
/// already. Reads no more of the templates than what a change touches.
std::vector<Danger> find_dangers(const StackDiff& diff, const Side& before, const Side& after,
                                 const schema::Schema& schema);

/// What lies between stacks: exports that go or change while others import them. Adds to the dangers of the
/// stack that exports.
void find_project_dangers(ProjectDiff& diff, const std::vector<Side>& before, const std::vector<Side>& after);

}  // namespace stackc::diff

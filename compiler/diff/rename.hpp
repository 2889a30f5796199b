#pragma once

#include <vector>

#include "compiler/diff/match.hpp"

namespace stackc::diff {

/// Joins pairs of one side each that are the same resource under another logical ID. `pairs` keeps its order.
void find_renames(std::vector<Pair>& pairs, const Side& before, const Side& after, Resolver& old_known,
                  Resolver& known, Pool& pool, schema::Schema schema, Arena& arena);

}  // namespace stackc::diff

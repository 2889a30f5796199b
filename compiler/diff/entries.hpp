#pragma once

#include <vector>

#include "compiler/diff/changes.hpp"
#include "compiler/diff/diff.hpp"
#include "compiler/diff/propagate.hpp"
#include "compiler/diff/properties.hpp"

namespace stackc::diff {

/// What differs in the sections of a template that are not its resources, in the order of the new template.
/// Conditions are compared by what they say, not by their names.
std::vector<EntryChange> compare_entries(const Side& before, const Side& after, Meanings& old_meanings,
                                         Meanings& meanings, PropertyDiffer& differ,
                                         Propagation& propagation);

}  // namespace stackc::diff

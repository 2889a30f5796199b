#pragma once

#include "compiler/diff/changes.hpp"
#include "compiler/diff/resolve.hpp"
#include "compiler/schema/schema.hpp"

namespace stackc::diff {

/// What becomes of what is there: of a deleted resource by the old template's `DeletionPolicy`, of a replaced
/// one by the new template's `UpdateReplacePolicy`.
Fate fate_of(const ResourceChange& change, schema::Schema schema, Resolver& before, Resolver& after);

}  // namespace stackc::diff

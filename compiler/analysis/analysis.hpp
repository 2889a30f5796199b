#pragma once

#include "compiler/diag/diagnostic.hpp"
#include "compiler/ir/ir.hpp"
#include "compiler/schema/schema.hpp"

namespace stackc::analysis {

/// All checks on a finished template: duplicate logical IDs and namespaces, references that do not
/// resolve, cycles between resources (with the whole path), limits of CloudFormation (an error past
/// the limit, a warning from 80 %). One file a concern.
void analyse(const ir::Template& t, Sink& sink);

}  // namespace stackc::analysis

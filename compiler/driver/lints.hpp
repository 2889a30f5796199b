#pragma once

#include <vector>

#include "compiler/base/source.hpp"
#include "compiler/diag/diagnostic.hpp"
#include "compiler/modules/project.hpp"

namespace stackc {

/// Gives warnings and notes the level that the project wants, and drops those that it switches off or
/// that a comment `stackc:allow(slug) reason` allows, on the line of the finding or the one above.
void apply_lint_levels(std::vector<Diagnostic>& findings, const Project& project, const SourceMap& sources);

}  // namespace stackc

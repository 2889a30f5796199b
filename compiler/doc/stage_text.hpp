#pragma once

#include <string>
#include <vector>

#include "compiler/sema/checked.hpp"

namespace stackc::doc {

/// How early an argument of `type` has to be known, for a table: `any`, `const`, `param`, or by parts:
/// `length const, elements param`.
std::string stage_text(const sema::TypeTable& types, sema::TypeId type, const std::vector<sema::StageDemand>& demands);

}  // namespace stackc::doc

#pragma once

#include "compiler/base/source.hpp"
#include "compiler/modules/modules.hpp"

namespace stackc {

/// The sources of `graph` with the same ids, the standard library's without their texts: what is kept of files
/// in which nothing was found. No place points into them then, and they would be in memory as often as there
/// are slices.
SourceMap own_texts(const ModuleGraph& graph, const SourceMap& sources);

}  // namespace stackc

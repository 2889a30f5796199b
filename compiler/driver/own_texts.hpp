#pragma once

#include "compiler/base/source.hpp"
#include "compiler/snapshot/compilation.hpp"

namespace stackc {

/// The sources of `compilation` with the same ids, the standard library's without their names and texts: what is
/// kept of files in which nothing was found. No place points into them then, and they would be in memory as
/// often as there are slices.
SourceMap own_texts(const Compilation& compilation);

}  // namespace stackc

#pragma once

#include <vector>

#include "compiler/base/source.hpp"
#include "compiler/diag/diagnostic.hpp"

namespace stackc {

/// The findings as people read them: those without a place first, then file by file (in the order of
/// the `SourceMap`) and from top to bottom by the primary label. Exact repetitions are removed;
/// findings at one place stay in the order of discovery.
std::vector<Diagnostic> in_order(std::vector<Diagnostic> findings);

/// Moves `more`, whose places are in `more_sources`, into `findings`, whose places are in `sources`.
/// A file that both maps hold (same path, same text) becomes one; others that are pointed at are
/// copied. For work that was shared out to several compilations: their results become one list.
void merge(std::vector<Diagnostic>& findings, SourceMap& sources, std::vector<Diagnostic> more,
           const SourceMap& more_sources);

}  // namespace stackc

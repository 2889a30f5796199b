#pragma once

#include "compiler/base/source.hpp"
#include "compiler/diag/diagnostic.hpp"
#include "compiler/modules/modules.hpp"
#include "compiler/sema/sema.hpp"

namespace stackc {

/// The state of compiling some files: their texts, what was found, what they are and what they mean. Its
/// parts point to each other, so it stays where it is.
struct Compilation {
  Compilation() = default;
  Compilation(const Compilation&) = delete;
  Compilation& operator=(const Compilation&) = delete;

  SourceMap sources;
  Sink sink;
  ModuleGraph graph;
  sema::Checking checking{graph, sources, sink};
};

}  // namespace stackc

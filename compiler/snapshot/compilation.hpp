#pragma once

#include "compiler/base/source.hpp"
#include "compiler/diag/diagnostic.hpp"
#include "compiler/modules/modules.hpp"
#include "compiler/sema/sema.hpp"

namespace stackc {

/// The state of compiling some files: their texts, what was found, what they are and what they mean. Its
/// parts point to each other, so it stays where it is.
struct Compilation {
  /// How many there were when `mark` was called.
  struct Mark {
    std::size_t sources = 0, modules = 0, order = 0, data_files = 0;
  };

  Compilation() = default;
  Compilation(const Compilation&) = delete;
  Compilation& operator=(const Compilation&) = delete;

  /// What there is now is what `rewind` goes back to.
  void mark();
  /// Forgets the files that came after the mark, and all about them.
  void rewind();

  SourceMap sources;
  Sink sink;
  ModuleGraph graph;
  sema::Checking checking{graph, sources, sink};
  Mark marked;
};

}  // namespace stackc

#pragma once

#include <memory>

#include "compiler/snapshot/compilation.hpp"

namespace stackc {

/// Where a thread compiles one slice of a run after the other: the standard library is loaded and checked
/// once, and what a slice added to it is forgotten before the next. Loading it for each slice took a tenth of
/// the time of a large run.
class Workspace {
 public:
  /// `slices`: how many the run has. For a single one the library is not loaded as a whole, only what it
  /// uses.
  explicit Workspace(std::size_t slices) : slices_(slices) {}

  /// A compilation that holds the standard library and nothing else, with an empty source, the project file's
  /// place, as the first. Null: there is none, compile in one of your own.
  Compilation* take();
  /// Nobody needs what was compiled any more; without this call there is no further compilation to take.
  void give_back();

 private:
  enum class State : unsigned char { New, Ready, Taken };

  std::size_t slices_;
  State state_ = State::New;
  Compilation* compilation_ = nullptr;  // the snapshot, a copy of it, or `own_`
  std::unique_ptr<Compilation> own_;
};

}  // namespace stackc

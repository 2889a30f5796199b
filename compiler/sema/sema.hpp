#pragma once

#include <memory>

#include "compiler/sema/checked.hpp"

namespace stackc::sema {

/// Checks names, types, stages and presence of every module, used or not, in the order of the graph.
/// What is wrong goes to `sink`; the result is complete all the same, with `Kind::Error` where
/// nothing better is known. `patches`: types as a project corrects them, before AWS's; may be null.
std::unique_ptr<CheckedProgram> check(const ModuleGraph& graph, const SourceMap& sources, Sink& sink,
                                      const schema::OwnedBlob* patches = nullptr);

struct Shared;

/// A check that can be taken up again when modules were added to its graph: what was checked before stays,
/// with all that is known of it.
class Checking {
 public:
  /// All three outlive it.
  Checking(const ModuleGraph& graph, const SourceMap& sources, Sink& sink);
  ~Checking();
  Checking(const Checking&) = delete;
  Checking& operator=(const Checking&) = delete;

  /// As `check`, for the modules that have not been checked. Types that modules or `patches` declare count
  /// for these only: who checked others before must start anew.
  void run(const schema::OwnedBlob* patches = nullptr);
  /// Forgets the modules from the one numbered `count` on, which the graph is about to forget; none of those
  /// that stay needs them, and none declared types. Types and formulas that were made for them stay: they hold no text
  /// of theirs, and the next modules find many of them made already. Comes after `freeze`.
  void forget_from(std::size_t count);
  /// No module that there is now will be forgotten: what is known of them need not be written to any more.
  void freeze();
  [[nodiscard]] const CheckedProgram& program() const { return *program_; }

 private:
  friend std::unique_ptr<CheckedProgram> check(const ModuleGraph&, const SourceMap&, Sink&,
                                               const schema::OwnedBlob*);
  std::unique_ptr<CheckedProgram> program_;
  std::unique_ptr<Shared> shared_;
};

}  // namespace stackc::sema

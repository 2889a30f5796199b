#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "compiler/sema/checked.hpp"
#include "compiler/sema/presence.hpp"
#include "compiler/sema/stage.hpp"

/// The state of one check of a program, which the checkers of its files share.
namespace stackc::sema {

class ModuleChecker;

/// What the checkers of one program share.
struct Shared {
  Shared(const ModuleGraph& g, const SourceMap& s, Sink& k, CheckedProgram& p)
      : graph(g), sources(s), sink(k), program(p), types(p.types) {}
  const ModuleGraph& graph;
  const SourceMap& sources;
  Sink& sink;
  CheckedProgram& program;
  TypeTable& types;
  Stages stages;
  Formulas formulas;
  std::vector<std::unique_ptr<ModuleChecker>> modules;  // by ModuleId
  std::uint32_t next_root = 0;
  std::vector<DeclRef> open;  // components and functions being checked, outermost first
  std::uint32_t depth = 0;  // of questions inside each other, for the machine's stack
  bool too_deep = false;    // reported
};

/// One question that may lead to the next, through names, for as long as it lives.
class Deeper {
 public:
  explicit Deeper(Shared& shared) : shared_(shared) { ++shared_.depth; }
  ~Deeper() { --shared_.depth; }
  Deeper(const Deeper&) = delete;
  Deeper& operator=(const Deeper&) = delete;

 private:
  Shared& shared_;
};

}  // namespace stackc::sema

#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/base/filesystem.hpp"
#include "compiler/base/source.hpp"
#include "compiler/diag/diagnostic.hpp"
#include "compiler/syntax/ast.hpp"

namespace stackc {

struct ModuleTag;
using ModuleId = Id<ModuleTag>;

/// One file of a program: a stack, or a library of `use`.
struct Module {
  FileId file;
  std::string path;  // normalized; an embedded module is `std/network`
  std::unique_ptr<ast::Ast> ast;
  bool embedded = false;
  bool broken = false;           // had syntax errors: its missing names are not reported again
  ast::DeclId stack;             // its `stack` declaration; invalid: a library
  std::string_view stack_name;   // empty for a library
  std::vector<std::pair<ast::DeclId, ModuleId>> uses;       // per `use`; an invalid id: not found, reported
  std::vector<std::pair<ast::DeclId, ModuleId>> upstreams;  // per `upstream … from`; likewise
};

/// The files of a run with all that they use, each parsed once.
struct ModuleGraph {
  std::vector<std::unique_ptr<Module>> modules;  // by ModuleId
  std::vector<ModuleId> order;                   // what is used stands before who uses it
  std::vector<ModuleId> roots;                   // the files that were asked for, in that order

  [[nodiscard]] const Module& operator[](ModuleId id) const { return *modules[id.value]; }
};

/// Reads `files` and, transitively, what they `use` and what is `upstream` of them; `std/…` comes
/// out of the binary. Cycles (of `use`, of stacks) and missing files become diagnostics in `sink`;
/// an edge that would close a cycle is cut.
ModuleGraph load_modules(const std::vector<std::string>& files, const FileSystem& fs,
                         SourceMap& sources, Sink& sink);

}  // namespace stackc

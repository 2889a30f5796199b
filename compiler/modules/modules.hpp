#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "compiler/base/filesystem.hpp"
#include "compiler/base/hash_index.hpp"
#include "compiler/base/source.hpp"
#include "compiler/diag/diagnostic.hpp"
#include "compiler/modules/data_files.hpp"
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
  bool broken = false;          // had syntax errors: its missing names are not reported again
  ast::DeclId stack;            // its `stack` declaration; invalid: a library
  std::string_view stack_name;  // empty for a library
  /// Per `use`, the module behind it; an invalid id: not found, reported. `use { A, B } from "std"` has
  /// one entry for every module that declares some of the names (and an invalid one when a name is in
  /// none, reported): a name is in the first of the modules that declares it.
  std::vector<std::pair<ast::DeclId, ModuleId>> uses;
  std::vector<std::pair<ast::DeclId, ModuleId>> upstreams;  // per `upstream … from`; likewise
  /// Per call that reads a file, by ExprId: its place in `ModuleGraph::data_files`.
  std::unordered_map<std::uint32_t, std::uint32_t> data_files;
};

/// The files of a run with all that they use, each parsed once.
struct ModuleGraph {
  std::vector<std::unique_ptr<Module>> modules;  // by ModuleId
  std::vector<ModuleId> order;                   // what is used stands before who uses it
  std::vector<ModuleId> roots;                   // the files that were asked for, in that order
  std::vector<std::unique_ptr<DataFile>> data_files;  // that sources read at compile time

  [[nodiscard]] const Module& operator[](ModuleId id) const { return *modules[id.value]; }
  /// The module of that path, out of the binary or not; an invalid id: there is none.
  [[nodiscard]] ModuleId find(std::string_view path, bool embedded) const;
  void add(std::unique_ptr<Module> m);
  /// Forgets the modules from the one numbered `count` on.
  void truncate(std::size_t count);

 private:
  HashIndex by_path_;
};

/// Files beyond this are refused: nobody writes them, and offsets stay small.
inline constexpr std::uint64_t kMaxSourceBytes = 16u << 20;

/// Reads `files` and, transitively, what they `use` and what is `upstream` of them; `std/…` comes
/// out of the binary, among `files` too when there is no such file. Paths in a file are relative to that file. Cycles (of `use`, of stacks) and
/// missing files become diagnostics in `sink`; an edge that would close a cycle is cut. A file that
/// cannot be read is no module and no root. `root` is the project's folder, below which sources may read
/// files; empty: each below its own folder.
ModuleGraph load_modules(const std::vector<std::string>& files, const FileSystem& fs, SourceMap& sources,
                         Sink& sink, std::string_view root = {});

/// As `load_modules`, into a graph that holds the standard library already, and perhaps other modules: what
/// is there is not read again. The graph's roots are `files` afterwards.
void extend_modules(ModuleGraph& graph, const std::vector<std::string>& files, const FileSystem& fs,
                    SourceMap& sources, Sink& sink, std::string_view root = {});

/// The diagnostic for a file that could not be read, in the words of `error`. `span` is who asked for
/// it, invalid for the command line. A missing file comes with the closest name in its folder.
void report_unreadable(const FileSystem& fs, std::string_view path, const FileError& error, Span span,
                       Sink& sink);

}  // namespace stackc

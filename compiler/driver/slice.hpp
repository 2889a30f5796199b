#pragma once

#include <memory>
#include <string>
#include <vector>

#include "compiler/base/filesystem.hpp"
#include "compiler/base/source.hpp"
#include "compiler/diag/diagnostic.hpp"
#include "compiler/driver/inputs.hpp"
#include "compiler/driver/pipeline.hpp"
#include "compiler/emit/emit.hpp"
#include "compiler/ir/ir.hpp"
#include "compiler/modules/project.hpp"
#include "compiler/modules/yaml.hpp"
#include "compiler/schema/blob.hpp"
#include "compiler/snapshot/workspace.hpp"

namespace stackc {

/// A value of `--set`, read.
struct SetValue {
  std::string name;
  yaml::Node value;
};

/// What all slices of a run have in common; read by several threads.
struct RunSettings {
  const Request* request = nullptr;
  const Project* project = nullptr;
  std::string project_text;  // of `project->path`, so that places in it mean something in a slice
  std::vector<const Environment*> environments;  // one null: the project has none
  std::vector<SetValue> sets;
  std::string out;                             // folder of the output
  const schema::OwnedBlob* patches = nullptr;  // AWS types as the project corrects them; null: none

  /// AWS's types, corrected.
  [[nodiscard]] schema::Schema schema() const {
    return patches != nullptr ? schema::Schema::aws().with(patches->schema()) : schema::Schema::aws();
  }
};

/// A stack that a run was asked for.
struct SliceStack {
  std::string name;
  Span span;  // its name, in the slice's sources
  std::vector<std::string> const_params;
};

/// What compiling some of the files of a run gave. Shares nothing with other slices.
struct SliceResult {
  SourceMap sources;
  std::vector<Diagnostic> diagnostics;
  std::vector<SliceStack> stacks;
  std::vector<OutputFile> files;  // stack by stack, in the order of the files
  std::vector<StackPermissions> permissions;
  std::string dump;
  std::size_t templates = 0;  // files that were templates
};

/// The template as the run wants it written, below `folder`.
OutputFile template_file(const ir::Template& t, const std::string& folder, std::string_view stack,
                         const Request& request);

/// Compiles `files` and what they need, for every environment of `settings`. `workspace` is the thread's.
SliceResult compile_slice(const std::vector<std::string>& files, const RunSettings& settings,
                          const FileSystem& fs, Workspace& workspace);

/// A template as a deployment would get it, with the values of its parameters in one environment.
struct CompiledStack {
  std::string environment;  // empty: the project has none
  std::string source_name;  // as in `stack "…"`
  std::unique_ptr<ir::Template> tmpl;
  std::vector<emit::ParameterValue> parameters;
};

/// The templates of some files, as data.
struct CompiledSlice {
  std::vector<Diagnostic> diagnostics;
  std::vector<CompiledStack> stacks;    // by environment, in the order of the files
  std::vector<std::string> const_params;  // of all stacks: what can be set
  std::shared_ptr<const void> program;  // what the templates' texts lie in: keep it as long as them
};

/// Compiles `files` and what they need, for every environment of `settings`, and keeps the templates. Adds
/// its files to `sources`, which holds the project file already.
CompiledSlice compile_to_templates(const std::vector<std::string>& files, const RunSettings& settings,
                                   const FileSystem& fs, SourceMap& sources);

/// Checks templates and writes them again, one after the other: no more than one is in memory at a time.
SliceResult compile_templates(const std::vector<InputFile>& files, const RunSettings& settings,
                              const FileSystem& fs);

}  // namespace stackc

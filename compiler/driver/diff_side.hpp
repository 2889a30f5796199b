#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/base/filesystem.hpp"
#include "compiler/base/source.hpp"
#include "compiler/diag/diagnostic.hpp"
#include "compiler/diff/diff.hpp"
#include "compiler/import/import.hpp"
#include "compiler/ir/ir.hpp"
#include "compiler/schema/blob.hpp"

namespace stackc {

/// One side of a comparison, as it stands on the command line: a path, or a git revision and a path in it.
struct SideSpec {
  std::string text;      // as it was given
  std::string revision;  // empty: the disk
  std::string path;      // from the working folder; empty: the project around it

  /// `vpc.yaml`, `stacks/`, `git:main:stacks/`, `git:HEAD~1`; `-` is standard input.
  static SideSpec read(const std::string& text);
  [[nodiscard]] bool in_git() const { return text.starts_with("git:"); }
  [[nodiscard]] bool is_standard_input() const { return text == "-"; }
};

/// A template of a side in one environment.
struct SideStack {
  std::string environment;  // empty: of every environment, or there are none
  std::string source_name;  // of a stack file: as in `stack "…"`; of a template: its path in the folder
  std::string file;         // of a template: the same with its endings
  std::unique_ptr<ir::Template> tmpl;
  std::vector<std::pair<std::string, std::string>> parameters;
  std::size_t bytes = 0;  // of the template's text as it is deployed
};

/// What a side consists of. Owns what its templates point into, except their texts, which are in the source
/// map.
struct LoadedSide {
  bool of_stacks = false;                 // of stack files, not of templates
  bool single = false;                    // one file that was named
  bool nameless = false;                  // standard input, or a pipe
  std::vector<std::string> environments;  // of its project, as far as they were asked for
  std::vector<std::string> known_environments;  // all of them
  std::vector<std::string> const_params;        // of its stack files
  std::vector<SideStack> stacks;
  std::vector<Diagnostic> diagnostics;
  bool failed = false;  // an error is among the diagnostics, or was told
  /// The AWS types as the side's project corrects them; null: as they are.
  std::unique_ptr<schema::OwnedBlob> patches;
  std::vector<std::unique_ptr<cfn::Document>> documents;
  std::shared_ptr<const void> program;
};

/// What both sides are loaded with.
struct SideRequest {
  std::string working_folder;  // absolute
  std::string environment;     // empty: every one
  std::vector<std::pair<std::string, std::string>> sets;
};

/// Reads the files that `spec` names from `fs`: stack files are compiled, templates are read as they are, with
/// `<name>.parameters.json` beside them. A file whose name does not tell which it is, such as standard input or a
/// pipe, is read once and looked at. What goes wrong stands in the result, with places in `sources`. A folder may
/// have neither: it is a side without stacks.
LoadedSide load_side(const SideSpec& spec, const SideRequest& request, const FileSystem& fs,
                     SourceMap& sources);

}  // namespace stackc

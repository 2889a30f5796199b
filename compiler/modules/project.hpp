#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/filesystem.hpp"
#include "compiler/base/source.hpp"
#include "compiler/diag/diagnostic.hpp"
#include "compiler/modules/yaml.hpp"

namespace stackc {

/// A value of the project file under its key.
struct ProjectSetting {
  std::string key;
  Span key_span;
  yaml::Node value;
};

/// What an environment says about one stack.
struct ProjectStack {
  std::string source_name;  // as in `stack "…"`
  Span span;
  std::string name;  // as it is deployed; empty: the source's
  std::vector<ProjectSetting> consts;
  std::vector<ProjectSetting> parameters;
};

struct Environment {
  std::string name;
  Span span;
  std::vector<ProjectStack> stacks;

  [[nodiscard]] const ProjectStack* find(std::string_view source_name) const;
};

/// What the project wants of a lint.
enum class LintLevel : std::uint8_t { Off, Note, Warning, Error };

/// `stackc.yaml`, read. Without such a file: the defaults.
struct Project {
  std::string root = ".";         // its folder, from the working folder
  std::string path;               // the file; empty: there is none
  std::string out = "generated";  // from `root`
  std::string schema;             // file with corrections of AWS types, from `root`; empty: none
  Span schema_span;
  std::vector<Environment> environments;
  std::map<Code, LintLevel> lints;

  [[nodiscard]] bool exists() const { return !path.empty(); }
  [[nodiscard]] const Environment* find(std::string_view environment) const;
};

/// The nearest `stackc.yaml` in `from` or a folder above it. `working_folder` is the absolute path that
/// relative paths start at; when empty, the search ends at `.`. Nothing when there is none.
std::optional<std::string> find_project_file(const FileSystem& fs, std::string_view from,
                                             std::string_view working_folder);

/// Reads the project file at `path`. Unknown keys, wrong values and a `compiler:` range that leaves out
/// `version` (`0.1.0`) become diagnostics; the rest of the file holds.
Project read_project(const std::string& path, std::string_view version, const FileSystem& fs,
                     SourceMap& sources, Sink& sink);

/// Is `version` in `range` (`>=0.3`, `>=0.3 <1.0`, `0.4.1`, `^0.3`, `~0.3.2`)? Nothing when the range
/// cannot be read. `0.3` stands for `0.3.0`; a bare version for exactly itself.
std::optional<bool> in_version_range(std::string_view version, std::string_view range);

}  // namespace stackc

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/source.hpp"
#include "compiler/diag/form_text.hpp"
#include "compiler/diff/changes.hpp"

/// What a comparison found, for people and for programs.
namespace stackc::report {

/// Both sides of a comparison and what came of it. Refers to everything, owns nothing.
struct Comparison {
  std::string_view old_name;  // as people call the sides: `git:main`, `vpc.yaml`
  std::string_view new_name;
  const std::vector<diff::ProjectDiff>& projects;  // one an environment; at least one
  const SourceMap& sources;
  std::uint32_t first_new_file = 0;  // files of the source map before this one are of the old side
};

/// What makes a comparison fail.
struct FailOn {
  std::vector<diff::DangerKind> kinds;  // unless it is acknowledged in source
  bool any = false;                     // any change at all

  [[nodiscard]] bool fails(const diff::Danger& danger) const;
  [[nodiscard]] bool fails(const std::vector<diff::ProjectDiff>& projects) const;
};

struct Options {
  bool colour = false;        // text
  std::uint32_t width = 100;  // columns of the terminal; text
  bool wrap = false;          // sentences too: in a file they stay on one line each, for searching; text
  FailOn fail_on;
  std::string_view version;  // of the compiler; SARIF
  PathRoot paths = {};       // annotations and SARIF
};

// The forms. Each ends in a line break. No control character of a template reaches the output as it is, and
// no value that is a secret.

/// For a terminal: totals, dangers, then a line for each resource with what changes below it.
std::string render_text(const Comparison& comparison, const Options& options);
/// For the comment of a pull request: at most 65,536 bytes, dangers first; what is left out is the most
/// harmless, and is counted.
std::string render_markdown(const Comparison& comparison, const Options& options);
/// For programs; docs/diff.md describes it. Keys are only ever added.
std::string render_json(const Comparison& comparison, const Options& options);
/// Workflow commands that annotate the lines of a pull request: dangers as warnings (as errors when they
/// fail), worst first, because a service shows a few only; then replacements and deletions as notices.
std::string render_github(const Comparison& comparison, const Options& options);
/// A SARIF 2.1.0 log: a result for each danger, each with a place, without which services refuse it.
std::string render_sarif(const Comparison& comparison, const Options& options);

/// The resources that move, as `aws cloudformation create-stack-refactor --resource-mappings` takes them.
std::string refactor_mappings(const diff::ProjectDiff& project);

}  // namespace stackc::report

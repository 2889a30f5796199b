#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/source.hpp"
#include "compiler/diag/diagnostic.hpp"
#include "compiler/diag/form_text.hpp"

namespace stackc {

struct RenderOptions {
  bool colour = false;            // ANSI colours, text form only
  std::uint32_t width = 100;      // columns: long source lines are cut, notes are wrapped
  std::string_view version = {};  // of the compiler, for the forms that name their tool
  PathRoot paths = {};            // of the forms for services: SARIF and annotations
};

// The forms that findings can be written in. All carry the same content, in the order of the list
// (see `order.hpp`), end in a line break, and are empty when a form without frame has nothing to say.
// Whatever stands in source or messages, no control character of it reaches the output as it is.

/// For people: header, place, source with carets and labels, notes and helps.
std::string render_text(const std::vector<Diagnostic>& findings, const SourceMap& sources,
                        const RenderOptions& options = {});

/// A line each: `file:line:col: error[E0203]: message; label`. A finding without a place begins at `error`.
std::string render_concise(const std::vector<Diagnostic>& findings, const SourceMap& sources,
                           const RenderOptions& options = {});

/// One JSON document; docs/diagnostics/json.md describes it. Stable: keys are only ever added.
std::string render_json(const std::vector<Diagnostic>& findings, const SourceMap& sources,
                        const RenderOptions& options = {});

/// A SARIF 2.1.0 log with one run, for code-scanning services.
std::string render_sarif(const std::vector<Diagnostic>& findings, const SourceMap& sources,
                         const RenderOptions& options = {});

/// Workflow commands that annotate the lines of a pull request: `::error file=…,line=…::message`.
std::string render_github(const std::vector<Diagnostic>& findings, const SourceMap& sources,
                          const RenderOptions& options = {});

/// `2 errors, 1 warning`; empty when there is neither.
std::string summary(const std::vector<Diagnostic>& findings);

/// `error`, `warning`, `note`.
std::string_view severity_name(Severity severity);

}  // namespace stackc

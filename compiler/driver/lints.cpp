#include "compiler/driver/lints.hpp"

#include <algorithm>
#include <string_view>

#include "compiler/diag/registry.hpp"

namespace stackc {

namespace {

/// Does `line` hold a comment with `stackc:allow(…)` that lists `slug`?
bool line_allows(std::string_view line, std::string_view slug) {
  constexpr std::string_view kMark = "stackc:allow(";
  const auto comment = std::min(line.find("//"), line.find('#'));  // `#` in a template
  if (comment == std::string_view::npos) return false;
  auto at = line.find(kMark, comment);
  if (at == std::string_view::npos) return false;
  at += kMark.size();
  auto list = line.substr(at, line.find(')', at) - at);
  while (!list.empty()) {
    auto id = list.substr(0, list.find(','));
    list.remove_prefix(std::min(id.size() + 1, list.size()));
    const auto begin = id.find_first_not_of(' ');
    if (begin == std::string_view::npos) continue;
    id = id.substr(begin, id.find_last_not_of(' ') + 1 - begin);
    if (id == slug) return true;
  }
  return false;
}

bool is_allowed(const Diagnostic& finding, std::string_view slug, const SourceMap& sources) {
  if (finding.labels.empty() || !finding.labels[0].span.valid()) return false;
  const auto span = finding.labels[0].span;
  const auto line = sources.position(span.file, span.begin).line;
  return line_allows(sources.line(span.file, line), slug) ||
         (line > 1 && line_allows(sources.line(span.file, line - 1), slug));
}

}  // namespace

void apply_lint_levels(std::vector<Diagnostic>& findings, const Project& project, const SourceMap& sources) {
  std::erase_if(findings, [&](Diagnostic& finding) {
    const auto& code = info(finding.code);
    if (code.severity == Severity::Error) return false;
    if (is_allowed(finding, code.slug, sources)) return true;
    const auto wanted = project.lints.find(finding.code);
    if (wanted == project.lints.end()) return false;
    switch (wanted->second) {
      case LintLevel::Off:
        return true;
      case LintLevel::Note:
        finding.severity = Severity::Note;
        break;
      case LintLevel::Warning:
        finding.severity = Severity::Warning;
        break;
      case LintLevel::Error:
        finding.severity = Severity::Error;
        break;
    }
    return false;
  });
}

}  // namespace stackc

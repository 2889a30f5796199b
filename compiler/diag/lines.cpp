// The forms of one line a finding, for editors and workflows, and the count at the end.
#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/diag/form_text.hpp"
#include "compiler/diag/registry.hpp"
#include "compiler/diag/render.hpp"
#include "compiler/diag/unicode.hpp"

namespace stackc {
namespace {

/// The primary label, or null: a finding may have no place.
const Label* primary(const Diagnostic& d) {
  return d.labels.empty() || !d.labels.front().span.valid() ? nullptr : &d.labels.front();
}

std::string counted(std::size_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

std::string_view workflow_command(Severity severity) {
  switch (severity) {
    case Severity::Error:
      return "error";
    case Severity::Warning:
      return "warning";
    case Severity::Note:
      break;
  }
  return "notice";
}

/// Where a span ends, without the line breaks at its end: an annotation of whole lines ends in the last.
Position end_of(const SourceMap& sources, Span span) {
  const std::string_view text = sources.text(span);
  const std::size_t last = text.find_last_not_of("\r\n");
  const std::size_t size = last == std::string_view::npos ? 0 : last + 1;
  return sources.position(span.file, span.begin + static_cast<std::uint32_t>(size));
}

/// Message, labels, notes and helps as lines.
std::string all_text(const Diagnostic& d, const SourceMap& sources) {
  std::string text = printable(d.message);
  for (std::size_t i = 0; i < d.labels.size(); ++i) {
    const Label& label = d.labels[i];
    if (label.text.empty()) continue;
    if (i == 0 || !label.span.valid()) {
      text += "\n" + printable(label.text);
    } else {
      const Position at = sources.position(label.span.file, label.span.begin);
      text += fmt::format("\n{}:{}:{}: {}", printable(sources.path(label.span.file)), at.line, at.column,
                          printable(label.text));
    }
  }
  for (const std::string& note : d.notes) text += "\nnote: " + printable(note, true);
  for (const std::string& help : d.helps) text += "\nhelp: " + printable(help, true);
  return text;
}

}  // namespace

std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::Error:
      return "error";
    case Severity::Warning:
      return "warning";
    case Severity::Note:
      break;
  }
  return "note";
}

std::string render_concise(const std::vector<Diagnostic>& findings, const SourceMap& sources,
                           const RenderOptions&) {
  std::string out;
  for (const Diagnostic& d : findings) {
    const Label* label = primary(d);
    if (label != nullptr) {
      const Position at = sources.position(label->span.file, label->span.begin);
      out += fmt::format("{}:{}:{}: ", printable(sources.path(label->span.file)), at.line, at.column);
    }
    out += fmt::format("{}[{}]: {}", severity_name(d.severity), info(d.code).number, printable(d.message));
    if (label != nullptr && !label->text.empty()) out += "; " + printable(label->text);
    out += '\n';
  }
  return out;
}

std::string render_github(const std::vector<Diagnostic>& findings, const SourceMap& sources,
                          const RenderOptions& options) {
  std::string out;
  for (const Diagnostic& d : findings) {
    out += fmt::format("::{} ", workflow_command(d.severity));
    if (const Label* label = primary(d)) {
      const Position begin = sources.position(label->span.file, label->span.begin);
      const Position end = end_of(sources, label->span);
      out += fmt::format("file={},line={},col={},endLine={},",
                         workflow_escaped(printable(options.paths.path_of(sources.path(label->span.file))), true),
                         begin.line, begin.column, end.line);
      // The service ignores columns of several lines, and wants them inclusive.
      if (begin.line == end.line) out += fmt::format("endColumn={},", std::max(begin.column, end.column - 1));
    }
    out += fmt::format("title={}::",
                       workflow_escaped(fmt::format("{} {}", info(d.code).number, info(d.code).title), true));
    out += workflow_escaped(all_text(d, sources), false) + '\n';
  }
  return out;
}

std::string summary(const std::vector<Diagnostic>& findings) {
  std::size_t errors = 0;
  std::size_t warnings = 0;
  for (const Diagnostic& d : findings) {
    if (d.severity == Severity::Error) ++errors;
    if (d.severity == Severity::Warning) ++warnings;
  }
  std::string text;
  if (errors > 0) text = counted(errors, "error");
  if (warnings > 0) text += (text.empty() ? "" : ", ") + counted(warnings, "warning");
  return text;
}

}  // namespace stackc

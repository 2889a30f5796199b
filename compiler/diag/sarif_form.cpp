// SARIF 2.1.0: a static analysis results interchange format, read by code-scanning services.
#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/diag/explain.hpp"
#include "compiler/diag/form_text.hpp"
#include "compiler/diag/json_text.hpp"
#include "compiler/diag/registry.hpp"
#include "compiler/diag/render.hpp"

namespace stackc {
namespace {

constexpr std::string_view kSchema = "https://json.schemastore.org/sarif-2.1.0.json";

class SarifForm {
 public:
  SarifForm(const SourceMap& sources, const RenderOptions& options) : sources_(sources), options_(options) {}

  std::string draw(const std::vector<Diagnostic>& findings) {
    for (const Diagnostic& d : findings) used_.push_back(d.code);
    std::sort(used_.begin(), used_.end());
    used_.erase(std::unique(used_.begin(), used_.end()), used_.end());

    json_.begin_object();
    json_.member("$schema", kSchema);
    json_.member("version", "2.1.0");
    json_.key("runs");
    json_.begin_array();
    json_.begin_object();
    tool();
    json_.member("columnKind", "unicodeCodePoints");
    json_.key("results");
    json_.begin_array();
    for (const Diagnostic& d : findings) result(d);
    json_.end_array();
    json_.end_object();
    json_.end_array();
    json_.end_object();
    return json_.take();
  }

 private:
  void tool() {
    json_.key("tool");
    json_.begin_object();
    json_.key("driver");
    json_.begin_object();
    json_.member("name", "stackc");
    if (!options_.version.empty()) json_.member("version", options_.version);
    json_.key("rules");
    json_.begin_array();
    for (const Code code : used_) rule(info(code));
    json_.end_array();
    json_.end_object();
    json_.end_object();
  }

  void rule(const CodeInfo& code) {
    json_.begin_object();
    json_.member("id", code.number);
    json_.member("name", code.slug);
    message("shortDescription", sentence(code.title));
    if (const auto page = explain(code.number)) {
      json_.key("help");
      json_.begin_object();
      json_.member("text", *page);
      json_.member("markdown", *page);
      json_.end_object();
    }
    json_.key("defaultConfiguration");
    json_.begin_object();
    json_.member("level", severity_name(code.severity));
    json_.end_object();
    json_.end_object();
  }

  void result(const Diagnostic& d) {
    json_.begin_object();
    json_.member("ruleId", info(d.code).number);
    const auto index = std::lower_bound(used_.begin(), used_.end(), d.code) - used_.begin();
    json_.member("ruleIndex", static_cast<std::uint64_t>(index));
    json_.member("level", severity_name(d.severity));
    message("message", text_of(d));
    if (!d.labels.empty() && d.labels.front().span.valid()) {
      json_.key("locations");
      json_.begin_array();
      location(d.labels.front(), 0);
      json_.end_array();
    }
    related(d);
    fixes(d);
    json_.end_object();
  }

  static std::string text_of(const Diagnostic& d) {
    std::string text = sentence(d.message);
    if (!d.labels.empty() && !d.labels.front().text.empty()) text += "\n" + sentence(d.labels.front().text);
    for (const std::string& note : d.notes) text += "\n" + sentence(note);
    for (const std::string& help : d.helps) text += "\n" + sentence(help);
    return text;
  }

  void related(const Diagnostic& d) {
    const auto placed = [](const Label& label) { return label.span.valid(); };
    if (d.labels.size() < 2 || std::none_of(d.labels.begin() + 1, d.labels.end(), placed)) return;
    json_.key("relatedLocations");
    json_.begin_array();
    for (std::uint32_t i = 1; i < d.labels.size(); ++i) {
      if (d.labels[i].span.valid()) location(d.labels[i], i);
    }
    json_.end_array();
  }

  void location(const Label& label, std::uint32_t id) {
    json_.begin_object();
    if (id > 0) json_.member("id", id);
    json_.key("physicalLocation");
    json_.begin_object();
    artifact(label.span.file);
    region("region", label.span);
    json_.end_object();
    if (!label.text.empty()) message("message", label.text);
    json_.end_object();
  }

  /// All fixes of a finding belong together: one `fix` with a change a file.
  void fixes(const Diagnostic& d) {
    std::vector<FileId> files;
    for (const Fix& fix : d.fixes) {
      if (fix.span.valid() && std::find(files.begin(), files.end(), fix.span.file) == files.end()) {
        files.push_back(fix.span.file);
      }
    }
    if (files.empty()) return;
    json_.key("fixes");
    json_.begin_array();
    json_.begin_object();
    json_.key("artifactChanges");
    json_.begin_array();
    for (const FileId file : files) {
      json_.begin_object();
      artifact(file);
      json_.key("replacements");
      json_.begin_array();
      for (const Fix& fix : d.fixes) {
        if (fix.span.file == file) replacement(fix);
      }
      json_.end_array();
      json_.end_object();
    }
    json_.end_array();
    json_.end_object();
    json_.end_array();
  }

  void replacement(const Fix& fix) {
    json_.begin_object();
    region("deletedRegion", fix.span);
    json_.key("insertedContent");
    json_.begin_object();
    json_.member("text", std::string_view(fix.replacement));
    json_.end_object();
    json_.end_object();
  }

  void artifact(FileId file) {
    json_.key("artifactLocation");
    json_.begin_object();
    json_.member("uri", std::string_view(uri_of(sources_.path(file))));
    json_.end_object();
  }

  void region(std::string_view name, Span span) {
    const Position begin = sources_.position(span.file, span.begin);
    const Position end = sources_.position(span.file, span.end);
    json_.key(name);
    json_.begin_object();
    json_.member("startLine", begin.line);
    json_.member("startColumn", begin.column);
    json_.member("endLine", end.line);
    json_.member("endColumn", end.column);
    json_.end_object();
  }

  void message(std::string_view name, std::string_view text) {
    json_.key(name);
    json_.begin_object();
    json_.member("text", text);
    json_.end_object();
  }

  const SourceMap& sources_;
  const RenderOptions& options_;
  std::vector<Code> used_;  // sorted; a rule's index is its place here
  JsonText json_;
};

}  // namespace

std::string render_sarif(const std::vector<Diagnostic>& findings, const SourceMap& sources,
                         const RenderOptions& options) {
  return SarifForm(sources, options).draw(findings);
}

}  // namespace stackc

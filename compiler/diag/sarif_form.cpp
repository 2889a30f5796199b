// SARIF 2.1.0: a static analysis results interchange format, read by code-scanning services.
#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/diag/explain.hpp"
#include "compiler/diag/form_text.hpp"
#include "compiler/diag/registry.hpp"
#include "compiler/diag/render.hpp"
#include "compiler/diag/sarif_log.hpp"

namespace stackc {
namespace {

class SarifForm {
 public:
  SarifForm(const SourceMap& sources, const RenderOptions& options)
      : log_("stackc", options.version, sources, options.paths), json_(log_.json) {}

  std::string draw(const std::vector<Diagnostic>& findings) {
    for (const Diagnostic& d : findings) used_.push_back(d.code);
    std::sort(used_.begin(), used_.end());
    used_.erase(std::unique(used_.begin(), used_.end()), used_.end());

    for (const Code code : used_) rule(info(code));
    log_.begin_results();
    for (const Diagnostic& d : findings) result(d);
    return log_.take();
  }

 private:
  void rule(const CodeInfo& code) {
    json_.begin_object();
    json_.member("id", code.number);
    json_.member("name", code.slug);
    log_.message("shortDescription", sentence(code.title));
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
    log_.message("message", text_of(d));
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
    log_.physical_location(label.span);
    if (!label.text.empty()) log_.message("message", label.text);
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
      log_.artifact(file);
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
    log_.region("deletedRegion", fix.span);
    json_.key("insertedContent");
    json_.begin_object();
    json_.member("text", std::string_view(fix.replacement));
    json_.end_object();
    json_.end_object();
  }

  SarifLog log_;
  JsonText& json_;
  std::vector<Code> used_;  // sorted; a rule's index is its place here
};

}  // namespace

std::string render_sarif(const std::vector<Diagnostic>& findings, const SourceMap& sources,
                         const RenderOptions& options) {
  return SarifForm(sources, options).draw(findings);
}

}  // namespace stackc

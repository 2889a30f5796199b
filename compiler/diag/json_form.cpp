// The form for programs; docs/diagnostics/json.md is its contract.
#include "compiler/diag/json_text.hpp"
#include "compiler/diag/registry.hpp"
#include "compiler/diag/render.hpp"

namespace stackc {
namespace {

constexpr std::uint64_t kFormatVersion = 1;

class JsonForm {
 public:
  explicit JsonForm(const SourceMap& sources) : sources_(sources) {}

  std::string draw(const std::vector<Diagnostic>& findings) {
    std::uint64_t counts[3] = {};
    json_.begin_object();
    json_.member("version", kFormatVersion);
    json_.key("diagnostics");
    json_.begin_array();
    for (const Diagnostic& d : findings) {
      finding(d);
      ++counts[static_cast<std::size_t>(d.severity)];
    }
    json_.end_array();
    json_.key("summary");
    json_.begin_object();
    json_.member("errors", counts[static_cast<std::size_t>(Severity::Error)]);
    json_.member("warnings", counts[static_cast<std::size_t>(Severity::Warning)]);
    json_.member("notes", counts[static_cast<std::size_t>(Severity::Note)]);
    json_.end_object();
    json_.end_object();
    return json_.take();
  }

 private:
  void finding(const Diagnostic& d) {
    const CodeInfo& code = info(d.code);
    json_.begin_object();
    json_.member("code", code.number);
    json_.member("slug", code.slug);
    json_.member("severity", severity_name(d.severity));
    json_.member("message", std::string_view(d.message));
    json_.key("labels");
    json_.begin_array();
    for (std::size_t i = 0; i < d.labels.size(); ++i) {
      json_.begin_object();
      json_.member("primary", i == 0);
      place(d.labels[i].span);
      json_.member("text", std::string_view(d.labels[i].text));
      json_.end_object();
    }
    json_.end_array();
    texts("notes", d.notes);
    texts("helps", d.helps);
    json_.key("fixes");
    json_.begin_array();
    for (const Fix& fix : d.fixes) {
      json_.begin_object();
      place(fix.span);
      json_.member("replacement", std::string_view(fix.replacement));
      json_.end_object();
    }
    json_.end_array();
    json_.end_object();
  }

  void texts(std::string_view name, const std::vector<std::string>& texts) {
    json_.key(name);
    json_.begin_array();
    for (const std::string& text : texts) json_.value(std::string_view(text));
    json_.end_array();
  }

  void place(Span span) {
    if (!span.valid()) return;
    json_.member("file", sources_.path(span.file));
    point("start", span.file, span.begin);
    point("end", span.file, span.end);
  }

  void point(std::string_view name, FileId file, std::uint32_t offset) {
    const Position at = sources_.position(file, offset);
    json_.key(name);
    json_.begin_object();
    json_.member("line", at.line);
    json_.member("column", at.column);
    json_.member("offset", offset);
    json_.end_object();
  }

  const SourceMap& sources_;
  JsonText json_;
};

}  // namespace

std::string render_json(const std::vector<Diagnostic>& findings, const SourceMap& sources,
                        const RenderOptions&) {
  return JsonForm(sources).draw(findings);
}

}  // namespace stackc

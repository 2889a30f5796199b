// The form for people.
#include <algorithm>
#include <map>

#include "compiler/base/text.hpp"
#include "compiler/diag/paint.hpp"
#include "compiler/diag/registry.hpp"
#include "compiler/diag/render.hpp"
#include "compiler/diag/snippet.hpp"
#include "compiler/diag/unicode.hpp"
#include "compiler/diag/wrap.hpp"

namespace stackc {
namespace {

/// The marks of one file; the file of the primary label comes first.
struct Section {
  FileId file;
  std::vector<Mark> marks;
};

std::vector<Section> sections_of(const Diagnostic& d, const SourceMap& sources) {
  std::vector<Section> sections;
  for (std::size_t i = 0; i < d.labels.size(); ++i) {
    const Label& label = d.labels[i];
    if (!label.span.valid()) continue;
    const auto same = [&](const Section& s) { return s.file == label.span.file; };
    auto at = std::find_if(sections.begin(), sections.end(), same);
    if (at == sections.end()) at = sections.insert(at, Section{label.span.file, {}});
    at->marks.push_back(mark_of(sources, label, i == 0));
  }
  return sections;
}

class TextForm {
 public:
  TextForm(std::string& out, const SourceMap& sources, const RenderOptions& options)
      : painter_(out, options.colour), sources_(sources), options_(options) {}

  void draw(const Diagnostic& d) {
    draw_header(d);
    const std::vector<Section> sections = sections_of(d, sources_);
    SnippetOptions snippet{style_of(d.severity), 1, options_.width};
    for (const Section& section : sections) {
      for (const Mark& mark : section.marks) {
        snippet.gutter =
            std::max(snippet.gutter, static_cast<std::uint32_t>(fmt::formatted_size("{}", mark.last_line)));
      }
    }
    for (const Section& section : sections) draw_section(section, &section == &sections.front(), snippet);
    for (std::size_t i = 0; i < d.labels.size(); ++i) {
      // A remark whose place is unknown is still worth reading.
      if (!d.labels[i].span.valid() && !d.labels[i].text.empty())
        remark("note", Style::Note, d.labels[i].text, snippet);
    }
    for (const std::string& note : d.notes) remark("note", Style::Note, note, snippet);
    for (const std::string& help : d.helps) remark("help", Style::Help, help, snippet);
    remark("help", Style::Help, fmt::format("stackc explain {}", info(d.code).number), snippet);
  }

 private:
  void draw_header(const Diagnostic& d) {
    const Style style = style_of(d.severity);
    painter_.put(fmt::format("{}[{}]", severity_name(d.severity), info(d.code).number), style);
    painter_.put(": " + printable(d.message), Style::Message);
    painter_.end_line();
  }

  void draw_section(const Section& section, bool first, const SnippetOptions& snippet) {
    const Mark* at = &section.marks.front();
    for (const Mark& mark : section.marks) {
      if (!first && mark.first_line < at->first_line) at = &mark;
    }
    painter_.put(fmt::format("{:{}}{} ", "", snippet.gutter, first ? "-->" : ":::"), Style::Gutter);
    const std::string_view before = sources_.line(section.file, at->first_line).substr(0, at->begin);
    const auto is_lead = [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; };
    painter_.put(fmt::format("{}:{}:{}", printable(sources_.path(section.file)), at->first_line,
                             std::count_if(before.begin(), before.end(), is_lead) + 1));
    painter_.end_line();
    draw_gutter(painter_, snippet);
    draw_snippet(painter_, sources_, section.file, section.marks, snippet);
    draw_gutter(painter_, snippet);
  }

  void remark(std::string_view kind, Style style, std::string_view text, const SnippetOptions& snippet) {
    const std::uint32_t indent = snippet.gutter + 9;  // "  = note: "
    const std::uint32_t room = options_.width > indent + 20 ? options_.width - indent : 20;
    bool first = true;
    for (const std::string& line : wrapped(printable(text, true), room)) {
      if (first) {
        painter_.put(fmt::format("{:{}} = ", "", snippet.gutter), Style::Gutter);
        painter_.put(fmt::format("{}: ", kind), style);
      } else {
        painter_.put(fmt::format("{:{}}", "", indent));
      }
      painter_.put(line);
      painter_.end_line();
      first = false;
    }
  }

  Painter painter_;
  const SourceMap& sources_;
  const RenderOptions& options_;
};

}  // namespace

std::string render_text(const std::vector<Diagnostic>& findings, const SourceMap& sources,
                        const RenderOptions& options) {
  std::string out;
  TextForm form(out, sources, options);
  for (const Diagnostic& d : findings) {
    if (!out.empty()) out += '\n';
    form.draw(d);
  }
  return out;
}

}  // namespace stackc

#include "compiler/doc/markdown.hpp"

#include <map>

#include "compiler/base/text.hpp"
#include "compiler/doc/markdown_text.hpp"

namespace stackc::doc {

namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Where the declared types of all pages are.
class Links {
 public:
  Links(const Library& here, std::span<const Library> all) {
    for (const Library& library : all) {
      if (library.name != here.name) add(library, page_name(library.name));
    }
    add(here, "");
  }

  /// The type as code; a link when it names one that a page declares.
  [[nodiscard]] std::string type(std::string_view text) const {
    for (std::size_t at = 0; at < text.size();) {
      std::size_t end = at;
      while (end < text.size() && is_word(text[end])) ++end;
      // Parts of AWS's names are no names of their own.
      const bool own = (at == 0 || (text[at - 1] != ':' && text[at - 1] != '.' && text[at - 1] != '#')) &&
                       !text.substr(end).starts_with("::");
      const bool key = text.substr(end).starts_with(":") || text.substr(end).starts_with("?:");
      const auto found = own && !key ? targets_.find(text.substr(at, end - at)) : targets_.end();
      if (end > at && found != targets_.end()) return fmt::format("[{}]({})", code(text), found->second);
      at = end == at ? at + 1 : end;
    }
    return code(text);
  }

 private:
  void add(const Library& library, const std::string& page) {
    const auto put = [&](const std::string& name) { targets_[name] = fmt::format("{}#{}", page, anchor(name)); };
    for (const Component& c : library.components) put(c.name);
    for (const Definition& t : library.types) put(t.name);
  }

  std::map<std::string, std::string, std::less<>> targets_;
};

class Page {
 public:
  Page(const Library& library, std::span<const Library> all) : library_(library), links_(library, all) {}

  std::string text() {
    if (library_.stack) {
      out_ = fmt::format("# {}\n", library_.stack->name);
      paragraph(library_.introduction);
      component_body(*library_.stack, true);
      return std::move(out_);
    }
    out_ = fmt::format("# {}\n", library_.name);
    paragraph(library_.introduction);
    contents();
    for (const Component& c : library_.components) {
      out_ += fmt::format("\n## {}\n", code(c.name));
      component_body(c, false);
    }
    functions();
    types();
    values();
    return std::move(out_);
  }

 private:
  void paragraph(std::string_view text) {
    if (!text.empty()) out_ += fmt::format("\n{}\n", text);
  }

  void contents() {
    std::vector<std::string> names;
    for (const Component& c : library_.components) names.push_back(c.name);
    for (const Function& f : library_.functions) names.push_back(f.name);
    for (const Definition& t : library_.types) names.push_back(t.name);
    if (names.size() < 2) return;
    std::string line = "Contents:";
    for (const std::string& name : names) {
      line += fmt::format("{} [{}](#{})", &name == names.data() ? "" : " ·", code(name), anchor(name));
    }
    paragraph(line);
  }

  void component_body(const Component& c, bool is_stack) {
    paragraph(c.text);
    params(c.params);
    outputs(c.outputs);
    resources(c.resources, is_stack);
    if (c.asserts.empty()) return;
    out_ += "\nChecked:\n\n";
    for (const std::string& text : c.asserts) out_ += fmt::format("- {}\n", text);
  }

  /// What stands behind the first paragraph of a text in a table.
  void notes(const std::vector<std::pair<std::string, std::string_view>>& notes) {
    for (const auto& [name, text] : notes) out_ += fmt::format("\n{}: {}\n", code(name), text);
  }

  void params(const std::vector<Param>& params) {
    Table table({"param", "type", "default", "stage", ""});
    std::vector<std::pair<std::string, std::string_view>> more;
    for (const Param& p : params) {
      const auto [first, rest] = first_paragraph(p.text);
      if (!rest.empty()) more.emplace_back(p.name, rest);
      table.add({code(p.name), links_.type(p.type), p.fallback ? code(*p.fallback) : "required", p.stage, cell(first)});
    }
    out_ += table.text();
    notes(more);
  }

  void outputs(const std::vector<Output>& outputs) {
    Table table({"output", "type", "", ""});
    std::vector<std::pair<std::string, std::string_view>> more;
    for (const Output& o : outputs) {
      const auto [first, rest] = first_paragraph(o.text);
      if (!rest.empty()) more.emplace_back(o.name, rest);
      table.add({code(o.name), links_.type(o.type), o.is_export ? "exported" : "", cell(first)});
    }
    out_ += table.text();
    notes(more);
  }

  void resources(const std::vector<Resource>& resources, bool is_stack) {
    Table table({is_stack ? "resource" : "inside, for `with`", "type", "when", ""});
    for (const Resource& r : resources) {
      std::string name = r.name;
      for (const std::string& key : r.keys) name += fmt::format("[{}]", key);
      table.add({code(name), links_.type(r.type), r.condition.empty() ? "" : code(r.condition),
                 cell(first_paragraph(r.text).first)});
    }
    out_ += table.text();
  }

  void functions() {
    if (library_.functions.empty()) return;
    out_ += "\n## Functions\n";
    for (const Function& f : library_.functions) {
      out_ += fmt::format("\n### {}\n", code(f.name));
      std::string names;
      for (const Param& p : f.params) names += fmt::format("{}{}", names.empty() ? "" : ", ", p.name);
      paragraph(fmt::format("`{}({})`{}", f.name, names,
                            f.result.empty() ? "" : fmt::format(" → {}", links_.type(f.result))));
      paragraph(f.text);
      params(f.params);
    }
  }

  void types() {
    if (library_.types.empty()) return;
    out_ += "\n## Types\n";
    for (const Definition& t : library_.types) {
      out_ += fmt::format("\n### {}\n", code(t.name));
      paragraph(t.text);
      paragraph(fmt::format("```stack fragment\n{}\n```", t.source));
    }
  }

  void values() {
    if (library_.values.empty()) return;
    out_ += "\n## Values\n";
    Table table({"value", "type", ""});
    for (const Definition& v : library_.values) {
      table.add({code(v.name), links_.type(v.source), cell(first_paragraph(v.text).first)});
    }
    out_ += table.text();
  }

  const Library& library_;
  Links links_;
  std::string out_;
};

std::string offered(const Library& library) {
  std::string names;
  const auto add = [&](const auto& list) {
    for (const auto& item : list) names += fmt::format("{}{}", names.empty() ? "" : ", ", code(item.name));
  };
  add(library.components);
  add(library.functions);
  add(library.types);
  add(library.values);
  return names;
}

std::string_view about(const Library& library) {
  if (!library.introduction.empty()) return library.introduction;
  if (library.stack) return library.stack->text;
  return library.components.empty() ? std::string_view{} : std::string_view{library.components.front().text};
}

}  // namespace

std::string page_name(std::string_view library) {
  if (library.starts_with("std/")) library.remove_prefix(4);
  while (library.starts_with("../")) library.remove_prefix(3);
  while (library.starts_with('/')) library.remove_prefix(1);
  if (library.ends_with(".stack")) library.remove_suffix(6);
  return fmt::format("{}.md", library);
}

std::string markdown(const Library& library, std::span<const Library> all) { return Page(library, all).text(); }

std::string markdown_index(std::string_view title, std::span<const Library> libraries) {
  std::string out = fmt::format("# {}\n", title);
  Table table({"file", "what it offers", ""});
  for (const Library& library : libraries) {
    table.add({fmt::format("[{}]({})", library.name, page_name(library.name)), offered(library),
               first_sentence(about(library))});
  }
  out += table.text();
  out +=
      "\nThe tables of parameters say how early an argument has to be known: `const` when the compiler runs, `param` "
      "when a\ndeployment starts, `any` whenever it may be. `length const` speaks of how many elements a list has, `keys` of "
      "what a map\nholds, `presence` of whether a value is given at all; the rest of such an argument may be late.\n";
  return out;
}

}  // namespace stackc::doc

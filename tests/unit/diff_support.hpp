#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/base/text.hpp"
#include "compiler/diff/diff.hpp"
#include "compiler/emit/emit.hpp"
#include "compiler/import/import.hpp"

namespace stackc::diff {

/// A template read from text.
struct ReadSide {
  explicit ReadSide(std::string_view text) {
    const FileId id = sources.add("t.yaml", std::string(text));
    document = cfn::read_document(id, sources, sink);
    if (document != nullptr) tmpl = cfn::read_template(*document, sink);
    EXPECT_NE(tmpl, nullptr) << text;
  }
  SourceMap sources;
  Sink sink;
  std::unique_ptr<cfn::Document> document;
  std::unique_ptr<ir::Template> tmpl;
};

using Given = std::vector<std::pair<std::string_view, std::string_view>>;

/// Two templates, compared, with the templates that the result points into.
struct Compared {
  std::shared_ptr<ReadSide> before, after;
  StackDiff diff;

  /// One line a resource and, below it, one a property:
  ///   replace Vpc deleted
  ///     CidrBlock! "10.0.0.0/16" -> "10.1.0.0/16" by Size.Default > Vpc.CidrBlock
  [[nodiscard]] std::string text() const {
    std::string out;
    for (const ResourceChange& r : diff.resources) {
      out += fmt::format("{} {}", name_of(r.action), r.id);
      if (!r.old_id.empty()) out += fmt::format(" was {}", r.old_id);
      if (r.fate != Fate::Stays) out += fmt::format(" {}", name_of(r.fate));
      out += '\n';
      for (const PropertyChange& p : r.properties) {
        const std::string_view mark = p.replacement == schema::Replacement::Yes     ? "!"
                                      : p.replacement == schema::Replacement::Maybe ? "?"
                                      : p.interrupts                                ? "~"
                                                                                    : "";
        out += fmt::format("  {}{} {} -> {}", p.path, mark, value(p.before), value(p.after)) +
               chain(p.chain) + '\n';
      }
    }
    return out;
  }
  [[nodiscard]] std::string entries() const {
    std::string out;
    for (const EntryChange& e : diff.entries) {
      out += fmt::format("{} {} {}: {} -> {}", e.section, e.id, e.path, value(e.before), value(e.after)) +
             chain(e.chain) + '\n';
    }
    return out;
  }

 private:
  static std::string value(ir::ValueRef v) {
    if (v == nullptr) return "-";
    std::string out;
    for (const char c : emit::value_json(v)) {
      if (c != '\n' && c != ' ') out += c;
    }
    return out;
  }
  static std::string chain(const Chain& chain) {
    std::string out;
    for (const Step& s : chain.steps) {
      out += out.empty() ? " by " : " > ";
      out += s.section.empty() || s.section == "Parameters" ? "" : fmt::format("{}:", s.section);
      out += s.path.empty() ? std::string(s.resource) : fmt::format("{}.{}", s.resource, s.path);
    }
    return out;
  }
};

inline Compared compared(std::string_view before, std::string_view after, const Given& old_given = {},
                         const Given& given = {}) {
  Compared out{std::make_shared<ReadSide>(before), std::make_shared<ReadSide>(after), {}};
  out.diff = compare({.tmpl = out.before->tmpl.get(), .parameters = old_given},
                     {.tmpl = out.after->tmpl.get(), .parameters = given}, schema::Schema::aws());
  return out;
}

/// The lines of the changes of resources.
inline std::string changes(std::string_view before, std::string_view after, const Given& old_given = {},
                           const Given& given = {}) {
  return compared(before, after, old_given, given).text();
}

}  // namespace stackc::diff

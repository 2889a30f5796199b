#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/text.hpp"
#include "compiler/diag/registry.hpp"
#include "compiler/emit/emit.hpp"
#include "compiler/eval/eval.hpp"
#include "compiler/ir/passes.hpp"
#include "compiler/sema/sema.hpp"

namespace stackc::eval {

/// A value as JSON without any space between its parts.
inline std::string json(ir::ValueRef value) {
  std::string out;
  bool inside = false, escaped = false;
  for (const char c : emit::value_json(value)) {
    if (c == '"' && !escaped) inside = !inside;
    escaped = c == '\\' && !escaped;
    if (inside || c != ' ') out += c;
  }
  return out;
}

/// A stack compiled from memory, up to the named conditions.
struct Compiled {
  SourceMap sources;
  std::vector<Diagnostic> diagnostics;
  std::unique_ptr<ir::Template> tmpl;
  std::vector<Export> exports;
  bool ok = false;

  /// The findings, `E0603 main.stack:3` a line.
  [[nodiscard]] std::string findings() const {
    std::string out;
    for (const Diagnostic& d : diagnostics) {
      const Span at = d.labels.empty() ? Span{} : d.labels[0].span;
      const auto place =
          at.valid() ? fmt::format("{}:{}", sources.path(at.file), sources.position(at.file, at.begin).line)
                     : std::string("nowhere");
      out += fmt::format("{} {}: {}\n", info(d.code).number, place, d.message);
    }
    return out;
  }
  [[nodiscard]] const ir::Resource* resource(std::string_view id) const {
    const auto& all = tmpl->resources;
    const auto at = std::find_if(all.begin(), all.end(), [&](const ir::Resource& r) { return r.id == id; });
    return at != all.end() ? &*at : nullptr;
  }
  /// A property as compact JSON; `(none)` when it is not there.
  [[nodiscard]] std::string property(std::string_view id, std::string_view name) const {
    const ir::Resource* r = resource(id);
    if (r == nullptr) return "(no resource)";
    const auto* object = r->properties != nullptr ? r->properties->get_if<ir::Object>() : nullptr;
    const ir::ValueRef value = object != nullptr ? object->find(name) : nullptr;
    return value != nullptr ? json(value) : "(none)";
  }
  [[nodiscard]] std::string output(std::string_view id) const {
    for (const ir::Output& o : tmpl->outputs) {
      if (o.id == id) return json(o.value);
    }
    return "(none)";
  }
  [[nodiscard]] std::string condition(std::string_view id) const {
    for (const ir::Condition& c : tmpl->conditions) {
      if (c.id == id) return json(c.value);
    }
    return "(none)";
  }
  [[nodiscard]] const ir::Parameter* parameter(std::string_view id) const {
    for (const ir::Parameter& p : tmpl->parameters) {
      if (p.id == id) return &p;
    }
    return nullptr;
  }
  /// The logical IDs of the resources, in order.
  [[nodiscard]] std::vector<std::string> ids() const {
    std::vector<std::string> out;
    for (const ir::Resource& r : tmpl->resources) out.emplace_back(r.id);
    return out;
  }
};

/// Answers with what was compiled before.
class KnownExports final : public Upstreams {
 public:
  std::map<std::uint32_t, std::vector<Export>> known;
  const std::vector<Export>* exports(ModuleId upstream) override {
    const auto at = known.find(upstream.value);
    return at != known.end() ? &at->second : nullptr;
  }
};

/// Compiles `main.stack` of `files`, its upstreams first.
inline Compiled compile(const std::map<std::string, std::string>& files, const StackSettings& settings = {}) {
  Compiled out;
  MemoryFileSystem fs;
  for (const auto& [path, text] : files) fs.files[path] = text;
  Sink sink;
  const ModuleGraph graph = load_modules({"main.stack"}, fs, out.sources, sink);
  const auto program = sema::check(graph, out.sources, sink);
  KnownExports upstreams;
  if (!sink.has_errors()) {
    for (const ModuleId id : graph.order) {
      if (!graph[id].stack.valid()) continue;
      const bool root = id == graph.roots[0];
      Evaluated e = evaluate(*program, id, root ? settings : StackSettings{}, upstreams, out.sources, sink);
      if (e.ok && root) {
        ir::hoist(*e.tmpl, sink);
        ir::name_conditions(*e.tmpl, sink);
      }
      upstreams.known[id.value] = e.exports;
      if (!root) continue;
      out.ok = e.ok && !sink.has_errors();
      out.tmpl = std::move(e.tmpl);
      out.exports = std::move(e.exports);
    }
  }
  out.diagnostics = sink.take();
  return out;
}

inline Compiled compile(std::string_view text, const StackSettings& settings = {}) {
  return compile({{"main.stack", "stack \"main\"\n" + std::string(text)}}, settings);
}

}  // namespace stackc::eval

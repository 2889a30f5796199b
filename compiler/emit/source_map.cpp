#include "compiler/base/text.hpp"
#include "compiler/emit/emit.hpp"
#include "compiler/emit/json_writer.hpp"

namespace stackc::emit {
namespace {

/// Collects `path -> place` while walking down; a path's parts are joined with `/`, in which `~` and
/// `/` of a key stand as `~0` and `~1`. Intrinsic functions are leaves: they were one expression.
class SourceMapWriter {
 public:
  explicit SourceMapWriter(const SourceMap& sources) : sources_(sources) { out_.open('{'); }

  void entry(std::string_view section, std::string_view id, Span origin) {
    path_ = section;
    push(id);
    place(origin);
  }

  /// The parts of `value` under the current entry's `name`.
  void part(std::string_view name, ir::ValueRef value) {
    if (value == nullptr) return;
    const std::size_t length = push(name);
    place(value->origin);
    below(value);
    path_.resize(length);
  }

  std::string finish() {
    out_.close('}');
    return out_.take_file();
  }

 private:
  void below(ir::ValueRef value) {
    if (const auto* object = value->get_if<ir::Object>()) {
      for (const ir::Member& m : object->members) part(m.key, m.value);
    } else if (const auto* list = value->get_if<ir::List>()) {
      for (std::size_t i = 0; i < list->items.size(); ++i) part(fmt::format("{}", i), list->items[i]);
    }
  }

  /// Returns the length to go back to.
  std::size_t push(std::string_view key) {
    const std::size_t length = path_.size();
    path_ += '/';
    for (const char c : key) {
      if (c == '~') {
        path_ += "~0";
      } else if (c == '/') {
        path_ += "~1";
      } else {
        path_ += c;
      }
    }
    return length;
  }

  void place(Span origin) {
    if (!origin.valid()) return;
    const Position at = sources_.position(origin.file, origin.begin);
    out_.key(path_);
    out_.string(fmt::format("{}:{}:{}", sources_.path(origin.file), at.line, at.column));
  }

  const SourceMap& sources_;
  JsonWriter out_;
  std::string path_;
};

}  // namespace

std::string source_map_json(const ir::Template& t, const SourceMap& sources) {
  SourceMapWriter map(sources);
  for (const auto& p : t.parameters) map.entry("Parameters", p.id, p.origin);
  for (const auto& r : t.rules) map.entry("Rules", r.id, r.origin);
  for (const auto& m : t.mappings) map.entry("Mappings", m.id, m.origin);
  for (const auto& c : t.conditions) map.entry("Conditions", c.id, c.origin);
  for (const auto& r : t.resources) {
    map.entry("Resources", r.id, r.origin);
    map.part("CreationPolicy", r.creation_policy);
    map.part("UpdatePolicy", r.update_policy);
    map.part("Metadata", r.metadata);
    map.part("Properties", r.properties);
  }
  for (const auto& o : t.outputs) {
    map.entry("Outputs", o.id, o.origin);
    map.part("Value", o.value);
  }
  return map.finish();
}

}  // namespace stackc::emit

#include "compiler/driver/dump.hpp"

#include "compiler/base/text.hpp"
#include "compiler/emit/emit.hpp"

namespace stackc {

std::string dump_types(const sema::CheckedProgram& program, ModuleId module, const SourceMap& sources) {
  const auto& checked = program[module];
  const auto& ast = *checked.module->ast;
  std::string out = fmt::format("{}\n", checked.module->path);
  for (std::uint32_t i = 0; i < ast.decls.size(); ++i) {
    const auto& decl = ast.decls[i];
    if (decl.name.empty() || i >= checked.decl_types.size() || !checked.decl_types[i].valid()) continue;
    std::size_t depth = 1;
    for (auto parent = checked.places[i].parent; parent.valid(); parent = checked.places[parent.value].parent)
      ++depth;
    const auto at = sources.position(decl.name.span.file, decl.name.span.begin);
    out += fmt::format("{:{}}{}: {}  ({}:{})\n", "", depth * 2, decl.name.text,
                       program.types.str(checked.decl_types[i]), at.line, at.column);
  }
  return out;
}

namespace {

void add_value(std::string& out, std::string_view label, ir::ValueRef value) {
  if (value != nullptr) out += fmt::format("    {} {}\n", label, emit::value_json(value));
}

void add_text(std::string& out, std::string_view label, std::string_view text) {
  if (!text.empty()) out += fmt::format("    {} {}\n", label, text);
}

void dump_resource(std::string& out, const ir::Resource& r) {
  out += fmt::format("  resource {}: {}\n", r.id, r.type);
  add_value(out, "condition", r.condition);
  for (const auto dependency : r.depends_on) add_text(out, "depends on", dependency);
  add_text(out, "deletion policy", r.deletion_policy);
  add_text(out, "update replace policy", r.update_replace_policy);
  add_text(out, "moved from", r.moved_from);
  add_text(out, "replacement accepted", r.replace_ok);
  add_value(out, "metadata", r.metadata);
  add_value(out, "creation policy", r.creation_policy);
  add_value(out, "update policy", r.update_policy);
  if (r.properties == nullptr) return;
  if (const auto* object = r.properties->get_if<ir::Object>()) {
    for (const auto& member : object->members) add_value(out, fmt::format(".{}", member.key), member.value);
  }
}

}  // namespace

std::string dump_ir(const ir::Template& t) {
  std::string out = fmt::format("template {}\n", t.stack_name);
  for (const auto& p : t.parameters) {
    out += fmt::format("  parameter {}: {}\n", p.id, p.type);
    add_value(out, "default", p.default_value);
    add_value(out, "allowed", p.allowed_values);
    add_text(out, "pattern", p.allowed_pattern);
  }
  for (const auto& r : t.rules) out += fmt::format("  rule {} {}\n", r.id, emit::value_json(r.value));
  for (const auto& m : t.mappings) out += fmt::format("  mapping {} {}\n", m.id, emit::value_json(m.value));
  for (const auto& c : t.conditions)
    out += fmt::format("  condition {} {}\n", c.id, emit::value_json(c.value));
  for (const auto* transform : t.transforms)
    out += fmt::format("  transform {}\n", emit::value_json(transform));
  for (const auto& r : t.resources) dump_resource(out, r);
  for (const auto& o : t.outputs) {
    out += fmt::format("  output {} {}\n", o.id, emit::value_json(o.value));
    add_value(out, "condition", o.condition);
    add_value(out, "export", o.export_name);
  }
  return out;
}

}  // namespace stackc

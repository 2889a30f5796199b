#include <unordered_set>

#include "compiler/analysis/context.hpp"
#include "compiler/base/text.hpp"
#include "compiler/ir/graph.hpp"
#include "compiler/ir/template_form.hpp"

namespace stackc::analysis {
namespace {

using ir::Fn;
using ir::ValueRef;

/// Every name that a template uses. `everything`: a name is computed, so nothing can be called unused.
class Uses {
 public:
  std::unordered_set<std::string_view> values, mappings, conditions;
  bool everything = false;

  void visit(ValueRef v) {
    if (v == nullptr) return;
    if (const ir::List* list = list_of(v)) {
      for (ValueRef item : list->items) visit(item);
    } else if (const ir::Object* object = object_of(v)) {
      members(*object);
    } else if (const auto* made = v->get_if<ir::Call>()) {
      call(*made);
      for (ValueRef argument : made->args) visit(argument);
    }
  }

  void raw(const ir::RawAttributes& attributes) {
    for (const ir::Member& m : attributes) {
      if (m.key == "Condition") name(m.value, conditions);
      visit(m.value);
    }
  }

 private:
  void members(const ir::Object& object) {
    if (is_open(object)) everything = true;
    for (const ir::Member& m : object.members) {
      if (m.key == "Ref") name(m.value, values);
      if (m.key == "Condition") name(m.value, conditions);
      visit(m.value);
    }
  }

  void call(const ir::Call& call) {
    switch (call.fn) {
      case Fn::Ref:
      case Fn::GetAtt: return name(call.args[0], values);
      case Fn::ValueOf: return name(call.args[0], values);
      case Fn::RefAll:
      case Fn::ValueOfAll:
      case Fn::Transform:
      case Fn::ForEach: everything = true; return;
      case Fn::Condition: return name(call.args[0], conditions);
      case Fn::FindInMap: return name(call.args[0], mappings);
      case Fn::SubText:
        for (const std::string_view id : ir::sub_references(call)) values.insert(id);
        return;
      default: return;
    }
  }

  void name(ValueRef v, std::unordered_set<std::string_view>& names) {
    const auto* text = text_of(v);
    if (text == nullptr || text->find("${") != std::string_view::npos) everything = true;
    else names.insert(*text);
  }
};

void visit_all(const ir::Template& t, Uses& uses) {
  uses.raw(t.raw);
  for (const ir::Rule& r : t.rules) uses.visit(r.value);
  for (const ir::Mapping& m : t.mappings) uses.visit(m.value);
  for (const ir::Condition& each : t.conditions) uses.visit(each.value);
  for (const ir::Resource& r : t.resources) {
    for (const ValueRef v : {r.properties, r.condition, r.metadata, r.creation_policy, r.update_policy}) uses.visit(v);
    uses.raw(r.raw);
  }
  for (const ir::Output& o : t.outputs) {
    for (const ValueRef v : {o.value, o.condition, o.export_name}) uses.visit(v);
    uses.raw(o.raw);
  }
  if (!t.raw_entries.empty()) uses.everything = true;
}

}  // namespace

void check_unused(const Context& c) {
  if (c.macros.rewrite) return;
  Uses uses;
  visit_all(c.t, uses);
  if (uses.everything) return;
  const auto report = [&](Code code, Span place, std::string_view kind, std::string_view id) {
    c.sink.report(code, place, fmt::format("nothing uses the {} `{}`", kind, id));
  };
  for (const ir::Parameter& p : c.t.parameters) {
    if (!uses.values.contains(p.id)) report(Code::UnusedParameter, p.origin, "parameter", p.id);
  }
  for (const ir::Mapping& m : c.t.mappings) {
    if (!uses.mappings.contains(m.id)) report(Code::UnusedMapping, m.origin, "mapping", m.id);
  }
  for (const ir::Condition& each : c.t.conditions) {
    if (!uses.conditions.contains(each.id)) report(Code::UnusedCondition, each.origin, "condition", each.id);
  }
}

}  // namespace stackc::analysis

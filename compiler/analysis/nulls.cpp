#include <string>

#include "compiler/analysis/context.hpp"
#include "compiler/base/text.hpp"

namespace stackc::analysis {
namespace {

using ir::ValueRef;

/// CloudFormation refuses a template with a null, wherever it stands; one finding for each place.
class Nulls {
 public:
  explicit Nulls(const Context& c) : c_(c) {}

  void visit(ValueRef v, std::string_view key, Span place) {
    if (v == nullptr) return;
    if (v->get_if<ir::Null>() != nullptr) {
      c_.sink.report(Code::NullValue, place.valid() ? place : v->origin, fmt::format("`{}` is null, and a template has no nulls", key))
          .help("leave the key out, or give it a value");
    } else if (const ir::List* list = list_of(v)) {
      for (ValueRef item : list->items) visit(item, key, item->origin);
    } else if (const ir::Object* object = object_of(v)) {
      for (const ir::Member& m : object->members) visit(m.value, m.key, m.key_origin);
    } else if (const auto* made = v->get_if<ir::Call>()) {
      if (made->fn == ir::Fn::GetAZs) return;  // a null stands for the stack's own region there
      for (ValueRef argument : made->args) visit(argument, key, argument->origin);
    }
  }

  void raw(const ir::RawAttributes& attributes, Span place) {
    for (const ir::Member& m : attributes) {
      if (m.value != nullptr) visit(m.value, m.key, m.key_origin.valid() ? m.key_origin : place);
    }
  }

 private:
  const Context& c_;
};

}  // namespace

void check_nulls(const Context& c) {
  if (c.macros.rewrite) return;
  Nulls nulls(c);
  nulls.raw(c.t.raw, {});
  for (const ir::Parameter& p : c.t.parameters) {
    nulls.raw(p.raw, p.origin);
    nulls.visit(p.default_value, "Default", {});
    nulls.visit(p.allowed_values, "AllowedValues", {});
    nulls.visit(p.min_length, "MinLength", {});
    nulls.visit(p.max_length, "MaxLength", {});
    nulls.visit(p.min_value, "MinValue", {});
    nulls.visit(p.max_value, "MaxValue", {});
  }
  for (const ir::Mapping& m : c.t.mappings) nulls.visit(m.value, m.id, m.origin);
  for (const ir::Condition& each : c.t.conditions) nulls.visit(each.value, each.id, each.origin);
  for (const ir::Resource& r : c.t.resources) {
    nulls.raw(r.raw, r.origin);
    nulls.visit(r.properties, "Properties", r.origin);
    nulls.visit(r.creation_policy, "CreationPolicy", r.origin);
    nulls.visit(r.update_policy, "UpdatePolicy", r.origin);
  }
  for (const ir::Output& o : c.t.outputs) {
    nulls.raw(o.raw, o.origin);
    nulls.visit(o.value, "Value", o.origin);
  }
}

}  // namespace stackc::analysis

#include "compiler/analysis/fit.hpp"

#include "compiler/analysis/shape.hpp"
#include "compiler/base/suggest.hpp"
#include "compiler/base/text.hpp"

namespace stackc::analysis {
namespace {

using ir::ValueRef;
using schema::Properties;
using schema::Property;
using schema::Type;
using schema::TypeKind;

constexpr std::size_t kFewNames = 12;

/// An object that is one function: `{"Fn::If": …}` whose arguments had not the right form.
bool is_broken_function(const ir::Object& object) {
  return object.members.size() == 1 && is_function_key(object.members[0].key) && !is_open(object);
}

bool is_absent(ValueRef v) { return v == nullptr || v->is_no_value(); }

}  // namespace

std::string Slot::owner() const {
  return nested ? fmt::format("{}#{}", resource.name(), nested.name()) : std::string(resource.name());
}

std::string Slot::what() const { return fmt::format("property `{}` of `{}`", property, owner()); }

void Fitter::properties(const ir::Resource& r, schema::ResourceType type) {
  const Slot slot{type, {}, {}};
  const ir::Object* object = object_of(r.properties);
  if (object == nullptr) {
    if (r.properties == nullptr) missing(type.properties(), nullptr, slot, r.origin);
    return;
  }
  if (is_broken_function(*object)) return;
  record(type.properties(), *object, slot, r.origin);
}

void Fitter::record(Properties properties, const ir::Object& object, const Slot& slot, Span place) {
  if (is_broken_function(object)) return;
  for (const ir::Member& m : object.members) {
    const Property property = properties.find(m.key);
    if (!property) {
      unknown_key(properties, m, slot);
      continue;
    }
    value(property.type(), m.value, {slot.resource, slot.nested, property.name()});
  }
  if (is_open(object)) return;
  missing(properties, &object, slot, place);
  check_combinations(c_, slot, object, place);
  check_table_keys(c_, slot, object);
  check_balancer_subnets(c_, slot, object);
}

void Fitter::unknown_key(Properties properties, const ir::Member& m, const Slot& slot) {
  if (is_function_key(m.key)) return;
  const Span place = m.key_origin.valid() ? m.key_origin : m.value->origin;
  const std::string owner = slot.owner();
  if (!slot.nested && slot.resource.attributes().find(m.key)) {
    c_.sink.report(Code::ReadOnlyProperty, place, fmt::format("`{}` of `{}` is set by AWS, it cannot be given", m.key, owner));
    return;
  }
  auto& d = c_.sink.report(Code::UnknownProperty, place, fmt::format("`{}` has no property `{}`", owner, m.key));
  const auto names = properties.names();
  if (const auto close = did_you_mean(m.key, names); !close.empty()) {
    d.labels.front().text = fmt::format("did you mean `{}`?", close);
  } else if (names.size() <= kFewNames) {
    d.help(fmt::format("its properties are {}", fmt::join(names, ", ")));
  } else {
    d.help(fmt::format("`stackc schema {}` lists its properties", slot.resource.name()));
  }
}

void Fitter::missing(Properties properties, const ir::Object* object, const Slot& slot, Span place) {
  std::vector<std::string> absent;
  for (std::size_t i = 0; i < properties.size(); ++i) {
    const Property p = properties[i];
    if (p.required() && is_absent(object == nullptr ? nullptr : object->find(p.name()))) {
      absent.push_back(fmt::format("`{}`", p.name()));
    }
  }
  if (absent.empty()) return;
  c_.sink.report(Code::MissingProperty, place,
                 fmt::format("`{}` needs {}", slot.owner(), fmt::join(absent, absent.size() == 2 ? " and " : ", ")),
                 absent.size() == 1 ? "a required property is missing" : "required properties are missing");
}

void Fitter::value(Type type, ValueRef v, const Slot& slot) {
  if (const auto* made = v->get_if<ir::Call>()) return call(type, v, *made, slot);
  if (v->get_if<ir::Null>() != nullptr) return;  // reported once, for the whole template
  const ir::Object* object = object_of(v);
  if (object != nullptr && (is_broken_function(*object) || (is_open(*object) && type.kind() != TypeKind::Nested))) return;
  if (!has_form(type, v)) {
    if (text_of(v) == nullptr || !is_uploaded(slot)) mismatch(type, v, slot);
    return;
  }
  if (check_service_limit(c_, slot, v)) return;
  if (object != nullptr) check_policy(c_, slot, v);
  switch (type.kind()) {
    case TypeKind::List: return list(type.element(), *list_of(v), slot);
    case TypeKind::Map: return map(type.element(), *object, slot);
    case TypeKind::Nested:
      return record(type.nested().properties(), *object, {slot.resource, type.nested(), {}}, v->origin);
    case TypeKind::Union: return one_of(type, v, slot);
    default: return constraints(type, v, slot);
  }
}

void Fitter::call(Type type, ValueRef v, const ir::Call& call, const Slot& slot) {
  if (call.fn == ir::Fn::If) {
    for (std::size_t i = 1; i < call.args.size(); ++i) value(type, call.args[i], slot);
    return;
  }
  const Result result = result_of(c_, call);
  const std::string by = fmt::format("`{}`", ir::key_of(call.fn));
  const auto report = [&](std::string_view found) {
    c_.sink.report(Code::TypeMismatch, v->origin,
                   fmt::format("{} expects `{}`, but {} gives {}", slot.what(), type.str(), by, found));
  };
  if (result.shape == Shape::TextList) {
    if (takes_scalars_only(type)) report("a list");
    else if (takes_objects_only(type)) report("a list");
    return;
  }
  if (result.shape != Shape::Text) return;
  const bool certain = !result.parameter && call.fn != ir::Fn::GetAtt;
  if (takes_objects_only(type) && certain && !is_uploaded(slot)) return report("text");
  if (takes_lists_only(type) && certain) return report("text");
  if (!is_plain_id(result.identity_type, result.identity_member) || !takes_plain_ids_only(type) ||
      takes_id_of(type, result.identity_type)) {
    return;
  }
  c_.sink.report(Code::WrongIdentity, v->origin,
                 fmt::format("{} expects `{}`, found `{}.{}`", slot.what(), type.str(), result.identity_type,
                             result.identity_member));
}

void Fitter::list(Type element, const ir::List& items, const Slot& slot) {
  check_repeated(c_, slot, items);
  for (ValueRef item : items.items) value(element, item, slot);
}

void Fitter::map(Type element, const ir::Object& object, const Slot& slot) {
  for (const ir::Member& m : object.members) {
    if (!is_function_key(m.key)) value(element, m.value, slot);
  }
}

/// The arms that the value's form fits; only a single one is looked into.
void Fitter::one_of(Type type, ValueRef v, const Slot& slot) {
  Type only;
  std::size_t fitting = 0;
  bool literals = true;  // every arm that fits is one
  for (std::size_t i = 0; i < type.arm_count(); ++i) {
    const Type arm = type.arm(i);
    if (!has_form(arm, v)) continue;
    only = arm;
    ++fitting;
    literals = literals && arm.kind() == TypeKind::Literal;
  }
  if (fitting == 1 && !literals) return value(only, v, slot);
  if (fitting > 0 && literals) constraints(type, v, slot);
}

void Fitter::mismatch(Type type, ValueRef v, const Slot& slot) {
  c_.sink.report(Code::TypeMismatch, v->origin,
                 fmt::format("{} expects `{}`, found {}", slot.what(), type.str(), shown(v)));
}

void check_properties(const Context& c) {
  if (c.macros.rewrite) return;
  Fitter fitter(c);
  for (const ir::Resource& r : c.t.resources) {
    if (!is_aws_type(r.type) || is_custom(r.type)) continue;
    if (const schema::ResourceType type = c.schema.find(r.type); type && !r.type.starts_with("AWS::Serverless::")) {
      fitter.properties(r, type);
    }
  }
}

}  // namespace stackc::analysis

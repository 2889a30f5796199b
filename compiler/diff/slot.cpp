#include "compiler/diff/slot.hpp"

#include "compiler/diff/facts.hpp"

namespace stackc::diff {

using schema::TypeKind;

namespace {

/// The arm of a union that holds objects, or lists.
schema::Type arm_of(schema::Type type, bool lists) {
  if (!type || type.kind() != TypeKind::Union) return type;
  for (std::size_t i = 0; i < type.arm_count(); ++i) {
    const schema::Type arm = type.arm(i);
    const TypeKind kind = arm.kind();
    const bool fits = lists ? kind == TypeKind::List
                            : kind == TypeKind::Nested || kind == TypeKind::Map || kind == TypeKind::Json;
    if (fits) return arm;
  }
  return type;
}

Slot of_property(schema::Property property, schema::ResourceType owner, std::string_view nested,
                 std::string_view name) {
  Slot slot;
  slot.owner = owner;
  slot.nested = nested;
  slot.name = name;
  slot.property = property;
  if (!property) return slot;
  slot.type = property.type();
  if (slot.type.kind() == TypeKind::Policy) slot.part = Part::Policy;
  slot.unordered = ignores_order(slot);
  return slot;
}

/// Inside a policy nothing has a type.
Slot in_policy(const Slot& slot, std::string_view name, Part part) {
  Slot inner;
  inner.owner = slot.owner;
  inner.nested = slot.nested;
  inner.name = name;
  inner.part = part;
  inner.unordered = part == Part::Statements || part == Part::Actions || part == Part::Words;
  return inner;
}

Part part_of_member(Part around, std::string_view name) {
  switch (around) {
    case Part::Policy:
      if (name == "Version") return Part::Version;
      return name == "Statement" ? Part::Statements : Part::None;
    case Part::Statement:
      if (name == "Action" || name == "NotAction") return Part::Actions;
      if (name == "Resource" || name == "NotResource") return Part::Words;
      if (name == "Principal" || name == "NotPrincipal") return Part::Principals;
      return name == "Condition" ? Part::Conditions : Part::None;
    case Part::Principals:
      return Part::Words;
    case Part::Conditions:
      return Part::Condition;
    case Part::Condition:
      return Part::Words;
    default:
      return Part::None;
  }
}

}  // namespace

Slot slot_of(schema::ResourceType type, std::string_view name) {
  if (!type) return of_property({}, {}, {}, name);
  return of_property(type.properties().find(name), type, {}, name);
}

Slot member_of(const Slot& slot, std::string_view name) {
  if (slot.part != Part::None) return in_policy(slot, name, part_of_member(slot.part, name));
  const schema::Type type = arm_of(slot.type, false);
  if (type && type.kind() == TypeKind::Nested) {
    const schema::NestedType nested = type.nested();
    return of_property(nested.properties().find(name), slot.owner, nested.name(), name);
  }
  Slot inner = of_property({}, slot.owner, slot.nested, name);
  if (type && type.kind() == TypeKind::Map) inner.type = type.element();
  return inner;
}

Slot item_of(const Slot& slot) {
  if (slot.part == Part::Statements) return in_policy(slot, slot.name, Part::Statement);
  Slot inner = of_property({}, slot.owner, slot.nested, slot.name);
  if (slot.part == Part::Actions) inner.part = Part::Action;
  if (slot.part == Part::Words) inner.part = Part::Word;
  const schema::Type type = arm_of(slot.type, true);
  if (type && type.kind() == TypeKind::List) inner.type = type.element();
  return inner;
}

schema::Properties properties_at(const Slot& slot) {
  const schema::Type type = arm_of(slot.type, false);
  const bool known = slot.part == Part::None && type && type.kind() == TypeKind::Nested;
  return known ? type.nested().properties() : schema::Properties{};
}

bool takes_one_or_several(const Slot& slot) {
  return slot.part == Part::Statements || slot.part == Part::Actions || slot.part == Part::Words;
}

std::vector<ir::ValueRef> items_at(ir::ValueRef value) {
  if (const auto* list = value->get_if<ir::List>()) return {list->items.begin(), list->items.end()};
  return {value};
}

}  // namespace stackc::diff

#include "compiler/import/lift_identity.hpp"

namespace stackc::cfn {
namespace {

using schema::TypeKind;

std::string_view canonical(schema::ResourceType type, std::string_view member) {
  const std::string_view name = type.canonical(member);
  return name.empty() ? member : name;
}

bool ref_gives(schema::ResourceType type, std::string_view member) {
  const std::string_view ref = type.ref_member();
  return !ref.empty() && canonical(type, ref) == canonical(type, member);
}

bool is_id_of(schema::Type slot, schema::ResourceType resource) {
  return slot.kind() == TypeKind::Id && slot.resource_type() == resource.name();
}

std::optional<std::string_view> identity_as(schema::ResourceType type, std::string_view member) {
  if (ref_gives(type, member)) return std::string_view();
  const schema::Properties attributes = type.attributes();
  for (std::size_t i = 0; i < attributes.size(); ++i) {
    const std::string_view name = attributes[i].name();
    if (canonical(type, name) == canonical(type, member)) return name;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string_view> identity_in(schema::Type slot, schema::ResourceType resource) {
  if (!slot || !resource) return std::nullopt;
  if (is_id_of(slot, resource)) return identity_as(resource, slot.member());
  if (slot.kind() != TypeKind::Union) return std::nullopt;
  for (std::size_t i = 0; i < slot.arm_count(); ++i) {
    if (is_id_of(slot.arm(i), resource) && ref_gives(resource, slot.arm(i).member()))
      return std::string_view();
  }
  for (std::size_t i = 0; i < slot.arm_count(); ++i) {
    if (!is_id_of(slot.arm(i), resource)) continue;
    if (const auto identity = identity_as(resource, slot.arm(i).member())) return identity;
  }
  return std::nullopt;
}

}  // namespace stackc::cfn

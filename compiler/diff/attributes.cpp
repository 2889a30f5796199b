#include "compiler/diff/attributes.hpp"

namespace stackc::diff {

ir::ValueRef attribute_of(const ir::Resource& resource, std::string_view name, Arena& arena) {
  for (const ir::Member& m : resource.raw) {
    if (m.key == name) return m.value;
  }
  const auto text = [&](std::string_view said) -> ir::ValueRef {
    return said.empty() ? nullptr : arena.make<ir::Value>(said, resource.origin);
  };
  if (name == "DeletionPolicy") return text(resource.deletion_policy);
  if (name == "UpdateReplacePolicy") return text(resource.update_replace_policy);
  if (name == "Version") return text(resource.version);
  if (name == "CreationPolicy") return resource.creation_policy;
  if (name == "UpdatePolicy") return resource.update_policy;
  if (name == "Metadata") return resource.metadata;
  if (name == "Properties") return resource.properties;
  return name == "Condition" ? resource.condition : nullptr;
}

}  // namespace stackc::diff

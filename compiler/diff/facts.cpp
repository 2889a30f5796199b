#include "compiler/diff/facts.hpp"

#include <algorithm>
#include <array>

namespace stackc::diff {
namespace {

using schema::TypeKind;

schema::Type element_of(const Slot& slot) {
  return slot.type && slot.type.kind() == TypeKind::List ? slot.type.element() : schema::Type{};
}

}  // namespace

bool is_tags(const Slot& slot) {
  const schema::Type element = element_of(slot);
  if (!element || element.kind() != TypeKind::Nested) return false;
  const schema::Properties properties = element.nested().properties();
  const bool pairs = properties.find("Key") && properties.find("Value");
  return pairs && (properties.size() == 2 || (properties.size() == 3 && properties.find("PropagateAtLaunch")));
}

bool ignores_order(const Slot& slot) { return is_tags(slot); }

std::string_view documented_default(const Slot&) { return {}; }

bool interrupts(std::string_view, std::string_view) { return false; }

bool changes_on_update(std::string_view, std::string_view) { return false; }

bool holds_secret(const Slot&) { return false; }

bool holds_json(const Slot&) { return false; }

}  // namespace stackc::diff

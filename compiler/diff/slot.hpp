#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "compiler/ir/ir.hpp"
#include "compiler/schema/schema.hpp"

namespace stackc::diff {

/// What a value in a policy is.
enum class Part : std::uint8_t {
  None,        // no part of a policy
  Policy,      // the document
  Statements,  // one or several, in any order
  Statement,
  Actions,  // one or several, in any order
  Action,   // in any case
  Words,    // one or several texts, in any order
  Word,
  Principals,  // `*`, or kinds of principals
  Conditions,  // operators
  Condition,   // keys and values of one operator
  Version,     // of the policy language
};

/// What AWS expects at a place in a resource's properties.
struct Slot {
  schema::Type type;          // false: not known
  schema::Property property;  // false: an element of a list or map, or not known
  schema::ResourceType owner;  // the type of the resource; false: not known
  std::string_view nested;    // the type in it that has the property; empty: the resource itself
  std::string_view name;      // of the property; of an element that of its list
  Part part = Part::None;
  bool unordered = false;  // a list in which AWS ignores the order
};

/// What the property `name` of a resource of `type` expects.
Slot slot_of(schema::ResourceType type, std::string_view name);
/// What the member `name` of the object `value` at `slot` expects.
Slot member_of(const Slot& slot, std::string_view name);
/// What an item of a list at `slot` expects.
Slot item_of(const Slot& slot);
/// The properties of the object that stands at `slot`; none when it is a map, JSON or not known.
schema::Properties properties_at(const Slot& slot);

/// Whether AWS takes one or several at `slot`, the one without a list around it.
bool takes_one_or_several(const Slot& slot);
/// The items of a value at such a slot: those of a list, or the value alone.
std::vector<ir::ValueRef> items_at(ir::ValueRef value);

}  // namespace stackc::diff

#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "compiler/diff/meaning.hpp"
#include "compiler/ir/ir.hpp"
#include "compiler/schema/schema.hpp"

namespace stackc::diff {

/// A change of a property, as far as what it asks depends on more than the property.
struct Asked {
  const ir::Resource& before;  // whose property it is
  const ir::Resource& after;
  std::span<const std::string_view> path;  // from the resource down, items of lists are `*`
  bool was = true, is = true;              // whether there is a value at the path, before and after
};

/// What the change asks of the resource where AWS's documentation decides it by values, by another property or
/// by the `UpdatePolicy`, and the types say "maybe" or nothing. Nothing: the documentation does not decide, or
/// only a deployment knows the values.
std::optional<schema::Replacement> settled(const Asked& asked, Meanings& before, Meanings& after);

}  // namespace stackc::diff

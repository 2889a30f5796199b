#pragma once

#include <array>
#include <string_view>

#include "compiler/base/arena.hpp"
#include "compiler/ir/ir.hpp"

namespace stackc::diff {

/// Attributes of a resource whose change is an update of it, in the order of the report.
inline constexpr std::array<std::string_view, 6> kComparedAttributes = {
    "DeletionPolicy", "UpdateReplacePolicy", "CreationPolicy", "UpdatePolicy", "Metadata", "Version"};

/// The attribute as the template says it; null: it does not. A text becomes a value in `arena`.
ir::ValueRef attribute_of(const ir::Resource& resource, std::string_view name, Arena& arena);

}  // namespace stackc::diff

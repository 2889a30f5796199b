#pragma once

#include <vector>

#include "compiler/ir/ir.hpp"

namespace stackc::ir {

/// The call `v` with other arguments, folded where they have become constant; `v` itself when they
/// are the same.
ValueRef with_arguments(const Builder& builder, ValueRef v, const std::vector<ValueRef>& args);

/// The list `v` with other items, those that became `none` left out; `v` itself when they are the same.
ValueRef with_items(const Builder& builder, ValueRef v, std::vector<ValueRef> items);

/// The object `v` with other values, member by member; those that became `none` are left out.
ValueRef with_values(const Builder& builder, ValueRef v, const std::vector<ValueRef>& values);

/// `v` with every node of it standing as it is given. What is exact already is shared.
ValueRef exactly(Arena& arena, ValueRef v);

}  // namespace stackc::ir

#pragma once

#include <string_view>
#include <vector>

#include "compiler/schema/schema.hpp"

namespace stackc::schema {

/// The lists of `type` whose order says nothing, sorted: names of properties, those of nested types as
/// `Nested.Name`. From `insertionOrder: false` in the schemas that the types are registered with.
/// https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html
std::vector<std::string_view> unordered_lists(ResourceType type);

/// Whether `property` of `type`, or of its type `nested` when that is not empty, is one of them.
bool ignores_order(ResourceType type, std::string_view nested, std::string_view property);

}  // namespace stackc::schema

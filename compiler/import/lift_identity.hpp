#pragma once

#include <optional>
#include <string_view>

#include "compiler/schema/schema.hpp"

namespace stackc::cfn {

/// What a bare resource of `resource` becomes in a slot of type `slot`: the empty text for `Ref`, else the
/// attribute of `Fn::GetAtt`. Nothing when a bare resource is not meant there. The rule of evaluation
/// (`eval/coerce.cpp`), seen from the template.
std::optional<std::string_view> identity_in(schema::Type slot, schema::ResourceType resource);

}  // namespace stackc::cfn

#pragma once

#include "compiler/eval/context.hpp"

namespace stackc::eval {

/// The properties of a resource with the tags of the stack and of the components around added, in the
/// shape that its schema wants (decision 19).
Val with_tags(Context& ctx, Resource& resource, Val properties);

}  // namespace stackc::eval

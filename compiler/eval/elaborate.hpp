#pragma once

#include "compiler/eval/context.hpp"

namespace stackc::eval {

/// Walks a block in source order and puts what it declares into the template, inner blocks and
/// instances at their places.
void elaborate(Context& ctx, Frame* frame);

}  // namespace stackc::eval

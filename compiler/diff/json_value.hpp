#pragma once

#include "compiler/base/arena.hpp"
#include "compiler/ir/ir.hpp"

namespace stackc::diff {

/// The object or list that `text`, a text or an `Fn::Sub` of parts, says as JSON; parts stand inside of
/// JSON's texts. Null when it is none. What is made lives in `arena` and has the place of `text`.
ir::ValueRef json_value(ir::ValueRef text, Arena& arena);

}  // namespace stackc::diff

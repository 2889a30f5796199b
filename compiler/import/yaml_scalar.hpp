#pragma once

#include <string_view>

#include "compiler/base/arena.hpp"
#include "compiler/ir/ir.hpp"

namespace stackc::cfn {

/// A plain scalar as YAML 1.1 types it (https://yaml.org/type/): `yes` is true, `0644` octal, `1:30` in
/// base 60, `1_000` a number, `~` null; `1e3` lacks the dot of a number and is text. Dates are text, as
/// CloudFormation reads them, and so are `.inf` and `.nan`, for which JSON has no form, and numbers of more than 400
/// characters. Text is not copied.
ir::Value typed_scalar(Arena& arena, std::string_view text, Span origin);

}  // namespace stackc::cfn

#pragma once

#include <string>
#include <string_view>

namespace stackc::cfn {

/// What a quoted YAML scalar says; `quoted` is well formed and has its quotes. Lines fold as YAML has it: one
/// break is a space, each further one a line break, with no white space around them.
std::string unquoted(std::string_view quoted);

}  // namespace stackc::cfn

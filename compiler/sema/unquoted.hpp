#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "compiler/sema/types.hpp"

namespace stackc::sema {

/// How the language writes what somebody put in quotes where `expected` stands, as YAML and JSON want it: `"4
/// days"` is `4d`, `"100 GB"` is `100GiB`, `"50%"`, `"30"` and `"true"` are themselves. Nothing when it is
/// none of these.
std::optional<std::string> unquoted(std::string_view text, const Type& expected);

/// What a number that counts in `unit` may be written as, for somebody who wrote something else; empty for no unit.
std::string_view ways_to_count(schema::Unit unit);

}  // namespace stackc::sema

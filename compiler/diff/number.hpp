#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace stackc::diff {

/// The one form of a decimal number: `1e3`, `1000` and `1000.0` are `1e3`, `012` is `12`; nothing when `text`
/// is no number.
std::optional<std::string> number_form(std::string_view text);

}  // namespace stackc::diff

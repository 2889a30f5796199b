#pragma once

#include <span>
#include <string_view>

namespace stackc {

/// The commands, in the order of the overview.
std::span<const std::string_view> command_names();

/// What `stackc COMMAND --help` prints; of the whole program when `command` is empty.
std::string_view help_text(std::string_view command);

}  // namespace stackc

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stackc {

/// Words of `text` in lines of at most `width` columns; its own line breaks stay. A longer word has a line of its
/// own.
std::vector<std::string> wrapped(std::string_view text, std::uint32_t width);

}  // namespace stackc

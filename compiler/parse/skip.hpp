#pragma once

#include <cstddef>
#include <string_view>

namespace stackc::parsing {

/// Where the token at `at` ends, for messages: a word, a number, a string's quote, one sign.
std::size_t token_end(std::string_view text, std::size_t at);

/// Where to read on after a mistake at `error` in the line that began at `begin`: at the next line
/// after it that stands outside of all brackets opened since `begin`, or at the bracket that closes
/// the surroundings. With `declarations`, only a line that looks like a declaration will do.
std::size_t skip_line(std::string_view text, std::size_t begin, std::size_t error, bool declarations);

/// Whether a line at `at` starts like a declaration.
bool looks_like_declaration(std::string_view text, std::size_t at);

}  // namespace stackc::parsing

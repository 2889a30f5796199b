#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace stackc::parsing {

/// Where the token at `at` ends, for messages: a word, a number, a string's quote, one sign.
std::size_t token_end(std::string_view text, std::size_t at);

/// Where to read on after a mistake.
struct Skip {
  std::size_t begin = 0;      // where the line that has the mistake began
  std::size_t error = 0;      // where the mistake was seen
  char closer = 0;            // the bracket that closes the surroundings, 0 in none
  bool declarations = false;  // only a line that looks like a declaration will do
};

/// The next line after the mistake that stands outside of all brackets opened since `begin`, or the
/// bracket that closes the surroundings, or the end.
std::size_t skip_line(std::string_view text, const Skip& skip);

/// Whether a line that goes on at `at` starts like a declaration.
bool looks_like_declaration(std::string_view text, std::size_t at);

/// As `looks_like_declaration`, but with a decorator or a misspelt word as well.
bool may_be_declaration(std::string_view text, std::size_t at);

/// The words that start a declaration.
std::span<const std::string_view> declaration_words();

}  // namespace stackc::parsing

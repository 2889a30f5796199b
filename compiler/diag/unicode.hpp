#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace stackc {

/// One code point out of UTF-8 text. What is not UTF-8 is one invalid byte at a time.
struct CodePoint {
  char32_t value = 0;
  std::uint32_t bytes = 0;  // how many it takes in the text
  bool valid = true;
};

/// The code point at `at`, which must be inside the text.
CodePoint decode(std::string_view text, std::size_t at);

/// How many columns of a terminal it takes: 0 (combining), 1, or 2 (wide).
std::uint32_t columns(char32_t code_point);
std::uint32_t columns(std::string_view utf8);

/// Must not reach a terminal as it is: control characters, and those that reorder text.
bool is_unprintable(char32_t code_point);

/// Adds what a terminal may show of the code point: itself, a picture of a control character (␛), or
/// U+FFFD.
void append_printable(std::string& to, const CodePoint& code_point, std::string_view utf8);

/// `text` without anything unprintable; line breaks become spaces, or stay if `keep_lines`.
std::string printable(std::string_view text, bool keep_lines = false);

/// `text` with every byte that is not UTF-8 replaced by U+FFFD, for forms that must be Unicode.
std::string valid_utf8(std::string_view text);

}  // namespace stackc

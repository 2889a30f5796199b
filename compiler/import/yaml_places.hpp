#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "compiler/import/import.hpp"

/// Where things end in a YAML text: the library says where they begin.
namespace stackc::cfn {

/// Behind the tag and the anchor that stand at `at`: where the value itself begins.
std::size_t begin_of_content(std::string_view yaml, std::size_t at);

/// Behind the word at `at` (a tag, an alias).
std::size_t end_of_word(std::string_view yaml, std::size_t at);

/// Behind the scalar whose content begins at `at` and reads as `value`.
std::size_t end_of_scalar(std::string_view yaml, std::size_t at, std::string_view value);

/// Does the quoted scalar whose quote is at `at` have its other quote?
bool is_closed(std::string_view yaml, std::size_t at);

/// Does a colon follow the key that takes `begin` to `end`, or does a question mark stand before it?
bool is_marked_as_key(std::string_view yaml, std::size_t begin, std::size_t end);

/// Behind the bracket that closes a flow collection whose last part ends at `at`.
std::size_t end_of_flow(std::string_view yaml, std::size_t at);

/// A stretch of text in which `#` is no comment.
struct Stretch {
  std::size_t begin, end;
};

/// The stretch that the scalar from `at` to `end` takes. The first line of a block scalar is not in it.
Stretch stretch_of_scalar(std::string_view yaml, std::size_t at, std::size_t end);

/// The comments outside of `scalars`, which are in order. `skipped` bytes stand before `yaml` in the file.
std::vector<Comment> comments_of(std::string_view yaml, const std::vector<Stretch>& scalars, FileId file,
                                 std::uint32_t skipped);

}  // namespace stackc::cfn

#pragma once

#include <optional>
#include <string_view>

namespace stackc {

/// Whether the regular expression `pattern` matches somewhere in `text` (UTF-8). Takes what ECMAScript, Java and
/// Python have in common: groups, alternatives, classes, repetitions, anchors. Nothing when it cannot be judged:
/// the pattern is malformed, looks around or back, or asks for more work than a pattern is worth. Time and memory
/// are bounded by the product of the two lengths, whatever the pattern.
std::optional<bool> pattern_found(std::string_view pattern, std::string_view text);

/// Why `pattern` is malformed in every dialect; empty: no reason is seen.
std::string_view pattern_mistake(std::string_view pattern);

}  // namespace stackc

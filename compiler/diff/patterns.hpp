#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "compiler/diff/scope.hpp"

/// Sets of texts by pattern (`s3:Get*`, `arn:aws:s3:::logs/*`), and whether one set lies in others.
namespace stackc::diff {

struct Token {
  enum class Kind : std::uint8_t { Char, Any, Star, SegmentStar, Symbol };
  Kind kind = Kind::Char;
  char ch = 0;               // Char
  std::uint32_t symbol = 0;  // Symbol
  bool operator==(const Token&) const = default;
};
using Pattern = std::vector<Token>;

enum class Wild : std::uint8_t {
  None,  // `*` and `?` are characters
  Text,  // `*`: any text, `?`: any one character
  Arn,   // the same, but a `*` inside a segment (parts between colons) stays in it; at its end it goes beyond
  Action,  // as Text, upper and lower case are the same
};
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
Pattern pattern(const Text& text, Wild wild, const Symbols& symbols);
bool is_everything(const Pattern& p);

/// Is every text of `narrow` one of `wide`'s? `Yes` and `No` are certain, whatever the symbols stand for.
Truth covered(const Pattern& narrow, std::span<const Pattern* const> wide, const Symbols& symbols);

/// Is some text in both? False is certain.
bool may_meet(const Pattern& a, const Pattern& b);

}  // namespace stackc::diff

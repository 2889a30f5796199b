#include "compiler/base/pattern.hpp"

namespace stackc {

namespace {

/// The place behind the class that begins at `at`; npos: it is never closed.
std::size_t end_of_class(std::string_view pattern, std::size_t at) {
  std::size_t i = at + 1;
  if (i < pattern.size() && pattern[i] == '^') ++i;
  if (i < pattern.size() && pattern[i] == ']') ++i;  // stands for itself where a class begins
  for (; i < pattern.size(); ++i) {
    if (pattern[i] == '\\') ++i;
    else if (pattern[i] == ']') return i + 1;
    else if (pattern[i] == '[' && i + 1 < pattern.size() && pattern[i + 1] == ':') {
      const auto end = pattern.find(":]", i + 2);
      if (end != std::string_view::npos) i = end + 1;
    }
  }
  return std::string_view::npos;
}

}  // namespace

std::string_view pattern_mistake(std::string_view pattern) {
  std::size_t open = 0;
  bool operand = false;  // is there something that a `*` could repeat?
  for (std::size_t i = 0; i < pattern.size();) {
    switch (pattern[i]) {
      case '\\':
        if (i + 1 == pattern.size()) return "it ends in a single `\\`";
        operand = true;
        i += 2;
        continue;
      case '[':
        i = end_of_class(pattern, i);
        if (i == std::string_view::npos) return "a `[` is never closed";
        operand = true;
        continue;
      case '(':
        ++open;
        operand = false;
        if (pattern.substr(i).starts_with("(?")) ++i;
        break;
      case ')':
        if (open == 0) return "a `)` closes nothing";
        --open;
        operand = true;
        break;
      case '|': operand = false; break;
      case '*':
      case '+':
      case '?':
        if (!operand) return "a `*`, `+` or `?` has nothing to repeat";
        break;
      default: operand = true;
    }
    ++i;
  }
  return open > 0 ? "a `(` is never closed" : std::string_view{};
}

}  // namespace stackc

#pragma once

#include <algorithm>
#include <string_view>

/// How IAM compares names: without case, of ASCII.
namespace stackc::iam {

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Less than 0, 0, greater than 0, like `std::string_view::compare` of both in lower case.
constexpr int compare_names(std::string_view a, std::string_view b) {
  const std::size_t both = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < both; ++i) {
    if (a[i] == b[i]) continue;  // mostly: the letters of names are written the same way
    const auto x = static_cast<unsigned char>(lower(a[i])), y = static_cast<unsigned char>(lower(b[i]));
    if (x != y) return x < y ? -1 : 1;
  }
  if (a.size() == b.size()) return 0;
  return a.size() < b.size() ? -1 : 1;
}

}  // namespace stackc::iam

#pragma once

#include <cstddef>
#include <string>
#include <utility>

#include "compiler/diff/changes.hpp"
#include "compiler/ir/ir.hpp"

namespace stackc::report {

/// A value on one line, as stack source says it: `"a"`, `Vpc.CidrBlock`, `"${Name}-x"`, `IsProduction ? 2 :
/// 1`. Nothing unprintable is in it. A null pointer is `none`.
std::string value_text(ir::ValueRef value);

/// Both values, each at most about `width` columns: what both have in common is left out from long ones, so
/// that the difference shows.
std::pair<std::string, std::string> shortened(const std::string& before, const std::string& after,
                                              std::size_t width);

/// `text` with at most `width` columns, `…` at its end when something is missing.
std::string cut(const std::string& text, std::size_t width);

/// A change as a line of its own: `+ Path: value`, `- Path: value`, `~ Path: before → after`, each value at
/// most about `width` columns. Secret values are not in it.
struct ChangeText {
  char symbol = '~';
  std::string before;  // empty: there was none
  std::string after;
};
ChangeText change_text(ir::ValueRef before, ir::ValueRef after, bool secret, std::size_t width);

}  // namespace stackc::report

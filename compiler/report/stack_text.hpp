#pragma once

#include <cstddef>
#include <string>

#include "compiler/report/report.hpp"

namespace stackc::report {

struct StackTextOptions {
  bool colour = false;
  std::size_t width = 100;
  bool wrap = false;  // sentences too
  int listed = 7;    // changes up to this `rank` stand there, the others are counted
  int detailed = 7;  // up to this one with their properties
  /// How many of those stand there that neither replace, delete nor interrupt anything.
  std::size_t harmless = static_cast<std::size_t>(-1);
};

/// One stack: a heading, a line for each resource that changes, its properties below it, then what else
/// changes.
void append_stack(std::string& out, const diff::StackDiff& stack, const Comparison& comparison,
                  const StackTextOptions& options);

}  // namespace stackc::report

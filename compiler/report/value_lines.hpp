#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "compiler/ir/ir.hpp"

namespace stackc::report {

/// A change of a value, ready to be laid out.
struct ValueLines {
  struct Row {
    char symbol = ' ';  // `-`, `+`, or a blank for what both sides have
    std::string text;
  };
  char symbol = '~';   // `+`: added, `-`: taken away
  std::string before;  // on one line, shortened around the difference; empty: there was none
  std::string after;
  /// Of texts of several lines: the lines that differ, with one on either side. Empty: the values fit a line
  /// each.
  std::vector<Row> rows;
};

/// `width`: the columns that one value may take. Of a secret no value is shown.
ValueLines value_lines(ir::ValueRef before, ir::ValueRef after, bool secret, std::size_t width);

/// The change as lines, for when it does not fit one.
std::vector<ValueLines::Row> rows_of(const ValueLines& lines);

}  // namespace stackc::report

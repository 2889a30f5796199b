#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stackc {

/// A range of bytes in a line that must be seen, with the columns that its label wants to its right.
struct Focus {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t label = 0;
};

/// A line of source as a terminal shows it: tabs expanded, nothing unprintable, and cut (with …)
/// around what matters when it is too long.
class SourceLine {
 public:
  /// `focus` are the bytes with labels, the most important first; `width` is in columns.
  SourceLine(std::string_view line, const std::vector<Focus>& focus, std::uint32_t width);

  [[nodiscard]] const std::string& text() const { return text_; }
  /// The column (from 0) at which byte `offset` of the line is shown; the nearest when it was cut off.
  [[nodiscard]] std::uint32_t column(std::uint32_t offset) const;

 private:
  void measure(std::string_view piece);
  void choose_columns(const std::vector<Focus>& focus, std::uint32_t width);
  void draw(std::string_view piece);
  [[nodiscard]] std::uint32_t uncut_column(std::uint32_t offset) const;

  std::string text_;
  std::uint32_t first_byte_ = 0;        // of the piece that was looked at
  std::vector<std::uint32_t> columns_;  // per byte of the piece and one past it, before cutting
  std::uint32_t left_ = 0;              // columns shown: [left_, right_)
  std::uint32_t right_ = 0;
  bool cut_left_ = false;
  bool cut_right_ = false;
};

}  // namespace stackc

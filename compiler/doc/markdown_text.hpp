#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Small pieces of Markdown.
namespace stackc::doc {

/// As code, also in a cell of a table.
std::string code(std::string_view text);
/// Prose for a cell of a table: one line.
std::string cell(std::string_view text);
/// The text up to its first empty line, and what follows.
std::pair<std::string_view, std::string_view> first_paragraph(std::string_view text);
/// The first sentence of a text that starts with prose; a colon at its end becomes a full stop.
std::string first_sentence(std::string_view text);
/// The anchor that a heading gets.
std::string anchor(std::string_view heading);

/// A table whose columns without any content are left out, but for the first and the last.
class Table {
 public:
  explicit Table(std::vector<std::string> heads) : heads_(std::move(heads)) {}
  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  /// With an empty line before it; nothing when there is no row.
  [[nodiscard]] std::string text() const;

 private:
  std::vector<std::string> heads_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace stackc::doc

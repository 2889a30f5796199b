#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/span.hpp"

namespace stackc {

/// A place as people count it: both start at 1; the column counts Unicode code points.
struct Position {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

/// The texts of one compilation, by `FileId`. Owns them: string views into a text stay valid as long
/// as the map lives. Files beyond 4 GiB cannot be represented; the loader refuses far smaller ones.
class SourceMap {
 public:
  /// `path` is how messages name the file (relative to where the user stands, or `std/network`).
  FileId add(std::string path, std::string text);
  /// Another file in the place of one that nobody has looked at.
  void replace(FileId file, std::string path, std::string text);

  /// Forgets the files from the one numbered `count` on.
  void truncate(std::size_t count);

  [[nodiscard]] std::string_view path(FileId file) const;
  [[nodiscard]] std::string_view text(FileId file) const;
  [[nodiscard]] std::string_view text(Span span) const;
  /// The position of byte `offset`. Builds the file's line table at the first call.
  [[nodiscard]] Position position(FileId file, std::uint32_t offset) const;
  /// The text of line `line` (from 1), without its line break.
  [[nodiscard]] std::string_view line(FileId file, std::uint32_t line) const;
  [[nodiscard]] std::uint32_t line_count(FileId file) const;
  [[nodiscard]] std::size_t size() const { return files_.size(); }

 private:
  struct File {
    std::string path;
    std::string text;
    mutable std::vector<std::uint32_t> line_starts;  // empty until the first question
  };
  const std::vector<std::uint32_t>& line_starts(FileId file) const;

  std::deque<File> files_;  // a deque: adding a file never moves the texts of others
};

}  // namespace stackc

#pragma once

#include <cstdint>

#include "compiler/base/id.hpp"

namespace stackc {

struct FileTag;
/// Names a file in a `SourceMap`.
using FileId = Id<FileTag>;

/// A half-open range of bytes in one file. Lines and columns exist only in renderers
/// (`SourceMap::position`). A default span has no file and stands for "no place in the source".
struct Span {
  FileId file;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] constexpr bool valid() const { return file.valid(); }
  [[nodiscard]] constexpr std::uint32_t size() const { return end - begin; }
  /// The smallest span that covers both; they must be in the same file.
  [[nodiscard]] constexpr Span to(Span last) const { return {file, begin, last.end}; }

  friend constexpr bool operator==(Span, Span) = default;
};

}  // namespace stackc

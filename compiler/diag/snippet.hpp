#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/base/source.hpp"
#include "compiler/diag/diagnostic.hpp"
#include "compiler/diag/paint.hpp"

namespace stackc {

/// A label as a snippet draws it: lines from 1, bytes within those lines.
struct Mark {
  std::uint32_t first_line = 0;
  std::uint32_t begin = 0;  // byte in the first line
  std::uint32_t last_line = 0;
  std::uint32_t end = 0;  // byte in the last line, past the span
  bool primary = false;
  std::string text;

  [[nodiscard]] bool on_one_line() const { return first_line == last_line; }
};

/// The mark for a label; spans beyond the text are cut, line breaks at their end do not count.
Mark mark_of(const SourceMap& sources, const Label& label, bool primary);

struct SnippetOptions {
  Style primary = Style::Error;
  std::uint32_t gutter = 1;  // columns of the widest line number
  std::uint32_t width = 100;
};

/// The lines of `file` that carry `marks` (in any order, at least one), with carets and labels:
///
///     14 |     CidrBlok: 10.0.1.0/24
///        |     ^^^^^^^^ did you mean `CidrBlock`?
void draw_snippet(Painter& painter, const SourceMap& sources, FileId file, const std::vector<Mark>& marks,
                  const SnippetOptions& options);

/// A line with nothing but the gutter: `   |`.
void draw_gutter(Painter& painter, const SnippetOptions& options);

}  // namespace stackc

#include "compiler/diag/snippet.hpp"

#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/diag/source_line.hpp"
#include "compiler/diag/unicode.hpp"

namespace stackc {
namespace {

/// A row below a line of source: single characters by column, and a label's text at the end.
class Row {
 public:
  void set(std::uint32_t column, char c, Style style) {
    if (column >= cells_.size()) {
      cells_.resize(column + 1, ' ');
      styles_.resize(column + 1, Style::Plain);
    }
    cells_[column] = c;
    styles_[column] = style;
  }
  /// `text` at `column`; what stands there and to its right is replaced.
  void end_with(std::uint32_t column, std::string_view text, Style style) {
    cells_.resize(column, ' ');
    styles_.resize(column, Style::Plain);
    tail_ = text;
    tail_style_ = style;
  }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(cells_.size()); }

  void draw(Painter& painter) const {
    for (std::size_t at = 0; at < cells_.size();) {
      std::size_t end = at;
      while (end < cells_.size() && styles_[end] == styles_[at]) ++end;
      painter.put(std::string_view(cells_).substr(at, end - at), styles_[at]);
      at = end;
    }
    painter.put(tail_, tail_style_);
    painter.end_line();
  }

 private:
  std::string cells_;
  std::vector<Style> styles_;
  std::string tail_;
  Style tail_style_ = Style::Plain;
};

class Snippet {
 public:
  Snippet(Painter& painter, const SourceMap& sources, FileId file, const std::vector<Mark>& marks,
          const SnippetOptions& options)
      : painter_(painter), sources_(sources), file_(file), options_(options) {
    for (const Mark& mark : marks) (mark.on_one_line() ? single_ : multi_).push_back(&mark);
    // The one that begins first and reaches furthest stands leftmost, so that lines cross least.
    std::stable_sort(multi_.begin(), multi_.end(), [](const Mark* a, const Mark* b) {
      return a->first_line != b->first_line ? a->first_line < b->first_line : a->last_line > b->last_line;
    });
    open_.assign(multi_.size(), false);
    margin_ = multi_.empty() ? 0 : static_cast<std::uint32_t>(multi_.size()) + 1;
  }

  void draw() {
    std::uint32_t before = 0;
    for (const std::uint32_t line : lines_to_show()) {
      if (before != 0 && line > before + 1) draw_gap();
      draw_line(line);
      before = line;
    }
  }

 private:
  Style style(const Mark& mark) const { return mark.primary ? options_.primary : Style::Secondary; }

  /// Lines with marks; what lies between two of them if it is little.
  std::vector<std::uint32_t> lines_to_show() const {
    constexpr std::uint32_t kShowWhole = 6;
    std::vector<std::uint32_t> lines;
    for (const Mark* mark : single_) lines.push_back(mark->first_line);
    for (const Mark* mark : multi_) {
      lines.push_back(mark->first_line);
      lines.push_back(mark->last_line);
      if (mark->last_line - mark->first_line >= kShowWhole) continue;
      for (std::uint32_t line = mark->first_line + 1; line < mark->last_line; ++line) lines.push_back(line);
    }
    std::sort(lines.begin(), lines.end());
    std::vector<std::uint32_t> shown;
    for (const std::uint32_t line : lines) {
      if (!shown.empty() && line == shown.back()) continue;
      if (!shown.empty() && line == shown.back() + 2) shown.push_back(line - 1);
      shown.push_back(line);
    }
    return shown;
  }

  void draw_gap() {
    painter_.put(fmt::format("{:<{}}", "...", options_.gutter + 3), Style::Gutter);
    start_row().draw(painter_);
  }

  /// A row in which the spans of several lines that are open pass by.
  Row start_row() const {
    Row row;
    for (std::uint32_t depth = 0; depth < multi_.size(); ++depth) {
      if (open_[depth]) row.set(depth, '|', style(*multi_[depth]));
    }
    return row;
  }

  void draw_row(const Row& row) {
    painter_.put(fmt::format("{:{}} | ", "", options_.gutter), Style::Gutter);
    row.draw(painter_);
  }

  void draw_line(std::uint32_t line) {
    const std::string_view text = sources_.line(file_, line);
    const SourceLine drawn(text, focus_of(line), columns_for_source());
    std::vector<std::uint32_t> begin_below;  // depths of spans that begin behind other text
    Row source = start_row();
    for (std::uint32_t depth = 0; depth < multi_.size(); ++depth) {
      const Mark& mark = *multi_[depth];
      if (mark.first_line != line) continue;
      if (text.substr(0, mark.begin).find_first_not_of(" \t") == std::string_view::npos) {
        source.set(depth, '/', style(mark));
        open_[depth] = true;
      } else {
        begin_below.push_back(depth);
      }
    }
    if (margin_ > 0 || !drawn.text().empty()) source.end_with(margin_, drawn.text(), Style::Plain);
    painter_.put(fmt::format("{:<{}} | ", line, options_.gutter), Style::Gutter);
    source.draw(painter_);

    draw_single(line, drawn);
    for (const std::uint32_t depth : begin_below) draw_begin(depth, drawn);
    for (auto depth = static_cast<std::uint32_t>(multi_.size()); depth-- > 0;) {
      if (open_[depth] && multi_[depth]->last_line == line) draw_end(depth, drawn);
    }
  }

  std::uint32_t columns_for_source() const {
    constexpr std::uint32_t kLeast = 20;
    const std::uint32_t taken = options_.gutter + 3 + margin_;
    return std::max(kLeast, options_.width - std::min(options_.width, taken));
  }

  std::vector<Focus> focus_of(std::uint32_t line) const {
    std::vector<Focus> focus;
    const auto add = [&](const Mark& mark, Focus f) {
      focus.insert(mark.primary ? focus.begin() : focus.end(), f);
    };
    for (const Mark* mark : single_) {
      if (mark->first_line == line) add(*mark, {mark->begin, mark->end, columns(mark->text) + 1});
    }
    for (const Mark* mark : multi_) {
      if (mark->first_line == line) add(*mark, {mark->begin, mark->begin + 1, 0});
      if (mark->last_line == line)
        add(*mark, {mark->end > 0 ? mark->end - 1 : 0, mark->end, columns(mark->text) + 1});
    }
    return focus;
  }

  struct Placed {
    const Mark* mark;
    std::uint32_t begin;  // columns
    std::uint32_t end;
  };

  /// The marks of one line: all carets in one row; the rightmost label beside them, others below:
  ///
  ///     let x = a + b
  ///             - ^ not a number
  ///             |
  ///             a list
  void draw_single(std::uint32_t line, const SourceLine& drawn) {
    std::vector<Placed> placed;
    for (const Mark* mark : single_) {
      if (mark->first_line != line) continue;
      const std::uint32_t begin = margin_ + drawn.column(mark->begin);
      placed.push_back({mark, begin, std::max(begin + 1, margin_ + drawn.column(mark->end))});
    }
    if (placed.empty()) return;
    std::stable_sort(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) {
      return a.begin != b.begin ? a.begin < b.begin : a.mark->primary < b.mark->primary;
    });
    Row carets = start_row();
    for (const bool primary : {false, true}) {
      for (const Placed& p : placed) {
        if (p.mark->primary != primary) continue;
        for (std::uint32_t at = p.begin; at < p.end; ++at)
          carets.set(at, primary ? '^' : '-', style(*p.mark));
      }
    }
    const Placed last = placed.back();
    const bool beside = last.end >= carets.size();
    if (beside && !last.mark->text.empty()) {
      carets.end_with(last.end + 1, last.mark->text, style(*last.mark));
    }
    draw_row(carets);
    if (beside) placed.pop_back();
    draw_below(std::move(placed));
  }

  void draw_below(std::vector<Placed> placed) {
    std::erase_if(placed, [](const Placed& p) { return p.mark->text.empty(); });
    if (placed.empty()) return;
    const auto connectors = [&] {
      Row row = start_row();
      for (const Placed& p : placed) row.set(p.begin, '|', style(*p.mark));
      return row;
    };
    draw_row(connectors());
    while (!placed.empty()) {
      const Placed p = placed.back();
      Row row = connectors();
      row.end_with(p.begin, p.mark->text, style(*p.mark));
      draw_row(row);
      placed.pop_back();
    }
  }

  /// The row that leads from the margin to where a span of several lines begins: ` ____^`.
  void draw_begin(std::uint32_t depth, const SourceLine& drawn) {
    const Mark& mark = *multi_[depth];
    Row row;
    const std::uint32_t column = margin_ + drawn.column(mark.begin);
    for (std::uint32_t at = depth + 1; at < column; ++at) row.set(at, '_', style(mark));
    keep_passing(row);
    row.set(column, mark.primary ? '^' : '-', style(mark));
    draw_row(row);
    open_[depth] = true;
  }

  /// The row that leads from the margin to where it ends, with its label: `|____^ label`.
  void draw_end(std::uint32_t depth, const SourceLine& drawn) {
    const Mark& mark = *multi_[depth];
    Row row;
    const std::uint32_t past = margin_ + drawn.column(mark.end);
    const std::uint32_t column = std::max(past, margin_ + 1) - 1;
    for (std::uint32_t at = depth + 1; at < column; ++at) row.set(at, '_', style(mark));
    keep_passing(row);
    row.set(column, mark.primary ? '^' : '-', style(mark));
    if (!mark.text.empty()) row.end_with(column + 2, mark.text, style(mark));
    draw_row(row);
    open_[depth] = false;
  }

  void keep_passing(Row& row) const {
    for (std::uint32_t depth = 0; depth < multi_.size(); ++depth) {
      if (open_[depth]) row.set(depth, '|', style(*multi_[depth]));
    }
  }

  Painter& painter_;
  const SourceMap& sources_;
  FileId file_;
  SnippetOptions options_;
  std::vector<const Mark*> single_;
  std::vector<const Mark*> multi_;  // by depth: the column of the margin that it uses
  std::vector<bool> open_;          // by depth: between its first and its last line
  std::uint32_t margin_ = 0;
};

}  // namespace

Mark mark_of(const SourceMap& sources, const Label& label, bool primary) {
  const FileId file = label.span.file;
  const std::string_view text = sources.text(file);
  const auto size = static_cast<std::uint32_t>(text.size());
  const std::uint32_t begin = std::min(label.span.begin, size);
  std::uint32_t end = std::clamp(label.span.end, begin, size);
  while (end > begin && (text[end - 1] == '\n' || text[end - 1] == '\r')) --end;
  const auto place = [&](std::uint32_t offset, std::uint32_t& line, std::uint32_t& byte) {
    line = sources.position(file, offset).line;
    // The line is a part of the text: its address says where it begins.
    const auto start = static_cast<std::uint32_t>(sources.line(file, line).data() - text.data());
    byte = offset > start ? offset - start : 0;
  };
  Mark mark;
  place(begin, mark.first_line, mark.begin);
  place(end, mark.last_line, mark.end);
  mark.primary = primary;
  mark.text = printable(label.text);
  return mark;
}

void draw_snippet(Painter& painter, const SourceMap& sources, FileId file, const std::vector<Mark>& marks,
                  const SnippetOptions& options) {
  Snippet(painter, sources, file, marks, options).draw();
}

void draw_gutter(Painter& painter, const SnippetOptions& options) {
  painter.put(fmt::format("{:{}} |", "", options.gutter), Style::Gutter);
  painter.end_line();
}

}  // namespace stackc

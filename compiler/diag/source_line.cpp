#include "compiler/diag/source_line.hpp"

#include <algorithm>

#include "compiler/diag/unicode.hpp"

namespace stackc {
namespace {

constexpr std::uint32_t kTab = 4;
constexpr std::string_view kEllipsis = "\xE2\x80\xA6";

/// What a code point takes when it is drawn at `column`.
std::uint32_t drawn_columns(const CodePoint& c, std::uint32_t column) {
  if (c.value == '\t') return kTab - column % kTab;
  return is_unprintable(c.value) ? 1 : columns(c.value);
}

}  // namespace

SourceLine::SourceLine(std::string_view line, const std::vector<Focus>& focus, std::uint32_t width) {
  // A line of a megabyte is not measured: only what is near the most important place can be shown.
  const std::size_t reach = std::size_t{width} * 8;
  std::string_view piece = line;
  if (line.size() > 2 * reach) {
    const std::size_t centre = focus.empty() ? 0 : std::min<std::size_t>(focus.front().begin, line.size());
    std::size_t begin = centre > reach ? centre - reach : 0;
    std::size_t end = std::min(line.size(), centre + reach);
    const auto inside = [&](std::size_t at) {
      return (static_cast<unsigned char>(line[at]) & 0xC0u) == 0x80u;
    };
    while (begin > 0 && begin < line.size() && inside(begin)) --begin;
    while (end < line.size() && inside(end)) ++end;
    piece = line.substr(begin, end - begin);
    first_byte_ = static_cast<std::uint32_t>(begin);
    cut_left_ = begin > 0;
    cut_right_ = end < line.size();
  }
  measure(piece);
  choose_columns(focus, width);
  draw(piece);
}

void SourceLine::measure(std::string_view piece) {
  columns_.reserve(piece.size() + 1);
  std::uint32_t column = 0;
  for (std::size_t at = 0; at < piece.size();) {
    const CodePoint c = decode(piece, at);
    columns_.insert(columns_.end(), c.bytes, column);
    column += drawn_columns(c, column);
    at += c.bytes;
  }
  columns_.push_back(column);
}

void SourceLine::choose_columns(const std::vector<Focus>& focus, std::uint32_t width) {
  const std::uint32_t total = columns_.back();
  right_ = total;
  if (total <= width && !cut_left_ && !cut_right_) return;
  const std::uint32_t room = width > 2 ? width - 2 : 1;  // an ellipsis at either side
  std::uint32_t low = total;
  std::uint32_t high = 0;
  std::uint32_t label = 0;  // of what ends last: labels of others stand below
  for (const Focus& f : focus) {
    low = std::min(low, uncut_column(f.begin));
    if (uncut_column(f.end) < high) continue;
    high = uncut_column(f.end);
    label = f.label;
  }
  if (focus.empty()) low = 0;
  if (high > low && high - low > room) {  // not everything fits: the first place matters most
    low = uncut_column(focus.front().begin);
    high = std::min(uncut_column(focus.front().end), low + room);
    label = 0;
  }
  if (high <= room) {
    left_ = 0;
  } else {
    const std::uint32_t spare = room - std::min(room, high - low);
    left_ = low - std::min(low, spare / 2);
    left_ = std::min(left_, total - std::min(total, room));
    // A label beside the last place moves the text to the left, as far as the first place allows.
    const std::uint32_t wanted = high - left_ + label;
    if (wanted > room) left_ += std::min({wanted - room, spare, low - left_});
  }
  right_ = std::min(total, left_ + room);
  cut_left_ = cut_left_ || left_ > 0;
  cut_right_ = cut_right_ || right_ < total;
}

void SourceLine::draw(std::string_view piece) {
  if (cut_left_) text_ += kEllipsis;
  for (std::size_t at = 0; at < piece.size();) {
    const CodePoint c = decode(piece, at);
    const std::uint32_t column = columns_[at];
    const std::uint32_t wide = columns_[at + c.bytes] - column;
    if (column >= left_ && column + wide <= right_) {
      if (c.value == '\t') {
        text_.append(wide, ' ');
      } else {
        append_printable(text_, c, piece.substr(at, c.bytes));
      }
    } else if (column < right_ && column + wide > left_) {
      // A wide character across the edge leaves blanks, so that columns stay right.
      text_.append(std::min(column + wide, right_) - std::max(column, left_), ' ');
    }
    at += c.bytes;
  }
  if (cut_right_) text_ += kEllipsis;
}

std::uint32_t SourceLine::uncut_column(std::uint32_t offset) const {
  const std::size_t index = offset > first_byte_ ? offset - first_byte_ : 0;
  return columns_[std::min(index, columns_.size() - 1)];
}

std::uint32_t SourceLine::column(std::uint32_t offset) const {
  const std::uint32_t shown = std::clamp(uncut_column(offset), left_, right_) - left_;
  return shown + (cut_left_ ? 1 : 0);
}

}  // namespace stackc

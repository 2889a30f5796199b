#include "compiler/syntax/format_layout.hpp"

#include <algorithm>

namespace stackc::format_detail {
namespace {

/// Code points, near enough to columns for source text.
int columns(std::string_view text) {
  int count = 0;
  for (char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

std::string_view without_trailing_blanks(std::string_view line) {
  while (!line.empty() && (line.back() == ' ' || line.back() == '\t' || line.back() == '\r')) {
    line.remove_suffix(1);
  }
  return line;
}

/// The next line of `text` from `at`, which then stands behind it.
std::string_view take_line(std::string_view text, std::size_t& at) {
  const std::size_t end = std::min(text.find('\n', at), text.size());
  const std::string_view line = text.substr(at, end - at);
  at = end + 1;
  return line;
}

/// How far the lines of a multi-line string, behind its first, are indented at least; blank lines do not
/// count.
std::size_t shared_indent(std::string_view text) {
  std::size_t shared = std::string_view::npos;
  std::size_t at = 0;
  take_line(text, at);
  while (at <= text.size()) {
    const std::string_view line = take_line(text, at);
    if (!without_trailing_blanks(line).empty()) shared = std::min(shared, line.find_first_not_of(' '));
  }
  return shared;
}

}  // namespace

// ---------------------------------------------------------------- the instructions

void Layout::add_text(Kind kind, std::string_view text) {
  if (text.empty()) return;
  const std::size_t newline = text.find('\n');
  const bool breaks = newline != std::string_view::npos;
  add({.kind = kind, .breaks = breaks, .width = columns(text.substr(0, newline)), .text = text});
  if (breaks) force();
}

void Layout::text(std::string_view text) { add_text(Kind::Text, text); }
void Layout::multi_line_string(std::string_view text) { add_text(Kind::MultiLineString, text); }
void Layout::space() { add({.kind = Kind::Space}); }
void Layout::line(Flat flat, bool blank) { add({.kind = Kind::Line, .flat = flat, .blank = blank}); }

void Layout::hard_line(bool blank) {
  add({.kind = Kind::HardLine, .blank = blank});
  force();
}

void Layout::begin() {
  open_.push_back({ops_.size()});
  add({.kind = Kind::Begin});
}

void Layout::begin_line() {
  open_.push_back({ops_.size()});
  add({.kind = Kind::Begin, .one_line = true});
}

void Layout::end() {
  const Open group = open_.back();
  open_.pop_back();
  ops_[group.begin].forced = group.forced;
  add({.kind = Kind::End});
  if (group.forced || group.hugged_breaks) force();
}

void Layout::force() {
  if (open_.empty()) return;
  Open& group = open_.back();
  (group.hugging ? group.hugged_breaks : group.forced) = true;
}

void Layout::indent() { add({.kind = Kind::Indent}); }
void Layout::outdent() { add({.kind = Kind::Outdent}); }
void Layout::indent_if_broken() { add({.kind = Kind::IndentIfBroken}); }
void Layout::outdent_if_broken() { add({.kind = Kind::OutdentIfBroken}); }

void Layout::hug() {
  open_.back().hugging = true;
  add({.kind = Kind::Hug});
}

void Layout::trailing_comment(std::string_view text) {
  add({.kind = Kind::TrailingComment, .text = text});
  force();
}

void Layout::inline_comment(std::string_view text) {
  const std::size_t newline = text.find('\n');
  const bool breaks = newline != std::string_view::npos;
  add({.kind = Kind::InlineComment,
       .breaks = breaks,
       .width = columns(text.substr(0, newline)) + 2,
       .text = text});
  force();
}

void Layout::own_comment(std::string_view text, int column) {
  add({.kind = Kind::OwnComment, .width = column, .text = text});
  force();
}

// ---------------------------------------------------------------- printing

/// Prints one layout. Spaces and line breaks are held back until the next text, so that no line
/// ends in a space and the file in one line break.
class LayoutWriter {
 public:
  explicit LayoutWriter(const Layout& layout) : ops_(layout.ops_) {}

  std::string run() {
    for (std::size_t i = 0; i < ops_.size(); ++i) step(i);
    if (!out_.empty()) out_ += '\n';
    return std::move(out_);
  }

 private:
  using Op = Layout::Op;
  using Kind = Layout::Kind;
  /// `Hugging`: on one line itself, while the groups inside decide for themselves.
  enum class Mode : std::uint8_t { Flat, Broken, Hugging };

  void step(std::size_t i) {
    const Op& op = ops_[i];
    switch (op.kind) {
      case Kind::Text:
        write(op.text, op.breaks);
        break;
      case Kind::MultiLineString:
        multi_line_string(op.text);
        break;
      case Kind::Space:
        space_ = true;
        break;
      case Kind::Line:
        line(op);
        break;
      case Kind::HardLine:
        new_line(op.blank);
        break;
      case Kind::Begin:
        modes_.push_back(mode_of(i));
        break;
      case Kind::End:
        modes_.pop_back();
        break;
      case Kind::Indent:
        ++depth_;
        break;
      case Kind::Outdent:
        --depth_;
        break;
      case Kind::IndentIfBroken:
        depth_ += mode() == Mode::Broken;
        break;
      case Kind::OutdentIfBroken:
        depth_ -= mode() == Mode::Broken;
        break;
      case Kind::Hug:
        break;
      case Kind::TrailingComment:
        trailing_comment(op.text);
        break;
      case Kind::InlineComment:
        inline_comment(op);
        break;
      case Kind::OwnComment:
        own_comment(op);
        break;
    }
  }

  [[nodiscard]] Mode mode() const { return modes_.empty() ? Mode::Broken : modes_.back(); }

  void line(const Op& op) {
    if (mode() == Mode::Broken) {
      new_line(op.blank);
    } else if (op.flat == Flat::CommaSpace) {
      write(",", false);
      space_ = true;
    } else if (op.flat == Flat::Space) {
      space_ = true;
    }
  }

  void new_line(bool blank) { breaks_ = std::max(breaks_, blank ? 2 : 1); }

  /// Writes what was held back: line breaks with the indentation, or a space.
  void settle() {
    if (breaks_ > 0) {
      if (!out_.empty()) out_.append(static_cast<std::size_t>(breaks_), '\n');
      column_ = depth_ * Layout::kIndent;
      out_.append(static_cast<std::size_t>(column_), ' ');
    } else if (space_ && column_ > 0) {
      out_ += ' ';
      ++column_;
    }
    breaks_ = 0;
    space_ = false;
  }

  void write(std::string_view text, bool breaks) {
    if (after_comment_ && breaks_ == 0)
      space_ = space_ || std::string_view(")],.").find(text[0]) == std::string_view::npos;
    after_comment_ = false;
    settle();
    out_ += text;
    column_ = breaks ? columns(text.substr(text.rfind('\n') + 1)) : column_ + columns(text);
  }

  /// On a line of its own it is indented like its quotes, else one step more than the line.
  void multi_line_string(std::string_view text) {
    const int target = (depth_ + (breaks_ > 0 ? 0 : 1)) * Layout::kIndent;
    const std::size_t shared = shared_indent(text);
    std::size_t at = 0;
    std::string_view line = take_line(text, at);
    const bool only_quotes = without_trailing_blanks(line).size() <= std::string_view("r\"\"\"").size();
    write(only_quotes ? without_trailing_blanks(line) : line, false);
    while (at <= text.size()) {
      line = take_line(text, at);
      out_ += '\n';
      column_ = 0;
      if (without_trailing_blanks(line).empty()) continue;
      out_.append(static_cast<std::size_t>(target), ' ');
      out_ += line.substr(shared);
      column_ = target + columns(line.substr(shared));
    }
  }

  void trailing_comment(std::string_view text) {
    space_ = true;
    write_block(text, 0);
    new_line(false);
  }

  void inline_comment(const Op& op) {
    const bool after_bracket =
        !out_.empty() && std::string_view("([").find(out_.back()) != std::string_view::npos;
    if (!after_bracket) space_ = true;
    write_block(op.text, 0);
    after_comment_ = true;
  }

  void own_comment(const Op& op) {
    const int indentation = depth_ * Layout::kIndent;
    write_block(op.text, indentation - op.width);
  }

  /// A comment whose lines after the first are moved `shift` columns to the right.
  void write_block(std::string_view text, int shift) {
    std::size_t end = std::min(text.find('\n'), text.size());
    write(without_trailing_blanks(text.substr(0, end)), false);
    while (end < text.size()) {
      const std::size_t begin = end + 1;
      end = std::min(text.find('\n', begin), text.size());
      write_block_line(without_trailing_blanks(text.substr(begin, end - begin)), shift);
    }
  }

  void write_block_line(std::string_view line, int shift) {
    out_ += '\n';
    if (line.empty()) return;
    const std::size_t blanks = std::min(line.find_first_not_of(' '), line.size());
    const int kept = std::max(0, static_cast<int>(blanks) + shift);
    out_.append(static_cast<std::size_t>(kept), ' ');
    out_ += line.substr(blanks);
    column_ = kept + columns(line.substr(blanks));
  }

  /// Decides about the group that begins at `at`.
  [[nodiscard]] Mode mode_of(std::size_t at) const {
    if (ops_[at].forced) return Mode::Broken;
    if (mode() == Mode::Flat || ops_[at].one_line) return Mode::Flat;
    return fits(at);
  }

  /// Looks ahead from the group at `at`, printed flat, to the first place behind it (or in the value
  /// that it hugs) where the line ends or may end. Never further than one line.
  [[nodiscard]] Mode fits(std::size_t at) const {
    int room = Layout::kWidth - column_now();
    std::size_t level = 0;              // groups opened since `at`
    std::size_t outer = modes_.size();  // enclosing groups not closed since
    bool past = false;                  // behind the group
    bool hugs = false;
    const auto fitting = [&] { return hugs ? Mode::Hugging : Mode::Flat; };
    for (std::size_t i = at; i < ops_.size(); ++i) {
      const Op& op = ops_[i];
      switch (op.kind) {
        case Kind::Begin:
          ++level;
          break;
        case Kind::End:
          if (level == 0)
            --outer;
          else
            past = --level == 0 || past;
          break;
        case Kind::Hug:
          hugs = hugs || (level == 1 && !past);
          break;
        case Kind::Line: {
          const bool may_break = past ? level > 0 || mode_at(outer) == Mode::Broken : hugs && level > 1;
          if (may_break) return fitting();
          room -= op.flat == Flat::Nothing ? 0 : op.flat == Flat::Space ? 1 : 2;
          break;
        }
        case Kind::HardLine:
        case Kind::OwnComment:
        case Kind::TrailingComment:
          return fitting();
        case Kind::Space:
          --room;
          break;
        default:
          room -= op.width;
          break;
      }
      if (room < 0) return Mode::Broken;
      if (op.breaks) return fitting();
    }
    return fitting();
  }

  /// The mode of the enclosing group number `count`, from outside; the file itself is broken.
  [[nodiscard]] Mode mode_at(std::size_t count) const {
    return count == 0 ? Mode::Broken : modes_[count - 1];
  }

  [[nodiscard]] int column_now() const {
    return breaks_ > 0 ? depth_ * Layout::kIndent : column_ + (space_ ? 1 : 0);
  }

  const std::vector<Op>& ops_;
  std::vector<Mode> modes_;
  std::string out_;
  int depth_ = 0;
  int column_ = 0;
  int breaks_ = 0;  // line breaks held back; 2 is an empty line
  bool space_ = false;
  bool after_comment_ = false;
};

std::string Layout::print() const { return LayoutWriter(*this).run(); }

}  // namespace stackc::format_detail

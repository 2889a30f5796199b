#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// How a formatted file is laid out: the formatter writes a flat list of instructions (texts, places
/// where a line may break, groups that break as one), the layout decides which groups fit and prints.
/// One pass over the list; each decision looks at most one line ahead, so the cost is linear.
namespace stackc::format_detail {

/// What a possible line break prints when its group stays on one line.
enum class Flat : std::uint8_t { Nothing, Space, CommaSpace };

class Layout {
 public:
  static constexpr int kWidth = 100;
  static constexpr int kIndent = 2;

  /// `text` must outlive the layout. May hold line breaks, which are kept and break the groups around it.
  void text(std::string_view text);
  /// A `"""` string, quotes and all. The parser strips the indentation that its lines share; here it is
  /// changed, for all lines by the same amount, to what suits the place.
  void multi_line_string(std::string_view text);
  /// One space, unless a line starts or ends here.
  void space();
  /// A line break if the group is broken, else what `flat` says. `blank`: with an empty line above.
  void line(Flat flat, bool blank = false);
  /// A line break in any case; breaks the groups around it.
  void hard_line(bool blank = false);

  /// A group is printed on one line if it fits there, else all its `line`s break. A group that holds
  /// a hard line or a forced group never fits.
  void begin();
  /// A group that stays on one line even when it does not fit there, unless it is forced.
  void begin_line();
  void end();
  /// Breaks the innermost group.
  void force();
  void indent();
  void outdent();
  /// Like `indent` and `outdent`, but only when the innermost group is broken.
  void indent_if_broken();
  void outdent_if_broken();
  /// What follows in the innermost group, up to its last `line`, is a bracketed value that may break
  /// alone: `f(a, {` … `})` keeps the group itself on one line.
  void hug();

  /// A comment behind other text on its line. The next text starts a new line.
  void trailing_comment(std::string_view text);
  /// A `/* */` between two words.
  void inline_comment(std::string_view text);
  /// A comment on lines of its own. `column` is where it started in the source: the further lines of a
  /// block comment move along with the first.
  void own_comment(std::string_view text, int column);

  /// The file, with one final line break unless it is empty.
  [[nodiscard]] std::string print() const;

 private:
  friend class LayoutWriter;
  enum class Kind : std::uint8_t {
    Text,
    MultiLineString,
    Space,
    Line,
    HardLine,
    Begin,
    End,
    Indent,
    Outdent,
    IndentIfBroken,
    OutdentIfBroken,
    Hug,
    TrailingComment,
    InlineComment,
    OwnComment,
  };
  struct Op {
    Kind kind;
    Flat flat = Flat::Nothing;
    bool blank = false;     // Line, HardLine
    bool forced = false;    // Begin
    bool one_line = false;  // Begin: of `begin_line`
    bool breaks = false;    // texts: holds a line break
    int width = 0;          // texts: columns, up to the first line break; OwnComment: the source's column
    std::string_view text{};
  };
  struct Open {
    std::size_t begin;
    bool forced = false;
    bool hugging = false;        // behind `hug()`
    bool hugged_breaks = false;  // something behind `hug()` is forced
  };

  void add(Op op) { ops_.push_back(op); }
  void add_text(Kind kind, std::string_view text);

  std::vector<Op> ops_;
  std::vector<Open> open_;
};

}  // namespace stackc::format_detail

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "compiler/emit/text_buffer.hpp"
#include "compiler/ir/ir.hpp"

namespace stackc::emit {

/// Appends `text` as a JSON string: quotes, backslashes and control characters escaped, everything
/// else (UTF-8 included) as it is.
void append_json_string(std::string& out, std::string_view text);

/// Writes JSON into one growing buffer, two spaces a level. Objects and lists of the template's
/// skeleton are opened and closed by hand; `value` lays out the rest: on one line when that fits the
/// width and holds no object other than intrinsic functions and empty ones, else one entry a line.
class JsonWriter {
 public:
  /// Columns of a line, in bytes, up to which a value stays on it.
  static constexpr std::size_t kWidth = 100;

  void open(char bracket = '{');
  void close(char bracket = '}');
  /// Starts an entry of an open object.
  void key(std::string_view name);
  /// Starts an entry of an open list.
  void item();
  void string(std::string_view text);
  void boolean(bool v) { out_.put(v ? "true" : "false"); }
  void value(ir::ValueRef v);
  /// `v` on one line, however long.
  void one_line(ir::ValueRef v);

  /// `"name": "text"`, left out when `text` is empty.
  void text_member(std::string_view name, std::string_view text);
  /// `"name": v`, left out when `v` is null.
  void value_member(std::string_view name, ir::ValueRef v);

  /// What was written so far; the writer is empty afterwards.
  std::string take() { return out_.take(); }
  /// The same, with a line break at its end.
  std::string take_file() {
    out_.put('\n');
    return out_.take();
  }

 private:
  [[nodiscard]] bool fits_line() const { return !limited_ || out_.size() - line_start_ <= kWidth; }
  [[nodiscard]] bool must_spread(ir::ValueRef v) const;
  bool put_as_it_is(ir::ValueRef v);
  bool put_reference(const ir::Call& call);
  bool put_sub(std::span<const ir::ValueRef> parts);
  bool put_sub_part(ir::ValueRef part);
  bool inline_value(ir::ValueRef v, bool outermost);
  bool inline_call(const ir::Call& call);
  bool inline_items(std::span<const ir::ValueRef> items);
  bool inline_members(const ir::Object& object);
  void spread_call(const ir::Call& call);
  void spread_items(std::span<const ir::ValueRef> items);
  void new_line();
  void function(ir::Fn fn);

  TextBuffer out_;
  std::size_t line_start_ = 0;
  std::size_t depth_ = 0;
  bool first_ = true;     // of the innermost open object or list
  bool limited_ = true;   // does the one-line form have to fit the width?
};

}  // namespace stackc::emit

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/emit/yaml_text.hpp"
#include "compiler/ir/ir.hpp"

namespace stackc::emit {

/// Writes YAML as people write templates: block style, two spaces a level, functions in their short form, a
/// function with few plain arguments on one line. What it writes means the same to CloudFormation and to
/// every reader of YAML 1.1. The counterpart of `JsonWriter`.
class YamlWriter {
 public:
  /// Columns of a line, in bytes, up to which a function stays on it.
  static constexpr std::size_t kWidth = 100;

  /// Opens and ends an object of the template's skeleton.
  void open();
  void close();
  /// Starts an entry of the open object.
  void key(std::string_view name);
  void boolean(bool v) { out_ += v ? " true" : " false"; }
  /// The value of the last key.
  void value(ir::ValueRef v) { node(v, column(), Place::Key); }

  /// `name: text`, left out when `text` is empty.
  void text_member(std::string_view name, std::string_view text);
  /// `name: v`, left out when `v` is null.
  void value_member(std::string_view name, ir::ValueRef v);

  /// What was written so far, with a line break at its end; the writer is empty afterwards.
  std::string take_file();

 private:
  /// What a value stands behind: `key:`, the dash of a list, a tag.
  enum class Place { Key, Dash, Tag };

  [[nodiscard]] std::size_t column() const { return levels_.empty() ? 0 : 2 * (levels_.size() - 1); }
  void new_line(std::size_t column);
  void write_key(std::string_view name, std::size_t column);

  /// `v` behind what stands at `column`.
  void node(ir::ValueRef v, std::size_t column, Place place);
  void members(const ir::Object& object, std::size_t column, Place place);
  void items(std::span<const ir::ValueRef> list, std::size_t column, Place place);
  void text(std::string_view text, std::size_t column);
  void call(const ir::Call& call, std::size_t column, Place place);
  void long_form(std::string_view key, ir::ValueRef argument, std::span<const ir::ValueRef> list,
                 std::size_t column, Place place);

  /// The one-line form; nothing when there is none, or it is too long.
  [[nodiscard]] static std::optional<std::string> one_line(ir::ValueRef v, YamlPlace place);
  [[nodiscard]] static std::optional<std::string> one_line_list(std::span<const ir::ValueRef> list);
  [[nodiscard]] static std::optional<std::string> one_line_call(const ir::Call& call, YamlPlace place);

  std::string out_;
  std::vector<std::size_t> levels_;  // of the skeleton: how many entries each open object has
};

}  // namespace stackc::emit

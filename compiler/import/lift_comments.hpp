#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/import/import.hpp"

namespace stackc::cfn {

/// The comments of a template, each with the piece that it belongs to: what stands on lines of its own
/// belongs to the next key or list item, the rest to the one in front of it. A piece that source has no place
/// for
/// (`Type`, the arguments of a function) leaves its comments to what contains it.
class Comments {
 public:
  explicit Comments(const Document& document);

  [[nodiscard]] bool empty() const { return notes_.empty(); }
  /// The comments of the key or item at byte `place` that were not taken yet, in source order.
  std::vector<std::string_view> take(std::uint32_t place);
  /// What is left of the comments of the entry (`/Resources/X`) whose key stands at `place`.
  std::vector<std::string_view> take_entry(std::uint32_t place);
  /// Everything that was not taken.
  std::vector<std::string_view> take_rest();

 private:
  struct Anchor {
    std::uint32_t place;  // where a key or item begins
    std::uint32_t owner;  // the piece in source that takes its comments
    std::uint32_t entry;  // the entry around it, or the section
  };
  struct Note {
    std::string_view text;
    bool taken = false;
  };
  struct Walk {
    std::uint32_t owner = 0;
    std::uint32_t entry = 0;
    int depth = 0;        // 0: the sections, 1: entries, 2: attributes, 3: …
    bool values = false;  // below `Properties`
  };
  void walk(ir::ValueRef value, Walk at);
  using Table = std::unordered_map<std::uint32_t, std::vector<std::uint32_t>>;  // of indices into `notes_`
  std::vector<std::string_view> take_from(Table& table, std::uint32_t place);

  std::vector<Anchor> anchors_;
  std::vector<Note> notes_;
  Table by_owner_, by_entry_;
};

}  // namespace stackc::cfn

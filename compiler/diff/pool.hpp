#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/base/arena.hpp"

namespace stackc::diff {

/// A value by its meaning: two values mean the same exactly when they have the same number.
using Meaning = std::uint32_t;

/// No value at all, and what CloudFormation treats as none.
constexpr Meaning kAbsent = 0;

/// What a meaning is made of.
enum class Form : std::uint8_t {
  Absent,
  Null,
  Boolean,   // text: `true`, `false`
  Number,    // text: its one decimal form
  Text,      // text
  List,      // its items
  Set,       // its items, sorted
  Object,    // pairs of a Text and a value, sorted
  Sentence,  // texts and values that are put together to one text
  Symbol,    // text: a parameter, pseudo parameter or resource; what it depends on
  Choice,    // a condition, two values
  Call,      // text: the function; its arguments
};

/// Keeps every meaning once, for both sides of a comparison: building one is looking it up, comparing two is
/// comparing numbers.
class Pool {
 public:
  Pool();

  /// The meaning of this form; texts are copied when they are new.
  Meaning make(Form form, std::string_view text, std::span<const Meaning> parts);
  Meaning text(std::string_view text) { return make(Form::Text, text, {}); }
  /// The same whatever the order of `parts`.
  Meaning set(std::vector<Meaning> parts);

  [[nodiscard]] Form form(Meaning m) const { return nodes_[m].form; }
  [[nodiscard]] std::string_view text_of(Meaning m) const { return nodes_[m].text; }
  [[nodiscard]] std::span<const Meaning> parts(Meaning m) const { return nodes_[m].parts; }

 private:
  struct Node {
    Form form;
    std::string_view text;
    std::span<const Meaning> parts;
    std::size_t hash;
  };

  void grow();

  Arena arena_{Arena::kMedium};
  std::vector<Node> nodes_;
  std::vector<Meaning> slots_;  // a hash table, a power of two of slots; kAbsent: empty
};

}  // namespace stackc::diff

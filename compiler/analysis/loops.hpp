#pragma once

#include <string_view>
#include <unordered_set>
#include <vector>

#include "compiler/ir/ir.hpp"

namespace stackc::analysis {

/// The names that `Fn::ForEach` makes: what its body's keys say, with anything for the loop's identifier.
class Loops {
 public:
  explicit Loops(const ir::Template& t);

  /// Whether a loop of this section may make an entry called `name`.
  [[nodiscard]] bool makes(std::string_view section, std::string_view name) const;
  /// Whether some loop calls its element `name`.
  [[nodiscard]] bool has_identifier(std::string_view name) const { return identifiers_.contains(name); }
  [[nodiscard]] bool any() const { return !identifiers_.empty(); }

 private:
  struct Key {
    std::string_view section;
    std::string_view text;  // `Topic${Name}`
  };
  void loop(std::string_view section, ir::ValueRef arguments);
  void body(std::string_view section, ir::ValueRef v);
  void identifiers(ir::ValueRef v);

  std::vector<Key> keys_;
  std::unordered_set<std::string_view> identifiers_;
};

}  // namespace stackc::analysis

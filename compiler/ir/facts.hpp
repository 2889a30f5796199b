#pragma once

#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "compiler/ir/ir.hpp"

namespace stackc::ir {

/// Definitions of named conditions.
using Definitions = std::unordered_map<std::string_view, ValueRef>;

/// What is known to hold at one place of a template: inside a conditional resource its condition, in
/// an arm of an `If` that condition or its opposite. A stack: `mark` and `forget` bracket a place.
class Facts {
 public:
  /// `named` must outlive this.
  explicit Facts(const Definitions& named) : named_(named) {}

  /// From here on `condition` is `truth`, and what follows from it through names, And, Or and Not.
  void assume(ValueRef condition, bool truth);
  [[nodiscard]] std::size_t mark() const { return known_.size(); }
  void forget(std::size_t mark) { known_.resize(mark); }

  /// Whether `condition` holds, where the facts decide it. Sound, not complete: it looks at
  /// equality of formulas and at literals that exclude each other, and gives up on formulas beyond any that
  /// people write (in a template that was read, conditions may even need themselves).
  [[nodiscard]] std::optional<bool> decide(ValueRef condition) const;

 private:
  [[nodiscard]] ValueRef definition(ValueRef condition) const;
  [[nodiscard]] std::optional<bool> decide(ValueRef condition, std::size_t& steps) const;
  [[nodiscard]] std::optional<bool> decide_equality(const Call& equals) const;

  const Definitions& named_;
  std::vector<std::pair<ValueRef, bool>> known_;
};

}  // namespace stackc::ir

#pragma once

#include <functional>
#include <vector>

#include "compiler/diff/danger_search.hpp"
#include "compiler/diff/policy.hpp"

namespace stackc::diff {

/// One thing that a statement says: one action (or all but some), on one resource, for one principal.
struct Atom {
  const Statement* statement = nullptr;
  const Named* action = nullptr;         // null: `NotAction`, or nothing to read
  const Named* resource = nullptr;       // null: `NotResource`, or none
  const Principal* principal = nullptr;  // null: `NotPrincipal`, or none
};

struct PolicyChange {
  const std::vector<Statement>& before;
  const std::vector<Statement>& after;
  const Scope& scope_before;
  const Scope& scope_after;
  /// What of the later statements counts as more; null: everything.
  std::function<bool(const Atom&)> counts;
};

/// What the statements let happen, before and after, as sets: never says that less may happen when more may.
/// What cannot be decided is `gained_maybe`.
Verdict compare_policies(const PolicyChange& change);

/// Whether every request that passes all of `narrow` passes all of `wide`.
Truth tests_imply(const std::vector<Test>& narrow, const std::vector<Test>& wide, const Symbols& symbols);

}  // namespace stackc::diff

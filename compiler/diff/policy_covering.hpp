#pragma once

#include <map>
#include <utility>
#include <vector>

#include "compiler/diff/policy_sets.hpp"

namespace stackc::diff {

using Statements = std::vector<const Statement*>;

/// One of the two elements of statements that are sets of patterns.
struct Element {
  const std::vector<Named> Statement::*list;
  bool Statement::*is_not;
  const Named* Atom::*one;
};

bool same_lists(const std::vector<Named>& a, const std::vector<Named>& b);
bool same_principals(const std::vector<Principal>& a, const std::vector<Principal>& b);

/// Whether statements together say what an atom says. Remembers what it found about the statements and names
/// that it has seen, which must outlive it.
class Covering {
 public:
  explicit Covering(const Symbols& symbols) : symbols_(symbols) {}

  /// Does what `all` allow (or deny) hold the atom? `maybe`: the statements that may be what stood there
  /// instead, when it does not for certain.
  Truth covers(const std::vector<Statement>& all, const Statements& maybe, const Atom& atom);

 private:
  /// For certain, in the case `when` of the template. What holds in both cases of a condition holds.
  bool surely(const std::vector<Statement>& all, const Atom& atom, const Case& when, int depth);
  /// `Allow * on *` of an identity.
  static bool allows_all(const Statement& t);
  /// Principal and conditions.
  Truth around(const Statement& t, const Atom& atom);
  Truth tests(const Statement& t, const Statement& s);
  Truth principal(const Statement& t, const Atom& atom) const;
  [[nodiscard]] Truth holds(const Principal& wide, const Principal& narrow) const;
  static bool ends_with_root(const Text& text);
  /// Every statement of `sure` that holds the atom's `first` wholly; do they together hold its `second`?
  bool both(const Statements& sure, const Atom& atom, const Element& first, const Element& second);
  /// The same, where nothing is certain: false when something of the atom surely stands in none of them.
  bool may_both(const Statements& possible, const Atom& atom, const Element& first, const Element& second);
  /// Do the statements together hold the atom, in one element?
  Truth together(const Statements& all, const Atom& atom, const Element& side);
  /// Is all that a pattern stands for none of what is left out?
  Truth outside(const Named& one, const std::vector<Named>& left_out);
  /// A statement about all but some (or one without the element, as trust has no resources).
  Truth all_but(const Statements& all, const Statement& s, const Element& side);
  Truth remembered(const Named& one, const std::vector<const Pattern*>& wide);

  const Symbols& symbols_;
  std::map<std::pair<const Statement*, const Statement*>, Truth> tests_;
  std::map<std::pair<const Named*, std::vector<const Pattern*>>, Truth> covered_;
};

}  // namespace stackc::diff

#include "compiler/diff/policy_sets.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace stackc::diff {
namespace {

constexpr int kMaxSplits = 5;  // of conditions of the template, one inside the other
constexpr std::size_t kMaxAtoms = 4000;  // of one side; beyond, nobody is told more than that it changed

using Statements = std::vector<const Statement*>;

/// Which element of statements is looked at.
struct Side3 {
  const std::vector<Named> Statement::*list;
  bool Statement::*is_not;
  const Named* Atom::*one;
};
constexpr Side3 kActions{&Statement::actions, &Statement::not_actions, &Atom::action};
constexpr Side3 kResources{&Statement::resources, &Statement::not_resources, &Atom::resource};

std::vector<const Pattern*> patterns_of(const std::vector<Named>& names) {
  std::vector<const Pattern*> out;
  for (const Named& n : names) out.push_back(&n.pattern);
  return out;
}

bool same_lists(const std::vector<Named>& a, const std::vector<Named>& b) {
  return a.size() == b.size() && std::is_permutation(a.begin(), a.end(), b.begin(), [](const Named& x, const Named& y) {
    return x.pattern == y.pattern;
  });
}

bool same_principals(const std::vector<Principal>& a, const std::vector<Principal>& b) {
  return a.size() == b.size() && std::is_permutation(a.begin(), a.end(), b.begin(), [](const Principal& x, const Principal& y) {
    return x.kind == y.kind && x.text == y.text;
  });
}

class Covering {
 public:
  explicit Covering(const Symbols& symbols) : symbols_(symbols) {}

  /// Does what `all` allow (or deny) hold the atom? `maybe`: the statements that may be what stood there
  /// instead, when it does not for certain.
  Truth covers(const std::vector<Statement>& all, const Statements& maybe, const Atom& atom) {
    const Statement& s = *atom.statement;
    if (surely(all, atom, s.when, 0)) return Truth::Yes;
    Statements possible;
    for (const Statement* t : maybe) {
      if (t->deny != s.deny) continue;
      if (!t->opaque.empty() || !s.opaque.empty()) return Truth::Maybe;
      if (around(*t, atom) != Truth::No) possible.push_back(t);
    }
    if (!s.opaque.empty()) return Truth::No;
    return may_both(possible, atom, kResources, kActions) && may_both(possible, atom, kActions, kResources) ? Truth::Maybe
                                                                                                           : Truth::No;
  }

 private:
  /// For certain, in the case `when` of the template. What holds in both cases of a condition holds.
  bool surely(const std::vector<Statement>& all, const Atom& atom, const Case& when, int depth) {
    const Statement& s = *atom.statement;
    Statements sure;
    const Case::Fact* open = nullptr;
    for (const Statement& t : all) {
      if (t.deny != s.deny) continue;
      if (const Case::Fact* fact = when.undecided_of(t.when)) {
        if (open == nullptr) open = fact;
        continue;
      }
      if (!when.implies(t.when)) continue;
      if (!t.opaque.empty() || !s.opaque.empty()) {
        if (t.opaque == s.opaque || (!s.opaque.empty() && allows_all(t))) return true;
      } else if (around(t, atom) == Truth::Yes) {
        sure.push_back(&t);
      }
    }
    if (s.opaque.empty() && (both(sure, atom, kResources, kActions) || both(sure, atom, kActions, kResources))) return true;
    if (open == nullptr || depth == kMaxSplits) return false;
    for (const bool truth : {true, false}) {
      Case next = when;
      next.facts.push_back({open->left, open->right, truth});
      if (!surely(all, atom, next, depth + 1)) return false;
    }
    return true;
  }

  /// `Allow * on *` of an identity.
  static bool allows_all(const Statement& t) {
    const auto everything = [](const Named& n) { return is_everything(n.pattern); };
    return !t.deny && t.opaque.empty() && t.tests.empty() && t.principals.empty() && !t.not_principals && !t.not_actions &&
           !t.not_resources && std::any_of(t.actions.begin(), t.actions.end(), everything) &&
           std::any_of(t.resources.begin(), t.resources.end(), everything);
  }

  /// Principal and conditions.
  Truth around(const Statement& t, const Atom& atom) {
    const Truth who = principal(t, atom);
    if (who == Truth::No) return who;
    return std::min(who, tests(t, *atom.statement));
  }

  Truth tests(const Statement& t, const Statement& s) {
    const auto [at, fresh] = tests_.emplace(std::pair(&s, &t), Truth::No);
    if (fresh) at->second = tests_imply(s.tests, t.tests, symbols_);
    return at->second;
  }

  Truth principal(const Statement& t, const Atom& atom) const {
    const Statement& s = *atom.statement;
    if (t.not_principals || s.not_principals) {
      const bool same = t.not_principals == s.not_principals && same_principals(t.principals, s.principals);
      return same ? Truth::Yes : Truth::Maybe;
    }
    if (atom.principal == nullptr) return t.principals.empty() ? Truth::Yes : Truth::Maybe;
    Truth best = Truth::No;
    for (const Principal& p : t.principals) best = std::max(best, holds(p, *atom.principal));
    return best;
  }

  [[nodiscard]] Truth holds(const Principal& wide, const Principal& narrow) const {
    if (wide.kind == "*") return Truth::Yes;
    if (wide.kind != narrow.kind) return Truth::No;
    if (wide.text == narrow.text) return Truth::Yes;
    const Pattern a = pattern(narrow.text, Wild::None, symbols_), b = pattern(wide.text, Wild::None, symbols_);
    const Pattern* one = &b;
    // An account trusts its own: who of it may do something, another policy says.
    if (ends_with_root(wide.text) && narrow.kind == "AWS") return Truth::Maybe;
    return covered(a, {&one, 1}, symbols_);
  }

  static bool ends_with_root(const Text& text) {
    return !text.pieces.empty() && text.pieces.back().literal() && text.pieces.back().text.ends_with(":root");
  }

  /// Every statement of `sure` that holds the atom's `first` wholly; do they together hold its `second`?
  bool both(const Statements& sure, const Atom& atom, const Side3& first, const Side3& second) {
    Statements held;
    for (const Statement* t : sure) {
      if (together({t}, atom, first) == Truth::Yes) held.push_back(t);
    }
    return !held.empty() && together(held, atom, second) == Truth::Yes;
  }

  /// The same, where nothing is certain: false when something of the atom surely stands in none of them.
  bool may_both(const Statements& possible, const Atom& atom, const Side3& first, const Side3& second) {
    Statements met;
    for (const Statement* t : possible) {
      const Named* one = atom.*(first.one);
      const auto& list = t->*(first.list);
      const bool meets = one == nullptr || t->*(first.is_not) || list.empty() ||
                         std::any_of(list.begin(), list.end(), [&](const Named& n) { return may_meet(n.pattern, one->pattern); });
      if (meets) met.push_back(t);
    }
    return !met.empty() && together(met, atom, second) != Truth::No;
  }

  /// Do the statements together hold the atom, in one element?
  Truth together(const Statements& all, const Atom& atom, const Side3& side) {
    const Statement& s = *atom.statement;
    const Named* one = atom.*(side.one);
    if (one == nullptr) return all_but(all, s, side);
    std::vector<const Pattern*> wide;
    Truth best = Truth::No;
    for (const Statement* t : all) {
      const auto& list = t->*(side.list);
      if (t->*(side.is_not)) best = std::max(best, outside(*one, list));
      else for (const Named& n : list) wide.push_back(&n.pattern);
    }
    return best == Truth::Yes || wide.empty() ? best : std::max(best, remembered(*one, wide));
  }

  /// Is all that a pattern stands for none of what is left out?
  Truth outside(const Named& one, const std::vector<Named>& left_out) {
    const bool apart = std::none_of(left_out.begin(), left_out.end(), [&](const Named& n) { return may_meet(n.pattern, one.pattern); });
    if (apart) return Truth::Yes;
    return covered(one.pattern, patterns_of(left_out), symbols_) == Truth::Yes ? Truth::No : Truth::Maybe;
  }

  /// A statement about all but some (or one without the element, as trust has no resources).
  Truth all_but(const Statements& all, const Statement& s, const Side3& side) {
    Truth best = Truth::No;
    for (const Statement* t : all) {
      const auto& list = t->*(side.list);
      if (t->*(side.is_not)) {
        if (!(s.*(side.is_not))) continue;
        const auto patterns = patterns_of(s.*(side.list));
        Truth left_out = Truth::Yes;
        for (const Named& n : list) left_out = std::min(left_out, covered(n.pattern, patterns, symbols_));
        best = std::max(best, left_out);
      } else if (list.empty()) {
        best = std::max(best, s.*(side.is_not) ? Truth::Maybe : Truth::Yes);
      } else if (std::any_of(list.begin(), list.end(), [](const Named& n) { return is_everything(n.pattern); })) {
        best = Truth::Yes;
      } else {
        best = std::max(best, Truth::Maybe);
      }
    }
    return best;
  }

  Truth remembered(const Named& one, const std::vector<const Pattern*>& wide) {
    const auto [at, fresh] = covered_.emplace(std::pair(&one, wide), Truth::No);
    if (fresh) at->second = covered(one.pattern, wide, symbols_);
    return at->second;
  }

  const Symbols& symbols_;
  std::map<std::pair<const Statement*, const Statement*>, Truth> tests_;
  std::map<std::pair<const Named*, std::vector<const Pattern*>>, Truth> covered_;
};

std::vector<Atom> atoms_of(const Statement& s) {
  if (!s.opaque.empty()) return {{&s, nullptr, nullptr, nullptr}};
  std::vector<const Named*> actions, resources;
  std::vector<const Principal*> principals;
  if (!s.not_actions) for (const Named& n : s.actions) actions.push_back(&n);
  if (!s.not_resources) for (const Named& n : s.resources) resources.push_back(&n);
  if (!s.not_principals) for (const Principal& p : s.principals) principals.push_back(&p);
  if (actions.empty()) actions.push_back(nullptr);
  if (resources.empty()) resources.push_back(nullptr);
  if (principals.empty()) principals.push_back(nullptr);
  std::vector<Atom> out;
  for (const Principal* p : principals) {
    for (const Named* r : resources) {
      for (const Named* a : actions) out.push_back({&s, a, r, p});
    }
  }
  return out;
}

std::string line(char sign, const Scope& scope, const std::vector<Atom>& atoms) {
  const Statement& s = *atoms[0].statement;
  std::vector<const Named*> actions, resources;
  std::vector<const Principal*> principals;
  const auto add = [](auto& list, const auto* one) {
    if (one != nullptr && std::find(list.begin(), list.end(), one) == list.end()) list.push_back(one);
  };
  for (const Atom& a : atoms) {
    add(actions, a.action);
    add(resources, a.resource);
    add(principals, a.principal);
  }
  if (s.not_actions) for (const Named& n : s.actions) actions.push_back(&n);
  if (s.not_resources) for (const Named& n : s.resources) resources.push_back(&n);
  if (s.not_principals) for (const Principal& p : s.principals) principals.push_back(&p);
  return std::string(1, sign) + ' ' + shown(scope, s, actions, resources, principals);
}

/// Lines of what is left of each statement: one when it is a whole block of actions, resources and principals, else
/// one for each resource and principal.
void add_lines(char sign, const Scope& scope, const std::vector<Atom>& atoms, std::vector<std::string>& facts) {
  for (std::size_t begin = 0; begin < atoms.size();) {
    std::size_t end = begin;
    std::set<const void*> actions, resources, principals;
    for (; end < atoms.size() && atoms[end].statement == atoms[begin].statement; ++end) {
      actions.insert(atoms[end].action);
      resources.insert(atoms[end].resource);
      principals.insert(atoms[end].principal);
    }
    if (end - begin == actions.size() * resources.size() * principals.size()) {
      facts.push_back(line(sign, scope, {atoms.begin() + static_cast<std::ptrdiff_t>(begin), atoms.begin() + static_cast<std::ptrdiff_t>(end)}));
    } else {
      for (std::size_t from = begin; from < end;) {
        std::size_t to = from;
        while (to < end && atoms[to].resource == atoms[from].resource && atoms[to].principal == atoms[from].principal) ++to;
        facts.push_back(line(sign, scope, {atoms.begin() + static_cast<std::ptrdiff_t>(from), atoms.begin() + static_cast<std::ptrdiff_t>(to)}));
        from = to;
      }
    }
    begin = end;
  }
}

bool same_statement(const Statement& a, const Statement& b) {
  return a.deny == b.deny && a.opaque == b.opaque && a.not_actions == b.not_actions && a.not_resources == b.not_resources &&
         a.not_principals == b.not_principals && a.when.facts == b.when.facts && same_lists(a.actions, b.actions) &&
         same_lists(a.resources, b.resources) && same_principals(a.principals, b.principals) &&
         a.tests.size() == b.tests.size() &&
         std::equal(a.tests.begin(), a.tests.end(), b.tests.begin(), [](const Test& x, const Test& y) {
           return x.op == y.op && x.if_exists == y.if_exists && x.key == y.key && same_lists(x.values, y.values);
         });
}

class Comparison {
 public:
  explicit Comparison(const PolicyChange& c) : c_(c), covering_(c.scope_after.symbols()) {}

  Verdict run() {
    const std::vector<Atom> more = missing(c_.after, c_.before), less = missing(c_.before, c_.after);
    if (too_many_) {
      verdict_.gained_maybe = true;
      return verdict_;
    }
    Statements gone, come;
    for (const Atom& a : less) if (gone.empty() || gone.back() != a.statement) gone.push_back(a.statement);
    for (const Atom& a : more) if (come.empty() || come.back() != a.statement) come.push_back(a.statement);
    std::vector<Atom> shown_more, shown_less;
    for (const Atom& a : more) judge(a, c_.before, gone, true, shown_more);
    for (const Atom& a : less) judge(a, c_.after, come, false, shown_less);
    add_lines('+', c_.scope_after, shown_more, verdict_.facts);
    add_lines('-', c_.scope_before, shown_less, verdict_.facts);
    return verdict_;
  }

 private:
  std::vector<Atom> missing(const std::vector<Statement>& these, const std::vector<Statement>& those) {
    std::vector<Atom> out;
    std::size_t count = 0;
    for (const Statement& s : these) {
      if (std::any_of(those.begin(), those.end(), [&](const Statement& t) { return same_statement(s, t); })) continue;
      if (count += std::max<std::size_t>(1, s.actions.size()) * std::max<std::size_t>(1, s.resources.size()) *
                   std::max<std::size_t>(1, s.principals.size());
          count > kMaxAtoms) {
        too_many_ = true;
        return {};
      }
      for (const Atom& a : atoms_of(s)) {
        if (covering_.covers(those, {}, a) != Truth::Yes) out.push_back(a);
      }
    }
    return out;
  }

  /// What is allowed after and was not is more, and so is what was denied and is no longer.
  void judge(const Atom& a, const std::vector<Statement>& others, const Statements& candidates, bool is_after,
             std::vector<Atom>& shown) {
    const bool more = is_after != a.statement->deny;
    if (more && is_after && c_.counts && !c_.counts(a)) return;
    if (!a.statement->deny && denied(a, is_after ? c_.after : c_.before)) return;
    const Truth held = covering_.covers(others, candidates, a);
    shown.push_back(a);
    const bool opaque = !a.statement->opaque.empty();
    if (more) {
      (held == Truth::No && (!opaque || a.statement->surely_allows) ? verdict_.gained : verdict_.gained_maybe) = true;
    } else if (held == Truth::No) {
      verdict_.lost = true;
    }
    // What cannot be read may have denied what something else still allows.
    if (!more && opaque && a.statement->may_deny && !c_.after.empty()) verdict_.gained_maybe = true;
  }

  /// Is what the atom allows denied on the same side, whatever it is?
  bool denied(const Atom& a, const std::vector<Statement>& same_side) {
    Statement as_deny = *a.statement;
    as_deny.deny = true;
    if (!as_deny.opaque.empty()) return false;
    Atom copy = a;
    copy.statement = &as_deny;
    Covering fresh(c_.scope_after.symbols());
    return std::any_of(same_side.begin(), same_side.end(), [](const Statement& s) { return s.deny; }) &&
           fresh.covers(same_side, {}, copy) == Truth::Yes;
  }

  const PolicyChange& c_;
  Covering covering_;
  Verdict verdict_;
  bool too_many_ = false;
};

}  // namespace

Verdict compare_policies(const PolicyChange& change) { return Comparison(change).run(); }

}  // namespace stackc::diff

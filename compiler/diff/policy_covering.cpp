#include "compiler/diff/policy_covering.hpp"

#include <algorithm>

namespace stackc::diff {
namespace {

constexpr int kMaxSplits = 5;  // of conditions of the template, one inside the other

constexpr Element kActions{&Statement::actions, &Statement::not_actions, &Atom::action};
constexpr Element kResources{&Statement::resources, &Statement::not_resources, &Atom::resource};

std::vector<const Pattern*> patterns_of(const std::vector<Named>& names) {
  std::vector<const Pattern*> out;
  for (const Named& n : names) out.push_back(&n.pattern);
  return out;
}

}  // namespace

bool same_lists(const std::vector<Named>& a, const std::vector<Named>& b) {
  return a.size() == b.size() &&
         std::is_permutation(a.begin(), a.end(), b.begin(),
                             [](const Named& x, const Named& y) { return x.pattern == y.pattern; });
}

bool same_principals(const std::vector<Principal>& a, const std::vector<Principal>& b) {
  return a.size() == b.size() &&
         std::is_permutation(a.begin(), a.end(), b.begin(), [](const Principal& x, const Principal& y) {
           return x.kind == y.kind && x.text == y.text;
         });
}

Truth Covering::covers(const std::vector<Statement>& all, const Statements& maybe, const Atom& atom) {
  const Statement& s = *atom.statement;
  if (surely(all, atom, s.when, 0)) return Truth::Yes;
  Statements possible;
  for (const Statement* t : maybe) {
    if (t->deny != s.deny) continue;
    if (!t->opaque.empty() || !s.opaque.empty()) return Truth::Maybe;
    if (around(*t, atom) != Truth::No) possible.push_back(t);
  }
  if (!s.opaque.empty()) return Truth::No;
  return may_both(possible, atom, kResources, kActions) && may_both(possible, atom, kActions, kResources)
             ? Truth::Maybe
             : Truth::No;
}

bool Covering::surely(const std::vector<Statement>& all, const Atom& atom, const Case& when, int depth) {
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
      if (t.opaque_key == s.opaque_key || (!s.opaque.empty() && allows_all(t))) return true;
    } else if (around(t, atom) == Truth::Yes) {
      sure.push_back(&t);
    }
  }
  if (s.opaque.empty() && (both(sure, atom, kResources, kActions) || both(sure, atom, kActions, kResources)))
    return true;
  if (open == nullptr || depth == kMaxSplits) return false;
  for (const bool truth : {true, false}) {
    Case next = when;
    next.facts.push_back(open->as(truth));
    if (!surely(all, atom, next, depth + 1)) return false;
  }
  return true;
}

bool Covering::allows_all(const Statement& t) {
  const auto everything = [](const Named& n) { return is_everything(n.pattern); };
  return !t.deny && t.opaque.empty() && t.tests.empty() && t.principals.empty() && !t.not_principals &&
         !t.not_actions && !t.not_resources && std::any_of(t.actions.begin(), t.actions.end(), everything) &&
         std::any_of(t.resources.begin(), t.resources.end(), everything);
}

Truth Covering::around(const Statement& t, const Atom& atom) {
  const Truth who = principal(t, atom);
  if (who == Truth::No) return who;
  return std::min(who, tests(t, *atom.statement));
}

Truth Covering::tests(const Statement& t, const Statement& s) {
  const auto [at, fresh] = tests_.emplace(std::pair(&s, &t), Truth::No);
  if (fresh) at->second = tests_imply(s.tests, t.tests, symbols_);
  return at->second;
}

Truth Covering::principal(const Statement& t, const Atom& atom) const {
  const Statement& s = *atom.statement;
  if (s.not_principals) {
    if (!t.not_principals) {
      const bool everyone = std::any_of(t.principals.begin(), t.principals.end(),
                                        [](const Principal& p) { return p.kind == "*"; });
      return everyone ? Truth::Yes : Truth::Maybe;
    }
    // Who is left out there has to be left out here.
    Truth all = Truth::Yes;
    for (const Principal& out : t.principals) {
      Truth best = Truth::No;
      for (const Principal& p : s.principals) best = std::max(best, holds(p, out));
      all = std::min(all, best);
    }
    return all;
  }
  if (t.not_principals) {
    if (atom.principal == nullptr) return Truth::Maybe;
    Truth apart = Truth::Yes;
    for (const Principal& out : t.principals) {
      if (holds(out, *atom.principal) == Truth::Yes) return Truth::No;
      if (holds(out, *atom.principal) != Truth::No || holds(*atom.principal, out) != Truth::No)
        apart = Truth::Maybe;
    }
    return apart;
  }
  if (atom.principal == nullptr) return t.principals.empty() ? Truth::Yes : Truth::Maybe;
  Truth best = Truth::No;
  for (const Principal& p : t.principals) best = std::max(best, holds(p, *atom.principal));
  return best;
}

Truth Covering::holds(const Principal& wide, const Principal& narrow) const {
  if (wide.kind == "*") return Truth::Yes;
  if (wide.kind != narrow.kind) return Truth::No;
  if (wide.text == narrow.text) return Truth::Yes;
  const Pattern a = pattern(narrow.text, Wild::None, symbols_), b = pattern(wide.text, Wild::None, symbols_);
  const Pattern* one = &b;
  // An account trusts its own: who of it may do something, another policy says.
  if (ends_with_root(wide.text) && narrow.kind == "AWS") return Truth::Maybe;
  return covered(a, {&one, 1}, symbols_);
}

bool Covering::ends_with_root(const Text& text) {
  return !text.pieces.empty() && text.pieces.back().literal() && text.pieces.back().text.ends_with(":root");
}

bool Covering::both(const Statements& sure, const Atom& atom, const Element& first, const Element& second) {
  Statements held;
  for (const Statement* t : sure) {
    if (together({t}, atom, first) == Truth::Yes) held.push_back(t);
  }
  return !held.empty() && together(held, atom, second) == Truth::Yes;
}

bool Covering::may_both(const Statements& possible, const Atom& atom, const Element& first,
                        const Element& second) {
  Statements met;
  for (const Statement* t : possible) {
    const Named* one = atom.*(first.one);
    const auto& list = t->*(first.list);
    const bool meets = one == nullptr || t->*(first.is_not) || list.empty() ||
                       std::any_of(list.begin(), list.end(),
                                   [&](const Named& n) { return may_meet(n.pattern, one->pattern); });
    if (meets) met.push_back(t);
  }
  return !met.empty() && together(met, atom, second) != Truth::No;
}

Truth Covering::together(const Statements& all, const Atom& atom, const Element& side) {
  const Statement& s = *atom.statement;
  const Named* one = atom.*(side.one);
  if (one == nullptr) return all_but(all, s, side);
  std::vector<const Pattern*> wide;
  Truth best = Truth::No;
  for (const Statement* t : all) {
    const auto& list = t->*(side.list);
    if (t->*(side.is_not))
      best = std::max(best, outside(*one, list));
    else
      for (const Named& n : list) wide.push_back(&n.pattern);
  }
  return best == Truth::Yes || wide.empty() ? best : std::max(best, remembered(*one, wide));
}

Truth Covering::outside(const Named& one, const std::vector<Named>& left_out) {
  const bool apart = std::none_of(left_out.begin(), left_out.end(),
                                  [&](const Named& n) { return may_meet(n.pattern, one.pattern); });
  if (apart) return Truth::Yes;
  return covered(one.pattern, patterns_of(left_out), symbols_) == Truth::Yes ? Truth::No : Truth::Maybe;
}

Truth Covering::all_but(const Statements& all, const Statement& s, const Element& side) {
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
    } else if (std::any_of(list.begin(), list.end(),
                           [](const Named& n) { return is_everything(n.pattern); })) {
      best = Truth::Yes;
    } else {
      best = std::max(best, Truth::Maybe);
    }
  }
  return best;
}

Truth Covering::remembered(const Named& one, const std::vector<const Pattern*>& wide) {
  const auto [at, fresh] = covered_.emplace(std::pair(&one, wide), Truth::No);
  if (fresh) at->second = covered(one.pattern, wide, symbols_);
  return at->second;
}

}  // namespace stackc::diff

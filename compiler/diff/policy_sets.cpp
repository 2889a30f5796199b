#include "compiler/diff/policy_sets.hpp"

#include <algorithm>
#include <set>

#include "compiler/diff/policy_covering.hpp"

namespace stackc::diff {
namespace {

constexpr std::size_t kMaxAtoms = 4000;  // of one side; beyond, nobody is told more than that it changed

std::vector<Atom> atoms_of(const Statement& s) {
  if (!s.opaque.empty()) return {{&s, nullptr, nullptr, nullptr}};
  std::vector<const Named*> actions, resources;
  std::vector<const Principal*> principals;
  if (!s.not_actions)
    for (const Named& n : s.actions) actions.push_back(&n);
  if (!s.not_resources)
    for (const Named& n : s.resources) resources.push_back(&n);
  if (!s.not_principals)
    for (const Principal& p : s.principals) principals.push_back(&p);
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
  if (s.not_actions)
    for (const Named& n : s.actions) actions.push_back(&n);
  if (s.not_resources)
    for (const Named& n : s.resources) resources.push_back(&n);
  if (s.not_principals)
    for (const Principal& p : s.principals) principals.push_back(&p);
  return std::string(1, sign) + ' ' + shown(scope, s, actions, resources, principals);
}

/// Lines of what is left of each statement: one when it is a whole block of actions, resources and
/// principals, else one for each resource and principal.
void add_lines(char sign, const Scope& scope, const std::vector<Atom>& atoms,
               std::vector<std::string>& facts) {
  for (std::size_t begin = 0; begin < atoms.size();) {
    std::size_t end = begin;
    std::set<const void*> actions, resources, principals;
    for (; end < atoms.size() && atoms[end].statement == atoms[begin].statement; ++end) {
      actions.insert(atoms[end].action);
      resources.insert(atoms[end].resource);
      principals.insert(atoms[end].principal);
    }
    if (end - begin == actions.size() * resources.size() * principals.size()) {
      facts.push_back(line(sign, scope,
                           {atoms.begin() + static_cast<std::ptrdiff_t>(begin),
                            atoms.begin() + static_cast<std::ptrdiff_t>(end)}));
    } else {
      for (std::size_t from = begin; from < end;) {
        std::size_t to = from;
        while (to < end && atoms[to].resource == atoms[from].resource &&
               atoms[to].principal == atoms[from].principal)
          ++to;
        facts.push_back(line(sign, scope,
                             {atoms.begin() + static_cast<std::ptrdiff_t>(from),
                              atoms.begin() + static_cast<std::ptrdiff_t>(to)}));
        from = to;
      }
    }
    begin = end;
  }
}

bool same_statement(const Statement& a, const Statement& b) {
  return a.deny == b.deny && a.opaque_key == b.opaque_key && a.not_actions == b.not_actions &&
         a.not_resources == b.not_resources && a.not_principals == b.not_principals &&
         a.when.facts == b.when.facts && same_lists(a.actions, b.actions) &&
         same_lists(a.resources, b.resources) && same_principals(a.principals, b.principals) &&
         a.tests.size() == b.tests.size() &&
         std::equal(a.tests.begin(), a.tests.end(), b.tests.begin(), [](const Test& x, const Test& y) {
           return x.op == y.op && x.if_exists == y.if_exists && x.key == y.key &&
                  same_lists(x.values, y.values);
         });
}

class Comparison {
 public:
  explicit Comparison(const PolicyChange& c) : c_(c), covering_(c.scope_after.symbols()) {}

  Verdict run() {
    const std::vector<Atom> more = missing(c_.after, c_.before, false),
                            less = missing(c_.before, c_.after, true);
    if (too_many_) {
      verdict_.gained_maybe = true;
      return verdict_;
    }
    Statements gone, come;
    for (const Atom& a : less)
      if (gone.empty() || gone.back() != a.statement) gone.push_back(a.statement);
    for (const Atom& a : more)
      if (come.empty() || come.back() != a.statement) come.push_back(a.statement);
    std::vector<Atom> shown_more, shown_less;
    for (const Atom& a : more) judge(a, c_.before, gone, true, shown_more);
    for (const Atom& a : less) judge(a, c_.after, come, false, shown_less);
    add_lines('+', c_.scope_after, shown_more, verdict_.facts);
    add_lines('-', c_.scope_before, shown_less, verdict_.facts);
    return verdict_;
  }

 private:
  /// `go`: they are those before; one that cannot be read may have denied what is allowed anyway.
  std::vector<Atom> missing(const std::vector<Statement>& these, const std::vector<Statement>& those,
                            bool go) {
    std::vector<Atom> out;
    std::size_t count = 0;
    for (const Statement& s : these) {
      if (std::any_of(those.begin(), those.end(), [&](const Statement& t) { return same_statement(s, t); }))
        continue;
      if (count += std::max<std::size_t>(1, s.actions.size()) * std::max<std::size_t>(1, s.resources.size()) *
                   std::max<std::size_t>(1, s.principals.size());
          count > kMaxAtoms) {
        too_many_ = true;
        return {};
      }
      for (const Atom& a : atoms_of(s)) {
        const bool denial_goes = go && !s.opaque.empty() && s.may_deny;
        if (denial_goes || covering_.covers(those, {}, a) != Truth::Yes) out.push_back(a);
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
      const bool sure = held == Truth::No && (!opaque || a.statement->surely_allows) &&
                        (!a.statement->deny || may_count(a));
      (sure ? verdict_.gained : verdict_.gained_maybe) = true;
    } else if (held == Truth::No) {
      verdict_.lost = true;
    }
    // What cannot be read may have denied what something else still allows.
    if (!more && opaque && a.statement->may_deny && !c_.after.empty()) verdict_.gained_maybe = true;
  }

  /// Does something allow after what was denied? An identity whose policies allow none of it here may have it
  /// from elsewhere; what a resource denied, its users' own policies allow.
  bool may_count(const Atom& denial) const {
    if (denial.principal != nullptr || denial.statement->not_principals) return true;
    const auto meets = [](const Named* one, const std::vector<Named>& list, bool is_not) {
      return one == nullptr || is_not || list.empty() ||
             std::any_of(list.begin(), list.end(),
                         [&](const Named& n) { return may_meet(n.pattern, one->pattern); });
    };
    const Case& when = denial.statement->when;
    return std::any_of(c_.after.begin(), c_.after.end(), [&](const Statement& t) {
      const bool together = when.implies(t.when) || when.undecided_of(t.when) != nullptr;
      return !t.deny && together &&
             (!t.opaque.empty() || (meets(denial.action, t.actions, t.not_actions) &&
                                    meets(denial.resource, t.resources, t.not_resources)));
    });
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

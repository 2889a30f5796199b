#include "compiler/diff/traffic_sets.hpp"

#include <algorithm>

#include "compiler/base/text.hpp"

namespace stackc::diff {
namespace {

constexpr int kMaxSplits = 4;  // of conditions of the template, one inside the other

/// Is it there whichever way the conditions of the template turn out?
bool in_both_cases(const Flow& f, const std::vector<Flow>& those, bool cover, int depth) {
  if (without(f, those, cover).empty()) return true;
  const Case::Fact* open = nullptr;
  for (const Flow& t : those) {
    if (open == nullptr) open = f.when.undecided_of(t.when);
  }
  if (open == nullptr || depth == kMaxSplits) return false;
  Flow yes = f, no = f;
  yes.when.facts.push_back(open->as(true));
  no.when.facts.push_back(open->as(false));
  return in_both_cases(yes, those, cover, depth + 1) && in_both_cases(no, those, cover, depth + 1);
}

/// A rule, and what of it is not on the other side.
struct Rest {
  const Flow* rule;
  std::vector<Flow> pieces;
};

/// What is in `these` and not in `those`, in the order of the rules.
std::vector<Rest> missing(const std::vector<Flow>& these, const std::vector<Flow>& those) {
  const auto everything = [&](bool v6) {
    return std::any_of(those.begin(), those.end(),
                       [&](const Flow& f) { return f.peer.v6 == v6 && is_internet(f.peer); });
  };
  // A group's members have addresses, of either family.
  const bool cover = everything(false) && everything(true);
  std::vector<Rest> out;
  for (const Flow& f : these) {
    std::vector<Flow> left = without(f, those, cover);
    if (!left.empty() && !in_both_cases(f, those, cover, 0)) out.push_back({&f, std::move(left)});
  }
  return out;
}

bool made_here(const Symbols& symbols, const Peer& p) {
  return p.kind == Peer::Kind::Group && p.name.pieces.size() == 1 && !p.name.literal() &&
         !symbols[p.name.pieces[0].symbol].resource.empty();
}

/// Might one of `gone` have been what `f` is? Names may stand for the addresses that stand there now, and a
/// group's members have addresses.
bool may_be_replaced(const Symbols& symbols, const Flow& f, const std::vector<Rest>& gone) {
  const auto may_be = [&](const Flow& g) {
    const bool named = f.peer.kind != Peer::Kind::Addresses || g.peer.kind != Peer::Kind::Addresses ||
                       !f.ports.named.empty() || !g.ports.named.empty() || !f.when.implies(g.when);
    // Two groups of one template are never the same; one that a parameter gives may be any.
    const bool two_groups = made_here(symbols, f.peer) && made_here(symbols, g.peer) && !(f.peer == g.peer);
    return named && !two_groups && may_share(f, g);
  };
  return std::any_of(gone.begin(), gone.end(), [&](const Rest& rest) {
    return std::any_of(rest.pieces.begin(), rest.pieces.end(), may_be);
  });
}

bool is_short(const Flow& f) {
  return f.peer.kind != Peer::Kind::Addresses || f.peer.range.blocks(1).size() == 1;
}

/// One line when the rest is one block, or the rule with few blocks taken out of it; else a line a block.
void add_lines(char sign, const Rest& rest, const Scope& scope, const std::vector<Flow>& others,
               const Scope& other_scope, std::vector<std::string>& facts) {
  const Flow& rule = *rest.rule;
  if (rest.pieces.size() > 1 || !is_short(rest.pieces[0])) {
    std::vector<std::string> taken;
    for (const Flow& o : others) {
      const std::vector<Flow> left = without(rule, {o}, false);
      if (left.size() != 1 || !(left[0].peer == rule.peer) || !(left[0].ports == rule.ports))
        taken.push_back(o.str(other_scope));
    }
    constexpr std::size_t kFew = 3;
    if (!taken.empty() && taken.size() <= kFew) {
      facts.push_back(fmt::format("{} {} except {}", sign, rule.str(scope), fmt::join(taken, " and ")));
      return;
    }
  }
  for (const Flow& f : rest.pieces) facts.push_back(fmt::format("{} {}", sign, f.str(scope)));
}

}  // namespace

std::string newly_open(const FlowChange& c) {
  std::vector<std::string> ports;
  for (const Rest& rest : missing(c.after, c.before)) {
    const Flow& rule = *rest.rule;
    const bool open = is_internet(rule.peer) && rule.ports.named.empty() && rule.when.facts.empty();
    std::string said = shown(rule.ports);
    if (open && std::find(ports.begin(), ports.end(), said) == ports.end()) ports.push_back(std::move(said));
  }
  constexpr std::size_t kFew = 3;
  if (ports.size() > kFew) return "several ports";
  return fmt::format("{}", fmt::join(ports, " and "));
}

Verdict compare_flows(const FlowChange& c) {
  Verdict v;
  const std::vector<Rest> more = missing(c.after, c.before), less = missing(c.before, c.after);
  for (const Rest& rest : more) {
    for (const Flow& f : rest.pieces) {
      // From all addresses to everything is more whatever else went.
      const bool sure = is_internet(f.peer) && f.whole && f.ports.named.empty() && f.when.facts.empty();
      (!sure && may_be_replaced(c.scope_after.symbols(), f, less) ? v.gained_maybe : v.gained) = true;
    }
    add_lines('+', rest, c.scope_after, c.before, c.scope_before, v.facts);
  }
  v.lost = !less.empty();
  for (const Rest& rest : less) add_lines('-', rest, c.scope_before, c.after, c.scope_after, v.facts);
  return v;
}

}  // namespace stackc::diff

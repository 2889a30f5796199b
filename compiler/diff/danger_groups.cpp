#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/diff/group_rules.hpp"
#include "compiler/diff/traffic_sets.hpp"

// What security groups let in and out.
namespace stackc::diff {
namespace {

Verdict compare(const Search& s, const Rules& before, const Rules& after) {
  Verdict v = compare_flows({before.flows, after.flows, s.before, s.after});
  if (before.unclear || after.unclear) {
    v.gained_maybe = true;
    v.gained = v.gained && !before.unclear;
  }
  return v;
}

/// `open`: the ports on which it lets in everybody from now on; empty: none.
void say(Search& s, const Group& g, Verdict v, bool in, const std::string& open = {}) {
  if (v.nothing()) return;
  std::string_view form;
  switch (v.kind()) {
    case DangerKind::SecurityWidening:
      form = in ? "`{}` lets more in" : "`{}` lets more out";
      break;
    case DangerKind::SecurityNarrowing:
      form = in ? "`{}` lets less in" : "`{}` lets less out";
      break;
    default:
      form = in ? "what `{}` lets in changes, and the templates do not say whether it is more"
                : "what `{}` lets out changes, and the templates do not say whether it is more";
  }
  const ir::Resource* r = s.after.resource(g.id);
  if (r == nullptr) r = s.after.resource(g.rule_id);
  if (r == nullptr) r = s.before.renamed_resource(g.rule_id);
  std::string message = fmt::format(fmt::runtime(form), g.shown);
  if (in && v.gained && !open.empty()) message = fmt::format("`{}` lets everybody in on {}", g.shown, open);
  Danger& d = s.add(v.kind(), r == nullptr ? std::string_view{} : r->id, std::move(message));
  d.facts = shortened(std::move(v.facts));
}

/// A group that is new lets nobody reach what was there; that the internet reaches it is worth saying.
void created(Search& s, const Group& g) {
  Verdict v;
  for (const Flow& f : g.in.flows) {
    if (!is_public(f.peer)) continue;
    v.gained = true;
    v.facts.push_back("+ " + f.str(s.after));
  }
  if (!v.gained) return;
  const ir::Resource* r = s.after.resource(g.id);
  Danger& d = s.add(DangerKind::SecurityWidening, r->id,
                    fmt::format("`{}` is new, and lets in public addresses", g.shown));
  d.facts = shortened(std::move(v.facts));
}

}  // namespace

void find_groups(Search& s) {
  const bool any = std::any_of(s.diff.resources.begin(), s.diff.resources.end(), [](const ResourceChange& r) {
    return r.type.starts_with("AWS::EC2::SecurityGroup");
  });
  if (!any) return;
  const Groups before = groups_of(s, s.before), after = groups_of(s, s.after);
  const Group none;
  for (const auto& [key, g] : after) {
    const auto at = before.find(key);
    const Group& old = at == before.end() ? none : at->second;
    if (!g.changed && !old.changed) continue;
    if (!g.id.empty() && !s.existed(g.id)) {
      created(s, g);
      continue;
    }
    say(s, g, compare(s, old.in, g.in), true, newly_open({old.in.flows, g.in.flows, s.before, s.after}));
    // Without rules of its own an existing group keeps what AWS made, and when it had some it lets nothing
    // out; AWS takes its own rule back when the first one is added beside the group, or does not.
    Rules out = g.out;
    if (out.from_aws && !old.out.from_aws && at != before.end()) out = {};
    Verdict v = compare(s, old.out, out);
    if (v.kind() == DangerKind::SecurityNarrowing && !v.nothing() && old.out.from_aws && g.changed &&
        !s.changed(g.id)) {
      v.gained_maybe = true;
    }
    say(s, g, std::move(v), false);
  }
  for (const auto& [key, g] : before) {
    const bool goes = !g.id.empty() && !s.exists(g.id);
    if (after.contains(key) || goes || !g.changed) continue;
    say(s, g, compare(s, g.in, none.in), true);
    say(s, g, compare(s, g.out, none.out), false);
  }
}

}  // namespace stackc::diff

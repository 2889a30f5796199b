#include <algorithm>
#include <map>
#include <set>

#include "compiler/base/text.hpp"
#include "compiler/diff/danger_search.hpp"
#include "compiler/diff/traffic.hpp"

// Security groups: their own rules and those that stand beside them, together.
namespace stackc::diff {
namespace {

using ir::ValueRef;

struct Rules {
  std::vector<Flow> flows;
  bool unclear = false;   // a function makes some of them
  bool from_aws = false;  // the group has no rule of its own, so that AWS made one
};

struct Group {
  std::string shown;
  std::string id;       // in the new side; empty: it stands elsewhere
  std::string rule_id;  // of a resource that says a rule
  Rules in, out;
  bool changed = false;
};
using Groups = std::map<std::string, Group>;

class Collector {
 public:
  Collector(const Search& s, const Scope& scope) : s_(s), scope_(scope) {}

  Groups run() {
    for (const ir::Resource& r : scope_.tmpl().resources) {
      if (!r.type.starts_with("AWS::EC2::SecurityGroup") || r.properties == nullptr) continue;
      const auto when = scope_.existence(r);
      if (!when) continue;
      const std::string_view kind = r.type.substr(23);
      if (kind.empty())
        group(r, *when);
      else if (kind == "Ingress" || kind == "Egress")
        rule(r, *when, kind == "Ingress");
    }
    for (auto& [key, g] : groups_) without_egress(g);
    return std::move(groups_);
  }

 private:
  void group(const ir::Resource& r, const Case& when) {
    Group& g = groups_[fmt::format("resource {}", scope_.new_id(r.id))];
    g.shown = g.id = scope_.new_id(r.id);
    g.changed = g.changed || s_.changed(g.id);
    for (const bool in : {true, false}) {
      const ValueRef list =
          scope_.member(r.properties, in ? "SecurityGroupIngress" : "SecurityGroupEgress", when);
      for (const Entry& e : scope_.entries(list, when)) flow(g, e.value, e.when, in, e.unclear);
    }
  }

  void rule(const ir::Resource& r, const Case& when, bool in) {
    const auto* object = r.properties->get_if<ir::Object>();
    ValueRef of = object == nullptr ? nullptr : object->find("GroupId");
    if (of == nullptr && object != nullptr) of = object->find("GroupName");
    if (of == nullptr) return;
    for (const Entry& e : scope_.cases(of, when)) {
      const std::string_view id = scope_.named_resource(e.value, e.when);
      const Text name = scope_.text(e.value, e.when);
      Group& g = groups_[id.empty() ? scope_.key(name) : fmt::format("resource {}", id)];
      g.shown = id.empty() ? scope_.shown(name) : std::string(id);
      g.id = id;
      g.rule_id = scope_.new_id(r.id);
      g.changed = g.changed || s_.changed(g.rule_id);
      for (const Entry& inner : scope_.cases(r.properties, e.when))
        flow(g, inner.value, inner.when, in, inner.unclear);
    }
  }

  void flow(Group& g, ValueRef v, const Case& when, bool in, bool unclear) {
    Rules& rules = in ? g.in : g.out;
    const auto* object = v->get_if<ir::Object>();
    const auto peer = unclear || object == nullptr ? std::nullopt : peer_of(*object, when, in);
    if (!peer) {
      rules.unclear = true;
      return;
    }
    const auto word = [&](std::string_view key) {
      const ValueRef inner = scope_.member(v, key, when);
      return inner == nullptr ? std::string() : scope_.shown(scope_.text(inner, when));
    };
    Flow f;
    f.peer = *peer;
    f.ports = Ports::of(word("IpProtocol"), word("FromPort"), word("ToPort"));
    f.when = when;
    f.origin = v->origin;
    f.shown = fmt::format("{} {}", shown(scope_, f.peer), shown(f.ports));
    rules.flows.push_back(std::move(f));
  }

  std::optional<Peer> peer_of(const ir::Object& rule, const Case& when, bool in) const {
    Peer p;
    const auto find = [&](std::string_view key) {
      const ValueRef v = rule.find(key);
      return v == nullptr ? nullptr : scope_.settled(v, when);
    };
    ValueRef v = nullptr;
    if ((v = find("CidrIp")) != nullptr || (v = find("CidrIpv6")) != nullptr) {
      p.v6 = find("CidrIp") == nullptr;
      p.name = scope_.text(v, when);
      p.kind = Peer::Kind::AddressesByName;
      const auto range = p.name.literal() ? Range::of_cidr(p.name.str()) : std::nullopt;
      if (range) p.kind = Peer::Kind::Addresses, p.range = *range, p.v6 = range->v6;
      return p;
    }
    const std::string_view groups[] = {in ? "SourceSecurityGroupId" : "DestinationSecurityGroupId",
                                       "SourceSecurityGroupName"};
    for (const std::string_view key : groups) {
      if ((v = find(key)) != nullptr) {
        p.kind = Peer::Kind::Group;
        p.name = scope_.text(v, when);
        return p;
      }
    }
    if ((v = find(in ? "SourcePrefixListId" : "DestinationPrefixListId")) == nullptr) return std::nullopt;
    p.kind = Peer::Kind::PrefixList;
    p.name = scope_.text(v, when);
    return p;
  }

  /// A group that is made without outgoing rules gets AWS's: everything.
  /// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ec2-securitygroup.html
  static void without_egress(Group& g) {
    if (g.id.empty() || g.out.unclear || !g.out.flows.empty()) return;
    g.out.from_aws = true;
    for (const std::string_view all : {"0.0.0.0/0", "::/0"}) {
      Flow f;
      f.peer.range = *Range::of_cidr(all);
      f.peer.v6 = f.peer.range.v6;
      f.shown = fmt::format("{} all protocols", all);
      g.out.flows.push_back(std::move(f));
    }
  }

  const Search& s_;
  const Scope& scope_;
  Groups groups_;
};

// ---------------------------------------------------------------- comparison

/// Is it there whichever way the conditions of the template turn out?
bool in_both_cases(const Flow& f, const std::vector<Flow>& those, bool cover, int depth) {
  if (without(f, those, cover).empty()) return true;
  const Case::Fact* open = nullptr;
  for (const Flow& t : those) {
    if (open == nullptr) open = f.when.undecided_of(t.when);
  }
  if (open == nullptr || depth == 4) return false;
  Flow yes = f, no = f;
  yes.when.facts.push_back({open->left, open->right, true});
  no.when.facts.push_back({open->left, open->right, false});
  return in_both_cases(yes, those, cover, depth + 1) && in_both_cases(no, those, cover, depth + 1);
}

/// What is in `these` and not in `those`, in the order of the rules.
std::vector<Flow> missing(const std::vector<Flow>& these, const std::vector<Flow>& those) {
  const auto everything = [&](bool v6) {
    return std::any_of(those.begin(), those.end(),
                       [&](const Flow& f) { return f.peer.v6 == v6 && is_internet(f.peer); });
  };
  // A group's members have addresses, of either family.
  const bool cover = everything(false) && everything(true);
  std::vector<Flow> out;
  for (const Flow& f : these) {
    std::vector<Flow> left = without(f, those, cover);
    if (!left.empty() && in_both_cases(f, those, cover, 0)) continue;
    for (Flow& flow : left) out.push_back(std::move(flow));
  }
  return out;
}

bool made_here(const Search& s, const Peer& p) {
  return p.kind == Peer::Kind::Group && p.name.pieces.size() == 1 && !p.name.literal() &&
         !s.symbols[p.name.pieces[0].symbol].resource.empty();
}

/// Might one of `gone` have been what `f` is? Names may stand for the addresses that stand there now, and a
/// group's members have addresses.
bool may_be_replaced(const Search& s, const Flow& f, const std::vector<Flow>& gone) {
  return std::any_of(gone.begin(), gone.end(), [&](const Flow& g) {
    const bool named = f.peer.kind != Peer::Kind::Addresses || g.peer.kind != Peer::Kind::Addresses ||
                       !f.ports.named.empty() || !g.ports.named.empty() || !f.when.implies(g.when);
    // Two groups of one template are never the same; one that a parameter gives may be any.
    const bool two_groups = made_here(s, f.peer) && made_here(s, g.peer) && !(f.peer == g.peer);
    return named && !two_groups && may_share(f, g);
  });
}

Verdict compare(const Search& s, const Rules& before, const Rules& after) {
  Verdict v;
  const std::vector<Flow> more = missing(after.flows, before.flows),
                          less = missing(before.flows, after.flows);
  for (const Flow& f : more) {
    // From all addresses to everything is more whatever else went.
    const bool sure = is_internet(f.peer) && f.whole && f.ports.named.empty() && f.when.facts.empty();
    (!sure && may_be_replaced(s, f, less) ? v.gained_maybe : v.gained) = true;
    v.facts.push_back("+ " + f.str(s.after));
  }
  for (const Flow& f : less) {
    v.lost = true;
    v.facts.push_back("- " + f.str(s.before));
  }
  if (before.unclear || after.unclear) {
    v.gained_maybe = true;
    v.gained = v.gained && !before.unclear;
  }
  return v;
}

void say(Search& s, const Group& g, Verdict v, bool in) {
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
  Danger& d =
      s.add(v.kind(), r == nullptr ? std::string_view{} : r->id, fmt::format(fmt::runtime(form), g.shown));
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
  const Groups before = Collector(s, s.before).run(), after = Collector(s, s.after).run();
  const Group none;
  for (const auto& [key, g] : after) {
    const auto at = before.find(key);
    const Group& old = at == before.end() ? none : at->second;
    if (!g.changed && !old.changed) continue;
    if (!g.id.empty() && !s.existed(g.id)) {
      created(s, g);
      continue;
    }
    say(s, g, compare(s, old.in, g.in), true);
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

#include <algorithm>
#include <functional>
#include <map>
#include <optional>

#include "compiler/base/text.hpp"
#include "compiler/diff/danger_search.hpp"
#include "compiler/diff/traffic_sets.hpp"

// Network ACLs: the first rule that fits decides, and what none fits is denied.
// https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html
namespace stackc::diff {
namespace {

using ir::ValueRef;

ValueRef member(const ir::Resource* r, std::string_view key) {
  const auto* object =
      r == nullptr || r->properties == nullptr ? nullptr : r->properties->get_if<ir::Object>();
  return object == nullptr ? nullptr : object->find(key);
}

/// By what the value names: a resource of the template by its ID in the new side (of a VPC its own ACL), else
/// its text.
std::string identity(const Scope& scope, ValueRef v, const Case& when = {}) {
  const std::string_view id = scope.named_resource(v, when);
  return id.empty() ? scope.key(scope.text(v, when)) : std::string(id);
}

struct AclRule {
  std::int64_t number = 0;
  bool allow = false;
  Flow flow;
};
struct Acl {
  std::string shown;
  std::vector<AclRule> in, out;
  bool unclear = false;  // a number or an action is not known
  bool changed = false;
};
using Acls = std::map<std::string, Acl>;

/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ec2-networkaclentry.html
std::optional<AclRule> rule_of(const Scope& scope, ValueRef v, const Case& when) {
  AclRule rule;
  const auto get = [&](std::string_view key) { return scope.member(v, key, when); };
  const auto word = [&](ValueRef inner) { return scope.text(inner, when); };
  const Text number = word(get("RuleNumber")), action = word(get("RuleAction"));
  if (!number.literal() || number.str().empty() || number.str().size() > 5) return std::nullopt;
  for (const char c : number.str()) {
    if (c < '0' || c > '9') return std::nullopt;
    rule.number = rule.number * 10 + (c - '0');
  }
  if (!action.literal() || (action.str() != "allow" && action.str() != "deny")) return std::nullopt;
  rule.allow = action.str() == "allow";
  const ValueRef block = get("CidrBlock") != nullptr ? get("CidrBlock") : get("Ipv6CidrBlock");
  Peer& peer = rule.flow.peer;
  peer.name = word(block);
  const auto range = peer.name.literal() ? Range::of_cidr(peer.name.str()) : std::nullopt;
  peer.v6 = get("CidrBlock") == nullptr;
  peer.kind = range ? Peer::Kind::Addresses : Peer::Kind::AddressesByName;
  if (range) peer.range = *range, peer.v6 = range->v6;
  const Text protocol = word(get("Protocol"));
  const bool icmp = protocol.literal() && (protocol.str() == "1" || protocol.str() == "58");
  const ValueRef ports = get(icmp ? "Icmp" : "PortRange");
  rule.flow.ports = Ports::of(scope, protocol, word(scope.member(ports, icmp ? "Type" : "From", when)),
                              word(scope.member(ports, icmp ? "Code" : "To", when)));
  rule.flow.when = when;
  rule.flow.shown = fmt::format("{} {}", shown(scope, peer), shown(rule.flow.ports));
  return rule;
}

/// What the ACL that a VPC is made with begins with.
/// https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html
std::vector<AclRule> everything() {
  std::vector<AclRule> out;
  for (const std::string_view all : {"0.0.0.0/0", "::/0"}) {
    AclRule& rule = out.emplace_back();
    rule.number = rule.flow.peer.v6 ? 101 : 100;
    rule.allow = true;
    rule.flow.peer.range = *Range::of_cidr(all);
    rule.flow.peer.v6 = rule.flow.peer.range.v6;
    rule.flow.shown = fmt::format("{} all protocols", all);
  }
  return out;
}

Acls acls_of(const Search& s, const Scope& scope) {
  Acls out;
  for (const ir::Resource& r : scope.tmpl().resources) {
    const bool own = r.type == "AWS::EC2::VPC";
    if (!own && r.type != "AWS::EC2::NetworkAcl") continue;
    Acl& acl = out[std::string(scope.new_id(r.id))];
    acl.shown = fmt::format("`{}`{}", scope.new_id(r.id), own ? "'s own ACL" : "");
    if (own) acl.in = acl.out = everything();
  }
  for (const ir::Resource& r : scope.tmpl().resources) {
    const auto when = r.type == "AWS::EC2::NetworkAclEntry" ? scope.existence(r) : std::nullopt;
    if (!when) continue;
    const ValueRef of = member(&r, "NetworkAclId");
    Acl& acl = out[identity(scope, of)];
    if (acl.shown.empty()) acl.shown = fmt::format("`{}`", scope.shown(scope.text(of)));
    acl.changed = acl.changed || s.changed(scope.new_id(r.id));
    for (const Entry& e : scope.cases(r.properties, *when)) {
      auto rule = e.unclear ? std::nullopt : rule_of(scope, e.value, e.when);
      const Text egress = scope.text(scope.member(e.value, "Egress", e.when), e.when);
      const bool known =
          egress.pieces.empty() || (egress.literal() && (egress.str() == "true" || egress.str() == "false"));
      if (!rule || !known)
        acl.unclear = true;
      else
        (egress.literal() && egress.str() == "true" ? acl.out : acl.in).push_back(std::move(*rule));
    }
  }
  return out;
}

/// What the rules let through. Nothing when a denial comes before that is not known well enough to be taken
/// off.
std::optional<std::vector<Flow>> allowed(std::vector<AclRule> rules) {
  std::stable_sort(rules.begin(), rules.end(),
                   [](const AclRule& a, const AclRule& b) { return a.number < b.number; });
  std::vector<Flow> out, denied;
  for (const AclRule& rule : rules) {
    if (!rule.allow) {
      denied.push_back(rule.flow);
      continue;
    }
    // A name may stand for anything; a denial under a condition holds under it.
    const bool unsure = std::any_of(denied.begin(), denied.end(), [&](const Flow& d) {
      const bool exact = d.peer.kind == Peer::Kind::Addresses && d.ports.named.empty() &&
                         rule.flow.peer.kind == Peer::Kind::Addresses && rule.flow.ports.named.empty();
      return may_share(d, rule.flow) && (!exact || !rule.flow.when.implies(d.when));
    });
    if (unsure) return std::nullopt;
    for (Flow& left : without(rule.flow, denied, false)) out.push_back(std::move(left));
  }
  return out;
}

bool same(const std::vector<AclRule>& a, const std::vector<AclRule>& b) {
  return a.size() == b.size() &&
         std::is_permutation(a.begin(), a.end(), b.begin(), [](const AclRule& x, const AclRule& y) {
           return x.number == y.number && x.allow == y.allow && x.flow.peer == y.flow.peer &&
                  x.flow.ports == y.flow.ports && x.flow.when.facts == y.flow.when.facts;
         });
}

Verdict compare(const Search& s, const std::vector<AclRule>& before, const std::vector<AclRule>& after,
                bool unclear) {
  Verdict v;
  if (same(before, after) && !unclear) return v;
  const auto was = allowed(before), will = allowed(after);
  if (was && will) v = compare_flows({*was, *will, s.before, s.after});
  v.gained_maybe = v.gained_maybe || unclear || !was || !will;
  if (unclear) v.gained = false;
  return v;
}

/// What is said of a kind and a way, `in` or `out`.
using Sentence = std::function<std::string(DangerKind, std::string_view)>;

void both_ways(Search& s, std::string_view id, const Acl& before, const Acl& after,
               const Sentence& sentence) {
  const bool unclear = before.unclear || after.unclear;
  for (const bool in : {true, false}) {
    const Verdict v =
        in ? compare(s, before.in, after.in, unclear) : compare(s, before.out, after.out, unclear);
    if (v.nothing()) continue;
    s.add(v.kind(), id, sentence(v.kind(), in ? "in" : "out")).facts = shortened(v.facts);
  }
}

std::string_view amount(DangerKind kind) { return kind == DangerKind::SecurityWidening ? "more" : "less"; }

bool is_new(const Search& s, const std::string& id) { return s.exists(id) && !s.existed(id); }
bool goes(const Search& s, const std::string& id) { return s.existed(id) && !s.exists(id); }

void rules(Search& s, const Acls& before, const Acls& after) {
  const Acl none;
  const auto one = [&](const std::string& id, const Acl& old, const Acl& now) {
    if (is_new(s, id) || goes(s, id) || (!now.changed && !old.changed)) return;
    const std::string& name = now.shown.empty() ? old.shown : now.shown;
    both_ways(s, id, old, now, [&](DangerKind kind, std::string_view way) {
      return kind == DangerKind::SecurityUnknown
                 ? fmt::format("what {} lets {} changes, and the templates do not say whether it is more",
                               name, way)
                 : fmt::format("{} lets {} {}", name, amount(kind), way);
    });
  };
  for (const auto& [id, now] : after) one(id, before.contains(id) ? before.at(id) : none, now);
  for (const auto& [id, old] : before) {
    if (!after.contains(id)) one(id, old, none);
  }
}

// ---------------------------------------------------------------- subnets

/// The ACL of each subnet; what has no association has its VPC's own.
std::map<std::string, std::string> users_of(const Scope& scope) {
  std::map<std::string, std::string> out;
  for (const ir::Resource& r : scope.tmpl().resources) {
    if (r.type == "AWS::EC2::Subnet")
      out.emplace(scope.new_id(r.id), identity(scope, member(&r, "VpcId")));
    else if (r.type == "AWS::EC2::SubnetNetworkAclAssociation" && scope.existence(r))
      out[identity(scope, member(&r, "SubnetId"))] = identity(scope, member(&r, "NetworkAclId"));
  }
  return out;
}

std::string name(const Acl& acl, const std::string& id) {
  return acl.shown.empty() ? fmt::format("`{}`", id) : acl.shown;
}

void subnets(Search& s, const Acls& before, const Acls& after) {
  const auto old_users = users_of(s.before), users = users_of(s.after);
  for (const auto& [subnet, acl] : users) {
    const auto was = old_users.find(subnet);
    if (is_new(s, subnet) || was == old_users.end() || was->second == acl) continue;
    const auto find = [](const Acls& all, const std::string& id) {
      Acl unknown;
      unknown.unclear = true;
      return all.contains(id) ? all.at(id) : unknown;
    };
    // What stands elsewhere has rules that the template does not show.
    Acl from = find(before, was->second), to = find(after, acl);
    from.unclear = from.unclear || !s.existed(was->second);
    to.unclear = to.unclear || !s.exists(acl);
    const std::string what =
        fmt::format("`{}` gets {} instead of {}", subnet, name(to, acl), name(from, was->second));
    both_ways(s, subnet, from, to, [&](DangerKind kind, std::string_view way) {
      return kind == DangerKind::SecurityUnknown
                 ? fmt::format("{}, and the templates do not say whether it lets more {}", what, way)
                 : fmt::format("{}, which lets {} {}", what, amount(kind), way);
    });
  }
}

}  // namespace

void find_acls(Search& s) {
  const auto any = [&](std::string_view start) {
    return std::any_of(s.diff.resources.begin(), s.diff.resources.end(),
                       [&](const ResourceChange& r) { return r.type.starts_with(start); });
  };
  const bool of_subnets = any("AWS::EC2::SubnetNetworkAclAssociation");
  if (!of_subnets && !any("AWS::EC2::NetworkAclEntry")) return;
  const Acls before = acls_of(s, s.before), after = acls_of(s, s.after);
  rules(s, before, after);
  if (of_subnets) subnets(s, before, after);
}

}  // namespace stackc::diff

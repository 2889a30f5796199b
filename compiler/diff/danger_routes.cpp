#include <algorithm>
#include <map>
#include <optional>

#include "compiler/base/text.hpp"
#include "compiler/diff/danger_search.hpp"
#include "compiler/diff/traffic.hpp"

// Ways to the internet: routes to an internet gateway, the tables that subnets use, network ACLs.
namespace stackc::diff {
namespace {

using ir::ValueRef;

ValueRef member(const ir::Resource* r, std::string_view key) {
  const auto* object =
      r == nullptr || r->properties == nullptr ? nullptr : r->properties->get_if<ir::Object>();
  return object == nullptr ? nullptr : object->find(key);
}

/// By what the value names: a resource of the template by its ID in the new side, else its text.
std::string identity(const Scope& scope, ValueRef v, const Case& when = {}) {
  const std::string_view id = scope.named_resource(v, when);
  return id.empty() ? scope.key(scope.text(v, when)) : std::string(id);
}

// ---------------------------------------------------------------- routes

/// Does the route lead to an internet gateway? `Maybe` for a gateway that a parameter gives.
Truth to_internet(const Scope& scope, const ir::Resource& r) {
  Truth most = Truth::No;
  for (const Entry& e : scope.cases(member(&r, "GatewayId"))) {
    const std::string_view id = scope.named_resource(e.value, e.when);
    const ir::Resource* gateway = id.empty() ? nullptr : scope.renamed_resource(id);
    const Text text = scope.text(e.value, e.when);
    if (gateway != nullptr)
      most = std::max(most, gateway->type == "AWS::EC2::InternetGateway" ? Truth::Yes : Truth::No);
    else if (text.literal())
      most = std::max(most, text.str().starts_with("igw-") ? Truth::Yes : Truth::No);
    else
      most = std::max(most, Truth::Maybe);
  }
  return most;
}

std::string destination(const Scope& scope, const ir::Resource& r) {
  for (const std::string_view key :
       {"DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId"}) {
    if (const ValueRef v = member(&r, key)) return scope.shown(scope.text(v));
  }
  return "?";
}

/// The ways to the internet of each route table: its destinations, and whether they surely lead there.
using Ways = std::map<std::string, std::map<std::string, Truth>>;

Ways ways_of(const Scope& scope) {
  Ways out;
  for (const ir::Resource& r : scope.tmpl().resources) {
    const auto when = r.type == "AWS::EC2::Route" ? scope.existence(r) : std::nullopt;
    if (!when) continue;
    const Truth leads = std::min(to_internet(scope, r), when->facts.empty() ? Truth::Yes : Truth::Maybe);
    if (leads != Truth::No) out[identity(scope, member(&r, "RouteTableId"))][destination(scope, r)] = leads;
  }
  return out;
}

/// The table that each subnet uses.
std::map<std::string, std::string> tables_of(const Scope& scope) {
  std::map<std::string, std::string> out;
  for (const ir::Resource& r : scope.tmpl().resources) {
    if (r.type != "AWS::EC2::SubnetRouteTableAssociation" || !scope.existence(r)) continue;
    out[identity(scope, member(&r, "SubnetId"))] = identity(scope, member(&r, "RouteTableId"));
  }
  return out;
}

/// A table or subnet that is new has nothing in it that the internet could reach.
bool is_new(const Search& s, const std::string& id) { return s.exists(id) && !s.existed(id); }

void routes(Search& s) {
  const Ways before = ways_of(s.before), after = ways_of(s.after);
  for (const auto& [table, ways] : after) {
    if (is_new(s, table)) continue;
    const auto old = before.find(table);
    for (const auto& [to, leads] : ways) {
      const auto was = old == before.end()        ? Truth::No
                       : old->second.contains(to) ? old->second.at(to)
                                                  : Truth::No;
      if (was == Truth::Yes || was == leads) continue;
      const bool sure = leads == Truth::Yes && was == Truth::No;
      s.add(sure ? DangerKind::SecurityWidening : DangerKind::SecurityUnknown, table,
            sure ? fmt::format("`{}` gets a route to the internet", table)
                 : fmt::format("`{}` may get a route to the internet: a parameter or a condition decides",
                               table))
          .facts = {fmt::format("+ {} through an internet gateway", to)};
    }
  }
  for (const auto& [table, ways] : before) {
    if (s.existed(table) && !s.exists(table)) continue;
    const auto now = after.find(table);
    for (const auto& [to, leads] : ways) {
      if (now != after.end() && now->second.contains(to)) continue;
      if (leads != Truth::Yes) continue;
      s.add(DangerKind::SecurityNarrowing, table, fmt::format("`{}` loses a route to the internet", table))
          .facts = {fmt::format("- {} through an internet gateway", to)};
    }
  }
  const auto tables_before = tables_of(s.before), tables_after = tables_of(s.after);
  for (const auto& [subnet, table] : tables_after) {
    const auto old = tables_before.find(subnet);
    if (is_new(s, subnet) || (old != tables_before.end() && old->second == table)) continue;
    const bool was = old != tables_before.end() && before.contains(old->second), will = after.contains(table);
    if (old == tables_before.end() && !will) continue;
    // Where a table that stands elsewhere leads, the template does not say.
    const std::string& other = will ? (old == tables_before.end() ? table : old->second) : table;
    if (will != was && s.after.resource(other) == nullptr && s.before.renamed_resource(other) == nullptr) {
      s.add(DangerKind::SecurityUnknown, subnet,
            fmt::format("`{}` changes its route table, and the template does not say where `{}` leads",
                        subnet, other));
    } else if (will && !was) {
      s.add(DangerKind::SecurityWidening, subnet,
            fmt::format("`{}` gets a route to the internet, with the table `{}`", subnet, table));
    } else if (was && !will) {
      s.add(DangerKind::SecurityNarrowing, subnet,
            fmt::format("`{}` loses its route to the internet, with the table `{}`", subnet, table));
    }
  }
}

// ---------------------------------------------------------------- network ACLs

struct AclRule {
  std::int64_t number = 0;
  bool allow = false;
  Flow flow;
};
struct Acl {
  std::vector<AclRule> in, out;
  bool unclear = false;  // a number or an action is not known
  bool changed = false;
};
using Acls = std::map<std::string, Acl>;

std::string word(const Scope& scope, ValueRef v, const Case& when) {
  return v == nullptr ? std::string() : scope.shown(scope.text(v, when));
}

/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ec2-networkaclentry.html
std::optional<AclRule> rule_of(const Scope& scope, ValueRef v, const Case& when) {
  AclRule rule;
  const auto get = [&](std::string_view key) { return scope.member(v, key, when); };
  const std::string number = word(scope, get("RuleNumber"), when),
                    action = word(scope, get("RuleAction"), when);
  if (number.empty() || number.size() > 5 ||
      !std::all_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return std::nullopt;
  for (const char c : number) rule.number = rule.number * 10 + (c - '0');
  if (action != "allow" && action != "deny") return std::nullopt;
  rule.allow = action == "allow";
  const ValueRef block = get("CidrBlock") != nullptr ? get("CidrBlock") : get("Ipv6CidrBlock");
  Peer& peer = rule.flow.peer;
  peer.name = scope.text(block, when);
  const auto range = peer.name.literal() ? Range::of_cidr(peer.name.str()) : std::nullopt;
  peer.v6 = get("CidrBlock") == nullptr;
  peer.kind = range ? Peer::Kind::Addresses : Peer::Kind::AddressesByName;
  if (range) peer.range = *range, peer.v6 = range->v6;
  const std::string protocol = word(scope, get("Protocol"), when);
  const bool icmp = protocol == "1" || protocol == "58";
  const ValueRef ports = get(icmp ? "Icmp" : "PortRange");
  rule.flow.ports = Ports::of(protocol, word(scope, scope.member(ports, icmp ? "Type" : "From", when), when),
                              word(scope, scope.member(ports, icmp ? "Code" : "To", when), when));
  rule.flow.when = when;
  rule.flow.shown = fmt::format("{} {}", shown(scope, peer), shown(rule.flow.ports));
  return rule;
}

Acls acls_of(const Search& s, const Scope& scope) {
  Acls out;
  for (const ir::Resource& r : scope.tmpl().resources) {
    if (r.type != "AWS::EC2::NetworkAclEntry") continue;
    const auto when = scope.existence(r);
    if (!when) continue;
    Acl& acl = out[identity(scope, member(&r, "NetworkAclId"))];
    acl.changed = acl.changed || s.changed(scope.new_id(r.id));
    for (const Entry& e : scope.cases(r.properties, *when)) {
      auto rule = e.unclear ? std::nullopt : rule_of(scope, e.value, e.when);
      const std::string egress = word(scope, scope.member(e.value, "Egress", e.when), e.when);
      if (!rule || (egress != "true" && egress != "false" && !egress.empty()))
        acl.unclear = true;
      else
        (egress == "true" ? acl.out : acl.in).push_back(std::move(*rule));
    }
  }
  return out;
}

/// What the rules let through, the first that fits deciding. Nothing when a denial comes before that is not
/// known well enough to be taken off.
std::optional<std::vector<Flow>> allowed(std::vector<AclRule> rules) {
  std::stable_sort(rules.begin(), rules.end(),
                   [](const AclRule& a, const AclRule& b) { return a.number < b.number; });
  std::vector<Flow> out, denied;
  bool named_denial = false;
  for (const AclRule& rule : rules) {
    if (!rule.allow) {
      denied.push_back(rule.flow);
      named_denial = named_denial || rule.flow.peer.kind != Peer::Kind::Addresses ||
                     !rule.flow.ports.named.empty() || !rule.flow.when.facts.empty();
      continue;
    }
    if (named_denial || (!denied.empty() && rule.flow.peer.kind != Peer::Kind::Addresses))
      return std::nullopt;
    for (Flow& left : without(rule.flow, denied, false)) out.push_back(std::move(left));
  }
  return out;
}

void acl(Search& s, const std::string& id, const std::vector<AclRule>& before,
         const std::vector<AclRule>& after, bool unclear, bool in) {
  const auto was = allowed(before), will = allowed(after);
  const std::string_view way = in ? "in" : "out";
  const auto same = [](const std::vector<AclRule>& a, const std::vector<AclRule>& b) {
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](const AclRule& x, const AclRule& y) {
             return x.number == y.number && x.allow == y.allow && x.flow.peer == y.flow.peer &&
                    x.flow.ports == y.flow.ports && x.flow.when.facts == y.flow.when.facts;
           });
  };
  if (same(before, after) && !unclear) return;
  Verdict v;
  v.gained_maybe = unclear || !was || !will;
  if (was && will) {
    for (const Flow& f : *will) {
      for (const Flow& left : without(f, *was, false)) {
        const bool named = left.peer.kind != Peer::Kind::Addresses || !left.ports.named.empty();
        (named && !was->empty() ? v.gained_maybe : v.gained) = true;
        v.facts.push_back("+ " + left.str(s.after));
      }
    }
    for (const Flow& f : *was) {
      for (const Flow& left : without(f, *will, false)) {
        v.lost = true;
        v.facts.push_back("- " + left.str(s.before));
      }
    }
  }
  if (unclear) v.gained = false;
  if (v.nothing()) return;
  const std::string message =
      v.kind() == DangerKind::SecurityWidening ? fmt::format("`{}` lets more {}", id, way)
      : v.kind() == DangerKind::SecurityNarrowing
          ? fmt::format("`{}` lets less {}", id, way)
          : fmt::format("what `{}` lets {} changes, and the templates do not say whether it is more", id,
                        way);
  s.add(v.kind(), id, message).facts = shortened(std::move(v.facts));
}

void acls(Search& s) {
  const Acls before = acls_of(s, s.before), after = acls_of(s, s.after);
  const Acl none;
  for (const auto& [id, now] : after) {
    const auto at = before.find(id);
    const Acl& old = at == before.end() ? none : at->second;
    if (is_new(s, id) || (!now.changed && !old.changed)) continue;
    acl(s, id, old.in, now.in, old.unclear || now.unclear, true);
    acl(s, id, old.out, now.out, old.unclear || now.unclear, false);
  }
  for (const auto& [id, old] : before) {
    if (after.contains(id) || (s.existed(id) && !s.exists(id)) || !old.changed) continue;
    acl(s, id, old.in, {}, old.unclear, true);
    acl(s, id, old.out, {}, old.unclear, false);
  }
}

}  // namespace

void find_routes(Search& s) {
  const auto any = [&](std::initializer_list<std::string_view> types) {
    return std::any_of(s.diff.resources.begin(), s.diff.resources.end(), [&](const ResourceChange& r) {
      return std::find(types.begin(), types.end(), r.type) != types.end();
    });
  };
  if (any({"AWS::EC2::Route", "AWS::EC2::SubnetRouteTableAssociation"})) routes(s);
  if (any({"AWS::EC2::NetworkAclEntry"})) acls(s);
}

}  // namespace stackc::diff

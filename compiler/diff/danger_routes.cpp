#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include "compiler/base/text.hpp"
#include "compiler/diff/danger_search.hpp"
#include "compiler/diff/traffic.hpp"

// Ways to the internet: where the routes of tables lead, the most specific one deciding, and the tables that
// subnets use.
namespace stackc::diff {
namespace {

using ir::ValueRef;

ValueRef member(const ir::Resource* r, std::string_view key) {
  const auto* object =
      r == nullptr || r->properties == nullptr ? nullptr : r->properties->get_if<ir::Object>();
  return object == nullptr ? nullptr : object->find(key);
}

/// What a value names: a resource of the template by its ID in the new side, else its text.
struct Identity {
  std::string key, shown;
  bool operator<(const Identity& other) const { return key < other.key; }
  bool operator==(const Identity& other) const { return key == other.key; }
};
Identity identity(const Scope& scope, ValueRef v, const Case& when = {}) {
  const std::string_view id = scope.named_resource(v, when);
  if (!id.empty()) return {std::string(id), std::string(id)};
  const Text text = scope.text(v, when);
  return {scope.key(text), scope.shown(text)};
}
Identity identity(const Scope& scope, const ir::Resource& r) {
  return {std::string(scope.new_id(r.id)), std::string(scope.new_id(r.id))};
}

/// How far a way leads: 0 nowhere beyond the VPC and what is connected to it, 1 out to the internet alone, 2
/// both ways. A run when the templates do not say.
struct Reach {
  int least = 0, most = 0;
  bool operator==(const Reach&) const = default;
};

struct Route {
  std::optional<Range> range;  // nothing: a name stands there
  std::string to, through;     // as they are shown
  std::string key;             // equal for equal routes
  Reach reach;
  bool sure = true;  // it exists whatever the conditions of the template are
};

/// https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html
struct Kind {
  std::string_view property;
  Reach reach;
};
constexpr auto kKinds = std::to_array<Kind>({
    {"GatewayId", {0, 2}},
    {"NatGatewayId", {0, 1}},  // one of a private kind leads nowhere beyond
    {"EgressOnlyInternetGatewayId", {1, 1}},
    {"CarrierGatewayId", {1, 2}},
    // https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html: the gateways of a peer are not
    // used.
    {"VpcPeeringConnectionId", {0, 0}},
    {"TransitGatewayId", {0, 2}},
    {"CoreNetworkArn", {0, 2}},
    {"InstanceId", {0, 2}},
    {"NetworkInterfaceId", {0, 2}},
    {"VpcEndpointId", {0, 2}},
    {"LocalGatewayId", {0, 2}},
});

Reach reach_of(const Scope& scope, const Kind& kind, ValueRef v, const Case& when) {
  const std::string_view id = scope.named_resource(v, when);
  const ir::Resource* r = id.empty() ? nullptr : scope.renamed_resource(id);
  const Text text = scope.text(v, when);
  if (kind.property == "GatewayId") {
    if (r != nullptr && r->type == "AWS::EC2::InternetGateway") return {2, 2};
    if (text.literal() && text.str().starts_with("igw-")) return {2, 2};
    if (text.literal() && text.str() == "local") return {0, 0};
  }
  if (kind.property == "NatGatewayId" && r != nullptr && r->type == "AWS::EC2::NatGateway") {
    const Text type = scope.text(member(r, "ConnectivityType"));
    if (type.literal()) return type.str() == "private" ? Reach{0, 0} : Reach{1, 1};
  }
  return kind.reach;
}

Route route_of(const Scope& scope, ValueRef v, const Case& when) {
  Route out;
  const auto get = [&](std::string_view key) { return scope.member(v, key, when); };
  for (const std::string_view key :
       {"DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId"}) {
    const ValueRef to = get(key);
    if (to == nullptr) continue;
    const Text text = scope.text(to, when);
    out.range = text.literal() ? Range::of_cidr(text.str()) : std::nullopt;
    out.to = scope.shown(text);
    out.key = scope.key(text);
  }
  out.reach = {0, 2};
  for (const Kind& kind : kKinds) {
    const ValueRef target = get(kind.property);
    if (target == nullptr) continue;
    out.reach = reach_of(scope, kind, target, when);
    out.through = scope.shown(scope.text(target, when));
    out.key += fmt::format(" {} {}", kind.property, identity(scope, target, when).key);
  }
  out.sure = when.facts.empty();
  for (const Case::Fact& fact : when.facts)
    out.key += fmt::format(" {}{}{}", fact.left, fact.truth ? "=" : "!", fact.right);
  return out;
}

using Tables = std::map<Identity, std::vector<Route>>;

Tables tables_of(const Scope& scope) {
  Tables out;
  for (const ir::Resource& r : scope.tmpl().resources) {
    const auto when = r.type == "AWS::EC2::Route" ? scope.existence(r) : std::nullopt;
    if (!when) continue;
    std::vector<Route>& table = out[identity(scope, member(&r, "RouteTableId"))];
    for (const Entry& e : scope.cases(r.properties, *when)) {
      table.push_back(route_of(scope, e.value, e.when));
      if (e.unclear) table.back().sure = false;
    }
  }
  return out;
}

// ---------------------------------------------------------------- where tables lead

/// What a table does with an address.
struct Way {
  Reach reach;
  std::string key;                 // equal: the same routes
  const Route* decides = nullptr;  // the first of them
};

Way way(const std::vector<Route>& table, const Range& to) {
  std::vector<const Route*> fit;
  for (const Route& r : table) {
    if (r.range && r.range->contains(to)) fit.push_back(&r);
  }
  std::stable_sort(fit.begin(), fit.end(), [](const Route* a, const Route* b) {
    return !(a->range == b->range) && b->range->contains(*a->range);
  });
  Way out;
  bool first = true;
  for (const Route* r : fit) {
    out.key += r->key + '\n';
    out.reach =
        first ? r->reach
              : Reach{std::min(out.reach.least, r->reach.least), std::max(out.reach.most, r->reach.most)};
    if (first) out.decides = r;
    first = false;
    if (r->sure) return out;
  }
  out.reach.least = 0;  // no route at all, when no condition holds
  return out;
}

/// All addresses of the internet in runs, in which every route of both tables leads the same way.
std::vector<Range> runs(const std::vector<Route>& a, const std::vector<Route>& b) {
  static constexpr std::string_view kEdges[] = {
      "0.0.0.0/0",     "::/0",           "10.0.0.0/8",  "172.16.0.0/12", "192.168.0.0/16",
      "100.64.0.0/10", "169.254.0.0/16", "127.0.0.0/8", "fc00::/7",      "fe80::/10"};
  std::vector<Range> out;
  for (const bool v6 : {false, true}) {
    std::set<Address> starts;
    const Address last = Range::of_cidr(v6 ? "::/0" : "0.0.0.0/0")->last;
    const auto cut = [&](const std::optional<Range>& r) {
      if (!r || r->v6 != v6) return;
      starts.insert(r->first);
      if (r->last != last) starts.insert(r->last.next());
    };
    for (const std::string_view edge : kEdges) cut(Range::of_cidr(edge));
    for (const Route& r : a) cut(r.range);
    for (const Route& r : b) cut(r.range);
    for (auto at = starts.begin(); at != starts.end(); ++at) {
      const auto next = std::next(at);
      const Range run{v6, *at, next == starts.end() ? last : next->previous()};
      Peer peer;
      peer.v6 = v6;
      peer.range = run;
      if (is_public(peer)) out.push_back(run);
    }
  }
  return out;
}

/// What a change of where addresses lead comes to.
struct Change {
  Verdict verdict;
  int most_before = 0, most_after = 0;  // of what changes
};

class Comparison {
 public:
  Comparison(const std::vector<Route>& before, const std::vector<Route>& after)
      : before_(before), after_(after) {}

  Change run() {
    for (const Range& r : runs(before_, after_)) one(r);
    names();
    return std::move(out_);
  }

 private:
  void one(const Range& r) {
    const Way was = way(before_, r), will = way(after_, r);
    if (was.key == will.key || (was.reach == will.reach && was.reach.least == was.reach.most)) return;
    Verdict& v = out_.verdict;
    const bool less = will.reach.most < was.reach.least;
    if (will.reach.least > was.reach.most)
      v.gained = true;
    else if (less)
      v.lost = true;
    else if (will.reach.most > was.reach.least)
      v.gained_maybe = true;
    else
      return;
    out_.most_before = std::max(out_.most_before, was.reach.most);
    out_.most_after = std::max(out_.most_after, will.reach.most);
    fact('+', will, before_, r);
    fact('-', was, after_, r);
  }

  /// The route that decides now; what it always did for some addresses, by those.
  void fact(char sign, const Way& w, const std::vector<Route>& others, const Range& r) {
    if (w.decides == nullptr || w.reach.most == 0) return;
    const bool there =
        std::any_of(others.begin(), others.end(), [&](const Route& o) { return o.key == w.decides->key; });
    const std::string line = fmt::format(
        "{} {} through {}", sign, there ? fmt::format("{}", fmt::join(r.blocks(2), ", ")) : w.decides->to,
        w.decides->through);
    auto& facts = out_.verdict.facts;
    if (std::find(facts.begin(), facts.end(), line) == facts.end()) facts.push_back(line);
  }

  /// What addresses a name stands for, nobody says; but the same names are the same.
  void names() {
    const auto only = [](const Route& r, const std::vector<Route>& those) {
      return !r.range &&
             std::none_of(those.begin(), those.end(), [&](const Route& o) { return o.key == r.key; });
    };
    const auto leads = [](const std::vector<Route>& table) {
      return std::any_of(table.begin(), table.end(), [](const Route& r) { return r.reach.most > 0; });
    };
    Verdict& v = out_.verdict;
    for (const Route& r : after_) {
      if (!only(r, before_) || (r.reach.most == 0 && !leads(before_))) continue;
      v.gained_maybe = v.gained_maybe || r.reach.most > 0;
      v.lost = v.lost || r.reach.most == 0;
      v.facts.push_back(fmt::format("+ {} through {}", r.to, r.through));
      out_.most_after = std::max(out_.most_after, r.reach.most);
    }
    for (const Route& r : before_) {
      if (!only(r, after_) || (r.reach.most == 0 && !leads(after_))) continue;
      // What it took may now go another way.
      (leads(after_) ? v.gained_maybe : v.lost) = true;
      v.facts.push_back(fmt::format("- {} through {}", r.to, r.through));
      out_.most_before = std::max(out_.most_before, r.reach.most);
      out_.most_after = std::max(out_.most_after, leads(after_) ? 2 : 0);
    }
  }

  const std::vector<Route>& before_;
  const std::vector<Route>& after_;
  Change out_;
};

/// `gets a route to the internet`, `loses …`.
std::string_view predicate(const Change& c) {
  switch (c.verdict.kind()) {
    case DangerKind::SecurityWidening:
      return c.most_after == 2 ? "gets a route to the internet" : "gets a way out to the internet";
    case DangerKind::SecurityNarrowing:
      return c.most_after == 1 ? "leads out to the internet alone, where it led both ways"
                               : "loses a route to the internet";
    default:
      return "changes its routes, and the templates do not say whether they lead to the internet";
  }
}

// ---------------------------------------------------------------- tables and subnets

bool is_new(const Search& s, const Identity& id) { return s.exists(id.key) && !s.existed(id.key); }
bool goes(const Search& s, const Identity& id) { return s.existed(id.key) && !s.exists(id.key); }

void tables(Search& s, const Tables& before, const Tables& after) {
  std::set<Identity> ids;
  for (const auto& [id, routes] : before) ids.insert(id);
  for (const auto& [id, routes] : after) ids.insert(id);
  const std::vector<Route> none;
  for (const Identity& id : ids) {
    if (is_new(s, id) || goes(s, id)) continue;  // of a new one its subnets are said, and of one that goes
    const Change c =
        Comparison(before.contains(id) ? before.at(id) : none, after.contains(id) ? after.at(id) : none)
            .run();
    if (c.verdict.nothing()) continue;
    s.add(c.verdict.kind(), id.key, fmt::format("`{}` {}", id.shown, predicate(c))).facts =
        shortened(c.verdict.facts);
  }
}

/// The table of each subnet; what has none has the main one of its VPC.
std::map<Identity, Identity> users_of(const Scope& scope) {
  std::map<Identity, Identity> out;
  for (const ir::Resource& r : scope.tmpl().resources) {
    if (r.type == "AWS::EC2::Subnet")
      out.emplace(identity(scope, r), identity(scope, member(&r, "VpcId")));
    else if (r.type == "AWS::EC2::SubnetRouteTableAssociation" && scope.existence(r))
      out[identity(scope, member(&r, "SubnetId"))] = identity(scope, member(&r, "RouteTableId"));
  }
  return out;
}

/// The main table of a VPC of the template leads nowhere, as AWS makes it; what stands elsewhere, nobody
/// knows. https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html
std::vector<Route> routes_of(const Scope& scope, const Tables& tables, const Identity& id) {
  std::vector<Route> out;
  if (const auto at = tables.find(id); at != tables.end()) out = at->second;
  if (scope.renamed_resource(id.key) != nullptr) return out;
  for (const std::string_view all : {"0.0.0.0/0", "::/0"}) {
    Route r;
    r.range = Range::of_cidr(all);
    r.to = all;
    r.through = id.shown;
    r.key = id.key;
    r.reach = {0, 2};
    out.push_back(std::move(r));
  }
  return out;
}

void subnets(Search& s, const Tables& before, const Tables& after) {
  const auto old_users = users_of(s.before), users = users_of(s.after);
  for (const auto& [subnet, table] : users) {
    const auto was = old_users.find(subnet);
    if (is_new(s, subnet) || (was != old_users.end() && was->second == table)) continue;
    // Of a subnet that stands elsewhere nobody knows what it had.
    const Identity other = was == old_users.end() ? Identity{"its table", "its table"} : was->second;
    const std::vector<Route> from = routes_of(s.before, before, other), to = routes_of(s.after, after, table);
    const Change c = Comparison(from, to).run();
    if (c.verdict.nothing()) continue;
    const ir::Resource* r = s.after.resource(table.key);
    const bool main = r != nullptr && r->type == "AWS::EC2::VPC";
    s.add(c.verdict.kind(), subnet.key,
          fmt::format("`{}` {}, with the {}`{}`", subnet.shown, predicate(c),
                      main ? "main table of " : "table ", table.shown))
        .facts = shortened(c.verdict.facts);
  }
}

}  // namespace

void find_routes(Search& s) {
  const bool any = std::any_of(s.diff.resources.begin(), s.diff.resources.end(), [](const ResourceChange& r) {
    return r.action != Action::None &&
           (r.type == "AWS::EC2::Route" || r.type == "AWS::EC2::SubnetRouteTableAssociation");
  });
  if (!any) return;
  const Tables before = tables_of(s.before), after = tables_of(s.after);
  tables(s, before, after);
  subnets(s, before, after);
}

}  // namespace stackc::diff

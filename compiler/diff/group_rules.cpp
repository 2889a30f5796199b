#include "compiler/diff/group_rules.hpp"

#include "compiler/base/text.hpp"

namespace stackc::diff {
namespace {

using ir::ValueRef;

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
    const auto word = [&](std::string_view key) { return scope_.text(scope_.member(v, key, when), when); };
    Flow f;
    f.peer = *peer;
    f.ports = Ports::of(scope_, word("IpProtocol"), word("FromPort"), word("ToPort"));
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

}  // namespace

Groups groups_of(const Search& s, const Scope& scope) { return Collector(s, scope).run(); }

}  // namespace stackc::diff

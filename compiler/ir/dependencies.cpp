#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <unordered_map>

#include "compiler/ir/graph.hpp"
#include "compiler/ir/passes.hpp"

namespace stackc::ir {
namespace {

using Index = std::uint32_t;

struct Block {
  std::uint32_t address = 0;
  std::uint32_t prefix = 0;
};

/// `10.0.0.0/16`; nothing when `value` is no constant IPv4 block.
std::optional<Block> block_of(const Value& value) {
  const auto* text = value.get_if<std::string_view>();
  if (text == nullptr) return std::nullopt;
  std::array<std::uint32_t, 5> parts{};
  const char* at = text->data();
  const char* const end = at + text->size();
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto [next, error] = std::from_chars(at, end, parts[i]);
    if (error != std::errc() || parts[i] > (i < 4 ? 255U : 32U)) return std::nullopt;
    at = next;
    if (i == 4) break;
    if (at == end || *at != (i == 3 ? '/' : '.')) return std::nullopt;
    ++at;
  }
  if (at != end) return std::nullopt;
  return Block{parts[0] << 24 | parts[1] << 16 | parts[2] << 8 | parts[3], parts[4]};
}

/// Whether a subnet's block can lie in `range`: false only where both are known and it does not.
bool may_hold(const Value& range, const Value& subnet) {
  const auto outer = block_of(range);
  const auto inner = block_of(subnet);
  if (!outer || !inner) return true;
  const std::uint32_t mask = outer->prefix == 0 ? 0 : ~std::uint32_t{0} << (32 - outer->prefix);
  return inner->prefix >= outer->prefix && (inner->address & mask) == (outer->address & mask);
}

/// The types that are looked at; all others are passed over.
enum class Kind : std::uint8_t {
  Attachment, Route, Propagation, Address, AddressAssociation, NatGateway, Range, Subnet,
  Service, Listener, ListenerRule, TargetGroup, CapacityAssociations, Other,
};
constexpr std::array<std::string_view, static_cast<std::size_t>(Kind::Other)> kTypes = {
    "AWS::EC2::VPCGatewayAttachment",
    "AWS::EC2::Route",
    "AWS::EC2::VPNGatewayRoutePropagation",
    "AWS::EC2::EIP",
    "AWS::EC2::EIPAssociation",
    "AWS::EC2::NatGateway",
    "AWS::EC2::VPCCidrBlock",
    "AWS::EC2::Subnet",
    "AWS::ECS::Service",
    "AWS::ElasticLoadBalancingV2::Listener",
    "AWS::ElasticLoadBalancingV2::ListenerRule",
    "AWS::ElasticLoadBalancingV2::TargetGroup",
    "AWS::ECS::ClusterCapacityProviderAssociations",
};

Kind kind_of(std::string_view type) {
  return static_cast<Kind>(std::find(kTypes.begin(), kTypes.end(), type) - kTypes.begin());
}

/// Which resources wait for which, beyond what they say. Collects the wishes first, on the template as
/// it is; `apply` adds those that are needed and possible.
class DependencyFinder {
 public:
  explicit DependencyFinder(Template& t) : t_(t), graph_(t) {
    for (Index i = 0; i < t.resources.size(); ++i) {
      const Kind kind = kind_of(t.resources[i].type);
      if (kind != Kind::Other) by_kind_[static_cast<std::size_t>(kind)].push_back(i);
    }
  }

  void run() {
    if (!all(Kind::Attachment).empty()) {
      routes();
      propagations();
      addresses();
      nat_gateways();
    }
    ranges();
    services();
    for (const auto& [from, to] : wishes_) apply(from, to);
  }
  /// Without what was added, which is on no cycle.
  Graph take_graph() { return std::move(graph_); }

 private:
  // ------------------------------------------------------------ looking things up

  const std::vector<Index>& all(Kind kind) const { return by_kind_[static_cast<std::size_t>(kind)]; }

  ValueRef property(Index resource, std::string_view name) const {
    const ValueRef all = t_.resources[resource].properties;
    const auto* object = all != nullptr ? all->get_if<Object>() : nullptr;
    return object != nullptr ? object->find(name) : nullptr;
  }

  /// The resources that `value` refers to, in any arm.
  std::vector<Index> targets(ValueRef value) const {
    std::vector<Index> out;
    for_each_reference(value, [&](std::string_view id, ValueRef) {
      const Index* at = graph_.find(id);
      if (at != nullptr && std::find(out.begin(), out.end(), *at) == out.end()) out.push_back(*at);
    });
    return out;
  }
  std::vector<Index> targets(Index resource, std::string_view name) const { return targets(property(resource, name)); }

  static bool meet(const std::vector<Index>& a, const std::vector<Index>& b) {
    return std::any_of(a.begin(), a.end(), [&](Index i) { return std::find(b.begin(), b.end(), i) != b.end(); });
  }

  void wish(Index from, Index to) { wishes_.emplace_back(from, to); }

  // ------------------------------------------------------------ networks

  /// The attachments whose `name` is one of `gateways`.
  void wish_attachments(Index from, std::string_view name, const std::vector<Index>& wanted) {
    if (wanted.empty()) return;
    for (const Index a : all(Kind::Attachment)) {
      if (meet(targets(a, name), wanted)) wish(from, a);
    }
  }

  void routes() {
    for (const Index r : all(Kind::Route)) {
      const std::vector<Index> gateways = targets(r, "GatewayId");
      wish_attachments(r, "InternetGatewayId", gateways);
      wish_attachments(r, "VpnGatewayId", gateways);
    }
  }

  void propagations() {
    for (const Index p : all(Kind::Propagation)) {
      wish_attachments(p, "VpnGatewayId", targets(p, "VpnGatewayId"));
    }
  }

  /// The VPCs of what stands in a subnet: a NAT gateway, an instance, a network interface.
  std::vector<Index> vpcs_of(Index resource) const {
    std::vector<Index> out;
    for (const Index subnet : targets(resource, "SubnetId")) {
      for (const Index vpc : targets(subnet, "VpcId")) out.push_back(vpc);
    }
    return out;
  }

  void wish_internet(Index from, const std::vector<Index>& vpcs) {
    if (vpcs.empty()) return;
    for (const Index a : all(Kind::Attachment)) {
      if (property(a, "InternetGatewayId") != nullptr && meet(targets(a, "VpcId"), vpcs)) wish(from, a);
    }
  }

  /// An elastic IP belongs to the VPC of what uses it.
  void addresses() {
    constexpr std::array<std::string_view, 2> kHolders = {"InstanceId", "NetworkInterfaceId"};
    for (const Index e : all(Kind::Address)) {
      for (const Index instance : targets(e, "InstanceId")) wish_internet(e, vpcs_of(instance));
    }
    for (const Index nat : all(Kind::NatGateway)) {
      for (const Index e : targets(nat, "AllocationId")) wish_internet(e, vpcs_of(nat));
    }
    for (const Index association : all(Kind::AddressAssociation)) {
      for (const Index e : targets(association, "AllocationId")) {
        for (const std::string_view holder : kHolders) {
          for (const Index h : targets(association, holder)) wish_internet(e, vpcs_of(h));
        }
      }
    }
  }

  void nat_gateways() {
    for (const Index nat : all(Kind::NatGateway)) {
      const ValueRef kind = property(nat, "ConnectivityType");
      const auto* text = kind != nullptr ? kind->get_if<std::string_view>() : nullptr;
      if (text == nullptr || *text != "private") wish_internet(nat, vpcs_of(nat));
    }
  }

  /// A subnet waits for the further address range of its VPC that it lies in, or may lie in.
  void ranges() {
    for (const Index range : all(Kind::Range)) {
      const ValueRef vpc = property(range, "VpcId");
      const ValueRef v4 = property(range, "CidrBlock");
      const bool v6 = v4 == nullptr && property(range, "Ipv4IpamPoolId") == nullptr;
      for (const Index subnet : all(Kind::Subnet)) {
        const ValueRef other = property(subnet, "VpcId");
        if (vpc == nullptr || other == nullptr || !equal(vpc, other)) continue;
        const ValueRef block = property(subnet, v6 ? "Ipv6CidrBlock" : "CidrBlock");
        if (block != nullptr && (v6 || v4 == nullptr || may_hold(*v4, *block))) wish(subnet, range);
      }
    }
  }

  // ------------------------------------------------------------ ECS

  void services() {
    for (const Index s : all(Kind::Service)) {
      const std::vector<Index> groups = target_groups(s);
      if (!groups.empty()) {
        wish_forwarders(s, Kind::Listener, "DefaultActions", groups);
        wish_forwarders(s, Kind::ListenerRule, "Actions", groups);
      }
      if (property(s, "LaunchType") == nullptr) wish_capacity(s);
    }
  }

  std::vector<Index> target_groups(Index service) const {
    std::vector<Index> out = targets(service, "LoadBalancers");
    std::erase_if(out, [&](Index i) { return kind_of(t_.resources[i].type) != Kind::TargetGroup; });
    return out;
  }

  void wish_forwarders(Index service, Kind kind, std::string_view actions,
                       const std::vector<Index>& groups) {
    for (const Index l : all(kind)) {
      if (meet(targets(l, actions), groups)) wish(service, l);
    }
  }

  /// A cluster knows its capacity providers only once they are associated.
  void wish_capacity(Index service) {
    const std::vector<Index> clusters = targets(service, "Cluster");
    for (const Index a : all(Kind::CapacityAssociations)) {
      if (meet(targets(a, "Cluster"), clusters)) wish(service, a);
    }
  }

  // ------------------------------------------------------------ adding

  bool reaches(Index from, Index to) {
    reached_.assign(graph_.size(), false);
    open_.assign(1, from);
    const auto reach = [&](Index next) {
      if (reached_[next]) return;
      reached_[next] = true;
      open_.push_back(next);
    };
    while (!open_.empty()) {
      const Index at = open_.back();
      open_.pop_back();
      if (at == to) return true;
      for (const Edge& e : graph_.edges_of(at)) reach(e.to);
      if (const auto more = added_.find(at); more != added_.end()) std::for_each(more->second.begin(), more->second.end(), reach);
    }
    return false;
  }

  void apply(Index from, Index to) {
    const ValueRef condition = t_.resources[to].condition;
    if (condition != nullptr && !equal(condition, t_.resources[from].condition)) return;
    if (t_.resources[from].own_dependencies_only) return;
    if (reaches(from, to) || reaches(to, from)) return;
    t_.resources[from].depends_on.push_back(t_.resources[to].id);
    added_[from].push_back(to);
  }

  Template& t_;
  Graph graph_;
  std::array<std::vector<Index>, kTypes.size()> by_kind_;
  std::vector<std::pair<Index, Index>> wishes_;
  std::unordered_map<Index, std::vector<Index>> added_;  // beyond the graph
  std::vector<bool> reached_;  // of `reaches`, as is
  std::vector<Index> open_;    // this
};

}  // namespace

Graph add_dependencies(Template& t) {
  DependencyFinder finder(t);
  finder.run();
  return finder.take_graph();
}

}  // namespace stackc::ir

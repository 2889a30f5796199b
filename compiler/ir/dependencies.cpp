#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

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

/// Which resources wait for which, beyond what they say. Collects the wishes first, on the template as
/// it is; `apply` adds those that are needed and possible.
class DependencyFinder {
 public:
  explicit DependencyFinder(Template& t) : t_(t), graph_(t) {
    for (Index i = 0; i < t.resources.size(); ++i) by_type_[t.resources[i].type].push_back(i);
    for (Index i = 0; i < graph_.size(); ++i) {
      auto& needs = needs_.emplace_back();
      for (const Edge& e : graph_.edges_of(i)) needs.push_back(e.to);
    }
  }

  void run() {
    if (!of_type("AWS::EC2::VPCGatewayAttachment").empty()) {
      routes();
      propagations();
      addresses();
      nat_gateways();
    }
    ranges();
    services();
    for (const auto& [from, to] : wishes_) apply(from, to);
  }

 private:
  // ------------------------------------------------------------ looking things up

  const std::vector<Index>& of_type(std::string_view type) const {
    static const std::vector<Index> kNone;
    const auto at = by_type_.find(type);
    return at == by_type_.end() ? kNone : at->second;
  }

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
    for (const Index a : of_type("AWS::EC2::VPCGatewayAttachment")) {
      if (meet(targets(a, name), wanted)) wish(from, a);
    }
  }

  void routes() {
    for (const Index r : of_type("AWS::EC2::Route")) {
      const std::vector<Index> gateways = targets(r, "GatewayId");
      wish_attachments(r, "InternetGatewayId", gateways);
      wish_attachments(r, "VpnGatewayId", gateways);
    }
  }

  void propagations() {
    for (const Index p : of_type("AWS::EC2::VPNGatewayRoutePropagation")) {
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
    for (const Index a : of_type("AWS::EC2::VPCGatewayAttachment")) {
      if (property(a, "InternetGatewayId") != nullptr && meet(targets(a, "VpcId"), vpcs)) wish(from, a);
    }
  }

  /// An elastic IP belongs to the VPC of what uses it.
  void addresses() {
    constexpr std::array<std::string_view, 2> kHolders = {"InstanceId", "NetworkInterfaceId"};
    for (const Index e : of_type("AWS::EC2::EIP")) {
      for (const Index instance : targets(e, "InstanceId")) wish_internet(e, vpcs_of(instance));
    }
    for (const Index nat : of_type("AWS::EC2::NatGateway")) {
      for (const Index e : targets(nat, "AllocationId")) wish_internet(e, vpcs_of(nat));
    }
    for (const Index association : of_type("AWS::EC2::EIPAssociation")) {
      for (const Index e : targets(association, "AllocationId")) {
        for (const std::string_view holder : kHolders) {
          for (const Index h : targets(association, holder)) wish_internet(e, vpcs_of(h));
        }
      }
    }
  }

  void nat_gateways() {
    for (const Index nat : of_type("AWS::EC2::NatGateway")) {
      const ValueRef kind = property(nat, "ConnectivityType");
      const auto* text = kind != nullptr ? kind->get_if<std::string_view>() : nullptr;
      if (text == nullptr || *text != "private") wish_internet(nat, vpcs_of(nat));
    }
  }

  /// A subnet waits for the further address range of its VPC that it lies in, or may lie in.
  void ranges() {
    for (const Index range : of_type("AWS::EC2::VPCCidrBlock")) {
      const ValueRef vpc = property(range, "VpcId");
      const ValueRef v4 = property(range, "CidrBlock");
      const bool v6 = v4 == nullptr && property(range, "Ipv4IpamPoolId") == nullptr;
      for (const Index subnet : of_type("AWS::EC2::Subnet")) {
        const ValueRef other = property(subnet, "VpcId");
        if (vpc == nullptr || other == nullptr || !equal(vpc, other)) continue;
        const ValueRef block = property(subnet, v6 ? "Ipv6CidrBlock" : "CidrBlock");
        if (block != nullptr && (v6 || v4 == nullptr || may_hold(*v4, *block))) wish(subnet, range);
      }
    }
  }

  // ------------------------------------------------------------ ECS

  void services() {
    for (const Index s : of_type("AWS::ECS::Service")) {
      const std::vector<Index> groups = target_groups(s);
      if (!groups.empty()) {
        wish_forwarders(s, "AWS::ElasticLoadBalancingV2::Listener", "DefaultActions", groups);
        wish_forwarders(s, "AWS::ElasticLoadBalancingV2::ListenerRule", "Actions", groups);
      }
      if (property(s, "LaunchType") == nullptr) wish_capacity(s);
    }
  }

  std::vector<Index> target_groups(Index service) const {
    std::vector<Index> out = targets(service, "LoadBalancers");
    std::erase_if(out, [&](Index i) { return t_.resources[i].type != "AWS::ElasticLoadBalancingV2::TargetGroup"; });
    return out;
  }

  void wish_forwarders(Index service, std::string_view type, std::string_view actions,
                       const std::vector<Index>& groups) {
    for (const Index l : of_type(type)) {
      if (meet(targets(l, actions), groups)) wish(service, l);
    }
  }

  /// A cluster knows its capacity providers only once they are associated.
  void wish_capacity(Index service) {
    const std::vector<Index> clusters = targets(service, "Cluster");
    for (const Index a : of_type("AWS::ECS::ClusterCapacityProviderAssociations")) {
      if (meet(targets(a, "Cluster"), clusters)) wish(service, a);
    }
  }

  // ------------------------------------------------------------ adding

  bool reaches(Index from, Index to) const {
    std::vector<bool> seen(needs_.size(), false);
    std::vector<Index> open{from};
    while (!open.empty()) {
      const Index at = open.back();
      open.pop_back();
      if (at == to) return true;
      for (const Index next : needs_[at]) {
        if (seen[next]) continue;
        seen[next] = true;
        open.push_back(next);
      }
    }
    return false;
  }

  void apply(Index from, Index to) {
    const ValueRef condition = t_.resources[to].condition;
    if (condition != nullptr && !equal(condition, t_.resources[from].condition)) return;
    if (t_.resources[from].own_dependencies_only) return;
    if (reaches(from, to) || reaches(to, from)) return;
    t_.resources[from].depends_on.push_back(t_.resources[to].id);
    needs_[from].push_back(to);
  }

  Template& t_;
  Graph graph_;
  std::unordered_map<std::string_view, std::vector<Index>> by_type_;
  std::vector<std::vector<Index>> needs_;
  std::vector<std::pair<Index, Index>> wishes_;
};

}  // namespace

void add_dependencies(Template& t) { DependencyFinder(t).run(); }

}  // namespace stackc::ir

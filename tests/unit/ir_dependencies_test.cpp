#include <gtest/gtest.h>

#include "compiler/ir/graph.hpp"
#include "compiler/ir/passes.hpp"

namespace stackc {
namespace {

using ir::Builder;
using ir::Fn;
using ir::ValueRef;
using Ids = std::vector<std::string_view>;

class DependencyTest : public testing::Test {
 protected:
  ir::Template t;
  Builder b{t.arena};

  ir::Resource& add(std::string_view id, std::string_view type, const std::vector<ir::Member>& properties = {}) {
    ir::Resource r;
    r.id = id;
    r.type = type;
    r.properties = b.object(properties);
    return t.resources.emplace_back(r);
  }
  ValueRef ref(const char* id) { return b.ref(id); }

  void network() {
    add("Vpc", "AWS::EC2::VPC");
    add("Gateway", "AWS::EC2::InternetGateway");
    add("Attachment", "AWS::EC2::VPCGatewayAttachment", {{"VpcId", ref("Vpc")}, {"InternetGatewayId", ref("Gateway")}});
    add("Subnet", "AWS::EC2::Subnet", {{"VpcId", ref("Vpc")}});
  }
  ValueRef forward(const char* group) {
    return b.list({b.object({{"Type", b.string("forward")}, {"TargetGroupArn", ref(group)}})});
  }
  void service_and_listener() {
    add("Service", "AWS::ECS::Service",
        {{"Cluster", ref("Cluster")},
         {"LoadBalancers", b.list({b.object({{"TargetGroupArn", ref("Group")}, {"ContainerName", b.string("web")}})})}});
    add("Group", "AWS::ElasticLoadBalancingV2::TargetGroup");
    add("Listener", "AWS::ElasticLoadBalancingV2::Listener", {{"DefaultActions", forward("Group")}});
  }
  Ids dependencies(std::string_view id) {
    for (const auto& r : t.resources) {
      if (r.id == id) return r.depends_on;
    }
    return {"no such resource"};
  }
};

TEST_F(DependencyTest, GraphNamesThePropertyOfAnEdge) {
  add("A", "T", {{"Rules", b.list({b.object({{"Group", b.get_att("B", "Id")}})}) }, {"Text", b.sub({b.string("x"), ref("C")})}});
  add("B", "T").depends_on = {"C"};
  add("C", "T");
  const ir::Graph graph(t);
  ASSERT_EQ(graph.edges_of(0).size(), 2u);
  EXPECT_EQ(graph.edges_of(0)[1].to, 2u);
  EXPECT_EQ(graph.paths_of(t, 0), (std::vector<std::string>{"Rules[0].Group", "Text"}));
  EXPECT_EQ(graph.paths_of(t, 1), std::vector<std::string>{"DependsOn"});
  EXPECT_TRUE(graph.edges_of(2).empty());
  EXPECT_TRUE(graph.paths_of(t, 2).empty());
}

TEST_F(DependencyTest, GraphNamesTheFirstOfManyReferences) {
  add("A", "T", {{"First", ref("C")}, {"Second", b.list({ref("B"), ref("C")})}, {"Third", ref("B")}});
  add("B", "T");
  add("C", "T");
  const ir::Graph graph(t);
  ASSERT_EQ(graph.edges_of(0).size(), 2u);
  EXPECT_EQ(graph.edges_of(0)[0].to, 2u);
  EXPECT_EQ(graph.edges_of(0)[1].to, 1u);
  EXPECT_EQ(graph.paths_of(t, 0), (std::vector<std::string>{"First", "Second[0]"}));
}

TEST_F(DependencyTest, RouteWaitsForTheAttachment) {
  network();
  add("Route", "AWS::EC2::Route", {{"GatewayId", ref("Gateway")}});
  add("Other", "AWS::EC2::Route", {{"NatGatewayId", ref("Nat")}});
  ir::add_dependencies(t);
  EXPECT_EQ(dependencies("Route"), Ids{"Attachment"});
  EXPECT_EQ(dependencies("Other"), Ids{});
}

TEST_F(DependencyTest, WrittenDependencyIsNotRepeated) {
  network();
  add("Route", "AWS::EC2::Route", {{"GatewayId", ref("Gateway")}}).depends_on = {"Attachment"};
  ir::add_dependencies(t);
  EXPECT_EQ(dependencies("Route"), Ids{"Attachment"});
}

TEST_F(DependencyTest, AddressWaitsAndItsNatGatewayThroughIt) {
  network();
  add("Nat", "AWS::EC2::NatGateway", {{"SubnetId", ref("Subnet")}, {"AllocationId", b.get_att("Ip", "AllocationId")}});
  add("Ip", "AWS::EC2::EIP", {{"Domain", b.string("vpc")}});
  ir::add_dependencies(t);
  EXPECT_EQ(dependencies("Ip"), Ids{"Attachment"});
  EXPECT_EQ(dependencies("Nat"), Ids{});
}

TEST_F(DependencyTest, NatGatewayWithAForeignAddressWaitsItself) {
  network();
  add("Nat", "AWS::EC2::NatGateway", {{"SubnetId", ref("Subnet")}, {"AllocationId", ref("AllocationParam")}});
  add("Private", "AWS::EC2::NatGateway", {{"SubnetId", ref("Subnet")}, {"ConnectivityType", b.string("private")}});
  ir::add_dependencies(t);
  EXPECT_EQ(dependencies("Nat"), Ids{"Attachment"});
  EXPECT_EQ(dependencies("Private"), Ids{});
}

TEST_F(DependencyTest, AttachmentUnderAnotherConditionIsLeftOut) {
  network();
  t.resources[2].condition = b.condition("IsPublic");
  add("Route", "AWS::EC2::Route", {{"GatewayId", ref("Gateway")}});
  add("Same", "AWS::EC2::Route", {{"GatewayId", ref("Gateway")}}).condition = b.condition("IsPublic");
  ir::add_dependencies(t);
  EXPECT_EQ(dependencies("Route"), Ids{});
  EXPECT_EQ(dependencies("Same"), Ids{"Attachment"});
}

TEST_F(DependencyTest, SubnetWaitsForTheRangeThatMayHoldIt) {
  const auto subnet = [&](const char* id, const char* vpc, const char* property, ValueRef block) {
    add(id, "AWS::EC2::Subnet", {{"VpcId", ref(vpc)}, {property, block}});
  };
  add("Pods", "AWS::EC2::VPCCidrBlock", {{"VpcId", ref("Vpc")}, {"CidrBlock", b.string("100.64.0.0/16")}});
  add("Six", "AWS::EC2::VPCCidrBlock", {{"VpcId", ref("Vpc")}, {"AmazonProvidedIpv6CidrBlock", b.boolean(true)}});
  subnet("Inside", "Vpc", "CidrBlock", b.string("100.64.8.0/21"));
  subnet("Outside", "Vpc", "CidrBlock", b.string("100.65.0.0/21"));
  subnet("Unknown", "Vpc", "CidrBlock", ref("Range"));
  subnet("Elsewhere", "OtherVpc", "CidrBlock", b.string("100.64.8.0/21"));
  subnet("Dual", "Vpc", "Ipv6CidrBlock", ref("Range"));
  ir::add_dependencies(t);
  EXPECT_EQ(dependencies("Inside"), Ids{"Pods"});
  EXPECT_EQ(dependencies("Outside"), Ids{});
  EXPECT_EQ(dependencies("Unknown"), Ids{"Pods"});
  EXPECT_EQ(dependencies("Elsewhere"), Ids{});
  EXPECT_EQ(dependencies("Dual"), Ids{"Six"});
}

TEST_F(DependencyTest, ServiceWaitsForListenersAndRulesOfItsTargetGroup) {
  service_and_listener();
  add("Rule", "AWS::ElasticLoadBalancingV2::ListenerRule", {{"Actions", forward("Group")}, {"ListenerArn", ref("Front")}});
  add("Front", "AWS::ElasticLoadBalancingV2::Listener", {{"DefaultActions", b.list({})}});
  ir::add_dependencies(t);
  EXPECT_EQ(dependencies("Service"), (Ids{"Listener", "Rule"}));
}

TEST_F(DependencyTest, NoCycleIsMade) {
  service_and_listener();
  t.resources[2].depends_on = {"Service"};
  ir::add_dependencies(t);
  EXPECT_EQ(dependencies("Service"), Ids{});
}

TEST_F(DependencyTest, ServiceWaitsForItsClustersCapacity) {
  add("Cluster", "AWS::ECS::Cluster");
  add("Capacity", "AWS::ECS::ClusterCapacityProviderAssociations", {{"Cluster", ref("Cluster")}});
  add("Service", "AWS::ECS::Service", {{"Cluster", ref("Cluster")}});
  add("Fargate", "AWS::ECS::Service", {{"Cluster", ref("Cluster")}, {"LaunchType", b.string("FARGATE")}});
  ir::add_dependencies(t);
  EXPECT_EQ(dependencies("Service"), Ids{"Capacity"});
  EXPECT_EQ(dependencies("Fargate"), Ids{});
}

}  // namespace
}  // namespace stackc

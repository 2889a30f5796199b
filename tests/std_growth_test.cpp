// What grows must not move: a further zone, tier, replica, site or queue changes no logical ID of what
// is there, and no property whose change replaces a resource.

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "compiler/schema/schema.hpp"
#include "tests/support/files.hpp"
#include "tests/support/process.hpp"

namespace stackc::tests {
namespace {

using nlohmann::json;

/// A program with `@` where it grows, and what stands there before and after.
struct Growth {
  const char* name;
  const char* program;
  const char* before;
  const char* after;
};

json built(std::string text, const std::string& part) {
  text.replace(text.find('@'), 1, part);
  const TemporaryFolder folder;
  write_file(folder.path() / "growing.stack", text);
  const ProcessResult result = run_process(
      {STACKC_BINARY, "build", "growing.stack", "--out", folder.path().string()}, folder.path().string());
  EXPECT_EQ(result.status, 0) << result.err << text;
  if (result.status != 0) return json::object();
  return json::parse(read_file(folder.path() / "growing.template.json"));
}

bool replaces(const schema::ResourceType& type, const std::string& property) {
  const schema::Property p = type.properties().find(property);
  if (!p || p.replacement() != schema::Replacement::No) return true;
  const std::vector<std::string_view> deep = type.also_replaces();
  return std::ranges::any_of(deep, [&](std::string_view path) { return path.starts_with(property + "."); });
}

void expect_same_resource(const std::string& id, const json& before, const json& after) {
  ASSERT_EQ(before["Type"], after["Type"]) << id;
  const schema::ResourceType type = schema::Schema::aws().find(before["Type"].get<std::string>());
  ASSERT_TRUE(type) << before["Type"];
  const json none = json::object();
  const json& a = before.contains("Properties") ? before["Properties"] : none;
  const json& b = after.contains("Properties") ? after["Properties"] : none;
  json merged = a;
  merged.update(b);
  for (const auto& [property, value] : merged.items()) {
    if (a.value(property, json()) == b.value(property, json())) continue;
    EXPECT_FALSE(replaces(type, property))
        << id << "." << property << " (" << type.name() << ") changes from " << a.value(property, json())
        << " to " << b.value(property, json()) << ", which replaces it";
  }
}

class Growing : public ::testing::TestWithParam<Growth> {};

TEST_P(Growing, MovesNothing) {
  const Growth& growth = GetParam();
  const json before = built(growth.program, growth.before);
  const json after = built(growth.program, growth.after);
  ASSERT_TRUE(before.contains("Resources"));
  ASSERT_TRUE(after.contains("Resources"));
  EXPECT_NE(before["Resources"], after["Resources"]) << "nothing grows";
  for (const auto& [id, resource] : before["Resources"].items()) {
    ASSERT_TRUE(after["Resources"].contains(id)) << id << " disappears";
    expect_same_resource(id, resource, after["Resources"][id]);
  }
  if (!before.contains("Outputs")) return;
  for (const auto& [id, output] : before["Outputs"].items()) {
    EXPECT_EQ(output, after["Outputs"].value(id, json())) << "output " << id;
  }
}

constexpr const char* kPlain = R"(stack "growing"
use { Network } from "std/network"
resource Net: Network { cidr: 10.0.0.0/16, @ }
export VPC = Net.vpc
export Public = Net.publicSubnets
export Subnets = Net.subnets
)";

constexpr const char* kRich = R"(stack "growing"
use { Network } from "std/network"
use { standardTiers } from "std/tier"
resource Net: Network {
  cidr: 10.0.0.0/16
  tiers: {
    ...standardTiers
    data: { slot: 2, reachedBy: ["private"] }
    pods: { slot: 0, range: "pods", prefix: 19, ipv6Slot: 4 }
  }
  ranges: { pods: 100.64.0.0/16 }
  natBy: "instance"
  ipv6: true
  gateways: ["s3", "dynamodb"]
  endpoints: ["ecr.api", "logs"]
  flowLogs: "cloudwatch"
  @
}
export Subnets = Net.subnets
)";

constexpr const char* kTiers = R"(stack "growing"
use { Network } from "std/network"
resource Net: Network {
  cidr: 10.0.0.0/16
  zones: ["A", "B"]
  @
}
export Subnets = Net.subnets
)";

constexpr const char* kTwoTiers = R"(tiers: { public: { slot: 0, internet: "direct" }, data: { slot: 2, reachedBy: ["public"] } })";
constexpr const char* kThreeTiers = R"(tiers: { public: { slot: 0, internet: "direct" }, web: { slot: 1, internet: "nat" }, data: { slot: 2, reachedBy: ["public", "web"] } })";

constexpr const char* kDatabase = R"(stack "growing"
use { Postgres, AuroraPostgres } from "std"
param VPC: AWS::EC2::VPC.VpcId
param Subnets: [AWS::EC2::Subnet.SubnetId]
resource Db: Postgres { vpc: VPC, subnets: Subnets, class: "db.m7g.large", @ }
)";

constexpr const char* kAurora = R"(stack "growing"
use { AuroraPostgres } from "std"
param VPC: AWS::EC2::VPC.VpcId
param Subnets: [AWS::EC2::Subnet.SubnetId]
resource Db: AuroraPostgres { vpc: VPC, subnets: Subnets, readers: { @ } }
)";

constexpr const char* kBalancer = R"(stack "growing"
use { LoadBalancer, Site, Rule, WebAcl } from "std"
param VPC: AWS::EC2::VPC.VpcId
param Subnets: [AWS::EC2::Subnet.SubnetId]
param Certificate: AWS::CertificateManager::Certificate.Arn
resource Shield: WebAcl
resource Lb: LoadBalancer { vpc: VPC, subnets: Subnets, certificate: Certificate, @ }
allow internet -> Lb: 443
)";

constexpr const char* kSites = R"(stack "growing"
use { LoadBalancer, Site, Rule } from "std"
param VPC: AWS::EC2::VPC.VpcId
param Subnets: [AWS::EC2::Subnet.SubnetId]
param Certificate: AWS::CertificateManager::Certificate.Arn
resource Lb: LoadBalancer { vpc: VPC, subnets: Subnets, certificate: Certificate }
let sites = { @ }
for name, priority in sites {
  resource App: Site { vpc: VPC, balancer: Lb, priority: priority, hosts: ["${name}.example.com"] }
}
)";

constexpr const char* kEdge = R"(stack "growing"
use { NetworkBalancer } from "std"
param VPC: AWS::EC2::VPC.VpcId
param Subnet: AWS::EC2::Subnet.SubnetId
resource Edge: NetworkBalancer { vpc: VPC, fixed: true, subnets: { @ } }
)";

constexpr const char* kImages = R"(stack "growing"
use { Repository } from "std/registry"
for image in [@] {
  resource Images: Repository { name: "acme/${image}" }
}
)";

constexpr const char* kTopic = R"(stack "growing"
use { Queue, Topic } from "std/queue"
resource Invoices: Queue
resource Mails: Queue
resource Orders: Topic { queues: { @ } }
)";

INSTANTIATE_TEST_SUITE_P(
    Std, Growing,
    ::testing::Values(
        Growth{"TwoZonesToThree", kPlain, R"(zones: ["A", "B"])", R"(zones: ["A", "B", "C"])"},
        Growth{"ThreeZonesToFour", kPlain, R"(zones: ["A", "B", "C"])", R"(zones: ["A", "B", "C", "D"])"},
        Growth{"AZoneInTheMiddle", kPlain, R"(zones: ["A", "C"])", R"(zones: ["A", "B", "C"])"},
        Growth{"AZoneInFront", kPlain, R"(zones: ["B", "C"])", R"(zones: ["A", "B", "C"])"},
        Growth{"SingleNatWithAZoneInFront", kPlain, R"(zones: ["B"], nat: "single")",
               R"(zones: ["A", "B"], nat: "single", natZone: "B")"},
        Growth{"SingleNatToOneAZone", kPlain, R"(zones: ["A", "B"], nat: "single")",
               R"(zones: ["A", "B"], nat: "per-zone")"},
        Growth{"NoNatToNat", kPlain, R"(zones: ["A", "B"], nat: "none")", R"(zones: ["A", "B"])"},
        Growth{"RichTwoZonesToThree", kRich, R"(zones: ["A", "B"])", R"(zones: ["A", "B", "C"])"},
        Growth{"RichZoneInTheMiddle", kRich, R"(zones: ["A", "D"])", R"(zones: ["A", "B", "D"])"},
        Growth{"ATierInTheMiddle", kTiers, kTwoTiers, kThreeTiers},
        Growth{"ARangeAndItsTier", kTiers, "nat: \"per-zone\"",
               R"(ranges: { pods: 100.64.0.0/16 }, tiers: {
                 public: { slot: 0, internet: "direct" }, pods: { slot: 0, range: "pods", prefix: 19 }
                 private: { slot: 1, internet: "nat" }, data: { slot: 2 } })"},
        Growth{"EndpointsAndFlowLogs", kTiers, R"(endpoints: ["logs"])",
               R"(endpoints: ["ecr.api", "logs", "ssm"], gateways: ["dynamodb", "s3"], flowLogs: "s3", dataInternet: true)"},
        Growth{"AReplica", kDatabase, R"(replicas: { spare: {} })", R"(replicas: { reports: {}, spare: {} })"},
        Growth{"AGrowingDisk", kDatabase, "monitoring: 0", "growTo: 200GiB"},
        Growth{"AReader", kAurora, "two: {}", "one: {}, two: {}"},
        Growth{"CertificatesLogsAndAWebAcl", kBalancer, R"(certificates: { shop: Certificate })",
               R"(certificates: { api: Certificate, shop: Certificate }, accessLogs: true, webAcl: Shield.arn)"},
        Growth{"ASite", kSites, "shop: 200", "blog: 100, shop: 200"},
        Growth{"AZoneOfANetworkBalancer", kEdge, "B: Subnet", "A: Subnet, B: Subnet"},
        Growth{"AnImage", kImages, R"("web")", R"("api", "web")"},
        Growth{"ASubscriber", kTopic, "invoices: Invoices.arn", "mails: Mails.arn, invoices: Invoices.arn"}),
    [](const auto& test) { return std::string(test.param.name); });

/// The test itself must see what replaces.
TEST(GrowingTest, SeesWhatReplaces) {
  const schema::ResourceType subnet = schema::Schema::aws().find("AWS::EC2::Subnet");
  EXPECT_TRUE(replaces(subnet, "CidrBlock"));
  EXPECT_TRUE(replaces(subnet, "NoSuchProperty"));
  EXPECT_FALSE(replaces(subnet, "MapPublicIpOnLaunch"));
}

}  // namespace
}  // namespace stackc::tests

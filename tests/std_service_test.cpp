// Stacks of services grow without touching what is there.

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/files.hpp"
#include "tests/support/process.hpp"

namespace stackc::tests {
namespace {

using nlohmann::json;

constexpr std::string_view kServices = R"(
stack "acme-services"

use { Cluster, FargateService, FargateCluster, WebService, WorkerService, Grant } from "std"

param VPC: AWS::EC2::VPC.VpcId
param Subnets: [AWS::EC2::Subnet.SubnetId]
param Targets: AWS::ElasticLoadBalancingV2::TargetGroup.TargetGroupArn

resource Jobs: AWS::SQS::Queue
resource Hosts: Cluster { vpc: VPC, subnets: Subnets }
resource Ecs: FargateCluster

resource Web: WebService {
  cluster: Hosts
  targets: Targets
  image: "web:1"
  secrets: { TOKEN: "arn:aws:ssm:eu-west-1:111122223333:parameter/token" }
  //sidecars
}

resource Api: FargateService { vpc: VPC, subnets: Subnets, cluster: Ecs.name, image: "api:1" }
allow Web -> Api: 5000
)";

/// The template of the services above, with `more` at the end, and containers beside `web`.
json services_with(std::string_view more, std::string_view sidecars = "") {
  std::string source(kServices);
  constexpr std::string_view mark = "//sidecars";
  source.replace(source.find(mark), mark.size(), sidecars);
  source += more;
  const TemporaryFolder folder;
  write_file(folder.path() / "services.stack", source);
  const ProcessResult result =
      run_process({STACKC_BINARY, "build", "services.stack", "--out", "."}, folder.path());
  EXPECT_EQ(result.status, 0) << result.err;
  if (result.status != 0) return json::object();
  return json::parse(read_file(folder.path() / "acme-services.template.json"));
}

/// Everything of `before` is in `after`, and is the same but for the resources named in `changing`.
void expect_grown(const json& before, const json& after, const std::vector<std::string>& changing = {}) {
  ASSERT_TRUE(before.contains("Resources") && after.contains("Resources"));
  EXPECT_GT(before["Resources"].size(), 20U);
  for (const auto& [id, resource] : before["Resources"].items()) {
    ASSERT_TRUE(after["Resources"].contains(id)) << id << " disappears";
    if (std::ranges::find(changing, id) != changing.end()) {
      EXPECT_NE(resource, after["Resources"][id]) << id << " does not change";
    } else {
      EXPECT_EQ(resource, after["Resources"][id]) << id << " changes";
    }
  }
}

TEST(Services, GrowByOneWithoutTouchingTheOthers) {
  const json before = services_with("");
  const json after = services_with(R"(
resource Mailer: WorkerService {
  vpc: VPC
  subnets: Subnets
  cluster: Ecs.name
  image: "mailer:1"
  scale: { maximum: 5, queue: { name: Jobs.QueueName, perTask: 10 } }
}
resource Admin: WebService { cluster: Hosts, image: "admin:1" }
allow Admin -> Api: 5000
)");
  expect_grown(before, after);
  EXPECT_GE(after["Resources"].size(), before["Resources"].size() + 13);
}

TEST(Services, GrowByAContainer) {
  const json before = services_with("");
  const json after = services_with("", R"(sidecars: { proxy: { image: "proxy:1", reserve: 64MiB } })");
  expect_grown(before, after, {"WebTask"});
  const json& old_task = before["Resources"]["WebTask"]["Properties"];
  const json& new_task = after["Resources"]["WebTask"]["Properties"];
  EXPECT_EQ(old_task["ContainerDefinitions"][0], new_task["ContainerDefinitions"][0]);
  EXPECT_EQ(old_task["Family"], new_task["Family"]);
  ASSERT_EQ(new_task["ContainerDefinitions"].size(), 2U);
}

TEST(Services, ScalingTakesTheCountOutOfTheTemplate) {
  const json before = services_with("");
  const json after = services_with("", "scale: { maximum: 9, cpu: 60 }");
  expect_grown(before, after, {"WebService"});
  EXPECT_EQ(before["Resources"]["WebService"]["Properties"]["DesiredCount"], 2);
  EXPECT_FALSE(after["Resources"]["WebService"]["Properties"].contains("DesiredCount"));
  EXPECT_EQ(after["Resources"]["WebTasks"]["Properties"]["MaxCapacity"], 9);
}

/// The actions that the role `id` may take, on what.
json statements_of(const json& tmpl, const std::string& id) {
  json all = json::array();
  for (const json& policy : tmpl["Resources"][id]["Properties"].value("Policies", json::array())) {
    for (const json& statement : policy["PolicyDocument"]["Statement"]) all.push_back(statement);
  }
  return all;
}

TEST(Services, RolesHaveWhatIsUsedAndNothingElse) {
  const json plain = services_with("");
  EXPECT_TRUE(statements_of(plain, "ApiTaskRole").empty());
  const json used = services_with("", R"(uses: [{ actions: ["sqs:SendMessage"], resources: [Jobs.Arn] }])");
  const json uses = statements_of(used, "WebTaskRole");
  ASSERT_EQ(uses.size(), 1U);
  EXPECT_EQ(uses[0]["Action"], json::array({"sqs:SendMessage"}));
  EXPECT_EQ(uses[0]["Resource"], json::parse(R"([{"Fn::GetAtt": ["Jobs", "Arn"]}])"));
  for (const json& statement : statements_of(plain, "WebExecutionRole")) {
    const bool registry = statement["Action"] == json::array({"ecr:GetAuthorizationToken"});
    EXPECT_EQ(statement["Resource"] == json::array({"*"}), registry) << statement;
  }
  EXPECT_EQ(statements_of(plain, "WebExecutionRole").size(), 4U);  // logs, token, images, secrets
  EXPECT_EQ(statements_of(plain, "ApiExecutionRole").size(), 3U);
  EXPECT_EQ(statements_of(services_with("", "pulls: []"), "WebExecutionRole").size(), 2U);
}

}  // namespace
}  // namespace stackc::tests

#include "tests/unit/eval_support.hpp"

// Identities, loops, branches, components.
namespace stackc::eval {
namespace {

using testing::Test;
using Ids = std::vector<std::string>;

TEST(EvalStructure, LoopsGiveKeysToLogicalIds) {
  const auto c = compile(R"(
resource V: AWS::EC2::VPC { CidrBlock: 10.0.0.0/16 }
for zone in ["a", "b"] {
  for tier in ["web", "db"] {
    resource Subnet: AWS::EC2::Subnet {
      VpcId: V
      AvailabilityZone: "${aws.region}${zone}"
    }
  }
  resource Table: AWS::EC2::RouteTable { VpcId: V }
  resource Link: AWS::EC2::SubnetRouteTableAssociation {
    SubnetId: Subnet["db"]
    RouteTableId: Table
  }
}
output First = Subnet["a"]["web"]
output All = join(",", Subnet[*].ref)
)");
  ASSERT_EQ(c.findings(), "");
  EXPECT_EQ(c.ids(), (Ids{"V", "SubnetAWeb", "SubnetADb", "TableA", "LinkA", "SubnetBWeb", "SubnetBDb",
                          "TableB", "LinkB"}));
  EXPECT_EQ(c.property("LinkB", "SubnetId"), R"({"Ref":"SubnetBDb"})");
  EXPECT_EQ(c.property("LinkB", "RouteTableId"), R"({"Ref":"TableB"})");
  EXPECT_EQ(c.output("First"), R"({"Ref":"SubnetAWeb"})");
  EXPECT_EQ(
      c.output("All"),
      R"({"Fn::Join":[",",[{"Ref":"SubnetAWeb"},{"Ref":"SubnetADb"},{"Ref":"SubnetBWeb"},{"Ref":"SubnetBDb"}]]})");
}

TEST(EvalStructure, AKeyThatDoesNotExist) {
  const auto c = compile(R"(
for zone in ["alpha", "beta"] {
  resource Queue: AWS::SQS::Queue {}
}
output X = Queue["alhpa"].ref
)");
  EXPECT_EQ(c.findings(), "E0603 main.stack:6: there is no key `alhpa` in this family\n");
}

TEST(EvalStructure, KeysThatNoLogicalIdHolds) {
  const auto c = compile(R"(
for zone in ["eu-west-1a"] {
  resource Queue: AWS::SQS::Queue {}
}
)");
  EXPECT_EQ(c.findings(),
            "E0602 main.stack:3: the key `eu-west-1a` cannot be part of the logical ID of `Queue`\n");
}

TEST(EvalStructure, ClashesOfLogicalIds) {
  const auto c = compile(R"(
for zone in ["a"] {
  resource Queue: AWS::SQS::Queue {}
}
resource QueueA: AWS::SQS::Queue {}
)");
  EXPECT_EQ(c.findings(), "E0707 main.stack:6: the logical ID `QueueA` is declared twice\n");
}

TEST(EvalStructure, LateBranches) {
  const auto c = compile(R"(
param Environment: "production" | "staging" = "staging"
condition IsProduction = Environment == "production"
if IsProduction {
  resource Queue: AWS::SQS::Queue {}
  resource Policy: AWS::SQS::QueuePolicy {
    Queues: [Queue]
    PolicyDocument: { Statement: [] }
  }
} else {
  resource Topic: AWS::SNS::Topic {}
}
output Url = Queue?.QueueUrl
output Name = Queue?.QueueName ?? "none"
)");
  ASSERT_EQ(c.findings(), "");
  ASSERT_NE(c.resource("Queue"), nullptr);
  EXPECT_EQ(json(c.resource("Queue")->condition), R"({"Condition":"IsProduction"})");
  EXPECT_EQ(c.property("Policy", "Queues"), R"([{"Ref":"Queue"}])");
  EXPECT_NE(c.resource("Topic")->condition, nullptr);
  ASSERT_EQ(c.tmpl->outputs.size(), 2u);
  EXPECT_EQ(json(c.tmpl->outputs[0].condition), R"({"Condition":"IsProduction"})");
  EXPECT_EQ(c.output("Url"), R"({"Fn::GetAtt":["Queue","QueueUrl"]})");
  EXPECT_EQ(c.output("Name"), R"({"Fn::If":["IsProduction",{"Fn::GetAtt":["Queue","QueueName"]},"none"]})");
}

TEST(EvalStructure, ConstBranchesAreKeptOrDropped) {
  const auto c = compile(R"(
const param many: Bool = false
if many {
  resource Queue: AWS::SQS::Queue { DelaySeconds: 1 }
} else {
  resource Queue: AWS::SQS::Queue { DelaySeconds: 2 }
}
output Url = Queue.QueueUrl
)");
  ASSERT_EQ(c.findings(), "");
  EXPECT_EQ(c.ids(), Ids{"Queue"});
  EXPECT_EQ(c.property("Queue", "DelaySeconds"), "2");
}

constexpr const char* kComponent = R"(
component Pair {
  param delay: Int = 5
  param name: String?
  resource First: AWS::SQS::Queue {
    DelaySeconds: delay
    QueueName: name
  }
  resource Second: AWS::SQS::Queue {
    RedrivePolicy: { deadLetterTargetArn: First.Arn }
  }
  output first = First
  output arn = Second.Arn
}
)";

TEST(EvalStructure, ComponentsAreInlinedUnderTheirPrefix) {
  const auto c = compile(std::string(kComponent) + R"(
param Delay: Int = 3
resource Jobs: Pair { delay: Delay }
resource Mail: Pair {}
output Arn = Jobs.arn
output First = Mail.first.ref
)");
  ASSERT_EQ(c.findings(), "");
  EXPECT_EQ(c.ids(), (Ids{"JobsFirst", "JobsSecond", "MailFirst", "MailSecond"}));
  EXPECT_EQ(c.property("JobsFirst", "DelaySeconds"), R"({"Ref":"Delay"})");
  EXPECT_EQ(c.property("MailFirst", "DelaySeconds"), "5");
  EXPECT_EQ(c.property("MailFirst", "QueueName"), "(none)");
  EXPECT_EQ(c.output("Arn"), R"({"Fn::GetAtt":["JobsSecond","Arn"]})");
  EXPECT_EQ(c.output("First"), R"({"Ref":"MailFirst"})");
}

TEST(EvalStructure, OverridesReachInside) {
  const auto c = compile(std::string(kComponent) + R"(
@prefix("")
resource Jobs: Pair {} with {
  @id("DeadLetters")
  First { DelaySeconds: 9, MessageRetentionPeriod: 60 }
}
)");
  ASSERT_EQ(c.findings(), "");
  EXPECT_EQ(c.ids(), (Ids{"DeadLetters", "Second"}));
  EXPECT_EQ(c.property("DeadLetters", "DelaySeconds"), "9");
  EXPECT_EQ(c.property("DeadLetters", "MessageRetentionPeriod"), "60");
  EXPECT_EQ(c.property("Second", "RedrivePolicy"),
            R"({"deadLetterTargetArn":{"Fn::GetAtt":["DeadLetters","Arn"]}})");
}

TEST(EvalStructure, PoliciesOfInstancesReachWhatHoldsData) {
  const auto c = compile(R"(
component Store {
  resource Group: AWS::EC2::SecurityGroup { GroupDescription: "db" }
  @snapshot
  resource Db: AWS::RDS::DBInstance {
    DBInstanceClass: "db.t4g.small"
    Engine: "postgres"
    AllocatedStorage: "20"
    MasterUsername: "root"
    ManageMasterUserPassword: true
  }
}
resource Own: Store {}
@retain
resource Kept: Store {}
@retain
resource Mixed: Store {} with { @delete Db {} }
@moved("Before")
@replace(ok: "empty by then")
resource Renamed: Store {} with { @replace(ok: "restored") Db {} }
)");
  ASSERT_EQ(c.findings(), "");
  EXPECT_EQ(c.resource("OwnDb")->deletion_policy, "Snapshot");
  EXPECT_EQ(c.resource("KeptDb")->deletion_policy, "Retain");
  EXPECT_EQ(c.resource("KeptDb")->update_replace_policy, "Retain");
  EXPECT_EQ(c.resource("KeptGroup")->deletion_policy, "");
  EXPECT_EQ(c.resource("MixedDb")->deletion_policy, "Delete");
  EXPECT_EQ(c.resource("RenamedGroup")->moved_from, "BeforeGroup");
  EXPECT_EQ(c.resource("RenamedGroup")->replace_ok, "empty by then");
  EXPECT_EQ(c.resource("RenamedDb")->replace_ok, "restored");
  EXPECT_EQ(c.resource("KeptDb")->replace_ok, "");
}

TEST(EvalStructure, TagsReachEveryResource) {
  const auto c = compile(R"(
tags { Service: "acme", Team: "core" }
component Box {
  tags { Team: "box" }
  resource Queue: AWS::SQS::Queue { Tags: [{ Key: "Own", Value: "yes" }, { Key: "Service", Value: "mine" }] }
}
resource A: Box {}
resource B: AWS::SQS::Queue {}
)");
  ASSERT_EQ(c.findings(), "");
  EXPECT_EQ(c.property("B", "Tags"), R"([{"Key":"Service","Value":"acme"},{"Key":"Team","Value":"core"}])");
  EXPECT_EQ(c.property("AQueue", "Tags"),
            R"([{"Key":"Service","Value":"mine"},{"Key":"Team","Value":"box"},{"Key":"Own","Value":"yes"}])");
}

TEST(EvalStructure, AllowMakesRules) {
  const auto c = compile(R"(
resource Lb: AWS::EC2::SecurityGroup { GroupDescription: "lb" }
resource Web: AWS::EC2::SecurityGroup { GroupDescription: "web" }
let office = 192.0.2.0/24
allow internet -> Lb: 443
allow Lb -> Web: [5000, 6000..6010]
allow office -> Web: udp(53)
)");
  ASSERT_EQ(c.findings(), "");
  EXPECT_EQ(c.ids(), (Ids{"Lb", "Web", "LbFromInternetOn443", "LbFromInternetOn443V6", "WebFromLbOn5000",
                          "WebFromLbOn6000To6010", "WebFromOfficeOn53Udp"}));
  EXPECT_EQ(c.property("LbFromInternetOn443V6", "CidrIpv6"), R"("::/0")");
  EXPECT_EQ(c.property("WebFromLbOn6000To6010", "ToPort"), "6010");
  EXPECT_EQ(c.property("WebFromLbOn5000", "SourceSecurityGroupId"), R"({"Ref":"Lb"})");
  EXPECT_EQ(c.property("WebFromOfficeOn53Udp", "IpProtocol"), R"("udp")");
}

TEST(EvalStructure, ExportsComeBackKeyed) {
  const auto c = compile({{"net.stack", R"(stack "net"
const param zones: [String] = ["A", "B"]
resource V: AWS::EC2::VPC { CidrBlock: 10.0.0.0/16 }
for zone in zones {
  resource Subnet: AWS::EC2::Subnet { VpcId: V }
}
export VPC = V
export Subnets = Subnet
)"},
                          {"main.stack", R"(stack "main"
upstream Net from "net.stack"
resource Group: AWS::RDS::DBSubnetGroup {
  DBSubnetGroupDescription: "data"
  SubnetIds: Net.Subnets
}
for k, s in Net.Subnets {
  resource Nat: AWS::EC2::NatGateway { SubnetId: s }
}
)"}});
  ASSERT_EQ(c.findings(), "");
  EXPECT_EQ(
      c.property("Group", "SubnetIds"),
      R"([{"Fn::ImportValue":{"Fn::Sub":"${NetStackName}:SubnetsA"}},{"Fn::ImportValue":{"Fn::Sub":"${NetStackName}:SubnetsB"}}])");
  EXPECT_EQ(c.ids(), (Ids{"Group", "NatA", "NatB"}));
  EXPECT_EQ(json(c.parameter("NetStackName")->default_value), R"("net")");
}

TEST(EvalStructure, SettingsOfConstParams) {
  StackSettings settings;
  settings.consts["zones"] = R"(["A", "B", "C"])";
  const char* text = R"(
const param zones: [String] = ["A"]
for z in zones { resource Queue: AWS::SQS::Queue {} }
)";
  EXPECT_EQ(compile(text, settings).ids(), (Ids{"QueueA", "QueueB", "QueueC"}));
  settings.consts["zones"] = "5";
  EXPECT_EQ(compile(text, settings).findings(),
            "E0616 main.stack:3: `zones` is set to `5`, which does not fit its type\n");
}

TEST(EvalStructure, LoopsHaveALimit) {
  const auto c = compile(R"(
for a in 1..200 {
  for b in 1..200 { resource Queue: AWS::SQS::Queue {} }
}
)");
  EXPECT_EQ(c.findings(), "E0610 main.stack:4: the loops of this stack take more than 10000 rounds\n");
}

TEST(EvalStructure, MistakesInsideShowTheInstance) {
  const auto c = compile(R"(
component Picky {
  param names: [String]
  output first = names[0]
}
resource P: Picky { names: [] }
output X = P.first
)");
  ASSERT_EQ(c.diagnostics.size(), 1u);
  EXPECT_EQ(c.findings(), "E0604 main.stack:7: index 0 of an empty list\n");
  ASSERT_EQ(c.diagnostics[0].labels.size(), 2u);
  EXPECT_EQ(
      c.sources.position(c.diagnostics[0].labels[1].span.file, c.diagnostics[0].labels[1].span.begin).line,
      5u);
}

TEST(EvalStructure, AssertionsOnParametersAreRules) {
  const auto c = compile(R"(
param Environment: "production" | "staging" = "staging"
param Size: "small" | "large" = "small"
condition IsProduction = Environment == "production"
assert !IsProduction || Size == "large", "production needs a large one"
resource Topic: AWS::SNS::Topic
)");
  ASSERT_EQ(c.findings(), "");
  ASSERT_EQ(c.tmpl->rules.size(), 1u);
  EXPECT_EQ(c.tmpl->rules[0].id, "AssertEnvironmentSize");
  EXPECT_EQ(
      json(c.tmpl->rules[0].value),
      R"({"Assertions":[{"Assert":{"Fn::Or":[{"Fn::Not":[{"Fn::Equals":[{"Ref":"Environment"},"production"]}]},{"Fn::Equals":[{"Ref":"Size"},"large"]}]},"AssertDescription":"production needs a large one"}]})");
}

}  // namespace
}  // namespace stackc::eval

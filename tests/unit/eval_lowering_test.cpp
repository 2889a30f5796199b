#include "tests/unit/eval_support.hpp"

// The lowering table: one expression in every stage.
namespace stackc::eval {
namespace {

TEST(EvalLowering, FoldsConstants) {
  const auto c = compile(R"(
let words = ["a", "b", "c"]
let sizes = { small: 1, large: 8 }
output Sum = 2 + 3 * 4
output Half = 7 / 2
output Text = "x${1 + 1}-${words[2]}"
output Choice = length(words) == 3 ? "three" : "other"
output Picked = sizes["large"]
output Block = 10.0.0.0/16.subnet(20, 3)
output Seconds = 5m.seconds
output Joined = join("-", [for w in words if w != "b": upper(w)])
output Literal = "\${AWS::Region}"
resource Topic: AWS::SNS::Topic
)");
  ASSERT_EQ(c.findings(), "");
  EXPECT_EQ(c.output("Sum"), R"("14")");
  EXPECT_EQ(c.output("Half"), R"("3.5")");
  EXPECT_EQ(c.output("Text"), R"("x2-c")");
  EXPECT_EQ(c.output("Choice"), R"("three")");
  EXPECT_EQ(c.output("Picked"), R"("8")");
  EXPECT_EQ(c.output("Block"), R"("10.0.48.0/20")");
  EXPECT_EQ(c.output("Seconds"), R"("300")");
  EXPECT_EQ(c.output("Joined"), R"("A-C")");
  EXPECT_EQ(c.output("Literal"), R"("${AWS::Region}")");
}

TEST(EvalLowering, OptionalParameterWithADefaultElsewhere) {
  const auto c = compile(R"(
upstream VPC { VPC: AWS::EC2::VPC.VpcId }
param VPCId: AWS::EC2::VPC.VpcId?
let vpc = VPCId ?? VPC.VPC
resource Group: AWS::EC2::SecurityGroup {
  GroupDescription: "hosts"
  VpcId: vpc
}
)");
  ASSERT_EQ(c.findings(), "");
  EXPECT_EQ(
      c.property("Group", "VpcId"),
      R"({"Fn::If":["IsVPCIdSpecified",{"Ref":"VPCId"},{"Fn::ImportValue":{"Fn::Sub":"${VPCStackName}:VPC"}}]})");
  EXPECT_EQ(c.condition("IsVPCIdSpecified"), R"({"Fn::Not":[{"Fn::Equals":[{"Ref":"VPCId"},""]}]})");
  ASSERT_NE(c.parameter("VPCId"), nullptr);
  EXPECT_EQ(c.parameter("VPCId")->type, "String");
  EXPECT_EQ(json(c.parameter("VPCId")->default_value), R"("")");
  ASSERT_NE(c.parameter("VPCStackName"), nullptr);
}

TEST(EvalLowering, ConditionsAsValuesAndInText) {
  const auto c = compile(R"(
param Environment: "production" | "staging" = "staging"
param Verbose: Bool = false
condition IsProduction = Environment == "production"
resource Db: AWS::RDS::DBInstance {
  DBInstanceClass: IsProduction ? "db.m7g.large" : "db.t4g.medium"
  MultiAZ: IsProduction
  AllocatedStorage: "20"
  Engine: "postgres"
  CopyTagsToSnapshot: Verbose
  DeletionProtection: !Verbose
  MasterUsername: IsProduction && Verbose ? "root" : none
  DBName: "p${IsProduction}"
}
)");
  ASSERT_EQ(c.findings(), "");
  EXPECT_EQ(c.property("Db", "DBInstanceClass"),
            R"({"Fn::If":["IsProduction","db.m7g.large","db.t4g.medium"]})");
  EXPECT_EQ(c.property("Db", "MultiAZ"), R"({"Fn::If":["IsProduction",true,false]})");
  EXPECT_EQ(c.property("Db", "CopyTagsToSnapshot"), R"({"Ref":"Verbose"})");
  EXPECT_EQ(
      c.property("Db", "DBName"),
      R"({"Fn::Sub":["p${IsProduction}",{"IsProduction":{"Fn::If":["IsProduction","true","false"]}}]})");
  EXPECT_EQ(c.condition("IsProduction"), R"({"Fn::Equals":[{"Ref":"Environment"},"production"]})");
  const ir::Parameter* verbose = c.parameter("Verbose");
  ASSERT_NE(verbose, nullptr);
  EXPECT_EQ(verbose->type, "String");
  EXPECT_EQ(json(verbose->allowed_values), R"(["true","false"])");
  EXPECT_EQ(json(verbose->default_value), R"("false")");
}

TEST(EvalLowering, ScalarsInSlotsOfText) {
  const auto c = compile(R"(
param VpcId: AWS::EC2::VPC.VpcId
resource DefaultTargetGroup: AWS::ElasticLoadBalancingV2::TargetGroup {
  Name: "${aws.stackName}-default"
  VpcId: VpcId
  Port: 80
  Protocol: "HTTP"
  Matcher: { HttpCode: "200,301,302,307" }
  TargetGroupAttributes: [
    { Key: "deregistration_delay.timeout_seconds", Value: 30 }
    { Key: "stickiness.enabled", Value: false }
  ]
}
)");
  ASSERT_EQ(c.findings(), "");
  EXPECT_EQ(c.property("DefaultTargetGroup", "Name"), R"({"Fn::Sub":"${AWS::StackName}-default"})");
  EXPECT_EQ(c.property("DefaultTargetGroup", "Port"), "80");
  EXPECT_EQ(
      c.property("DefaultTargetGroup", "TargetGroupAttributes"),
      R"([{"Key":"deregistration_delay.timeout_seconds","Value":"30"},{"Key":"stickiness.enabled","Value":"false"}])");
  EXPECT_EQ(c.parameter("VpcId")->type, "AWS::EC2::VPC::Id");
}

TEST(EvalLowering, AMapAskedLateIsAMapping) {
  const auto c = compile(R"(
param Size: "small" | "large" = "small"
let memory = { small: "512", large: "2048" }
let plans: {[String]: { cpu: Int, count: Int }} = { small: { cpu: 256, count: 1 }, large: { cpu: 1024, count: 4 } }
output Memory = memory[Size]
output Cpu = plans[Size].cpu
resource Topic: AWS::SNS::Topic
)");
  ASSERT_EQ(c.findings(), "");
  EXPECT_EQ(c.output("Memory"), R"({"Fn::FindInMap":["memory",{"Ref":"Size"},"Value"]})");
  EXPECT_EQ(c.output("Cpu"), R"({"Fn::FindInMap":["plans",{"Ref":"Size"},"cpu"]})");
  ASSERT_EQ(c.tmpl->mappings.size(), 2u);
  EXPECT_EQ(json(c.tmpl->mappings[0].value), R"({"small":{"Value":"512"},"large":{"Value":"2048"}})");
}

TEST(EvalLowering, NoneLeavesOut) {
  const auto c = compile(R"(
param Name: String?
resource Queue: AWS::SQS::Queue {
  QueueName: Name
  KmsMasterKeyId: none
}
)");
  ASSERT_EQ(c.findings(), "");
  EXPECT_EQ(c.property("Queue", "QueueName"),
            R"({"Fn::If":["IsNameSpecified",{"Ref":"Name"},{"Ref":"AWS::NoValue"}]})");
  EXPECT_EQ(c.property("Queue", "KmsMasterKeyId"), "(none)");
}

TEST(EvalLowering, SpreadsKeepTheirConditions) {
  const auto c = compile(R"(
param Extra: "yes" | "no" = "no"
param Groups: [AWS::EC2::SecurityGroup.GroupId]
resource A: AWS::EC2::SecurityGroup { GroupDescription: "a" }
resource Lb: AWS::ElasticLoadBalancingV2::LoadBalancer {
  SecurityGroups: [A, ...Groups]
  Subnets: ["s-1", ...(Extra == "yes" ? ["s-2"] : [])]
}
)");
  ASSERT_EQ(c.findings(), "");
  EXPECT_EQ(c.property("Lb", "Subnets"), R"(["s-1",{"Fn::If":["IsExtraYes","s-2",{"Ref":"AWS::NoValue"}]}])");
  EXPECT_EQ(c.parameter("Groups")->type, "List<AWS::EC2::SecurityGroup::Id>");
}

TEST(EvalLowering, LateSubnets) {
  const auto c = compile(R"(
resource V: AWS::EC2::VPC { CidrBlock: 10.0.0.0/16 }
param Block: Cidr = 10.1.0.0/16
resource S: AWS::EC2::Subnet {
  VpcId: V
  CidrBlock: Block.subnet(24, 2)
}
)");
  ASSERT_EQ(c.findings(), "");
  EXPECT_EQ(c.property("S", "VpcId"), R"({"Ref":"V"})");
  EXPECT_EQ(c.property("S", "CidrBlock"), R"({"Fn::Select":[2,{"Fn::Cidr":[{"Ref":"Block"},3,8]}]})");
}

TEST(EvalLowering, MistakesOfValues) {
  EXPECT_EQ(compile("let zero = 0\noutput X = 1 / zero").findings(),
            "E0607 main.stack:3: division by zero\n");
  EXPECT_EQ(compile("let big = 9223372036854775807\noutput X = big + 1").findings(),
            "E0608 main.stack:3: the result does not fit in a 64-bit integer\n");
  EXPECT_EQ(compile("let xs = [1, 2]\noutput X = xs[2]").findings(),
            "E0604 main.stack:3: index 2 is out of range: the list has 2 elements\n");
  EXPECT_EQ(compile("output X = 10.0.0.0/24.subnet(26, 4)").findings(),
            "E0609 main.stack:2: `10.0.0.0/24` has no block of /26 with the number 4\n");
  EXPECT_EQ(compile("let n = 1\nassert n > 1, \"too few\"").findings(), "E0605 main.stack:3: too few\n");
}

}  // namespace
}  // namespace stackc::eval

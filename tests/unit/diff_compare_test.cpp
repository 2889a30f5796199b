// What happens to resources: created, updated, replaced, deleted, moved, and what that does to others.

#include "tests/unit/diff_support.hpp"

namespace stackc::diff {
namespace {

constexpr std::string_view kNetwork = R"(
Resources:
  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}
  Subnet: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}}
  Host: {Type: 'AWS::EC2::Instance', Properties: {SubnetId: !Ref Subnet, Tags: [{Key: Vpc, Value: !Sub 'in ${Vpc}'}]}}
  Queue: {Type: 'AWS::SQS::Queue', Properties: {}}
Outputs:
  Vpc: {Value: !Ref Vpc}
)";

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string out(text);
  const std::size_t at = out.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return out.replace(at, from.size(), to);
}

TEST(DiffCompare, TheSameIsNoDifference) {
  const Compared c = compared(kNetwork, kNetwork);
  EXPECT_TRUE(c.diff.empty());
  EXPECT_EQ(c.text(), "");
}

TEST(DiffCompare, ReplacementGoesAlongReferences) {
  const Compared c = compared(kNetwork, replaced(kNetwork, "10.0.0.0/16", "10.1.0.0/16"));
  EXPECT_EQ(c.text(), R"(replace Vpc deleted
  CidrBlock! "10.0.0.0/16" -> "10.1.0.0/16"
replace Subnet deleted
  VpcId! {"Ref":"Vpc"} -> {"Ref":"Vpc"} by Vpc.CidrBlock > Subnet.VpcId
replace Host deleted
  SubnetId! {"Ref":"Subnet"} -> {"Ref":"Subnet"} by Vpc.CidrBlock > Subnet.VpcId > Host.SubnetId
  Tags[Vpc].Value {"Fn::Sub":"in${Vpc}"} -> {"Fn::Sub":"in${Vpc}"} by Vpc.CidrBlock > Host.Tags[Vpc].Value
)");
  EXPECT_EQ(
      c.entries(),
      "Outputs Vpc Value: {\"Ref\":\"Vpc\"} -> {\"Ref\":\"Vpc\"} by Vpc.CidrBlock > Outputs:Vpc.Value\n");
}

TEST(DiffCompare, CreatedAndDeleted) {
  EXPECT_EQ(changes(kNetwork, replaced(kNetwork, "'AWS::SQS::Queue'", "'AWS::SNS::Topic'")),
            "replace Queue deleted\n  Type! \"AWS::SQS::Queue\" -> \"AWS::SNS::Topic\"\n");
  EXPECT_EQ(changes(kNetwork, replaced(kNetwork, "Queue:", "Q:")), "create Q\ndelete Queue deleted\n");
}

TEST(DiffCompare, PropertiesInsideReplace) {
  // `CreationInfo.OwnerUid` of an access point is create-only, a capacity provider's group too.
  const auto point = [](std::string_view uid) {
    return fmt::format(
        "{{Resources: {{P: {{Type: 'AWS::EFS::AccessPoint', Properties: {{RootDirectory: {{CreationInfo: "
        "{{OwnerUid: '{}', OwnerGid: '1', Permissions: '755'}}}}}}}}}}}}",
        uid);
  };
  EXPECT_EQ(changes(point("1"), point("2")),
            "replace P deleted\n  RootDirectory.CreationInfo.OwnerUid! \"1\" -> \"2\"\n");
  const auto provider = [](std::string_view group, int capacity) {
    return fmt::format(
        "{{Resources: {{P: {{Type: 'AWS::ECS::CapacityProvider', Properties: {{AutoScalingGroupProvider: "
        "{{AutoScalingGroupArn: {}, ManagedScaling: {{TargetCapacity: {}}}}}}}}}}}}}",
        group, capacity);
  };
  EXPECT_EQ(changes(provider("a", 1), provider("b", 1)),
            "replace P deleted\n  AutoScalingGroupProvider.AutoScalingGroupArn! \"a\" -> \"b\"\n");
  EXPECT_EQ(changes(provider("a", 1), provider("a", 2)),
            "update P\n  AutoScalingGroupProvider.ManagedScaling.TargetCapacity 1 -> 2\n");
}

TEST(DiffCompare, InterruptionsAndVersions) {
  const auto hosts = [](std::string_view image, std::string_view size) {
    return fmt::format(R"(
Resources:
  Template: {{Type: 'AWS::EC2::LaunchTemplate', Properties: {{LaunchTemplateData: {{ImageId: {}}}}}}}
  Group: {{Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: {{MaxSize: '1', MinSize: '1', LaunchTemplate: {{LaunchTemplateId: !Ref Template, Version: !GetAtt Template.LatestVersionNumber}}}}}}
  Db: {{Type: 'AWS::RDS::DBInstance', Properties: {{DBInstanceClass: {}}}}}
)",
                       image, size);
  };
  EXPECT_EQ(
      changes(hosts("a", "t3.micro"), hosts("b", "t3.small")),
      "update Template\n  LaunchTemplateData.ImageId \"a\" -> \"b\"\n"
      "update Group\n  LaunchTemplate.Version {\"Fn::GetAtt\":[\"Template\",\"LatestVersionNumber\"]} -> "
      "{\"Fn::GetAtt\":[\"Template\",\"LatestVersionNumber\"]} by Template.LaunchTemplateData.ImageId > "
      "Group.LaunchTemplate.Version\n"
      "interrupt Db\n  DBInstanceClass~ \"t3.micro\" -> \"t3.small\"\n");
}

TEST(DiffCompare, FatesByThePolicies) {
  const auto with = [](std::string_view attributes, std::string_view name) {
    return fmt::format(
        "{{Resources: {{B: {{Type: 'AWS::S3::Bucket'{}, Properties: {{BucketName: {}}}}}, "
        "Q: {{Type: 'AWS::SQS::Queue'}}}}}}",
        attributes, name);
  };
  const std::string none = "{Resources: {Q: {Type: 'AWS::SQS::Queue'}}}";
  EXPECT_EQ(changes(with("", "a"), none), "delete B deleted\n");
  EXPECT_EQ(changes(with(", DeletionPolicy: Retain", "a"), none), "delete B retained\n");
  EXPECT_EQ(changes(with(", DeletionPolicy: RetainExceptOnCreate", "a"), none), "delete B retained\n");
  EXPECT_EQ(changes(with(", DeletionPolicy: Retain", "a"), with(", DeletionPolicy: Retain", "b")),
            "replace B deleted\n  BucketName! \"a\" -> \"b\"\n");
  EXPECT_EQ(changes(with(", UpdateReplacePolicy: Retain", "a"), with(", UpdateReplacePolicy: Retain", "b")),
            "replace B retained\n  BucketName! \"a\" -> \"b\"\n");
  const std::string db =
      "{Resources: {Db: {Type: 'AWS::RDS::DBInstance', Properties: {Engine: x}}, Q: {Type: "
      "'AWS::SQS::Queue'}}}";
  EXPECT_EQ(changes(db, none), "delete Db snapshot\n");
}

TEST(DiffCompare, DependsOnAloneDoesNothing) {
  const auto with = [](std::string_view attributes) {
    return fmt::format(
        "{{Resources: {{A: {{Type: 'AWS::SQS::Queue'{}}}, B: {{Type: 'AWS::SNS::Topic'}}, C: {{Type: "
        "'AWS::SNS::Topic'}}}}}}",
        attributes);
  };
  EXPECT_EQ(changes(with(", DependsOn: [B, C]"), with(", DependsOn: [C, B]")), "");
  EXPECT_EQ(changes(with(", DependsOn: B"), with(", DependsOn: [B]")), "");
  EXPECT_EQ(changes(with(", DependsOn: B"), with("")), "none A\n  DependsOn [\"B\"] -> -\n");
}

TEST(DiffCompare, ParametersMappingsConditions) {
  const auto with = [](std::string_view size, std::string_view image, std::string_view production) {
    return fmt::format(R"(
Parameters: {{Size: {{Type: String, Default: {}}}, Env: {{Type: String, Default: dev}}}}
Mappings: {{Images: {{eu-west-1: {{Id: {}}}, us-east-1: {{Id: ami-2}}}}}}
Conditions: {{IsProd: !Equals [!Ref Env, {}]}}
Resources:
  Host: {{Type: 'AWS::EC2::Instance', Properties: {{InstanceType: !Ref Size, ImageId: !FindInMap [Images, !Ref 'AWS::Region', Id]}}}}
  Alarm: {{Type: 'AWS::SNS::Topic', Condition: IsProd}}
  Queue: {{Type: 'AWS::SQS::Queue', Properties: {{DelaySeconds: !If [IsProd, 1, 2]}}}}
)",
                       size, image, production);
  };
  const std::string before = with("t3.micro", "ami-1", "prod");
  EXPECT_EQ(changes(before, with("t3.small", "ami-1", "prod")),
            "may-replace Host deleted\n  InstanceType? \"t3.micro\" -> \"t3.small\" by Size.Default > "
            "Host.InstanceType\n");
  EXPECT_EQ(
      changes(before, with("t3.small", "ami-1", "prod"), {{"Size", "m5.large"}}, {{"Size", "m5.large"}}), "");
  const std::string other = with("t3.micro", "ami-9", "prod");
  EXPECT_EQ(changes(before, other, {{"AWS::Region", "us-east-1"}}, {{"AWS::Region", "us-east-1"}}), "");
  EXPECT_EQ(changes(before, other, {{"AWS::Region", "eu-west-1"}}, {{"AWS::Region", "eu-west-1"}}),
            "replace Host deleted\n  ImageId! \"ami-1\" -> \"ami-9\" by Mappings:Images.eu-west-1.Id > "
            "Host.ImageId\n");
  EXPECT_EQ(changes(before, with("t3.micro", "ami-1", "dev")),
            "create Alarm\n  Condition {\"Condition\":\"IsProd\"} -> {\"Condition\":\"IsProd\"} by "
            "Conditions:IsProd > Alarm.Condition\n"
            "update Queue\n  DelaySeconds 2 -> 1 by Conditions:IsProd > Queue.DelaySeconds\n");
  EXPECT_EQ(changes(before, before, {{"Env", "prod"}}, {{"Env", "dev"}}),
            "update Queue\n  DelaySeconds 1 -> 2 by Env.value > Conditions:IsProd > Queue.DelaySeconds\n"
            "delete Alarm deleted\n");
  const Compared c = compared(before, with("t3.small", "ami-1", "prod"));
  EXPECT_EQ(c.entries(), "Parameters Size Default: \"t3.micro\" -> \"t3.small\"\n");
}

TEST(DiffCompare, Renames) {
  const std::string before = R"(
Resources:
  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}
  A: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}}
  B: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.2.0/24}}
  First: {Type: 'AWS::SNS::Topic'}
  Second: {Type: 'AWS::SNS::Topic'}
  Alarm: {Type: 'AWS::CloudWatch::Alarm', Properties: {AlarmActions: [!Ref First], OKActions: [!Ref Second]}}
)";
  const auto with = [&](std::initializer_list<std::pair<std::string_view, std::string_view>> names) {
    std::string out = before;
    for (const auto& [from, to] : names) {
      for (std::size_t at = out.find(from); at != std::string::npos; at = out.find(from, at + to.size())) {
        out.replace(at, from.size(), to);
      }
    }
    return out;
  };
  EXPECT_EQ(changes(before, with({{"Vpc:", "Net:"}, {"Ref Vpc", "Ref Net"}})), "move Net was Vpc\n");
  EXPECT_EQ(
      changes(
          before,
          with({{"Vpc:", "Net:"}, {"Ref Vpc", "Ref Net"}, {"  A:", "  SubnetA:"}, {"  B:", "  SubnetB:"}})),
      "move Net was Vpc\nmove SubnetA was A\nmove SubnetB was B\n");
  // Told apart by who refers to them.
  EXPECT_EQ(changes(before, with({{"First", "One"}, {"Second", "Two"}})),
            "move One was First\nmove Two was Second\n");
  // Nothing tells these apart.
  const std::string twins = "{Resources: {A: {Type: 'AWS::SNS::Topic'}, B: {Type: 'AWS::SNS::Topic'}}}";
  const std::string others = "{Resources: {C: {Type: 'AWS::SNS::Topic'}, D: {Type: 'AWS::SNS::Topic'}}}";
  EXPECT_EQ(changes(twins, others), "create C\ncreate D\ndelete A deleted\ndelete B deleted\n");
}

TEST(DiffCompare, MovedSaysSo) {
  Compared c{std::make_shared<ReadSide>(
                 "{Resources: {A: {Type: 'AWS::SQS::Queue', Properties: {DelaySeconds: 1}}}}"),
             std::make_shared<ReadSide>(
                 "{Resources: {B: {Type: 'AWS::SQS::Queue', Properties: {DelaySeconds: 2}}}}"),
             {}};
  c.after->tmpl->resources[0].moved_from = "A";
  c.diff = compare({.tmpl = c.before->tmpl.get()}, {.tmpl = c.after->tmpl.get()}, schema::Schema::aws());
  EXPECT_EQ(c.text(), "update B was A\n  DelaySeconds 1 -> 2\n");
}

TEST(DiffCompare, WhatStaysThoughReplaced) {
  // The CIDR block of a replaced VPC is the one that its properties say.
  const auto with = [](std::string_view tenancy) {
    return fmt::format(
        "{{Resources: {{Vpc: {{Type: 'AWS::EC2::VPC', Properties: {{CidrBlock: 10.0.0.0/16, Ipv4IpamPoolId: "
        "{}}}}}, "
        "P: {{Type: 'AWS::SSM::Parameter', Properties: {{Type: String, Value: !GetAtt Vpc.CidrBlock}}}}}}}}",
        tenancy);
  };
  EXPECT_EQ(changes(with("a"), with("b")), "replace Vpc deleted\n  Ipv4IpamPoolId! \"a\" -> \"b\"\n");
}

TEST(DiffCompare, ManyAreQuick) {
  std::string before = "Resources:\n  V0: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n";
  for (int i = 1; i < 500; ++i) {
    before += fmt::format(
        "  V{}: {{Type: 'AWS::EC2::Subnet', Properties: {{VpcId: !Ref V{}, CidrBlock: x}}}}\n", i, i - 1);
  }
  const Compared c = compared(before, replaced(before, "10.0.0.0/16", "10.1.0.0/16"));
  EXPECT_EQ(c.diff.totals.replace, 500U);
  const Chain& last = c.diff.resources.back().properties.at(0).chain;
  EXPECT_EQ(last.steps.size(), kMaxChain);
  EXPECT_EQ(last.steps.front().resource, "V0");
  EXPECT_EQ(last.steps.back().resource, "V499");
  EXPECT_EQ(last.skipped, 500U - kMaxChain);
}

}  // namespace
}  // namespace stackc::diff

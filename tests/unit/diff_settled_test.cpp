// What a change asks of a resource where values, other properties or the `UpdatePolicy` decide it.

#include "tests/unit/diff_support.hpp"

namespace stackc::diff {
namespace {

/// What happens to a resource whose attributes are written one way before and another after: the action, and
/// the mark of its first property.
std::string asked(std::string_view type, std::string_view before, std::string_view after,
                  std::string_view policy = "", const Given& given = {}) {
  const auto text = [&](std::string_view properties) {
    return fmt::format(
        "{{Parameters: {{P: {{Type: String}}}}, Resources: {{R: {{Type: '{}', {} Properties: {{{}}}}}}}}}", type,
        policy, properties);
  };
  const Compared c = compared(text(before), text(after), given, given);
  return c.diff.resources.empty() ? "nothing" : std::string(name_of(c.diff.resources[0].action));
}

TEST(DiffSettled, DatabasesAsTheirProviderDecides) {
  constexpr std::string_view kDb = "AWS::RDS::DBInstance";
  EXPECT_EQ(asked(kDb, "MultiAZ: false", "MultiAZ: true"), "interrupt");
  EXPECT_EQ(asked(kDb, "StorageType: gp2", "StorageType: gp3"), "interrupt");
  EXPECT_EQ(asked(kDb, "AutoMinorVersionUpgrade: false", "AutoMinorVersionUpgrade: true"), "update");
  EXPECT_EQ(asked(kDb, "Engine: mysql", "Engine: mariadb"), "replace");
  EXPECT_EQ(asked(kDb, "Engine: oracle-se1", "Engine: oracle-se2"), "update");
  EXPECT_EQ(asked(kDb, "Engine: mysql", "Engine: !Ref P"), "may-replace");
  EXPECT_EQ(asked(kDb, "AvailabilityZone: a", "AvailabilityZone: b"), "replace");
  EXPECT_EQ(asked(kDb, "AvailabilityZone: a, MultiAZ: true", "MultiAZ: true"), "update");
  EXPECT_EQ(asked(kDb, "AvailabilityZone: a", "Port: 1"), "replace");
  EXPECT_EQ(asked(kDb, "SourceDBInstanceIdentifier: a", "SourceDBInstanceIdentifier: b"), "replace");
  EXPECT_EQ(asked(kDb, "SourceDBInstanceIdentifier: a", ""), "update");
  EXPECT_EQ(asked(kDb, "", "PerformanceInsightsKMSKeyId: a"), "update");
  EXPECT_EQ(asked(kDb, "PerformanceInsightsKMSKeyId: b", "PerformanceInsightsKMSKeyId: a"), "replace");
  EXPECT_EQ(asked(kDb, "", "UseLatestRestorableTime: true"), "replace");
  EXPECT_EQ(asked(kDb, "UseLatestRestorableTime: true", "UseLatestRestorableTime: false"), "update");
}

TEST(DiffSettled, ByTheValues) {
  constexpr std::string_view kVpc = "AWS::EC2::VPC";
  EXPECT_EQ(asked(kVpc, "InstanceTenancy: dedicated", "InstanceTenancy: default"), "update");
  EXPECT_EQ(asked(kVpc, "InstanceTenancy: default", "InstanceTenancy: dedicated"), "replace");
  EXPECT_EQ(asked(kVpc, "", "InstanceTenancy: dedicated"), "replace");
  EXPECT_EQ(asked(kVpc, "InstanceTenancy: dedicated", "InstanceTenancy: !Ref P"), "may-replace");
  EXPECT_EQ(asked(kVpc, "InstanceTenancy: dedicated", "InstanceTenancy: !Ref P", "", {{"P", "default"}}), "update");
  constexpr std::string_view kClassic = "AWS::ElasticLoadBalancing::LoadBalancer";
  EXPECT_EQ(asked(kClassic, "Subnets: [a]", "Subnets: [a, b]"), "update");
  EXPECT_EQ(asked(kClassic, "", "Subnets: [a]"), "replace");
  EXPECT_EQ(asked(kClassic, "HealthCheck: {Interval: 1}", ""), "replace");
  constexpr std::string_view kTable = "AWS::DynamoDB::Table";
  const auto attributes = [](std::string_view said) { return fmt::format("AttributeDefinitions: [{}]", said); };
  const std::string id = attributes("{AttributeName: id, AttributeType: S}");
  EXPECT_EQ(asked(kTable, id, attributes("{AttributeName: id, AttributeType: N}")), "replace");
  EXPECT_EQ(asked(kTable, id,
                  attributes("{AttributeName: id, AttributeType: S}, {AttributeName: n, AttributeType: N}")),
            "update");
}

TEST(DiffSettled, ByOtherProperties) {
  constexpr std::string_view kDocument = "AWS::SSM::Document";
  EXPECT_EQ(asked(kDocument, "Content: {a: 1}", "Content: {a: 2}"), "replace");
  EXPECT_EQ(asked(kDocument, "Content: {a: 1}, UpdateMethod: NewVersion", "Content: {a: 2}, UpdateMethod: NewVersion"),
            "update");
  EXPECT_EQ(asked(kDocument, "Content: {a: 1}, UpdateMethod: !Ref P", "Content: {a: 2}, UpdateMethod: !Ref P"),
            "may-replace");
  constexpr std::string_view kBatch = "AWS::Batch::ComputeEnvironment";
  const auto batch = [](std::string_view image, std::string_view replaces) {
    return fmt::format("ComputeResources: {{ImageId: {}}}{}", image, replaces);
  };
  EXPECT_EQ(asked(kBatch, batch("a", ""), batch("b", "")), "may-replace");
  EXPECT_EQ(asked(kBatch, batch("a", ", ReplaceComputeEnvironment: false"),
                  batch("b", ", ReplaceComputeEnvironment: false")),
            "update");
}

TEST(DiffSettled, ByTheUpdatePolicy) {
  constexpr std::string_view kGroup = "AWS::AutoScaling::AutoScalingGroup";
  constexpr std::string_view kReplacing = "UpdatePolicy: {AutoScalingReplacingUpdate: {WillReplace: true}},";
  constexpr std::string_view kRolling = "UpdatePolicy: {AutoScalingRollingUpdate: {MaxBatchSize: 1}},";
  const std::string one = "LaunchTemplate: {LaunchTemplateId: lt, Version: '1'}";
  const std::string two = "LaunchTemplate: {LaunchTemplateId: lt, Version: '2'}";
  EXPECT_EQ(asked(kGroup, one, two), "update");
  EXPECT_EQ(asked(kGroup, one, two, kReplacing), "replace");
  EXPECT_EQ(asked(kGroup, one, two, kRolling), "update");
  EXPECT_EQ(asked(kGroup, one, two, "UpdatePolicy: {AutoScalingReplacingUpdate: {WillReplace: 'false'}},"), "update");
  EXPECT_EQ(asked(kGroup, one, two, "UpdatePolicy: {AutoScalingReplacingUpdate: {WillReplace: !Ref P}},"),
            "may-replace");
  EXPECT_EQ(asked(kGroup, "LaunchConfigurationName: a", "LaunchConfigurationName: b", kReplacing), "replace");
  EXPECT_EQ(asked(kGroup, "MaxSize: '1'", "MaxSize: '2'", kReplacing), "update");
  constexpr std::string_view kDomain = "AWS::OpenSearchService::Domain";
  const std::string older = "EngineVersion: OpenSearch_1.0", newer = "EngineVersion: OpenSearch_2.0";
  EXPECT_EQ(asked(kDomain, older, newer), "replace");
  EXPECT_EQ(asked(kDomain, older, newer, "UpdatePolicy: {EnableVersionUpgrade: true},"), "update");
  constexpr std::string_view kCache = "AWS::ElastiCache::ReplicationGroup";
  EXPECT_EQ(asked(kCache, "NumNodeGroups: 1", "NumNodeGroups: 2"), "replace");
  EXPECT_EQ(asked(kCache, "NumNodeGroups: 1", "NumNodeGroups: 2", "UpdatePolicy: {UseOnlineResharding: true},"),
            "update");
}

TEST(DiffSettled, AlsoAlongReferences) {
  const auto hosts = [](std::string_view image) {
    return fmt::format(R"(
Resources:
  Template: {{Type: 'AWS::EC2::LaunchTemplate', Properties: {{LaunchTemplateData: {{ImageId: {}}}}}}}
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    UpdatePolicy: {{AutoScalingReplacingUpdate: {{WillReplace: true}}}}
    Properties: {{MaxSize: '1', MinSize: '1', LaunchTemplate: {{LaunchTemplateId: !Ref Template, Version: !GetAtt Template.LatestVersionNumber}}}}
)",
                       image);
  };
  const Compared c = compared(hosts("a"), hosts("b"));
  ASSERT_EQ(c.diff.resources.size(), 2U);
  EXPECT_EQ(c.diff.resources[0].action, Action::Update);
  EXPECT_EQ(c.diff.resources[1].action, Action::Replace);
}

}  // namespace
}  // namespace stackc::diff

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "compiler/schema/blob.hpp"
#include "compiler/schema/schema.hpp"

namespace stackc::schema {
namespace {

const Schema kAws = Schema::aws();

std::string type_of(std::string_view resource, std::string_view property) {
  const auto type = kAws.find(resource);
  if (!type) return "no type";
  const auto found = type.properties().find(property);
  return found ? found.type().str() : "no property";
}

std::string nested_type_of(std::string_view resource, std::string_view nested, std::string_view property) {
  const auto type = kAws.find(resource);
  if (!type || !type.nested(nested)) return "no type";
  const auto found = type.nested(nested).properties().find(property);
  return found ? found.type().str() : "no property";
}

std::string attribute_of(std::string_view resource, std::string_view attribute) {
  const auto type = kAws.find(resource);
  if (!type) return "no type";
  const auto found = type.attributes().find(attribute);
  return found ? found.type().str() : "no attribute";
}

std::string_view ref_of(std::string_view resource) {
  const auto type = kAws.find(resource);
  return type ? type.ref_member() : "no type";
}

TEST(SchemaViews, EveryTypeIsFoundByItsName) {
  ASSERT_EQ(kAws.size(), 1828u);
  for (std::size_t i = 0; i < kAws.size(); ++i) {
    const auto found = kAws.find(kAws[i].name());
    ASSERT_TRUE(found) << kAws[i].name();
    EXPECT_EQ(found.at(), i);
  }
  EXPECT_FALSE(kAws.find("AWS::EC2::Subne"));
  EXPECT_FALSE(kAws.find("AWS::EC2::Subnets"));
  EXPECT_FALSE(kAws.find(""));
  EXPECT_FALSE(kAws.find("zzz"));
}

void expect_all_found(Properties properties, std::string_view owner) {
  for (std::size_t i = 0; i < properties.size(); ++i) {
    const std::string name(properties[i].name());
    EXPECT_EQ(properties.find(name).name(), name) << owner;
    EXPECT_FALSE(properties.find(name + "~")) << owner;
  }
  EXPECT_FALSE(properties.find("")) << owner;
}

TEST(SchemaViews, EveryPropertyIsFoundByItsName) {
  for (std::size_t i = 0; i < kAws.size(); ++i) {
    expect_all_found(kAws[i].properties(), kAws[i].name());
    expect_all_found(kAws[i].attributes(), kAws[i].name());
    for (const NestedType nested : kAws[i].nested_types()) expect_all_found(nested.properties(), kAws[i].name());
  }
}

/// Reads a type to its leaves; answers how many types it saw.
std::size_t walk(Type type) {
  EXPECT_FALSE(type.str().empty());
  switch (type.kind()) {
    case TypeKind::List:
    case TypeKind::Map:
      return 1 + walk(type.element());
    case TypeKind::Union: {
      std::size_t seen = 1;
      for (std::size_t i = 0; i < type.arm_count(); ++i) seen += walk(type.arm(i));
      EXPECT_GE(type.arm_count(), 2u);
      return seen;
    }
    case TypeKind::Nested:
      EXPECT_FALSE(type.nested().name().empty());
      return 1;
    default:
      return 1;
  }
}

std::size_t walk(Properties all) {
  std::size_t seen = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_TRUE(all.find(all[i].name())) << all[i].name();
    seen += walk(all[i].type());
  }
  return seen;
}

TEST(SchemaViews, EveryPropertyOfEveryTypeCanBeRead) {
  std::size_t properties = 0, attributes = 0, nested_types = 0, types = 0;
  for (std::size_t i = 0; i < kAws.size(); ++i) {
    const auto resource = kAws[i];
    properties += resource.properties().size();
    attributes += resource.attributes().size();
    types += walk(resource.properties()) + walk(resource.attributes());
    for (const auto& nested : resource.nested_types()) {
      ++nested_types;
      properties += nested.properties().size();
      types += walk(nested.properties());
      EXPECT_EQ(nested.resource_type(), resource.name());
      EXPECT_EQ(resource.nested(nested.name()).at(), nested.at());
    }
  }
  EXPECT_EQ(nested_types, 9877u);
  EXPECT_EQ(properties, 42658u);
  EXPECT_GT(attributes, 5000u);
  EXPECT_GT(types, properties);
}

TEST(SchemaViews, EveryKindOfIdBelongsToSomethingThatIsThere) {
  std::set<std::string> unknown;
  const auto check = [&](auto&& self, Type type) -> void {
    if (type.kind() == TypeKind::List || type.kind() == TypeKind::Map) return self(self, type.element());
    if (type.kind() == TypeKind::Union) {
      for (std::size_t i = 0; i < type.arm_count(); ++i) self(self, type.arm(i));
    }
    if (type.kind() != TypeKind::Id || kAws.has_id_kind(type.resource_type(), type.member())) return;
    const auto owner = kAws.find(type.resource_type());
    // An id is written by its canonical name, and is a member, what Ref returns, or an alias.
    const bool known = owner && owner.canonical(type.member()) == type.member() &&
                       (owner.is_identity(type.member()) || owner.attributes().find(type.member()) ||
                        owner.properties().find(type.member()));
    if (!known) unknown.insert(type.str());
  };
  for (std::size_t i = 0; i < kAws.size(); ++i) {
    const auto resource = kAws[i];
    for (const auto& all : {resource.properties(), resource.attributes()}) {
      for (std::size_t p = 0; p < all.size(); ++p) check(check, all[p].type());
    }
    for (const auto& nested : resource.nested_types()) {
      const auto all = nested.properties();
      for (std::size_t p = 0; p < all.size(); ++p) check(check, all[p].type());
    }
  }
  EXPECT_EQ(unknown, std::set<std::string>{});
}

TEST(SchemaViews, TheBlobStaysSmall) {
  const auto bytes = kAws[0].blob()->size();
  RecordProperty("bytes", static_cast<int>(bytes));
  EXPECT_LT(bytes, 3u << 20) << "the AWS types are a part of every binary";
}

TEST(SchemaViews, SubnetInFull) {
  const auto subnet = kAws.find("AWS::EC2::Subnet");
  EXPECT_EQ(type_of("AWS::EC2::Subnet", "VpcId"), "AWS::EC2::VPC.VpcId");
  EXPECT_TRUE(subnet.properties().find("VpcId").required());
  EXPECT_EQ(subnet.properties().find("VpcId").replacement(), Replacement::Yes);
  EXPECT_EQ(subnet.properties().find("Ipv6CidrBlock").replacement(), Replacement::Maybe);
  EXPECT_EQ(subnet.properties().find("Tags").replacement(), Replacement::No);
  EXPECT_FALSE(subnet.properties().find("CidrBlock").required());
  EXPECT_FALSE(subnet.properties().find("CidrBlok"));
  EXPECT_EQ(attribute_of("AWS::EC2::Subnet", "SubnetId"), "AWS::EC2::Subnet.SubnetId");
  EXPECT_EQ(subnet.tag_property(), "Tags");
  EXPECT_EQ(subnet.tag_shape(), TagShape::List);
  EXPECT_EQ(
      subnet.documentation_url(),
      "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-subnet.html");
  EXPECT_FALSE(subnet.stateful());
}

TEST(SchemaViews, RefOfTheTypesThatTheStandardLibraryUses) {
  EXPECT_EQ(ref_of("AWS::EC2::VPC"), "VpcId");
  EXPECT_EQ(ref_of("AWS::EC2::SecurityGroup"), "GroupId");
  EXPECT_EQ(ref_of("AWS::EC2::NatGateway"), "NatGatewayId");
  EXPECT_EQ(ref_of("AWS::EC2::EIP"), "PublicIp");
  EXPECT_EQ(ref_of("AWS::ElasticLoadBalancingV2::TargetGroup"), "TargetGroupArn");
  EXPECT_EQ(ref_of("AWS::ElasticLoadBalancingV2::LoadBalancer"), "LoadBalancerArn");
  EXPECT_EQ(ref_of("AWS::ElasticLoadBalancingV2::Listener"), "ListenerArn");
  EXPECT_EQ(ref_of("AWS::IAM::Role"), "RoleName");
  EXPECT_EQ(ref_of("AWS::IAM::InstanceProfile"), "InstanceProfileName");
  EXPECT_EQ(ref_of("AWS::RDS::DBSubnetGroup"), "DBSubnetGroupName");
  EXPECT_EQ(ref_of("AWS::RDS::DBInstance"), "DBInstanceIdentifier");
  EXPECT_EQ(ref_of("AWS::Logs::LogGroup"), "LogGroupName");
  EXPECT_EQ(ref_of("AWS::ECS::Cluster"), "ClusterName");
  EXPECT_EQ(ref_of("AWS::ECS::Service"), "ServiceArn");
  EXPECT_EQ(ref_of("AWS::ECS::TaskDefinition"), "TaskDefinitionArn");
  EXPECT_EQ(ref_of("AWS::S3::Bucket"), "BucketName");
  EXPECT_EQ(ref_of("AWS::SecretsManager::Secret"), "Arn");
  EXPECT_EQ(ref_of("AWS::KMS::Key"), "KeyId");
  EXPECT_EQ(ref_of("AWS::SNS::Topic"), "TopicArn");
  EXPECT_EQ(ref_of("AWS::SQS::Queue"), "QueueUrl");
  EXPECT_EQ(ref_of("AWS::CertificateManager::Certificate"), "CertificateArn");
  EXPECT_EQ(ref_of("AWS::EC2::Route"), "");  // two parts: no slot accepts them
}

TEST(SchemaViews, OwnArn) {
  const auto arn = [](std::string_view name) { return kAws.find(name).arn_member(); };
  EXPECT_EQ(arn("AWS::S3::Bucket"), "Arn");
  EXPECT_EQ(arn("AWS::SNS::Topic"), "TopicArn");
  EXPECT_EQ(arn("AWS::SecretsManager::Secret"), "Arn");
  EXPECT_EQ(arn("AWS::RDS::DBInstance"), "DBInstanceArn");
  EXPECT_EQ(arn("AWS::EC2::Subnet"), "");  // `OutpostArn` is another resource's
}

TEST(SchemaViews, AliasesOfOneIdentity) {
  const auto group = kAws.find("AWS::EC2::SecurityGroup");
  EXPECT_EQ(group.canonical("Id"), "GroupId");
  EXPECT_EQ(group.canonical("GroupId"), "GroupId");
  EXPECT_EQ(group.canonical("VpcId"), "VpcId");
  EXPECT_TRUE(group.is_identity("Id"));
  EXPECT_FALSE(group.is_identity("VpcId"));  // another resource's
  EXPECT_EQ(attribute_of("AWS::EC2::SecurityGroup", "Id"), "AWS::EC2::SecurityGroup.GroupId");
  EXPECT_EQ(attribute_of("AWS::SecretsManager::Secret", "Id"), "AWS::SecretsManager::Secret.Arn");
}

TEST(SchemaViews, RelationsByDataByRuleAndByHand) {
  EXPECT_EQ(type_of("AWS::RDS::DBInstance", "DBSubnetGroupName"),
            "AWS::RDS::DBSubnetGroup.DBSubnetGroupName");
  EXPECT_EQ(type_of("AWS::RDS::DBInstance", "VPCSecurityGroups"), "[AWS::EC2::SecurityGroup.GroupId]");
  EXPECT_EQ(nested_type_of("AWS::ECS::Service", "AwsVpcConfiguration", "Subnets"),
            "[AWS::EC2::Subnet.SubnetId]");
  EXPECT_EQ(nested_type_of("AWS::ECS::Service", "AwsVpcConfiguration", "SecurityGroups"),
            "[AWS::EC2::SecurityGroup.GroupId]");
  EXPECT_EQ(type_of("AWS::ECS::TaskDefinition", "ExecutionRoleArn"), "AWS::IAM::Role.Arn");
  EXPECT_EQ(type_of("AWS::Logs::LogGroup", "KmsKeyId"), "AWS::KMS::Key.Arn");
  EXPECT_EQ(attribute_of("AWS::EC2::VPC", "DefaultSecurityGroup"), "AWS::EC2::SecurityGroup.GroupId");
  EXPECT_TRUE(kAws.has_id_kind("AWS::EC2::Image", "Id"));
  EXPECT_FALSE(kAws.has_id_kind("AWS::EC2::Image", "Name"));
}

TEST(SchemaViews, UnitsPoliciesValuesDefaults) {
  EXPECT_EQ(type_of("AWS::Lambda::Function", "Timeout"), "Int<s>");
  EXPECT_EQ(type_of("AWS::RDS::DBInstance", "AllocatedStorage"), "String<GiB>");
  EXPECT_EQ(type_of("AWS::IAM::Role", "AssumeRolePolicyDocument"), "Policy");
  EXPECT_EQ(type_of("AWS::IAM::Role", "Policies"), "[AWS::IAM::Role#Policy]");
  EXPECT_EQ(type_of("AWS::ECS::Service", "LaunchType"), "\"EC2\" | \"EXTERNAL\" | \"FARGATE\"");
  EXPECT_EQ(type_of("AWS::ElasticLoadBalancingV2::TargetGroup", "Name"), "String(1..32)");
  EXPECT_EQ(kAws.find("AWS::IAM::Role").properties().find("Path").default_value(), "/");
}

TEST(SchemaViews, TagsAreRecordsOfKeyAndValue) {
  const auto tag = kAws.find("AWS::EC2::VPC").properties().find("Tags").type().element();
  ASSERT_EQ(tag.kind(), TypeKind::Nested);
  EXPECT_EQ(tag.nested().name(), "Tag");
  EXPECT_TRUE(tag.nested().properties().find("Key").required());
  EXPECT_TRUE(tag.nested().properties().find("Value"));
  EXPECT_EQ(kAws.find("AWS::SSM::Parameter").tag_shape(), TagShape::Map);
  EXPECT_EQ(kAws.find("AWS::AutoScaling::AutoScalingGroup").tag_shape(), TagShape::AutoScaling);
  EXPECT_EQ(kAws.find("AWS::EC2::LaunchTemplate").tag_shape(), TagShape::Specifications);
}

TEST(SchemaViews, SnapshotsOnlyWhereCloudFormationAllowsThem) {
  std::set<std::string_view> found;
  for (std::size_t i = 0; i < kAws.size(); ++i) {
    if (kAws[i].supports_snapshot()) found.insert(kAws[i].name());
  }
  EXPECT_EQ(found, (std::set<std::string_view>{
                       "AWS::DocDB::DBCluster", "AWS::EC2::Volume", "AWS::ElastiCache::CacheCluster",
                       "AWS::ElastiCache::ReplicationGroup", "AWS::Neptune::DBCluster", "AWS::RDS::DBCluster",
                       "AWS::RDS::DBInstance", "AWS::Redshift::Cluster"}));
}

TEST(SchemaViews, SearchFindsByWords) {
  const auto subnets = kAws.search("subnet");
  ASSERT_FALSE(subnets.empty());
  EXPECT_EQ(subnets[0].name(), "AWS::EC2::Subnet");
  const auto groups = kAws.search("Log  group");
  ASSERT_FALSE(groups.empty());
  EXPECT_EQ(groups[0].name(), "AWS::Logs::LogGroup");
  EXPECT_TRUE(kAws.search("").empty());
  EXPECT_TRUE(kAws.search("no such thing").empty());
}

TEST(SchemaViews, CloseNames) {
  const auto close = kAws.close_names("AWS::EC2::Subnett");
  ASSERT_FALSE(close.empty());
  EXPECT_EQ(close[0], "AWS::EC2::Subnet");
}

}  // namespace
}  // namespace stackc::schema

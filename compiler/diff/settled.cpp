#include "compiler/diff/settled.hpp"

#include <string>
#include <utility>

#include "compiler/diff/attributes.hpp"

// Pages are those of AWS's "CloudFormation Template Reference Guide", as
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/<page>.html
namespace stackc::diff {
namespace {

using ir::ValueRef;
using schema::Replacement;
using Answer = std::optional<Replacement>;

constexpr Replacement kNo = Replacement::No, kYes = Replacement::Yes;

/// One side of a resource that changes, its parameters at their values or defaults.
class SideOf {
 public:
  SideOf(const ir::Resource& resource, Meanings& meanings) : resource_(resource), meanings_(meanings) {}

  /// The scalar at a top-level property, `otherwise` when there is none; nothing: not known.
  std::optional<std::string> text(std::string_view property, std::string_view otherwise = "") const {
    return text_of(member(resource_.properties, property), otherwise);
  }
  /// Whether there is a value at a top-level property; nothing: a condition that is not known decides.
  std::optional<bool> says(std::string_view property) const {
    const ValueRef v = member(resource_.properties, property);
    if (v == nullptr || v->is_no_value()) return false;
    if (v->call(ir::Fn::If) != nullptr) return std::nullopt;
    return true;
  }
  /// The scalar at `key`, or at `key` in `group`, of the `UpdatePolicy`.
  std::optional<std::string> policy(std::string_view key, std::string_view group = {}) const {
    Arena arena;
    ValueRef v = attribute_of(resource_, "UpdatePolicy", arena);
    if (!group.empty()) v = member(v, group);
    return text_of(member(v, key), "false");
  }

 private:
  ValueRef member(ValueRef of, std::string_view key) const {
    const ValueRef all = meanings_.resolver().resolve(of);
    const auto* object = all != nullptr ? all->get_if<ir::Object>() : nullptr;
    const ValueRef v = object != nullptr ? object->find(key) : nullptr;
    return v != nullptr ? meanings_.by_default(v) : nullptr;
  }
  static std::optional<std::string> text_of(ValueRef v, std::string_view otherwise) {
    if (v == nullptr || v->is_no_value()) return std::string(otherwise);
    return scalar_text(v);
  }

  const ir::Resource& resource_;
  Meanings& meanings_;
};

/// What a rule may look at.
struct Case {
  std::string_view property;  // the top-level one
  const Asked& asked;
  SideOf before, after;
};
using Rule = Answer (*)(const Case&);

Answer when(std::optional<bool> replaces) {
  if (!replaces) return std::nullopt;
  return *replaces ? kYes : kNo;
}

/// Replaced when the property comes or goes.
Answer comes_or_goes(const Case& c) {
  const auto was = c.before.says(c.property), is = c.after.says(c.property);
  return was && is ? when(!*was || !*is) : std::nullopt;
}

/// Replaced when the property comes.
Answer comes(const Case& c) {
  const auto was = c.before.says(c.property);
  return was ? when(!*was) : std::nullopt;
}

/// In place when the property comes, replaced when it changes or goes.
Answer was_there(const Case& c) { return when(c.before.says(c.property)); }

/// In place when the property goes: the copy is promoted, or is a database like any other.
Answer stays(const Case& c) { return when(c.after.says(c.property)); }

/// Replaced when the flag is set.
Answer is_set(const Case& c) {
  const auto text = c.after.text(c.property, "false");
  return text ? when(*text == "true") : std::nullopt;
}

/// "requires no replacement only if you are updating its value from dedicated to default" (aws-resource-ec2-vpc).
Answer tenancy(const Case& c) {
  const auto was = c.before.text(c.property, "default"), is = c.after.text(c.property, "default");
  if (!was || !is) return std::nullopt;
  return *was == "dedicated" && *is == "default" ? kNo : kYes;
}

/// Documents have versions when they say so (aws-resource-ssm-document, `UpdateMethod`).
Answer new_version(const Case& c) {
  const auto method = c.after.text("UpdateMethod", "Replace");
  return method ? when(*method != "NewVersion") : std::nullopt;
}

/// aws-resource-batch-computeenvironment, `ReplaceComputeEnvironment`: what it must be replaced for is open.
Answer environment(const Case& c) {
  const auto replaces = c.after.text("ReplaceComputeEnvironment", "true");
  return replaces && *replaces == "false" ? Answer(kNo) : std::nullopt;
}

// aws-attribute-updatepolicy
Answer version_upgrade(const Case& c) {
  const auto allowed = c.after.policy("EnableVersionUpgrade");
  return allowed ? when(*allowed != "true") : std::nullopt;
}
Answer resharding(const Case& c) {
  const auto allowed = c.after.policy("UseOnlineResharding");
  return allowed ? when(*allowed != "true") : std::nullopt;
}
Answer replacing_update(const Case& c) {
  const auto wanted = c.after.policy("WillReplace", "AutoScalingReplacingUpdate");
  if (!wanted) return Replacement::Maybe;
  return *wanted == "true" ? Answer(kYes) : std::nullopt;
}

/// "Replacement if you edit an existing AttributeDefinition" (aws-resource-dynamodb-table).
Answer attribute_type(const Case& c) {
  const bool edited = c.asked.path.size() == 3 && c.asked.was && c.asked.is;
  return edited ? Answer(kYes) : std::nullopt;
}

/// An instance may leave its zone for several (aws-resource-rds-dbinstance, `MultiAZ`).
Answer zone(const Case& c) {
  const auto is = c.after.says(c.property);
  const auto several = c.after.text("MultiAZ", "false");
  if (!is || (!*is && !several)) return std::nullopt;
  return when(*is || *several != "true");
}

/// An engine is replaced by another one, except for those that it is upgraded to.
/// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/oracle-cdb-converting.html
Answer engine(const Case& c) {
  constexpr std::pair<std::string_view, std::string_view> kUpgrades[] = {
      {"aurora", "aurora-mysql"},     {"oracle-se", "oracle-se2"},      {"oracle-se1", "oracle-se2"},
      {"oracle-ee", "oracle-ee-cdb"}, {"oracle-se2", "oracle-se2-cdb"},
  };
  const auto was = c.before.text(c.property), is = c.after.text(c.property);
  if (!was || !is || was->empty() || is->empty()) return std::nullopt;
  for (const auto& [from, to] : kUpgrades) {
    if (*was == from && *is == to) return kNo;
  }
  return kYes;
}

struct Row {
  std::string_view type, property;
  Rule rule;
};
/// Of databases as AWS's own provider of the type decides: the page says "Some interruptions" of all of them.
/// https://github.com/aws-cloudformation/aws-cloudformation-resource-providers-rds
constexpr Row kRows[] = {
    {"AWS::AutoScaling::AutoScalingGroup", "LaunchConfigurationName", replacing_update},
    {"AWS::AutoScaling::AutoScalingGroup", "LaunchTemplate", replacing_update},
    {"AWS::AutoScaling::AutoScalingGroup", "MixedInstancesPolicy", replacing_update},
    {"AWS::AutoScaling::AutoScalingGroup", "VPCZoneIdentifier", replacing_update},
    {"AWS::Batch::ComputeEnvironment", "ComputeResources", environment},
    {"AWS::DynamoDB::Table", "AttributeDefinitions", attribute_type},
    {"AWS::EC2::VPC", "InstanceTenancy", tenancy},
    {"AWS::ElastiCache::ReplicationGroup", "AuthToken", comes},  // aws-resource-elasticache-replicationgroup
    {"AWS::ElastiCache::ReplicationGroup", "NodeGroupConfiguration", resharding},
    {"AWS::ElastiCache::ReplicationGroup", "NumNodeGroups", resharding},
    // aws-resource-elasticloadbalancing-loadbalancer
    {"AWS::ElasticLoadBalancing::LoadBalancer", "AvailabilityZones", comes_or_goes},
    {"AWS::ElasticLoadBalancing::LoadBalancer", "HealthCheck", comes_or_goes},
    {"AWS::ElasticLoadBalancing::LoadBalancer", "Subnets", comes_or_goes},
    {"AWS::Elasticsearch::Domain", "ElasticsearchVersion", version_upgrade},
    {"AWS::OpenSearchService::Domain", "EngineVersion", version_upgrade},
    {"AWS::RDS::DBInstance", "AvailabilityZone", zone},
    {"AWS::RDS::DBInstance", "Engine", engine},
    {"AWS::RDS::DBInstance", "PerformanceInsightsKMSKeyId", was_there},
    {"AWS::RDS::DBInstance", "RestoreTime", stays},
    {"AWS::RDS::DBInstance", "SourceDBClusterIdentifier", stays},
    {"AWS::RDS::DBInstance", "SourceDBInstanceAutomatedBackupsArn", stays},
    {"AWS::RDS::DBInstance", "SourceDBInstanceIdentifier", stays},
    {"AWS::RDS::DBInstance", "SourceDbiResourceId", stays},
    {"AWS::RDS::DBInstance", "UseLatestRestorableTime", is_set},
    {"AWS::SSM::Document", "Attachments", new_version},
    {"AWS::SSM::Document", "Content", new_version},
    {"AWS::SSM::Document", "DocumentFormat", new_version},
    {"AWS::SSM::Document", "Requires", new_version},
    {"AWS::SSM::Document", "TargetType", new_version},
    {"AWS::SSM::Document", "VersionName", new_version},
};

}  // namespace

std::optional<Replacement> settled(const Asked& asked, Meanings& before, Meanings& after) {
  if (asked.path.empty()) return std::nullopt;
  for (const Row& row : kRows) {
    if (row.type != asked.after.type || row.property != asked.path.front()) continue;
    return row.rule({row.property, asked, {asked.before, before}, {asked.after, after}});
  }
  return std::nullopt;
}

}  // namespace stackc::diff

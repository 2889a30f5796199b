#include "compiler/diff/facts.hpp"

#include <algorithm>
#include <array>

// Pages are those of AWS's "CloudFormation Template Reference Guide", as
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/<page>.html
namespace stackc::diff {
namespace {

struct Default {
  std::string_view type, property, value;
};
constexpr Default kDefaults[] = {
    {"AWS::AutoScaling::AutoScalingGroup", "Cooldown", "300"},  // aws-resource-autoscaling-autoscalinggroup
    {"AWS::AutoScaling::AutoScalingGroup", "HealthCheckGracePeriod", "0"},
    {"AWS::AutoScaling::AutoScalingGroup", "HealthCheckType", "EC2"},
    {"AWS::CloudTrail::Trail", "EnableLogFileValidation", "false"},  // aws-resource-cloudtrail-trail
    {"AWS::CloudTrail::Trail", "IsMultiRegionTrail", "false"},
    {"AWS::CloudTrail::Trail", "IsOrganizationTrail", "false"},
    {"AWS::CloudWatch::Alarm", "TreatMissingData", "missing"},       // aws-resource-cloudwatch-alarm
    {"AWS::CodeBuild::Project", "TimeoutInMinutes", "60"},           // aws-resource-codebuild-project
    {"AWS::DynamoDB::Table", "BillingMode", "PROVISIONED"},          // aws-resource-dynamodb-table
    {"AWS::DynamoDB::Table", "DeletionProtectionEnabled", "false"},
    {"AWS::EC2::Instance", "DisableApiTermination", "false"},        // aws-resource-ec2-instance
    {"AWS::EC2::Instance", "EbsOptimized", "false"},
    {"AWS::EC2::Instance", "InstanceInitiatedShutdownBehavior", "stop"},
    {"AWS::EC2::NatGateway", "ConnectivityType", "public"},          // aws-resource-ec2-natgateway
    {"AWS::EC2::Volume", "VolumeType", "gp2"},                       // aws-resource-ec2-volume
    {"AWS::EFS::FileSystem", "PerformanceMode", "generalPurpose"},   // aws-resource-efs-filesystem
    {"AWS::EFS::FileSystem", "ThroughputMode", "bursting"},
    {"AWS::ElastiCache::ReplicationGroup", "SnapshotRetentionLimit", "0"},  // …elasticache-replicationgroup
    {"AWS::Events::Rule", "EventBusName", "default"},                // aws-resource-events-rule
    {"AWS::KMS::Key", "EnableKeyRotation", "false"},                 // aws-resource-kms-key
    {"AWS::KMS::Key", "MultiRegion", "false"},
    {"AWS::KMS::Key", "Origin", "AWS_KMS"},
    {"AWS::KMS::Key", "PendingWindowInDays", "30"},
    {"AWS::Kinesis::Stream", "RetentionPeriodHours", "24"},          // aws-resource-kinesis-stream
    {"AWS::Lambda::EventSourceMapping", "BisectBatchOnFunctionError", "false"},  // …lambda-eventsourcemapping
    {"AWS::Lambda::EventSourceMapping", "Enabled", "true"},
    {"AWS::Lambda::EventSourceMapping", "ParallelizationFactor", "1"},
    {"AWS::RDS::DBCluster", "BackupRetentionPeriod", "1"},           // aws-resource-rds-dbcluster
    {"AWS::RDS::DBCluster", "CopyTagsToSnapshot", "false"},
    {"AWS::RDS::DBCluster", "DeletionProtection", "false"},
    {"AWS::RDS::DBInstance", "AutoMinorVersionUpgrade", "true"},     // aws-resource-rds-dbinstance
    {"AWS::RDS::DBInstance", "BackupRetentionPeriod", "1"},
    {"AWS::RDS::DBInstance", "CopyTagsToSnapshot", "false"},
    {"AWS::RDS::DBInstance", "DeletionProtection", "false"},
    {"AWS::RDS::DBInstance", "EnableIAMDatabaseAuthentication", "false"},
    {"AWS::RDS::DBInstance", "MonitoringInterval", "0"},
    {"AWS::SNS::Topic", "ContentBasedDeduplication", "false"},       // aws-resource-sns-topic
    {"AWS::SSM::Parameter", "DataType", "text"},                     // aws-resource-ssm-parameter
    {"AWS::StepFunctions::StateMachine", "StateMachineType", "STANDARD"},  // …stepfunctions-statemachine
    {"AWS::EC2::Subnet", "MapPublicIpOnLaunch", "false"},       // aws-resource-ec2-subnet
    {"AWS::EC2::VPC", "EnableDnsHostnames", "false"},           // aws-resource-ec2-vpc
    {"AWS::EC2::VPC", "EnableDnsSupport", "true"},              // aws-resource-ec2-vpc
    {"AWS::ECR::Repository", "ImageTagMutability", "MUTABLE"},  // aws-resource-ecr-repository
    {"AWS::ECS::Service", "PropagateTags", "NONE"},             // aws-resource-ecs-service
    {"AWS::ElasticLoadBalancingV2::LoadBalancer", "Scheme",
     "internet-facing"},  // …elasticloadbalancingv2-loadbalancer
    {"AWS::ElasticLoadBalancingV2::LoadBalancer", "Type",
     "application"},  // …elasticloadbalancingv2-loadbalancer
    {"AWS::ElasticLoadBalancingV2::TargetGroup", "IpAddressType",
     "ipv4"},  // …elasticloadbalancingv2-targetgroup
    {"AWS::ElasticLoadBalancingV2::TargetGroup", "TargetType",
     "instance"},                                             // …elasticloadbalancingv2-targetgroup
    {"AWS::IAM::Role", "MaxSessionDuration", "3600"},         // aws-resource-iam-role
    {"AWS::IAM::Role", "Path", "/"},                          // aws-resource-iam-role
    {"AWS::KMS::Key", "Enabled", "true"},                     // aws-resource-kms-key
    {"AWS::KMS::Key", "KeySpec", "SYMMETRIC_DEFAULT"},        // aws-resource-kms-key
    {"AWS::KMS::Key", "KeyUsage", "ENCRYPT_DECRYPT"},         // aws-resource-kms-key
    {"AWS::Lambda::Function", "MemorySize", "128"},           // aws-resource-lambda-function
    {"AWS::Lambda::Function", "Timeout", "3"},                // aws-resource-lambda-function
    {"AWS::SQS::Queue", "DelaySeconds", "0"},                 // aws-resource-sqs-queue
    {"AWS::SQS::Queue", "MessageRetentionPeriod", "345600"},  // aws-resource-sqs-queue
    {"AWS::SQS::Queue", "VisibilityTimeout", "30"},           // aws-resource-sqs-queue
};

/// "Update requires: Some interruptions", of the page of each type. Not the rules of security groups, of which
/// the page says so whatever happens to them.
struct Interruption {
  std::string_view type, property;
};
constexpr Interruption kInterruptions[] = {
    {"AWS::AmazonMQ::Broker", "Configuration"},               // aws-resource-amazonmq-broker
    {"AWS::AmazonMQ::Broker", "HostInstanceType"},            // aws-resource-amazonmq-broker
    {"AWS::DynamoDB::Table", "SSESpecification"},             // aws-resource-dynamodb-table
    {"AWS::EC2::Instance", "AdditionalInfo"},                 // aws-resource-ec2-instance
    {"AWS::EC2::Instance", "Affinity"},                       // aws-resource-ec2-instance
    {"AWS::EC2::Instance", "EbsOptimized"},                   // aws-resource-ec2-instance
    {"AWS::EC2::Instance", "HostId"},                         // aws-resource-ec2-instance
    {"AWS::EC2::Instance", "InstanceType"},                   // aws-resource-ec2-instance
    {"AWS::EC2::Instance", "KernelId"},                       // aws-resource-ec2-instance
    {"AWS::EC2::Instance", "PrivateDnsNameOptions"},          // aws-resource-ec2-instance
    {"AWS::EC2::Instance", "RamdiskId"},                      // aws-resource-ec2-instance
    {"AWS::EC2::Instance", "Tenancy"},                        // aws-resource-ec2-instance
    {"AWS::EC2::Instance", "UserData"},                       // aws-resource-ec2-instance
    {"AWS::ElastiCache::CacheCluster", "AZMode"},             // aws-resource-elasticache-cachecluster
    {"AWS::ElastiCache::CacheCluster", "NumCacheNodes"},      // aws-resource-elasticache-cachecluster
    {"AWS::ElastiCache::ReplicationGroup", "AuthToken"},      // aws-resource-elasticache-replicationgroup
    {"AWS::ElasticLoadBalancing::LoadBalancer",
     "HealthCheck"},                                         // aws-resource-elasticloadbalancing-loadbalancer
    {"AWS::Lightsail::Container", "ContainerServiceDeployment"},  // aws-resource-lightsail-container
    {"AWS::Lightsail::Database", "BackupRetention"},              // aws-resource-lightsail-database
    {"AWS::Lightsail::Instance", "Hardware"},                     // aws-resource-lightsail-instance
    // aws-resource-mwaa-environment
    {"AWS::MWAA::Environment", "AirflowConfigurationOptions"},
    {"AWS::MWAA::Environment", "DagS3Path"},
    {"AWS::MWAA::Environment", "EnvironmentClass"},
    {"AWS::MWAA::Environment", "ExecutionRoleArn"},
    {"AWS::MWAA::Environment", "LoggingConfiguration"},
    {"AWS::MWAA::Environment", "MaxWorkers"},
    {"AWS::MWAA::Environment", "MinWorkers"},
    {"AWS::MWAA::Environment", "PluginsS3ObjectVersion"},
    {"AWS::MWAA::Environment", "PluginsS3Path"},
    {"AWS::MWAA::Environment", "RequirementsS3ObjectVersion"},
    {"AWS::MWAA::Environment", "RequirementsS3Path"},
    {"AWS::MWAA::Environment", "Schedulers"},
    {"AWS::MWAA::Environment", "SourceBucketArn"},
    {"AWS::MWAA::Environment", "StartupScriptS3ObjectVersion"},
    {"AWS::MWAA::Environment", "StartupScriptS3Path"},
    {"AWS::MWAA::Environment", "WebserverAccessMode"},
    {"AWS::MWAA::Environment", "WeeklyMaintenanceWindowStart"},
    {"AWS::Neptune::DBInstance", "DBInstanceClass"},            // aws-resource-neptune-dbinstance
    {"AWS::OpenSearchService::Domain", "VPCOptions"},           // aws-resource-opensearchservice-domain
    {"AWS::RDS::DBCluster", "EngineVersion"},                   // aws-resource-rds-dbcluster
    {"AWS::RDS::DBCluster", "GlobalClusterIdentifier"},         // aws-resource-rds-dbcluster
    {"AWS::RDS::DBInstance", "BackupRetentionPeriod"},          // aws-resource-rds-dbinstance
    {"AWS::RDS::DBInstance", "DBInstanceClass"},                // aws-resource-rds-dbinstance
    {"AWS::RDS::DBInstance", "DBParameterGroupName"},           // aws-resource-rds-dbinstance
    {"AWS::RDS::DBInstance", "EngineVersion"},                  // aws-resource-rds-dbinstance
    {"AWS::RDS::DBInstance", "MultiAZ"},                        // aws-resource-rds-dbinstance
    {"AWS::RDS::DBInstance", "PreferredMaintenanceWindow"},     // aws-resource-rds-dbinstance
    {"AWS::RDS::DBInstance", "StorageType"},                    // aws-resource-rds-dbinstance
};

/// Attributes that count updates.
struct Counter {
  std::string_view type, attribute;
};
constexpr Counter kCounters[] = {
    {"AWS::EC2::LaunchTemplate", "LatestVersionNumber"},     // aws-resource-ec2-launchtemplate
    {"AWS::IoT::FleetMetric", "Version"},                    // aws-resource-iot-fleetmetric
    {"AWS::MSK::Configuration", "LatestRevision.Revision"},  // aws-resource-msk-configuration
};

/// Texts that hold JSON: pages as above.
struct JsonText {
  std::string_view type, property;
};
constexpr JsonText kJsonTexts[] = {
    {"AWS::CloudWatch::Dashboard", "DashboardBody"},           // aws-resource-cloudwatch-dashboard
    {"AWS::Logs::ResourcePolicy", "PolicyDocument"},           // aws-resource-logs-resourcepolicy
    {"AWS::Logs::Destination", "DestinationPolicy"},           // aws-resource-logs-destination
    {"AWS::StepFunctions::StateMachine", "DefinitionString"},  // aws-resource-stepfunctions-statemachine
};

template <class Rows>
bool has(const Rows& rows, std::string_view type, std::string_view name) {
  return std::ranges::any_of(rows, [&](const auto& row) {
    const auto& [of, what] = row;
    return of == type && what == name;
  });
}

}  // namespace

std::string_view documented_default(const Slot& slot) {
  if (!slot.nested.empty() || !slot.property || !slot.owner) return {};
  const std::string_view type = slot.owner.name();
  for (const Default& row : kDefaults) {
    if (row.type == type && row.property == slot.name) return row.value;
  }
  return {};
}

bool interrupts(std::string_view type, std::string_view name) { return has(kInterruptions, type, name); }

bool changes_on_update(std::string_view type, std::string_view attribute) {
  return has(kCounters, type, attribute);
}

bool holds_json(const Slot& slot) {
  return slot.property && slot.owner && slot.nested.empty() && has(kJsonTexts, slot.owner.name(), slot.name);
}

bool holds_secret(const Slot& slot) {
  if (!slot.property) return false;
  for (const std::string_view word :
       {"Password", "AuthToken", "PrivateKey", "SecretString", "ClientSecret"}) {
    if (slot.name.ends_with(word)) return true;
  }
  return false;
}

}  // namespace stackc::diff

#include <algorithm>
#include <array>
#include <string_view>
#include <tuple>

#include "compiler/diff/facts.hpp"

/// Lists in which AWS ignores the order.
namespace stackc::diff {
namespace {

using schema::TypeKind;

struct Row {
  std::string_view type, nested, property;
};

/// Sorted. `insertionOrder: false` in the schemas that the types are registered with: the order says nothing.
/// https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html
/// Of the services that stacks are mostly made of; tags and lists of ids need no row.
constexpr auto kRows = std::to_array<Row>({
    {"AWS::ApiGateway::Authorizer", "", "ProviderARNs"},
    {"AWS::ApiGateway::Deployment", "StageDescription", "MethodSettings"},
    {"AWS::ApiGateway::Stage", "", "MethodSettings"},
    {"AWS::ApiGateway::VpcLink", "", "TargetArns"},
    {"AWS::ApplicationAutoScaling::ScalableTarget", "", "ScheduledActions"},
    {"AWS::ApplicationAutoScaling::ScalingPolicy", "CustomizedMetricSpecification", "Dimensions"},
    {"AWS::ApplicationAutoScaling::ScalingPolicy", "CustomizedMetricSpecification", "Metrics"},
    {"AWS::ApplicationAutoScaling::ScalingPolicy", "PredictiveScalingCustomizedCapacityMetric",
     "MetricDataQueries"},
    {"AWS::ApplicationAutoScaling::ScalingPolicy", "PredictiveScalingCustomizedLoadMetric",
     "MetricDataQueries"},
    {"AWS::ApplicationAutoScaling::ScalingPolicy", "PredictiveScalingCustomizedScalingMetric",
     "MetricDataQueries"},
    {"AWS::ApplicationAutoScaling::ScalingPolicy", "PredictiveScalingMetric", "Dimensions"},
    {"AWS::ApplicationAutoScaling::ScalingPolicy", "PredictiveScalingPolicyConfiguration",
     "MetricSpecifications"},
    {"AWS::ApplicationAutoScaling::ScalingPolicy", "StepScalingPolicyConfiguration", "StepAdjustments"},
    {"AWS::ApplicationAutoScaling::ScalingPolicy", "TargetTrackingMetric", "Dimensions"},
    {"AWS::AutoScaling::AutoScalingGroup", "", "AvailabilityZoneIds"},
    {"AWS::AutoScaling::AutoScalingGroup", "", "AvailabilityZones"},
    {"AWS::AutoScaling::AutoScalingGroup", "", "LifecycleHookSpecificationList"},
    {"AWS::AutoScaling::AutoScalingGroup", "", "TargetGroupARNs"},
    {"AWS::AutoScaling::AutoScalingGroup", "", "TrafficSources"},
    {"AWS::AutoScaling::AutoScalingGroup", "InstanceRequirements", "AcceleratorManufacturers"},
    {"AWS::AutoScaling::AutoScalingGroup", "InstanceRequirements", "AcceleratorNames"},
    {"AWS::AutoScaling::AutoScalingGroup", "InstanceRequirements", "AcceleratorTypes"},
    {"AWS::AutoScaling::AutoScalingGroup", "InstanceRequirements", "CpuManufacturers"},
    {"AWS::AutoScaling::AutoScalingGroup", "InstanceRequirements", "InstanceGenerations"},
    {"AWS::AutoScaling::AutoScalingGroup", "InstanceRequirements", "LocalStorageTypes"},
    {"AWS::AutoScaling::AutoScalingGroup", "MetricsCollection", "Metrics"},
    {"AWS::AutoScaling::AutoScalingGroup", "NotificationConfiguration", "NotificationTypes"},
    {"AWS::AutoScaling::LaunchConfiguration", "", "BlockDeviceMappings"},
    {"AWS::AutoScaling::LaunchConfiguration", "", "ClassicLinkVPCSecurityGroups"},
    {"AWS::AutoScaling::ScalingPolicy", "", "StepAdjustments"},
    {"AWS::AutoScaling::ScalingPolicy", "CustomizedMetricSpecification", "Dimensions"},
    {"AWS::AutoScaling::ScalingPolicy", "CustomizedMetricSpecification", "Metrics"},
    {"AWS::AutoScaling::ScalingPolicy", "Metric", "Dimensions"},
    {"AWS::AutoScaling::ScalingPolicy", "PredictiveScalingConfiguration", "MetricSpecifications"},
    {"AWS::AutoScaling::ScalingPolicy", "PredictiveScalingCustomizedCapacityMetric", "MetricDataQueries"},
    {"AWS::AutoScaling::ScalingPolicy", "PredictiveScalingCustomizedLoadMetric", "MetricDataQueries"},
    {"AWS::AutoScaling::ScalingPolicy", "PredictiveScalingCustomizedScalingMetric", "MetricDataQueries"},
    {"AWS::CloudFront::Distribution", "DistributionConfig", "Origins"},
    {"AWS::CloudFront::ResponseHeadersPolicy", "AccessControlAllowHeaders", "Items"},
    {"AWS::CloudFront::ResponseHeadersPolicy", "AccessControlAllowMethods", "Items"},
    {"AWS::CloudFront::ResponseHeadersPolicy", "AccessControlAllowOrigins", "Items"},
    {"AWS::CloudFront::ResponseHeadersPolicy", "AccessControlExposeHeaders", "Items"},
    {"AWS::CloudFront::ResponseHeadersPolicy", "CustomHeadersConfig", "Items"},
    {"AWS::CloudFront::ResponseHeadersPolicy", "RemoveHeadersConfig", "Items"},
    {"AWS::CloudWatch::Alarm", "", "Dimensions"},
    {"AWS::CloudWatch::Alarm", "Metric", "Dimensions"},
    {"AWS::DynamoDB::GlobalTable", "", "AttributeDefinitions"},
    {"AWS::DynamoDB::GlobalTable", "", "GlobalSecondaryIndexes"},
    {"AWS::DynamoDB::GlobalTable", "", "GlobalTableWitnesses"},
    {"AWS::DynamoDB::GlobalTable", "", "LocalSecondaryIndexes"},
    {"AWS::DynamoDB::GlobalTable", "", "Replicas"},
    {"AWS::DynamoDB::GlobalTable", "Projection", "NonKeyAttributes"},
    {"AWS::DynamoDB::GlobalTable", "ReplicaSpecification", "GlobalSecondaryIndexes"},
    {"AWS::EC2::CapacityReservation", "", "CapacityAllocationSet"},
    {"AWS::EC2::Instance", "", "BlockDeviceMappings"},
    {"AWS::EC2::Instance", "", "ElasticGpuSpecifications"},
    {"AWS::EC2::Instance", "", "ElasticInferenceAccelerators"},
    {"AWS::EC2::Instance", "", "Ipv6Addresses"},
    {"AWS::EC2::Instance", "", "LicenseSpecifications"},
    {"AWS::EC2::Instance", "", "NetworkInterfaces"},
    {"AWS::EC2::Instance", "", "SsmAssociations"},
    {"AWS::EC2::Instance", "", "Volumes"},
    {"AWS::EC2::Instance", "AssociationParameter", "Value"},
    {"AWS::EC2::Instance", "NetworkInterface", "Ipv6Addresses"},
    {"AWS::EC2::Instance", "NetworkInterface", "PrivateIpAddresses"},
    {"AWS::EC2::Instance", "SsmAssociation", "AssociationParameters"},
    {"AWS::EC2::NatGateway", "", "AvailabilityZoneAddresses"},
    {"AWS::EC2::NatGateway", "AvailabilityZoneAddress", "AllocationIds"},
    {"AWS::EC2::NetworkInterface", "", "Ipv4Prefixes"},
    {"AWS::EC2::NetworkInterface", "", "Ipv6Addresses"},
    {"AWS::EC2::NetworkInterface", "", "Ipv6Prefixes"},
    {"AWS::EC2::NetworkInterface", "", "PrivateIpAddresses"},
    {"AWS::EC2::NetworkInterface", "", "SecondaryPrivateIpAddresses"},
    {"AWS::EC2::SecurityGroup", "", "SecurityGroupEgress"},
    {"AWS::EC2::SecurityGroup", "", "SecurityGroupIngress"},
    {"AWS::EC2::VPCEndpoint", "", "RouteTableIds"},
    {"AWS::EC2::VPCEndpointConnectionNotification", "", "ConnectionEvents"},
    {"AWS::EC2::VPCEndpointService", "", "SupportedIpAddressTypes"},
    {"AWS::EC2::VPCEndpointService", "", "SupportedRegions"},
    {"AWS::EC2::VPNConnection", "", "VpnTunnelOptionsSpecifications"},
    {"AWS::EC2::VPNConnection", "VpnTunnelOptionsSpecification", "IKEVersions"},
    {"AWS::EC2::VPNConnection", "VpnTunnelOptionsSpecification", "Phase1DHGroupNumbers"},
    {"AWS::EC2::VPNConnection", "VpnTunnelOptionsSpecification", "Phase1EncryptionAlgorithms"},
    {"AWS::EC2::VPNConnection", "VpnTunnelOptionsSpecification", "Phase1IntegrityAlgorithms"},
    {"AWS::EC2::VPNConnection", "VpnTunnelOptionsSpecification", "Phase2DHGroupNumbers"},
    {"AWS::EC2::VPNConnection", "VpnTunnelOptionsSpecification", "Phase2EncryptionAlgorithms"},
    {"AWS::EC2::VPNConnection", "VpnTunnelOptionsSpecification", "Phase2IntegrityAlgorithms"},
    {"AWS::EC2::VPNGatewayRoutePropagation", "", "RouteTableIds"},
    {"AWS::ECS::DaemonTaskDefinition", "", "ContainerDefinitions"},
    {"AWS::ECS::DaemonTaskDefinition", "", "Volumes"},
    {"AWS::ECS::DaemonTaskDefinition", "DaemonContainerDefinition", "DependsOn"},
    {"AWS::ECS::DaemonTaskDefinition", "DaemonContainerDefinition", "Environment"},
    {"AWS::ECS::DaemonTaskDefinition", "DaemonContainerDefinition", "Secrets"},
    {"AWS::ECS::DaemonTaskDefinition", "DaemonContainerDefinition", "SystemControls"},
    {"AWS::ECS::DaemonTaskDefinition", "DaemonContainerDefinition", "Ulimits"},
    {"AWS::ECS::DaemonTaskDefinition", "Device", "Permissions"},
    {"AWS::ECS::DaemonTaskDefinition", "KernelCapabilities", "Add"},
    {"AWS::ECS::DaemonTaskDefinition", "KernelCapabilities", "Drop"},
    {"AWS::ECS::DaemonTaskDefinition", "LinuxParameters", "Devices"},
    {"AWS::ECS::DaemonTaskDefinition", "LinuxParameters", "Tmpfs"},
    {"AWS::ECS::DaemonTaskDefinition", "LogConfiguration", "SecretOptions"},
    {"AWS::ECS::DaemonTaskDefinition", "RestartPolicy", "IgnoredExitCodes"},
    {"AWS::ECS::DaemonTaskDefinition", "Tmpfs", "MountOptions"},
    {"AWS::ECS::Service", "LogConfiguration", "SecretOptions"},
    {"AWS::ECS::TaskDefinition", "", "ContainerDefinitions"},
    {"AWS::ECS::TaskDefinition", "", "InferenceAccelerators"},
    {"AWS::ECS::TaskDefinition", "", "PlacementConstraints"},
    {"AWS::ECS::TaskDefinition", "", "RequiresCompatibilities"},
    {"AWS::ECS::TaskDefinition", "", "Volumes"},
    {"AWS::ECS::TaskDefinition", "ContainerDefinition", "CredentialSpecs"},
    {"AWS::ECS::TaskDefinition", "ContainerDefinition", "DependsOn"},
    {"AWS::ECS::TaskDefinition", "ContainerDefinition", "DnsSearchDomains"},
    {"AWS::ECS::TaskDefinition", "ContainerDefinition", "DnsServers"},
    {"AWS::ECS::TaskDefinition", "ContainerDefinition", "DockerSecurityOptions"},
    {"AWS::ECS::TaskDefinition", "ContainerDefinition", "Environment"},
    {"AWS::ECS::TaskDefinition", "ContainerDefinition", "ExtraHosts"},
    {"AWS::ECS::TaskDefinition", "ContainerDefinition", "Links"},
    {"AWS::ECS::TaskDefinition", "ContainerDefinition", "PortMappings"},
    {"AWS::ECS::TaskDefinition", "ContainerDefinition", "ResourceRequirements"},
    {"AWS::ECS::TaskDefinition", "ContainerDefinition", "Secrets"},
    {"AWS::ECS::TaskDefinition", "ContainerDefinition", "SystemControls"},
    {"AWS::ECS::TaskDefinition", "ContainerDefinition", "Ulimits"},
    {"AWS::ECS::TaskDefinition", "ContainerDefinition", "VolumesFrom"},
    {"AWS::ECS::TaskDefinition", "Device", "Permissions"},
    {"AWS::ECS::TaskDefinition", "KernelCapabilities", "Add"},
    {"AWS::ECS::TaskDefinition", "KernelCapabilities", "Drop"},
    {"AWS::ECS::TaskDefinition", "LinuxParameters", "Devices"},
    {"AWS::ECS::TaskDefinition", "LinuxParameters", "Tmpfs"},
    {"AWS::ECS::TaskDefinition", "LogConfiguration", "SecretOptions"},
    {"AWS::ECS::TaskDefinition", "ProxyConfiguration", "ProxyConfigurationProperties"},
    {"AWS::ECS::TaskDefinition", "RestartPolicy", "IgnoredExitCodes"},
    {"AWS::ECS::TaskDefinition", "Tmpfs", "MountOptions"},
    {"AWS::EFS::AccessPoint", "", "AccessPointTags"},
    {"AWS::ElastiCache::CacheCluster", "", "CacheSecurityGroupNames"},
    {"AWS::ElastiCache::CacheCluster", "", "LogDeliveryConfigurations"},
    {"AWS::ElastiCache::CacheCluster", "", "PreferredAvailabilityZones"},
    {"AWS::ElastiCache::CacheCluster", "", "SnapshotArns"},
    {"AWS::ElastiCache::CacheCluster", "", "VpcSecurityGroupIds"},
    {"AWS::ElastiCache::ServerlessCache", "", "SnapshotArnsToRestore"},
    {"AWS::ElastiCache::UserGroup", "", "UserIds"},
    {"AWS::ElasticLoadBalancingV2::Listener", "", "ListenerAttributes"},
    {"AWS::ElasticLoadBalancingV2::ListenerRule", "", "Actions"},
    {"AWS::ElasticLoadBalancingV2::ListenerRule", "", "Conditions"},
    {"AWS::ElasticLoadBalancingV2::ListenerRule", "", "Transforms"},
    {"AWS::ElasticLoadBalancingV2::ListenerRule", "ForwardConfig", "TargetGroups"},
    {"AWS::ElasticLoadBalancingV2::ListenerRule", "QueryStringConfig", "Values"},
    {"AWS::ElasticLoadBalancingV2::ListenerRule", "SourceIpConfig", "Values"},
    {"AWS::ElasticLoadBalancingV2::LoadBalancer", "", "LoadBalancerAttributes"},
    {"AWS::ElasticLoadBalancingV2::LoadBalancer", "", "SubnetMappings"},
    {"AWS::ElasticLoadBalancingV2::TargetGroup", "", "TargetGroupAttributes"},
    {"AWS::ElasticLoadBalancingV2::TargetGroup", "", "Targets"},
    {"AWS::ElasticLoadBalancingV2::TrustStoreRevocation", "", "RevocationContents"},
    {"AWS::Events::Rule", "", "Targets"},
    {"AWS::IAM::Group", "", "ManagedPolicyArns"},
    {"AWS::IAM::Group", "", "Policies"},
    {"AWS::IAM::InstanceProfile", "", "Roles"},
    {"AWS::IAM::ManagedPolicy", "", "Groups"},
    {"AWS::IAM::ManagedPolicy", "", "Roles"},
    {"AWS::IAM::ManagedPolicy", "", "Users"},
    {"AWS::IAM::OIDCProvider", "", "ClientIdList"},
    {"AWS::IAM::OIDCProvider", "", "ThumbprintList"},
    {"AWS::IAM::Policy", "", "Groups"},
    {"AWS::IAM::Policy", "", "Roles"},
    {"AWS::IAM::Policy", "", "Users"},
    {"AWS::IAM::Role", "", "ManagedPolicyArns"},
    {"AWS::IAM::Role", "", "Policies"},
    {"AWS::IAM::User", "", "Groups"},
    {"AWS::IAM::User", "", "ManagedPolicyArns"},
    {"AWS::IAM::User", "", "Policies"},
    {"AWS::Lambda::Alias", "AliasRoutingConfiguration", "AdditionalVersionWeights"},
    {"AWS::Lambda::LayerVersion", "", "CompatibleArchitectures"},
    {"AWS::Lambda::LayerVersion", "", "CompatibleRuntimes"},
    {"AWS::Logs::DeliverySource", "", "ResourceArns"},
    {"AWS::Logs::LogAnomalyDetector", "", "LogGroupArnList"},
    {"AWS::Logs::LogGroup", "", "FieldIndexPolicies"},
    {"AWS::Logs::MetricFilter", "", "EmitSystemFieldDimensions"},
    {"AWS::Logs::MetricFilter", "", "MetricTransformations"},
    {"AWS::Logs::MetricFilter", "MetricTransformation", "Dimensions"},
    {"AWS::Logs::QueryDefinition", "", "LogGroupNames"},
    {"AWS::Logs::QueryDefinition", "", "Parameters"},
    {"AWS::Logs::SubscriptionFilter", "", "EmitSystemFields"},
    {"AWS::RDS::DBProxy", "", "Auth"},
    {"AWS::RDS::DBProxy", "", "VpcSecurityGroupIds"},
    {"AWS::RDS::DBProxy", "", "VpcSubnetIds"},
    {"AWS::RDS::DBProxyEndpoint", "", "VpcSecurityGroupIds"},
    {"AWS::RDS::DBProxyEndpoint", "", "VpcSubnetIds"},
    {"AWS::RDS::DBProxyTargetGroup", "", "DBClusterIdentifiers"},
    {"AWS::RDS::DBProxyTargetGroup", "", "DBInstanceIdentifiers"},
    {"AWS::RDS::DBProxyTargetGroup", "ConnectionPoolConfigurationInfoFormat", "SessionPinningFilters"},
    {"AWS::RDS::EventSubscription", "", "SourceIds"},
    {"AWS::RDS::OptionGroup", "", "OptionConfigurations"},
    {"AWS::RDS::OptionGroup", "OptionConfiguration", "DBSecurityGroupMemberships"},
    {"AWS::RDS::OptionGroup", "OptionConfiguration", "OptionSettings"},
    {"AWS::RDS::OptionGroup", "OptionConfiguration", "VpcSecurityGroupMemberships"},
    {"AWS::Route53::CidrCollection", "", "Locations"},
    {"AWS::Route53::CidrCollection", "Location", "CidrList"},
    {"AWS::Route53::HealthCheck", "", "HealthCheckTags"},
    {"AWS::Route53::HostedZone", "", "HostedZoneTags"},
    {"AWS::Route53::HostedZone", "", "VPCs"},
    {"AWS::SNS::Topic", "", "DeliveryStatusLogging"},
    {"AWS::SNS::Topic", "", "Subscription"},
    {"AWS::SNS::TopicPolicy", "", "Topics"},
    {"AWS::SQS::QueuePolicy", "", "Queues"},
    {"AWS::SecretsManager::RotationSchedule", "", "ExternalSecretRotationMetadata"},
    {"AWS::SecretsManager::Secret", "", "ReplicaRegions"},
});

/// Lists of these are sets wherever they stand: who may talk to what, where, by which policies.
/// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Instance.html and its like for other services.
constexpr std::string_view kSetsOf[] = {"AWS::EC2::SecurityGroup", "AWS::EC2::Subnet",
                                        "AWS::IAM::ManagedPolicy"};

schema::Type element_of(const Slot& slot) {
  return slot.type && slot.type.kind() == TypeKind::List ? slot.type.element() : schema::Type{};
}

bool is_set_of_ids(schema::Type element) {
  if (element.kind() == TypeKind::Union) {
    for (std::size_t i = 0; i < element.arm_count(); ++i) {
      if (is_set_of_ids(element.arm(i))) return true;
    }
    return false;
  }
  return element.kind() == TypeKind::Id &&
         std::ranges::find(kSetsOf, element.resource_type()) != std::end(kSetsOf);
}

}  // namespace

bool is_tags(const Slot& slot) {
  const schema::Type element = element_of(slot);
  if (!element || element.kind() != TypeKind::Nested) return false;
  const schema::Properties properties = element.nested().properties();
  const bool pairs = properties.find("Key") && properties.find("Value");
  const bool launched = properties.size() == 3 && properties.find("PropagateAtLaunch");
  return pairs && (properties.size() == 2 || launched);
}

bool ignores_order(const Slot& slot) {
  const schema::Type element = element_of(slot);
  if (!element) return false;
  if (is_tags(slot) || is_set_of_ids(element)) return true;
  const auto key = std::tie(slot.resource, slot.nested, slot.name);
  const auto at = std::ranges::lower_bound(
      kRows, key, {}, [](const Row& r) { return std::tie(r.type, r.nested, r.property); });
  return at != kRows.end() && std::tie(at->type, at->nested, at->property) == key;
}

}  // namespace stackc::diff

// Corrections of AWS's resource specification, kept by hand. `refresh` reads this file and never
// writes it. Every entry says what AWS's documentation says and the data does not; an entry whose
// target no longer exists stops the refresh, so that nothing here goes stale unseen.

/// What `Ref` returns, where the data is silent (several parts) or wrong. "" : not a class of
/// identity that another slot accepts.
export const ref = {
  "AWS::ApplicationAutoScaling::ScalableTarget": "Id",
  "AWS::ApplicationAutoScaling::ScalingPolicy": "Arn",
  "AWS::AutoScaling::LifecycleHook": "LifecycleHookName",
  "AWS::AutoScaling::ScheduledAction": "ScheduledActionName",
  "AWS::ApiGateway::Resource": "ResourceId",
  "AWS::ApiGatewayV2::Deployment": "DeploymentId",
  "AWS::EC2::EIP": "PublicIp",
  "AWS::Events::Rule": "RuleName",
  "AWS::SecretsManager::ResourcePolicy": "",
  "AWS::SecretsManager::SecretTargetAttachment": "",
  "AWS::ECS::ClusterCapacityProviderAssociations": "",
  "AWS::S3::BucketPolicy": "",
  "AWS::ElasticLoadBalancingV2::ListenerCertificate": "",
  "AWS::Route53::DNSSEC": "",
  "AWS::EC2::GatewayRouteTableAssociation": "",
};

/// Primary identifiers that are wrong in the data.
export const primary = {};

/// Several names of one value. The last is the canonical name of the class of identity; it need not
/// be an attribute (`AWS::SecretsManager::Secret.Arn` is what `Ref` returns).
export const same = {
  "AWS::EC2::SecurityGroup": ["Id", "GroupId"],
  "AWS::SecretsManager::Secret": ["Id", "Arn"],
};

/// Attributes and properties that name the resource, beside Ref, primary identifier and ARN.
export const identities = {
  "AWS::EC2::EIP": ["AllocationId"],
  "AWS::EC2::KeyPair": ["KeyName"],
  "AWS::EC2::LaunchTemplate": ["LaunchTemplateId", "LaunchTemplateName"],
  "AWS::EC2::PlacementGroup": ["GroupName", "GroupId"],
  "AWS::EC2::VPCEndpointService": ["ServiceId"],
  "AWS::ECS::Service": ["ServiceArn", "Name"],
  "AWS::AutoScaling::AutoScalingGroup": ["AutoScalingGroupARN"],
  "AWS::CloudWatch::MetricStream": ["Name"],
  "AWS::ElasticLoadBalancingV2::LoadBalancer": ["LoadBalancerFullName"],
  "AWS::ElasticLoadBalancingV2::TargetGroup": ["TargetGroupFullName", "TargetGroupName"],
  "AWS::IAM::ManagedPolicy": ["PolicyArn"],
  "AWS::IAM::Role": ["RoleId"],
  "AWS::Lambda::Version": ["FunctionArn"],
  "AWS::Lambda::Alias": ["AliasArn"],
  "AWS::RDS::DBCluster": ["DBClusterArn", "DBClusterResourceId"],
  "AWS::RDS::DBInstance": ["DBInstanceArn", "DbiResourceId"],
  "AWS::SNS::Topic": ["TopicName"],
  "AWS::SQS::Queue": ["QueueName"],
  "AWS::DynamoDB::Table": ["StreamArn"],
  "AWS::DynamoDB::GlobalTable": ["StreamArn"],
  "AWS::Logs::LogStream": ["LogStreamName"],
};

/// What a change of a property asks of the resource: "no", "maybe" or "yes". The registry's schema says of a
/// database that any of these may replace it; the provider that AWS publishes
/// (aws-cloudformation-resource-providers-rds, ImmutabilityHelper) never does for their sake, and the page says
/// "Update requires: Some interruptions".
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html
export const replacement = {
  "AWS::RDS::DBInstance.AutoMinorVersionUpgrade": "no",
  "AWS::RDS::DBInstance.BackupRetentionPeriod": "no",
  "AWS::RDS::DBInstance.DBParameterGroupName": "no",
  "AWS::RDS::DBInstance.MultiAZ": "no",
  "AWS::RDS::DBInstance.PreferredMaintenanceWindow": "no",
  "AWS::RDS::DBInstance.StorageType": "no",
};

/// Lists whose order counts though the registry's schemas say that it does not: what is done one after the
/// other, what is matched first, words of a command, columns of a text.
export const ordered = new Set([
  // https://docs.aws.amazon.com/appsync/latest/devguide/pipeline-resolvers.html
  "AWS::AppSync::Resolver.PipelineConfig.Functions",
  // Kubernetes starts one when the one before has ended.
  "AWS::Batch::JobDefinition.PodProperties.InitContainers",
  // https://docs.aws.amazon.com/batch/latest/APIReference/API_RetryStrategy.html
  "AWS::Batch::JobDefinition.RetryStrategy.EvaluateOnExit",
  // https://docs.aws.amazon.com/cognito/latest/developerguide/role-based-access-control.html
  "AWS::Cognito::IdentityPoolRoleAttachment.RulesConfigurationType.Rules",
  // https://docs.aws.amazon.com/entityresolution/latest/userguide/create-matching-workflow-rule-based.html
  "AWS::EntityResolution::MatchingWorkflow.RuleBasedProperties.Rules",
  "AWS::EntityResolution::MatchingWorkflow.RuleConditionProperties.Rules",
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-frauddetector-detector.html
  "AWS::FraudDetector::Detector.Rules",
  "AWS::KinesisAnalyticsV2::Application.InputSchema.RecordColumns",
  "AWS::Lightsail::Container.Container.Command",
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch-Logs-Transformation.html
  "AWS::Logs::Transformer.Csv.Columns",
  "AWS::Logs::Transformer.TransformerConfig",
  "AWS::S3Tables::Table.IcebergSortOrder.Fields",
  "AWS::SSMContacts::Plan.Stages",
  "AWS::SageMaker::ProcessingJob.AppSpecification.ContainerArguments",
  "AWS::SageMaker::ProcessingJob.AppSpecification.ContainerEntrypoint",
]);

/// Kinds of id that no resource type of CloudFormation creates.
export const idTypes = [
  "AWS::EC2::AvailabilityZone.Id",
  "AWS::EC2::AvailabilityZone.Name",
  "AWS::EC2::Image.Id",
  "AWS::EC2::Snapshot.Id",
];

/// Relations of the data that name a member which does not exist, or not the one that is meant.
/// null: no relation at all.
export const renamedKinds = {
  "AWS::CertificateManager::Certificate.Id": "AWS::CertificateManager::Certificate.CertificateArn",
  "AWS::EC2::Instance.Id": "AWS::EC2::Instance.InstanceId",
  "AWS::EC2::Instance.AutoScalingGroupName": "AWS::AutoScaling::AutoScalingGroup.AutoScalingGroupName",
  "AWS::ElasticLoadBalancing::LoadBalancer.Id": "AWS::ElasticLoadBalancing::LoadBalancer.LoadBalancerName",
  "AWS::Glue::Crawler.Id": "AWS::Glue::Crawler.Name",
  "AWS::Glue::Job.Id": "AWS::Glue::Job.Name",
  "AWS::Glue::Database.Id": "AWS::Glue::Database.DatabaseName",
  "AWS::Glue::Registry.RegistryName": "AWS::Glue::Registry.Name",
  "AWS::Lambda::Alias.Arn": "AWS::Lambda::Alias.AliasArn",
  "AWS::Lambda::Alias.Id": "AWS::Lambda::Alias.AliasArn",
  "AWS::Lambda::Version.Arn": "AWS::Lambda::Version.FunctionArn",
  "AWS::RDS::DBCluster.Arn": "AWS::RDS::DBCluster.DBClusterArn",
  "AWS::ApplicationAutoScaling::ScalableTarget.ResourceId": "AWS::ApplicationAutoScaling::ScalableTarget.Id",
  "AWS::ApplicationAutoScaling::ScalingPolicy.Id": "AWS::ApplicationAutoScaling::ScalingPolicy.Arn",
  // A bare VPC must never turn into its default security group.
  "AWS::EC2::VPC.DefaultSecurityGroup": null,
  "AWS::ApiGateway::RestApi.ApiEndpoint": null,
  "AWS::ECR::Repository.ClusterName": null,
  "AWS::ElastiCache::User.UserId": "AWS::ElastiCache::User.UserId",
  "AWS::Cognito::UserPoolClient.UserPoolId": null,
};

/// Property names whose relations in the data come from texts that merely contain an id.
export const notIds = new Set([
  "AuthorizerUri", "DefinitionString", "StringValue", "Uri", "Value", "Values", "Content", "Filter", "Path",
]);

/// The kinds that a slot accepts, in order of preference. `Type.Property`, `Type.Nested.Property`
/// for nested types, `Type@Attribute` for attributes. An empty list: a plain string.
export const kinds = {
  "AWS::AutoScaling::AutoScalingGroup.PlacementGroup": ["AWS::EC2::PlacementGroup.GroupName"],
  "AWS::CertificateManager::Certificate.CertificateAuthorityArn": ["AWS::ACMPCA::CertificateAuthority.Arn"],
  "AWS::EC2::SecurityGroupVpcAssociation.GroupId": ["AWS::EC2::SecurityGroup.GroupId"],
  "AWS::EC2::VPCEndpointService.GatewayLoadBalancerArns": ["AWS::ElasticLoadBalancingV2::LoadBalancer.LoadBalancerArn"],
  "AWS::EC2::VPNGatewayRoutePropagation.VpnGatewayId": ["AWS::EC2::VPNGateway.VPNGatewayId"],
  "AWS::EC2::Volume.SourceVolumeId": ["AWS::EC2::Volume.VolumeId"],
  "AWS::ECS::CapacityProvider.InstanceLaunchTemplate.Ec2InstanceProfileArn": ["AWS::IAM::InstanceProfile.Arn"],
  "AWS::ECS::Cluster.ServiceConnectDefaults.Namespace": ["AWS::ServiceDiscovery::HttpNamespace.Arn",
    "AWS::ServiceDiscovery::PrivateDnsNamespace.Arn", "AWS::ServiceDiscovery::PublicDnsNamespace.Arn"],
  "AWS::ECS::PrimaryTaskSet.TaskSetId": ["AWS::ECS::TaskSet.Id"],
  "AWS::ECS::Service.AdvancedConfiguration.ProductionListenerRule": ["AWS::ElasticLoadBalancingV2::ListenerRule.RuleArn",
    "AWS::ElasticLoadBalancingV2::Listener.ListenerArn"],
  "AWS::ECS::Service.AdvancedConfiguration.TestListenerRule": ["AWS::ElasticLoadBalancingV2::ListenerRule.RuleArn",
    "AWS::ElasticLoadBalancingV2::Listener.ListenerArn"],
  "AWS::ECS::Service.DeploymentLifecycleHook.HookTargetArn": ["AWS::Lambda::Function.Arn", "AWS::Lambda::Version.FunctionArn",
    "AWS::Lambda::Alias.AliasArn"],
  "AWS::ECS::Service.ServiceConnectConfiguration.Namespace": ["AWS::ServiceDiscovery::HttpNamespace.Arn",
    "AWS::ServiceDiscovery::PrivateDnsNamespace.Arn", "AWS::ServiceDiscovery::PublicDnsNamespace.Arn"],
  "AWS::ECS::Service.ServiceConnectTlsCertificateAuthority.AwsPcaAuthorityArn": ["AWS::ACMPCA::CertificateAuthority.Arn"],
  "AWS::ECS::Service.ServiceConnectTlsConfiguration.KmsKey": ["AWS::KMS::Key.Arn", "AWS::KMS::Key.KeyId"],
  "AWS::ECS::TaskSet.ServiceRegistry.RegistryArn": ["AWS::ServiceDiscovery::Service.Arn"],
  "AWS::IAM::GroupPolicy.GroupName": ["AWS::IAM::Group.GroupName"],
  "AWS::IAM::RolePolicy.RoleName": ["AWS::IAM::Role.RoleName"],
  "AWS::IAM::UserPolicy.UserName": ["AWS::IAM::User.UserName"],
  "AWS::KMS::ReplicaKey.PrimaryKeyArn": ["AWS::KMS::Key.Arn"],
  "AWS::Lambda::Url@FunctionArn": ["AWS::Lambda::Function.Arn"],
  "AWS::RDS::DBCluster.DBInstanceParameterGroupName": ["AWS::RDS::DBParameterGroup.DBParameterGroupName"],
  "AWS::Route53::KeySigningKey.KeyManagementServiceArn": ["AWS::KMS::Key.Arn"],
  "AWS::S3::Bucket.ReplicationDestination.Bucket": ["AWS::S3::Bucket.Arn"], // an ARN in spite of its name
  "AWS::SecretsManager::SecretTargetAttachment.TargetId": ["AWS::RDS::DBInstance.DBInstanceIdentifier",
    "AWS::RDS::DBCluster.DBClusterIdentifier", "AWS::DocDB::DBCluster.Id", "AWS::DocDB::DBInstance.Id",
    "AWS::Redshift::Cluster.ClusterIdentifier"],
  "AWS::AutoScaling::AutoScalingGroup.TargetGroupARNs": ["AWS::ElasticLoadBalancingV2::TargetGroup.TargetGroupArn"],
  "AWS::AutoScaling::AutoScalingGroup.VPCZoneIdentifier": ["AWS::EC2::Subnet.SubnetId"],
  "AWS::CloudWatch::Alarm.AlarmActions": ["AWS::SNS::Topic.TopicArn", "AWS::AutoScaling::ScalingPolicy.Arn",
    "AWS::ApplicationAutoScaling::ScalingPolicy.Arn", "AWS::Lambda::Function.Arn", "AWS::Lambda::Alias.AliasArn",
    "AWS::Lambda::Version.FunctionArn"],
  "AWS::CloudWatch::Alarm.OKActions": ["AWS::SNS::Topic.TopicArn", "AWS::AutoScaling::ScalingPolicy.Arn",
    "AWS::ApplicationAutoScaling::ScalingPolicy.Arn", "AWS::Lambda::Function.Arn", "AWS::Lambda::Alias.AliasArn",
    "AWS::Lambda::Version.FunctionArn"],
  "AWS::CloudWatch::Alarm.InsufficientDataActions": ["AWS::SNS::Topic.TopicArn", "AWS::AutoScaling::ScalingPolicy.Arn",
    "AWS::ApplicationAutoScaling::ScalingPolicy.Arn", "AWS::Lambda::Function.Arn", "AWS::Lambda::Alias.AliasArn",
    "AWS::Lambda::Version.FunctionArn"],
  "AWS::EC2::Instance.SecurityGroups": [], // names of groups outside a VPC
  "AWS::EC2::Instance.IamInstanceProfile": ["AWS::IAM::InstanceProfile.InstanceProfileName"],
  "AWS::EC2::LaunchTemplate.LaunchTemplateData.SecurityGroups": [], // names, like the above
  "AWS::EC2::LaunchTemplate.IamInstanceProfile.Arn": ["AWS::IAM::InstanceProfile.Arn"],
  "AWS::EC2::LaunchTemplate.IamInstanceProfile.Name": ["AWS::IAM::InstanceProfile.InstanceProfileName"],
  "AWS::EC2::Route.GatewayId": ["AWS::EC2::InternetGateway.InternetGatewayId", "AWS::EC2::VPNGateway.VPNGatewayId"],
  "AWS::EC2::SecurityGroupEgress.DestinationSecurityGroupId": ["AWS::EC2::SecurityGroup.GroupId"],
  "AWS::EC2::SecurityGroupIngress.GroupId": ["AWS::EC2::SecurityGroup.GroupId"],
  "AWS::EC2::SecurityGroupEgress.GroupId": ["AWS::EC2::SecurityGroup.GroupId"],
  "AWS::EC2::SecurityGroupIngress.GroupName": [],
  "AWS::EC2::SecurityGroup.GroupName": [],
  "AWS::EC2::SecurityGroup.Ingress.SourceSecurityGroupName": [],
  "AWS::EC2::SecurityGroupIngress.SourceSecurityGroupName": [],
  "AWS::EC2::VPC@DefaultSecurityGroup": ["AWS::EC2::SecurityGroup.GroupId"],
  "AWS::EC2::VPC@DefaultNetworkAcl": ["AWS::EC2::NetworkAcl.Id"],
  "AWS::EC2::VPC@CidrBlock": [],
  "AWS::EC2::NatGateway@EniId": ["AWS::EC2::NetworkInterface.Id"],
  "AWS::ECS::CapacityProvider.AutoScalingGroupProvider.AutoScalingGroupArn":
    ["AWS::AutoScaling::AutoScalingGroup.AutoScalingGroupARN", "AWS::AutoScaling::AutoScalingGroup.AutoScalingGroupName"],
  "AWS::ECS::Service.Cluster": ["AWS::ECS::Cluster.ClusterName", "AWS::ECS::Cluster.Arn"],
  "AWS::ECS::Service.Role": ["AWS::IAM::Role.RoleName", "AWS::IAM::Role.Arn"],
  "AWS::ECS::Service.TaskDefinition": ["AWS::ECS::TaskDefinition.TaskDefinitionArn"],
  "AWS::ECS::Service.CapacityProviderStrategyItem.CapacityProvider": ["AWS::ECS::CapacityProvider.Name"],
  "AWS::ECS::Service.ServiceRegistry.RegistryArn": ["AWS::ServiceDiscovery::Service.Arn"],
  "AWS::ECS::Service.LoadBalancer.LoadBalancerName": ["AWS::ElasticLoadBalancing::LoadBalancer.LoadBalancerName"],
  "AWS::ECS::Service.Secret.ValueFrom": ["AWS::SecretsManager::Secret.Arn", "AWS::SSM::Parameter.Name", "AWS::SSM::Parameter.Arn"],
  "AWS::ECS::TaskDefinition.Secret.ValueFrom": ["AWS::SecretsManager::Secret.Arn", "AWS::SSM::Parameter.Name", "AWS::SSM::Parameter.Arn"],
  "AWS::ECS::TaskDefinition.RepositoryCredentials.CredentialsParameter": ["AWS::SecretsManager::Secret.Arn"],
  "AWS::ECS::TaskDefinition.EFSVolumeConfiguration.FilesystemId": ["AWS::EFS::FileSystem.FileSystemId"],
  "AWS::ECS::TaskDefinition.AuthorizationConfig.AccessPointId": ["AWS::EFS::AccessPoint.AccessPointId"],
  "AWS::ECS::ClusterCapacityProviderAssociations.Cluster": ["AWS::ECS::Cluster.ClusterName", "AWS::ECS::Cluster.Arn"],
  "AWS::ECS::ClusterCapacityProviderAssociations.CapacityProviders": ["AWS::ECS::CapacityProvider.Name"],
  "AWS::ECS::Cluster.CapacityProviders": ["AWS::ECS::CapacityProvider.Name"],
  "AWS::ElasticLoadBalancingV2::Listener.Certificate.CertificateArn":
    ["AWS::CertificateManager::Certificate.CertificateArn", "AWS::IAM::ServerCertificate.Arn"],
  "AWS::ElasticLoadBalancingV2::ListenerCertificate.Certificate.CertificateArn":
    ["AWS::CertificateManager::Certificate.CertificateArn", "AWS::IAM::ServerCertificate.Arn"],
  "AWS::ElasticLoadBalancingV2::LoadBalancer@CanonicalHostedZoneID": ["AWS::Route53::HostedZone.Id"],
  "AWS::ElasticLoadBalancingV2::LoadBalancer@SecurityGroups": ["AWS::EC2::SecurityGroup.GroupId"],
  "AWS::ElasticLoadBalancingV2::TargetGroup@LoadBalancerArns": ["AWS::ElasticLoadBalancingV2::LoadBalancer.LoadBalancerArn"],
  "AWS::ElasticLoadBalancingV2::TargetGroup.TargetDescription.Id":
    ["AWS::EC2::Instance.InstanceId", "AWS::Lambda::Function.Arn", "AWS::ElasticLoadBalancingV2::LoadBalancer.LoadBalancerArn"],
  "AWS::ElasticLoadBalancingV2::TargetGroup.TargetDescription.AvailabilityZone": [], // a zone, or `all`
  "AWS::IAM::Policy.Roles": ["AWS::IAM::Role.RoleName"],
  "AWS::IAM::Policy.Users": ["AWS::IAM::User.UserName"],
  "AWS::IAM::Policy.Groups": ["AWS::IAM::Group.GroupName"],
  "AWS::IAM::ManagedPolicy.Roles": ["AWS::IAM::Role.RoleName"],
  "AWS::IAM::ManagedPolicy.Users": ["AWS::IAM::User.UserName"],
  "AWS::IAM::ManagedPolicy.Groups": ["AWS::IAM::Group.GroupName"],
  "AWS::IAM::InstanceProfile.Roles": ["AWS::IAM::Role.RoleName"],
  "AWS::IAM::Role.ManagedPolicyArns": ["AWS::IAM::ManagedPolicy.PolicyArn"],
  "AWS::IAM::Role.PermissionsBoundary": ["AWS::IAM::ManagedPolicy.PolicyArn"],
  "AWS::IAM::User.ManagedPolicyArns": ["AWS::IAM::ManagedPolicy.PolicyArn"],
  "AWS::IAM::User.PermissionsBoundary": ["AWS::IAM::ManagedPolicy.PolicyArn"],
  "AWS::IAM::Group.ManagedPolicyArns": ["AWS::IAM::ManagedPolicy.PolicyArn"],
  "AWS::Lambda::Function.Role": ["AWS::IAM::Role.Arn"],
  "AWS::Lambda::Permission.FunctionName": ["AWS::Lambda::Function.FunctionName", "AWS::Lambda::Function.Arn",
    "AWS::Lambda::Version.FunctionArn", "AWS::Lambda::Alias.AliasArn"],
  "AWS::Lambda::EventSourceMapping.FunctionName": ["AWS::Lambda::Function.FunctionName", "AWS::Lambda::Function.Arn",
    "AWS::Lambda::Version.FunctionArn", "AWS::Lambda::Alias.AliasArn"],
  "AWS::Lambda::Alias.FunctionName": ["AWS::Lambda::Function.FunctionName", "AWS::Lambda::Function.Arn"],
  "AWS::Lambda::Version.FunctionName": ["AWS::Lambda::Function.FunctionName", "AWS::Lambda::Function.Arn"],
  "AWS::Logs::LogGroup.KmsKeyId": ["AWS::KMS::Key.Arn"], // CloudWatch Logs takes the ARN alone
  "AWS::KMS::Alias.TargetKeyId": ["AWS::KMS::Key.KeyId", "AWS::KMS::Key.Arn", "AWS::KMS::ReplicaKey.KeyId", "AWS::KMS::ReplicaKey.Arn"],
  "AWS::RDS::DBInstance.DBSubnetGroupName": ["AWS::RDS::DBSubnetGroup.DBSubnetGroupName"],
  "AWS::RDS::DBInstance.DBParameterGroupName": ["AWS::RDS::DBParameterGroup.DBParameterGroupName"],
  "AWS::RDS::DBInstance.OptionGroupName": ["AWS::RDS::OptionGroup.OptionGroupName"],
  "AWS::RDS::DBInstance.DBClusterIdentifier": ["AWS::RDS::DBCluster.DBClusterIdentifier"],
  "AWS::RDS::DBInstance.DBSecurityGroups": ["AWS::RDS::DBSecurityGroup.Id"],
  "AWS::RDS::DBInstance.SourceDBInstanceIdentifier": ["AWS::RDS::DBInstance.DBInstanceIdentifier", "AWS::RDS::DBInstance.DBInstanceArn"],
  "AWS::RDS::DBInstance.SourceDbiResourceId": ["AWS::RDS::DBInstance.DbiResourceId"],
  "AWS::RDS::DBInstance@Endpoint.HostedZoneId": ["AWS::Route53::HostedZone.Id"],
  "AWS::RDS::DBCluster.DBSubnetGroupName": ["AWS::RDS::DBSubnetGroup.DBSubnetGroupName"],
  "AWS::RDS::DBCluster.DBClusterParameterGroupName": ["AWS::RDS::DBClusterParameterGroup.DBClusterParameterGroupName"],
  "AWS::Route53::RecordSet.AliasTarget.HostedZoneId": ["AWS::Route53::HostedZone.Id"],
  "AWS::Route53::RecordSet.HostedZoneId": ["AWS::Route53::HostedZone.Id"],
  "AWS::SecretsManager::SecretTargetAttachment.SecretId": ["AWS::SecretsManager::Secret.Arn"],
  "AWS::SecretsManager::RotationSchedule.SecretId": ["AWS::SecretsManager::Secret.Arn"],
  "AWS::SecretsManager::ResourcePolicy.SecretId": ["AWS::SecretsManager::Secret.Arn"],
  "AWS::ServiceDiscovery::Service.NamespaceId": ["AWS::ServiceDiscovery::PrivateDnsNamespace.Id",
    "AWS::ServiceDiscovery::PublicDnsNamespace.Id", "AWS::ServiceDiscovery::HttpNamespace.Id"],
  "AWS::ServiceDiscovery::Service.DnsConfig.NamespaceId": ["AWS::ServiceDiscovery::PrivateDnsNamespace.Id",
    "AWS::ServiceDiscovery::PublicDnsNamespace.Id"],
  "AWS::ServiceDiscovery::Instance.ServiceId": ["AWS::ServiceDiscovery::Service.Id"],
  "AWS::ServiceDiscovery::PrivateDnsNamespace.Vpc": ["AWS::EC2::VPC.VpcId"],
  "AWS::ServiceDiscovery::PrivateDnsNamespace@HostedZoneId": ["AWS::Route53::HostedZone.Id"],
  "AWS::ServiceDiscovery::PublicDnsNamespace@HostedZoneId": ["AWS::Route53::HostedZone.Id"],
  "AWS::ApplicationAutoScaling::ScalableTarget.ResourceId": [], // `service/cluster/name`, a text that is put together
  "AWS::ApplicationAutoScaling::ScalingPolicy.ResourceId": [],
  "AWS::ApplicationAutoScaling::ScalingPolicy.ScalingTargetId": ["AWS::ApplicationAutoScaling::ScalableTarget.Id"],
  "AWS::SNS::Subscription.TopicArn": ["AWS::SNS::Topic.TopicArn"],
  "AWS::SNS::Subscription.Endpoint": ["AWS::SQS::Queue.Arn", "AWS::Lambda::Function.Arn", "AWS::Lambda::Version.FunctionArn",
    "AWS::Lambda::Alias.AliasArn", "AWS::KinesisFirehose::DeliveryStream.Arn"],
  "AWS::SNS::TopicPolicy.Topics": ["AWS::SNS::Topic.TopicArn"],
  "AWS::SQS::QueuePolicy.Queues": ["AWS::SQS::Queue.QueueUrl"],
  "AWS::S3::BucketPolicy.Bucket": ["AWS::S3::Bucket.BucketName"],
  "AWS::Events::Rule.EventBusName": ["AWS::Events::EventBus.Name", "AWS::Events::EventBus.Arn"],
  "AWS::Scheduler::Schedule.Target.Arn": ["AWS::StepFunctions::StateMachine.Arn", "AWS::Lambda::Function.Arn",
    "AWS::Lambda::Alias.AliasArn", "AWS::SQS::Queue.Arn", "AWS::ECS::Cluster.Arn", "AWS::SNS::Topic.TopicArn",
    "AWS::Events::EventBus.Arn", "AWS::Kinesis::Stream.Arn", "AWS::KinesisFirehose::DeliveryStream.Arn"],
  "AWS::Scheduler::Schedule.EcsParameters.TaskDefinitionArn": ["AWS::ECS::TaskDefinition.TaskDefinitionArn"],
  "AWS::CloudFront::Distribution.Origin.DomainName": ["AWS::S3::Bucket.RegionalDomainName", "AWS::S3::Bucket.DomainName",
    "AWS::ElasticLoadBalancingV2::LoadBalancer.DNSName"],
};

/// What a number or text counts, where the name does not say it. Same keys as `kinds`.
export const units = {
  "AWS::ApplicationAutoScaling::ScalingPolicy.StepScalingPolicyConfiguration.Cooldown": "s",
  "AWS::ApplicationAutoScaling::ScalingPolicy.TargetTrackingScalingPolicyConfiguration.ScaleInCooldown": "s",
  "AWS::ApplicationAutoScaling::ScalingPolicy.TargetTrackingScalingPolicyConfiguration.ScaleOutCooldown": "s",
  "AWS::AutoScaling::AutoScalingGroup.Cooldown": "s",
  "AWS::AutoScaling::AutoScalingGroup.DefaultInstanceWarmup": "s",
  "AWS::AutoScaling::AutoScalingGroup.HealthCheckGracePeriod": "s",
  "AWS::AutoScaling::AutoScalingGroup.MaxInstanceLifetime": "s",
  "AWS::AutoScaling::LifecycleHook.HeartbeatTimeout": "s",
  "AWS::AutoScaling::ScalingPolicy.Cooldown": "s",
  "AWS::AutoScaling::ScalingPolicy.EstimatedInstanceWarmup": "s",
  "AWS::CloudFront::Distribution.CustomOriginConfig.OriginKeepaliveTimeout": "s",
  "AWS::CloudFront::Distribution.CustomOriginConfig.OriginReadTimeout": "s",
  "AWS::CloudFront::Distribution.DefaultCacheBehavior.DefaultTTL": "s",
  "AWS::CloudFront::Distribution.DefaultCacheBehavior.MaxTTL": "s",
  "AWS::CloudFront::Distribution.DefaultCacheBehavior.MinTTL": "s",
  "AWS::CloudWatch::Alarm.MetricDataQuery.Period": "s",
  "AWS::CloudWatch::Alarm.MetricStat.Period": "s",
  "AWS::CloudWatch::Alarm.Period": "s",
  "AWS::EC2::Instance.Ebs.VolumeSize": "GiB",
  "AWS::EC2::LaunchTemplate.Ebs.VolumeSize": "GiB",
  "AWS::EC2::Volume.Size": "GiB",
  "AWS::ECS::Service.ServiceManagedEBSVolumeConfiguration.SizeInGiB": "GiB",
  "AWS::ECS::TaskDefinition.ContainerDefinition.Memory": "MiB",
  "AWS::ECS::TaskDefinition.ContainerDefinition.MemoryReservation": "MiB",
  "AWS::ECS::TaskDefinition.ContainerDefinition.StartTimeout": "s",
  "AWS::ECS::TaskDefinition.ContainerDefinition.StopTimeout": "s",
  "AWS::ECS::TaskDefinition.EphemeralStorage.SizeInGiB": "GiB",
  "AWS::ECS::TaskDefinition.HealthCheck.Interval": "s",
  "AWS::ECS::TaskDefinition.HealthCheck.StartPeriod": "s",
  "AWS::ECS::TaskDefinition.HealthCheck.Timeout": "s",
  "AWS::ECS::TaskDefinition.LinuxParameters.MaxSwap": "MiB",
  "AWS::ECS::TaskDefinition.LinuxParameters.SharedMemorySize": "MiB",
  "AWS::ECS::TaskDefinition.Memory": "MiB",
  "AWS::ECS::TaskDefinition.RestartPolicy.RestartAttemptPeriod": "s",
  "AWS::ECS::TaskDefinition.Tmpfs.Size": "MiB",
  "AWS::ECS::CapacityProvider.ManagedScaling.InstanceWarmupPeriod": "s",
  "AWS::ECS::CapacityProvider.ManagedScaling.TargetCapacity": "Percent",
  "AWS::ElastiCache::ReplicationGroup.SnapshotRetentionLimit": "d",
  "AWS::ElasticLoadBalancing::LoadBalancer.ConnectionSettings.IdleTimeout": "s",
  "AWS::IAM::Role.MaxSessionDuration": "s",
  "AWS::Kinesis::Stream.RetentionPeriodHours": "h",
  "AWS::Lambda::Function.EphemeralStorage.Size": "MiB",
  "AWS::Lambda::Function.MemorySize": "MiB",
  "AWS::Lambda::Function.Timeout": "s",
  "AWS::RDS::DBCluster.AllocatedStorage": "GiB",
  "AWS::RDS::DBCluster.BackupRetentionPeriod": "d",
  "AWS::RDS::DBCluster.MonitoringInterval": "s",
  "AWS::RDS::DBCluster.PerformanceInsightsRetentionPeriod": "d",
  "AWS::RDS::DBInstance.AllocatedStorage": "GiB",
  "AWS::RDS::DBInstance.BackupRetentionPeriod": "d",
  "AWS::RDS::DBInstance.MaxAllocatedStorage": "GiB",
  "AWS::RDS::DBInstance.MonitoringInterval": "s",
  "AWS::RDS::DBInstance.PerformanceInsightsRetentionPeriod": "d",
  "AWS::Route53::RecordSet.TTL": "s",
  "AWS::Route53::RecordSetGroup.RecordSet.TTL": "s",
  "AWS::Route53::HealthCheck.HealthCheckConfig.RequestInterval": "s",
  "AWS::S3::Bucket.Rule.ExpirationInDays": "d",
  "AWS::ServiceDiscovery::Service.DnsRecord.TTL": "s",
  "AWS::SQS::Queue.KmsDataKeyReusePeriodSeconds": "s",
  "AWS::SQS::Queue.MessageRetentionPeriod": "s",
  "AWS::SQS::Queue.VisibilityTimeout": "s",
  // A count whose name sounds like a unit.
  "AWS::AutoScaling::AutoScalingGroup.InstanceMaintenancePolicy.MaxHealthyPercentage": "Percent",
  "AWS::AutoScaling::AutoScalingGroup.InstanceMaintenancePolicy.MinHealthyPercentage": "Percent",
};

/// Types as AWS documents them where the data says less or something else, in stack syntax.
export const types = {
  "AWS::ElasticLoadBalancingV2::LoadBalancer.Name": "String(1..32)",
  "AWS::ElasticLoadBalancingV2::TargetGroup.Name": "String(1..32)",
  "AWS::ElasticLoadBalancingV2::TargetGroup.Port": "Int(1..65535)",
  "AWS::ElasticLoadBalancingV2::Listener.Port": "Int(1..65535)",
  "AWS::ElasticLoadBalancingV2::TargetGroup.HealthyThresholdCount": "Int(2..10)",
  "AWS::ElasticLoadBalancingV2::TargetGroup.UnhealthyThresholdCount": "Int(2..10)",
  "AWS::ElasticLoadBalancingV2::ListenerRule.Priority": "Int(1..50000)",
  "AWS::ECS::TaskDefinition.HealthCheck.Retries": "Int(1..10)",
  "AWS::ElasticLoadBalancingV2::Listener.RedirectConfig.StatusCode": '"HTTP_301" | "HTTP_302"',
  "AWS::ElasticLoadBalancingV2::ListenerRule.RedirectConfig.StatusCode": '"HTTP_301" | "HTTP_302"',
  "AWS::ECS::TaskDefinition.PortMapping.ContainerPort": "Int(0..65535)",
  "AWS::ECS::TaskDefinition.PortMapping.HostPort": "Int(0..65535)",
  "AWS::RDS::DBInstance.Engine": '"aurora-mysql" | "aurora-postgresql" | "custom-oracle-ee" | "custom-oracle-ee-cdb" | ' +
    '"custom-oracle-se2" | "custom-oracle-se2-cdb" | "custom-sqlserver-ee" | "custom-sqlserver-se" | "custom-sqlserver-web" | ' +
    '"custom-sqlserver-dev" | "db2-ae" | "db2-se" | "mariadb" | "mysql" | "oracle-ee" | "oracle-ee-cdb" | "oracle-se2" | ' +
    '"oracle-se2-cdb" | "postgres" | "sqlserver-dev-ee" | "sqlserver-ee" | "sqlserver-ex" | "sqlserver-se" | "sqlserver-web"',
  "AWS::RDS::DBInstance.StorageType": '"gp2" | "gp3" | "io1" | "io2" | "standard"',
  "AWS::EC2::VPC.InstanceTenancy": '"default" | "dedicated"',
};

/// true: AWS refuses the resource without it. false: the data demands what AWS does not.
export const required = {};

/// Properties with a JSON type that are IAM policy documents, by name, in every type…
export const policyNames = new Set([
  "AssumeRolePolicyDocument", "KeyPolicy", "PolicyDocument", "RepositoryPolicyText", "ResourcePolicy", "BucketPolicy",
  "AccessPolicies", "FileSystemPolicy", "AccessPolicy", "RegistryPolicyText", "PermissionsPolicy",
]);
/// … except these, which have a grammar of their own.
export const notPolicies = new Set(["AWS::IoT::Policy.PolicyDocument", "AWS::SNS::Topic.ArchivePolicy",
  "AWS::SNS::Topic.DataProtectionPolicy", "AWS::SNS::Subscription.ReplayPolicy", "AWS::Logs::LogGroup.DataProtectionPolicy"]);
/// Further places.
export const policies = new Set(["AWS::ApiGateway::RestApi.Policy", "AWS::ECR::RepositoryCreationTemplate.RepositoryPolicy",
  "AWS::SSO::PermissionSet.InlinePolicy", "AWS::Events::EventBus.Policy"]);

/// Types on which CloudFormation allows `DeletionPolicy: Snapshot`.
export const snapshots = [
  "AWS::DocDB::DBCluster",
  "AWS::EC2::Volume",
  "AWS::ElastiCache::CacheCluster",
  "AWS::ElastiCache::ReplicationGroup",
  "AWS::Neptune::DBCluster",
  "AWS::RDS::DBCluster",
  "AWS::RDS::DBInstance",
  "AWS::Redshift::Cluster",
];

/// Types that hold data, beside those that the data calls stateful.
export const stateful = [
  "AWS::S3::Bucket",
  "AWS::ECR::Repository",
];

/// Types whose tag property has a shape of its own, which the `tags` of a stack cannot fill.
export const notTagged = ["AWS::CloudFront::AnycastIpList"];

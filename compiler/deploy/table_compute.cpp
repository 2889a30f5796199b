#include <array>

#include "compiler/deploy/table.hpp"

namespace stackc::deploy {
namespace {

// docs.aws.amazon.com/service-authorization: EC2, ECS, EC2 Auto Scaling, Application Auto Scaling, ECR, Lambda.
constexpr auto kEntries = std::to_array<Entry>({
    {"AWS::EC2::LaunchTemplate", "ec2", "", "", Naming::None,
     "CreateLaunchTemplate CreateLaunchTemplateVersion DeleteLaunchTemplate DescribeLaunchTemplates "
     "DescribeLaunchTemplateVersions ModifyLaunchTemplate GetLaunchTemplateData"},
    {"AWS::EC2::Instance", "ec2", "", "", Naming::None,
     "RunInstances TerminateInstances StartInstances StopInstances DescribeInstances DescribeInstanceStatus "
     "DescribeInstanceAttribute ModifyInstanceAttribute ModifyInstanceMetadataOptions DescribeVolumes AttachVolume "
     "DetachVolume DescribeInstanceCreditSpecifications ModifyInstanceCreditSpecification MonitorInstances "
     "UnmonitorInstances AssociateIamInstanceProfile DisassociateIamInstanceProfile "
     "ReplaceIamInstanceProfileAssociation DescribeIamInstanceProfileAssociations DescribeImages DescribeSubnets "
     "DescribeSecurityGroups DescribeKeyPairs DescribeLaunchTemplates DescribeElasticGpus DescribeNetworkInterfaces"},
    {"AWS::AutoScaling::AutoScalingGroup", "autoscaling", "autoScalingGroup", "AutoScalingGroupName", Naming::Stack,
     "CreateAutoScalingGroup DeleteAutoScalingGroup DescribeAutoScalingGroups UpdateAutoScalingGroup "
     "DescribeScalingActivities CreateOrUpdateTags DeleteTags DescribeTags SuspendProcesses ResumeProcesses "
     "TerminateInstanceInAutoScalingGroup SetInstanceHealth AttachTrafficSources DetachTrafficSources "
     "DescribeTrafficSources AttachLoadBalancerTargetGroups DetachLoadBalancerTargetGroups "
     "DescribeLoadBalancerTargetGroups EnableMetricsCollection DisableMetricsCollection PutLifecycleHook "
     "DeleteLifecycleHook DescribeLifecycleHooks PutNotificationConfiguration DeleteNotificationConfiguration "
     "DescribeNotificationConfigurations ec2:RunInstances ec2:DescribeLaunchTemplateVersions "
     "ec2:DescribeLaunchTemplates ec2:DescribeSubnets ec2:DescribeInstances"},
    {"AWS::AutoScaling::LifecycleHook", "autoscaling", "", "", Naming::None,
     "PutLifecycleHook DeleteLifecycleHook DescribeLifecycleHooks DescribeAutoScalingGroups"},
    {"AWS::AutoScaling::ScalingPolicy", "autoscaling", "", "", Naming::None,
     "PutScalingPolicy DeletePolicy DescribePolicies cloudwatch:PutMetricAlarm cloudwatch:DeleteAlarms "
     "cloudwatch:DescribeAlarms"},
    {"AWS::AutoScaling::ScheduledAction", "autoscaling", "", "", Naming::None,
     "PutScheduledUpdateGroupAction DeleteScheduledAction DescribeScheduledActions"},
    {"AWS::AutoScaling::WarmPool", "autoscaling", "", "", Naming::None,
     "PutWarmPool DeleteWarmPool DescribeWarmPool DescribeAutoScalingGroups"},
    {"AWS::ECS::Cluster", "ecs", "cluster", "ClusterName", Naming::Stack,
     "CreateCluster DeleteCluster DescribeClusters UpdateCluster UpdateClusterSettings PutClusterCapacityProviders "
     "servicediscovery:GetNamespace"},
    {"AWS::ECS::CapacityProvider", "ecs", "capacity-provider", "Name", Naming::Stack,
     "CreateCapacityProvider DeleteCapacityProvider DescribeCapacityProviders UpdateCapacityProvider "
     "autoscaling:CreateOrUpdateTags autoscaling:DescribeAutoScalingGroups"},
    {"AWS::ECS::ClusterCapacityProviderAssociations", "ecs", "cluster", "Cluster", Naming::None,
     "PutClusterCapacityProviders DescribeClusters"},
    {"AWS::ECS::TaskDefinition", "ecs", "task-definition", "Family", Naming::Stack,
     "RegisterTaskDefinition DeregisterTaskDefinition DescribeTaskDefinition"},
    {"AWS::ECS::Service", "ecs", "service", "ServiceName", Naming::Stack,
     "CreateService DeleteService DescribeServices UpdateService ListServiceDeployments DescribeServiceDeployments "
     "DescribeServiceRevisions StopServiceDeployment cloudwatch:DescribeAlarms servicediscovery:GetNamespace "
     "elasticloadbalancing:DescribeTargetGroups"},
    {"AWS::ECS::TaskSet", "ecs", "", "", Naming::None, "CreateTaskSet DeleteTaskSet DescribeTaskSets UpdateTaskSet"},
    {"AWS::ECS::PrimaryTaskSet", "ecs", "", "", Naming::None, "UpdateServicePrimaryTaskSet DescribeServices"},
    {"AWS::ApplicationAutoScaling::ScalableTarget", "application-autoscaling", "", "", Naming::None,
     "RegisterScalableTarget DeregisterScalableTarget DescribeScalableTargets PutScheduledAction "
     "DeleteScheduledAction DescribeScheduledActions ecs:DescribeServices ecs:UpdateService"},
    {"AWS::ApplicationAutoScaling::ScalingPolicy", "application-autoscaling", "", "", Naming::None,
     "PutScalingPolicy DeleteScalingPolicy DescribeScalingPolicies cloudwatch:PutMetricAlarm cloudwatch:DeleteAlarms "
     "cloudwatch:DescribeAlarms"},
    {"AWS::ECR::Repository", "ecr", "repository", "RepositoryName", Naming::Lower,
     "CreateRepository DeleteRepository DescribeRepositories PutLifecyclePolicy GetLifecyclePolicy "
     "DeleteLifecyclePolicy SetRepositoryPolicy GetRepositoryPolicy DeleteRepositoryPolicy PutImageTagMutability "
     "PutImageScanningConfiguration"},
    {"AWS::Lambda::Function", "lambda", "function", "FunctionName", Naming::Stack,
     "CreateFunction DeleteFunction GetFunction GetFunctionConfiguration UpdateFunctionCode "
     "UpdateFunctionConfiguration GetFunctionCodeSigningConfig GetFunctionRecursionConfig PutFunctionConcurrency "
     "DeleteFunctionConcurrency GetRuntimeManagementConfig PutRuntimeManagementConfig TagResource UntagResource "
     "ListTags ec2:DescribeSecurityGroups ec2:DescribeSubnets ec2:DescribeVpcs"},
    {"AWS::Lambda::Permission", "lambda", "", "", Naming::None, "AddPermission RemovePermission GetPolicy"},
    {"AWS::Lambda::Version", "lambda", "", "", Naming::None,
     "PublishVersion ListVersionsByFunction DeleteFunction GetFunctionConfiguration PutProvisionedConcurrencyConfig "
     "GetProvisionedConcurrencyConfig DeleteProvisionedConcurrencyConfig GetRuntimeManagementConfig "
     "PutRuntimeManagementConfig"},
    {"AWS::Lambda::Alias", "lambda", "", "", Naming::None,
     "CreateAlias DeleteAlias GetAlias UpdateAlias PutProvisionedConcurrencyConfig GetProvisionedConcurrencyConfig "
     "DeleteProvisionedConcurrencyConfig"},
    {"AWS::Lambda::Url", "lambda", "", "", Naming::None,
     "CreateFunctionUrlConfig DeleteFunctionUrlConfig GetFunctionUrlConfig UpdateFunctionUrlConfig"},
    {"AWS::StepFunctions::StateMachine", "states", "", "", Naming::None,
     "CreateStateMachine DeleteStateMachine DescribeStateMachine UpdateStateMachine ListStateMachineVersions "
     "PublishStateMachineVersion"},
    {"AWS::EC2::Volume", "ec2", "", "", Naming::None,
     "CreateVolume DeleteVolume DescribeVolumes DescribeVolumeAttribute ModifyVolume ModifyVolumeAttribute "
     "EnableVolumeIO DescribeVolumesModifications CreateSnapshot DescribeSnapshots"},
    {"AWS::EC2::VolumeAttachment", "ec2", "", "", Naming::None, "AttachVolume DetachVolume DescribeVolumes DescribeInstances"},
    {"AWS::Events::EventBus", "events", "event-bus", "Name", Naming::None,
     "CreateEventBus DeleteEventBus DescribeEventBus UpdateEventBus PutPermission RemovePermission"},
    {"AWS::Events::EventBusPolicy", "events", "", "", Naming::None, "PutPermission RemovePermission DescribeEventBus"},
    {"AWS::Events::Rule", "events", "", "", Naming::None,
     "PutRule DeleteRule DescribeRule EnableRule DisableRule PutTargets RemoveTargets ListTargetsByRule"},
    {"AWS::Scheduler::Schedule", "scheduler", "", "", Naming::None,
     "CreateSchedule DeleteSchedule GetSchedule UpdateSchedule"},
    {"AWS::Scheduler::ScheduleGroup", "scheduler", "", "", Naming::None,
     "CreateScheduleGroup DeleteScheduleGroup GetScheduleGroup"},
});

}  // namespace

std::span<const Entry> compute_entries() { return kEntries; }

}  // namespace stackc::deploy

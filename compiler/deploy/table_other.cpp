#include <array>

#include "compiler/deploy/table.hpp"

namespace stackc::deploy {
namespace {

// docs.aws.amazon.com/service-authorization: IAM, CloudWatch Logs, CloudWatch, Secrets Manager, Systems Manager, KMS.
constexpr auto kEntries = std::to_array<Entry>({
    {"AWS::IAM::Role", "iam", "role", "RoleName", Naming::Stack,
     "CreateRole DeleteRole GetRole UpdateRole UpdateRoleDescription UpdateAssumeRolePolicy PutRolePolicy "
     "DeleteRolePolicy GetRolePolicy ListRolePolicies AttachRolePolicy DetachRolePolicy ListAttachedRolePolicies "
     "PutRolePermissionsBoundary DeleteRolePermissionsBoundary TagRole UntagRole ListRoleTags"},
    {"AWS::IAM::RolePolicy", "iam", "role", "RoleName", Naming::None, "GetRole PutRolePolicy DeleteRolePolicy GetRolePolicy"},
    {"AWS::IAM::Policy", "iam", "", "", Naming::None,
     "PutRolePolicy DeleteRolePolicy GetRolePolicy PutUserPolicy DeleteUserPolicy GetUserPolicy PutGroupPolicy "
     "DeleteGroupPolicy GetGroupPolicy"},
    {"AWS::IAM::ManagedPolicy", "iam", "policy", "ManagedPolicyName", Naming::Stack,
     "CreatePolicy DeletePolicy GetPolicy GetPolicyVersion CreatePolicyVersion DeletePolicyVersion ListPolicyVersions "
     "ListEntitiesForPolicy AttachRolePolicy DetachRolePolicy AttachUserPolicy DetachUserPolicy AttachGroupPolicy "
     "DetachGroupPolicy"},
    {"AWS::IAM::InstanceProfile", "iam", "instance-profile", "InstanceProfileName", Naming::Stack,
     "CreateInstanceProfile DeleteInstanceProfile GetInstanceProfile AddRoleToInstanceProfile "
     "RemoveRoleFromInstanceProfile"},
    {"AWS::IAM::User", "iam", "user", "UserName", Naming::Stack,
     "CreateUser DeleteUser GetUser UpdateUser PutUserPolicy DeleteUserPolicy GetUserPolicy ListUserPolicies "
     "AttachUserPolicy DetachUserPolicy ListAttachedUserPolicies AddUserToGroup RemoveUserFromGroup ListGroupsForUser "
     "CreateLoginProfile DeleteLoginProfile GetLoginProfile UpdateLoginProfile PutUserPermissionsBoundary "
     "DeleteUserPermissionsBoundary TagUser UntagUser ListUserTags"},
    {"AWS::IAM::OIDCProvider", "iam", "", "", Naming::None,
     "CreateOpenIDConnectProvider DeleteOpenIDConnectProvider GetOpenIDConnectProvider "
     "UpdateOpenIDConnectProviderThumbprint AddClientIDToOpenIDConnectProvider "
     "RemoveClientIDFromOpenIDConnectProvider TagOpenIDConnectProvider UntagOpenIDConnectProvider "
     "ListOpenIDConnectProviderTags"},
    {"AWS::IAM::ServiceLinkedRole", "iam", "", "", Naming::None,
     "CreateServiceLinkedRole DeleteServiceLinkedRole GetServiceLinkedRoleDeletionStatus GetRole UpdateRole"},
    {"AWS::Logs::LogGroup", "logs", "log-group", "LogGroupName", Naming::Stack,
     "CreateLogGroup DeleteLogGroup DescribeLogGroups PutRetentionPolicy DeleteRetentionPolicy AssociateKmsKey "
     "DisassociateKmsKey GetDataProtectionPolicy PutDataProtectionPolicy DeleteDataProtectionPolicy "
     "DescribeIndexPolicies PutIndexPolicy DeleteIndexPolicy TagResource UntagResource ListTagsForResource"},
    {"AWS::Logs::MetricFilter", "logs", "", "", Naming::None,
     "PutMetricFilter DeleteMetricFilter DescribeMetricFilters"},
    {"AWS::Logs::SubscriptionFilter", "logs", "", "", Naming::None,
     "PutSubscriptionFilter DeleteSubscriptionFilter DescribeSubscriptionFilters"},
    {"AWS::Logs::ResourcePolicy", "logs", "", "", Naming::None,
     "PutResourcePolicy DeleteResourcePolicy DescribeResourcePolicies"},
    {"AWS::CloudWatch::Alarm", "cloudwatch", "alarm", "AlarmName", Naming::Stack,
     "PutMetricAlarm DeleteAlarms DescribeAlarms"},
    {"AWS::CloudWatch::CompositeAlarm", "cloudwatch", "alarm", "AlarmName", Naming::Stack,
     "PutCompositeAlarm DeleteAlarms DescribeAlarms"},
    {"AWS::CloudWatch::Dashboard", "cloudwatch", "dashboard", "DashboardName", Naming::None,
     "PutDashboard GetDashboard DeleteDashboards"},
    {"AWS::SecretsManager::Secret", "secretsmanager", "Secret", "Name", Naming::None,
     "CreateSecret DeleteSecret DescribeSecret GetRandomPassword UpdateSecret TagResource UntagResource "
     "ReplicateSecretToRegions RemoveRegionsFromReplication kms:Decrypt kms:GenerateDataKey"},
    {"AWS::SecretsManager::SecretTargetAttachment", "secretsmanager", "", "", Naming::None,
     "GetSecretValue PutSecretValue DescribeSecret rds:DescribeDBInstances rds:DescribeDBClusters"},
    {"AWS::SecretsManager::RotationSchedule", "secretsmanager", "", "", Naming::None,
     "RotateSecret CancelRotateSecret DescribeSecret lambda:InvokeFunction"},
    {"AWS::SecretsManager::ResourcePolicy", "secretsmanager", "", "", Naming::None,
     "GetResourcePolicy PutResourcePolicy DeleteResourcePolicy"},
    {"AWS::SSM::Parameter", "ssm", "parameter", "Name", Naming::None,
     "PutParameter DeleteParameter GetParameters DescribeParameters AddTagsToResource RemoveTagsFromResource "
     "ListTagsForResource"},
    {"AWS::SSM::Document", "ssm", "", "", Naming::None,
     "CreateDocument DeleteDocument DescribeDocument GetDocument UpdateDocument UpdateDocumentDefaultVersion "
     "AddTagsToResource RemoveTagsFromResource ListTagsForResource"},
    {"AWS::KMS::Key", "kms", "", "", Naming::None,
     "CreateKey DescribeKey PutKeyPolicy GetKeyPolicy ScheduleKeyDeletion EnableKeyRotation DisableKeyRotation "
     "GetKeyRotationStatus EnableKey DisableKey UpdateKeyDescription TagResource UntagResource ListResourceTags"},
    {"AWS::KMS::Alias", "kms", "", "", Naming::None, "CreateAlias DeleteAlias UpdateAlias ListAliases"},
    {"AWS::CloudFormation::Stack", "cloudformation", "", "", Naming::None, ""},  // as for the stack around it
    {"AWS::CloudFormation::WaitConditionHandle", "cloudformation", "", "", Naming::None, ""},
    {"AWS::CloudFormation::WaitCondition", "cloudformation", "", "", Naming::None, ""},
    {"AWS::CloudFormation::CustomResource", "cloudformation", "", "", Naming::None, ""},
    {"AWS::CloudFormation::Macro", "cloudformation", "", "", Naming::None, ""},
});

}  // namespace

std::span<const Entry> other_entries() { return kEntries; }

}  // namespace stackc::deploy

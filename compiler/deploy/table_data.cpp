#include <array>

#include "compiler/deploy/table.hpp"

namespace stackc::deploy {
namespace {

// docs.aws.amazon.com/service-authorization: RDS, ElastiCache, DynamoDB, S3, EFS, SQS, SNS.
constexpr auto kEntries = std::to_array<Entry>({
    {"AWS::RDS::DBInstance", "rds", "db", "DBInstanceIdentifier", Naming::Lower,
     "CreateDBInstance CreateDBInstanceReadReplica RestoreDBInstanceFromDBSnapshot RestoreDBInstanceToPointInTime "
     "DeleteDBInstance DescribeDBInstances ModifyDBInstance RebootDBInstance PromoteReadReplica CreateDBSnapshot "
     "DescribeDBSnapshots DescribeDBEngineVersions AddRoleToDBInstance RemoveRoleFromDBInstance "
     "secretsmanager:CreateSecret secretsmanager:TagResource kms:CreateGrant kms:DescribeKey ec2:DescribeSecurityGroups "
     "ec2:DescribeSubnets ec2:DescribeVpcs ec2:DescribeAvailabilityZones"},
    {"AWS::RDS::DBCluster", "rds", "cluster", "DBClusterIdentifier", Naming::Lower,
     "CreateDBCluster RestoreDBClusterFromSnapshot RestoreDBClusterToPointInTime DeleteDBCluster DescribeDBClusters "
     "ModifyDBCluster CreateDBClusterSnapshot DescribeDBClusterSnapshots AddRoleToDBCluster RemoveRoleFromDBCluster "
     "DescribeDBSubnetGroups DescribeEvents EnableHttpEndpoint DisableHttpEndpoint secretsmanager:CreateSecret "
     "secretsmanager:TagResource kms:CreateGrant kms:DescribeKey ec2:DescribeSecurityGroups ec2:DescribeSubnets "
     "ec2:DescribeVpcs ec2:DescribeAvailabilityZones"},
    {"AWS::RDS::DBSubnetGroup", "rds", "subgrp", "DBSubnetGroupName", Naming::Lower,
     "CreateDBSubnetGroup DeleteDBSubnetGroup DescribeDBSubnetGroups ModifyDBSubnetGroup ec2:DescribeSubnets "
     "ec2:DescribeVpcs"},
    {"AWS::RDS::DBParameterGroup", "rds", "pg", "DBParameterGroupName", Naming::Lower,
     "CreateDBParameterGroup DeleteDBParameterGroup DescribeDBParameterGroups DescribeDBParameters "
     "DescribeEngineDefaultParameters ModifyDBParameterGroup ResetDBParameterGroup DescribeDBInstances"},
    {"AWS::RDS::DBClusterParameterGroup", "rds", "cluster-pg", "DBClusterParameterGroupName", Naming::Lower,
     "CreateDBClusterParameterGroup DeleteDBClusterParameterGroup DescribeDBClusterParameterGroups "
     "DescribeDBClusterParameters DescribeEngineDefaultClusterParameters ModifyDBClusterParameterGroup "
     "ResetDBClusterParameterGroup DescribeDBClusters"},
    {"AWS::RDS::OptionGroup", "rds", "og", "OptionGroupName", Naming::Lower,
     "CreateOptionGroup DeleteOptionGroup DescribeOptionGroups ModifyOptionGroup"},
    {"AWS::ElastiCache::ReplicationGroup", "elasticache", "", "", Naming::None,
     "CreateReplicationGroup DeleteReplicationGroup DescribeReplicationGroups ModifyReplicationGroup "
     "ModifyReplicationGroupShardConfiguration IncreaseReplicaCount DecreaseReplicaCount DescribeCacheClusters "
     "DescribeSnapshots kms:CreateGrant kms:DescribeKey"},
    {"AWS::ElastiCache::ServerlessCache", "elasticache", "", "", Naming::None,
     "CreateServerlessCache DeleteServerlessCache DescribeServerlessCaches ModifyServerlessCache "
     "CreateServerlessCacheSnapshot ec2:CreateVpcEndpoint ec2:DeleteVpcEndpoints ec2:DescribeVpcEndpoints "
     "ec2:DescribeSecurityGroups ec2:DescribeSubnets ec2:DescribeVpcs ec2:CreateTags kms:CreateGrant kms:DescribeKey"},
    {"AWS::ElastiCache::CacheCluster", "elasticache", "", "", Naming::None,
     "CreateCacheCluster DeleteCacheCluster DescribeCacheClusters ModifyCacheCluster"},
    {"AWS::ElastiCache::SubnetGroup", "elasticache", "", "", Naming::None,
     "CreateCacheSubnetGroup DeleteCacheSubnetGroup DescribeCacheSubnetGroups ModifyCacheSubnetGroup "
     "ec2:DescribeSubnets"},
    {"AWS::ElastiCache::ParameterGroup", "elasticache", "", "", Naming::None,
     "CreateCacheParameterGroup DeleteCacheParameterGroup DescribeCacheParameterGroups DescribeCacheParameters "
     "ModifyCacheParameterGroup ResetCacheParameterGroup"},
    {"AWS::ElastiCache::User", "elasticache", "", "", Naming::None, "CreateUser DeleteUser DescribeUsers ModifyUser"},
    {"AWS::ElastiCache::UserGroup", "elasticache", "", "", Naming::None,
     "CreateUserGroup DeleteUserGroup DescribeUserGroups ModifyUserGroup"},
    {"AWS::DynamoDB::Table", "dynamodb", "table", "TableName", Naming::Stack,
     "CreateTable DeleteTable DescribeTable UpdateTable DescribeContinuousBackups UpdateContinuousBackups "
     "DescribeTimeToLive UpdateTimeToLive DescribeContributorInsights UpdateContributorInsights GetResourcePolicy "
     "PutResourcePolicy DeleteResourcePolicy TagResource UntagResource ListTagsOfResource"},
    {"AWS::S3::Bucket", "s3", "bucket", "BucketName", Naming::Lower,
     "CreateBucket DeleteBucket ListBucket GetBucketTagging PutBucketTagging GetBucketVersioning PutBucketVersioning "
     "GetEncryptionConfiguration PutEncryptionConfiguration GetBucketPublicAccessBlock PutBucketPublicAccessBlock "
     "GetBucketOwnershipControls PutBucketOwnershipControls GetLifecycleConfiguration PutLifecycleConfiguration "
     "GetBucketLogging PutBucketLogging GetBucketNotification PutBucketNotification GetBucketCORS PutBucketCORS "
     "GetBucketWebsite PutBucketWebsite DeleteBucketWebsite GetAccelerateConfiguration PutAccelerateConfiguration "
     "GetReplicationConfiguration PutReplicationConfiguration GetBucketObjectLockConfiguration "
     "PutBucketObjectLockConfiguration GetBucketAcl PutBucketAcl GetIntelligentTieringConfiguration "
     "PutIntelligentTieringConfiguration GetInventoryConfiguration PutInventoryConfiguration GetMetricsConfiguration "
     "PutMetricsConfiguration GetAnalyticsConfiguration PutAnalyticsConfiguration"},
    {"AWS::S3::BucketPolicy", "s3", "bucket", "Bucket", Naming::Lower, "GetBucketPolicy PutBucketPolicy DeleteBucketPolicy"},
    {"AWS::EFS::FileSystem", "elasticfilesystem", "", "", Naming::None,
     "CreateFileSystem DeleteFileSystem DescribeFileSystems UpdateFileSystem UpdateFileSystemProtection "
     "PutFileSystemPolicy DescribeFileSystemPolicy DeleteFileSystemPolicy PutLifecycleConfiguration "
     "DescribeLifecycleConfiguration PutBackupPolicy DescribeBackupPolicy CreateReplicationConfiguration "
     "DescribeReplicationConfigurations DeleteReplicationConfiguration TagResource UntagResource kms:DescribeKey "
     "kms:GenerateDataKeyWithoutPlaintext kms:CreateGrant"},
    {"AWS::EFS::MountTarget", "elasticfilesystem", "", "", Naming::None,
     "CreateMountTarget DeleteMountTarget DescribeMountTargets DescribeMountTargetSecurityGroups "
     "ModifyMountTargetSecurityGroups ec2:DescribeSubnets ec2:DescribeSecurityGroups ec2:DescribeNetworkInterfaces "
     "ec2:CreateNetworkInterface ec2:DeleteNetworkInterface"},
    {"AWS::EFS::AccessPoint", "elasticfilesystem", "", "", Naming::None,
     "CreateAccessPoint DeleteAccessPoint DescribeAccessPoints TagResource UntagResource"},
    {"AWS::SQS::Queue", "sqs", "queue", "QueueName", Naming::Stack,
     "CreateQueue DeleteQueue GetQueueAttributes SetQueueAttributes GetQueueUrl TagQueue UntagQueue ListQueueTags"},
    {"AWS::SQS::QueuePolicy", "sqs", "queue", "", Naming::Stack, "GetQueueAttributes SetQueueAttributes GetQueueUrl"},
    {"AWS::SNS::Topic", "sns", "topic", "TopicName", Naming::Stack,
     "CreateTopic DeleteTopic GetTopicAttributes SetTopicAttributes Subscribe Unsubscribe ListSubscriptionsByTopic "
     "GetDataProtectionPolicy PutDataProtectionPolicy"},
    {"AWS::SNS::Subscription", "sns", "topic", "TopicArn", Naming::None,
     "Subscribe Unsubscribe GetSubscriptionAttributes SetSubscriptionAttributes ListSubscriptionsByTopic"},
    {"AWS::SNS::TopicPolicy", "sns", "topic", "", Naming::Stack, "GetTopicAttributes SetTopicAttributes"},
});

}  // namespace

std::span<const Entry> data_entries() { return kEntries; }

}  // namespace stackc::deploy

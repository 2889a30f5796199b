#include "compiler/diff/flags.hpp"

#include <array>

namespace stackc::diff {
namespace {

constexpr std::string_view kReached = "it may be reached from the internet";
constexpr std::string_view kPublicIp = "it gets a public address";
constexpr std::string_view kAtRest = "what it stores is not encrypted";
constexpr std::string_view kOwnKey = "its data is not encrypted with a key of yours";
constexpr std::string_view kInTransit = "its connections are not encrypted";
constexpr std::string_view kOldTls = "it accepts older versions of TLS";
constexpr std::string_view kNobodyAsks = "everyone may call it";
constexpr std::string_view kPublicBucket = "it may become public";

constexpr auto kFlags = std::to_array<Flag>({
    // Who can reach it.
    {"AWS::RDS::DBInstance", "PubliclyAccessible", "false|true", "", kReached, true},
    {"AWS::RDS::DBCluster", "PubliclyAccessible", "false|true", "", kReached, true},
    {"AWS::Neptune::DBInstance", "PubliclyAccessible", "false|true", "false", kReached, true},
    {"AWS::Redshift::Cluster", "PubliclyAccessible", "false|true", "", kReached, true},
    {"AWS::RedshiftServerless::Workgroup", "PubliclyAccessible", "false|true", "false", kReached, true},
    {"AWS::DMS::ReplicationInstance", "PubliclyAccessible", "false|true", "true", kReached, true},
    {"AWS::AmazonMQ::Broker", "PubliclyAccessible", "false|true", "false", kReached, true},
    {"AWS::ElasticLoadBalancingV2::LoadBalancer", "Scheme", "internal|internet-facing", "internet-facing", kReached, true},
    {"AWS::ElasticLoadBalancing::LoadBalancer", "Scheme", "internal|internet-facing", "internet-facing", kReached, true},
    {"AWS::MSK::Cluster", "BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess.Type", "DISABLED|SERVICE_PROVIDED_EIPS", "DISABLED", kReached, true},
    {"AWS::ApiGateway::RestApi", "EndpointConfiguration.Types.*", "PRIVATE|REGIONAL,EDGE", "EDGE", kReached, false},
    {"AWS::AppSync::GraphQLApi", "Visibility", "PRIVATE|GLOBAL", "GLOBAL", kReached, false},
    {"AWS::EC2::TransitGateway", "AutoAcceptSharedAttachments", "disable|enable", "disable", "what others attach to it is accepted", false},
    {"AWS::EKS::Cluster", "ResourcesVpcConfig.EndpointPublicAccess", "false|true", "true", kReached, true},
    {"AWS::SageMaker::NotebookInstance", "DirectInternetAccess", "Disabled|Enabled", "Enabled", "it reaches the internet", false},
    {"AWS::EC2::Subnet", "MapPublicIpOnLaunch", "false|true", "false", "what starts in it gets a public address", false},
    {"AWS::EC2::Instance", "NetworkInterfaces.*.AssociatePublicIpAddress", "false|true", "", kPublicIp, false},
    {"AWS::EC2::LaunchTemplate", "LaunchTemplateData.NetworkInterfaces.*.AssociatePublicIpAddress", "false|true", "", kPublicIp, false},
    {"AWS::AutoScaling::LaunchConfiguration", "AssociatePublicIpAddress", "false|true", "", kPublicIp, false},
    {"AWS::ECS::Service", "NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp", "DISABLED|ENABLED", "DISABLED", kPublicIp, false},
    // Buckets.
    {"AWS::S3::Bucket", "AccessControl",
     "Private|BucketOwnerRead|BucketOwnerFullControl|AwsExecRead|LogDeliveryWrite|AuthenticatedRead|PublicRead|PublicReadWrite",
     "Private", "others may read it", true},
    {"AWS::S3::Bucket", "PublicAccessBlockConfiguration.BlockPublicAcls", "true|false", "false", kPublicBucket, false},
    {"AWS::S3::Bucket", "PublicAccessBlockConfiguration.BlockPublicPolicy", "true|false", "false", kPublicBucket, false},
    {"AWS::S3::Bucket", "PublicAccessBlockConfiguration.IgnorePublicAcls", "true|false", "false", kPublicBucket, false},
    {"AWS::S3::Bucket", "PublicAccessBlockConfiguration.RestrictPublicBuckets", "true|false", "false", kPublicBucket, false},
    {"AWS::SecretsManager::ResourcePolicy", "BlockPublicPolicy", "true|false", "false", "its policy may make it public", false},
    // Encryption where it is stored.
    {"AWS::RDS::DBInstance", "StorageEncrypted", "true|false", "false", kAtRest, false},
    {"AWS::RDS::DBCluster", "StorageEncrypted", "true|false", "false", kAtRest, false},
    {"AWS::DocDB::DBCluster", "StorageEncrypted", "true|false", "false", kAtRest, false},
    {"AWS::Neptune::DBCluster", "StorageEncrypted", "true|false", "false", kAtRest, false},
    {"AWS::Redshift::Cluster", "Encrypted", "true|false", "", kAtRest, false},
    {"AWS::EFS::FileSystem", "Encrypted", "true|false", "false", kAtRest, false},
    {"AWS::EC2::Volume", "Encrypted", "true|false", "", kAtRest, false},
    {"AWS::EC2::Instance", "BlockDeviceMappings.*.Ebs.Encrypted", "true|false", "", kAtRest, false},
    {"AWS::EC2::LaunchTemplate", "LaunchTemplateData.BlockDeviceMappings.*.Ebs.Encrypted", "true|false", "", kAtRest, false},
    {"AWS::ElastiCache::ReplicationGroup", "AtRestEncryptionEnabled", "true|false", "", kAtRest, false},
    {"AWS::OpenSearchService::Domain", "EncryptionAtRestOptions.Enabled", "true|false", "false", kAtRest, false},
    {"AWS::DAX::Cluster", "SSESpecification.SSEEnabled", "true|false", "false", kAtRest, false},
    {"AWS::SQS::Queue", "SqsManagedSseEnabled", "true|false", "", kAtRest, false},
    {"AWS::SNS::Topic", "KmsMasterKeyId", "+|-", "-", kAtRest, false},
    {"AWS::Kinesis::Stream", "StreamEncryption", "+|-", "-", kAtRest, false},
    {"AWS::SQS::Queue", "KmsMasterKeyId", "+|-", "-", kOwnKey, false},
    {"AWS::Logs::LogGroup", "KmsKeyId", "+|-", "-", kOwnKey, false},
    {"AWS::SecretsManager::Secret", "KmsKeyId", "+|-", "-", kOwnKey, false},
    {"AWS::CloudTrail::Trail", "KMSKeyId", "+|-", "-", kOwnKey, false},
    {"AWS::S3::Bucket", "BucketEncryption.ServerSideEncryptionConfiguration.*.ServerSideEncryptionByDefault.SSEAlgorithm",
     "aws:kms:dsse|aws:kms|AES256", "AES256", kOwnKey, false},
    {"AWS::DynamoDB::Table", "SSESpecification.SSEEnabled", "true|false", "false", kOwnKey, false},
    {"AWS::KMS::Key", "EnableKeyRotation", "true|false", "false", "its key material stays the same", false},
    {"AWS::CloudTrail::Trail", "IsLogging", "true|false", "", "nobody sees what is done", false},
    {"AWS::CloudTrail::Trail", "EnableLogFileValidation", "true|false", "false", "nobody sees when its files are changed", false},
    // Encryption on the way.
    {"AWS::ElastiCache::ReplicationGroup", "TransitEncryptionEnabled", "true|false", "", kInTransit, false},
    {"AWS::OpenSearchService::Domain", "NodeToNodeEncryptionOptions.Enabled", "true|false", "false", kInTransit, false},
    {"AWS::OpenSearchService::Domain", "DomainEndpointOptions.EnforceHTTPS", "true|false", "false", kInTransit, false},
    {"AWS::ECS::TaskDefinition", "Volumes.*.EFSVolumeConfiguration.TransitEncryption", "ENABLED|DISABLED", "DISABLED", kInTransit, false},
    {"AWS::ElasticLoadBalancingV2::Listener", "Protocol", "+|HTTP", "", kInTransit, false},
    {"AWS::ElasticLoadBalancingV2::TargetGroup", "Protocol", "HTTPS,TLS|+", "", "what goes to its targets is not encrypted", false},
    {"AWS::ElasticLoadBalancing::LoadBalancer", "Listeners.*.Protocol", "HTTPS,SSL|HTTP,TCP", "", kInTransit, false},
    {"AWS::MSK::Cluster", "EncryptionInfo.EncryptionInTransit.ClientBroker", "TLS|TLS_PLAINTEXT|PLAINTEXT", "TLS", kInTransit, false},
    {"AWS::SNS::Subscription", "Protocol", "+|http", "", kInTransit, false},
    {"AWS::CloudFront::Distribution", "DistributionConfig.Origins.*.CustomOriginConfig.OriginProtocolPolicy",
     "https-only|match-viewer|http-only", "https-only", "what goes to its origin is not encrypted", false},
    {"AWS::CloudFront::Distribution", "DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy",
     "https-only|redirect-to-https|allow-all", "", kInTransit, false},
    {"AWS::CloudFront::Distribution", "DistributionConfig.CacheBehaviors.*.ViewerProtocolPolicy",
     "https-only|redirect-to-https|allow-all", "", kInTransit, false},
    {"AWS::CloudFront::Distribution", "DistributionConfig.ViewerCertificate.MinimumProtocolVersion",
     "TLSv1.3_2025|TLSv1.2_2025|TLSv1.2_2021|TLSv1.2_2019|TLSv1.2_2018|TLSv1.1_2016|TLSv1_2016|TLSv1|SSLv3", "", kOldTls, false},
    {"AWS::ApiGateway::DomainName", "SecurityPolicy", "TLS_1_2|TLS_1_0", "", kOldTls, false},
    {"AWS::OpenSearchService::Domain", "DomainEndpointOptions.TLSSecurityPolicy",
     "Policy-Min-TLS-1-2-PFS-2023-10|Policy-Min-TLS-1-2-2019-07|Policy-Min-TLS-1-0-2019-07", "", kOldTls, false},
    // Who is asked who they are, and what a program may do to its host.
    {"AWS::Lambda::Url", "AuthType", "AWS_IAM|NONE", "", kNobodyAsks, true},
    {"AWS::ApiGateway::Method", "AuthorizationType", "+|NONE", "NONE", kNobodyAsks, false},
    {"AWS::ApiGatewayV2::Route", "AuthorizationType", "+|NONE", "NONE", kNobodyAsks, false},
    {"AWS::Cognito::UserPool", "MfaConfiguration", "ON|OPTIONAL|OFF", "OFF", "a password is enough", false},
    {"AWS::EC2::Instance", "MetadataOptions.HttpTokens", "required|optional", "", "a request that it is tricked into reads its credentials", false},
    {"AWS::EC2::LaunchTemplate", "LaunchTemplateData.MetadataOptions.HttpTokens", "required|optional", "",
     "a request that an instance is tricked into reads its credentials", false},
    {"AWS::ECS::Service", "EnableExecuteCommand", "false|true", "false", "who may, runs commands in its containers", false},
    {"AWS::ECS::TaskDefinition", "ContainerDefinitions.*.Privileged", "false|true", "false", "a container has the rights of its host", true},
    {"AWS::ECS::TaskDefinition", "ContainerDefinitions.*.ReadonlyRootFilesystem", "true|false", "false",
     "a container may change its own files", false},
});

}  // namespace

std::span<const Flag> flags() { return kFlags; }

}  // namespace stackc::diff

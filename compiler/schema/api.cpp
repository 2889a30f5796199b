#include "compiler/schema/api.hpp"

#include <algorithm>
#include <array>

namespace stackc::schema {
namespace {

constexpr std::array<std::string_view, 1> kNotOnCreation = {"ForceNewDeployment"};
constexpr std::array<std::string_view, 1> kOfCreation = {"ClientToken"};
/// AWS's model of `UpdateService`: it has no such members. Tags change by `tag-resource`.
constexpr std::array<std::string_view, 5> kNotOnUpdate = {"ClientToken", "LaunchType", "Role", "SchedulingStrategy",
                                                          "Tags"};

constexpr std::array kApis = {
    Api{"ecs register-task-definition", "AWS::ECS::TaskDefinition", {}, {}},
    Api{"ecs create-service", "AWS::ECS::Service", kNotOnCreation, kOfCreation},
    Api{"ecs update-service", "AWS::ECS::Service", kNotOnUpdate, kOfCreation},
};

struct Spelling {
  std::string_view property, key;
};
/// Where the key is not the property with a small first letter.
constexpr std::array kSpellings = {
    Spelling{"EFSVolumeConfiguration", "efsVolumeConfiguration"},
    Spelling{"FSxWindowsFileServerVolumeConfiguration", "fsxWindowsFileServerVolumeConfiguration"},
    Spelling{"FilesystemId", "fileSystemId"},
    Spelling{"IAM", "iam"},
    Spelling{"PlacementStrategies", "placementStrategy"},
    Spelling{"ProxyConfigurationProperties", "properties"},
    Spelling{"S3FilesVolumeConfiguration", "s3filesVolumeConfiguration"},
};

struct Needed {
  std::string_view operation, nested, property;  // no operation: every one
};
/// Required by the API's model, and not by the schema.
constexpr std::array kNeeded = {
    Needed{"register-task-definition", "", "Family"},
    Needed{"register-task-definition", "", "ContainerDefinitions"},
    Needed{"create-service", "", "ServiceName"},
    Needed{"update-service", "", "ServiceName"},
    Needed{"", "AwsVpcConfiguration", "Subnets"},
    Needed{"", "CapacityProviderStrategyItem", "CapacityProvider"},
    Needed{"", "ContainerDependency", "ContainerName"},
    Needed{"", "ContainerDependency", "Condition"},
    Needed{"", "DeploymentController", "Type"},
    Needed{"", "DeploymentEarlySuccessCriteria", "Enable"},
    Needed{"", "Device", "HostPath"},
    Needed{"", "EnvironmentFile", "Type"},
    Needed{"", "EnvironmentFile", "Value"},
    Needed{"", "EphemeralStorage", "SizeInGiB"},
    Needed{"", "FSxWindowsFileServerVolumeConfiguration", "AuthorizationConfig"},
    Needed{"", "FirelensConfiguration", "Type"},
    Needed{"", "HealthCheck", "Command"},
    Needed{"", "HostEntry", "Hostname"},
    Needed{"", "HostEntry", "IpAddress"},
    Needed{"", "InferenceAccelerator", "DeviceName"},
    Needed{"", "InferenceAccelerator", "DeviceType"},
    Needed{"", "LogConfiguration", "LogDriver"},
    Needed{"", "RepositoryCredentials", "CredentialsParameter"},
    Needed{"", "RestartPolicy", "Enabled"},
    Needed{"", "Tmpfs", "ContainerPath"},
};

bool is_update(const Api& api) { return api.operation().starts_with("update-"); }

}  // namespace

const Api* find_api(std::string_view resource_type, std::string_view operation) {
  const auto* found = std::ranges::find_if(kApis, [&](const Api& api) {
    return api.resource_type == resource_type && (operation.empty() || api.operation() == operation);
  });
  return found == kApis.end() ? nullptr : &*found;
}

std::vector<std::string_view> api_operations(std::string_view resource_type) {
  std::vector<std::string_view> out;
  for (const Api& api : kApis) {
    if (api.resource_type == resource_type) out.push_back(api.operation());
  }
  return out;
}

std::string api_key(const Api& api, std::string_view property, bool nested) {
  // What is changed has a name of its own on the way there.
  if (!nested && is_update(api) && property == "ServiceName") return "service";
  const auto* other = std::ranges::find(kSpellings, property, &Spelling::property);
  if (other != kSpellings.end()) return std::string(other->key);
  std::string out(property);
  if (!out.empty() && out[0] >= 'A' && out[0] <= 'Z') out[0] = static_cast<char>(out[0] - 'A' + 'a');
  return out;
}

Property from_api_key(const Api& api, Properties properties, std::string_view key, bool nested) {
  for (std::size_t i = 0; i < properties.size(); ++i) {
    if (api_key(api, properties[i].name(), nested) == key) return properties[i];
  }
  return {};
}

bool api_requires(const Api& api, std::string_view nested, std::string_view property) {
  return std::ranges::any_of(kNeeded, [&](const Needed& n) {
    return n.nested == nested && n.property == property && (n.operation.empty() || n.operation == api.operation());
  });
}

}  // namespace stackc::schema

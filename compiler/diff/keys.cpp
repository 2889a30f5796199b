#include "compiler/diff/keys.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "compiler/base/text.hpp"

namespace stackc::diff {
namespace {

using ir::ValueRef;

/// A list, and the members that name its entries: all of those that an entry has, the first is needed.
struct Row {
  std::string_view property;
  std::array<std::string_view, 3> members;
};

/// Sorted. Properties of several types may share a name: `Rules` of a bucket have an `Id`, those of a web
/// access list a `Name`, so that a list may have several rows.
constexpr auto kRows = std::to_array<Row>({
    {"Action", {"ActionId"}},
    {"Alarms", {"AlarmName"}},
    {"AttributeDefinitions", {"AttributeName"}},
    {"BlockDeviceMappings", {"DeviceName"}},
    {"CacheBehaviors", {"PathPattern"}},
    {"CapacityProviderStrategy", {"CapacityProvider"}},
    {"ContainerDefinitions", {"Name"}},
    {"Containers", {"Name"}},
    {"DefaultCapacityProviderStrategy", {"CapacityProvider"}},
    {"DependsOn", {"ContainerName"}},
    {"Dimensions", {"Name"}},
    {"Environment", {"Name"}},
    {"EnvironmentVariables", {"Name"}},
    {"ExtraHosts", {"Hostname"}},
    {"GlobalSecondaryIndexes", {"IndexName"}},
    {"InferenceAccelerators", {"DeviceName"}},
    {"KeySchema", {"AttributeName"}},
    {"LifecycleHookSpecificationList", {"LifecycleHookName"}},
    {"LoadBalancers", {"ContainerName", "ContainerPort"}},
    {"LocalSecondaryIndexes", {"IndexName"}},
    {"MetricStat", {"Id"}},
    {"Metrics", {"Id"}},
    {"MountPoints", {"ContainerPath"}},
    {"OptionSettings", {"Namespace", "OptionName", "ResourceName"}},
    {"Origins", {"Id"}},
    {"Parameters", {"ParameterName"}},
    {"Policies", {"PolicyName"}},
    {"PortMappings", {"ContainerPort", "Protocol"}},
    {"Rules", {"Id"}},
    {"Rules", {"Name"}},
    {"Secrets", {"Name"}},
    {"ServiceConnectServices", {"PortName"}},
    {"Services", {"PortName"}},
    {"Stages", {"Name"}},
    {"Statement", {"Sid"}},
    {"SystemControls", {"Namespace"}},
    {"TagSpecifications", {"ResourceType"}},
    {"Tags", {"Key"}},
    {"TargetGroupAttributes", {"Key"}},
    {"LoadBalancerAttributes", {"Key"}},
    {"Targets", {"Id"}},
    {"Ulimits", {"Name"}},
    {"Volumes", {"Name"}},
    {"VolumesFrom", {"SourceContainer"}},
});

/// Documents for ECS's API say the same names in camelCase.
bool same_name(std::string_view pascal, std::string_view given) {
  if (pascal.size() != given.size() || pascal.empty()) return false;
  const char first = pascal[0];
  const bool starts = given[0] == first || given[0] == static_cast<char>(first - 'A' + 'a');
  return starts && pascal.substr(1) == given.substr(1);
}

ValueRef find(const ir::Object& object, std::string_view pascal) {
  for (const ir::Member& m : object.members) {
    if (same_name(pascal, m.key)) return m.value;
  }
  return nullptr;
}

/// The text of a name; nothing for one that is only known at deployment.
bool append_text(std::string& out, ValueRef v) {
  if (const auto* text = v->get_if<std::string_view>()) return out += *text, !text->empty();
  if (const auto* number = v->get_if<std::int64_t>()) return out += fmt::to_string(*number), true;
  return false;
}

std::vector<std::string> keys_by(const Row& row, std::span<const ValueRef> entries) {
  std::vector<std::string> keys;
  std::unordered_set<std::string> seen;
  for (ValueRef entry : entries) {
    const auto* object = entry->get_if<ir::Object>();
    if (object == nullptr) return {};
    std::string key;
    for (const std::string_view member : row.members) {
      const ValueRef v = member.empty() ? nullptr : find(*object, member);
      if (v == nullptr) {
        if (key.empty()) return {};
        continue;
      }
      if (!key.empty()) key += '/';
      if (!append_text(key, v)) return {};
    }
    if (!seen.insert(key).second) return {};
    keys.push_back(std::move(key));
  }
  return keys;
}

}  // namespace

std::vector<std::string> natural_keys(std::string_view property, std::span<const ValueRef> entries) {
  for (const Row& row : kRows) {
    if (!same_name(row.property, property)) continue;
    if (auto keys = keys_by(row, entries); !keys.empty()) return keys;
  }
  return {};
}

}  // namespace stackc::diff

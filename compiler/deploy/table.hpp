#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/iam/iam.hpp"
#include "compiler/schema/schema.hpp"

/// Which actions CloudFormation needs for a resource type.
namespace stackc::deploy {

/// What the physical name looks like that CloudFormation makes when a template gives none.
enum class Naming : std::uint8_t {
  None,    // an id of the service's, or a name that does not start with the stack's
  Stack,   // starts with the stack's name
  Lower,   // the same in lower case
};

/// One resource type. `actions` are separated by spaces; those without a prefix are of `service`.
struct Entry {
  std::string_view type;     // `AWS::ECS::Cluster`
  std::string_view service;  // `ecs`
  std::string_view own;      // IAM's name for the type of resource that it makes; empty: ARNs do not show it
  std::string_view name;     // the property with its name
  Naming naming = Naming::None;
  std::string_view actions;
};

/// The list kept by hand, one file a group of services; null when it lacks `type`.
const Entry* find_entry(std::string_view type);
std::span<const Entry> network_entries();
std::span<const Entry> compute_entries();
std::span<const Entry> data_entries();
std::span<const Entry> other_entries();

/// What is needed for a type, and how that is known.
struct Needs {
  std::vector<std::string> actions;  // `ecs:CreateCluster`, sorted
  std::string_view own, name, service;
  Naming naming = Naming::None;
  enum class Source : std::uint8_t { Kept, Names, Unknown } source = Source::Unknown;
};
Needs needs_of(std::string_view type, schema::ResourceType known, iam::Iam iam);

/// IAM's prefix for a service as CloudFormation names it: `ElasticLoadBalancingV2` is `elasticloadbalancing`.
/// Empty when IAM has none.
std::string_view prefix_of(std::string_view service, iam::Iam iam);

}  // namespace stackc::deploy

#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/schema/schema.hpp"

/// How AWS's APIs take what CloudFormation's resource types say: the input of `aws ecs create-service` is an
/// `AWS::ECS::Service` in other words. The tables hold what a comparison of the schema with the API's model
/// finds (tests/ecs repeats it): all else follows one rule, and the types of values are the same.
namespace stackc::schema {

/// An operation of an API that takes the properties of a resource type.
struct Api {
  std::string_view command;        // of the AWS CLI, `ecs create-service`
  std::string_view resource_type;  // `AWS::ECS::Service`
  /// Properties that say nothing to this operation: what it works on exists already (`Role`), or does not yet
  /// (`ForceNewDeployment`).
  std::span<const std::string_view> left_out;
  /// What the API knows and CloudFormation does not; all of it is text.
  std::span<const std::string_view> further;

  /// `create-service`
  [[nodiscard]] std::string_view operation() const { return command.substr(command.find(' ') + 1); }
};

/// The operation of that name for a resource type; without a name the one that makes the resource. Null: no
/// such operation is known.
const Api* find_api(std::string_view resource_type, std::string_view operation = {});
/// The names of all operations for a resource type; empty: none is known.
std::vector<std::string_view> api_operations(std::string_view resource_type);

/// The API's key for a property of the resource type itself, or of one of its nested types.
std::string api_key(const Api& api, std::string_view property, bool nested);
/// The other way: the property of `properties` that the API calls `key`; a false view: there is none.
Property from_api_key(const Api& api, Properties properties, std::string_view key, bool nested);
/// Whether the operation needs a member that CloudFormation does without; `nested`: the name of the nested type,
/// empty for the resource type.
bool api_requires(const Api& api, std::string_view nested, std::string_view property);

}  // namespace stackc::schema

#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/ir/ir.hpp"
#include "compiler/schema/schema.hpp"

/// What someone who deploys a template must be allowed to do: template to IAM policy. A list kept by hand says which
/// actions CloudFormation calls for the common resource types; for the others they are found by the names that IAM's
/// actions and the type have in common, which is told. Nothing here writes text; `emit` does.
namespace stackc::deploy {

/// Where a stack goes. `*` stands for what is not known.
struct Target {
  std::string stack;  // its name
  std::string partition = "aws", region = "*", account = "*";
};

/// One permission. Lists are sorted and without repetitions.
struct Statement {
  std::vector<std::string> actions;    // `ecs:CreateService`
  std::vector<std::string> resources;  // ARNs, `*`
  /// By operator, then by key: `StringEquals`, `iam:PassedToService`.
  std::map<std::string, std::map<std::string, std::vector<std::string>>> conditions;
};

/// What deploying a template takes, and how far that is known.
struct Permissions {
  std::vector<Statement> statements;
  std::vector<std::string> found_by_name;  // resource types whose actions were found by their names, sorted
  std::vector<std::string> not_found;      // those that have all of their service, if IAM knows it
};
/// What creating `t` at `target`, updating and deleting it, takes.
Permissions permissions(const ir::Template& t, schema::Schema schema, const Target& target);

/// `statements` with those of the same resources and conditions merged, in a fixed order.
std::vector<Statement> merged(std::vector<Statement> statements);

/// The most characters of a managed policy, white space not counted.
/// docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
inline constexpr std::size_t kMostCharacters = 6144;

/// The policy documents that hold all of `statements`, each as an object of `arena`, none longer than `most`
/// characters unless a single resource list is. Without `most`, one.
std::vector<ir::ValueRef> documents(const std::vector<Statement>& statements, Arena& arena, std::size_t most);

/// The length of a value as JSON without white space.
std::size_t json_length(ir::ValueRef value);

}  // namespace stackc::deploy

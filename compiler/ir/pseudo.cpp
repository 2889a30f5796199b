#include "compiler/ir/pseudo.hpp"

#include <array>
#include <utility>

namespace stackc::ir {

std::string_view pseudo_name(std::string_view parameter) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kNames = {{
      {"AWS::Region", "aws.region"},
      {"AWS::AccountId", "aws.accountId"},
      {"AWS::Partition", "aws.partition"},
      {"AWS::StackName", "aws.stackName"},
      {"AWS::StackId", "aws.stackId"},
      {"AWS::URLSuffix", "aws.urlSuffix"},
      {"AWS::NotificationARNs", "aws.notificationArns"},
  }};
  for (const auto& [name, source] : kNames) {
    if (name == parameter) return source;
  }
  return {};
}

}  // namespace stackc::ir

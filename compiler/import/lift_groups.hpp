#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/ir/ir.hpp"

namespace stackc::cfn {

constexpr std::string_view kInterface = "AWS::CloudFormation::Interface";

/// The groups of parameters in the console, when `@group` on each parameter can say them: every group has a
/// label and parameters of the template, and no parameter stands in two.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-cloudformation-interface.html
class ParameterGroups {
 public:
  explicit ParameterGroups(const ir::Template& t);

  /// Does `@group` say the groups? Otherwise metadata has to.
  [[nodiscard]] bool usable() const { return !labels_.empty(); }
  [[nodiscard]] std::string_view label(std::string_view parameter) const;
  /// The parameters in an order that gives the groups again: the template's if it does.
  [[nodiscard]] std::vector<const ir::Parameter*> order(const ir::Template& t) const;

 private:
  struct Group {
    std::string_view label;
    std::vector<std::string_view> parameters;
  };
  bool read(const ir::Template& t);
  bool add(ir::ValueRef group);

  std::vector<Group> groups_;
  std::unordered_map<std::string_view, std::string_view> labels_;
};

}  // namespace stackc::cfn

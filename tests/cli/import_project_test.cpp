// `stackc import` of a folder: what templates import from each other becomes `upstream`.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/program.hpp"

namespace stackc::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr auto* kNetwork = R"(AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Vpc: { Type: "AWS::EC2::VPC", Properties: { CidrBlock: "10.0.0.0/16" } }
Outputs:
  VPC: { Value: !Ref Vpc, Export: { Name: !Sub "${AWS::StackName}-VPC" } }
  Block: { Value: !GetAtt Vpc.CidrBlock, Export: { Name: shared-Block } }
)";

constexpr auto* kApp = R"(AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  NetworkStack: { Type: String, Default: network, Description: Where the VPC is }
Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: !ImportValue shared-Block
      VpcId: { "Fn::ImportValue": !Sub "${NetworkStack}-VPC" }
  Topic:
    Type: AWS::SNS::Topic
    Properties: { TopicName: !ImportValue of-nobody-here }
)";

/// The template that CloudFormation gets, from source.
std::string built(const Folder& folder, const std::string& file) {
  const auto r = stackc(folder, {"build", file, "--out", "-"});
  EXPECT_EQ(r.status, 0) << r.err;
  return r.out;
}

TEST(ImportProject, WhatOneStackExportsAndAnotherImportsIsAnUpstream) {
  const Folder folder;
  folder.write("in/net/network.yaml", kNetwork);
  folder.write("in/app.yaml", kApp);
  const auto r = stackc(folder, {"import", "in", "-o", "stacks"});
  ASSERT_EQ(r.status, 0) << r.err;
  const std::string app = folder.read("stacks/app.stack").value_or("");
  EXPECT_THAT(app, HasSubstr("upstream Network as \"shared-${name}\" from \"net/network.stack\"\n"));
  EXPECT_THAT(app, HasSubstr("upstream Network2 as \"${NetworkStack}-${name}\" from \"net/network.stack\"\n"));
  EXPECT_THAT(app, HasSubstr("VpcId: Network2.VPC"));
  EXPECT_THAT(app, HasSubstr("importValue(\"of-nobody-here\")"));
  EXPECT_EQ(built(folder, "stacks/app.stack"), built(folder, "in/app.yaml"));
  EXPECT_EQ(stackc(folder, {"check", "stacks"}).status, 0);
}

TEST(ImportProject, WhatTwoStacksExportIsNobodysInParticular) {
  const Folder folder;
  folder.write("in/network-a.yaml", kNetwork);
  folder.write("in/network-b.yaml", kNetwork);
  folder.write("in/app.yaml", kApp);
  ASSERT_EQ(stackc(folder, {"import", "in", "-o", "stacks"}).status, 0);
  EXPECT_THAT(folder.read("stacks/app.stack").value_or(""), Not(HasSubstr("upstream")));
  EXPECT_EQ(built(folder, "stacks/app.stack"), built(folder, "in/app.yaml"));
}

TEST(ImportProject, StacksThatNeedEachOtherAreImportedAllTheSame) {
  const Folder folder;
  const auto stack = [](const std::string& mine, const std::string& other) {
    return "Resources:\n  T: { Type: \"AWS::SNS::Topic\", Properties: { DisplayName: !ImportValue x-" + other +
           " } }\nOutputs:\n  " + mine + ": { Value: !Ref T, Export: { Name: x-" + mine + " } }\n";
  };
  folder.write("in/a.yaml", stack("A", "B"));
  folder.write("in/b.yaml", stack("B", "A"));
  const auto r = stackc(folder, {"import", "in", "-o", "stacks"});
  ASSERT_EQ(r.status, 0) << r.err;
  EXPECT_EQ(built(folder, "stacks/a.stack"), built(folder, "in/a.yaml"));
  EXPECT_EQ(built(folder, "stacks/b.stack"), built(folder, "in/b.yaml"));
}

}  // namespace
}  // namespace stackc::tests

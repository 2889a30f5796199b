// What happens to resources: created, updated, replaced, deleted, moved, and what that does to others.

#include "tests/unit/diff_support.hpp"

namespace stackc::diff {
namespace {

constexpr std::string_view kNetwork = R"(
Resources:
  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}
  Subnet: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}}
  Host: {Type: 'AWS::EC2::Instance', Properties: {SubnetId: !Ref Subnet, Tags: [{Key: Vpc, Value: !Sub 'in ${Vpc}'}]}}
  Queue: {Type: 'AWS::SQS::Queue', Properties: {}}
Outputs:
  Vpc: {Value: !Ref Vpc}
)";

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string out(text);
  const std::size_t at = out.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return out.replace(at, from.size(), to);
}

TEST(DiffCompare, TheSameIsNoDifference) {
  const Compared c = compared(kNetwork, kNetwork);
  EXPECT_TRUE(c.diff.empty());
  EXPECT_EQ(c.text(), "");
}

TEST(DiffCompare, ReplacementGoesAlongReferences) {
  const Compared c = compared(kNetwork, replaced(kNetwork, "10.0.0.0/16", "10.1.0.0/16"));
  EXPECT_EQ(c.text(), R"(replace Vpc deleted
  CidrBlock! "10.0.0.0/16" -> "10.1.0.0/16"
replace Subnet deleted
  VpcId! {"Ref":"Vpc"} -> {"Ref":"Vpc"} by Vpc.CidrBlock > Subnet.VpcId
replace Host deleted
  SubnetId! {"Ref":"Subnet"} -> {"Ref":"Subnet"} by Vpc.CidrBlock > Subnet.VpcId > Host.SubnetId
  Tags[Vpc].Value {"Fn::Sub":"in${Vpc}"} -> {"Fn::Sub":"in${Vpc}"} by Vpc.CidrBlock > Host.Tags[Vpc].Value
)");
  EXPECT_EQ(c.entries(), "Outputs Vpc Value: {\"Ref\":\"Vpc\"} -> {\"Ref\":\"Vpc\"} by Vpc.CidrBlock > Outputs:Vpc.Value\n");
}

TEST(DiffCompare, CreatedAndDeleted) {
  EXPECT_EQ(changes(kNetwork, replaced(kNetwork, "'AWS::SQS::Queue'", "'AWS::SNS::Topic'")),
            "replace Queue deleted\n  Type! \"AWS::SQS::Queue\" -> \"AWS::SNS::Topic\"\n");
  EXPECT_EQ(changes(kNetwork, replaced(kNetwork, "Queue:", "Q:")), "create Q\ndelete Queue deleted\n");
}

}  // namespace
}  // namespace stackc::diff

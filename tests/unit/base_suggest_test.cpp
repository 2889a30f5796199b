#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "compiler/base/suggest.hpp"

namespace stackc {
namespace {

using testing::ElementsAre;
using Names = std::vector<std::string_view>;

TEST(DidYouMean, FindsOneMistake) {
  const Names names{"AvailabilityZone", "CidrBlock", "VpcId", "Tags"};
  EXPECT_EQ(did_you_mean("CidrBlok", names), "CidrBlock");    // left out
  EXPECT_EQ(did_you_mean("CidrBlockk", names), "CidrBlock");  // too much
  EXPECT_EQ(did_you_mean("CidrBlick", names), "CidrBlock");   // another letter
  EXPECT_EQ(did_you_mean("CdirBlock", names), "CidrBlock");   // two swapped
}

TEST(DidYouMean, CaseCountsLittle) {
  const Names names{"VPCs", "VpcId"};
  EXPECT_EQ(did_you_mean("VPCID", names), "VpcId");
  EXPECT_EQ(did_you_mean("vpcid", names), "VpcId");
  const Names far{"abcdefghij"};
  EXPECT_EQ(did_you_mean("ABCDEFGHIJ", far), "abcdefghij");
}

TEST(DidYouMean, SaysNothingWhenNothingIsClose) {
  const Names names{"CidrBlock", "VpcId", "db"};
  EXPECT_EQ(did_you_mean("Gateway", names), "");
  EXPECT_EQ(did_you_mean("xy", names), "");
  EXPECT_EQ(did_you_mean("", names), "");
  EXPECT_EQ(did_you_mean("VpcId", {}), "");
}

TEST(DidYouMean, ACommonQualifierExcusesNothing) {
  const Names names{"AWS::EC2::VPC", "AWS::EC2::Subnet"};
  EXPECT_EQ(did_you_mean("AWS::EC2::Fleet", names), "");
  EXPECT_EQ(did_you_mean("AWS::EC2::Subnets", names), "AWS::EC2::Subnet");
  EXPECT_EQ(did_you_mean("AWS::EC3::Subnet", names), "AWS::EC2::Subnet");
}

TEST(DidYouMean, TakesAWholeWordWhenNoEditIsClose) {
  const Names names{"BucketName", "CidrBlock", "AWS::EC2::VPC"};
  EXPECT_EQ(did_you_mean("Name", names), "BucketName");
  EXPECT_EQ(did_you_mean("Cidr", names), "CidrBlock");
  EXPECT_EQ(did_you_mean("VPC", names), "AWS::EC2::VPC");
  EXPECT_EQ(did_you_mean("dBloc", names), "");  // not a word
  const Names both{"BucketName", "Names"};
  EXPECT_EQ(did_you_mean("Name", both), "Names");  // an edit is closer than a word
}

TEST(DidYouMean, TakesAbbreviationsAndTheirLongForms) {
  const Names names{"Int", "Bool", "String"};
  EXPECT_EQ(did_you_mean("Integer", names), "Int");
  EXPECT_EQ(did_you_mean("Boolean", names), "Bool");
  EXPECT_EQ(did_you_mean("Str", names), "String");
  EXPECT_EQ(did_you_mean("International", names), "");  // too much longer
  EXPECT_EQ(did_you_mean("St", names), "");             // too short to tell
  const Names attributes{"Arn", "QueueName", "QueueUrl"};
  EXPECT_EQ(did_you_mean("URL", attributes), "QueueUrl");
}

TEST(DidYouMean, TiesGoToTheFirst) {
  const Names names{"cart", "card"};
  EXPECT_EQ(did_you_mean("care", names), "cart");
}

TEST(DidYouMean, LongInputCostsNothing) {
  const std::string huge(10'000'000, 'a');
  const Names names{huge, "short"};
  EXPECT_EQ(did_you_mean(huge.substr(1), names), "");
  EXPECT_EQ(did_you_mean("shorts", names), "short");
}

TEST(CloseNames, ClosestFirstUpToTheLimit) {
  const Names names{"Subnets", "SubnetId", "Subnet", "SubnetIds", "Vpc", "Subnet"};
  EXPECT_THAT(close_names("Subne", names, 2), ElementsAre("Subnet", "Subnets"));
  EXPECT_THAT(close_names("SubnetI", names), ElementsAre("Subnets", "SubnetId", "Subnet"));
  EXPECT_THAT(close_names("Gateway", names), ElementsAre());
}

}  // namespace
}  // namespace stackc

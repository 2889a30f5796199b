#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <tuple>

#include "compiler/schema/print.hpp"

namespace stackc::schema {
namespace {

using testing::HasSubstr;
using testing::Not;

const Schema kAws = Schema::aws();

TEST(SchemaPrint, ATypeTellsWhatMatters) {
  const auto text = describe(kAws.find("AWS::EC2::Subnet"), false);
  EXPECT_THAT(text, HasSubstr("AWS::EC2::Subnet\n"));
  EXPECT_THAT(text, HasSubstr("  Ref             SubnetId\n"));
  EXPECT_THAT(text, HasSubstr("aws-resource-ec2-subnet.html"));
  EXPECT_THAT(text, HasSubstr("* VpcId                          AWS::EC2::VPC.VpcId  replaces\n"));
  EXPECT_THAT(text, HasSubstr("may replace"));
  EXPECT_THAT(text, Not(HasSubstr("\x1B")));
  EXPECT_THAT(describe(kAws.find("AWS::EC2::Subnet"), true), HasSubstr("\x1B["));
}

TEST(SchemaPrint, FitsAHundredColumns) {
  for (const auto name :
       {"AWS::EC2::Subnet", "AWS::ECS::Service", "AWS::RDS::DBInstance", "AWS::Lambda::Function"}) {
    std::istringstream lines(describe(kAws.find(name), false));
    for (std::string line; std::getline(lines, line);) {
      const bool is_link = line.find("https://") != std::string::npos;
      EXPECT_TRUE(is_link || line.size() <= 100) << line;
      EXPECT_FALSE(line.ends_with(' ')) << line;
    }
  }
}

std::string query(std::string_view text, Sink& sink) {
  std::string out;
  const bool found = describe(kAws, text, false, sink, out);
  EXPECT_EQ(found, !out.empty());
  return out;
}

TEST(SchemaPrint, PartsOfAType) {
  Sink sink;
  EXPECT_THAT(query("AWS::EC2::Subnet.VpcId", sink), HasSubstr("* VpcId  AWS::EC2::VPC.VpcId  replaces\n"));
  EXPECT_THAT(query("AWS::RDS::DBInstance.Endpoint.Address", sink), HasSubstr("Endpoint.Address  String\n"));
  EXPECT_THAT(query("AWS::ECS::Service#NetworkConfiguration", sink),
              HasSubstr("AwsvpcConfiguration  AwsVpcConfiguration\n"));
  EXPECT_THAT(query("AWS::ECS::Service.NetworkConfiguration", sink),
              HasSubstr("AwsvpcConfiguration  AwsVpcConfiguration\n"));
  EXPECT_FALSE(sink.has_errors());
}

TEST(SchemaPrint, UnknownNamesAreAnsweredWithCloseOnes) {
  for (const auto& [text, message, help] :
       {std::tuple{"AWS::EC2::Subnett", "there is no resource type `AWS::EC2::Subnett`",
                   "did you mean `AWS::EC2::Subnet`?"},
        {"AWS::EC2::Subnet.VpcID", "`AWS::EC2::Subnet` has no property or attribute `VpcID`",
         "did you mean `VpcId`?"},
        {"AWS::ECS::Service#LoadBalancr", "`AWS::ECS::Service` has no property type `LoadBalancr`",
         "did you mean `LoadBalancer`?"}}) {
    Sink sink;
    EXPECT_EQ(query(text, sink), "");
    ASSERT_EQ(sink.all().size(), 1u);
    EXPECT_EQ(sink.all()[0].message, message);
    EXPECT_THAT(sink.all()[0].helps, testing::ElementsAre(help));
  }
}

TEST(SchemaPrint, SearchResultsSayWhatIsLeftOut) {
  const auto types = kAws.search("ec2");
  const auto text = search_results(types, false, 2);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 3);
  EXPECT_THAT(text, HasSubstr("and " + std::to_string(types.size() - 2) + " more\n"));
}

}  // namespace
}  // namespace stackc::schema

// What a template as input is told: the examples on the pages of diagnostics, and the cases around them.

#include <gtest/gtest.h>

#include <map>
#include <regex>
#include <set>

#include "compiler/analysis/analysis.hpp"
#include "compiler/diag/explain.hpp"
#include "compiler/diag/registry.hpp"
#include "compiler/import/import.hpp"

namespace stackc {
namespace {

/// The findings of a template: `E0713 a template has no section …`.
std::vector<std::string> findings(const std::string& text) {
  SourceMap sources;
  Sink sink;
  const FileId file = sources.add("t.yaml", text);
  const auto document = cfn::read_document(file, sources, sink);
  const auto t = document == nullptr ? nullptr : cfn::read_template(*document, sink);
  if (t != nullptr) {
    analysis::analyse(*t, sink);
    analysis::check_template(*t, schema::Schema::aws(), sink);
  }
  std::vector<std::string> out;
  for (const Diagnostic& d : sink.all()) out.push_back(std::string(info(d.code).number) + " " + d.message);
  return out;
}

std::set<std::string> numbers(const std::string& text) {
  std::set<std::string> out;
  for (const std::string& finding : findings(text)) out.insert(finding.substr(0, 5));
  return out;
}

std::string block_below(std::string_view page, std::string_view heading) {
  const std::size_t section = page.find("\n## " + std::string(heading) + "\n");
  const std::size_t open = page.find("```yml file=app.yaml\n", section);
  if (section == std::string_view::npos || open == std::string_view::npos) return {};
  const std::size_t begin = page.find('\n', open) + 1;
  return std::string(page.substr(begin, page.find("```", begin) - begin));
}

std::vector<CodeInfo> codes_of_templates() {
  std::vector<CodeInfo> out;
  for (const CodeInfo& code : all_codes()) {
    if (!block_below(explain(code.number).value_or(""), "Wrong").empty()) out.push_back(code);
  }
  return out;
}

class TemplatePage : public ::testing::TestWithParam<CodeInfo> {};

TEST_P(TemplatePage, WrongIsAnsweredWithThisCodeAlone) {
  const std::string_view page = explain(GetParam().number).value_or("");
  EXPECT_EQ(numbers(block_below(page, "Wrong")), std::set<std::string>{std::string(GetParam().number)});
}

TEST_P(TemplatePage, RightIsAnsweredWithNothing) {
  const std::string_view page = explain(GetParam().number).value_or("");
  EXPECT_EQ(findings(block_below(page, "Right")), std::vector<std::string>{});
}

INSTANTIATE_TEST_SUITE_P(All, TemplatePage, ::testing::ValuesIn(codes_of_templates()),
                         [](const auto& param) { return std::string(param.param.number); });

/// A template with one resource, whose lines stand below it.
std::string resource(std::string_view type, std::string_view lines) {
  return "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  R:\n    Type: " + std::string(type) + "\n" +
         std::string(lines);
}

TEST(TemplateValues, WhatCloudFormationConvertsIsFine) {
  const std::string queue = "AWS::SQS::Queue";
  EXPECT_TRUE(findings(resource(queue, "    Properties:\n      DelaySeconds: '80'\n")).empty());
  EXPECT_TRUE(findings(resource(queue, "    Properties:\n      FifoQueue: 'true'\n")).empty());
  EXPECT_TRUE(findings(resource(queue, "    Properties:\n      QueueName: 5\n")).empty());
  EXPECT_EQ(numbers(resource(queue, "    Properties:\n      DelaySeconds: soon\n")), std::set<std::string>{"E0401"});
  EXPECT_EQ(numbers(resource(queue, "    Properties:\n      QueueName: [a]\n")), std::set<std::string>{"E0401"});
}

TEST(TemplateValues, FunctionsAreJudgedByWhatTheyGive) {
  const std::string type = "AWS::EC2::Instance";
  EXPECT_EQ(numbers(resource(type, "    Properties:\n      SubnetId: !GetAZs ''\n")), std::set<std::string>{"E0401"});
  EXPECT_EQ(numbers(resource(type, "    Properties:\n      SecurityGroupIds: !Sub sg-x\n")), std::set<std::string>{"E0401"});
  EXPECT_TRUE(findings(resource(type, "    Properties:\n      SubnetId: !Select [0, !Split [',', x]]\n")).empty());
  EXPECT_EQ(numbers(resource(type, "    Properties:\n      SubnetId: !Ref Net\n  Net:\n    Type: AWS::EC2::VPC\n"
                                   "    Properties:\n      CidrBlock: 10.0.0.0/16\n")),
            std::set<std::string>{"E0402"});
}

TEST(TemplateValues, RequiredPropertiesUnderTransformsAreUnknown) {
  EXPECT_EQ(numbers(resource("AWS::EC2::SecurityGroup", "")), std::set<std::string>{"E0204"});
  EXPECT_TRUE(findings(resource("AWS::EC2::SecurityGroup",
                                "    Properties:\n      Fn::Transform: { Name: AWS::Include, Parameters: { Location: s3 } }\n"))
                  .empty());
}

TEST(TemplateReferences, InsideOfSubHaveTheirPlace) {
  SourceMap sources;
  Sink sink;
  const std::string text = resource("AWS::SQS::Queue", "    Properties:\n      QueueName: !Sub 'a-${Missing}'\n");
  const FileId file = sources.add("t.yaml", text);
  const auto document = cfn::read_document(file, sources, sink);
  const auto t = cfn::read_template(*document, sink);
  analysis::analyse(*t, sink);
  ASSERT_EQ(sink.all().size(), 1u);
  const Span place = sink.all()[0].labels.at(0).span;
  EXPECT_EQ(text.substr(place.begin, place.size()), "Missing");
}

TEST(TemplateReferences, LoopsModulesAndTransformsMakeNames) {
  const std::string head = "Transform: AWS::LanguageExtensions\nResources:\n"
                           "  Fn::ForEach::Topics:\n    - Name\n    - [A, B]\n"
                           "    - Topic${Name}:\n        Type: AWS::SNS::Topic\n"
                           "        Properties: { DisplayName: !Ref Name }\n"
                           "Outputs:\n  Arn:\n    Value: !Ref ";
  EXPECT_TRUE(findings(head + "TopicA\n").empty());
  EXPECT_EQ(numbers(head + "Other\n"), std::set<std::string>{"E0709"});
  EXPECT_TRUE(findings(resource("A::B::C::MODULE", "Outputs:\n  O:\n    Value: !Ref RBucket\n")).empty());
}

TEST(TemplateReferences, IncludesMakeMappings) {
  EXPECT_TRUE(findings("Mappings:\n  Fn::Transform: { Name: AWS::Include, Parameters: { Location: s3://b/m.yaml } }\n" +
                       resource("AWS::SQS::Queue", "    Properties:\n      QueueName: !FindInMap [M, a, b]\n"))
                  .empty());
}

TEST(TemplateConditions, ThatMultiplyEndSoon) {
  std::string text = "Conditions:\n  C0: !Equals [!Ref AWS::Region, a]\n";
  for (int i = 1; i < 300; ++i) {
    const std::string before = "!Condition C" + std::to_string(i - 1);
    text += "  C" + std::to_string(i) + ": !Or [" + before + ", !Not [" + before + "], " + before + "]\n";
  }
  text += "Resources:\n  A:\n    Type: AWS::SNS::Topic\n    Condition: C298\n"
          "  B:\n    Type: AWS::SNS::Topic\n    Condition: C299\n    Properties: { TopicName: !Ref A }\n";
  EXPECT_EQ(numbers(text), std::set<std::string>{"W1111"});
}

TEST(TemplateLimits, BlocksOfCidr) {
  const auto with = [](const std::string& count, const std::string& bits) {
    return findings(resource("AWS::EC2::Subnet", "    Properties:\n      VpcId: !ImportValue V\n      CidrBlock: !Select [0, !Cidr "
                                                 "[10.0.0.0/8, " + count + ", " + bits + "]]\n"));
  };
  EXPECT_TRUE(with("1", "1").empty());
  EXPECT_TRUE(with("256", "128").empty());
  EXPECT_EQ(with("257", "128").size(), 1u);
  EXPECT_EQ(with("0", "8").size(), 1u);
  EXPECT_EQ(with("'257'", "8").size(), 1u);
  EXPECT_EQ(with("1", "129").size(), 1u);
}

TEST(TemplateLimits, IndexOfSelect) {
  const auto with = [](const std::string& index) {
    return resource("AWS::SQS::Queue", "    Properties:\n      QueueName: !Select [" + index + ", [a, b]]\n");
  };
  EXPECT_TRUE(findings(with("0")).empty());
  EXPECT_TRUE(findings(with("'1'")).empty());
  EXPECT_EQ(numbers(with("2")), std::set<std::string>{"E0715"});
  EXPECT_EQ(numbers(with("-1")), std::set<std::string>{"E0715"});
}

}  // namespace
}  // namespace stackc

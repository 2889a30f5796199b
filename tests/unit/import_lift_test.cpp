// Templates as stack source: how pieces are written, and that what is written builds to the same template.
#include <gtest/gtest.h>

#include "compiler/driver/round_trip.hpp"
#include "compiler/import/import.hpp"
#include "compiler/import/lift_literals.hpp"

namespace stackc {
namespace {

struct Lifted {
  RoundTrip result;
  std::string errors;
};

Lifted lift(const std::string& text) {
  SourceMap sources;
  Sink sink;
  const FileId file = sources.add("template.yaml", text);
  const auto document = cfn::read_document(file, sources, sink);
  const auto t = document != nullptr ? cfn::read_template(*document, sink) : nullptr;
  Lifted out;
  for (const Diagnostic& d : sink.all()) out.errors += d.message + "\n";
  if (t == nullptr) return out;
  cfn::SourceOptions options;
  options.stack_name = "acme";
  out.result = round_trip(*t, *document, options);
  for (const Diagnostic& d : out.result.errors) out.errors += d.message + "\n";
  for (const std::string& pointer : out.result.differs) out.errors += pointer + " differs\n";
  return out;
}

constexpr std::string_view kHead = "AWSTemplateFormatVersion: '2010-09-09'\n";

std::string source_of(std::string_view body) {
  const Lifted out = lift(std::string(kHead) + std::string(body));
  EXPECT_EQ(out.errors, "");
  return out.result.text;
}

TEST(Literals, TextHasTheFormThatReadsBest) {
  using cfn::text_literal;
  EXPECT_EQ(text_literal("a \"b\""), R"("a \"b\"")");
  EXPECT_EQ(text_literal("^\\d+$"), R"(r"^\d+$")");
  EXPECT_EQ(text_literal("${x}\n"), R"("\${x}\n")");
  EXPECT_EQ(text_literal("a\nb\n"), "\"\"\"\n  a\n  b\n\n  \"\"\"");
  EXPECT_EQ(text_literal("a\n \nb"), "\"\"\"\n  a\n  \\u{20}\n  b\n  \"\"\"");
  EXPECT_EQ(text_literal("\x01"), R"("\u{1}")");
}

TEST(Lifting, ParametersHaveTypes) {
  EXPECT_EQ(source_of(R"(
Parameters:
  Env: { Type: String, Default: dev, AllowedValues: [dev, prod], Description: Where }
  Block: { Type: String, MinLength: 9, MaxLength: 18 }
  Count: { Type: Number, Default: 2, MinValue: 1 }
  Vpc: { Type: 'AWS::EC2::VPC::Id' }
Resources:
  Q: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: !Ref Count, QueueName: !Ref Env } }
)"),
            R"(stack "acme"

/// Where
param Env: "dev" | "prod" = "dev"

param Block: String(9..18)
param Count: Int(1..) = 2
param Vpc: AWS::EC2::VPC.VpcId

resource Q: AWS::SQS::Queue { DelaySeconds: Count, QueueName: Env }
)");
}

TEST(Lifting, ConditionsBecomeBlocksAndChoices) {
  EXPECT_EQ(source_of(R"(
Parameters:
  Env: { Type: String }
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  IsOther: !Not [!Condition IsProd]
Resources:
  Q: { Type: 'AWS::SQS::Queue', Condition: IsProd }
  T: { Type: 'AWS::SNS::Topic', Condition: IsProd }
  L: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: !If [IsProd, 5, !Ref 'AWS::NoValue'] } }
)"),
            R"(stack "acme"

param Env: String

condition IsProd = Env == "prod"
condition IsOther = !IsProd

if IsProd {
  resource Q: AWS::SQS::Queue

  resource T: AWS::SNS::Topic
}

resource L: AWS::SQS::Queue { DelaySeconds: IsProd ? 5 : none }
)");
}

TEST(Lifting, CommentsStayWithWhatTheyStandAbove) {
  EXPECT_EQ(source_of(R"(
# All about queues.
Resources:
  # The one.
  Q:
    Type: AWS::SQS::Queue  # a queue
    Properties:
      # Not long.
      DelaySeconds: 5
)"),
            R"(stack "acme"

// All about queues.

// The one.
// a queue
resource Q: AWS::SQS::Queue {
  // Not long.
  DelaySeconds: 5
}
)");
}

TEST(Lifting, ReferencesAreResources) {
  const std::string text = source_of(R"(
Resources:
  Topic: { Type: 'AWS::SNS::Topic' }
  Q: { Type: 'AWS::SQS::Queue' }
  S:
    Type: AWS::SNS::Subscription
    Properties: { TopicArn: !Ref Topic, Protocol: sqs, Endpoint: !GetAtt Q.Arn }
Outputs:
  Url: { Value: !Sub '${Q} in ${AWS::Region}, ${Q.Arn}' }
)");
  EXPECT_NE(text.find("TopicArn: Topic,"), std::string::npos) << text;
  EXPECT_NE(text.find("Endpoint: Q }"), std::string::npos) << text;
  EXPECT_NE(text.find(R"(output Url = "${Q.ref} in ${aws.region}, ${Q.Arn}")"), std::string::npos) << text;
}

TEST(Differences, AreByValueAndKey) {
  SourceMap sources;
  Sink sink;
  const auto read = [&](const char* text) {
    return cfn::read_document(sources.add("x.json", text), sources, sink);
  };
  const auto a = read(R"({"a": 1, "b": [1, "2"], "c": {"Fn::GetAtt": "X.Y.Z"}})");
  const auto b = read(R"({"c": {"Fn::GetAtt": ["X", "Y.Z"]}, "b": [1, 2], "d": null, "a": 1})");
  EXPECT_EQ(differences(a->root, a->root), std::vector<std::string>{});
  EXPECT_EQ(differences(a->root, b->root), (std::vector<std::string>{"/b/1", "/d"}));
}

}  // namespace
}  // namespace stackc

// Equal by meaning is equal, and nothing else is: order where AWS ignores it, defaults, forms of functions,
// numbers.

#include "tests/unit/diff_support.hpp"

namespace stackc::diff {
namespace {

/// What differs between two ways to write the properties of a resource.
std::string between(std::string_view type, std::string_view before, std::string_view after,
                    const Given& given = {}) {
  const auto text = [&](std::string_view properties) {
    return fmt::format(
        "{{Parameters: {{P: {{Type: String, Default: p}}, L: {{Type: CommaDelimitedList, Default: 'a,b'}}, "
        "N: {{Type: String, Default: same}}}}, "
        "Mappings: {{M: {{a: {{k: v, j: w}}, b: {{k: x, j: y}}}}}}, "
        "Conditions: {{C: !Equals [!Ref P, p], D: !Not [!Condition C]}}, Resources: {{"
        "Vpc: {{Type: 'AWS::EC2::VPC'}}, Key: {{Type: 'AWS::KMS::Key'}}, "
        "R: {{Type: '{}', Properties: {}}}}}}}",
        type, properties);
  };
  return changes(text(before), text(after), given, given);
}

testing::AssertionResult same(std::string_view type, std::string_view before, std::string_view after,
                              const Given& given = {}) {
  const std::string there = between(type, before, after, given), back = between(type, after, before, given);
  if (there.empty() && back.empty()) return testing::AssertionSuccess();
  return testing::AssertionFailure() << before << " and " << after << '\n' << there << back;
}

constexpr std::string_view kQueue = "AWS::SQS::Queue", kParameter = "AWS::SSM::Parameter",
                           kService = "AWS::ECS::Service", kGroup = "AWS::EC2::SecurityGroup",
                           kRole = "AWS::IAM::Role", kTopic = "AWS::SNS::Topic", kRule = "AWS::Events::Rule";

TEST(DiffValues, OrderThatAwsIgnores) {
  EXPECT_TRUE(same(kQueue, "{Tags: [{Key: a, Value: b}, {Key: c, Value: d}]}",
                   "{Tags: [{Key: c, Value: d}, {Key: a, Value: b}]}"));
  EXPECT_TRUE(same(kQueue, "{Tags: []}", "{}"));
  EXPECT_TRUE(same(
      kService, "{NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [a, b], SecurityGroups: [s, t]}}}",
      "{NetworkConfiguration: {AwsvpcConfiguration: {SecurityGroups: [t, s], Subnets: [b, a]}}}"));
  EXPECT_TRUE(same(kGroup, "{SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 80}, {IpProtocol: '-1'}]}",
                   "{SecurityGroupIngress: [{IpProtocol: -1}, {FromPort: '80', IpProtocol: tcp}]}"));
  // The order of layers is the order in which they are laid over each other.
  EXPECT_FALSE(same("AWS::Lambda::Function", "{Layers: [a, b]}", "{Layers: [b, a]}"));
  EXPECT_FALSE(same(kQueue, "{Tags: [{Key: a, Value: b}]}", "{Tags: [{Key: a, Value: c}]}"));
}

TEST(DiffValues, DefaultsWrittenOut) {
  EXPECT_TRUE(same(kQueue, "{DelaySeconds: 0, VisibilityTimeout: '30'}", "{}"));
  EXPECT_TRUE(same("AWS::ECS::Service", "{PlatformVersion: LATEST}", "{}"));
  EXPECT_FALSE(same(kQueue, "{DelaySeconds: 1}", "{}"));
  EXPECT_TRUE(same("AWS::KMS::Key", "{EnableKeyRotation: 'false', PendingWindowInDays: 30}", "{}"));
  EXPECT_FALSE(same("AWS::KMS::Key", "{EnableKeyRotation: true}", "{}"));
  EXPECT_TRUE(same("AWS::RDS::DBInstance", "{DeletionProtection: false, AutoMinorVersionUpgrade: true}", "{}"));
  EXPECT_FALSE(same("AWS::RDS::DBInstance", "{AutoMinorVersionUpgrade: false}", "{}"));
  EXPECT_TRUE(same(kQueue, "{DelaySeconds: !If [C, 0, !Ref 'AWS::NoValue']}", "{}"));
}

TEST(DiffValues, NumbersWhereTheTypeIsANumber) {
  EXPECT_TRUE(same(kQueue, "{DelaySeconds: 10}", "{DelaySeconds: '10'}"));
  EXPECT_TRUE(same(kQueue, "{DelaySeconds: 1000}", "{DelaySeconds: '1e3'}"));
  EXPECT_TRUE(same(kQueue, "{FifoQueue: true}", "{FifoQueue: 'true'}"));
  EXPECT_TRUE(same(kParameter, "{Value: 80}", "{Value: '80'}"));
  EXPECT_FALSE(same(kQueue, "{DelaySeconds: ''}", "{DelaySeconds: '0'}"));
  EXPECT_FALSE(same(kParameter, "{Value: ''}", "{Value: '0'}"));
  EXPECT_FALSE(same(kParameter, "{Value: '1e3'}", "{Value: '1000'}"));
  EXPECT_FALSE(same(kParameter, "{Value: '012'}", "{Value: '12'}"));
  EXPECT_FALSE(same(kParameter, "{Value: '1.0'}", "{Value: '1'}"));
  EXPECT_FALSE(same("Custom::Thing", "{A: 1}", "{A: '1'}"));
}

TEST(DiffValues, FormsOfFunctions) {
  EXPECT_TRUE(same(kTopic, "{TopicName: !Sub 'a-${AWS::Region}-b'}",
                   "{TopicName: !Join ['-', [a, !Ref 'AWS::Region', b]]}"));
  EXPECT_TRUE(
      same(kTopic, "{KmsMasterKeyId: !Sub '${Key.Arn}'}", "{KmsMasterKeyId: {'Fn::GetAtt': [Key, Arn]}}"));
  EXPECT_TRUE(same(kTopic, "{TopicName: !Sub ['${x}', {x: !Ref P}]}", "{TopicName: !Ref P}"));
  EXPECT_TRUE(same(kTopic, "{TopicName: !Select [1, [a, b]]}", "{TopicName: b}"));
  EXPECT_TRUE(same(kTopic, "{TopicName: !Select ['0', !Split ['/', 'a/b']]}", "{TopicName: a}"));
  EXPECT_TRUE(same(kTopic, "{TopicName: !FindInMap [M, a, k]}", "{TopicName: v}"));
  EXPECT_TRUE(same(kTopic, "{TopicName: !If [C, a, b]}", "{TopicName: !If [D, b, a]}"));
  EXPECT_TRUE(same(kTopic, "{TopicName: !If [C, a, a]}", "{TopicName: a}"));
  EXPECT_TRUE(same(kTopic, "{TopicName: !Sub 'x${!y}'}", "{TopicName: 'x${y}'}"));
  EXPECT_TRUE(same(kTopic, "{TopicName: !If [C, a, b]}", "{TopicName: a}", {{"P", "p"}}));
  EXPECT_TRUE(same(kTopic, "{TopicName: !Join [':', !Ref L]}", "{TopicName: 'x:y'}", {{"L", "x, y"}}));
  EXPECT_TRUE(same("AWS::EC2::Subnet", "{AvailabilityZone: !Select [0, !GetAZs '']}",
                   "{AvailabilityZone: !Select [0, !GetAZs {Ref: 'AWS::Region'}]}"));
  EXPECT_TRUE(same("AWS::EC2::Subnet", "{VpcId: !Ref Vpc}", "{VpcId: !GetAtt Vpc.VpcId}"));
  EXPECT_FALSE(same(kTopic, "{TopicName: !Ref P}", "{TopicName: !Ref N}"));
  EXPECT_FALSE(same(kTopic, "{TopicName: !If [C, a, b]}", "{TopicName: !If [C, b, a]}"));
  EXPECT_FALSE(same(kTopic, "{TopicName: !Sub '${Key.Arn}'}", "{TopicName: !Sub '${Key}'}"));
}

TEST(DiffValues, JsonTextAgainstTheObject) {
  EXPECT_TRUE(same(kRule, "{EventPattern: {source: [aws.ec2], detail: {n: [1]}}}",
                   R"({EventPattern: '{"detail": {"n": [1]}, "source": ["aws.ec2"]}'})"));
  EXPECT_TRUE(same("AWS::CloudWatch::Dashboard", R"({DashboardBody: '{"a": 1}'})",
                   R"({DashboardBody: '{ "a":1 }'})"));
  EXPECT_TRUE(same("AWS::CloudWatch::Dashboard", R"({DashboardBody: !Sub '{"a": "${P}"}'})",
                   R"({DashboardBody: !Sub '{"a":"${P}" }'})"));
  EXPECT_FALSE(same("AWS::CloudWatch::Dashboard", R"({DashboardBody: !Sub '{"a": "${P}"}'})",
                    R"({DashboardBody: !Sub '{"a": "${N}"}'})"));
  EXPECT_FALSE(
      same(kRule, "{EventPattern: {detail: {n: [1]}}}", R"({EventPattern: '{"detail": {"n": ["1"]}}'})"));
  // A text that is no document stays one.
  EXPECT_FALSE(same(kParameter, R"({Value: '{"a": 1}'})", R"({Value: '{"a":1}'})"));
}

TEST(DiffValues, PoliciesByMeaning) {
  const auto policy = [](std::string_view statements) {
    return fmt::format("{{AssumeRolePolicyDocument: {{Version: 2012-10-17, Statement: {}}}}}", statements);
  };
  EXPECT_TRUE(same(kRole, policy("[{Effect: Allow, Action: 'sts:AssumeRole', Principal: {Service: [a, b]}}]"),
                   policy("{Effect: Allow, Action: ['STS:assumerole'], Principal: {Service: [b, a]}}")));
  EXPECT_TRUE(same(kRole, policy("[{Sid: A, Effect: Allow}, {Sid: B, Effect: Deny}]"),
                   policy("[{Sid: B, Effect: Deny}, {Sid: A, Effect: Allow}]")));
  EXPECT_TRUE(same(kRole, policy("[{Principal: '*'}]"), policy("[{Principal: {AWS: '*'}}]")));
  EXPECT_TRUE(same(kRole, policy("[{Principal: {AWS: '123456789012'}}]"),
                   policy("[{Principal: {AWS: ['arn:aws:iam::123456789012:root']}}]")));
  EXPECT_TRUE(same(kRole, policy("[{Condition: {Bool: {'aws:SecureTransport': false}}}]"),
                   policy("[{Condition: {Bool: {'aws:SecureTransport': ['false']}}}]")));
  EXPECT_FALSE(same(kRole, policy("[{Resource: 'A'}]"), policy("[{Resource: 'a'}]")));
  EXPECT_FALSE(same(kRole, policy("[{Principal: {Service: a}}]"), policy("[{Principal: {AWS: a}}]")));
  EXPECT_FALSE(same(kRole, policy("[{Effect: Allow}]"), policy("[{Effect: Deny}]")));
}

TEST(DiffValues, SayWhereTheyDiffer) {
  EXPECT_EQ(between(kQueue, "{Tags: [{Key: a, Value: b}, {Key: c, Value: d}]}",
                    "{Tags: [{Key: c, Value: e}, {Key: f, Value: g}]}"),
            "update R\n"
            "  Tags[c].Value \"d\" -> \"e\"\n"
            "  Tags[f] - -> {\"Key\":\"f\",\"Value\":\"g\"}\n"
            "  Tags[a] {\"Key\":\"a\",\"Value\":\"b\"} -> -\n");
  EXPECT_EQ(between("AWS::Lambda::Function", "{Layers: [a, b, c]}", "{Layers: [a, x, b, c]}"),
            "update R\n  Layers[1] - -> \"x\"\n");
  EXPECT_EQ(between(kService, "{NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [a, b]}}}",
                    "{NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [b, c]}}}"),
            "update R\n  NetworkConfiguration.AwsvpcConfiguration.Subnets[1] \"a\" -> \"c\"\n");
}

}  // namespace
}  // namespace stackc::diff

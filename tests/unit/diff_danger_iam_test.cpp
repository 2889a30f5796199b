// What a change lets roles, users and resources do, by meaning.

#include "tests/unit/diff_danger_support.hpp"

namespace stackc::diff {
namespace {

/// A role with one policy of these statements, and a queue, a bucket and a second queue.
std::string role(std::string_view statements) {
  return fmt::format(R"(Parameters:
  Stage: {{ Type: String, Default: test }}
  Any: {{ Type: String }}
Conditions:
  IsProduction: !Equals [!Ref Stage, production]
Resources:
  Queue: {{ Type: AWS::SQS::Queue }}
  Other: {{ Type: AWS::SQS::Queue }}
  Files: {{ Type: AWS::S3::Bucket }}
  Task:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{{ Effect: Allow, Action: sts:AssumeRole, Principal: {{ Service: ecs-tasks.amazonaws.com }} }}]
      Policies:
        - PolicyName: p
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
{})",
                     statements);
}

std::string change(std::string_view before, std::string_view after) {
  return dangers(role(before), role(after));
}

std::string allow(std::string_view action, std::string_view resource, std::string_view more = "") {
  return fmt::format("              - {{ Effect: Allow, Action: {}, Resource: {}{} }}\n", action, resource,
                     more);
}
std::string deny(std::string_view action, std::string_view resource) {
  return fmt::format("              - {{ Effect: Deny, Action: {}, Resource: {} }}\n", action, resource);
}

TEST(DangerIam, MoreActionsAreMore) {
  EXPECT_EQ(change(allow("s3:GetObject", "'*'"), allow("[s3:GetObject, s3:PutObject]", "'*'")),
            "security-widening `Task` may do more\n"
            "  + allow s3:PutObject on *\n");
  EXPECT_EQ(change(allow("s3:GetObject", "'*'"), allow("s3:Get*", "'*'")),
            "security-widening `Task` may do more\n"
            "  + allow s3:Get* on *\n");
}

TEST(DangerIam, FewerActionsAreLess) {
  EXPECT_EQ(change(allow("s3:*", "'*'"), allow("[s3:GetObject, s3:List*]", "'*'")),
            "security-narrowing `Task` may do less\n"
            "  - allow s3:* on *\n");
}

TEST(DangerIam, HowItIsWrittenDoesNotCount) {
  EXPECT_EQ(change(allow("[s3:GetObject, s3:PutObject]", "'*'"),
                   allow("S3:getobject", "['*']") + allow("s3:putObject", "'*'")),
            "");
  EXPECT_EQ(change(allow("s3:*", "!Sub 'arn:aws:s3:::${Files}/*'"), allow("s3:*", "!Sub '${Files.Arn}/*'")),
            "");
  EXPECT_EQ(change(allow("s3:*", "'arn:aws:s3:::logs/*'"),
                   allow("s3:*", "!Sub 'arn:${AWS::Partition}:s3:::logs/*'")),
            "");
  EXPECT_EQ(change(allow("'*'", "'*'"), allow("'*'", "'*'") + allow("s3:GetObject", "!GetAtt Files.Arn")),
            "");
}

TEST(DangerIam, AnotherResourceIsMore) {
  EXPECT_EQ(
      change(allow("sqs:SendMessage", "!GetAtt Queue.Arn"), allow("sqs:SendMessage", "!GetAtt Other.Arn")),
      "security-widening `Task` may do more\n"
      "  + allow sqs:SendMessage on Other.Arn\n"
      "  - allow sqs:SendMessage on Queue.Arn\n");
  EXPECT_EQ(change(allow("sqs:SendMessage", "!GetAtt Queue.Arn"), allow("sqs:SendMessage", "'*'")),
            "security-widening `Task` may do more\n"
            "  + allow sqs:SendMessage on *\n");
}

TEST(DangerIam, WhatAParameterNamesMayBeTheSame) {
  EXPECT_EQ(change(allow("sqs:SendMessage", "!GetAtt Queue.Arn"), allow("sqs:SendMessage", "!Ref Any")),
            "security-unknown what `Task` may do changes, and the templates do not say whether it is more\n"
            "  + allow sqs:SendMessage on Any\n"
            "  - allow sqs:SendMessage on Queue.Arn\n");
  // One more beside it is one more.
  EXPECT_EQ(change(allow("sqs:SendMessage", "!GetAtt Queue.Arn"),
                   allow("sqs:SendMessage", "!GetAtt Queue.Arn") + allow("sqs:SendMessage", "!Ref Any")),
            "security-widening `Task` may do more\n"
            "  + allow sqs:SendMessage on Any\n");
}

TEST(DangerIam, ConditionsNarrow) {
  const std::string tls = ", Condition: { Bool: { 'aws:SecureTransport': true } }";
  EXPECT_EQ(change(allow("s3:*", "'*'"), allow("s3:*", "'*'", tls)),
            "security-narrowing `Task` may do less\n"
            "  - allow s3:* on *\n");
  EXPECT_EQ(change(allow("s3:*", "'*'", tls), allow("s3:*", "'*'")),
            "security-widening `Task` may do more\n"
            "  + allow s3:* on *\n");
  EXPECT_EQ(change(allow("s3:*", "'*'", ", Condition: { StringLike: { 's3:prefix': [a/*] } }"),
                   allow("s3:*", "'*'", ", Condition: { StringLike: { 's3:prefix': [a/b/*, a/c] } }")),
            "security-narrowing `Task` may do less\n"
            "  - allow s3:* on * if s3:prefix StringLike a/*\n");
  EXPECT_EQ(change(allow("s3:*", "'*'", ", Condition: { IpAddress: { 'aws:SourceIp': 10.1.0.0/16 } }"),
                   allow("s3:*", "'*'", ", Condition: { IpAddress: { 'aws:SourceIp': 10.0.0.0/8 } }")),
            "security-widening `Task` may do more\n"
            "  + allow s3:* on * if aws:sourceip IpAddress 10.0.0.0/8\n");
  EXPECT_EQ(change(allow("s3:*", "'*'", ", Condition: { StringEquals: { 's3:prefix': a } }"),
                   allow("s3:*", "'*'", ", Condition: { StringEqualsIfExists: { 's3:prefix': a } }")),
            "security-widening `Task` may do more\n"
            "  + allow s3:* on * if s3:prefix StringEqualsIfExists a\n");
}

TEST(DangerIam, DenialsCountTheOtherWay) {
  const std::string all = allow("s3:*", "'*'");
  EXPECT_EQ(change(all + deny("s3:DeleteObject", "'*'"), all),
            "security-widening `Task` may do more\n"
            "  - deny s3:DeleteObject on *\n");
  EXPECT_EQ(change(all, all + deny("s3:DeleteObject", "'*'")),
            "security-narrowing `Task` may do less\n"
            "  + deny s3:DeleteObject on *\n");
  EXPECT_EQ(change(all + deny("s3:DeleteObject", "'*'"), all + deny("s3:Delete*", "'*'")),
            "security-narrowing `Task` may do less\n"
            "  + deny s3:Delete* on *\n");
}

TEST(DangerIam, AllBut) {
  const auto not_action = [](std::string_view actions) {
    return fmt::format("              - {{ Effect: Allow, NotAction: {}, Resource: '*' }}\n", actions);
  };
  EXPECT_EQ(change(not_action("['iam:*']"), not_action("['iam:*', 'sts:*']")),
            "security-narrowing `Task` may do less\n"
            "  - allow all but iam:* on *\n");
  EXPECT_EQ(change(not_action("['iam:*', 'sts:*']"), not_action("['iam:*']")),
            "security-widening `Task` may do more\n"
            "  + allow all but iam:* on *\n");
  EXPECT_EQ(change(not_action("['iam:*']"), allow("s3:*", "'*'")),
            "security-narrowing `Task` may do less\n"
            "  - allow all but iam:* on *\n");
  EXPECT_EQ(change(not_action("['iam:*']"), allow("iam:PassRole", "'*'")),
            "security-widening `Task` may do more\n"
            "  + allow iam:PassRole on *\n"
            "  - allow all but iam:* on *\n");
}

TEST(DangerIam, WildcardsInsideArns) {
  EXPECT_EQ(change(allow("s3:*", "'arn:aws:s3:::logs-*'"), allow("s3:*", "'arn:aws:s3:::logs-a/*'")),
            "security-narrowing `Task` may do less\n"
            "  - allow s3:* on arn:aws:s3:::logs-*\n");
  // A star inside a segment stays in it, one at its end goes on.
  EXPECT_EQ(change(allow("sqs:*", "'arn:aws:sqs:*:1:a'"), allow("sqs:*", "'arn:aws:sqs:eu-west-1:1:a'")),
            "security-narrowing `Task` may do less\n"
            "  - allow sqs:* on arn:aws:sqs:*:1:a\n");
  EXPECT_EQ(change(allow("sqs:*", "'arn:aws:sqs:eu*1:1:a'"), allow("sqs:*", "'arn:aws:sqs:eu-1:2:1:1:a'")),
            "security-widening `Task` may do more\n"
            "  + allow sqs:* on arn:aws:sqs:eu-1:2:1:1:a\n"
            "  - allow sqs:* on arn:aws:sqs:eu*1:1:a\n");
}

TEST(DangerIam, SetsOverSeveralStatements) {
  EXPECT_EQ(change(allow("sqs:Send*", "!GetAtt Queue.Arn") + allow("sqs:*", "!GetAtt Other.Arn"),
                   allow("sqs:SendMessage", "[!GetAtt Queue.Arn, !GetAtt Other.Arn]")),
            "security-narrowing `Task` may do less\n"
            "  - allow sqs:Send* on Queue.Arn\n"
            "  - allow sqs:* on Other.Arn\n");
}

TEST(DangerIam, ConditionsOfTheTemplate) {
  const std::string only =
      "              - !If [IsProduction, { Effect: Allow, Action: 's3:*', Resource: '*' }, !Ref "
      "AWS::NoValue]\n";
  const std::string base = allow("sqs:*", "!GetAtt Queue.Arn");
  EXPECT_EQ(change(base, base + only),
            "security-widening `Task` may do more\n"
            "  + allow s3:* on * [when Stage == \"production\"]\n");
  EXPECT_EQ(change(base + only, base + only), "");
  EXPECT_EQ(change(base + only, base + allow("s3:*", "'*'")),
            "security-widening `Task` may do more\n"
            "  + allow s3:* on *\n");
  EXPECT_EQ(change(base + allow("s3:*", "'*'"), base + only),
            "security-narrowing `Task` may do less\n"
            "  - allow s3:* on *\n");
}

TEST(DangerIam, WhatCannotBeReadIsUnknown) {
  const std::string made = "              - !Transform { Name: Macro, Parameters: { a: b } }\n";
  EXPECT_EQ(change(allow("s3:*", "'*'"), made).substr(0, 16), "security-unknown");
  EXPECT_EQ(change(made, allow("s3:GetObject", "'*'")).substr(0, 16), "security-unknown");
}

// ---------------------------------------------------------------- policies beside the role

constexpr std::string_view kRole = R"(  Task:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Statement: [{ Effect: Allow, Action: sts:AssumeRole, Principal: { Service: ecs-tasks.amazonaws.com } }] }
)";

TEST(DangerIam, APolicyMovesFromInsideToBesideTheRole) {
  const std::string inside =
      std::string(kRole) +
      R"(      Policies: [{ PolicyName: p, PolicyDocument: { Statement: [{ Effect: Allow, Action: s3:GetObject, Resource: '*' }] } }]
)";
  const std::string beside = std::string(kRole) + R"(  More:
    Type: AWS::IAM::Policy
    Properties: { PolicyName: p, Roles: [!Ref Task], PolicyDocument: { Statement: { Effect: Allow, Action: s3:GetObject, Resource: '*' } } }
)";
  const std::string managed = std::string(kRole) + R"(      ManagedPolicyArns: [!Ref More]
  More:
    Type: AWS::IAM::ManagedPolicy
    Properties: { PolicyDocument: { Statement: { Effect: Allow, Action: s3:GetObject, Resource: '*' } } }
)";
  EXPECT_EQ(dangers_of(inside, beside), "");
  EXPECT_EQ(dangers_of(beside, inside), "");
  EXPECT_EQ(dangers_of(inside, managed), "");
  EXPECT_EQ(dangers_of(beside, kRole),
            "security-narrowing `Task` may do less\n"
            "  - allow s3:GetObject on *\n");
  EXPECT_EQ(dangers_of(kRole, managed),
            "security-widening `Task` may do more\n"
            "  + allow s3:GetObject on *\n");
}

TEST(DangerIam, PoliciesOfAws) {
  const auto with = [](std::string_view arns) {
    return fmt::format("{}      ManagedPolicyArns: {}\n", kRole, arns);
  };
  EXPECT_EQ(dangers_of(kRole, with("['arn:aws:iam::aws:policy/AdministratorAccess']")),
            "security-widening `Task` may do more\n"
            "  + allow * on * (AdministratorAccess)\n");
  EXPECT_EQ(dangers_of(with("['arn:aws:iam::aws:policy/AdministratorAccess']"),
                       with("['arn:aws:iam::aws:policy/ReadOnlyAccess']")),
            "security-narrowing `Task` may do less\n"
            "  - allow * on * (AdministratorAccess)\n");
  EXPECT_EQ(dangers_of(with("['arn:aws:iam::aws:policy/AmazonS3FullAccess']"), kRole),
            "security-narrowing `Task` may do less\n"
            "  - what AmazonS3FullAccess allows\n");
  // A policy that denies is more when it goes, if something is left that it may have denied.
  const std::string denied =
      with("['arn:aws:iam::aws:policy/AWSDenyAll', 'arn:aws:iam::aws:policy/AmazonS3FullAccess']");
  EXPECT_EQ(dangers_of(denied, with("['arn:aws:iam::aws:policy/AmazonS3FullAccess']")).substr(0, 17),
            "security-unknown ");
}

TEST(DangerIam, BoundariesAndTrust) {
  const std::string bound =
      std::string(kRole) + "      PermissionsBoundary: arn:aws:iam::aws:policy/PowerUserAccess\n";
  EXPECT_EQ(dangers_of(bound, kRole),
            "security-widening `Task` loses its permissions boundary\n"
            "  - boundary arn:aws:iam::aws:policy/PowerUserAccess\n");
  EXPECT_EQ(dangers_of(kRole, bound),
            "security-narrowing `Task` gets a permissions boundary\n"
            "  + boundary arn:aws:iam::aws:policy/PowerUserAccess\n");
  const auto trusted = [](std::string_view principal) {
    return fmt::format(
        "  Task:\n    Type: AWS::IAM::Role\n    Properties:\n      AssumeRolePolicyDocument: {{ Statement: "
        "[{{ Effect: "
        "Allow, Action: sts:AssumeRole, Principal: {} }}] }}\n",
        principal);
  };
  EXPECT_EQ(dangers_of(trusted("{ AWS: '111122223333' }"),
                       trusted("{ AWS: ['arn:aws:iam::111122223333:root', '444455556666'] }")),
            "security-widening more may take the role `Task`\n"
            "  + allow sts:AssumeRole for 444455556666\n");
  EXPECT_EQ(
      dangers_of(trusted("{ AWS: '111122223333' }"), trusted("{ AWS: 'arn:aws:iam::111122223333:root' }")),
      "");
  EXPECT_EQ(dangers_of(trusted("{ AWS: '*' }"), trusted("{ Service: ec2.amazonaws.com }")),
            "security-narrowing fewer may take the role `Task`\n"
            "  - allow sts:AssumeRole for everyone\n");
}

TEST(DangerIam, ANewRoleSaysWhatOfTheOldItReaches) {
  const std::string queue = "  Queue: { Type: AWS::SQS::Queue }\n";
  const auto with = [&](std::string_view rest) { return queue + std::string(kRole) + std::string(rest); };
  const std::string reaches =
      "      Policies: [{ PolicyName: p, PolicyDocument: { Statement: [{ Effect: Allow, Action: "
      "sqs:SendMessage, Resource: !GetAtt Queue.Arn }] } }]\n";
  EXPECT_EQ(dangers_of(queue, with(reaches)),
            "security-widening `Task` is new, and may use what is there already\n"
            "  + allow sqs:SendMessage on Queue.Arn\n");
  const std::string own =
      "      Policies: [{ PolicyName: p, PolicyDocument: { Statement: [{ Effect: Allow, Action: "
      "sqs:SendMessage, Resource: !GetAtt New.Arn }, "
      "{ Effect: Allow, Action: ecr:GetAuthorizationToken, Resource: '*' }] } }]\n  New: { Type: "
      "AWS::SQS::Queue }\n";
  EXPECT_EQ(dangers_of(queue, with(own)), "");
  EXPECT_EQ(dangers_of(with(reaches), queue), "");
}

// ---------------------------------------------------------------- policies of resources

TEST(DangerIam, PoliciesOfBuckets) {
  const auto bucket = [](std::string_view statements) {
    return fmt::format(
        "  Files: {{ Type: AWS::S3::Bucket }}\n  Policy:\n    Type: AWS::S3::BucketPolicy\n    Properties: "
        "{{ Bucket: !Ref "
        "Files, PolicyDocument: {{ Statement: [{}] }} }}\n",
        statements);
  };
  const std::string tls =
      "{ Effect: Deny, Principal: '*', Action: 's3:*', Resource: '*', Condition: { Bool: { "
      "aws:SecureTransport: 'false' } } }";
  EXPECT_EQ(dangers_of(bucket(tls), "  Files: { Type: AWS::S3::Bucket }\n"),
            "security-widening more may be done with `Files`\n"
            "  - deny s3:* on * for everyone if aws:securetransport Bool false\n");
  EXPECT_EQ(dangers_of("  Files: { Type: AWS::S3::Bucket }\n", bucket(tls)),
            "security-narrowing less may be done with `Files`\n"
            "  + deny s3:* on * for everyone if aws:securetransport Bool false\n");
  EXPECT_EQ(dangers_of(bucket(tls), bucket(tls + ", { Effect: Allow, Principal: { AWS: '*' }, Action: "
                                                 "s3:GetObject, Resource: !Sub '${Files.Arn}/*' }")),
            "security-widening more may be done with `Files`\n"
            "  + allow s3:GetObject on arn:${aws.partition}:s3:::${Files}/* for everyone\n");
  // A new bucket of one's own is no danger, a public one is.
  EXPECT_EQ(dangers_of("  Q: { Type: AWS::SQS::Queue }\n", "  Q: { Type: AWS::SQS::Queue }\n" + bucket(tls)),
            "");
  EXPECT_EQ(dangers_of("  Q: { Type: AWS::SQS::Queue }\n",
                       "  Q: { Type: AWS::SQS::Queue }\n" +
                           bucket("{ Effect: Allow, Principal: '*', Action: s3:GetObject, Resource: '*' }")),
            "security-widening `Files` is new, and others than this account may use it\n"
            "  + allow s3:GetObject on * for everyone\n");
}

TEST(DangerIam, PermissionsOfFunctions) {
  const auto permission = [](std::string_view rest) {
    return fmt::format(
        "  Call:\n    Type: AWS::Lambda::Permission\n    Properties: {{ FunctionName: hello, Action: "
        "lambda:InvokeFunction, "
        "Principal: s3.amazonaws.com{} }}\n",
        rest);
  };
  EXPECT_EQ(dangers_of(permission(", SourceArn: 'arn:aws:s3:::a'"), permission("")),
            "security-widening more may be done with `hello`\n"
            "  + allow lambda:InvokeFunction for s3.amazonaws.com\n");
}

TEST(DangerIam, EndpointsAreOpenWithoutAPolicy) {
  const auto endpoint = [](std::string_view rest) {
    return fmt::format(
        "  E:\n    Type: AWS::EC2::VPCEndpoint\n    Properties: {{ VpcId: vpc-1, ServiceName: s{} }}\n",
        rest);
  };
  const std::string policy =
      ", PolicyDocument: { Statement: [{ Effect: Allow, Principal: '*', Action: 's3:Get*', Resource: '*' }] "
      "}";
  EXPECT_EQ(dangers_of(endpoint(policy), endpoint("")),
            "security-widening more may be done with `E`\n"
            "  + allow * on * for everyone\n");
  EXPECT_EQ(dangers_of(endpoint(""), endpoint(policy)),
            "security-narrowing less may be done with `E`\n"
            "  - allow * on * for everyone\n");
}

}  // namespace
}  // namespace stackc::diff

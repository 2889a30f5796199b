// Data, names, single properties, secrets, exports, limits.

#include "compiler/diff/dangers.hpp"
#include "tests/unit/diff_danger_support.hpp"

namespace stackc::diff {
namespace {

// ---------------------------------------------------------------- data

std::string table(std::string_view key, std::string_view policies = "") {
  return fmt::format(R"(  Orders:
    Type: AWS::DynamoDB::Table
{}    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{{ AttributeName: {}, AttributeType: S }}]
      KeySchema: [{{ AttributeName: {}, KeyType: HASH }}]
)",
                     policies, key, key);
}
constexpr std::string_view kOther = "  Q: { Type: AWS::SNS::Topic }\n";

TEST(DangerData, WhatIsReplacedOrDeletedWithWhatItHolds) {
  const std::string retained = "    UpdateReplacePolicy: Retain\n    DeletionPolicy: Retain\n";
  EXPECT_THAT(dangers_of(table("id"), table("order")),
              ::testing::StartsWith("replace-stateful `Orders` holds data and "));
  EXPECT_THAT(dangers_of(table("id"), table("order")),
              ::testing::HasSubstr("the old one is deleted with what it holds\n"));
  EXPECT_THAT(dangers_of(table("id", retained), table("order", retained)),
              ::testing::StartsWith("replace-stateful (mild) "));
  EXPECT_EQ(dangers_of(table("id") + std::string(kOther), kOther),
            "delete-stateful `Orders` holds data and is deleted with what it holds\n");
  EXPECT_EQ(dangers_of(table("id", retained) + std::string(kOther), kOther),
            "delete-stateful (mild) `Orders` holds data and leaves the stack and stays, with what it holds, "
            "outside of it\n");
}

TEST(DangerData, WhatHoldsNoneIsNoDanger) {
  EXPECT_EQ(dangers_of("  T: { Type: AWS::SNS::Topic, Properties: { FifoTopic: true } }\n",
                       "  T: { Type: AWS::SNS::Topic }\n"),
            "");
  EXPECT_EQ(dangers_of(table("id"), table("id") + std::string(kOther)), "");
}

TEST(DangerData, WhatMovesIsDeletedWithoutARefactoring) {
  const std::string plain = table("id"), renamed = "  Sold:" + table("id").substr(9);
  EXPECT_EQ(
      dangers_of(plain, renamed),
      "delete-stateful `Sold` holds data and was `Orders`: a deployment without a refactoring before it "
      "deletes it with what it holds\n");
  const std::string kept = table("id", "    DeletionPolicy: Retain\n"),
                    kept_renamed = "  Sold:" + table("id", "    DeletionPolicy: Retain\n").substr(9);
  EXPECT_THAT(dangers_of(kept, kept_renamed), ::testing::StartsWith("delete-stateful (mild) "));
  EXPECT_EQ(dangers_of("  A: { Type: AWS::SNS::Topic, Properties: { DisplayName: orders } }\n",
                       "  B: { Type: AWS::SNS::Topic, Properties: { DisplayName: orders } }\n"),
            "");
}

// ---------------------------------------------------------------- names

TEST(DangerNames, ANamedResourceThatIsReplacedCollides) {
  const auto group = [](std::string_view name, int port) {
    return fmt::format(
        "  T: {{ Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {{ {}Protocol: HTTP, Port: {}, "
        "VpcId: vpc-1 }} }}\n",
        name, port);
  };
  EXPECT_EQ(dangers_of(group("Name: web, ", 80), group("Name: web, ", 81)),
            "name-collision `T` is replaced and keeps its name `web` (`Name`): the new one cannot be made "
            "while the old one is there\n");
  EXPECT_EQ(dangers_of(group("Name: web, ", 80), group("Name: web2, ", 81)), "");
  EXPECT_EQ(dangers_of(group("", 80), group("", 81)), "");
}

TEST(DangerNames, ANameCountsWithinItsParent) {
  const auto group = [](std::string_view vpc, std::string_view text) {
    return fmt::format(
        "  G: {{ Type: AWS::EC2::SecurityGroup, Properties: {{ GroupName: web, GroupDescription: {}, VpcId: "
        "{} }} }}\n",
        text, vpc);
  };
  EXPECT_EQ(dangers_of(group("vpc-1", "a"), group("vpc-2", "a")), "");
  EXPECT_THAT(dangers_of(group("vpc-1", "a"), group("vpc-1", "b")), ::testing::StartsWith("name-collision "));
}

// ---------------------------------------------------------------- single properties

std::string database(std::string_view more) {
  return fmt::format(
      "  Db: {{ Type: AWS::RDS::DBInstance, DeletionPolicy: Snapshot, UpdateReplacePolicy: Snapshot, "
      "Properties: {{ Engine: postgres, DBInstanceClass: db.t4g.small, AllocatedStorage: '20'{} }} }}\n",
      more);
}

TEST(DangerFlags, OpeningAndClosing) {
  EXPECT_EQ(dangers_of(database(", PubliclyAccessible: false"), database(", PubliclyAccessible: true")),
            "security-widening `Db`: `PubliclyAccessible` was `false` and will be `true`, so that it may be "
            "reached from the internet\n");
  EXPECT_EQ(dangers_of(database(", PubliclyAccessible: true"), database(", PubliclyAccessible: 'false'")),
            "security-narrowing `Db`: `PubliclyAccessible` was `true` and will be `false`\n");
  EXPECT_EQ(dangers_of(database(", PubliclyAccessible: false"), database(", PubliclyAccessible: 'false'")),
            "");
  EXPECT_EQ(dangers_of(kOther, std::string(kOther) + database(", PubliclyAccessible: true")),
            "security-widening `Db` is new, and it may be reached from the internet\n"
            "  + PubliclyAccessible: true\n");
  EXPECT_EQ(dangers_of(kOther, std::string(kOther) + database(", PubliclyAccessible: false")), "");
}

TEST(DangerFlags, WhatAParameterSaysIsUnknown) {
  const auto with = [](std::string_view value) {
    return fmt::format("Parameters: {{ Open: {{ Type: String }} }}\nResources:\n{}",
                       database(fmt::format(", PubliclyAccessible: {}", value)));
  };
  EXPECT_THAT(
      dangers(with("false"), with("!Ref Open")),
      ::testing::StartsWith("security-unknown `Db`: `PubliclyAccessible` was `false` and will be `Open`"));
  EXPECT_EQ(dangers(with("!Ref Open"), with("!Ref Open")), "");
}

TEST(DangerFlags, BlocksOfBucketsAndEncryption) {
  const std::string blocked =
      "  B: { Type: AWS::S3::Bucket, Properties: { PublicAccessBlockConfiguration: { BlockPublicAcls: true, "
      "BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true } } }\n";
  const std::string partly =
      "  B: { Type: AWS::S3::Bucket, Properties: { PublicAccessBlockConfiguration: { BlockPublicAcls: true, "
      "BlockPublicPolicy: false, IgnorePublicAcls: true, RestrictPublicBuckets: true } } }\n";
  EXPECT_EQ(dangers_of(blocked, partly),
            "security-widening `B`: `PublicAccessBlockConfiguration.BlockPublicPolicy` was `true` and will "
            "be `false`, so that it may become public\n");
  EXPECT_EQ(dangers_of("  T: { Type: AWS::SNS::Topic, Properties: { KmsMasterKeyId: a } }\n",
                       "  T: { Type: AWS::SNS::Topic, Properties: { KmsMasterKeyId: b } }\n"),
            "");
  EXPECT_THAT(dangers_of("  T: { Type: AWS::SNS::Topic, Properties: { KmsMasterKeyId: a } }\n",
                         "  T: { Type: AWS::SNS::Topic }\n"),
              ::testing::StartsWith("security-widening `T`: `KmsMasterKeyId` was `a` and will be `absent`, "
                                    "so that what it stores is not encrypted"));
}

TEST(DangerFlags, ListenersAndTls) {
  const std::string balancer =
      "  Lb: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { Scheme: internet-facing, "
      "Subnets: [subnet-1, subnet-2] } }\n";
  const auto listener = [&](std::string_view rest) {
    return balancer + fmt::format(
                          "  L: {{ Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {{ "
                          "LoadBalancerArn: !Ref Lb, {} }} }}\n",
                          rest);
  };
  const std::string redirect =
      "Protocol: HTTP, Port: 80, DefaultActions: [{ Type: redirect, RedirectConfig: { Protocol: HTTPS, "
      "StatusCode: HTTP_301 } }]";
  const std::string plain =
      "Protocol: HTTP, Port: 80, DefaultActions: [{ Type: forward, TargetGroupArn: t }]";
  const auto tls = [](std::string_view policy) {
    return fmt::format(
        "Protocol: HTTPS, Port: 443, SslPolicy: {}, DefaultActions: [{{ Type: forward, TargetGroupArn: t }}]",
        policy);
  };
  EXPECT_EQ(dangers_of(balancer, listener(redirect)), "");
  EXPECT_EQ(dangers_of(listener(redirect), listener(plain)),
            "security-widening `L` serves plain HTTP where it redirected\n");
  EXPECT_EQ(dangers_of(balancer, listener(plain)),
            "security-widening `L` is new, and serves plain HTTP on a balancer that the internet reaches\n");
  EXPECT_EQ(dangers_of(listener(tls("ELBSecurityPolicy-TLS13-1-2-2021-06")),
                       listener(tls("ELBSecurityPolicy-2016-08"))),
            "security-widening `L`: `SslPolicy` was `ELBSecurityPolicy-TLS13-1-2-2021-06` and will be "
            "`ELBSecurityPolicy-2016-08`, so that it accepts TLS 1.0\n");
  EXPECT_THAT(dangers_of(listener(tls("ELBSecurityPolicy-2016-08")),
                         listener(tls("ELBSecurityPolicy-TLS13-1-2-2021-06"))),
              ::testing::StartsWith("security-narrowing "));
  const auto rule = [](std::string_view type) {
    return fmt::format(
        "  R: {{ Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {{ ListenerArn: !Ref L, "
        "Priority: "
        "1, Conditions: [{{ Field: path-pattern, Values: [/a] }}], Actions: [{{ Type: {}, TargetGroupArn: t "
        "}}] "
        "}} }}\n",
        type);
  };
  EXPECT_EQ(dangers_of(listener(redirect), listener(redirect) + rule("forward")),
            "security-widening `R` serves plain HTTP on `L`, which the internet reaches\n");
  EXPECT_EQ(dangers_of(listener(redirect), listener(redirect) + rule("fixed-response")), "");
  EXPECT_EQ(dangers_of(listener(plain), listener(plain) + rule("forward")), "");
}

// ---------------------------------------------------------------- secrets

TEST(DangerSecrets, ThatBecomePlainText) {
  const std::string secret = database(
      ", MasterUsername: root, MasterUserPassword: '{{resolve:secretsmanager:db:SecretString:password}}'");
  const std::string plain = database(", MasterUsername: root, MasterUserPassword: swordfish");
  const std::string said = dangers_of(secret, plain);
  EXPECT_EQ(said,
            "security-widening `MasterUserPassword` of `Db` is a secret and will stand in plain text\n");
  EXPECT_EQ(dangers_of(plain, secret), "");
  const auto task = [](std::string_view lists) {
    return fmt::format(
        "  T: {{ Type: AWS::ECS::TaskDefinition, Properties: {{ Family: t, ContainerDefinitions: [{{ Name: "
        "web, Image: i, {} }}] }} }}\n",
        lists);
  };
  EXPECT_EQ(dangers_of(task("Secrets: [{ Name: PASSWORD, ValueFrom: a }]"),
                       task("Environment: [{ Name: PASSWORD, Value: b }]")),
            "security-widening `PASSWORD` was a secret of the container `web` in `T` and becomes a plain "
            "environment variable\n");
  EXPECT_EQ(dangers_of(task("Environment: [{ Name: HOST, Value: a }]"),
                       task("Environment: [{ Name: HOST, Value: b }]")),
            "");
}

TEST(DangerSecrets, ThatStandInTheTemplateFromNowOn) {
  const std::string by_aws = database(", MasterUsername: root, ManageMasterUserPassword: true");
  const std::string plain = database(", MasterUsername: root, MasterUserPassword: swordfish");
  EXPECT_EQ(dangers_of(by_aws, plain),
            "security-widening `MasterUserPassword` of `Db` is a secret and will stand in plain text\n");
  EXPECT_EQ(dangers_of(plain, database(", MasterUsername: root, MasterUserPassword: another")), "");
  const auto parameter = [](std::string_view rest) {
    return fmt::format("Parameters: {{ P: {{ Type: String, NoEcho: true{} }} }}\nResources:\n{}", rest,
                       kOther);
  };
  EXPECT_EQ(
      dangers(parameter(""), parameter(", Default: swordfish")),
      "security-widening the parameter `P` has `NoEcho` and gets a default, which stands in plain text\n");
  const auto build = [](std::string_view type) {
    return fmt::format(
        "  B: {{ Type: AWS::CodeBuild::Project, Properties: {{ ServiceRole: r, Source: {{ Type: NO_SOURCE "
        "}}, "
        "Artifacts: {{ Type: NO_ARTIFACTS }}, Environment: {{ Type: LINUX_CONTAINER, ComputeType: "
        "BUILD_GENERAL1_SMALL, Image: i, EnvironmentVariables: [{{ Name: KEY, Value: v{} }}] }} }} }}\n",
        type);
  };
  EXPECT_EQ(
      dangers_of(build(", Type: SECRETS_MANAGER"), build("")),
      "security-widening `Environment.EnvironmentVariables[KEY].Type` of `B` is a secret and will stand in "
      "plain text\n");
  EXPECT_EQ(dangers_of(build(""), build(", Type: SECRETS_MANAGER")), "");
}

// ---------------------------------------------------------------- exports

struct Stacks {
  explicit Stacks(std::initializer_list<std::pair<std::string_view, std::string_view>> stacks) {
    for (const auto& [name, text] : stacks) {
      read.push_back(std::make_unique<ReadSide>(text));
      read.back()->tmpl->stack_name = name;
      sides.push_back({.tmpl = read.back()->tmpl.get(), .parameters = {}});
    }
  }
  std::vector<std::unique_ptr<ReadSide>> read;
  std::vector<Side> sides;
};

std::string project_dangers(const Stacks& before, const Stacks& after) {
  const ProjectDiff diff = compare_all(before.sides, after.sides, schema::Schema::aws());
  std::string out;
  for (const StackDiff& stack : diff.stacks) {
    for (const Danger& d : stack.dangers) {
      if (d.kind == DangerKind::ExportInUse)
        out += fmt::format("{}: {}help {}\n", stack.name, lines_of({d}), d.help);
    }
  }
  return out;
}

constexpr std::string_view kExports = R"(Resources: { T: { Type: AWS::SNS::Topic } }
Outputs: { Topic: { Value: !Ref T, Export: { Name: !Sub "${AWS::StackName}-topic" } } }
)";
constexpr std::string_view kImports = R"(Parameters: { Base: { Type: String, Default: base } }
Resources: { S: { Type: AWS::SNS::Subscription, Properties: { Protocol: email, Endpoint: a@b.c, TopicArn: !ImportValue { "Fn::Sub": "${Base}-topic" } } } }
)";

TEST(DangerExports, ThatGoWhileTheyAreImported) {
  const std::string none = "Resources: { T: { Type: AWS::SNS::Topic } }\n";
  const std::string no_import = "Resources: { S: { Type: AWS::SNS::Topic } }\n";
  EXPECT_EQ(project_dangers(Stacks({{"base", kExports}, {"app", kImports}}),
                            Stacks({{"base", none}, {"app", kImports}})),
            "base: export-in-use the export `base-topic` goes while `app` imports it, which CloudFormation "
            "refuses\n"
            "  app imports it at S.TopicArn\n"
            "help in two steps: first deploy `app` without the import, then this stack without the export\n");
  EXPECT_EQ(project_dangers(Stacks({{"base", kExports}, {"app", kImports}}),
                            Stacks({{"base", none}, {"app", no_import}})),
            "base: export-in-use (mild) the export `base-topic` goes while `app` imports it, which "
            "CloudFormation refuses\n"
            "  app imports it at S.TopicArn, and no longer will\n"
            "help in two steps: first deploy `app`, which no longer imports it, then this stack\n");
  EXPECT_EQ(project_dangers(Stacks({{"base", kExports}, {"app", no_import}}),
                            Stacks({{"base", none}, {"app", no_import}})),
            "");
}

TEST(DangerExports, WhoseValueChangesWhileTheyAreImported) {
  const std::string replaced = R"(Resources: { T: { Type: AWS::SNS::Topic, Properties: { FifoTopic: true } } }
Outputs: { Topic: { Value: !Ref T, Export: { Name: !Sub "${AWS::StackName}-topic" } } }
)";
  EXPECT_THAT(project_dangers(Stacks({{"base", kExports}, {"app", kImports}}),
                              Stacks({{"base", replaced}, {"app", kImports}})),
              ::testing::StartsWith(
                  "base: export-in-use the value of the export `base-topic` changes while `app` imports it"));
  EXPECT_EQ(project_dangers(Stacks({{"base", kExports}, {"app", kImports}}),
                            Stacks({{"base", kExports}, {"app", kImports}})),
            "");
}

// ---------------------------------------------------------------- limits

TEST(DangerQuotas, ThatComeNear) {
  const auto topics = [](int count) {
    std::string out;
    for (int i = 0; i < count; ++i) out += fmt::format("  T{}: {{ Type: AWS::SNS::Topic }}\n", i);
    return out;
  };
  EXPECT_EQ(dangers_of(topics(399), topics(400)),
            "quota 400 resources of the 500 that AWS accepts; there were 399\n");
  EXPECT_EQ(dangers_of(topics(398), topics(399)), "");
  EXPECT_EQ(dangers_of(topics(450), topics(440)), "");
  EXPECT_EQ(dangers_of(topics(500), topics(501)),
            "quota 501 resources, more than the 500 that AWS accepts; there were 500\n");
}

TEST(DangerQuotas, LengthsOfTexts) {
  const auto function = [](std::size_t length, std::string_view more) {
    return fmt::format(
        "  F: {{ Type: AWS::Lambda::Function, Properties: {{ Code: {{ ZipFile: x }}, Role: r, Environment: "
        "{{ "
        "Variables: {{ A: {}{} }} }} }} }}\n",
        std::string(length, 'a'), more);
  };
  // {"A":"…"}
  EXPECT_EQ(dangers_of(function(3000, ""), function(3268, "")), "");
  EXPECT_EQ(dangers_of(function(3000, ""), function(3269, "")),
            "quota 3277 bytes of environment of `F` of the 4096 that AWS accepts; there were 3008\n");
  EXPECT_EQ(dangers_of(function(3600, ""), function(3500, "")), "");
  // What only a deployment knows counts nothing.
  EXPECT_EQ(dangers_of(function(3000, ""), function(3260, ", B: !Ref 'AWS::Region'")), "");
}

}  // namespace
}  // namespace stackc::diff

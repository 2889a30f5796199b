// Every number of CloudFormation's limits, and of the services' that the checks know: nothing at the limit, the
// finding one past it. Limits that no template shows have no row: nested stacks in one operation (2,500 resources in
// all, whose templates stand elsewhere), the answer of a custom resource and the data of `cfn-signal` (4,096 bytes
// each, made at deployment), stacks in one refactoring (2 to 5), and what stack sets refuse.

#include <gtest/gtest.h>

#include <set>

#include "compiler/analysis/analysis.hpp"
#include "compiler/diag/registry.hpp"
#include "compiler/import/import.hpp"
#include "compiler/modules/modules.hpp"

namespace stackc {
namespace {

using Numbers = std::set<std::string>;

Numbers numbers_of(const Sink& sink) {
  Numbers out;
  for (const Diagnostic& d : sink.all()) {
    if (d.code != Code::QuotaNear) out.insert(std::string(info(d.code).number));
  }
  return out;
}

Numbers check(const std::string& text) {
  SourceMap sources;
  Sink sink;
  const auto document = cfn::read_document(sources.add("t.yaml", text), sources, sink);
  const auto t = document == nullptr ? nullptr : cfn::read_template(*document, sink);
  if (t != nullptr) {
    analysis::analyse(*t, sink);
    analysis::check_template(*t, schema::Schema::aws(), sink);
  }
  return numbers_of(sink);
}

/// `each(0)`, `each(1)` …, `count` of them, with `between`.
template <class Each>
std::string times(int count, std::string_view between, Each each) {
  std::string out;
  for (int i = 0; i < count; ++i) out += (i == 0 ? std::string() : std::string(between)) + each(std::to_string(i));
  return out;
}
std::string letters(int count) { return std::string(static_cast<std::size_t>(count), 'a'); }

const std::string kTopic = "Resources:\n  R:\n    Type: AWS::SNS::Topic\n";

/// `C`, which an output needs.
const std::string kUsedCondition =
    "Conditions:\n  C: !Equals [!Ref AWS::Region, b]\nOutputs:\n  O: { Condition: C, Value: a }\n";

/// A topic whose name is `value`, below what `head` holds.
Numbers named(const std::string& value, const std::string& head = "") {
  return check(head + kTopic + "    Properties:\n      TopicName: " + value + "\n");
}
Numbers resource(const std::string& type, const std::string& properties) {
  return check("Resources:\n  R:\n    Type: " + type + "\n    Properties: {" + properties + "}\n");
}
Numbers condition(const std::string& value) {
  return check("Conditions:\n  C: !Equals [!Ref AWS::Region, b]\n  D: " + value + "\n" + kTopic + "    Condition: D\n  S:\n" +
               "    Type: AWS::SNS::Topic\n    Condition: C\n");
}
std::string conditions(int n) { return times(n, ", ", [](const std::string&) { return "!Condition C"; }); }
std::string texts(int n) { return times(n, ", ", [](const std::string& i) { return "a" + i; }); }

Numbers mapping(const std::string& row, const std::string& column) {
  return named("!FindInMap [M, " + row + ", " + column + "]", "Mappings:\n  M:\n    " + row + ": { " + column + ": v }\n");
}

/// A policy whose JSON has `size` characters without spaces.
std::string policy(int size) {
  constexpr std::string_view kRest =
      R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":""}]})";
  return "{ Version: '2012-10-17', Statement: [{ Effect: Allow, Action: '*', Resource: '" +
         letters(size - static_cast<int>(kRest.size())) + "' }] }";
}
std::string inline_policies(int size) {
  return "Policies: [{ PolicyName: a, PolicyDocument: " + policy(1000) + " }, { PolicyName: b, PolicyDocument: " +
         policy(size - 1000) + " }]";
}
std::string trusting(const std::string& more) {
  return "AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Action: 'sts:AssumeRole', "
         "Principal: { Service: ec2.amazonaws.com } }] }, " + more;
}

std::string ids(int n, const std::string& prefix) {
  return times(n, ", ", [&](const std::string& i) { return prefix + std::string(17 - i.size(), '0') + i; });
}
Numbers network(int subnets, int groups) {
  return resource("AWS::ECS::Service", "TaskDefinition: a, NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [" +
                                           ids(subnets, "subnet-") + "], SecurityGroups: [" + ids(groups, "sg-") + "] } }");
}
Numbers task(const std::string& more) {
  return resource("AWS::ECS::TaskDefinition", "ContainerDefinitions: [{ Name: a, Image: b }], " + more);
}
Numbers container(const std::string& more, int n) {
  return resource("AWS::ECS::TaskDefinition",
                  "ContainerDefinitions: [{ Name: a, Image: b, " + more + std::to_string(n) + (more.find('{') == std::string::npos ? "" : " }") + " }]");
}
Numbers health(const std::string& key, int n) { return container("HealthCheck: { Command: [CMD], " + key + ": ", n); }
Numbers group(const std::string& direction, int n) {
  const std::string rules = times(n, ", ", [](const std::string& i) {
    return "{ IpProtocol: tcp, FromPort: " + i + ", ToPort: " + i + ", CidrIp: 10.0.0.0/8 }";
  });
  return resource("AWS::EC2::SecurityGroup", "GroupDescription: a, VpcId: !ImportValue V, " + direction + ": [" + rules + "]");
}
Numbers balancer(const std::string& more, int n) {
  return resource("AWS::ElasticLoadBalancingV2::LoadBalancer", more + "Subnets: [" + ids(n, "subnet-") + "]");
}
Numbers cidr(int count, int bits) {
  return named("!Select [0, !Cidr [10.0.0.0/8, " + std::to_string(count) + ", " + std::to_string(bits) + "]]");
}
Numbers body(int bytes) {
  ir::Template t;
  Sink sink;
  analysis::check_body_size(t, static_cast<std::size_t>(bytes), sink);
  return numbers_of(sink);
}
Numbers stack_name(int n) {
  MemoryFileSystem fs;
  fs.files["a.stack"] = "stack \"" + letters(n) + "\"\n";
  SourceMap sources;
  Sink sink;
  load_modules({"a.stack"}, fs, sources, sink);
  return numbers_of(sink);
}

struct Row {
  const char* what;
  int least, most;  // least: -1 when nothing is too little
  Numbers (*find)(int);
  const char* code;  // past either of them
};

const Row kRows[] = {
    {"resources", -1, 500, [](int n) { return check("Resources:\n" + times(n, "", [](const std::string& i) {
       return "  R" + i + ": { Type: AWS::SNS::Topic }\n"; })); }, "E0711"},
    {"parameters", -1, 200, [](int n) { return named("!Join ['', [" + times(n, ", ", [](const std::string& i) {
       return "!Ref P" + i; }) + "]]", "Parameters:\n" + times(n, "", [](const std::string& i) {
       return "  P" + i + ": { Type: String }\n"; })); }, "E0711"},
    {"outputs", -1, 200, [](int n) { return check(kTopic + "Outputs:\n" + times(n, "", [](const std::string& i) {
       return "  O" + i + ": { Value: !Ref R }\n"; })); }, "E0711"},
    {"mappings", -1, 200, [](int n) { return named("!Join ['', [" + times(n, ", ", [](const std::string& i) {
       return "!FindInMap [M" + i + ", a, b]"; }) + "]]", "Mappings:\n" + times(n, "", [](const std::string& i) {
       return "  M" + i + ": { a: { b: c } }\n"; })); }, "E0711"},
    {"keys of a mapping", -1, 200, [](int n) { return named("!FindInMap [M, a0, b]", "Mappings:\n  M:\n" +
       times(n, "", [](const std::string& i) { return "    a" + i + ": { b: c }\n"; })); }, "E0711"},
    {"attributes of a mapping", -1, 200, [](int n) { return named("!FindInMap [M, a, b0]", "Mappings:\n  M:\n    a:\n" +
       times(n, "", [](const std::string& i) { return "      b" + i + ": c\n"; })); }, "E0711"},
    {"name of a parameter", 1, 255, [](int n) { return named("!Ref '" + letters(n) + "'", "Parameters:\n  '" +
       letters(n) + "': { Type: String }\n"); }, "E0706"},
    {"name of a resource", 1, 255, [](int n) { return check("Resources:\n  '" + letters(n) + "': { Type: AWS::SNS::Topic }\n"); },
     "E0706"},
    {"name of an output", 1, 255, [](int n) { return check(kTopic + "Outputs:\n  '" + letters(n) + "': { Value: a }\n"); },
     "E0706"},
    {"name of a mapping", 1, 255, [](int n) { return named("!FindInMap ['" + letters(n) + "', a, b]", "Mappings:\n  '" +
       letters(n) + "': { a: { b: c } }\n"); }, "E0706"},
    {"name of a condition", 1, 255, [](int n) { return check("Conditions:\n  '" + letters(n) +
       "': !Equals [!Ref AWS::Region, b]\n" + kTopic + "    Condition: '" + letters(n) + "'\n"); }, "E0706"},
    {"name of a key of a mapping", -1, 255, [](int n) { return mapping(letters(n), "b"); }, "E0711"},
    {"name of an attribute of a mapping", -1, 255, [](int n) { return mapping("a", letters(n)); }, "E0711"},
    {"value of a parameter", -1, 4096, [](int n) { return named("!Ref P", "Parameters:\n  P: { Type: String, Default: " +
       letters(n) + " }\n"); }, "E0711"},
    {"description", -1, 1024, [](int n) { return check("Description: " + letters(n) + "\n" + kTopic); }, "E0711"},
    {"description of an output", -1, 1024, [](int n) { return check(kTopic + "Outputs:\n  O: { Value: !Ref R, Description: " +
       letters(n) + " }\n"); }, "E0711"},
    {"description of a parameter", -1, 4000, [](int n) { return named("!Ref P",
       "Parameters:\n  P: { Type: String, Description: " + letters(n) + " }\n"); }, "E0711"},
    {"body in a request", -1, 51'200, body, "W1113"},
    {"dynamic references", -1, 60, [](int n) { return resource("AWS::SNS::Topic", "DisplayName: '" +
       times(n, "", [](const std::string& i) { return "{{resolve:ssm:/a" + i + ":1}}"; }) + "'"); }, "E0711"},
    {"name of a stack", -1, 128, stack_name, "E0356"},
    {"operands of And", 2, 10, [](int n) { return condition("!And [" + conditions(n) + "]"); }, "E0715"},
    {"operands of Or", 2, 10, [](int n) { return condition("!Or [" + conditions(n) + "]"); }, "E0715"},
    {"operands of Not", 1, 1, [](int n) { return condition("!Not [" + conditions(n) + "]"); }, "E0715"},
    {"operands of Equals", 2, 2, [](int n) { return condition("!Equals [" + texts(n) + "]"); }, "E0715"},
    {"arguments of If", 3, 3, [](int n) { return named("!If [C" + times(n - 1, "", [](const std::string& i) {
       return ", a" + i; }) + "]", kUsedCondition); }, "E0715"},
    {"arguments of FindInMap", 3, 4, [](int n) { return check("Mappings:\n  M: { a: { b: c } }\n" + kTopic +
       "    Properties:\n      TopicName: !FindInMap [M, a, b]\n      DisplayName: !FindInMap [M, a" +
       times(n - 2, "", [](const std::string& i) {
       return std::string(i == "0" ? ", b" : i == "1" ? ", { DefaultValue: a }" : ", c"); }) + "]\n"); }, "E0715"},
    {"blocks of Cidr", 1, 256, [](int n) { return cidr(n, 8); }, "E0711"},
    {"bits of Cidr", 1, 128, [](int n) { return cidr(4, n); }, "E0711"},
    {"index of Select", 0, 1, [](int n) { return named("!Select [" + std::to_string(n) + ", [a, b]]"); }, "E0715"},
    {"rules of a group, inwards", -1, 60, [](int n) { return group("SecurityGroupIngress", n); }, "W0206"},
    {"rules of a group, outwards", -1, 60, [](int n) { return group("SecurityGroupEgress", n); }, "W0206"},
    {"name of a load balancer", -1, 32, [](int n) { return resource("AWS::ElasticLoadBalancingV2::LoadBalancer",
       "Name: " + letters(n)); }, "W0206"},
    {"name of a target group", -1, 32, [](int n) { return resource("AWS::ElasticLoadBalancingV2::TargetGroup",
       "Name: " + letters(n)); }, "W0206"},
    {"containers of a task", 1, 10, [](int n) { return resource("AWS::ECS::TaskDefinition", "ContainerDefinitions: [" +
       times(n, ", ", [](const std::string& i) { return "{ Name: c" + i + ", Image: i }"; }) + "]"); }, "W0206"},
    {"subnets of a service", -1, 16, [](int n) { return network(n, 5); }, "W0206"},
    {"security groups of a service", -1, 5, [](int n) { return network(16, n); }, "W0206"},
    {"ephemeral storage", 21, 200, [](int n) { return task("EphemeralStorage: { SizeInGiB: " + std::to_string(n) + " }"); },
     "W0206"},
    {"processor units of a task", 128, 196'608, [](int n) { return task("Cpu: " + std::to_string(n)); }, "W0206"},
    {"interval of a health check", 5, 300, [](int n) { return health("Interval", n); }, "W0206"},
    {"timeout of a health check", 2, 60, [](int n) { return health("Timeout", n); }, "W0206"},
    {"retries of a health check", 1, 10, [](int n) { return health("Retries", n); }, "W0206"},
    {"start of a health check", 0, 300, [](int n) { return health("StartPeriod", n); }, "W0206"},
    {"restarts", 60, 1800, [](int n) { return container("RestartPolicy: { Enabled: true, RestartAttemptPeriod: ", n); }, "W0206"},
    {"stop timeout", 0, 120, [](int n) { return container("StopTimeout: ", n); }, "W0206"},
    {"managed policy", -1, 6144, [](int n) { return resource("AWS::IAM::ManagedPolicy", "PolicyDocument: " + policy(n)); },
     "W0206"},
    {"policies of a role", -1, 10'240, [](int n) { return resource("AWS::IAM::Role", trusting(inline_policies(n))); }, "W0206"},
    {"policies of a group", -1, 5120, [](int n) { return resource("AWS::IAM::Group", inline_policies(n)); }, "W0206"},
    {"policies of a user", -1, 2048, [](int n) { return resource("AWS::IAM::User", inline_policies(n)); }, "W0206"},
    {"policy of its own", -1, 10'240, [](int n) { return resource("AWS::IAM::Policy",
       "PolicyName: a, Roles: [b], PolicyDocument: " + policy(n)); }, "W0206"},
};

class Limits : public ::testing::TestWithParam<Row> {};

TEST_P(Limits, NothingAtTheLimitAndTheFindingPastIt) {
  const Row& row = GetParam();
  EXPECT_EQ(row.find(row.most), Numbers{});
  EXPECT_EQ(row.find(row.most + 1), Numbers{row.code});
  if (row.least < 0) return;
  EXPECT_EQ(row.find(row.least), Numbers{});
  EXPECT_EQ(row.find(row.least - 1), Numbers{row.code});
}

INSTANTIATE_TEST_SUITE_P(All, Limits, ::testing::ValuesIn(kRows), [](const auto& row) {
  std::string name = row.param.what;
  for (char& ch : name) ch = ch == ' ' || ch == ',' ? '_' : ch;
  return name;
});

TEST(LimitsOfTemplates, BodyThroughABucket) {
  EXPECT_EQ(body(1'000'000), Numbers{});
  EXPECT_EQ(body(1'000'001), Numbers{"E0711"});
}

TEST(LimitsOfTemplates, DescriptionsOfParametersCountCharacters) {
  const std::string wide = times(4000, "", [](const std::string&) { return "ä"; });
  EXPECT_EQ(named("!Ref P", "Parameters:\n  P: { Type: String, Description: " + wide + " }\n"), Numbers{});
}

TEST(LimitsOfTemplates, CharactersOfNames) {
  EXPECT_EQ(mapping("eu-west-1.a", "b"), Numbers{});
  EXPECT_EQ(mapping("a_b", "b"), Numbers{"W0206"});
  EXPECT_EQ(mapping("a/b", "b"), Numbers{"W0206"});
  EXPECT_EQ(mapping("a", "B1"), Numbers{});
  EXPECT_EQ(mapping("a", "b-c"), Numbers{"W0206"});
  EXPECT_EQ(mapping("a", "b_c"), Numbers{"W0206"});
}

TEST(LimitsOfTemplates, SubnetsOfLoadBalancers) {
  EXPECT_EQ(balancer("", 2), Numbers{});
  EXPECT_EQ(balancer("", 1), Numbers{"W0206"});
  EXPECT_EQ(balancer("Type: application, ", 1), Numbers{"W0206"});
  EXPECT_EQ(balancer("Type: network, ", 1), Numbers{});
  EXPECT_EQ(balancer("Type: !Ref AWS::Region, ", 1), Numbers{});
}

}  // namespace
}  // namespace stackc

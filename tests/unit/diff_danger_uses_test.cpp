// Other roles and security groups than before; what a condition or a mapping says.

#include "tests/unit/diff_danger_support.hpp"

namespace stackc::diff {
namespace {

std::string role(std::string_view id, std::string_view action) {
  return fmt::format(
      "  {}: {{ Type: AWS::IAM::Role, Properties: {{ AssumeRolePolicyDocument: {{ Statement: [] }}, "
      "Policies: [{{ "
      "PolicyName: p, PolicyDocument: {{ Statement: {{ Effect: Allow, Action: '{}', Resource: '*' }} }} }}] "
      "}} }}\n",
      id, action);
}
std::string function(std::string_view with) {
  return fmt::format(
      "{}{}  F: {{ Type: AWS::Lambda::Function, Properties: {{ Code: {{ ZipFile: x }}, Role: {}, "
      "Environment: {{ "
      "Variables: {{ Role: a }} }} }} }}\n",
      role("Reads", "s3:Get*"), role("Writes", "s3:*"), with);
}

TEST(DangerUses, AnotherRole) {
  EXPECT_EQ(dangers_of(function("!GetAtt Reads.Arn"), function("!GetAtt Writes.Arn")),
            "security-widening `F` has the role `Writes` instead of `Reads`, and may do more\n"
            "  + allow s3:* on *\n");
  EXPECT_EQ(dangers_of(function("!GetAtt Writes.Arn"), function("!GetAtt Reads.Arn")),
            "security-narrowing `F` has the role `Reads` instead of `Writes`, and may do less\n"
            "  - allow s3:* on *\n");
  EXPECT_EQ(
      dangers_of(function("!GetAtt Reads.Arn"), function("'arn:aws:iam::111122223333:role/other'")),
      "security-unknown `F` has the role `arn:aws:iam::111122223333:role/other` instead of `Reads`, and the "
      "templates do not say whether it may do more\n");
  EXPECT_EQ(dangers_of(function("!GetAtt Reads.Arn"), function("!Sub '${Reads.Arn}'")), "");
}

std::string group(std::string_view id, std::string_view source) {
  return fmt::format(
      "  {}: {{ Type: AWS::EC2::SecurityGroup, Properties: {{ GroupDescription: g, SecurityGroupIngress: [{{ "
      "IpProtocol: tcp, FromPort: 443, ToPort: 443, {} }}] }} }}\n",
      id, source);
}
std::string instance(std::string_view groups) {
  return fmt::format(
      "{}{}{}  I: {{ Type: AWS::EC2::Instance, Properties: {{ ImageId: ami-1, SecurityGroupIds: [{}] }} }}\n",
      group("Inner", "CidrIp: 10.0.0.0/8"), group("Outer", "CidrIp: 0.0.0.0/0"),
      group("Db", "SourceSecurityGroupId: !GetAtt Outer.GroupId"), groups);
}

TEST(DangerUses, OtherSecurityGroups) {
  const std::string inner = instance("!GetAtt Inner.GroupId"), outer = instance("!Ref Outer");
  EXPECT_EQ(dangers_of(inner, outer),
            "security-widening `I` has the security group `Outer` instead of `Inner`, so that more reaches "
            "it or is "
            "reached\n"
            "  + 0.0.0.0/0 tcp 443 except 10.0.0.0/8 tcp 443\n"
            "  + Db, which lets it in on tcp 443\n");
  EXPECT_THAT(dangers_of(outer, inner),
              ::testing::StartsWith("security-narrowing `I` has the security group `Inner`"));
  EXPECT_EQ(dangers_of(inner, instance("!GetAtt Inner.GroupId, sg-1")),
            "security-unknown `I` gets the security group `sg-1`, and the templates do not say whether more "
            "reaches "
            "it\n");
  EXPECT_EQ(
      dangers_of(instance("!GetAtt Inner.GroupId, sg-1"), inner),
      "security-narrowing `I` loses the security group `sg-1`, so that less reaches it or is reached\n");
  EXPECT_EQ(dangers_of(instance("sg-1, !Ref Inner"), instance("!GetAtt Inner.GroupId, sg-1")), "");
}

std::string queue(std::string_view effect, std::string_view who) {
  return fmt::format(
      "  Q: {{ Type: AWS::SQS::Queue }}\n  P: {{ Type: AWS::SQS::QueuePolicy, Properties: {{ Queues: [!Ref "
      "Q], "
      "PolicyDocument: {{ Statement: {{ Effect: {}, {}, Action: 'sqs:*', Resource: '*' }} }} }} }}\n",
      effect, who);
}

TEST(DangerPrincipals, ThoseThatAreLeftOut) {
  constexpr std::string_view kOne = "NotPrincipal: { AWS: ['arn:aws:iam::111122223333:role/a'] }",
                             kTwo =
                                 "NotPrincipal: { AWS: ['arn:aws:iam::111122223333:role/a', "
                                 "'arn:aws:iam::111122223333:role/b'] }";
  EXPECT_THAT(dangers_of(queue("Deny", kOne), queue("Deny", kTwo)),
              ::testing::StartsWith("security-widening "));
  EXPECT_THAT(dangers_of(queue("Deny", kTwo), queue("Deny", kOne)),
              ::testing::StartsWith("security-narrowing "));
  EXPECT_THAT(dangers_of(queue("Allow", kOne), queue("Allow", kTwo)),
              ::testing::StartsWith("security-narrowing "));
  EXPECT_THAT(dangers_of(queue("Allow", kTwo), queue("Allow", kOne)),
              ::testing::StartsWith("security-widening "));
  EXPECT_THAT(dangers_of(queue("Allow", kTwo),
                         queue("Allow", "Principal: { AWS: 'arn:aws:iam::111122223333:role/c' }")),
              ::testing::StartsWith("security-narrowing "));
  EXPECT_THAT(dangers_of(queue("Allow", kTwo),
                         queue("Allow", "Principal: { AWS: 'arn:aws:iam::111122223333:role/a' }")),
              ::testing::StartsWith("security-widening "));
  // An account has roles: whether the one that is left out is in it, another policy says.
  EXPECT_THAT(dangers_of(queue("Allow", kOne), queue("Allow", "Principal: { AWS: '111122223333' }")),
              ::testing::StartsWith("security-unknown "));
}

/// Conditions are the same when what they compare is: not when only its name is.
TEST(DangerSound, AMappingThatChangesIsAnotherCondition) {
  const auto with = [](std::string_view zone, std::string_view block) {
    return fmt::format(R"(Parameters: {{ Stage: {{ Type: String }} }}
Mappings: {{ M: {{ a: {{ Open: "{}" }}, b: {{ Open: "no" }} }} }}
Conditions: {{ IsOpen: !Equals [!FindInMap [M, !Ref Stage, Open], "yes"] }}
Resources:
  G:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: {}
      SecurityGroupIngress:
        - !If [IsOpen, {{ IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0 }}, !Ref AWS::NoValue]
)",
                       zone, block);
  };
  EXPECT_THAT(dangers(with("no", "g"), with("yes", "g")),
              ::testing::Not(::testing::StartsWith("security-narrowing")));
  EXPECT_NE(dangers(with("no", "g"), with("yes", "g")), "");
  EXPECT_EQ(dangers(with("no", "g"), with("no", "other")), "");
}

/// `A == B` does not say that `A` is not `"x"`.
TEST(DangerSound, ParametersThatAreEqualMayBeAnything) {
  const auto with = [](std::string_view condition) {
    return fmt::format(R"(Parameters: {{ A: {{ Type: String }}, B: {{ Type: String }} }}
Conditions: {{ Same: !Equals [!Ref A, !Ref B], X: !Equals [!Ref A, x] }}
Resources:
  G:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: g
      SecurityGroupIngress:
        - !If [Same, {{ IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0 }}, !Ref AWS::NoValue]
        - !If [Same, !If [X, {{ IpProtocol: tcp, FromPort: {}, ToPort: 80, CidrIp: 10.0.0.0/8 }}, !Ref AWS::NoValue], !Ref AWS::NoValue]
)",
                       condition);
  };
  EXPECT_THAT(dangers(with("80"), with("79")), ::testing::StartsWith("security-widening `G` lets more in\n"));
}

}  // namespace
}  // namespace stackc::diff

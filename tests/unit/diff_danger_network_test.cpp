// Security groups by what they let through.

#include "tests/unit/diff_danger_support.hpp"

namespace stackc::diff {
namespace {

std::string group(std::string_view ingress, std::string_view egress = "") {
  return fmt::format(R"(Parameters:
  Office: {{ Type: String }}
  Open: {{ Type: String, Default: "no" }}
Conditions:
  IsOpen: !Equals [!Ref Open, "yes"]
Resources:
  Bastion: {{ Type: AWS::EC2::SecurityGroup, Properties: {{ GroupDescription: b }} }}
  Web: {{ Type: AWS::EC2::SecurityGroup, Properties: {{ GroupDescription: w }} }}
  Db:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: d
      SecurityGroupIngress: [{}]
{}{}
)",
                     ingress, egress.empty() ? "" : "      SecurityGroupEgress: ", egress);
}
std::string change(std::string_view before, std::string_view after) {
  return dangers(group(before), group(after));
}
std::string cidr(std::string_view block, int from, int to) {
  return fmt::format("{{ IpProtocol: tcp, FromPort: {}, ToPort: {}, {}: '{}' }}", from, to,
                     block.find(':') == std::string_view::npos ? "CidrIp" : "CidrIpv6", block);
}
constexpr std::string_view kFromWeb =
    "{ IpProtocol: tcp, FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: !Ref Web }";
constexpr std::string_view kFromBastion =
    "{ IpProtocol: tcp, FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: !GetAtt Bastion.GroupId }";
constexpr std::string_view kFromOffice =
    "{ IpProtocol: tcp, FromPort: 5432, ToPort: 5432, CidrIp: !Ref Office }";

TEST(DangerGroups, MoreAddressesAreMore) {
  EXPECT_EQ(change(kFromWeb, std::string(kFromWeb) + ", " + cidr("0.0.0.0/0", 22, 22)),
            "security-widening `Db` lets everybody in on tcp 22\n"
            "  + 0.0.0.0/0 tcp 22\n");
  EXPECT_EQ(change(cidr("10.0.0.0/9", 22, 22), cidr("10.0.0.0/8", 22, 22)),
            "security-widening `Db` lets more in\n"
            "  + 10.128.0.0/9 tcp 22\n");
  EXPECT_EQ(change(cidr("10.0.0.0/8", 80, 443), cidr("10.0.0.0/8", 80, 444)),
            "security-widening `Db` lets more in\n"
            "  + 10.0.0.0/8 tcp 444\n");
}

TEST(DangerGroups, FewerAreLess) {
  EXPECT_EQ(change(cidr("10.0.0.0/8", 0, 65535), cidr("10.1.0.0/16", 443, 443)),
            "security-narrowing `Db` lets less in\n"
            "  - 10.0.0.0/8 tcp except 10.1.0.0/16 tcp 443\n");
  EXPECT_EQ(change(cidr("::/0", 22, 22), cidr("2001:db8::/32", 22, 22)).substr(0, 36),
            "security-narrowing `Db` lets less in");
}

TEST(DangerGroups, TheSameSetsWrittenDifferently) {
  EXPECT_EQ(
      change(cidr("10.0.0.0/9", 80, 80) + ", " + cidr("10.128.0.0/9", 80, 80), cidr("10.0.0.0/8", 80, 80)),
      "");
  EXPECT_EQ(
      change(cidr("10.0.0.0/8", 80, 81), cidr("10.0.0.0/8", 81, 81) + ", " + cidr("10.0.0.0/8", 80, 80)), "");
  EXPECT_EQ(change(kFromWeb,
                   "{ IpProtocol: '6', FromPort: '5432', ToPort: 5432, SourceSecurityGroupId: !GetAtt "
                   "Web.GroupId, Description: x }"),
            "");
  EXPECT_EQ(change(cidr("10.0.0.0/8", 80, 80),
                   "!If [IsOpen, " + cidr("10.0.0.0/8", 80, 80) + ", " + cidr("10.0.0.0/8", 80, 80) + "]"),
            "");
}

TEST(DangerGroups, GroupsAreToldApart) {
  EXPECT_EQ(change(kFromWeb, kFromBastion),
            "security-widening `Db` lets more in\n"
            "  + Bastion.GroupId tcp 5432\n"
            "  - Web.GroupId tcp 5432\n");
}

TEST(DangerGroups, NamesMayStandForWhatWasThere) {
  EXPECT_EQ(change(cidr("10.0.0.0/8", 5432, 5432), kFromOffice),
            "security-unknown what `Db` lets in changes, and the templates do not say whether it is more\n"
            "  + Office tcp 5432\n"
            "  - 10.0.0.0/8 tcp 5432\n");
  EXPECT_EQ(change(cidr("0.0.0.0/0", 5432, 5432), kFromOffice),
            "security-narrowing `Db` lets less in\n"
            "  - 0.0.0.0/0 tcp 5432\n");
  EXPECT_EQ(change(kFromOffice, cidr("0.0.0.0/0", 5432, 5432)),
            "security-widening `Db` lets everybody in on tcp 5432\n"
            "  + 0.0.0.0/0 tcp 5432\n");
  EXPECT_EQ(change(kFromWeb, std::string(kFromWeb) + ", " + std::string(kFromOffice)),
            "security-widening `Db` lets more in\n"
            "  + Office tcp 5432\n");
  EXPECT_EQ(change(cidr("0.0.0.0/0", 5432, 5432) + ", " + cidr("::/0", 5432, 5432), kFromWeb),
            "security-narrowing `Db` lets less in\n"
            "  - 0.0.0.0/0 tcp 5432\n"
            "  - ::/0 tcp 5432\n");
}

TEST(DangerGroups, ConditionsAndFunctions) {
  EXPECT_EQ(change(kFromWeb, std::string(kFromWeb) + ", !If [IsOpen, " + cidr("0.0.0.0/0", 22, 22) +
                                 ", !Ref 'AWS::NoValue']"),
            "security-widening `Db` lets more in\n"
            "  + 0.0.0.0/0 tcp 22 [when Open == \"yes\"]\n");
  EXPECT_EQ(change(kFromWeb, "!Transform { Name: Macro, Parameters: { a: b } }").substr(0, 17),
            "security-unknown ");
}

TEST(DangerGroups, OutgoingRules) {
  EXPECT_EQ(dangers(group(kFromWeb), group(kFromWeb, "[" + cidr("0.0.0.0/0", 443, 443) + "]")).substr(0, 39),
            "security-narrowing `Db` lets less out\n ");
  EXPECT_EQ(
      dangers(group(kFromWeb),
              group(kFromWeb,
                    "[{ IpProtocol: '-1', CidrIp: 0.0.0.0/0 }, { IpProtocol: '-1', CidrIpv6: '::/0' }]")),
      "");
  // When the last one goes, AWS adds none.
  EXPECT_EQ(dangers(group(kFromWeb, "[" + cidr("0.0.0.0/0", 443, 443) + "]"), group(kFromWeb)),
            "security-narrowing `Db` lets less out\n"
            "  - 0.0.0.0/0 tcp 443\n");
}

TEST(DangerGroups, RulesBesideTheGroup) {
  const std::string base = "  Db: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: d } }\n";
  const std::string inside =
      "  Db: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: d, SecurityGroupIngress: [{ "
      "IpProtocol: icmp, FromPort: 8, ToPort: -1, CidrIp: 0.0.0.0/0 }] } }\n";
  const std::string beside =
      "  Rule: { Type: AWS::EC2::SecurityGroupIngress, Properties: { GroupId: !GetAtt Db.GroupId, "
      "IpProtocol: icmp, FromPort: 8, ToPort: -1, CidrIp: 0.0.0.0/0 } }\n";
  EXPECT_EQ(dangers_of(base, base + beside),
            "security-widening `Db` lets everybody in on icmp type 8\n"
            "  + 0.0.0.0/0 icmp type 8\n");
  EXPECT_EQ(dangers_of(inside, base + beside), "");
  EXPECT_EQ(dangers_of(base + beside, base),
            "security-narrowing `Db` lets less in\n"
            "  - 0.0.0.0/0 icmp type 8\n");
  const std::string elsewhere =
      "  Rule: { Type: AWS::EC2::SecurityGroupIngress, Properties: { GroupId: sg-1, IpProtocol: tcp, "
      "FromPort: 22, ToPort: 22, CidrIp: 10.0.0.0/8 } }\n";
  EXPECT_EQ(dangers_of(base, base + elsewhere),
            "security-widening `sg-1` lets more in\n"
            "  + 10.0.0.0/8 tcp 22\n");
}

TEST(DangerGroups, NewOnesWhenTheInternetComesIn) {
  const std::string other = "  Q: { Type: AWS::SQS::Queue }\n";
  const auto made = [&](std::string_view block) {
    return other + fmt::format(
                       "  Db: {{ Type: AWS::EC2::SecurityGroup, Properties: {{ GroupDescription: d, "
                       "SecurityGroupIngress: [{}] }} }}\n",
                       cidr(block, 443, 443));
  };
  EXPECT_EQ(dangers_of(other, made("0.0.0.0/0")),
            "security-widening `Db` is new, and lets in public addresses\n"
            "  + 0.0.0.0/0 tcp 443\n");
  EXPECT_EQ(dangers_of(other, made("10.0.0.0/8")), "");
  EXPECT_EQ(dangers_of(made("0.0.0.0/0"), other), "");
}

}  // namespace
}  // namespace stackc::diff

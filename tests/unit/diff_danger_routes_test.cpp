// Ways to the internet, and network ACLs.

#include <random>
#include <set>

#include "tests/unit/diff_danger_support.hpp"

namespace stackc::diff {
namespace {

constexpr std::string_view kOther = "  Q: { Type: AWS::SNS::Topic }\n";
constexpr std::string_view kNet =
    "  V: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }\n  Gw: { Type: "
    "AWS::EC2::InternetGateway }\n"
    "  T: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref V } }\n"
    "  S: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref V, CidrBlock: 10.0.0.0/24 } }\n"
    "  Nat: { Type: AWS::EC2::NatGateway, Properties: { SubnetId: subnet-1, AllocationId: eipalloc-1 } }\n";

std::string route(std::string_view id, std::string_view to, std::string_view through) {
  return fmt::format(
      "  {}: {{ Type: AWS::EC2::Route, Properties: {{ RouteTableId: !Ref T, DestinationCidrBlock: {}, {} }} "
      "}}\n",
      id, to, through);
}
constexpr std::string_view kInternet = "GatewayId: !Ref Gw", kOut = "NatGatewayId: !Ref Nat",
                           kPeer = "VpcPeeringConnectionId: pcx-1", kElsewhere = "TransitGatewayId: tgw-1";
constexpr std::string_view kUses =
    "  A: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref S, RouteTableId: !Ref "
    "T } }\n";

std::string change(std::string_view before, std::string_view after) {
  return dangers_of(fmt::format("{}{}", kNet, before), fmt::format("{}{}", kNet, after));
}

TEST(DangerRoutes, ToTheInternet) {
  const std::string all = route("R", "0.0.0.0/0", kInternet), out = route("R", "0.0.0.0/0", kOut);
  EXPECT_EQ(change("", all),
            "security-widening `T` gets a route to the internet\n"
            "  + 0.0.0.0/0 through Gw.InternetGatewayId\n");
  EXPECT_EQ(change(all, ""),
            "security-narrowing `T` loses a route to the internet\n"
            "  - 0.0.0.0/0 through Gw.InternetGatewayId\n");
  EXPECT_EQ(change("", out),
            "security-widening `T` gets a way out to the internet\n"
            "  + 0.0.0.0/0 through Nat.NatGatewayId\n");
  EXPECT_THAT(change(out, all),
              ::testing::StartsWith("security-widening `T` gets a route to the internet\n"));
  EXPECT_THAT(change(all, out),
              ::testing::StartsWith(
                  "security-narrowing `T` leads out to the internet alone, where it led both ways\n"));
  EXPECT_EQ(change(all, route("R", "0.0.0.0/0", "GatewayId: igw-1")), "");
}

TEST(DangerRoutes, WhatStandsElsewhereIsUnknown) {
  const std::string unknown =
      "security-unknown `T` changes its routes, and the templates do not say whether they lead to the "
      "internet\n";
  EXPECT_EQ(change("", route("R", "0.0.0.0/0", "NatGatewayId: nat-1")),
            unknown + "  + 0.0.0.0/0 through nat-1\n");
  EXPECT_EQ(change("", route("R", "0.0.0.0/0", kElsewhere)), unknown + "  + 0.0.0.0/0 through tgw-1\n");
  // Private addresses are nowhere on the internet, and a peer's gateways are not used.
  EXPECT_EQ(change("", route("R", "192.168.0.0/16", kElsewhere)), "");
  EXPECT_EQ(change("", route("R", "0.0.0.0/0", kPeer)), "");
}

TEST(DangerRoutes, TheMostSpecificOneDecides) {
  const std::string all = route("R", "0.0.0.0/0", kInternet), peer = route("P", "198.51.100.0/24", kPeer);
  EXPECT_EQ(change(all + peer, all),
            "security-widening `T` gets a route to the internet\n"
            "  + 198.51.100.0/24 through Gw.InternetGatewayId\n");
  EXPECT_EQ(change(all, all + peer),
            "security-narrowing `T` loses a route to the internet\n"
            "  - 198.51.100.0/24 through Gw.InternetGatewayId\n");
  EXPECT_EQ(change(all, route("L", "0.0.0.0/1", kInternet) + route("H", "128.0.0.0/1", kInternet)), "");
}

TEST(DangerRoutes, TablesOfSubnets) {
  const std::string all = route("R", "0.0.0.0/0", kInternet);
  EXPECT_EQ(change(all, all + std::string(kUses)),
            "security-widening `S` gets a route to the internet, with the table `T`\n"
            "  + 0.0.0.0/0 through Gw.InternetGatewayId\n");
  EXPECT_EQ(change(all + std::string(kUses), all),
            "security-narrowing `S` loses a route to the internet, with the main table of `V`\n"
            "  - 0.0.0.0/0 through Gw.InternetGatewayId\n");
  EXPECT_EQ(change("", kUses), "");
  EXPECT_EQ(dangers_of(kOther, fmt::format("{}{}{}{}", kOther, kNet, all, kUses)), "");
}

// ---------------------------------------------------------------- network ACLs

std::string acl(std::string_view rules) {
  return fmt::format("  N: {{ Type: AWS::EC2::NetworkAcl, Properties: {{ VpcId: vpc-1 }} }}\n{}", rules);
}
std::string rule(std::string_view id, int number, std::string_view action, std::string_view block,
                 int from = 22, int to = 22) {
  return fmt::format(
      "  {}: {{ Type: AWS::EC2::NetworkAclEntry, Properties: {{ NetworkAclId: !Ref N, RuleNumber: {}, "
      "Protocol: 6, RuleAction: {}, CidrBlock: {}, PortRange: {{ From: {}, To: {} }} }} }}\n",
      id, number, action, block, from, to);
}

TEST(DangerAcls, RulesInTheirOrder) {
  const std::string denied = rule("D", 90, "deny", "10.0.0.0/9"),
                    allowed = rule("A", 100, "allow", "10.0.0.0/8");
  EXPECT_EQ(dangers_of(acl(denied + allowed), acl(allowed)),
            "security-widening `N` lets more in\n"
            "  + 10.0.0.0/9 tcp 22\n");
  EXPECT_EQ(dangers_of(acl(allowed), acl(denied + allowed)),
            "security-narrowing `N` lets less in\n"
            "  - 10.0.0.0/9 tcp 22\n");
  EXPECT_EQ(dangers_of(acl(allowed), acl(allowed + rule("D", 110, "deny", "10.0.0.0/9"))), "");
}

TEST(DangerAcls, TheOneThatASubnetUses) {
  const std::string mine = "  N: { Type: AWS::EC2::NetworkAcl, Properties: { VpcId: !Ref V } }\n" +
                           rule("A", 100, "allow", "10.0.0.0/8");
  const auto uses = [](std::string_view of) {
    return fmt::format(
        "  U: {{ Type: AWS::EC2::SubnetNetworkAclAssociation, Properties: {{ SubnetId: !Ref S, NetworkAclId: "
        "{} }} "
        "}}\n",
        of);
  };
  EXPECT_EQ(change(mine + uses("!Ref N"), mine),
            "security-widening `S` gets `V`'s own ACL instead of `N`, which lets more in\n"
            "  + 0.0.0.0/0 all protocols except 10.0.0.0/8 tcp 22\n"
            "  + ::/0 all protocols\n"
            "security-widening `S` gets `V`'s own ACL instead of `N`, which lets more out\n"
            "  + 0.0.0.0/0 all protocols\n"
            "  + ::/0 all protocols\n");
  EXPECT_THAT(change(mine, mine + uses("!Ref N")),
              ::testing::StartsWith(
                  "security-narrowing `S` gets `N` instead of `V`'s own ACL, which lets less in\n"));
  EXPECT_THAT(
      change(mine + uses("!Ref N"), mine + uses("acl-1")),
      ::testing::StartsWith("security-unknown `S` gets `acl-1` instead of `N`, and the templates do not say "
                            "whether it lets more in\n"));
}

struct Entry {
  int number, first_address, last_address, from, to;
  bool allow;
  std::string cidr;
};

/// By the first rule that fits.
std::set<std::pair<int, int>> packets(std::vector<Entry> entries) {
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.number < b.number; });
  std::set<std::pair<int, int>> out;
  for (int address = 0; address < 8; ++address) {
    for (int port = 1; port < 9; ++port) {
      const auto fits = std::find_if(entries.begin(), entries.end(), [&](const Entry& e) {
        return e.first_address <= address && address <= e.last_address && e.from <= port && port <= e.to;
      });
      if (fits != entries.end() && fits->allow) out.emplace(address, port);
    }
  }
  return out;
}

TEST(DangerAcls, RandomRulesExactly) {
  std::mt19937 engine{20240229};
  const auto below = [&](int n) { return std::uniform_int_distribution<int>(0, n - 1)(engine); };
  const auto random_entry = [&](int number) {
    const int length = 29 + below(4), size = 1 << (32 - length), first = below(8 / size) * size,
              from = below(6) + 1;
    return Entry{number,
                 first,
                 first + size - 1,
                 from,
                 from + below(3),
                 below(3) > 0,
                 fmt::format("10.0.0.{}/{}", first, length)};
  };
  const auto written = [](const std::vector<Entry>& entries) {
    std::string out;
    for (const Entry& e : entries)
      out += rule(fmt::format("E{}", e.number), e.number, e.allow ? "allow" : "deny", e.cidr, e.from, e.to);
    return acl(out);
  };
  for (int round = 0; round < 200; ++round) {
    std::vector<Entry> before;
    for (int n = 1 + below(4), i = 1; i <= n; ++i) before.push_back(random_entry(i * 10));
    std::vector<Entry> after = before;
    const auto at = static_cast<std::size_t>(below(static_cast<int>(after.size())));
    if (below(2) == 0)
      after[at] = random_entry(after[at].number);
    else
      after.push_back(random_entry(after[at].number + 5));
    const auto was = packets(before), will = packets(after);
    const bool gained = !std::includes(was.begin(), was.end(), will.begin(), will.end());
    const bool lost = !std::includes(will.begin(), will.end(), was.begin(), was.end());
    const std::string said = dangers_of(written(before), written(after));
    const std::string_view expected = gained ? "security-widening" : lost ? "security-narrowing" : "";
    EXPECT_TRUE(expected.empty() ? said.empty() : said.starts_with(expected))
        << written(before) << written(after) << said;
  }
}

}  // namespace
}  // namespace stackc::diff

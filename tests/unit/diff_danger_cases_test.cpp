// What is said about security when conditions of the template decide, against what is true in each of their
// cases.

#include <algorithm>
#include <random>
#include <set>

#include "tests/unit/diff_danger_support.hpp"

namespace stackc::diff {
namespace {

/// Conditions of the template, and when they hold for the parameters `P` and `Q`, each `x` or not.
struct Guard {
  std::string_view name;
  bool (*holds)(bool p, bool q);
};
constexpr Guard kGuards[] = {
    {"", [](bool, bool) { return true; }},           {"P", [](bool p, bool) { return p; }},
    {"NotP", [](bool p, bool) { return !p; }},       {"Q", [](bool, bool q) { return q; }},
    {"Both", [](bool p, bool q) { return p && q; }}, {"Either", [](bool p, bool q) { return p || q; }},
};
constexpr std::string_view kConditions = R"(Parameters: { First: { Type: String }, Second: { Type: String } }
Conditions:
  P: !Equals [!Ref First, x]
  NotP: !Not [!Condition P]
  Q: !Equals [x, !Ref Second]
  Both: !And [!Condition P, !Condition Q]
  Either: !Or [!Condition P, !Condition Q]
)";

std::string guarded(const Guard& guard, const std::string& entry) {
  return guard.name.empty() ? entry : fmt::format("!If [{}, {}, !Ref 'AWS::NoValue']", guard.name, entry);
}

class Dice {
 public:
  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(engine_); }

 private:
  std::mt19937 engine_{20240301};
};

/// One rule of a group, or one statement of a policy: bits of what it lets through.
struct Part {
  std::size_t guard, what;
};
using Parts = std::vector<Part>;

Parts random_parts(Dice& dice, std::size_t kinds) {
  Parts out;
  for (std::size_t n = 1 + dice.below(3); n > 0; --n)
    out.push_back({dice.below(std::size(kGuards)), dice.below(kinds)});
  return out;
}

/// The set in one case of the conditions; `bits` says what each kind of part lets through, `denies` what it
/// takes.
unsigned allowed(const Parts& parts, const std::vector<unsigned>& bits, const std::vector<unsigned>& denies,
                 bool p, bool q) {
  unsigned allow = 0, deny = 0;
  for (const Part& part : parts) {
    if (!kGuards[part.guard].holds(p, q)) continue;
    allow |= bits[part.what];
    deny |= denies[part.what];
  }
  return allow & ~deny;
}

/// Holds `said` against all cases: more in one is never called less, or nothing.
template <class Written>
void never_less_when_more(const std::vector<unsigned>& bits, const std::vector<unsigned>& denies, int rounds,
                          const Written& written) {
  Dice dice;
  int less = 0, more = 0;
  for (int round = 0; round < rounds; ++round) {
    const Parts before = random_parts(dice, bits.size());
    Parts after = before;
    if (dice.below(3) == 0)
      after = random_parts(dice, bits.size());
    else
      after[dice.below(after.size())] = random_parts(dice, bits.size())[0];
    bool gained = false, lost = false;
    for (const bool p : {false, true}) {
      for (const bool q : {false, true}) {
        const unsigned was = allowed(before, bits, denies, p, q), will = allowed(after, bits, denies, p, q);
        gained = gained || (will & ~was) != 0;
        lost = lost || (was & ~will) != 0;
      }
    }
    const std::string said = dangers(written(before), written(after));
    const bool says_more = said.starts_with("security-widening");
    EXPECT_TRUE(!gained || says_more || said.starts_with("security-unknown"))
        << written(before) << written(after) << said;
    EXPECT_TRUE(gained || lost || !says_more) << written(before) << written(after) << said;
    if (says_more) ++more;
    if (said.starts_with("security-narrowing")) ++less;
  }
  EXPECT_GT(less, 10);
  EXPECT_GT(more, 10);
}

TEST(DangerCases, RulesOfGroups) {
  // Two addresses by two ports.
  const std::vector<std::string> rules = {"10.0.0.0/32 80 80", "10.0.0.1/32 80 80", "10.0.0.0/31 80 80",
                                          "10.0.0.0/31 81 81", "10.0.0.0/32 80 81", "10.0.0.0/31 80 81"};
  const auto written = [&](const Parts& parts) {
    std::string out =
        std::string(kConditions) +
        "Resources:\n  G:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      GroupDescription: g\n"
        "      SecurityGroupIngress:\n";
    for (const Part& part : parts) {
      const std::string& r = rules[part.what];
      out += fmt::format("        - {}\n",
                         guarded(kGuards[part.guard],
                                 fmt::format("{{ IpProtocol: tcp, CidrIp: {}, FromPort: {}, ToPort: {} }}",
                                             r.substr(0, 11), r.substr(12, 2), r.substr(15, 2))));
    }
    return out;
  };
  never_less_when_more({1, 2, 3, 12, 5, 15}, {0, 0, 0, 0, 0, 0}, 250, written);
}

TEST(DangerCases, StatementsOfPolicies) {
  const std::vector<std::string> statements = {"{ Effect: Allow, Action: 's3:Get', Resource: a }",
                                               "{ Effect: Allow, Action: 's3:Put', Resource: a }",
                                               "{ Effect: Allow, Action: 's3:*', Resource: a }",
                                               "{ Effect: Allow, Action: 's3:Get', Resource: '*' }",
                                               "{ Effect: Deny, Action: 's3:Get', Resource: a }",
                                               "{ Effect: Deny, Action: 's3:*', Resource: b }"};
  const auto written = [&](const Parts& parts) {
    std::string out =
        std::string(kConditions) +
        "Resources:\n  R:\n    Type: AWS::IAM::Role\n    Properties:\n      AssumeRolePolicyDocument: { "
        "Statement: [] }\n      Policies:\n        - PolicyName: p\n          PolicyDocument:\n            "
        "Statement:\n";
    for (const Part& part : parts)
      out += fmt::format("              - {}\n", guarded(kGuards[part.guard], statements[part.what]));
    return out;
  };
  // Get and Put on `a`, Get and Put on `b`.
  never_less_when_more({1, 2, 3, 5, 0, 0}, {0, 0, 0, 0, 1, 12}, 250, written);
}

}  // namespace
}  // namespace stackc::diff

// What is said about security, against what is true: random policies and rules over a small world in which
// everything can be counted.

#include <algorithm>
#include <cctype>
#include <random>
#include <set>
#include <tuple>

#include "compiler/diff/patterns.hpp"
#include "tests/unit/diff_danger_support.hpp"

namespace stackc::diff {
namespace {

bool matches(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return text.empty();
  if (pattern[0] == '*') {
    return matches(pattern.substr(1), text) || (!text.empty() && matches(pattern, text.substr(1)));
  }
  return !text.empty() && (pattern[0] == '?' || pattern[0] == text[0]) &&
         matches(pattern.substr(1), text.substr(1));
}

Text text_of(std::string_view literal) {
  Text out;
  out.add(literal);
  return out;
}

class Dice {
 public:
  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(engine_); }
  template <class T, std::size_t N>
  const T& one(const T (&all)[N]) {
    return all[below(N)];
  }

 private:
  std::mt19937 engine_{20240229};
};

TEST(DangerSound, PatternsInPatterns) {
  Dice dice;
  constexpr char kLetters[] = {'a', 'b', '*', '*', '?'};
  std::vector<std::string> texts{""};
  for (std::size_t i = 0; texts[i].size() < 6; ++i) {
    for (const char c : {'a', 'b', 'z'}) texts.push_back(texts[i] + c);
  }
  const auto random_text = [&] {
    std::string out;
    for (std::size_t n = dice.below(5); n > 0; --n) out += dice.one(kLetters);
    return out;
  };
  const Symbols symbols;
  for (int round = 0; round < 600; ++round) {
    std::vector<std::string> wide;
    for (std::size_t n = 1 + dice.below(3); n > 0; --n) wide.push_back(random_text());
    const std::string narrow = random_text();
    bool holds = true, meets = false;
    for (const std::string& text : texts) {
      const bool in_wide =
          std::any_of(wide.begin(), wide.end(), [&](const std::string& w) { return matches(w, text); });
      if (!matches(narrow, text)) continue;
      holds = holds && in_wide;
      meets = meets || matches(wide[0], text);
    }
    std::vector<Pattern> patterns;
    for (const std::string& w : wide) patterns.push_back(pattern(text_of(w), Wild::Text, symbols));
    std::vector<const Pattern*> all;
    for (const Pattern& p : patterns) all.push_back(&p);
    const Pattern n = pattern(text_of(narrow), Wild::Text, symbols);
    EXPECT_EQ(covered(n, all, symbols) == Truth::Yes, holds)
        << narrow << " in " << fmt::format("{}", fmt::join(wide, " "));
    EXPECT_TRUE(!meets || may_meet(n, patterns[0])) << narrow << " and " << wide[0];
  }
}

// ---------------------------------------------------------------- policies

constexpr std::string_view kActions[] = {"s3:Get", "s3:Put", "sqs:Get"};
constexpr std::string_view kResources[] = {"a", "ab", "b"};
constexpr std::string_view kValues[] = {"x", "y"};

struct Said {
  bool deny, not_action, not_resource;
  std::vector<std::string_view> actions, resources, values;  // no values: no condition
};
using Requests = std::set<std::tuple<std::string_view, std::string_view, std::string_view>>;

Said random_statement(Dice& dice) {
  constexpr std::string_view kActionPatterns[] = {"*",      "s3:*",    "*:Get",  "s3:Get",
                                                  "s3:Put", "sqs:Get", "s3:?et", "S3:PUT"};
  constexpr std::string_view kResourcePatterns[] = {"*", "a", "a*", "b", "ab", "?"};
  Said s{dice.below(5) == 0, dice.below(6) == 0, dice.below(6) == 0, {}, {}, {}};
  for (std::size_t n = 1 + dice.below(2); n > 0; --n) s.actions.push_back(dice.one(kActionPatterns));
  for (std::size_t n = 1 + dice.below(2); n > 0; --n) s.resources.push_back(dice.one(kResourcePatterns));
  if (dice.below(3) == 0)
    for (std::size_t n = 1 + dice.below(2); n > 0; --n) s.values.push_back(dice.one(kValues));
  return s;
}

bool applies(const Said& s, std::string_view action, std::string_view resource, std::string_view value) {
  const auto lower = [](std::string_view text) {
    std::string out(text);
    for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
  };
  const auto any = [](const auto& all, const auto& match) {
    return std::any_of(all.begin(), all.end(), match);
  };
  const bool by_action =
      any(s.actions, [&](std::string_view p) { return matches(lower(p), lower(action)); }) != s.not_action;
  const bool by_resource =
      any(s.resources, [&](std::string_view p) { return matches(p, resource); }) != s.not_resource;
  return by_action && by_resource &&
         (s.values.empty() || any(s.values, [&](std::string_view v) { return v == value; }));
}

Requests allowed(const std::vector<Said>& policy) {
  Requests out;
  for (const std::string_view action : kActions) {
    for (const std::string_view resource : kResources) {
      for (const std::string_view value : kValues) {
        bool allow = false, deny = false;
        for (const Said& s : policy) {
          if (applies(s, action, resource, value)) (s.deny ? deny : allow) = true;
        }
        if (allow && !deny) out.emplace(action, resource, value);
      }
    }
  }
  return out;
}

std::string written(const std::vector<Said>& policy) {
  std::string out =
      "  R:\n    Type: AWS::IAM::Role\n    Properties:\n      AssumeRolePolicyDocument: { Statement: [] }\n  "
      "    Policies:\n"
      "        - PolicyName: p\n          PolicyDocument:\n            Statement:\n";
  for (const Said& s : policy) {
    out +=
        fmt::format("              - {{ Effect: {}, {}: ['{}'], {}: ['{}']{} }}\n", s.deny ? "Deny" : "Allow",
                    s.not_action ? "NotAction" : "Action", fmt::join(s.actions, "', '"),
                    s.not_resource ? "NotResource" : "Resource", fmt::join(s.resources, "', '"),
                    s.values.empty() ? ""
                                     : fmt::format(", Condition: {{ StringEquals: {{ 'aws:k': ['{}'] }} }}",
                                                   fmt::join(s.values, "', '")));
  }
  return resources(out);
}

TEST(DangerSound, PoliciesAreNeverCalledLessWhenTheyAreMore) {
  Dice dice;
  int less = 0, more = 0;
  for (int round = 0; round < 400; ++round) {
    std::vector<Said> before, after;
    for (std::size_t n = 1 + dice.below(3); n > 0; --n) before.push_back(random_statement(dice));
    if (dice.below(2) == 0) after = before;
    if (after.empty())
      for (std::size_t n = 1 + dice.below(3); n > 0; --n) after.push_back(random_statement(dice));
    else
      after[dice.below(after.size())] = random_statement(dice);
    const Requests was = allowed(before), will = allowed(after);
    const bool gained = !std::includes(was.begin(), was.end(), will.begin(), will.end());
    const std::string said = dangers(written(before), written(after));
    const bool says_more = said.starts_with("security-widening"),
               says_unknown = said.starts_with("security-unknown");
    EXPECT_TRUE(!gained || says_more || says_unknown) << written(before) << written(after) << said;
    if (says_more) ++more;
    if (said.starts_with("security-narrowing")) ++less;
  }
  EXPECT_GT(less, 40);
  EXPECT_GT(more, 40);
}

// ---------------------------------------------------------------- rules

struct Rule {
  std::string cidr;
  int first_address, last_address, from, to;
};
using Packets = std::set<std::pair<int, int>>;

Rule random_rule(Dice& dice) {
  const int length = 29 + static_cast<int>(dice.below(4)), size = 1 << (32 - length);
  const int first = static_cast<int>(dice.below(static_cast<std::size_t>(8 / size))) * size;
  const int from = static_cast<int>(dice.below(6)) + 1;
  return {fmt::format("10.0.0.{}/{}", first, length), first, first + size - 1, from,
          from + static_cast<int>(dice.below(3))};
}

Packets packets(const std::vector<Rule>& rules) {
  Packets out;
  for (const Rule& r : rules) {
    for (int a = r.first_address; a <= r.last_address; ++a) {
      for (int port = r.from; port <= r.to; ++port) out.emplace(a, port);
    }
  }
  return out;
}

std::string written(const std::vector<Rule>& rules) {
  std::string out =
      "  G:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      GroupDescription: g\n      "
      "SecurityGroupIngress:\n";
  for (const Rule& r : rules)
    out += fmt::format("        - {{ IpProtocol: tcp, FromPort: {}, ToPort: {}, CidrIp: {} }}\n", r.from,
                       r.to, r.cidr);
  return resources(out);
}

TEST(DangerSound, RulesExactly) {
  Dice dice;
  for (int round = 0; round < 300; ++round) {
    std::vector<Rule> before, after;
    for (std::size_t n = 1 + dice.below(3); n > 0; --n) before.push_back(random_rule(dice));
    after = before;
    if (dice.below(2) == 0)
      after.push_back(random_rule(dice));
    else
      after[dice.below(after.size())] = random_rule(dice);
    const Packets was = packets(before), will = packets(after);
    const bool gained = !std::includes(was.begin(), was.end(), will.begin(), will.end());
    const bool lost = !std::includes(will.begin(), will.end(), was.begin(), was.end());
    const std::string said = dangers(written(before), written(after));
    const std::string_view expected = gained ? "security-widening" : lost ? "security-narrowing" : "";
    EXPECT_TRUE(expected.empty() ? said.empty() : said.starts_with(expected))
        << written(before) << written(after) << said;
    EXPECT_EQ(said.find("  - ") != std::string::npos, lost) << said;
  }
}

}  // namespace
}  // namespace stackc::diff

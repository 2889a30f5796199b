// Twice as much takes about twice as long: a chain of replacements, updates, stacks that import from each
// other, renames. Quadratic growth takes sixteen times as long for four times as much.

#include <functional>

#include "tests/support/processor_time.hpp"
#include "tests/unit/diff_support.hpp"

namespace stackc::diff {
namespace {

using Texts = std::pair<std::string, std::string>;

/// The least of some runs, in seconds.
template <class Run>
double seconds(const Run& run) {
  return least_processor_seconds(3, run);
}

template <class Make>
double ratio(const Make& make, std::size_t few) {
  const auto time = [&](std::size_t count) {
    const Texts texts = make(count);
    const ReadSide before(texts.first), after(texts.second);
    return seconds([&] {
      const StackDiff d = compare({.tmpl = before.tmpl.get()}, {.tmpl = after.tmpl.get()}, schema::Schema::aws());
      EXPECT_GE(d.resources.size(), count);
    });
  };
  return time(4 * few) / time(few);
}
constexpr double kQuadratic = 10;

std::string resources(std::size_t count, const std::function<std::string(std::size_t)>& one) {
  std::string out = "Resources:\n";
  for (std::size_t i = 0; i < count; ++i) out += one(i);
  return out;
}

Texts chain(std::size_t count) {
  const auto with = [&](std::string_view range) {
    return resources(count, [&](std::size_t i) {
      if (i == 0) return fmt::format("  V0: {{Type: 'AWS::EC2::VPC', Properties: {{CidrBlock: {}}}}}\n", range);
      return fmt::format("  V{}: {{Type: 'AWS::EC2::Subnet', Properties: {{VpcId: !Ref V{}, CidrBlock: x}}}}\n", i,
                         i - 1);
    });
  };
  return {with("10.0.0.0/16"), with("10.1.0.0/16")};
}

Texts updates(std::size_t count) {
  const auto with = [&](int delay) {
    return resources(count, [&](std::size_t i) {
      return fmt::format("  Q{}: {{Type: 'AWS::SQS::Queue', Properties: {{DelaySeconds: {}, QueueName: q{}}}}}\n", i,
                         delay, i);
    });
  };
  return {with(1), with(2)};
}

Texts renames(std::size_t count) {
  const auto with = [&](std::string_view prefix) {
    return resources(count, [&](std::size_t i) {
      return fmt::format("  {}{}: {{Type: 'AWS::SQS::Queue', Properties: {{QueueName: q{}}}}}\n", prefix, i, i);
    });
  };
  return {with("A"), with("B")};
}

TEST(DiffGrowth, ChainOfReplacements) { EXPECT_LT(ratio(chain, 100), kQuadratic); }
TEST(DiffGrowth, Updates) { EXPECT_LT(ratio(updates, 100), kQuadratic); }
TEST(DiffGrowth, Renames) { EXPECT_LT(ratio(renames, 100), kQuadratic); }

TEST(DiffGrowth, Stacks) {
  const auto time = [](std::size_t count) {
    std::vector<std::unique_ptr<ReadSide>> kept;
    const auto project = [&](int delay) {
      std::vector<Side> sides;
      for (std::size_t i = 0; i < count; ++i) {
        kept.push_back(std::make_unique<ReadSide>(fmt::format(
            "{{Resources: {{Q: {{Type: 'AWS::SQS::Queue', Properties: {{DelaySeconds: {}, QueueName: "
            "{{'Fn::ImportValue': n{}}}}}}}}}, Outputs: {{O: {{Value: x, Export: {{Name: n{}}}}}}}}}",
            delay, i, i + 1)));
        kept.back()->tmpl->stack_name = fmt::format("s{}", i);
        sides.push_back({.tmpl = kept.back()->tmpl.get()});
      }
      return sides;
    };
    const std::vector<Side> before = project(1), after = project(2);
    return seconds([&] {
      const ProjectDiff p = compare_all(before, after, schema::Schema::aws());
      EXPECT_EQ(p.stacks.size(), count);
    });
  };
  EXPECT_LT(time(200) / time(50), kQuadratic);
}

}  // namespace
}  // namespace stackc::diff

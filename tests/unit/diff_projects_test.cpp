// Several stacks: which is which, in what order they are deployed, what moves from one to another.

#include "tests/unit/diff_support.hpp"

namespace stackc::diff {
namespace {

struct Stack {
  std::string name, text;
};

/// Two projects, compared; keeps what the result points into.
struct Projects {
  Projects(const std::vector<Stack>& old_stacks, const std::vector<Stack>& stacks) {
    const auto sides = [](const std::vector<Stack>& from, std::vector<std::shared_ptr<ReadSide>>& kept) {
      std::vector<Side> out;
      for (const Stack& s : from) {
        kept.push_back(std::make_shared<ReadSide>(s.text));
        kept.back()->tmpl->stack_name = s.name;
        out.push_back({.tmpl = kept.back()->tmpl.get()});
      }
      return out;
    };
    diff = compare_all(sides(old_stacks, before), sides(stacks, after), schema::Schema::aws());
  }
  /// `a: create Queue, move Data of b; c: delete Queue`.
  [[nodiscard]] std::string text() const {
    std::string out;
    for (const StackDiff& s : diff.stacks) {
      out += fmt::format("{}{}{}:", out.empty() ? "" : "; ", s.added ? "+" : s.removed ? "-" : "", s.name);
      for (const ResourceChange& r : s.resources) {
        out += fmt::format("{} {} {}", &r == &s.resources.front() ? "" : ",", name_of(r.action), r.id);
        if (!r.old_stack.empty()) out += fmt::format(" of {}", r.old_stack);
      }
    }
    return out;
  }
  std::vector<std::shared_ptr<ReadSide>> before, after;
  ProjectDiff diff;
};

std::string queue(std::string_view delay, std::string_view more = "") {
  return fmt::format("{{Resources: {{Q: {{Type: 'AWS::SQS::Queue', Properties: {{DelaySeconds: {}}}}}}}{}}}", delay,
                     more);
}
std::string exporting(std::string_view delay, std::string_view name) {
  return queue(delay, fmt::format(", Outputs: {{O: {{Value: x, Export: {{Name: {}}}}}}}", name));
}
std::string importing(std::string_view delay, std::string_view name) {
  return fmt::format(
      "{{Resources: {{Q: {{Type: 'AWS::SQS::Queue', Properties: {{DelaySeconds: {}, QueueName: "
      "{{'Fn::ImportValue': {}}}}}}}}}}}",
      delay, name);
}

TEST(DiffProjects, StacksAreFoundByName) {
  EXPECT_EQ(Projects({{"a", queue("1")}, {"b", queue("2")}}, {{"b", queue("2")}, {"a", queue("1")}}).text(), "");
  EXPECT_EQ(Projects({{"a", queue("1")}, {"b", queue("2")}}, {{"b", queue("3")}, {"a", queue("1")}}).text(),
            "b: update Q");
  EXPECT_EQ(Projects({{"a", queue("1")}}, {{"a", queue("1")}, {"b", queue("2")}}).text(), "+b: create Q");
  EXPECT_EQ(Projects({{"a", queue("1")}, {"b", queue("2")}}, {{"a", queue("1")}}).text(), "-b: delete Q");
  // One on each side is the same stack whatever it is called.
  EXPECT_EQ(Projects({{"a", queue("1")}}, {{"b", queue("2")}}).text(), "b: update Q");
}

TEST(DiffProjects, WhoExportsComesFirst) {
  const Projects p({{"a", importing("1", "n")}, {"b", exporting("1", "n")}},
                   {{"a", importing("2", "n")}, {"b", exporting("2", "n")}});
  EXPECT_EQ(p.text(), "b: update Q; a: update Q");
  EXPECT_EQ(p.diff.totals.update, 2U);
}

TEST(DiffProjects, NamesOfExportsAreCompared) {
  const auto named = [](std::string_view delay) { return exporting(delay, "!Sub '${AWS::StackName}-n'"); };
  EXPECT_EQ(Projects({{"a", importing("1", "b-n")}, {"b", named("1")}}, {{"a", importing("2", "b-n")}, {"b", named("2")}})
                .text(),
            "b: update Q; a: update Q");
  EXPECT_EQ(Projects({{"a", importing("1", "c-n")}, {"b", named("1")}}, {{"a", importing("2", "c-n")}, {"b", named("2")}})
                .text(),
            "a: update Q; b: update Q");
}

TEST(DiffProjects, WhoDoesNotImportAnyMoreComesBeforeTheExportGoes) {
  EXPECT_EQ(Projects({{"b", exporting("1", "n")}, {"a", importing("1", "n")}}, {{"b", queue("1")}, {"a", queue("1")}}).text(),
            "a: replace Q; b:");
  EXPECT_EQ(Projects({{"b", exporting("1", "n")}, {"a", importing("1", "n")}}, {{"z", queue("9")}, {"y", queue("8")}}).text(),
            "+z: create Q; +y: create Q; -a: delete Q; -b: delete Q");
}

TEST(DiffProjects, CirclesEnd) {
  const auto both = [](std::string_view delay, std::string_view from, std::string_view to) {
    return fmt::format(
        "{{Resources: {{Q: {{Type: 'AWS::SQS::Queue', Properties: {{DelaySeconds: {}, QueueName: "
        "{{'Fn::ImportValue': {}}}}}}}}}, Outputs: {{O: {{Value: x, Export: {{Name: {}}}}}}}}}",
        delay, from, to);
  };
  EXPECT_EQ(Projects({{"a", both("1", "x", "y")}, {"b", both("1", "y", "x")}},
                     {{"a", both("2", "x", "y")}, {"b", both("2", "y", "x")}})
                .text(),
            "a: update Q; b: update Q");
}

const std::string kData = "D: {Type: 'AWS::DynamoDB::Table', Properties: {TableName: t, BillingMode: PAY_PER_REQUEST}}";
const std::string kTopic = "T: {Type: 'AWS::SNS::Topic'}";

std::string of(const std::vector<std::string>& resources) {
  return fmt::format("{{Resources: {{{}}}}}", fmt::join(resources, ", "));
}

TEST(DiffProjects, MovesToAnotherStack) {
  const Projects p({{"a", of({kData, kTopic})}, {"b", of({kTopic})}}, {{"a", of({kTopic})}, {"b", of({kTopic, kData})}});
  EXPECT_EQ(p.text(), "b: move D of a");
  EXPECT_EQ(p.diff.totals.move, 1U);
  EXPECT_EQ(p.diff.totals.remove, 0U);
  // Other properties: another thing.
  const std::string other = "D: {Type: 'AWS::DynamoDB::Table', Properties: {TableName: u}}";
  EXPECT_EQ(Projects({{"a", of({kData, kTopic})}, {"b", of({kTopic})}}, {{"a", of({kTopic})}, {"b", of({kTopic, other})}})
                .text(),
            "a: delete D; b: create D");
  // Two that could be meant: none is.
  EXPECT_EQ(Projects({{"a", of({kData, kTopic})}, {"b", of({kTopic})}, {"c", of({kTopic})}},
                     {{"a", of({kTopic})}, {"b", of({kTopic, kData})}, {"c", of({kTopic, kData})}})
                .text(),
            "a: delete D; b: create D; c: create D");
}

TEST(DiffProjects, MovedSaysWhatChangesWithIt) {
  const auto table = [](std::string_view id, std::string_view name, std::string_view mode) {
    return fmt::format("{}: {{Type: 'AWS::DynamoDB::Table', Properties: {{TableName: {}, BillingMode: {}}}}}", id, name,
                       mode);
  };
  const auto project = [&](const std::string& now) {
    std::vector<std::shared_ptr<ReadSide>> kept;
    const auto side = [&](std::string_view name, const std::string& text) {
      kept.push_back(std::make_shared<ReadSide>(text));
      kept.back()->tmpl->stack_name = name;
      return Side{.tmpl = kept.back()->tmpl.get()};
    };
    const std::vector<Side> before = {side("a", of({table("D", "t", "PROVISIONED"), kTopic})), side("b", of({kTopic}))};
    const std::vector<Side> after = {side("a", of({kTopic})), side("b", of({kTopic, now}))};
    kept.back()->tmpl->resources[1].moved_from = "D";
    ProjectDiff diff = compare_all(before, after, schema::Schema::aws());
    EXPECT_EQ(diff.stacks.size(), 1U);
    return Compared{kept[1], kept[3], std::move(diff.stacks.at(0))}.text();
  };
  EXPECT_EQ(project(table("E", "t", "PROVISIONED")), "move E was D\n");
  EXPECT_EQ(project(table("E", "t", "PAY_PER_REQUEST")),
            "update E was D\n  BillingMode \"PROVISIONED\" -> \"PAY_PER_REQUEST\"\n");
  EXPECT_EQ(project(table("E", "u", "PROVISIONED")), "replace E was D deleted\n  TableName! \"t\" -> \"u\"\n");
}

}  // namespace
}  // namespace stackc::diff

// The forms of a comparison that services read: annotations and SARIF.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/unit/report_support.hpp"

namespace stackc::tests {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr const char* kText = "stack \"app\"\n\nresource Db: AWS::RDS::DBInstance {\n";

diff::Danger danger(diff::DangerKind kind, std::string message, Span origin) {
  diff::Danger d;
  d.kind = kind;
  d.message = std::move(message);
  d.origin = origin;
  return d;
}

/// One of each level, the mildest first; the last is of the old side, and one has no place at all.
void fill(MadeComparison& made) {
  const auto gone = made.file("old/app.stack", kText, true);
  const auto app = made.file("stacks/a b,c.stack", kText);
  auto& stack = made.stack("app");
  stack.dangers.push_back(danger(diff::DangerKind::SecurityNarrowing, "less, 100 %", Span{app, 22, 24}));
  stack.dangers.push_back(danger(diff::DangerKind::Quota, "460 of 500", {}));
  stack.dangers.push_back(danger(diff::DangerKind::ReplaceStateful, "`Db` is replaced", Span{app, 22, 24}));
  stack.dangers.back().facts = {"a: b"};
  stack.dangers.push_back(danger(diff::DangerKind::DeleteStateful, "`Old` is deleted", Span{gone, 22, 24}));
}

report::Options options() {
  report::Options made;
  made.fail_on.kinds = {diff::DangerKind::ReplaceStateful};
  made.version = "0.1.0";
  made.paths = {"/repo", "infra"};
  return made;
}

TEST(ReportServices, AnnotationsAreWorstFirstAndEscaped) {
  MadeComparison made;
  fill(made);
  std::istringstream lines(report::render_github(made.comparison(), options()));
  std::string error, warning, further, note;
  std::getline(lines, error);
  std::getline(lines, warning);
  std::getline(lines, further);
  std::getline(lines, note);
  EXPECT_EQ(error,
            "::error file=infra/stacks/a b%2Cc.stack,line=3,col=10,title=replace-stateful%3A a resource that holds "
            "data is replaced::`Db` is replaced.%0Aa: b");
  EXPECT_THAT(warning, StartsWith("::warning title=quota%3A"));
  // What is of the old side is not in the lines that are reviewed.
  EXPECT_THAT(further, StartsWith("::warning title=delete-stateful%3A"));
  EXPECT_THAT(note, StartsWith("::notice file=infra/stacks/a b%2Cc.stack,line=3,"));
  EXPECT_THAT(note, HasSubstr("Less, 100 %25."));
}

TEST(ReportServices, SarifHasARuleAndAPlaceForEachResult) {
  MadeComparison made;
  fill(made);
  const json log = json::parse(report::render_sarif(made.comparison(), options()));
  EXPECT_EQ(log.at("version"), "2.1.0");
  ASSERT_EQ(log.at("runs").size(), 1U);
  const json& run = log["runs"][0];
  EXPECT_EQ(run.at("columnKind"), "unicodeCodePoints");
  const json& driver = run.at("tool").at("driver");
  EXPECT_EQ(driver.at("name"), "stackc diff");
  EXPECT_EQ(driver.at("version"), "0.1.0");
  ASSERT_EQ(run.at("results").size(), 4U);
  const std::vector<std::string> levels{"error", "warning", "warning", "note"};
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const json& result = run["results"][i];
    EXPECT_EQ(result.at("level"), levels[i]);
    const json& rule = driver.at("rules").at(result.at("ruleIndex").get<std::size_t>());
    EXPECT_EQ(rule.at("id"), result.at("ruleId"));
    EXPECT_THAT(rule.at("shortDescription").at("text").get<std::string>(), ::testing::EndsWith("."));
    ASSERT_EQ(result.at("locations").size(), 1U) << "services refuse a result without a place";
    const json& place = result["locations"][0].at("physicalLocation");
    EXPECT_THAT(place.at("artifactLocation").at("uri").get<std::string>(), StartsWith("infra/"));
    for (const char* key : {"startLine", "startColumn", "endLine", "endColumn"})
      EXPECT_GE(place.at("region").at(key).get<int>(), 1);
  }
  const auto uri_of = [&](std::size_t i) {
    return run["results"][i]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].get<std::string>();
  };
  EXPECT_EQ(uri_of(0), "infra/stacks/a%20b%2Cc.stack");
  EXPECT_EQ(uri_of(2), "infra/old/app.stack");
}

TEST(ReportServices, TellEqualEnvironmentsOnce) {
  MadeComparison made;
  const auto app = made.file("app.stack", kText);
  made.projects.clear();
  for (const char* name : {"production", "staging"}) {
    made.projects.emplace_back().environment = name;
    made.stack("app").dangers.push_back(danger(diff::DangerKind::Quota, "much", Span{app, 22, 24}));
  }
  const json log = json::parse(report::render_sarif(made.comparison(), {}));
  ASSERT_EQ(log["runs"][0]["results"].size(), 1U);
  EXPECT_THAT(log["runs"][0]["results"][0]["message"]["text"].get<std::string>(),
              HasSubstr("in production, staging"));
}

TEST(ReportServices, RefactoringMapsWhatMovesAndIsNotReplaced) {
  MadeComparison made;
  auto& stack = made.stack("app");
  const auto add = [&](std::string_view id, std::string_view old_id, std::string_view old_stack,
                       diff::Action action) {
    diff::ResourceChange change;
    change.id = id;
    change.old_id = old_id;
    change.old_stack = old_stack;
    change.action = action;
    stack.resources.push_back(change);
  };
  add("Orders", "Table", "", diff::Action::Move);
  add("Files", "", "data", diff::Action::Update);
  add("Jobs", "Queue", "", diff::Action::Replace);
  add("Same", "", "", diff::Action::Update);
  const auto end = [](const char* stack_name, const char* id) {
    return json{{"StackName", stack_name}, {"LogicalResourceId", id}};
  };
  EXPECT_EQ(json::parse(report::refactor_mappings(made.projects.front())),
            json::array({{{"Source", end("app", "Table")}, {"Destination", end("app", "Orders")}},
                         {{"Source", end("data", "Files")}, {"Destination", end("app", "Files")}}}));
}

}  // namespace
}  // namespace stackc::tests

#include <gmock/gmock.h>

#include <deque>
#include <sstream>

#include "compiler/base/text.hpp"
#include "tests/unit/report_support.hpp"

namespace stackc::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::size_t kMostCharacters = 65536;

/// Owns the names that changes only point at.
class Many {
 public:
  void add(MadeComparison& made, diff::StackDiff& stack, diff::Action action, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      diff::ResourceChange change;
      change.id = names_.emplace_back(fmt::format("{}Number{}", diff::name_of(action), i));
      change.type = "AWS::SQS::Queue";
      change.action = action;
      diff::PropertyChange property;
      property.path = "VisibilityTimeout";
      property.before = made.build().integer(30);
      property.after = made.build().integer(60);
      if (action == diff::Action::Replace) property.replacement = schema::Replacement::Yes;
      change.properties.push_back(std::move(property));
      stack.resources.push_back(std::move(change));
    }
  }

 private:
  std::deque<std::string> names_;
};

diff::Danger danger(std::size_t number) {
  diff::Danger d;
  d.kind = diff::DangerKind::SecurityWidening;
  d.message = fmt::format("danger number {} opens `tcp 22` to everybody", number);
  d.facts = {"+ 0.0.0.0/0 tcp 22"};
  return d;
}

TEST(ReportMarkdown, LeavesOutWhatIsHarmlessAndKeepsDangers) {
  MadeComparison made;
  Many many;
  auto& stack = made.stack("big");
  many.add(made, stack, diff::Action::Create, 2000);
  many.add(made, stack, diff::Action::Replace, 20);
  for (std::size_t i = 0; i < 100; ++i) stack.dangers.push_back(danger(i));
  const auto text = report::render_markdown(made.comparison(), {});
  EXPECT_LE(text.size(), kMostCharacters);
  for (std::size_t i = 0; i < 100; ++i) EXPECT_THAT(text, HasSubstr(fmt::format("danger number {} ", i)));
  EXPECT_THAT(text, HasSubstr("replaceNumber19"));
  EXPECT_THAT(text, HasSubstr("createNumber99 "));
  EXPECT_THAT(text, Not(HasSubstr("createNumber100")));
  EXPECT_THAT(text, HasSubstr("1900 more changes"));
  EXPECT_THAT(text, HasSubstr("left out is"));
}

/// A `<details>` inside of another, or without its end, would swallow what follows; so would a block of code.
void expect_well_formed(const std::string& text) {
  std::size_t open = 0, fences = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("<details>")) {
      EXPECT_EQ(open++, 0U) << line;
    }
    if (line == "</details>") {
      EXPECT_EQ(open--, 1U);
    }
    if (line.starts_with("```") || line.starts_with("> ```")) ++fences;
  }
  EXPECT_EQ(open, 0U);
  EXPECT_EQ(fences % 2, 0U);
}

TEST(ReportMarkdown, TellsOfEachOfManyDangersInALine) {
  MadeComparison made;
  Many many;
  auto& stack = made.stack("big");
  many.add(made, stack, diff::Action::Replace, 700);
  for (std::size_t i = 0; i < 700; ++i) stack.dangers.push_back(danger(i));
  const auto text = report::render_markdown(made.comparison(), {});
  EXPECT_LE(text.size(), kMostCharacters);
  for (std::size_t i = 0; i < 700; ++i) EXPECT_THAT(text, HasSubstr(fmt::format("danger number {} ", i)));
  EXPECT_THAT(text, HasSubstr("of which a line each is shown"));
  expect_well_formed(text);
}

TEST(ReportMarkdown, NamesEachOfVeryManyDangers) {
  MadeComparison made;
  Many many;
  auto& stack = made.stack("big");
  many.add(made, stack, diff::Action::Replace, 2500);
  for (std::size_t i = 0; i < 2500; ++i) {
    stack.dangers.push_back(danger(i));
    stack.dangers.back().resource = stack.resources[i].id;
  }
  const auto text = report::render_markdown(made.comparison(), {});
  EXPECT_LE(text.size(), kMostCharacters);
  for (const auto& change : stack.resources) EXPECT_THAT(text, HasSubstr(fmt::format("`{}`", change.id)));
  expect_well_formed(text);
}

TEST(ReportMarkdown, CountsDangersThatNoCommentHolds) {
  MadeComparison made;
  auto& stack = made.stack("big");
  for (std::size_t i = 0; i < 3000; ++i) stack.dangers.push_back(danger(i));
  const auto text = report::render_markdown(made.comparison(), {});
  EXPECT_LE(text.size(), kMostCharacters);
  EXPECT_THAT(text, HasSubstr("danger number 0 "));
  EXPECT_THAT(text, HasSubstr("more warnings do not fit into a comment"));
  expect_well_formed(text);
}

TEST(ReportMarkdown, SaysOnceWhatHelps) {
  MadeComparison made;
  auto& stack = made.stack("app");
  for (std::size_t i = 0; i < 2; ++i) {
    stack.dangers.push_back(danger(i));
    stack.dangers.back().help = "allow a range";
  }
  const auto text = report::render_markdown(made.comparison(), {});
  EXPECT_EQ(text.find("allow a range"), text.rfind("allow a range"));
  EXPECT_NE(text.find("allow a range"), std::string::npos);
}

TEST(ReportMarkdown, TakesNothingOfATemplateForMarkup) {
  MadeComparison made;
  auto& stack = made.stack("a<b>@team");
  diff::Danger d = danger(1);
  d.message = "<img src=x> @team `code <b>` *bold*";
  d.facts = {"``` fence"};
  stack.dangers.push_back(d);
  const auto text = report::render_markdown(made.comparison(), {});
  EXPECT_THAT(text, HasSubstr(R"(\<img src=x\> &#64;team `code <b>` \*bold\*)"));
  EXPECT_THAT(text, HasSubstr("````diff"));
  EXPECT_THAT(text, HasSubstr("<b>a&lt;b&gt;&#64;team</b>"));
}

TEST(ReportMarkdown, TellsEqualEnvironmentsOnce) {
  MadeComparison made;
  Many many;
  made.projects.clear();
  for (const char* name : {"production", "staging"}) {
    made.projects.emplace_back().environment = name;
    many.add(made, made.stack("app"), diff::Action::Update, 1);
  }
  // The names are numbered alike, so that the two say the same.
  const auto text = report::render_markdown(made.comparison(), {});
  EXPECT_THAT(text, HasSubstr("#### production and staging"));
  EXPECT_EQ(text.find("updateNumber0"), text.rfind("updateNumber0"));
}

}  // namespace
}  // namespace stackc::tests

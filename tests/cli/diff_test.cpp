// `stackc diff` from outside: sides, exit status, git.
#include <gmock/gmock.h>
#include <unistd.h>

#include <algorithm>
#include <sstream>

#include "tests/cli/program.hpp"
#include "tests/support/process.hpp"

namespace stackc::tests {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kQueue = "stack \"mail\"\n\nresource Mail: AWS::SQS::Queue { VisibilityTimeout: 30 }\n";
constexpr const char* kSlower =
    "stack \"mail\"\n\nresource Mail: AWS::SQS::Queue { VisibilityTimeout: 60 }\n";

/// Runs git in the folder; false when it fails.
bool git(const Folder& folder, std::vector<std::string> arguments) {
  std::vector<std::string> argv{
      "/usr/bin/env", "git", "-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"};
  argv.insert(argv.end(), arguments.begin(), arguments.end());
  return run_process(argv, folder.path().string()).status == 0;
}

/// A repository with one commit of `kQueue` in `stacks/`, and a later version on disk.
bool make_repository(const Folder& folder) {
  folder.write("stacks/mail.stack", kQueue);
  folder.write("stacks/logo.png", std::string("\x89PNG\0\xFF", 6));
  if (!git(folder, {"init", "-q", "-b", "main"}) || !git(folder, {"add", "."})) return false;
  if (!git(folder, {"commit", "-q", "-m", "first"})) return false;
  folder.write("stacks/mail.stack", kSlower);
  return true;
}

TEST(Diff, OfARevisionAndTheDisk) {
  const Folder folder;
  ASSERT_TRUE(make_repository(folder));
  for (const std::vector<std::string>& sides : {std::vector<std::string>{"git:main"},
                                                {"git:main:stacks/"},
                                                {"git:HEAD", "stacks"},
                                                {"git:HEAD:stacks/mail.stack", "stacks/mail.stack"}}) {
    std::vector<std::string> arguments{"diff"};
    arguments.insert(arguments.end(), sides.begin(), sides.end());
    const auto result = stackc(folder, arguments);
    EXPECT_EQ(result.status, 0) << result.err;
    EXPECT_THAT(result.out, HasSubstr("VisibilityTimeout: 30 → 60"));
    EXPECT_EQ(result.err, "");
  }
  EXPECT_EQ(stackc(folder, {"diff", "git:HEAD", "git:main", "--fail-on", "any"}).status, 0);
  EXPECT_EQ(stackc(folder, {"diff", "git:HEAD", "--fail-on", "any"}).status, 1);
}

TEST(Diff, SaysWhichRevisionOrPathIsNotThere) {
  const Folder folder;
  EXPECT_THAT(stackc(folder, {"diff", "git:main"}).err, HasSubstr("not in a git work tree"));
  ASSERT_TRUE(make_repository(folder));
  const auto revision = stackc(folder, {"diff", "git:mian"});
  EXPECT_EQ(revision.status, 2);
  EXPECT_THAT(revision.err, AllOf(HasSubstr("no revision `mian`"), HasSubstr("did you mean `main`?")));
  const auto path = stackc(folder, {"diff", "git:main:stack/"});
  EXPECT_EQ(path.status, 2);
  EXPECT_THAT(path.err, HasSubstr("`main` has no `stack/`"));
  EXPECT_EQ(stackc(folder, {"diff", "git:--output=x"}).status, 2);
  EXPECT_FALSE(folder.has("x"));
}

TEST(Diff, OfANewFolderIsAllNew) {
  const Folder folder;
  folder.write("readme.txt", "nothing yet");
  ASSERT_TRUE(git(folder, {"init", "-q", "-b", "main"}) && git(folder, {"add", "."}) &&
              git(folder, {"commit", "-q", "-m", "first"}));
  folder.write("mail.stack", kQueue);
  const auto result = stackc(folder, {"diff", "git:main"});
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_THAT(result.out, AllOf(HasSubstr("a new stack"), HasSubstr("1 created")));
}

TEST(Diff, NeedsTwoSides) {
  const Folder folder;
  EXPECT_EQ(stackc(folder, {"diff"}).status, 2);
  EXPECT_EQ(stackc(folder, {"diff", "a.yaml"}).status, 2);
  EXPECT_EQ(stackc(folder, {"diff", "a.yaml", "b.yaml", "c.yaml"}).status, 2);
  EXPECT_THAT(stackc(folder, {"diff", "a.yaml", "b.yaml"}).err,
              HasSubstr("no such file or folder: `a.yaml`"));
  EXPECT_THAT(stackc(folder, {"diff", "a", "b", "--fail-on", "replace-statefull"}).err,
              HasSubstr("did you mean `replace-stateful`?"));
}

TEST(Diff, OfASideWithErrorsComparesNothing) {
  const Folder folder;
  folder.write("old.stack", kQueue);
  folder.write("new.stack", "stack \"mail\"\n\nresource Mail: AWS::SQS::Queue { Visibility: 60 }\n");
  const auto result = stackc(folder, {"diff", "old.stack", "new.stack"});
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, AllOf(HasSubstr("E0203"), HasSubstr("the new side cannot be read")));
}

TEST(Diff, BetweenSourceAndItsTemplateIsNothing) {
  const Folder folder;
  folder.write("mail.stack", kQueue);
  ASSERT_EQ(stackc(folder, {"build", "mail.stack"}).status, 0);
  const auto result =
      stackc(folder, {"diff", "generated/mail.template.json", "mail.stack", "--fail-on", "any"});
  EXPECT_EQ(result.status, 0) << result.out << result.err;
}

TEST(Diff, WritesTheMappingOfARefactoring) {
  const Folder folder;
  folder.write("old.stack", kQueue);
  folder.write(
      "new.stack",
      "stack \"mail\"\n\n@moved(\"Mail\")\nresource Post: AWS::SQS::Queue { VisibilityTimeout: 30 }\n");
  const auto result = stackc(folder, {"diff", "old.stack", "new.stack", "--refactor", "map.json"});
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_THAT(folder.read("map.json").value_or(""),
              AllOf(HasSubstr("\"LogicalResourceId\": \"Mail\""),
                    HasSubstr("\"LogicalResourceId\": \"Post\""), HasSubstr("\"StackName\": \"mail\"")));
}

TEST(Diff, OfFormsForServices) {
  const Folder folder;
  folder.write("old.yaml",
               "Resources:\n  Jobs:\n    Type: AWS::SQS::Queue\n    Properties: {QueueName: a}\n");
  folder.write("new.yaml",
               "Resources:\n  Jobs:\n    Type: AWS::SQS::Queue\n    Properties: {QueueName: b}\n");
  const auto sarif = stackc(folder, {"diff", "old.yaml", "new.yaml", "--format", "sarif"});
  EXPECT_THAT(sarif.out,
              AllOf(HasSubstr("\"ruleId\": \"replace-stateful\""), HasSubstr("\"uri\": \"new.yaml\"")));
  const auto github = stackc(folder, {"diff", "old.yaml", "new.yaml", "--format", "github"});
  EXPECT_THAT(github.out,
              AllOf(HasSubstr("::warning file=new.yaml,line=2,"), HasSubstr("title=replace-stateful")));
}

constexpr const char* kTemplate =
    "Resources:\n  Jobs:\n    Type: AWS::SQS::Queue\n    Properties: {VisibilityTimeout: 30}\n";
constexpr const char* kSlowerTemplate =
    "Resources:\n  Jobs:\n    Type: AWS::SQS::Queue\n    Properties: {VisibilityTimeout: 60}\n";

TEST(Diff, TakesStandardInputAsASide) {
  const Folder folder;
  folder.write("jobs.yaml", kSlowerTemplate);
  Surroundings around;
  around.input = kTemplate;
  const auto old_side = stackc(folder, {"diff", "-", "jobs.yaml"}, around);
  EXPECT_EQ(old_side.status, 0) << old_side.err;
  EXPECT_THAT(old_side.out, AllOf(HasSubstr("jobs: 1 updated"), HasSubstr("VisibilityTimeout: 30 → 60")));
  const auto new_side = stackc(folder, {"diff", "jobs.yaml", "-"}, around);
  EXPECT_THAT(new_side.out, AllOf(HasSubstr("jobs: 1 updated"), HasSubstr("VisibilityTimeout: 60 → 30")));
  // Stack source as well: what it is shows in the text.
  folder.write("mail.stack", kSlower);
  around.input = kQueue;
  EXPECT_THAT(stackc(folder, {"diff", "-", "mail.stack"}, around).out, HasSubstr("VisibilityTimeout: 30 → 60"));
  EXPECT_EQ(stackc(folder, {"diff", "-", "-"}, around).status, 2);
}

TEST(Diff, OfASideThatIsAnEmptyWordIsAMistake) {
  const Folder folder;
  folder.write("jobs.yaml", kTemplate);
  const auto result = stackc(folder, {"diff", "", "jobs.yaml"});
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.err, HasSubstr("a side is empty"));
}

TEST(Diff, OfAFolderPassesOverWhatIsNoTemplateButNotABrokenOne) {
  const Folder folder;
  folder.write("old/jobs.yaml", kTemplate);
  folder.write("new/jobs.yaml", kSlowerTemplate);
  folder.write("new/notes.json", "{ this is no JSON");
  folder.write("new/values.yaml", "a: [1, 2]\n");
  const auto fine = stackc(folder, {"diff", "old", "new"});
  EXPECT_EQ(fine.status, 0) << fine.err;
  EXPECT_THAT(fine.out, HasSubstr("VisibilityTimeout: 30 → 60"));
  folder.write("new/jobs.yaml", std::string(kSlowerTemplate) + "  Broken: [1, 2\n");
  const auto broken = stackc(folder, {"diff", "old", "new"});
  EXPECT_EQ(broken.status, 2);
  EXPECT_EQ(broken.out, "");
  EXPECT_THAT(broken.err, AllOf(HasSubstr("new/jobs.yaml"), HasSubstr("the new side cannot be read")));
}

TEST(Diff, OfAFolderTellsApartWhatDiffersInItsEndingOnly) {
  const Folder folder;
  for (const char* side : {"old/", "new/"}) {
    folder.write(std::string(side) + "jobs.yaml", kTemplate);
    folder.write(std::string(side) + "jobs.template.yml", kSlowerTemplate);
  }
  EXPECT_EQ(stackc(folder, {"diff", "old", "new", "--fail-on", "any"}).status, 0);
  folder.write("new/jobs.yaml", kSlowerTemplate);
  EXPECT_THAT(stackc(folder, {"diff", "old", "new"}).out, HasSubstr("jobs.yaml: 1 updated"));
}

TEST(Diff, OfAConstThatNeitherSideHasIsAMistake) {
  const Folder folder;
  folder.write("old.stack", std::string(kQueue) + "\nconst param size: Int = 1\n");
  folder.write("new.stack", kQueue);
  EXPECT_EQ(stackc(folder, {"diff", "old.stack", "new.stack", "--set", "size=2"}).status, 0);
  const auto result = stackc(folder, {"diff", "old.stack", "new.stack", "--set", "sise=2"});
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.err, HasSubstr("did you mean `size`?"));
  EXPECT_THAT(stackc(folder, {"diff", "a", "b", "--format", "json", "--format", "text"}).err,
              HasSubstr("`--format` is given more than once"));
}

TEST(Diff, SaysWhatIsMeantInsteadOfARangeOfGit) {
  const Folder folder;
  ASSERT_TRUE(make_repository(folder));
  const auto range = stackc(folder, {"diff", "git:main..topic"});
  EXPECT_EQ(range.status, 2);
  EXPECT_THAT(range.err, HasSubstr("`stackc diff git:main git:topic`"));
  EXPECT_THAT(stackc(folder, {"diff", "git:HEAD~5"}).err, Not(HasSubstr("shallow")));
}

TEST(Diff, OfFormsForServicesHasPathsFromTheRepository) {
  const Folder folder;
  folder.write("infra/old.yaml", "Resources:\n  Jobs:\n    Type: AWS::SQS::Queue\n");
  folder.write("infra/new.yaml",
               "Resources:\n  Jobs:\n    Type: AWS::SQS::Queue\n    Properties: {QueueName: b}\n");
  ASSERT_TRUE(git(folder, {"init", "-q"}));
  Surroundings around;
  around.in_child = [] { return ::chdir("infra") == 0; };
  EXPECT_THAT(stackc(folder, {"diff", "old.yaml", "new.yaml", "--format", "github"}, around).out,
              HasSubstr("::warning file=infra/new.yaml,line=2,"));
  EXPECT_THAT(stackc(folder, {"diff", "old.yaml", "new.yaml", "--format", "sarif"}, around).out,
              HasSubstr("\"uri\": \"infra/new.yaml\""));
  around.in_child = [] { return ::chdir("infra") == 0; };
  EXPECT_THAT(stackc(folder, {"check", "missing.stack", "--diagnostics", "github"}, around).status, 1);
}

TEST(Diff, OfWhatIsGoneHasAPlaceInSarifAndNoneInAnnotations) {
  const Folder folder;
  folder.write("old.yaml", kTemplate);
  folder.write("new.yaml", "Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n");
  const auto sarif = stackc(folder, {"diff", "old.yaml", "new.yaml", "--format", "sarif"});
  EXPECT_THAT(sarif.out, AllOf(HasSubstr("delete-stateful"), HasSubstr("\"uri\": \"old.yaml\"")));
  const auto github = stackc(folder, {"diff", "old.yaml", "new.yaml", "--format", "github"});
  EXPECT_THAT(github.out, AllOf(HasSubstr("::warning title=delete-stateful"), Not(HasSubstr("old.yaml"))));
}

TEST(Diff, FailsOnWhatIsListedOnly) {
  const Folder folder;
  folder.write("old.yaml", kTemplate);
  folder.write("new.yaml", kSlowerTemplate);
  const auto status = [&](const std::string& list) {
    return stackc(folder, {"diff", "old.yaml", "new.yaml", "--fail-on", list}).status;
  };
  EXPECT_EQ(status("replace-stateful,delete-stateful"), 0);
  EXPECT_EQ(status("replace-stateful, any"), 1);
  EXPECT_EQ(status("any"), 1);
  EXPECT_EQ(status("some"), 2);
  EXPECT_EQ(status(""), 2);
  EXPECT_THAT(stackc(folder, {"diff", "old.yaml", "new.yaml", "--fail-on", "any"}).out,
              HasSubstr("`--fail-on any` fails"));
}

TEST(Diff, FitsItsLinesIntoTheColumns) {
  const Folder folder;
  folder.write("old.yaml", kTemplate);
  folder.write("new.yaml", "Resources: {}\n");
  const auto longest = [&](const char* columns) {
    Surroundings around;
    if (columns != nullptr) around.environment = {{"COLUMNS", columns}};
    std::istringstream lines(stackc(folder, {"diff", "old.yaml", "new.yaml"}, around).out);
    std::size_t most = 0;
    for (std::string line; std::getline(lines, line);) most = std::max(most, line.size());
    return most;
  };
  EXPECT_LE(longest("80"), 80U);
  EXPECT_LE(longest("60"), 60U);
  EXPECT_GT(longest(nullptr), 100U);  // a sentence stays on one line in a file
}

}  // namespace
}  // namespace stackc::tests

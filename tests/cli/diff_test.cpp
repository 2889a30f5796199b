// `stackc diff` from outside: sides, exit status, git.
#include <gmock/gmock.h>

#include <cstdlib>

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
      "git", "-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"};
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

}  // namespace
}  // namespace stackc::tests

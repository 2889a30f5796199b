// Files of a project beside its sources, from outside: what sources read, what is written beside the template,
// corrections of AWS types.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/cli/program.hpp"

namespace stackc::tests {
namespace {

using testing::HasSubstr;

TEST(DataFiles, DoNotLeaveTheProjectThroughLinks) {
  const Folder folder;
  folder.write("outside.txt", "secret");
  folder.write("project/stackc.yaml", "out: generated\n");
  folder.write("project/app/main.stack", "stack \"app\"\n\nlet a = text(\"../inside.txt\")\nlet b = text(\"link.txt\")\n");
  folder.write("project/inside.txt", "text");
  std::filesystem::create_symlink("../../outside.txt", std::filesystem::path(folder.path()) / "project/app/link.txt");
  const auto r = stackc(folder, {"check", "project", "--diagnostics", "concise"});
  EXPECT_EQ(r.status, 1);
  EXPECT_THAT(r.err, HasSubstr("main.stack:4:14: error[E0920]: `link.txt` is a link that leads out of the project's folder"));
  EXPECT_THAT(r.err, testing::Not(HasSubstr("main.stack:3")));
}

TEST(Documents, AreComparedLikeTemplates) {
  const Folder folder;
  folder.write("main.stack", "stack \"app\"\n\nparam Image: String\n\nresource Queue: AWS::SQS::Queue\n\ndocument \"ecs/task.json\" = { image: hole(\"IMAGE\", Image), count: 1 }\n");
  EXPECT_EQ(stackc(folder, {"build", "main.stack"}).status, 0);
  EXPECT_EQ(stackc(folder, {"build", "--check", "main.stack"}).status, 0);
  folder.write("generated/app.release.json", "{}\n");
  const auto r = stackc(folder, {"build", "--check", "main.stack"});
  EXPECT_EQ(r.status, 1);
  EXPECT_THAT(r.out + r.err, HasSubstr("app.release.json"));
}

TEST(SchemaPatches, CountForTemplatesToo) {
  const Folder folder;
  folder.write("old.yaml", "Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n    Properties:\n      Colour: red\n");
  EXPECT_EQ(stackc(folder, {"check", "old.yaml"}).status, 1);
  folder.write("stackc.yaml", "schema: patches.yaml\n");
  folder.write("patches.yaml", "AWS::SQS::Queue:\n  properties:\n    Colour: String\n");
  const auto r = stackc(folder, {"check", "old.yaml"});
  EXPECT_EQ(r.status, 0) << r.err;
  EXPECT_EQ(r.err, "");
}

TEST(ErrorLimit, ShowsFiftyOfAFile) {
  const Folder folder;
  std::string text = "stack \"app\"\n\n";
  for (int i = 0; i < 60; ++i) text += "let a" + std::to_string(i) + " = nobody\n";
  folder.write("main.stack", text);
  const auto r = stackc(folder, {"check", "main.stack", "--diagnostics", "concise"});
  EXPECT_EQ(r.status, 1);
  EXPECT_THAT(r.err, HasSubstr("10 more errors in this file are not shown"));
}

}  // namespace
}  // namespace stackc::tests

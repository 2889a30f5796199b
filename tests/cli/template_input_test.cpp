// Templates as input of `build`, `check` and `fmt`.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/cli/program.hpp"

namespace stackc::tests {
namespace {

using ::testing::HasSubstr;

constexpr auto* kQueue = "Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n";

TEST(TemplateInput, ANamedFileIsBuilt) {
  const Folder folder;
  folder.write("in/vpc.template.yaml", kQueue);
  folder.write("in/app.template", "{\"Resources\": {\"Q\": {\"Type\": \"AWS::SQS::Queue\"}}}");
  const auto r = stackc(folder, {"build", "in/vpc.template.yaml", "in/app.template"});
  EXPECT_EQ(r.status, 0) << r.err;
  EXPECT_TRUE(folder.has("generated/vpc.template.json"));
  EXPECT_TRUE(folder.has("generated/app.template.json"));
}

TEST(TemplateInput, AFolderWithoutStackFilesStandsForItsTemplates) {
  const Folder folder;
  folder.write("a/vpc.yaml", kQueue);
  folder.write("a/deep/app.yml", kQueue);
  folder.write("a/package.json", "{\"name\": \"x\"}");
  folder.write("a/broken.yaml", "a: [1, 2\n");
  EXPECT_EQ(stackc(folder, {"check", "a"}).err, "");
  EXPECT_EQ(stackc(folder, {"build", "a", "--out", "out"}).status, 0);
  EXPECT_TRUE(folder.has("out/vpc.template.json"));
  EXPECT_TRUE(folder.has("out/app.template.json"));
  EXPECT_FALSE(folder.has("out/package.template.json"));
}

TEST(TemplateInput, WhatARunWritesIsNoneOfItsSources) {
  const Folder folder;
  folder.write("vpc.yaml", kQueue);
  for (int i = 0; i < 2; ++i) {
    const auto r = stackc(folder, {"build"});
    EXPECT_EQ(r.status, 0) << r.err;
  }
  folder.write("generated/broken.template.json", "{\"Resources\": 5}");
  EXPECT_EQ(stackc(folder, {"check"}).status, 0);
  EXPECT_EQ(stackc(folder, {"check", "generated"}).status, 1) << "named, it is looked at";
  std::filesystem::remove(folder.path() / "vpc.yaml");
  EXPECT_EQ(stackc(folder, {"check"}).status, 1) << "there is nothing else";
}

TEST(TemplateInput, AFolderWithStackFilesStandsForThose) {
  const Folder folder;
  folder.write("a/vpc.yaml", "Resources: 5\n");
  folder.write("a/b.stack", "stack \"b\"\nresource Q: AWS::SQS::Queue {}\n");
  EXPECT_EQ(stackc(folder, {"check", "a"}).status, 0);
}

TEST(TemplateInput, ABrokenTemplateInAFolderIsReported) {
  const Folder folder;
  folder.write("a/broken.yaml", "AWSTemplateFormatVersion: [1, 2\n");
  const auto r = stackc(folder, {"check", "a"});
  EXPECT_EQ(r.status, 1);
  EXPECT_THAT(r.err, HasSubstr("a/broken.yaml:2:1"));
}

TEST(TemplateInput, AFolderOfOtherThingsIsNothing) {
  const Folder folder;
  folder.write("a/package.json", "{\"name\": \"x\"}");
  const auto r = stackc(folder, {"check", "a"});
  EXPECT_EQ(r.status, 1);
  EXPECT_THAT(r.err, HasSubstr("no template in what was given"));
}

TEST(TemplateInput, TwoFilesOfOneNameWouldBeOneFile) {
  const Folder folder;
  folder.write("a/main.yaml", kQueue);
  folder.write("b/main.yaml", kQueue);
  EXPECT_EQ(stackc(folder, {"check", "."}).status, 0);
  const auto r = stackc(folder, {"build", "a/main.yaml", "b/main.yaml"});
  EXPECT_EQ(r.status, 1);
  EXPECT_THAT(r.err, HasSubstr("two stacks are named `main`"));
}

TEST(TemplateInput, WrongBytesHaveAPlace) {
  const Folder folder;
  folder.write("a.yaml", std::string("Resources:\n  caf\xE9: 1\n"));
  const auto r = stackc(folder, {"check", "a.yaml"});
  EXPECT_EQ(r.status, 1);
  EXPECT_THAT(r.err, HasSubstr("error[E1001]"));
  EXPECT_THAT(r.err, HasSubstr("a.yaml:2:6"));
}

TEST(TemplateInput, ComesBackAsYaml) {
  const Folder folder;
  folder.write("a.json", "{\"Resources\": {\"Queue\": {\"Type\": \"AWS::SQS::Queue\"}}}");
  EXPECT_EQ(stackc(folder, {"build", "a.json", "--format", "yaml"}).status, 0);
  EXPECT_TRUE(folder.has("generated/a.template.yaml"));
  EXPECT_EQ(stackc(folder, {"build", "a.json", "--format", "yaml", "--out", "-"}).out, kQueue);
  EXPECT_EQ(stackc(folder, {"build", "a.json", "--format", "yaml", "--check"}).status, 0);
}

TEST(TemplateInput, ACommentAllowsAFinding) {
  const Folder folder;
  folder.write("a.yaml", "Parameters:\n  Unused: {Type: String}\n" + std::string(kQueue));
  const auto r = stackc(folder, {"check", "a.yaml"});
  ASSERT_THAT(r.err, HasSubstr("warning["));
  folder.write("a.yaml",
               "Parameters:\n  Unused: {Type: String}  # stackc:allow(unused-parameter) of the old name\n" +
                   std::string(kQueue));
  EXPECT_EQ(stackc(folder, {"check", "a.yaml"}).err, "");
}

TEST(TemplateInput, IsNotFormatted) {
  const Folder folder;
  folder.write("a.yaml", kQueue);
  const auto r = stackc(folder, {"fmt", "a.yaml"});
  EXPECT_EQ(r.status, 1);
  EXPECT_THAT(r.err, HasSubstr("`a.yaml` is a template"));
}

TEST(TemplateInput, IsDumped) {
  const Folder folder;
  folder.write("a.yaml", kQueue);
  const auto r = stackc(folder, {"check", "a.yaml", "--dump", "ir"});
  EXPECT_EQ(r.status, 0) << r.err;
  EXPECT_THAT(r.out, HasSubstr("AWS::SQS::Queue"));
}

}  // namespace
}  // namespace stackc::tests

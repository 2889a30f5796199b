// `stackc build` and `stackc check` from outside: which files, which status, which words.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/cli/program.hpp"

namespace stackc::tests {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// A stack with one bucket for every zone.
const std::string kBuckets = R"(stack "buckets"

const param zones: [String] = ["A"]
param Environment: String = "staging"

for zone in zones {
  resource Files: AWS::S3::Bucket
}
)";

/// Two stacks, one upstream of the other.
void write_pair(const Folder& folder) {
  folder.write("net.stack",
               "stack \"net\"\n\nresource Net: AWS::EC2::VPC {\n  CidrBlock: 10.0.0.0/16\n}\n\nexport VPC = "
               "Net.ref\n");
  folder.write(
      "app.stack",
      "stack \"app\"\n\nupstream Network from \"net.stack\"\n\nresource Web: AWS::EC2::SecurityGroup {\n"
      "  GroupDescription: \"web\"\n  VpcId: Network.VPC\n}\n");
}

ino_t inode(const Folder& folder, const std::string& name) {
  struct stat s {};
  ::stat((folder.path() / name).c_str(), &s);
  return s.st_ino;
}

TEST(Build, WritesATemplateForEveryStackAndSaysNothing) {
  const Folder folder;
  write_pair(folder);
  const auto r = stackc(folder, {"build"});
  EXPECT_EQ(r.status, 0) << r.err;
  EXPECT_EQ(r.out, "");
  EXPECT_EQ(r.err, "") << "only a terminal is told what was written";
  EXPECT_THAT(folder.files(), ElementsAre("app.stack", "generated/app.template.json",
                                          "generated/net.template.json", "net.stack"));
  EXPECT_THAT(*folder.read("generated/net.template.json"), HasSubstr("\"CidrBlock\": \"10.0.0.0/16\""));
}

TEST(Build, OneFileWritesOneTemplateThoughItReadsMore) {
  const Folder folder;
  write_pair(folder);
  EXPECT_EQ(stackc(folder, {"build", "app.stack"}).status, 0);
  EXPECT_FALSE(folder.has("generated/net.template.json"));
  EXPECT_TRUE(folder.has("generated/app.template.json"));
}

TEST(Build, AnEqualFileIsNotTouched) {
  const Folder folder;
  write_pair(folder);
  ASSERT_EQ(stackc(folder, {"build"}).status, 0);
  const auto before = inode(folder, "generated/net.template.json");
  folder.write("generated/app.template.json", "{}\n");
  EXPECT_EQ(stackc(folder, {"build"}).status, 0);
  EXPECT_EQ(inode(folder, "generated/net.template.json"), before);
  EXPECT_NE(*folder.read("generated/app.template.json"), "{}\n");
}

TEST(Build, CheckComparesAndWritesNothing) {
  const Folder folder;
  write_pair(folder);
  const auto missing = stackc(folder, {"build", "--check"});
  EXPECT_EQ(missing.status, 1);
  EXPECT_EQ(missing.out, "generated/app.template.json\ngenerated/net.template.json\n");
  EXPECT_FALSE(folder.has("generated"));
  ASSERT_EQ(stackc(folder, {"build"}).status, 0);
  const auto same = stackc(folder, {"build", "--check"});
  EXPECT_EQ(same.status, 0);
  EXPECT_EQ(same.out + same.err, "");
  folder.write("generated/app.template.json", "{}\n");
  const auto different = stackc(folder, {"build", "--check"});
  EXPECT_EQ(different.status, 1);
  EXPECT_EQ(different.out, "generated/app.template.json\n");
  EXPECT_EQ(*folder.read("generated/app.template.json"), "{}\n");
}

TEST(Build, AnErrorInOneStackKeepsAllFromBeingWritten) {
  const Folder folder;
  write_pair(folder);
  folder.write("bad.stack", "stack \"bad\"\n\nresource X: AWS::S3::Bukcet\n");
  const auto r = stackc(folder, {"build"});
  EXPECT_EQ(r.status, 1);
  EXPECT_THAT(r.err, HasSubstr("bad.stack:3:13"));
  EXPECT_THAT(r.err, HasSubstr("1 error"));
  EXPECT_FALSE(folder.has("generated"));
}

TEST(Build, TwoStacksOfOneNameShowBothPlaces) {
  const Folder folder;
  folder.write("a.stack", "stack \"same\"\nresource Topic: AWS::SNS::Topic\n");
  folder.write("b/c.stack", "stack \"same\"\nresource Topic: AWS::SNS::Topic\n");
  const auto r = stackc(folder, {"build", "--diagnostics", "text"});
  EXPECT_EQ(r.status, 1);
  EXPECT_THAT(r.err, HasSubstr("two stacks are named `same`"));
  EXPECT_THAT(r.err, HasSubstr("a.stack:1:7"));
  EXPECT_THAT(r.err, HasSubstr("b/c.stack:1:7"));
  EXPECT_THAT(r.err, HasSubstr("1 error\n"));
}

TEST(Build, OutNamesTheFolder) {
  const Folder folder;
  write_pair(folder);
  EXPECT_EQ(stackc(folder, {"build", "net.stack", "--out", "a/b"}).status, 0);
  EXPECT_TRUE(folder.has("a/b/net.template.json"));
  EXPECT_EQ(stackc(folder, {"build", "net.stack", "-o", (folder.path() / "abs").string()}).status, 0);
  EXPECT_EQ(folder.read("abs/net.template.json"), folder.read("a/b/net.template.json"));
}

TEST(Build, OutDashPrintsTheTemplate) {
  const Folder folder;
  write_pair(folder);
  ASSERT_EQ(stackc(folder, {"build"}).status, 0);
  const auto r = stackc(folder, {"build", "net.stack", "--out", "-"});
  EXPECT_EQ(r.status, 0);
  EXPECT_EQ(r.out, folder.read("generated/net.template.json"));
  const auto two = stackc(folder, {"build", "--out", "-"});
  EXPECT_EQ(two.status, 2);
  EXPECT_EQ(two.out, "");
  EXPECT_THAT(two.err, HasSubstr("this run has 2"));
}

TEST(Build, MapTellsWhereThingsComeFrom) {
  const Folder folder;
  write_pair(folder);
  EXPECT_EQ(stackc(folder, {"build", "net.stack", "--map"}).status, 0);
  const auto map = folder.read("generated/net.map.json");
  ASSERT_TRUE(map.has_value());
  EXPECT_THAT(*map, HasSubstr("\"Resources/Net"));
  EXPECT_THAT(*map, HasSubstr("net.stack:3:"));
}

TEST(Build, SetGivesConstParamsTheirValues) {
  const Folder folder;
  folder.write("buckets.stack", kBuckets);
  const auto r = stackc(folder, {"build", "--set", "zones=[A, B]", "--out", "-"});
  EXPECT_EQ(r.status, 0) << r.err;
  EXPECT_THAT(r.out, HasSubstr("\"FilesA\""));
  EXPECT_THAT(r.out, HasSubstr("\"FilesB\""));
  EXPECT_EQ(stackc(folder, {"build", "--set", "zones=[\"A\",\"B\"]", "--out", "-"}).out, r.out)
      << "JSON is YAML";
  const auto unknown = stackc(folder, {"build", "--set", "zoens=[A]"});
  EXPECT_EQ(unknown.status, 1);
  EXPECT_THAT(unknown.err, HasSubstr("no stack has a const param `zoens`"));
  EXPECT_THAT(unknown.err, HasSubstr("did you mean `zones`?"));
  EXPECT_EQ(stackc(folder, {"build", "--set", "Environment=x"}).status, 1) << "not a const param";
  const auto wrong = stackc(folder, {"build", "--set", "zones=3"});
  EXPECT_EQ(wrong.status, 1);
  EXPECT_THAT(wrong.err, HasSubstr("`zones`"));
}

TEST(Build, EnvironmentsHaveFoldersAndParameters) {
  const Folder folder;
  write_pair(folder);
  folder.write("buckets.stack", kBuckets);
  folder.write("stackc.yaml", R"(out: templates
environments:
  staging:
  production:
    stacks:
      net: { name: net-production }
      buckets:
        const: { zones: [A, B] }
        parameters: { Environment: production }
)");
  ASSERT_EQ(stackc(folder, {"build"}).status, 0);
  EXPECT_THAT(*folder.read("templates/staging/buckets.template.json"), Not(HasSubstr("FilesB")));
  EXPECT_THAT(*folder.read("templates/production/buckets.template.json"), HasSubstr("FilesB"));
  EXPECT_THAT(*folder.read("templates/production/app.template.json"),
              HasSubstr("\"Default\": \"net-production\""));
  EXPECT_THAT(*folder.read("templates/staging/app.template.json"), HasSubstr("\"Default\": \"net\""));
  const auto parameters = *folder.read("templates/production/buckets.parameters.json");
  EXPECT_THAT(parameters, HasSubstr("\"ParameterKey\": \"Environment\""));
  EXPECT_THAT(parameters, HasSubstr("\"ParameterValue\": \"production\""));
  EXPECT_THAT(*folder.read("templates/production/app.parameters.json"),
              HasSubstr("\"ParameterValue\": \"net-production\""));
  EXPECT_EQ(*folder.read("templates/staging/buckets.parameters.json"), "[]\n");
}

TEST(Build, OneEnvironmentOnly) {
  const Folder folder;
  folder.write("buckets.stack", kBuckets);
  folder.write("stackc.yaml", "environments: { staging: {}, production: {} }\n");
  EXPECT_EQ(stackc(folder, {"build", "--env", "staging"}).status, 0);
  EXPECT_FALSE(folder.has("generated/production"));
  EXPECT_TRUE(folder.has("generated/staging/buckets.template.json"));
  const auto unknown = stackc(folder, {"build", "--env", "prodcution"});
  EXPECT_EQ(unknown.status, 1);
  EXPECT_THAT(unknown.err, HasSubstr("did you mean `production`?"));
}

TEST(Build, ProjectMistakesPointIntoTheProjectFile) {
  const Folder folder;
  folder.write("buckets.stack", kBuckets);
  folder.write("stackc.yaml", R"(environments:
  production:
    stacks:
      bucket: {}
      buckets:
        const: { Environment: x }
        parameters: { Enviroment: x }
)");
  const auto r = stackc(folder, {"check", "--diagnostics", "concise"});
  EXPECT_EQ(r.status, 1);
  EXPECT_THAT(r.err, HasSubstr("stackc.yaml:6:18: error[E0916]"));
  EXPECT_EQ(stackc(folder, {"check", "--diagnostics", "concise", "buckets.stack"}).err, r.err);
  folder.write("stackc.yaml", "environments: { p: { stacks: { bucket: {} } } }\n");
  EXPECT_THAT(stackc(folder, {"check"}).err, HasSubstr("the project has no stack `bucket`"));
  EXPECT_EQ(stackc(folder, {"check", "buckets.stack"}).status, 0)
      << "a part of the project need not know all";
}

TEST(Build, WhatIsWrongInSomeEnvironmentsSaysInWhich) {
  const Folder folder;
  folder.write("buckets.stack", kBuckets);
  folder.write("stackc.yaml", R"(environments:
  a: {}
  b: { stacks: { buckets: { const: { zones: 3 } } } }
  c: { stacks: { buckets: { const: { zones: 3 } } } }
)");
  const auto r = stackc(folder, {"check"});
  EXPECT_EQ(r.status, 1);
  EXPECT_THAT(r.err, HasSubstr("in the environments `b`, `c`"));
  EXPECT_THAT(r.err, HasSubstr("stackc.yaml:3:45"));
  EXPECT_THAT(r.err, HasSubstr("1 error\n"));
  EXPECT_EQ(stackc(folder, {"check", "--env", "a"}).status, 0);
}

TEST(Build, TheProjectIsFoundFromAFolderInside) {
  const Folder folder;
  folder.write("stackc.yaml", "out: templates\n");
  folder.write("stacks/buckets.stack", kBuckets);
  folder.write("deep/er/keep", "");
  EXPECT_EQ(stackc(folder, {"build", "stacks"}).status, 0);
  EXPECT_TRUE(folder.has("templates/buckets.template.json"));
  const auto r = stackc(folder, {"build"}, {.in_child = [] { return ::chdir("deep/er") == 0; }});
  EXPECT_EQ(r.status, 0) << r.err;
  EXPECT_THAT(folder.files(), ElementsAre("deep/er/keep", "stackc.yaml", "stacks/buckets.stack",
                                          "templates/buckets.template.json"));
}

TEST(Build, LintLevelsAndAllowComments) {
  const Folder folder;
  const std::string stack =
      "stack \"s\"\n\nresource Db: AWS::EC2::Volume {\n  AvailabilityZone: \"eu-central-1a\"\n  Size: 1\n  "
      "VolumeType: \"gp9\"";
  folder.write("s.stack", stack + "\n}\n");
  const auto warned = stackc(folder, {"check", "--diagnostics", "concise"});
  EXPECT_EQ(warned.status, 0);
  ASSERT_THAT(warned.err, HasSubstr("warning[W0205]"));
  folder.write("stackc.yaml", "lint: { unknown-value: error }\n");
  EXPECT_EQ(stackc(folder, {"check"}).status, 1);
  folder.write("stackc.yaml", "lint: { unknown-value: off }\n");
  EXPECT_EQ(stackc(folder, {"check"}).err, "");
  folder.write("stackc.yaml", "");
  folder.write("s.stack", stack + "  // stackc:allow(unknown-value) new in this region\n}\n");
  EXPECT_EQ(stackc(folder, {"check"}).err, "");
}

TEST(Build, DumpsShowFinishedSteps) {
  const Folder folder;
  write_pair(folder);
  EXPECT_THAT(stackc(folder, {"check", "--dump", "ast", "net.stack"}).out, HasSubstr("Net"));
  EXPECT_THAT(stackc(folder, {"check", "--dump", "types", "net.stack"}).out, HasSubstr("Net: AWS::EC2::VPC"));
  EXPECT_THAT(stackc(folder, {"build", "--dump", "ir", "net.stack"}).out,
              HasSubstr("resource Net: AWS::EC2::VPC"));
  EXPECT_FALSE(folder.has("generated"));
}

TEST(Build, ManyFilesGiveTheSameBytesWithAnyNumberOfThreads) {
  const Folder folder;
  for (int i = 0; i < 150; ++i) {
    const auto n = std::to_string(i);
    folder.write("d" + std::to_string(i % 7) + "/s" + n + ".stack",
                 "stack \"s" + n +
                     "\"\n\nuse { size } from \"../lib.stack\"\n\nresource Q: AWS::SQS::Queue {\n  "
                     "DelaySeconds: size + " +
                     n + "\n}\n");
  }
  folder.write("lib.stack", "let size = 1\n");
  ASSERT_EQ(stackc(folder, {"build", "-j", "1", "--out", "one"}).status, 0);
  ASSERT_EQ(stackc(folder, {"build", "-j", "4", "--out", "four"}).status, 0);
  EXPECT_EQ(folder.files().size(), 151u + 300u);
  for (int i = 0; i < 150; ++i) {
    const auto name = "/s" + std::to_string(i) + ".template.json";
    EXPECT_EQ(folder.read("one" + name), folder.read("four" + name));
  }
  folder.write("lib.stack", "let size = oops\n");
  const auto one = stackc(folder, {"check", "-j", "1"});
  EXPECT_EQ(one.status, 1);
  EXPECT_EQ(one.err, stackc(folder, {"check", "-j", "4"}).err);
  EXPECT_THAT(one.err, HasSubstr("1 error\n")) << "one mistake in a file that all of them use is one error";
}

TEST(Build, MachineFormsAreWholeDocuments) {
  const Folder folder;
  write_pair(folder);
  for (const auto* form : {"json", "sarif"}) {
    const auto fine = stackc(folder, {"check", "--diagnostics", form});
    EXPECT_EQ(fine.status, 0);
    EXPECT_EQ(fine.out, "");
    EXPECT_THAT(fine.err, StartsWith("{"));
  }
}

TEST(Build, ColourIsAskedForOrNotThere) {
  const Folder folder;
  folder.write("bad.stack", "stack \"bad\"\nlet x = y\n");
  EXPECT_THAT(stackc(folder, {"check"}).err, Not(HasSubstr("\x1b[")));
  EXPECT_THAT(stackc(folder, {"check", "--color", "always"}).err, HasSubstr("\x1b["));
  EXPECT_THAT(stackc(folder, {"check", "--color", "never"}).err, Not(HasSubstr("\x1b[")));
}

TEST(Build, LibrariesAreCheckedAndWriteNothing) {
  const Folder folder;
  folder.write("lib.stack", "let a = 1\n");
  const auto r = stackc(folder, {"build", "lib.stack"});
  EXPECT_EQ(r.status, 0) << r.err;
  EXPECT_THAT(folder.files(), ElementsAre("lib.stack"));
  folder.write("lib.stack", "let a = b\n");
  EXPECT_EQ(stackc(folder, {"check", "lib.stack"}).status, 1);
}

TEST(Init, StartsAProjectThatBuilds) {
  const Folder folder;
  const auto r = stackc(folder, {"init", "new"});
  EXPECT_EQ(r.status, 0) << r.err;
  EXPECT_THAT(folder.files(), ElementsAre("new/app.stack", "new/stackc.yaml"));
  const auto built = stackc(folder, {"build", "new"});
  EXPECT_EQ(built.status, 0) << built.err;
  EXPECT_EQ(built.err, "") << "no warnings to begin with";
  EXPECT_TRUE(folder.has("new/generated/app.template.json"));
  EXPECT_EQ(stackc(folder, {"fmt", "--check", "new"}).status, 0);
  folder.write("new/app.stack", "mine");
  const auto again = stackc(folder, {"init", "new"});
  EXPECT_EQ(again.status, 1);
  EXPECT_EQ(folder.read("new/app.stack"), "mine");
}

}  // namespace
}  // namespace stackc::tests

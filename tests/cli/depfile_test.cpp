// `--depfile`: what a build read, for make and ninja. `--timings`: what its stages took.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/driver/depfile.hpp"
#include "compiler/driver/timings.hpp"
#include "tests/cli/program.hpp"

namespace stackc::tests {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// A project in which one stack reads everything that there is to read.
void write_project(const Folder& folder) {
  folder.write("stackc.yaml", "out: generated\nschema: types.yaml\n");
  folder.write("types.yaml", "AWS::SQS::Queue: { properties: { NewOne: String } }\n");
  folder.write("stacks/net.stack",
               "stack \"net\"\n\nresource Net: AWS::EC2::VPC {\n  CidrBlock: 10.0.0.0/16\n}\n\nexport VPC = "
               "Net.ref\n");
  folder.write("lib/tags.stack", "let service = \"acme\"\n");
  folder.write("stacks/names.yaml", "- first\n- second\n");
  folder.write("stacks/docker-compose.yml", "services:\n  web:\n    image: nginx\n");
  folder.write("stacks/app.stack", R"(stack "app"

use { service } from "../lib/tags.stack"
upstream Network from "net.stack"

let web = compose(yaml("docker-compose.yml")).web

for name in yaml("names.yaml") {
  resource Queue: AWS::SQS::Queue { QueueName: "${service}-${name}" }
}

resource Group: AWS::EC2::SecurityGroup { GroupDescription: web.image ?? "none", VpcId: Network.VPC }
)");
  folder.write("stacks/other.stack", "stack \"other\"\n\nresource Files: AWS::S3::Bucket\n");
}

TEST(Depfile, NamesEverythingThatTheBuildRead) {
  const Folder folder;
  write_project(folder);
  const auto r = stackc(folder, {"build", "stacks/app.stack", "--depfile", "app.d"});
  ASSERT_EQ(r.status, 0) << r.err;
  const auto rule = folder.read("app.d").value_or("");
  EXPECT_THAT(rule, StartsWith("generated/app.template.json: \\\n"
                               "  lib/tags.stack \\\n"
                               "  stackc.yaml \\\n"
                               "  stacks/app.stack \\\n"
                               "  stacks/docker-compose.yml \\\n"
                               "  stacks/names.yaml \\\n"
                               "  stacks/net.stack \\\n"
                               "  types.yaml\n"));
  EXPECT_THAT(rule, HasSubstr("\n\nlib/tags.stack:\n")) << "a deleted input does not stop make";
  EXPECT_THAT(rule, Not(HasSubstr("other.stack")));
}

TEST(Depfile, OfAFolderNamesTheFolderUnlessItIsWrittenTo) {
  const Folder folder;
  folder.write("stacks/a.stack", "stack \"a\"\n\nresource Files: AWS::S3::Bucket\n");
  ASSERT_EQ(stackc(folder, {"build", "stacks", "--out", "out", "--depfile", "out/a.d"}).status, 0);
  EXPECT_THAT(*folder.read("out/a.d"),
              StartsWith("out/a.template.json: \\\n  stacks/a.stack \\\n  stacks\n"));
  ASSERT_EQ(stackc(folder, {"build", "stacks", "--out", "stacks", "--depfile", "out/a.d"}).status, 0);
  EXPECT_THAT(*folder.read("out/a.d"), StartsWith("stacks/a.template.json: \\\n  stacks/a.stack\n"));
}

TEST(Depfile, IsNotWrittenForABuildThatFails) {
  const Folder folder;
  folder.write("a.stack", "stack \"a\"\n\nresource Files: AWS::S3::Bukcet\n");
  EXPECT_EQ(stackc(folder, {"build", "a.stack", "--depfile", "a.d"}).status, 1);
  EXPECT_FALSE(folder.has("a.d"));
}

TEST(Depfile, OfACheckNeedsATarget) {
  const Folder folder;
  folder.write("a.stack", "stack \"a\"\n\nresource Files: AWS::S3::Bucket\n");
  const auto without = stackc(folder, {"check", "a.stack", "--depfile", "a.d"});
  EXPECT_EQ(without.status, 2);
  EXPECT_THAT(without.err, HasSubstr("`--depfile-target`"));
  EXPECT_EQ(stackc(folder, {"build", "--depfile-target", "x"}).status, 2);
  EXPECT_EQ(stackc(folder, {"check", "a.stack", "--depfile", "a.d", "--depfile-target", "ok stamp"}).status,
            0);
  EXPECT_EQ(folder.read("a.d"), "ok\\ stamp: \\\n  a.stack\n\na.stack:\n");
}

TEST(Depfile, ThatCannotBeWrittenIsAnError) {
  const Folder folder;
  folder.write("a.stack", "stack \"a\"\n\nresource Files: AWS::S3::Bucket\n");
  folder.write("taken", "a file, not a folder\n");
  const auto r = stackc(folder, {"build", "a.stack", "--depfile", "taken/a.d"});
  EXPECT_EQ(r.status, 1);
  EXPECT_THAT(r.err, HasSubstr("cannot write `taken/a.d`"));
}

TEST(Depfile, EscapesWhatMakeWouldRead) {
  EXPECT_EQ(depfile_text({"a b.json"}, {"c#d", "e$f", "g\\ h", "i\\j"}),
            "a\\ b.json: \\\n  c\\#d \\\n  e$$f \\\n  g\\\\\\ h \\\n  i\\j\n"
            "\nc\\#d:\n\ne$$f:\n\ng\\\\\\ h:\n\ni\\j:\n");
}

TEST(Timings, OfEveryCommandGoToStandardError) {
  const Folder folder;
  folder.write("a.stack", "stack \"a\"\n\nresource Files: AWS::S3::Bucket\n");
  const auto build = stackc(folder, {"build", "--timings"});
  ASSERT_EQ(build.status, 0);
  for (const char* stage : {"parse", "check", "evaluate", "lower", "emit", "write", "other", "whole run"}) {
    EXPECT_THAT(build.err, HasSubstr(std::string{"\n"} + stage + " "));
  }
  EXPECT_EQ(build.out, "");
  EXPECT_EQ(stackc(folder, {"build"}).err, "") << "nothing is said that nobody asked for";
  const std::string made = "generated/a.template.json";
  const std::vector<std::vector<std::string>> commands{{"check"},
                                                       {"fmt", "."},
                                                       {"import", made, "-o", "-"},
                                                       {"diff", made, made},
                                                       {"policy", "a.stack"},
                                                       {"explain", "E0203"},
                                                       {"schema", "AWS::S3::Bucket"},
                                                       {"doc", "std/network"},
                                                       {"init", "new"}};
  for (auto command : commands) {
    command.emplace_back("--timings");
    const auto r = stackc(folder, command);
    EXPECT_EQ(r.status, 0) << command[0] << r.err;
    EXPECT_THAT(r.err, HasSubstr("whole run ")) << command[0];
    EXPECT_THAT(r.out, Not(HasSubstr("whole run "))) << command[0];
  }
}

TEST(Timings, AddUpToTheWholeRun) {
  using std::chrono::milliseconds;
  Timings timings;
  timings.add("parse", milliseconds{2});
  timings.add("check", milliseconds{1});
  timings.add("parse", milliseconds{3});
  EXPECT_EQ(timings.table(milliseconds{10}),
            "parse           5.000 ms  50.0 %\n"
            "check           1.000 ms  10.0 %\n"
            "other           4.000 ms  40.0 %\n"
            "whole run      10.000 ms\n");
  EXPECT_EQ(timings.table(milliseconds{4}),
            "parse           5.000 ms  83.3 %\n"
            "check           1.000 ms  16.7 %\n"
            "together        6.000 ms 100.0 %\n"
            "whole run       4.000 ms\n")
      << "two threads take more than the wall clock says";
}

}  // namespace
}  // namespace stackc::tests

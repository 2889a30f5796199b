// `--incremental`: a run of which nothing changed since the one before it compiles nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>

#include "tests/cli/program.hpp"

namespace stackc::tests {
namespace {

using testing::HasSubstr;

const std::string kBucket = "resource Files: AWS::S3::Bucket\n";

/// A project that reads all that there is to read; its output is inside it.
void write_project(const Folder& folder) {
  folder.write("stackc.yaml", "schema: types.yaml\nenvironments:\n  test: {}\n");
  folder.write("types.yaml", "AWS::SQS::Queue: { properties: { NewOne: String } }\n");
  folder.write("lib/tags.stack", "let service = \"acme\"\n");
  folder.write("stacks/names.yaml", "- first\n- second\n");
  folder.write("stacks/compose.yml",
               "services:\n  web:\n    image: nginx\n    env_file: { path: web.env, required: false }\n");
  folder.write("stacks/net.stack", "stack \"net\"\n\n" + kBucket + "\nexport Name = Files.ref\n");
  folder.write("stacks/app.stack", R"(stack "app"

use { service } from "../lib/tags.stack"
upstream Network from "net.stack"

const param stage = "test"
let web = compose(yaml("compose.yml")).web

for name in yaml("names.yaml") {
  resource Queue: AWS::SQS::Queue { QueueName: "${service}-${stage}-${name}" }
}

output Image = web.image ?? "none"
output Bucket = Network.Name
)");
}

/// Whether a run compiled anything; it has to end well.
bool compiles(const Folder& folder, std::vector<std::string> arguments = {"build"}) {
  arguments.insert(arguments.end(), {"--incremental", ".record", "--timings"});
  const auto r = stackc(folder, arguments);
  EXPECT_EQ(r.status, 0) << r.err;
  EXPECT_THAT(r.err, HasSubstr("compare with record"));
  return r.err.find("\nfind files ") != std::string::npos;
}

TEST(Incremental, NothingChangedAndNothingIsCompiled) {
  const Folder folder;
  write_project(folder);
  EXPECT_TRUE(compiles(folder));
  const auto files = folder.files();
  EXPECT_FALSE(compiles(folder)) << "what the run itself wrote into the project is no change";
  EXPECT_FALSE(compiles(folder, {"build", "--check"})) << "checks the same files";
  EXPECT_FALSE(compiles(folder, {"build", "-j", "3"})) << "the result is the same";
  EXPECT_EQ(folder.files(), files);
  const auto r = stackc(folder, {"build", "--incremental", ".record"});
  EXPECT_EQ(r.out + r.err, "");
}

TEST(Incremental, FormsWithAFrameHaveItEachTime) {
  const Folder folder;
  write_project(folder);
  const std::vector<std::string> arguments{"build", "--diagnostics", "sarif", "--incremental", ".record"};
  const auto first = stackc(folder, arguments);
  const auto second = stackc(folder, arguments);
  EXPECT_THAT(first.err, HasSubstr("\"runs\""));
  EXPECT_EQ(first.err, second.err);
}

TEST(Incremental, WhateverChangesIsNoticed) {
  const std::vector<std::pair<std::string, std::function<void(const Folder&)>>> changes{
      {"a stack",
       [](const Folder& f) { f.write("stacks/net.stack", *f.read("stacks/net.stack") + "\n// more\n"); }},
      {"a library", [](const Folder& f) { f.write("lib/tags.stack", "let service = \"acne\"\n"); }},
      {"data", [](const Folder& f) { f.write("stacks/names.yaml", "- first\n- third\n"); }},
      {"a Compose file",
       [](const Folder& f) { f.write("stacks/compose.yml", "services: { web: { image: caddy } }\n"); }},
      {"an optional file", [](const Folder& f) { f.write("stacks/web.env", "A=1\n"); }},
      {"the project",
       [](const Folder& f) {
         f.write("stackc.yaml", "schema: types.yaml\nenvironments:\n  test: {}\nout: generated\n");
       }},
      {"types",
       [](const Folder& f) {
         f.write("types.yaml", "AWS::SQS::Queue: { properties: { NewOn: String } }\n");
       }},
      {"a new stack", [](const Folder& f) { f.write("stacks/new.stack", "stack \"new\"\n\n" + kBucket); }},
      {"a new folder", [](const Folder& f) { f.write("more/new.stack", "stack \"new\"\n\n" + kBucket); }},
      {"a stack among the output",
       [](const Folder& f) { f.write("generated/test/x.stack", "stack \"x\"\n\n" + kBucket); }},
      {"output", [](const Folder& f) { f.write("generated/test/net.template.json", "{}"); }},
      {"output that is gone",
       [](const Folder& f) { std::filesystem::remove(f.path() / "generated/test/app.template.json"); }},
      {"where a link leads",
       [](const Folder& f) {
         f.write("stacks/other.yaml", *f.read("stacks/names.yaml"));
         std::filesystem::remove(f.path() / "stacks/names.yaml");
         std::filesystem::create_symlink("other.yaml", f.path() / "stacks/names.yaml");
       }},
  };
  for (const auto& [what, change] : changes) {
    const Folder folder;
    write_project(folder);
    EXPECT_TRUE(compiles(folder)) << what;
    EXPECT_FALSE(compiles(folder)) << what;
    change(folder);
    EXPECT_TRUE(compiles(folder)) << what;
    EXPECT_THAT(*folder.read("generated/test/net.template.json"), HasSubstr("AWS::S3::Bucket")) << what;
    EXPECT_TRUE(folder.has("generated/test/app.template.json")) << what;
    EXPECT_FALSE(compiles(folder)) << what;
  }
}

TEST(Incremental, OtherOptionsAreAnotherRun) {
  const Folder folder;
  write_project(folder);
  EXPECT_TRUE(compiles(folder));
  const std::vector<std::vector<std::string>> others{{"build", "--set", "stage=live"},
                                                     {"build", "--format", "yaml"},
                                                     {"build", "--map"},
                                                     {"build", "--env", "test"},
                                                     {"build", "--out", "elsewhere"},
                                                     {"build", "stacks"},
                                                     {"check"},
                                                     {"check", "stacks/net.stack"},
                                                     {"build", "--depfile", "all.d"}};
  for (const auto& other : others) {
    EXPECT_TRUE(compiles(folder, other)) << testing::PrintToString(other);
    EXPECT_FALSE(compiles(folder, other)) << testing::PrintToString(other);
  }
}

TEST(Incremental, ADepfileIsOutput) {
  const Folder folder;
  write_project(folder);
  const std::vector<std::string> build{"build", "--depfile", "all.d"};
  EXPECT_TRUE(compiles(folder, build));
  EXPECT_FALSE(compiles(folder, build));
  std::filesystem::remove(folder.path() / "all.d");
  EXPECT_TRUE(compiles(folder, build));
  EXPECT_THAT(*folder.read("all.d"), HasSubstr("lib/tags.stack"));
}

TEST(Incremental, FindingsAreSaidEachTime) {
  const Folder folder;
  folder.write(
      "a.stack",
      "stack \"a\"\n\nlet BadName = \"x\"\n\nresource files: AWS::S3::Bucket { BucketName: BadName }\n");
  const std::vector<std::string> arguments{"build", "--incremental", ".record"};
  const auto first = stackc(folder, arguments);
  EXPECT_EQ(first.status, 0);
  EXPECT_THAT(first.err, HasSubstr("warning"));
  EXPECT_FALSE(folder.has(".record"));
  EXPECT_EQ(stackc(folder, arguments).err, first.err);

  folder.write("a.stack", "stack \"a\"\n\nresource Files: AWS::S3::Bukcet\n");
  EXPECT_EQ(stackc(folder, arguments).status, 1);
  EXPECT_FALSE(folder.has(".record"));
}

TEST(Incremental, AnErrorLeavesTheRecordOfTheLastGoodRun) {
  const Folder folder;
  write_project(folder);
  EXPECT_TRUE(compiles(folder));
  const auto good = *folder.read("stacks/net.stack");
  folder.write("stacks/net.stack", "stack \"net\"\n\nresource Files: AWS::S3::Bukcet\n");
  EXPECT_EQ(stackc(folder, {"build", "--incremental", ".record"}).status, 1);
  EXPECT_EQ(stackc(folder, {"build", "--incremental", ".record"}).status, 1);
  folder.write("stacks/net.stack", good);
  EXPECT_FALSE(compiles(folder));
}

TEST(Incremental, ADamagedRecordIsNone) {
  const Folder folder;
  folder.write("a.stack", "stack \"a\"\n\n" + kBucket);
  ASSERT_TRUE(compiles(folder));
  const auto record = *folder.read(".record");
  const std::string title = "stackc build record 1\n";
  std::vector<std::string> damaged{"", title, "stackc build record 2\n",
                                   title + std::string(1 << 20, '\xff')};
  for (std::size_t i = title.size(); i < record.size(); i += 29) {
    damaged.push_back(record.substr(0, i));
    damaged.push_back(record);
    damaged.back()[i] ^= 1;
  }
  for (const auto& text : damaged) {
    folder.write(".record", text);
    EXPECT_TRUE(compiles(folder));
    EXPECT_EQ(folder.read(".record"), record);
  }
}

/// `--incremental` with its file forgotten takes the first stack for it.
TEST(Incremental, NoOtherFileIsOverwritten) {
  const Folder folder;
  const auto source = "stack \"a\"\n\n" + kBucket;
  folder.write("a.stack", source);
  const auto r = stackc(folder, {"build", "--incremental", "a.stack"});
  EXPECT_EQ(r.status, 2);
  EXPECT_THAT(r.err, HasSubstr("`a.stack` is no record of a run"));
  EXPECT_EQ(folder.read("a.stack"), source);
  EXPECT_FALSE(folder.has("generated"));
}

TEST(Incremental, ADeviceRemembersNothing) {
  const Folder folder;
  folder.write("a.stack", "stack \"a\"\n\n" + kBucket);
  for (int i = 0; i < 2; ++i) {
    const auto r = stackc(folder, {"build", "--incremental", "/dev/null"});
    EXPECT_EQ(r.status, 0) << r.err;
    EXPECT_EQ(r.err, "");
  }
}

TEST(Incremental, ARecordThatCannotBeWrittenIsAnError) {
  const Folder folder;
  folder.write("a.stack", "stack \"a\"\n\n" + kBucket);
  folder.write("taken", "a file, not a folder\n");
  const auto r = stackc(folder, {"build", "--incremental", "taken/record"});
  EXPECT_EQ(r.status, 1);
  EXPECT_THAT(r.err, HasSubstr("cannot write `taken/record`"));
  const auto directory = stackc(folder, {"build", "--incremental", "generated"});
  EXPECT_EQ(directory.status, 1);
  EXPECT_THAT(directory.err, HasSubstr("cannot write `generated`: is a directory"));
}

TEST(Incremental, IsNotForRunsThatPrint) {
  const Folder folder;
  folder.write("a.stack", "stack \"a\"\n\n" + kBucket);
  for (const auto& arguments : {std::vector<std::string>{"build", "--out", "-"}, {"check", "--dump", "ir"}}) {
    auto with = arguments;
    with.insert(with.end(), {"--incremental", ".record"});
    const auto r = stackc(folder, with);
    EXPECT_EQ(r.status, 2);
    EXPECT_THAT(r.err, HasSubstr("this one prints"));
  }
}

TEST(Incremental, LargeRunsAreAsSmallOnes) {
  const Folder folder;
  for (int i = 0; i < 300; ++i) {
    auto text = "stack \"s" + std::to_string(i) + "\"\n\n";
    for (int k = 0; k < 40; ++k) {
      text += "resource Queue" + std::to_string(k) + ": AWS::SQS::Queue { QueueName: \"q" +
              std::to_string(i) + "-" + std::to_string(k) + "\" }\n";
    }
    folder.write("stacks/" + std::to_string(i) + ".stack", text);
  }
  EXPECT_TRUE(compiles(folder, {"build", "-j", "4"}));
  EXPECT_FALSE(compiles(folder));
  folder.write("generated/s299.template.json", *folder.read("generated/s299.template.json") + " ");
  EXPECT_TRUE(compiles(folder));
  EXPECT_FALSE(compiles(folder));
}

/// What a run writes may be what the next one finds: it is no change only where it cannot be.
TEST(Incremental, OfTemplatesEndsWhereOthersEnd) {
  const Folder folder;
  folder.write("vpc.yaml", "Resources: { Queue: { Type: AWS::SQS::Queue } }\n");
  EXPECT_TRUE(compiles(folder));
  EXPECT_TRUE(compiles(folder)) << "there is a new folder";
  EXPECT_FALSE(compiles(folder));
  folder.write("more/queue.json", R"({"Resources": {"Queue": {"Type": "AWS::SQS::Queue"}}})");
  EXPECT_TRUE(compiles(folder));
  EXPECT_TRUE(folder.has("generated/queue.template.json"));
  EXPECT_TRUE(compiles(folder)) << "there is a new file where stack files may be";
  EXPECT_FALSE(compiles(folder));

  const Folder among_themselves;
  among_themselves.write("vpc.yaml", "Resources: { Queue: { Type: AWS::SQS::Queue } }\n");
  EXPECT_TRUE(compiles(among_themselves, {"build", "--out", "."}));
  const auto plain = stackc(among_themselves, {"build", "--out", "."});
  EXPECT_EQ(plain.status, 1) << "vpc.template.json is a second `vpc`";
  EXPECT_EQ(stackc(among_themselves, {"build", "--out", ".", "--incremental", ".record"}).err, plain.err);
}

TEST(Incremental, APipeIsReadOnce) {
  const Folder folder;
  Surroundings piped;
  piped.input = "stack \"a\"\n\n" + kBucket;
  for (int i = 0; i < 2; ++i) {
    const auto r = stackc(folder, {"build", "/dev/stdin", "--incremental", ".record"}, piped);
    EXPECT_EQ(r.status, 0) << r.err;
    EXPECT_TRUE(folder.has("generated/a.template.json"));
    EXPECT_FALSE(folder.has(".record"));
  }
}

TEST(Incremental, ANameThatNoLineHoldsIsNotRecorded) {
  const Folder folder;
  folder.write("a\nb.stack", "stack \"a\"\n\n" + kBucket);
  EXPECT_TRUE(compiles(folder));
  EXPECT_TRUE(compiles(folder));
  EXPECT_FALSE(folder.has(".record"));
}

}  // namespace
}  // namespace stackc::tests

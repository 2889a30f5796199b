// Documentation of libraries: from the checked program to data, and to Markdown.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/doc/markdown.hpp"
#include "compiler/sema/sema.hpp"

namespace stackc::doc {
namespace {

using testing::HasSubstr;
using testing::Not;

class DocLibrary : public ::testing::Test {
 protected:
  Library describe(const std::string& source) {
    fs.files["lib.stack"] = source;
    const auto graph = load_modules({"lib.stack"}, fs, sources, sink, {});
    const auto program = sema::check(graph, sources, sink);
    for (const Diagnostic& d : sink.all()) ADD_FAILURE() << d.message;
    return doc::describe(*program, graph.roots.at(0));
  }
  MemoryFileSystem fs;
  SourceMap sources;
  Sink sink;
};

TEST_F(DocLibrary, TheBlockAtTheTopIntroducesTheFile) {
  const auto library = describe("/// What this is.\n///\n///   indented\n\n/// The first.\nlet a = 1\n");
  EXPECT_EQ(library.introduction, "What this is.\n\n  indented");
  ASSERT_EQ(library.values.size(), 1U);
  EXPECT_EQ(library.values[0].text, "The first.");
}

TEST_F(DocLibrary, WithoutAnEmptyLineItBelongsToWhatFollows) {
  const auto library = describe("/// The first.\nlet a = 1\n");
  EXPECT_EQ(library.introduction, "");
  EXPECT_EQ(library.values[0].text, "The first.");
}

TEST_F(DocLibrary, OtherCommentsDoNotIntroduce) {
  EXPECT_EQ(describe("// A licence.\n\n/// Of a.\nlet a = 1\n").introduction, "");
  EXPECT_EQ(describe("//// four\n\nlet a = 1\n").introduction, "");
}

constexpr const char* kSite =
    "component Site {\n"
    "  /// The zones.\n"
    "  param zones: [String]\n"
    "  param name: String\n"
    "  param alarm: Bool = true\n"
    "  param topic: AWS::SNS::Topic.TopicArn?\n"
    "  const param size: \"s\" | \"m\" = \"s\"\n"
    "  param hosts: {[String]: { address: String, weight: Int }} = {}\n"
    "  for zone in zones {\n"
    "    resource Queue: AWS::SQS::Queue { QueueName: name }\n"
    "  }\n"
    "  if alarm {\n"
    "    resource Alarm: AWS::SNS::Topic { DisplayName: size }\n"
    "    output alarmTopic = Alarm\n"
    "  }\n"
    "  if topic != none {\n"
    "    resource Other: AWS::SQS::Queue\n"
    "  }\n"
    "  private resource Hidden: AWS::SQS::Queue\n"
    "  for name, host in hosts {\n"
    "    resource Host: AWS::SQS::Queue { QueueName: host.address }\n"
    "  }\n"
    "  output queues = Queue\n"
    "  output first: String = name\n"
    "  assert length(zones) > 0, \"a site needs a zone\"\n"
    "}\n";

TEST_F(DocLibrary, ParamsHaveTypesDefaultsAndStages) {
  const auto library = describe(kSite);
  const auto& params = library.components.at(0).params;
  ASSERT_EQ(params.size(), 6U);
  EXPECT_EQ(params[0].name, "zones");
  EXPECT_EQ(params[0].type, "[String]");
  EXPECT_EQ(params[0].fallback, std::nullopt);
  EXPECT_EQ(params[0].stage, "const");  // keys of a loop
  EXPECT_EQ(params[0].text, "The zones.");
  EXPECT_EQ(params[1].stage, "any");
  EXPECT_EQ(params[2].fallback, "true");
  EXPECT_EQ(params[2].stage, "param");  // the condition of an `if`
  EXPECT_EQ(params[3].type, "AWS::SNS::Topic.TopicArn?");
  EXPECT_EQ(params[3].fallback, "none");
  EXPECT_EQ(params[3].stage, "presence param");
  EXPECT_EQ(params[4].type, "\"s\" | \"m\"");
  EXPECT_EQ(params[4].stage, "const");
  EXPECT_EQ(params[5].stage, "keys const");
}

TEST_F(DocLibrary, OutputsAreSeenFromOutside) {
  const auto library = describe(kSite);
  const auto& outputs = library.components.at(0).outputs;
  ASSERT_EQ(outputs.size(), 3U);
  EXPECT_EQ(outputs[0].name, "alarmTopic");
  EXPECT_EQ(outputs[0].type, "AWS::SNS::Topic?");
  EXPECT_EQ(outputs[1].type, "{[String]: AWS::SQS::Queue}");
  EXPECT_EQ(outputs[2].type, "String");
}

TEST_F(DocLibrary, WhatIsInsideHasKeysAndConditions) {
  const auto library = describe(kSite);
  const auto& inside = library.components.at(0).resources;
  ASSERT_EQ(inside.size(), 4U);
  EXPECT_EQ(inside[0].keys, std::vector<std::string>{"zone"});
  EXPECT_EQ(inside[1].condition, "alarm");
  EXPECT_EQ(inside[2].condition, "topic != none");
  EXPECT_EQ(inside[3].name, "Host");
  EXPECT_EQ(library.components.at(0).asserts, std::vector<std::string>{"a site needs a zone"});
}

TEST_F(DocLibrary, PrivateNamesAreLeftOut) {
  const auto library = describe("private fn a() = 1\nfn b(x: [Int] = [1,\n  2]) -> Int = x[0]\nprivate type T = Int\ntype U = { a: Int }\n");
  ASSERT_EQ(library.functions.size(), 1U);
  EXPECT_EQ(library.functions[0].name, "b");
  EXPECT_EQ(library.functions[0].result, "Int");
  EXPECT_EQ(library.functions[0].params.at(0).fallback, "[1, 2]");
  ASSERT_EQ(library.types.size(), 1U);
  EXPECT_EQ(library.types[0].source, "type U = { a: Int }");
}

TEST_F(DocLibrary, AStackIsDescribedByItsParametersAndOutputs) {
  const auto library = describe(
      "/// Events.\nstack \"events\"\n\n/// How long.\nparam Days: Int = 3\nresource Topic: AWS::SNS::Topic\nexport Topic = Topic\n"
      "output Days = Days\n");
  ASSERT_TRUE(library.stack);
  EXPECT_EQ(library.stack->name, "events");
  EXPECT_EQ(library.stack->params.at(0).stage, "param");
  EXPECT_TRUE(library.stack->outputs.at(0).is_export);
  EXPECT_THAT(markdown(library, {}), HasSubstr("| `Topic` | `AWS::SNS::Topic` | exported | |"));
}

TEST_F(DocLibrary, MarkdownEscapesAndLinks) {
  const std::vector<Library> all{describe(
      "type Width = \"s\" | \"m\"\n/// One.\n///\n/// Two\n/// lines.\nfn f(width: Width) = width\n"
      "component C {\n  /// First | second.\n  ///\n  /// More.\n  param width: Width?\n  output o = width\n}\n")};
  const std::string text = markdown(all[0], all);
  EXPECT_THAT(text, HasSubstr("# lib.stack\n"));
  EXPECT_THAT(text, HasSubstr("[`Width?`](#width)"));
  EXPECT_THAT(text, HasSubstr("First \\| second. |"));
  EXPECT_THAT(text, HasSubstr("\n`width`: More.\n"));
  EXPECT_THAT(text, HasSubstr("One.\n\nTwo\nlines."));
  EXPECT_THAT(text, HasSubstr("```stack fragment\ntype Width = \"s\" | \"m\"\n```"));
}

TEST_F(DocLibrary, NamesOfPagesAndTheIndex) {
  EXPECT_EQ(page_name("std/network"), "network.md");
  EXPECT_EQ(page_name("../lib/names.stack"), "lib/names.md");
  EXPECT_EQ(page_name("/abs/names.stack"), "abs/names.md");
  Library a;
  a.name = "lib/a.stack";
  a.introduction = "About a: this.\nAnd more. Not this.";
  EXPECT_THAT(markdown_index("Libraries", std::vector<Library>{a}), HasSubstr("| [lib/a.stack](lib/a.md) | About a: this. |"));
}

}  // namespace
}  // namespace stackc::doc

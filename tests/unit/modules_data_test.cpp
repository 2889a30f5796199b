#include <gtest/gtest.h>

#include "compiler/modules/modules.hpp"

// Files that sources read at compile time.
namespace stackc {
namespace {

TEST(DataJson, KeepsNumbersAsWrittenAndStringsApart) {
  std::string reason;
  std::size_t at = 0;
  const auto node = parse_json(R"({"a": 1.50, "b": "1.50", "c": [true, null, -3, 12345678901234567890]})", reason, at);
  ASSERT_EQ(reason, "");
  ASSERT_EQ(node.pairs.size(), 3U);
  EXPECT_EQ(node.find("a")->text, "1.50");
  EXPECT_EQ(yaml::scalar_kind(*node.find("a")), yaml::ScalarKind::Decimal);
  EXPECT_EQ(yaml::scalar_kind(*node.find("b")), yaml::ScalarKind::String);
  const auto& items = node.find("c")->items;
  ASSERT_EQ(items.size(), 4U);
  EXPECT_EQ(yaml::scalar_kind(items[0]), yaml::ScalarKind::Bool);
  EXPECT_EQ(items[1].kind, yaml::Kind::Null);
  EXPECT_EQ(items[3].text, "12345678901234567890");
}

TEST(DataJson, RefusesWhatIsNoJson) {
  for (const char* text : {"", "{", "{'a': 1}", "{\"a\": 1,}", "[1] 2", "{\"a\": 1, \"a\": 2}", "nul"}) {
    std::string reason;
    std::size_t at = 0;
    parse_json(text, reason, at);
    EXPECT_NE(reason, "") << text;
  }
  std::string reason;
  std::size_t at = 0;
  parse_json(std::string(100'000, '['), reason, at);
  EXPECT_EQ(reason, "nested too deeply");
}

TEST(DataUtf8, FindsTheFirstBadByte) {
  EXPECT_EQ(find_non_utf8("h\xC3\xA9llo \xE2\x82\xAC \xF0\x9F\x98\x80"), std::string_view::npos);
  EXPECT_EQ(find_non_utf8("ab\xFF"), 2U);
  EXPECT_EQ(find_non_utf8("\xC0\x80"), 0U);          // overlong
  EXPECT_EQ(find_non_utf8("a\xED\xA0\x80"), 1U);     // a surrogate
  EXPECT_EQ(find_non_utf8("\xF4\x90\x80\x80"), 0U);  // beyond Unicode
  EXPECT_EQ(find_non_utf8("abc\xE2\x82"), 3U);       // cut off
}

class DataFiles : public ::testing::Test {
 protected:
  void load(const std::string& source, std::string_view root = {}) {
    fs.files["app/main.stack"] = "stack \"app\"\n\n" + source;
    graph = load_modules({"app/main.stack"}, fs, sources, sink, root);
  }
  MemoryFileSystem fs;
  SourceMap sources;
  Sink sink;
  ModuleGraph graph;
};

TEST_F(DataFiles, AreReadRelativeToTheSource) {
  fs.files["app/data/a.txt"] = "text";
  load("let a = text(\"data/a.txt\")\n");
  ASSERT_EQ(graph.data_files.size(), 1U);
  EXPECT_EQ(graph.data_files[0]->path, "app/data/a.txt");
  EXPECT_EQ(graph.data_files[0]->text, "text");
  EXPECT_TRUE(graph.data_files[0]->ok);
  EXPECT_EQ(sink.error_count(), 0U);
}

TEST_F(DataFiles, StandBelowTheProject) {
  fs.files["shared.txt"] = "text";
  load("let a = text(\"../shared.txt\")\n");
  EXPECT_EQ(sink.error_count(), 1U);
  EXPECT_EQ(sink.all()[0].code, Code::FilePath);
  sink = Sink{};
  load("let a = text(\"../shared.txt\")\n", ".");
  EXPECT_EQ(sink.error_count(), 0U);
  load("let a = text(\"../../shared.txt\")\n", ".");
  EXPECT_EQ(sink.error_count(), 1U);
}

TEST_F(DataFiles, AreNotReadByFunctionsOfTheProgram) {
  load("fn text(a: String) -> String = a\nlet a = text(\"/nowhere\")\n");
  EXPECT_EQ(graph.data_files.size(), 0U);
  EXPECT_EQ(sink.error_count(), 0U);
}

}  // namespace
}  // namespace stackc

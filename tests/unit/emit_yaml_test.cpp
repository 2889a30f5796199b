// What is written as YAML reads as what was written.

#include <gtest/gtest.h>

#include <random>

#include "compiler/emit/emit.hpp"
#include "compiler/emit/yaml_text.hpp"
#include "compiler/import/import.hpp"

namespace stackc {
namespace {

using emit::YamlPlace;

TEST(YamlText, HasQuotesOnlyWhereTheyAreNeeded) {
  for (const char* plain : {"a", "t3.micro", "arn:aws:s3:::b/*", "10.0.0.0/16", "${A}-b", "AWS::SQS::Queue",
                            "30s", "yesterday", "/x", "it's", "a#b", "é", "1 GiB", "true story"}) {
    EXPECT_EQ(emit::yaml_text(plain, YamlPlace::Block), plain);
  }
  for (const char* quoted : {"",    "yes",  "N",     "Off",  "null",       "~",
                             "012", "0x1F", "1_000", "1:30", "2010-09-09", "1e3",
                             ".5",  "+1",   "- a",   "a: b", "a #b",       "a:",
                             "*a",  "&a",   "!a",    "%a",   "@a",         "`a",
                             " a",  "a ",   "[a",    "{a",   "? a",        "|",
                             ">",   "=",    "<<",    "---",  "12:30:45.5", "2001-12-14t21:59:43.10-05:00"}) {
    EXPECT_EQ(emit::yaml_text(quoted, YamlPlace::Block), "\"" + std::string(quoted) + "\"");
  }
  EXPECT_EQ(emit::yaml_text("a,b", YamlPlace::Block), "a,b");
  EXPECT_EQ(emit::yaml_text("a,b", YamlPlace::Flow), "\"a,b\"");
  EXPECT_EQ(emit::yaml_text("\"a\"", YamlPlace::Block), "'\"a\"'");
  EXPECT_EQ(emit::yaml_text("a\tb\x7f", YamlPlace::Block), "\"a\\tb\\u007f\"");
}

TEST(YamlText, NumbersAreNumbersInYaml11) {
  EXPECT_EQ(emit::yaml_number("1.50"), "1.50");
  EXPECT_EQ(emit::yaml_number("1e3"), "1.0e+3");
  EXPECT_EQ(emit::yaml_number("-2.5E-7"), "-2.5E-7");
}

/// Texts out of what means something to YAML.
class Texts {
 public:
  std::string next() {
    static constexpr const char* kPieces[] = {"a",
                                              "B1",
                                              "0",
                                              "9",
                                              " ",
                                              "  ",
                                              "\n",
                                              "\n\n",
                                              "\t",
                                              "\r\n",
                                              ":",
                                              ": ",
                                              "#",
                                              " #",
                                              "-",
                                              "- ",
                                              "'",
                                              "\"",
                                              "\\",
                                              "{",
                                              "}",
                                              "[",
                                              "]",
                                              ",",
                                              "?",
                                              "!",
                                              "&",
                                              "*",
                                              "|",
                                              ">",
                                              "%",
                                              "@",
                                              "`",
                                              "~",
                                              "=",
                                              "<<",
                                              ".",
                                              "_",
                                              "e+",
                                              "yes",
                                              "null",
                                              "${A}",
                                              "é",
                                              "\xE2\x80\xA8",
                                              "\xF0\x9F\x98\x80",
                                              "\xC2\x85",
                                              "---",
                                              "..."};
    std::string out;
    for (auto n = random_() % 6; n > 0; --n) out += kPieces[random_() % std::size(kPieces)];
    return out;
  }

 private:
  std::minstd_rand random_{1};
};

TEST(Yaml, AnyTextComesBack) {
  Texts texts;
  for (int round = 0; round < 300; ++round) {
    ir::Template t;
    const ir::Builder b(t.arena);
    std::vector<ir::Member> members;
    for (int i = 0; i < 40; ++i) {
      ir::ValueRef v = b.string(texts.next());
      if (i % 5 == 1) v = b.list({v, b.list({v, b.object({{"k", v}, {"l", v}})})});
      if (i % 5 == 2) v = b.call(ir::Fn::Join, {b.string(texts.next()), b.list({v, b.ref("A")})});
      if (i % 5 == 3) v = b.call(ir::Fn::Base64, {b.call(ir::Fn::SubText, {v})});
      if (i % 5 == 4) v = b.object({{t.arena.copy(texts.next()), v}});
      members.push_back({t.arena.copy(std::to_string(i) + "k" + texts.next()), v});
    }
    t.metadata = b.object(members);
    SourceMap sources;
    Sink sink;
    const std::string yaml = emit::template_yaml(t);
    const auto read = cfn::read_document(sources.add("t.yaml", yaml), sources, sink);
    ASSERT_NE(read, nullptr) << sink.all()[0].message << "\n" << yaml;
    EXPECT_EQ(emit::value_json(read->root->get_if<ir::Object>()->find("Metadata")),
              emit::value_json(t.metadata))
        << yaml;
  }
}

}  // namespace
}  // namespace stackc

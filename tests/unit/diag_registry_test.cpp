#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>

#include "compiler/diag/explain.hpp"
#include "compiler/diag/registry.hpp"

namespace stackc {
namespace {

TEST(Registry, InfoBelongsToItsCode) {
  EXPECT_EQ(info(Code::UnknownProperty).number, "E0203");
  EXPECT_EQ(info(Code::UnknownProperty).slug, "unknown-property");
  EXPECT_EQ(info(Code::UnknownValue).number, "W0205");
  EXPECT_EQ(info(Code::UnknownValue).severity, Severity::Warning);
  for (const CodeInfo& code : all_codes()) EXPECT_EQ(&info(code.code), &code);
}

TEST(Registry, FindsByNumberAndSlug) {
  EXPECT_EQ(find_code("E0203"), &info(Code::UnknownProperty));
  EXPECT_EQ(find_code("e0203"), &info(Code::UnknownProperty));
  EXPECT_EQ(find_code("0203"), &info(Code::UnknownProperty));
  EXPECT_EQ(find_code("unknown-property"), &info(Code::UnknownProperty));
  EXPECT_EQ(find_code("W0203"), nullptr);
  EXPECT_EQ(find_code(""), nullptr);
  EXPECT_EQ(find_code("E9999"), nullptr);
}

TEST(Registry, SlugsAndTitlesHaveOneForm) {
  const std::regex slug("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  for (const CodeInfo& code : all_codes()) {
    EXPECT_TRUE(std::regex_match(std::string(code.slug), slug)) << code.slug;
    EXPECT_NE(code.title.back(), '.') << code.title;
    EXPECT_TRUE(code.title.size() < 80) << code.title;
  }
}

/// Numbers stand in the file of their range, so that an edit of one subject moves one file.
TEST(Registry, NumbersStandInTheFileOfTheirRange) {
  const std::vector<std::pair<std::string, std::string>> ranges = {
      {"syntax", "1"}, {"schema", "2"},    {"names", "3"},    {"types", "4"},
      {"stages", "5"}, {"structure", "6"}, {"template", "7"}, {"lint", "8"},
      {"files", "9"},  {"input", "10"},    {"check", "11"},
      {"platform", "12"}};
  const std::regex line("STACKC_CODE\\(\\w+, (\\d+),");
  std::size_t seen = 0;
  for (const auto& [name, digit] : ranges) {
    std::ifstream in(std::string(STACKC_SOURCE_DIR) + "/compiler/diag/codes/" + name + ".def");
    ASSERT_TRUE(in) << name;
    for (std::string text; std::getline(in, text);) {
      std::smatch match;
      if (!std::regex_search(text, match, line)) continue;
      EXPECT_EQ(match[1].str().substr(0, match[1].length() - 2), digit) << name << ".def: " << text;
      ++seen;
    }
  }
  EXPECT_EQ(seen, all_codes().size());
}

TEST(Sink, CountsErrorsAndTakesSeveritiesFromTheRegistry) {
  Sink sink;
  sink.report(Code::UnknownValue, {}, "a warning");
  EXPECT_FALSE(sink.has_errors());
  const Diagnostic& d = sink.report(Code::UnknownProperty, {FileId(0), 1, 2}, "an error", "label");
  EXPECT_EQ(d.severity, Severity::Error);
  ASSERT_EQ(d.labels.size(), 1u);
  EXPECT_EQ(d.labels[0].text, "label");
  EXPECT_EQ(sink.error_count(), 1u);
  EXPECT_EQ(sink.all().size(), 2u);
  EXPECT_TRUE(sink.all()[0].labels.empty());
}

TEST(Explain, SuggestsCodes) {
  EXPECT_THAT(close_codes("unknown-propperty"), testing::Contains("unknown-property"));
  EXPECT_EQ(explain("unknown-propperty"), std::nullopt);
}

TEST(Explain, RendersForATerminal) {
  const std::string page = "# E0203: unknown `property`\n\nSay `x`.\n\n```stack\nlet a = 1\n\nlet `b`\n```\n";
  EXPECT_EQ(render_page(page, false), page);
  EXPECT_EQ(render_page(page, true),
            "\x1B[1mE0203: unknown `property`\x1B[0m\n\nSay \x1B[36mx\x1B[0m.\n\n"
            "    \x1B[2mlet a = 1\x1B[0m\n\n    \x1B[2mlet `b`\x1B[0m\n");
}

}  // namespace
}  // namespace stackc

#include <gtest/gtest.h>

#include <string>

#include "tests/support/processor_time.hpp"
#include "tests/unit/parse_support.hpp"

namespace stackc {
namespace {

std::string repeated(std::string_view text, std::size_t count) {
  std::string result;
  result.reserve(text.size() * count);
  for (std::size_t i = 0; i < count; ++i) result += text;
  return result;
}

class ParseDeep : public testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(ParseDeep, IsOneErrorAndNoOverflow) {
  const auto [start, piece] = GetParam();
  const Parsed parsed(start + repeated(piece, 100'000));
  EXPECT_EQ(parsed.sink.all().size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(
    All, ParseDeep,
    testing::Values(std::pair{"let a = ", "("}, std::pair{"let a = ", "["}, std::pair{"let a = ", "{"},
                    std::pair{"let a = ", "{a:"}, std::pair{"let a = ", "!"}, std::pair{"let a = ", "- "},
                    std::pair{"let a = ", "a?"}, std::pair{"let a = ", "a?b:"}, std::pair{"let a = ", "\"${"},
                    std::pair{"let a = ", "\"\"\"${"}, std::pair{"let a = ", "f("},
                    std::pair{"let a = ", "a["}, std::pair{"let a = a", "+a"}, std::pair{"let a = a", ".a"},
                    std::pair{"let a = a", "[0]"}, std::pair{"let a = a", "??a"},
                    std::pair{"let a = ", "[for x in "}, std::pair{"type T = ", "["},
                    std::pair{"type T = ", "("}, std::pair{"type T = ", "{a:"}, std::pair{"type T = ", "A<"},
                    std::pair{"", "if a {"}, std::pair{"", "for a in b {"}, std::pair{"", "component C {"},
                    std::pair{"if a {}", " else if a {}"}, std::pair{"resource A: T {}", " with { A {}"},
                    std::pair{"", "}"}, std::pair{"", ")"}, std::pair{"let a = ", "]"}, std::pair{"", "@a("},
                    std::pair{"", "/*"}, std::pair{"let a = [", "..."}, std::pair{"", ","},
                    std::pair{"", "private "}));

TEST(ParseHostile, TheLimitOfDepthIsExact) {
  const auto nested = [](std::size_t depth) {
    return "let a = " + repeated("(", depth) + "1" + repeated(")", depth);
  };
  EXPECT_EQ(Parsed(nested(200)).errors(), "");
  const Parsed deeper(nested(201));
  ASSERT_EQ(deeper.sink.all().size(), 1U);
  EXPECT_EQ(deeper.sink.all()[0].code, Code::NestingTooDeep);
}

TEST(ParseHostile, BytesThatAreNoText) {
  EXPECT_EQ(Parsed(std::string("let a = 1\0", 10)).errors(),
            "1:10: found the control character U+0000 at byte 9, expected text\n");
  EXPECT_EQ(Parsed("let a = \"\x1b\"").errors(),
            "1:10: found the control character U+001B at byte 9, expected text\n");
  for (const char* bad : {"\xff", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82", "\x80"}) {
    const Parsed parsed("// " + std::string(bad));
    ASSERT_EQ(parsed.sink.all().size(), 1U);
    EXPECT_EQ(parsed.sink.all()[0].code, Code::InvalidUtf8);
  }
  EXPECT_EQ(Parsed("// é € 😀\n").errors(), "");
}

TEST(ParseHostile, EveryPrefixOfAProgramEnds) {
  const std::string text =
      "@a(1) resource A: T(1..2) {\n x: \"a${b}\" ? [1, {c: d}] : r\"e\"\n} with { B[0] {} }\n"
      "for k, v in m key k { if a { let x = -1 } else { allow a -> b: 1..2 } }\n";
  for (std::size_t size = 0; size <= text.size(); ++size) {
    const Parsed parsed(text.substr(0, size));
    EXPECT_LE(parsed.sink.all().size(), 2U) << text.substr(0, size) << "\n" << parsed.errors();
  }
}

double seconds_for(const std::string& text) {
  return least_processor_seconds(5, [&] { const Parsed parsed(text); });
}

// Eight times the text takes about eight times the time; what is quadratic would take 64 times. The bound lies
// between the two, far from both, because machines are noisy.
TEST(ParseHostile, TimeIsLinear) {
  const std::vector<std::pair<std::string, std::string>> shapes = {
      {"", "resource A: AWS::EC2::VPC {\n  // note\n  Cidr: \"a${b}\" + c ?? [1, 2]\n}\n"},
      {"resource type A::B::C {\n", "  @replaces Name?: String(1..32) = \"x\"\n"},
      {"let a = [", "1 + 2\n"},
      {"let a = 1\n", "// note\n"},
      {"let a = ", "/**/"},
      {"let a = \"", "\\n"},
      {"type T = 1", "|1"}};
  for (const auto& [start, piece] : shapes) {
    const std::size_t count = 20'000 / piece.size();
    const double once = seconds_for(start + repeated(piece, count));
    const double eightfold = seconds_for(start + repeated(piece, 8 * count));
    EXPECT_LT(eightfold, 24 * once + 0.02) << piece;
  }
}

}  // namespace
}  // namespace stackc

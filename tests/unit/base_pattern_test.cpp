#include <gtest/gtest.h>

#include <string>

#include "compiler/base/pattern.hpp"

namespace stackc {
namespace {

TEST(Pattern, FindsWhatMatches) {
  EXPECT_EQ(pattern_found("^[a-z]+$", "abc"), true);
  EXPECT_EQ(pattern_found("^[a-z]+$", "abC"), false);
  EXPECT_EQ(pattern_found("b", "abc"), true) << "somewhere is enough";
  EXPECT_EQ(pattern_found("", "abc"), true);
  EXPECT_EQ(pattern_found("^(a|bc|)d$", "bcd"), true);
  EXPECT_EQ(pattern_found("^(a|bc|)d$", "d"), true);
  EXPECT_EQ(pattern_found("^(a|bc|)d$", "bd"), false);
  EXPECT_EQ(pattern_found("^(?:ab){2,3}$", "ababab"), true);
  EXPECT_EQ(pattern_found("^(?:ab){2,3}$", "ab"), false);
  EXPECT_EQ(pattern_found("^(?:ab){2,3}$", "abababab"), false);
  EXPECT_EQ(pattern_found("^(a|b(c|d)*)+$", "abcdcab"), true);
  EXPECT_EQ(pattern_found("^(a|b(c|d)*)+$", "abcdce"), false);
  EXPECT_EQ(pattern_found("^x{0}$", ""), true);
  EXPECT_EQ(pattern_found("^x{2,}$", "xxxx"), true);
  EXPECT_EQ(pattern_found("^x{2,}$", "x"), false);
  EXPECT_EQ(pattern_found("^arn:(aws[a-z-]*):s3:::[^/*?]{3,63}$", "arn:aws-cn:s3:::files"), true);
  EXPECT_EQ(pattern_found("^\\d{1,3}(\\.\\d{1,3}){3}$", "10.0.0.1"), true);
  EXPECT_EQ(pattern_found("^\\d{1,3}(\\.\\d{1,3}){3}$", "10.0.0"), false);
  EXPECT_EQ(pattern_found("\\bcat\\b", "a cat!"), true);
  EXPECT_EQ(pattern_found("\\bcat\\b", "concat"), false);
  EXPECT_EQ(pattern_found("^[\\w.-]+$", "a-b.c_d"), true);
  EXPECT_EQ(pattern_found("^[]a]$", "]"), true);
  EXPECT_EQ(pattern_found("^.$", "\xC3\xBC"), true) << "one character, two bytes";
  EXPECT_EQ(pattern_found("^[\\u0020-\\uD7FF]*$", "gr\xC3\xBC\xC3\x9F"), true);
}

TEST(Pattern, SaysWhenItCannotJudge) {
  for (const char* pattern : {"(", ")", "[a", "*a", "a**", "a{2", "a{3,2}", "\\", "(?!a)b", "(?=a)", "(?<n>a)", "(a)\\1",
                              "\\p{L}", "[a-z&&[^b]]", "[z-a]", "a{1,999999}", "((a{1000}){1000}){1000}"}) {
    EXPECT_EQ(pattern_found(pattern, "ab"), std::nullopt) << pattern;
  }
  EXPECT_EQ(pattern_found(std::string(100'000, '('), "a"), std::nullopt);
}

// A matcher that tries one way after the other needs 2^n steps for these, or a stack as deep as the text.
TEST(Pattern, TakesTimeInProportion) {
  EXPECT_EQ(pattern_found("^(a+)+$", std::string(10'000, 'a') + "b"), false);
  EXPECT_EQ(pattern_found("^(a|a)*$", std::string(10'000, 'a') + "b"), false);
  EXPECT_EQ(pattern_found("^(a|b)*$", std::string(500'000, 'a')), true);
  EXPECT_EQ(pattern_found("^(()*)*$", ""), true);
  EXPECT_EQ(pattern_found("(x+x+)+y", std::string(10'000, 'x')), false);
}

}  // namespace
}  // namespace stackc

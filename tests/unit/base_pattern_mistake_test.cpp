#include <gtest/gtest.h>

#include "compiler/base/pattern.hpp"

namespace stackc {
namespace {

TEST(PatternMistake, SeesWhatNoDialectTakes) {
  for (const char* pattern : {"(a", "a)", "[a-z", "a\\", "*a", "a|+", "(?", "[]", "(*)"}) {
    EXPECT_NE(pattern_mistake(pattern), "") << pattern;
  }
}

TEST(PatternMistake, LeavesDialectsAlone) {
  for (const char* pattern : {"", "^[a-z]+$", "a{2,3}", "a*?b++", "(?:a|b)*", "(?i)x", "(?<=a)b", "[]a]", "[^]]", "\\(", "[(*]",
                              "[[:alpha:]]", "\\p{L}+", "|a", "^$|x", "(?=.*[A-Z]).{8,}"}) {
    EXPECT_EQ(pattern_mistake(pattern), "") << pattern;
  }
}

}  // namespace
}  // namespace stackc

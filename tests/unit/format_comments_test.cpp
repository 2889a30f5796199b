// Every comment survives, where a reader expects it.
#include "tests/unit/format_support.hpp"

namespace stackc::tests {
namespace {

void expect_kept(std::string_view text) { EXPECT_EQ(formatted(text), text); }

TEST(FormatComments, OnLinesOfTheirOwn) {
  expect_kept("// first\n\n// second\nlet a = 1\n\n// third\nlet b = 1\n// last\n");
  EXPECT_EQ(formatted("  // a\n\n\n  /// b\nlet a = 1"), "// a\n\n/// b\nlet a = 1\n");
  expect_kept("let x = {\n  // above\n  a: 1\n\n  // between\n  b: 1\n  // below\n}\n");
  expect_kept("let x = [\n  // nothing here\n]\n");
  expect_kept("component C {\n  // nothing here\n}\n");
  expect_kept("// alone\n");
}

TEST(FormatComments, BehindWords) {
  EXPECT_EQ(formatted("let a = 1   // one   "), "let a = 1 // one\n");
  expect_kept("let x = { // open\n  a: 1 // one\n  b: [2] /* two */\n} // close\n");
  EXPECT_EQ(formatted("let x = [1, // one\n2 // two\n]"), "let x = [\n  1 // one\n  2 // two\n]\n");
  EXPECT_EQ(formatted("let x = [1 /* a */, // b\n2]"), "let x = [\n  1 /* a */ // b\n  2\n]\n");
  EXPECT_EQ(formatted("let x = f(a, // one\nb // two\n)"), "let x = f(\n  a, // one\n  b // two\n)\n");
}

TEST(FormatComments, CommentsBreakBrackets) {
  EXPECT_EQ(formatted("let x = { a: 1, /* why */ b: 2 }"), "let x = {\n  a: 1\n  /* why */ b: 2\n}\n");
  EXPECT_EQ(formatted("let x = { a: 1 /* why */ }"), "let x = {\n  a: 1 /* why */\n}\n");
  EXPECT_EQ(formatted("let x = {a: [ /* none */ ]}"), "let x = {\n  a: [\n    /* none */\n  ]\n}\n");
}

TEST(FormatComments, BetweenWords) {
  expect_kept("let /* a */ x /* b */ = /* c */ 1\n");
  EXPECT_EQ(formatted("let x = f(/* a */ 1 /* b */)"), "let x = f(\n  /* a */ 1 /* b */\n)\n");
  EXPECT_EQ(formatted("let x = // why\n  1"), "let x = // why\n  1\n");
  EXPECT_EQ(formatted("let x = {\n  a: // why\n  1\n}"), "let x = {\n  a: // why\n    1\n}\n");
}

TEST(FormatComments, InOperations) {
  expect_kept("let x = a // first\n  && b // second\n  && c // third\n");
  EXPECT_EQ(formatted("let x = a && // first\nb && // second\nc"),
            "let x = a // first\n  && b // second\n  && c\n");
  EXPECT_EQ(formatted("let x = a - // first\nb"), "let x = a - // first\n  b\n");
  expect_kept("let x = c // if\n  ? a // then\n  : b // else\n");
  expect_kept("let x = a\n  // above\n  ?? b\n");
}

TEST(FormatComments, InTypes) {
  expect_kept("type T = \"a\" // first\n  | \"b\" // second\n");
  expect_kept("type T = {\n  /// a\n  a: Int // one\n\n  // b\n  b?: Int\n}\n");
}

TEST(FormatComments, AroundDecorators) {
  expect_kept("// above\n@retain // data\n// between\n@id(\"X\")\n// below\nresource A: T\n");
}

TEST(FormatComments, BetweenBranches) {
  expect_kept("if a {\n  let x = 1\n} /* or */ else {\n  let x = 2\n}\n");
}

TEST(FormatComments, BlockCommentsMoveAsOne) {
  EXPECT_EQ(formatted("component C {\n/* one\n   two\n\n     three */\nlet x = 1\n}"),
            "component C {\n  /* one\n     two\n\n       three */\n  let x = 1\n}\n");
  expect_kept("/*\n * a\n */\nlet x = 1\n");
  expect_kept("let x = 1 /* a\n b */\n");
}

TEST(FormatComments, AllComments) {
  // A comment between any two words of a program that has most kinds of them.
  const std::string_view words[] = {
      "@retain", "(",  "A", ")", "private", "resource", "X", ":",     "AWS::EC2::VPC",
      "{",       "a",  ":", "[", "1",       ",",        "{", "\"k\"", ":",
      "x",       "?",  "-", "y", ":",       "z",        "}", "]",     "b",
      ":",       "f(", "a", ",", "b",       ")",        "}"};
  for (std::size_t at = 0; at < std::size(words); ++at) {
    std::string text;
    for (std::size_t i = 0; i < std::size(words); ++i) {
      if (i == at) text += "/* here */ ";
      text += words[i];
      text += words[i] == "@retain" ? "" : words[i] == "]" ? ", " : " ";
    }
    if (at == 1) continue;  // `@retain (` is no call
    const std::string result = formatted(text);
    EXPECT_NE(result.find("/* here */"), std::string::npos) << text;
  }
}

}  // namespace
}  // namespace stackc::tests

#include <gtest/gtest.h>

#include "tests/unit/parse_support.hpp"

namespace stackc {
namespace {

TEST(ParseLiterals, Scalars) {
  EXPECT_EQ(value_of("none"), "none\n");
  EXPECT_EQ(value_of("true"), "bool true\n");
  EXPECT_EQ(value_of("0"), "int 0\n");
  EXPECT_EQ(value_of("9223372036854775807"), "int 9223372036854775807\n");
  EXPECT_EQ(value_of("1.50"), "number 1.50\n");
  EXPECT_EQ(value_of("10.0.0.0/16"), "cidr 10.0.0.0/16\n");
  EXPECT_EQ(value_of("30s"), "duration 30s\n");
  EXPECT_EQ(value_of("5m"), "duration 5m\n");
  EXPECT_EQ(value_of("12h"), "duration 12h\n");
  EXPECT_EQ(value_of("7d"), "duration 7d\n");
  EXPECT_EQ(value_of("512MiB"), "size 512MiB\n");
  EXPECT_EQ(value_of("2TiB"), "size 2TiB\n");
  EXPECT_EQ(value_of("50%"), "percent 50\n");
  EXPECT_EQ(value_of("1.5%"), "percent 1.5\n");
}

TEST(ParseLiterals, RangesAreNotDecimals) {
  EXPECT_EQ(value_of("1..3"), "range\n  int 1\n  int 3\n");
  EXPECT_EQ(value_of("1.5..3"), "range\n  number 1.5\n  int 3\n");
}

TEST(ParseLiterals, BadNumbers) {
  EXPECT_EQ(value_of("9223372036854775808"),
            "1:9: integer is too large, expected at most 9223372036854775807\n");
  EXPECT_EQ(value_of("012345678901"), "1:9: `012345678901` starts with a zero\n");
  EXPECT_EQ(value_of("10.0.300.0/16"), "1:14: found `300` in a CIDR block, expected at most 255\n");
  EXPECT_EQ(value_of("10.0.0.0/33"), "1:18: found `33` in a CIDR block, expected at most 32\n");
  EXPECT_EQ(value_of("5x"),
            "1:9: found `5x`, expected a number, a duration like `30s` or a size like `512MiB`\n");
}

TEST(ParseStrings, Escapes) {
  EXPECT_EQ(value_of(R"("a\n\t\r\"\\\${\u{e9}$ $x")"), "string \"a\\n\\t\\r\\\"\\\\${é$ $x\"\n");
  EXPECT_EQ(value_of("\"\""), "string \"\"\n");
  EXPECT_EQ(value_of(R"("\q")").substr(0, 17), "1:10: found `\\q`,");
  EXPECT_EQ(value_of(R"("\u{d800}")"), "1:10: `\\u{d800}` is no character\n");
}

TEST(ParseStrings, Interpolation) {
  EXPECT_EQ(value_of(R"("a ${b["c"]} d")"),
            "string\n  text \"a \"\n  index\n    name b\n    string \"c\"\n  text \" d\"\n");
  EXPECT_EQ(value_of(R"("${"${x}"}")"), "string\n  string\n    name x\n");
}

TEST(ParseStrings, MultiLine) {
  EXPECT_EQ(value_of("\"\"\"\n    one\n      two\n\n    three\n    \"\"\""),
            "multi-line string \"one\\n  two\\n\\nthree\"\n");
  EXPECT_EQ(value_of("\"\"\"\r\n  a\r\n  b\r\n  \"\"\""), "multi-line string \"a\\nb\"\n");
  EXPECT_EQ(value_of("\"\"\"\n    a\n  \"\"\""), "multi-line string \"  a\"\n");
  EXPECT_EQ(value_of("\"\"\"one line\"\"\""), "multi-line string \"one line\"\n");
  EXPECT_EQ(value_of("\"\"\"\n\"\"\""), "multi-line string \"\"\n");
  EXPECT_EQ(value_of("\"\"\"a \"quoted\" b\"\"\""), "multi-line string \"a \\\"quoted\\\" b\"\n");
  EXPECT_EQ(value_of("\"\"\"\n  x ${\n 1 }\n    y\\n\n  \"\"\""),
            "multi-line string\n  text \"x \"\n  int 1\n  text \"\\n  y\\n\"\n");
}

TEST(ParseStrings, Raw) {
  EXPECT_EQ(value_of(R"x(r"c:\n ${x}")x"), "raw string \"c:\\\\n ${x}\"\n");
  EXPECT_EQ(value_of("r\"\"\"\n  a \\ ${b}\n  \"\"\""), "raw multi-line string \"a \\\\ ${b}\"\n");
}

TEST(ParseStrings, UnterminatedPointsAtTheOpening) {
  EXPECT_EQ(value_of("\"abc\nlet y = 1"), "1:9: found the end of the line, expected `\"`\n");
  EXPECT_EQ(value_of("\"\"\"abc\nlet y = 1"), "1:9: found the end of the file, expected `\"\"\"`\n");
  EXPECT_EQ(value_of("1 /* abc"), "1:11: found the end of the file, expected `*/`\n");
}

TEST(ParseOperators, Precedence) {
  EXPECT_EQ(value_of("a + b * c"), "binary +\n  name a\n  binary *\n    name b\n    name c\n");
  EXPECT_EQ(value_of("a - b - c"), "binary -\n  binary -\n    name a\n    name b\n  name c\n");
  EXPECT_EQ(value_of("a ?? b ?? c"), "binary ??\n  name a\n  binary ??\n    name b\n    name c\n");
  EXPECT_EQ(value_of("a ?? b || c"), "binary ??\n  name a\n  binary ||\n    name b\n    name c\n");
  EXPECT_EQ(value_of("a || b && c"), "binary ||\n  name a\n  binary &&\n    name b\n    name c\n");
  EXPECT_EQ(value_of("a && b == c"), "binary &&\n  name a\n  binary ==\n    name b\n    name c\n");
  EXPECT_EQ(value_of("a == b < c"), "binary ==\n  name a\n  binary <\n    name b\n    name c\n");
  EXPECT_EQ(value_of("a < 1..2"), "binary <\n  name a\n  range\n    int 1\n    int 2\n");
  EXPECT_EQ(value_of("1..n + 1"), "range\n  int 1\n  binary +\n    name n\n    int 1\n");
  EXPECT_EQ(value_of("-a.b * !c"),
            "binary *\n  unary -\n    member .b\n      name a\n  unary !\n    name c\n");
  EXPECT_EQ(value_of("(a + b) * c"),
            "binary *\n  paren\n    binary +\n      name a\n      name b\n  name c\n");
}

TEST(ParseOperators, ChoiceBindsToTheRight) {
  EXPECT_EQ(value_of("a ? b : c ? d : e"),
            "choice\n  name a\n  name b\n  choice\n    name c\n    name d\n    name e\n");
  EXPECT_EQ(value_of("a ?? b ? c : d"), "choice\n  binary ??\n    name a\n    name b\n  name c\n  name d\n");
}

TEST(ParseOperators, Suffixes) {
  EXPECT_EQ(value_of("a.b?.c[0]?.[1][*].d"),
            "member .d\n  splat\n    index ?.\n      index\n        member ?.c\n          member .b\n"
            "            name a\n        int 0\n      int 1\n");
  EXPECT_EQ(value_of("a.f(1, n: 2, ...r)?.g()"),
            "call ?.g\n  call .f\n    name a\n    argument:\n      int 1\n    argument n:\n      int 2\n"
            "    spread:\n      name r\n");
}

TEST(ParseCollections, ListsAndRecords) {
  EXPECT_EQ(value_of("[1, 2\n 3,\n\n ...a, ]"), "list\n  int 1\n  int 2\n  int 3\n  spread:\n    name a\n");
  EXPECT_EQ(value_of("{ for: 1, \"a-b\": 2\n if: 3, ...d }"),
            "record\n  for:\n    int 1\n  \"a-b\":\n    int 2\n  if:\n    int 3\n  spread:\n    name d\n");
  EXPECT_EQ(value_of("raw { a: 1 }"), "raw\n  record\n    a:\n      int 1\n");
  EXPECT_EQ(value_of("raw"), "name raw\n");
}

TEST(ParseCollections, Comprehensions) {
  EXPECT_EQ(
      value_of("[for x in xs\n  if c\n  : x]"),
      "list comprehension\n  loop x\n    in:\n      name xs\n  if:\n    name c\n  element:\n    name x\n");
  EXPECT_EQ(
      value_of("{for k, v in m: k: v}"),
      "map comprehension\n  loop k, v\n    in:\n      name m\n  key:\n    name k\n  value:\n    name v\n");
}

// ---------------------------------------------------------------- line breaks (decision 16)

TEST(ParseLines, GoOnBeforeTheNamedTokens) {
  for (const char* op : {"&&", "||", "??", "+", "*", "/", "==", "!=", "<", "<=", ">", ">="}) {
    const std::string joined = value_of("a " + std::string(op) + " b");
    EXPECT_EQ(value_of("a\n  " + std::string(op) + " b"), joined) << op;
    EXPECT_EQ(value_of("a // remark\n // remark\n  " + std::string(op) + " b"), joined) << op;
    EXPECT_EQ(value_of("a " + std::string(op) + "\n  b"), joined) << op;
  }
  EXPECT_EQ(value_of("a\n  ? b\n  : c"), value_of("a ? b : c"));
  EXPECT_EQ(value_of("a\n  .b\n  ?.c"), value_of("a.b?.c"));
  EXPECT_EQ(value_of("\n  1"), "int 1\n");
}

TEST(ParseLines, NeverGoOnBeforeMinusNotBracketsAndStrings) {
  for (const char* next : {"- b", "!b", "[0]", "(b)", "{ b: 1 }", "\"b\""}) {
    EXPECT_NE(Parsed("let x = a\n" + std::string(next)).errors(), "") << next;
    const Parsed list("let x = [\na\n" + std::string(next) + "\n]");
    ASSERT_EQ(list.errors(), "") << next;
    const auto* let = list.tree->get_if<ast::LetDecl>(list.tree->top.decls[0]);
    EXPECT_EQ(list.tree->get_if<ast::ListExpr>(let->value)->items.size(), 2U) << next;
  }
}

TEST(ParseLines, SpreadIsNoMember) {
  EXPECT_EQ(value_of("[\n a\n ...b\n]"), "list\n  name a\n  spread:\n    name b\n");
}

TEST(ParseLines, OnlyParenthesesAndIndexesIgnoreThem) {
  EXPECT_EQ(value_of("(a\n- b)"), value_of("(a - b)"));
  EXPECT_EQ(value_of("a[\n1\n- 1\n]"), value_of("a[1 - 1]"));
  EXPECT_EQ(value_of("f(\n a,\n n: 2\n)"), value_of("f(a, n: 2)"));
  EXPECT_EQ(value_of("(f([\na\n- b\n]))"), value_of("(f([a, - b]))"));
  EXPECT_EQ(Parsed("let a = 1\nlet b = 2").errors(), "");
  EXPECT_EQ(Parsed("let a = 1 let b = 2").errors(), "1:11: found `let`, expected the end of the line\n");
}

}  // namespace
}  // namespace stackc

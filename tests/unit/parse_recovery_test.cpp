#include <gtest/gtest.h>

#include "tests/unit/parse_support.hpp"

namespace stackc {
namespace {

TEST(ParseRecovery, FiveMistakesGiveFiveErrors) {
  const Parsed parsed(R"(stack "x"
resorce A: AWS::EC2::VPC {
  Cidr: 1
}
resource B: AWS::EC2::VPC {
  Cidr = 10.0.0.0/16
  Fine: 1
  Other: 'text'
}
component F {
  param q: Int
  lett x = 2
  output o = q
}
let last = [1, @, 3]
let fine = 1
)");
  EXPECT_EQ(parsed.errors(),
            "2:1: found `resorce`, expected a declaration\n"
            "6:8: found `=`, expected `:`\n"
            "8:10: found `'`, expected an expression\n"
            "12:3: found `lett`, expected a declaration\n"
            "15:16: found `@`, expected an expression\n");
  ASSERT_EQ(parsed.tree->top.decls.size(), 6U);
  const ast::Decl& lost = (*parsed.tree)[parsed.tree->top.decls[1]];
  EXPECT_TRUE(std::holds_alternative<ast::InvalidDecl>(lost.node));
  EXPECT_EQ(lost.name.text, "A");
}

TEST(ParseRecovery, AFieldWithoutAValueKeepsItsKey) {
  const Parsed parsed("resource A: T {\n  a: @\n  b: *\n  c: 1\n}");
  const auto* resource = parsed.tree->get_if<ast::ResourceDecl>(parsed.tree->top.decls[0]);
  ASSERT_NE(resource, nullptr);
  const auto* body = parsed.tree->get_if<ast::RecordExpr>(resource->body);
  ASSERT_EQ(body->fields.size(), 3U);
  EXPECT_EQ(body->fields[0].key.text, "a");
  EXPECT_NE(parsed.tree->get_if<ast::InvalidExpr>(body->fields[0].value), nullptr);
}

TEST(ParseRecovery, UnclosedBracketsPointAtTheOpener) {
  EXPECT_EQ(Parsed("resource A: T {\n  x: 1\n").errors(), "1:15: found the end of the file, expected `}`\n");
  EXPECT_EQ(Parsed("component C {\n  resource A: T {\n    x: 1\n  resource B: T\n}\nlet a = 1").errors(),
            "2:17: found `resource`, expected `}`\n");
  EXPECT_EQ(Parsed("resource A: T {\n  x: 1\nresource B: T {\n  y: 2\n}").errors(),
            "1:15: found `resource`, expected `}`\n");
  EXPECT_EQ(Parsed("resource A: T {\n  x: [1, 2\n  y: 3\n}\nlet a = 1").errors(),
            "2:6: found `:`, expected `]`\n");
  EXPECT_EQ(Parsed("resource A: T {\n  x: f(1, [2\n}\nlet a = 1").errors(),
            "2:11: found `}`, expected `]`\n");
  EXPECT_EQ(Parsed("let a = (1\nlet b = 2").errors(), "1:9: found `let`, expected `)`\n");
}

TEST(ParseRecovery, AnUnfinishedDeclarationDoesNotEatTheNext) {
  const Parsed parsed("let a = 1 +\nlet b = 2\nlet c = 3");
  EXPECT_EQ(parsed.errors(), "2:1: found `let`, expected the rest of the declaration above\n");
  EXPECT_EQ(parsed.tree->top.decls.size(), 3U);
}

TEST(ParseRecovery, StrayBracketsEnd) {
  EXPECT_EQ(Parsed("}\nlet a = 1").errors(), "1:1: found `}`, expected a declaration\n");
  EXPECT_EQ(Parsed("let a = 1)\nlet b = 2").errors(), "1:10: found `)`, expected the end of the line\n");
  EXPECT_EQ(Parsed("component C {\n  )\n  let a = 1\n}").errors(),
            "2:3: found `)`, expected a declaration\n");
}

TEST(ParseRecovery, ErrorsAreLimited) {
  std::string text;
  for (int i = 0; i < 10; ++i) text += "let a = @\n";
  const Parsed parsed(text, {.max_errors = 3});
  ASSERT_EQ(parsed.sink.all().size(), 4U);
  EXPECT_EQ(parsed.sink.all()[3].code, Code::TooManyErrors);
}

struct Habit {
  const char* text;
  const char* help;
};

class ParseHabits : public testing::TestWithParam<Habit> {};

TEST_P(ParseHabits, GetOneErrorWithHelp) {
  const Parsed parsed(GetParam().text);
  EXPECT_EQ(parsed.sink.all().size(), 1U) << parsed.errors();
  EXPECT_NE(parsed.help().find(GetParam().help), std::string::npos) << parsed.help();
}

INSTANTIATE_TEST_SUITE_P(
    All, ParseHabits,
    testing::Values(Habit{"resource A: T {\n  a = 1\n}", "`=` is for declarations"},
                    Habit{"let a: 1 = 2;", "remove the `;`"}, Habit{"let a = 'b'", "double quotes"},
                    Habit{"# note\nlet a = 1", "`//`"}, Habit{"let a = b and c", "`&&`"},
                    Habit{"let a = b or c", "`||`"}, Habit{"var a = 1", "`let`"},
                    Habit{"variable \"a\" {\n}", "`param`"},
                    Habit{"module \"a\" {\n  b = 1\n}", "`component`"},
                    Habit{"resource A: T {\n  a: !Ref B\n}", "a name alone is its reference"},
                    Habit{"resource A: T {\n  a: !Sub \"x\"\n}", "every string interpolates"},
                    Habit{"if a {\n}\nelse {\n}", "on the line of the `}`"},
                    Habit{"resorce A: T", "did you mean `resource`?"},
                    Habit{"let m = { us-east-1: 1 }", "in quotes"}, Habit{"a = 1", "`let a = …`"}));

}  // namespace
}  // namespace stackc

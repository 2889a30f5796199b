#include <gtest/gtest.h>

#include "tests/unit/parse_support.hpp"

namespace stackc {
namespace {

std::string shape_of(const std::string& text) {
  const Parsed parsed(text);
  return parsed.sink.has_errors() ? parsed.errors() : parsed.shape();
}

/// The tree of `type T = <text>` below its first line.
std::string type_of(const std::string& text) {
  const std::string shape = shape_of("type T = " + text);
  return shape.starts_with("type T\n") ? shape.substr(7) : shape;
}

TEST(ParseTypes, EveryForm) {
  EXPECT_EQ(type_of("String(1..64)"), "  type String\n    low:\n      int 1\n    high:\n      int 64\n");
  EXPECT_EQ(type_of("Int(-5..)"), "  type Int\n    low:\n      int -5\n");
  EXPECT_EQ(type_of("Int(..20)"), "  type Int\n    high:\n      int 20\n");
  EXPECT_EQ(type_of("String(/^a\\/*[b]$/, 1..5)"),
            "  type String\n    low:\n      int 1\n    high:\n      int 5\n    regex /^a\\/*[b]$/\n");
  EXPECT_EQ(type_of("Int<s>"), "  type Int\n    of:\n      type s\n");
  EXPECT_EQ(type_of("Ssm<AWS::EC2::Image.Id>?"),
            "  optional type\n    type Ssm\n      of:\n        type AWS::EC2::Image.Id\n");
  EXPECT_EQ(type_of("[[Int]]"), "  list type\n    list type\n      type Int\n");
  EXPECT_EQ(type_of("{[String]: Int}"), "  map type\n    type Int\n");
  EXPECT_EQ(type_of("{ a: Int, \"b\"?: Int\n c: Int }"),
            "  record type\n    a:\n      type Int\n    \"b\"?:\n      type Int\n    c:\n      type Int\n");
  EXPECT_EQ(type_of("\n  | \"a\"\n  | 2\n  | true"),
            "  union type\n    literal type\n      string \"a\"\n    literal type\n      int 2\n"
            "    literal type\n      bool true\n");
  EXPECT_EQ(type_of("(\"a\" | \"b\")?"),
            "  optional type\n    union type\n      literal type\n        string \"a\"\n"
            "      literal type\n        string \"b\"\n");
  EXPECT_EQ(type_of("Int??"), type_of("Int?"));
  EXPECT_EQ(type_of("AWS::RDS::DBInstance.Endpoint.Address"),
            "  type AWS::RDS::DBInstance.Endpoint.Address\n");
  EXPECT_EQ(type_of("AWS::X::Y#Name"), "  type AWS::X::Y#Name\n");
  EXPECT_EQ(type_of("A::B::C::MODULE"), "  type A::B::C::MODULE\n");
  EXPECT_EQ(type_of("Custom::Thing"), "  type Custom::Thing\n");
}

TEST(ParseDeclarations, Names) {
  EXPECT_EQ(shape_of("stack \"a\""), "stack\n  string \"a\"\n");
  EXPECT_EQ(shape_of("use { A, B as C\n D } from \"std\""),
            "use\n  import A\n  import B as C\n  import D\n  from \"std\"\n");
  EXPECT_EQ(shape_of("upstream N from \"p\""), "upstream N\n  from \"p\"\n");
  EXPECT_EQ(shape_of("upstream N { VPC: T }"),
            "upstream N\n  fields:\n    record type\n      VPC:\n        type T\n");
  EXPECT_EQ(shape_of("upstream N as \"x\" { V: T }"),
            "upstream N\n  as:\n    string \"x\"\n  fields:\n    record type\n      V:\n        type T\n");
  EXPECT_EQ(shape_of("param P: T = 1"), "param P\n  type:\n    type T\n  default:\n    int 1\n");
  EXPECT_EQ(shape_of("const param p = 1"), "const param p\n  default:\n    int 1\n");
  EXPECT_EQ(shape_of("let x: T = 1"), "let x\n  type:\n    type T\n  value:\n    int 1\n");
  EXPECT_EQ(shape_of("fn f(x: T, y: U = 1) -> V = x"),
            "fn f\n  param x\n    type:\n      type T\n  param y\n    type:\n      type U\n    default:\n    "
            "  int 1\n"
            "  result:\n    type V\n  body:\n    name x\n");
  EXPECT_EQ(shape_of("id type AWS::EC2::Image.Id"),
            "id type AWS::EC2::Image.Id\n  type AWS::EC2::Image.Id\n");
  EXPECT_EQ(shape_of("private condition C = x"), "private condition C\n  name x\n");
  EXPECT_EQ(shape_of("mapping M = { a: 1 }"), "mapping M\n  record\n    a:\n      int 1\n");
}

TEST(ParseDeclarations, Template) {
  EXPECT_EQ(shape_of("output O: T = e"), "output O\n  type:\n    type T\n  value:\n    name e\n");
  EXPECT_EQ(shape_of("export O as \"n\" = e"), "export O\n  as:\n    string \"n\"\n  value:\n    name e\n");
  EXPECT_EQ(shape_of("output O as \"n\" = e"), "1:10: found `as`, expected `=`\n");
  EXPECT_EQ(shape_of("tags { a: 1 }"), "tags\n  record\n    a:\n      int 1\n");
  EXPECT_EQ(shape_of("allow a\n  -> b: [80, 1..3]"),
            "allow\n  from:\n    name a\n  to:\n    name b\n  ports:\n    list\n      int 80\n      range\n"
            "        int 1\n        int 3\n");
  EXPECT_EQ(shape_of("document \"p\": T = e"),
            "document\n  path:\n    string \"p\"\n  type:\n    type T\n  value:\n    name e\n");
  EXPECT_EQ(shape_of("assert c, \"m\""), "assert\n  condition:\n    name c\n  message:\n    string \"m\"\n");
  EXPECT_EQ(shape_of("rule R { a: 1 }"), "rule R\n  record\n    a:\n      int 1\n");
  EXPECT_EQ(shape_of("metadata { a: 1 }"), "metadata\n  record\n    a:\n      int 1\n");
  EXPECT_EQ(shape_of("transform \"t\""), "transform\n  string \"t\"\n");
  EXPECT_EQ(shape_of("raw Resources { a: 1 }"), "raw Resources\n  record\n    a:\n      int 1\n");
  EXPECT_EQ(shape_of("extern resource X: T"), "extern resource X\n  type T\n");
}

TEST(ParseDeclarations, Resources) {
  EXPECT_EQ(shape_of("resource R: AWS::EC2::VPC"), "resource R\n  type:\n    type AWS::EC2::VPC\n");
  EXPECT_EQ(
      shape_of("resource D: P { a: 1 } with { @id(\"DB\") I { b: 2 }  S[\"A\"][k] { } with { X {} } }"),
      "resource D\n  type:\n    type P\n  body:\n    record\n      a:\n        int 1\n  with\n    @id()\n"
      "      argument:\n        string \"DB\"\n    entry I\n      record\n        b:\n          int 2\n"
      "    entry S\n      key:\n        string \"A\"\n      key:\n        name k\n      record\n      with\n"
      "        entry X\n          record\n");
}

TEST(ParseDeclarations, ResourceTypes) {
  EXPECT_EQ(
      shape_of("@ref(Id) @stateful\nresource type A::B::C {\n  @replaces(\"maybe\") @old Id: A::B::D.Id\n"
               "  Name?: String = \"x\"\n  attribute Endpoint.Address: String\n  type: Int\n"
               "  attribute?: Int\n  type N {\n    X?: A::B::C#N\n  }\n}"),
      "@ref()\n  argument:\n    name Id\n@stateful\nresource type A::B::C\n  @replaces()\n    argument:\n"
      "      string \"maybe\"\n  @old\n  property Id\n    type A::B::D.Id\n  property Name?\n    type "
      "String\n"
      "    default:\n      string \"x\"\n  attribute Endpoint.Address\n    type String\n  property type\n"
      "    type Int\n  property attribute?\n    type Int\n  type N\n    property X?\n      type A::B::C#N\n");
}

TEST(ParseDeclarations, Blocks) {
  EXPECT_EQ(
      shape_of("component C {\n  param a: Int\n  private let b = 1\n}"),
      "component C\n  body:\n    param a\n      type:\n        type Int\n    private let b\n      value:\n"
      "        int 1\n");
  EXPECT_EQ(shape_of("for k, v in m key k.n { let b = 1 }"),
            "for\n  loop k, v\n    in:\n      name m\n    key:\n      member .n\n        name k\n  body:\n   "
            " let b\n"
            "      value:\n        int 1\n");
  EXPECT_EQ(shape_of("if a { } else if b { } else { let c = 1 }"),
            "if\n  condition:\n    name a\n  then:\n  else:\n    if\n      condition:\n        name b\n      "
            "then:\n"
            "      else:\n        let c\n          value:\n            int 1\n");
}

TEST(ParseDeclarations, DocsAndDecorators) {
  const Parsed parsed("/// far\n\n/// one\n///   two\n@group(\"N\", ok: \"r\") @retain\nparam P: T\n");
  ASSERT_EQ(parsed.errors(), "");
  const ast::Decl& decl = (*parsed.tree)[parsed.tree->top.decls[0]];
  EXPECT_EQ(decl.doc, "one\n  two");
  ASSERT_EQ(decl.decorators.size(), 2U);
  EXPECT_EQ(decl.decorators[0].args[1].name.text, "ok");
  EXPECT_EQ(shape_of("@retain resource A: T"), shape_of("@retain\nresource A: T"));
}

TEST(ParseFiles, CommentsAreKept) {
  const Parsed parsed("// a\nlet x = 1 /* b */ + // c\n  2\n/// d\nlet y = \"// no\"\n");
  ASSERT_EQ(parsed.errors(), "");
  ASSERT_EQ(parsed.tree->comments.size(), 4U);
  EXPECT_TRUE(parsed.tree->comments[0].own_line);
  EXPECT_EQ(parsed.tree->comments[1].kind, ast::CommentKind::Block);
  EXPECT_FALSE(parsed.tree->comments[2].own_line);
  EXPECT_EQ(parsed.sources.text(parsed.tree->comments[2].span), "// c");
  EXPECT_EQ(parsed.tree->comments[3].kind, ast::CommentKind::Doc);
}

TEST(ParseFiles, ForeignLineBreaksMarksAndEnds) {
  const std::string plain = shape_of("/// d\nlet x = [\n1\n2]\n");
  EXPECT_EQ(shape_of("/// d\r\nlet x = [\r\n1\r\n2]\r\n"), plain);
  EXPECT_EQ(shape_of("\xEF\xBB\xBF/// d\nlet x = [\n1\n2]"), plain);
  EXPECT_EQ(shape_of(""), "");
}

TEST(ParseFiles, SpansCoverWhatWasRead) {
  const Parsed parsed("  @a let x = b + c.d // e");
  const ast::Decl& decl = (*parsed.tree)[parsed.tree->top.decls[0]];
  EXPECT_EQ(parsed.sources.text(decl.span), "@a let x = b + c.d");
  const auto* let = std::get_if<ast::LetDecl>(&decl.node);
  EXPECT_EQ(parsed.sources.text((*parsed.tree)[let->value].span), "b + c.d");
}

}  // namespace
}  // namespace stackc

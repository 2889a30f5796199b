// The one style: what a line holds, where it breaks.
#include "tests/unit/format_support.hpp"

namespace stackc::tests {
namespace {

/// `text` is in canonical style already.
void expect_kept(std::string_view text) { EXPECT_EQ(formatted(text), text); }

TEST(FormatStyle, EmptyFilesStayEmpty) {
  EXPECT_EQ(formatted(""), "");
  EXPECT_EQ(formatted("\n\n  \n"), "");
  EXPECT_EQ(formatted("\xEF\xBB\xBF"), "");
}

TEST(FormatStyle, SpacesAroundWords) {
  EXPECT_EQ(formatted("stack   \"a\""), "stack \"a\"\n");
  EXPECT_EQ(formatted("param  P:String=\"a\""), "param P: String = \"a\"\n");
  EXPECT_EQ(formatted("let x=1+2*-3"), "let x = 1 + 2 * -3\n");
  EXPECT_EQ(formatted("let x=!a&&b||c"), "let x = !a && b || c\n");
  EXPECT_EQ(formatted("let x=f( a,b )[ 0 ] . c"), "let x = f(a, b)[0].c\n");
  EXPECT_EQ(formatted("let x = c?a:b ?? d"), "let x = c ? a : b ?? d\n");
  EXPECT_EQ(formatted("let x = 1 .. 3"), "let x = 1..3\n");
  EXPECT_EQ(formatted("let x = a ?. b ?.[ 0 ]"), "let x = a?.b?.[0]\n");
  EXPECT_EQ(formatted("let x = xs[ * ].id"), "let x = xs[*].id\n");
  EXPECT_EQ(formatted("let x = ( 1+2 )*3"), "let x = (1 + 2) * 3\n");
}

TEST(FormatStyle, RecordsAndListsOnOneLine) {
  EXPECT_EQ(formatted("let x = {a:1,b:[1,2],c:{},d:[]}"), "let x = { a: 1, b: [1, 2], c: {}, d: [] }\n");
  EXPECT_EQ(formatted("let x = {a:1, b:2,}"), "let x = { a: 1, b: 2 }\n");
  EXPECT_EQ(formatted("let x = { ...a, \"b c\":2 }"), "let x = { ...a, \"b c\": 2 }\n");
  EXPECT_EQ(formatted("let x = {\n\n}"), "let x = {}\n");
}

TEST(FormatStyle, AFirstLineBreakKeepsBracketsOpen) {
  EXPECT_EQ(formatted("let x = {\na:1,b:2}"), "let x = {\n  a: 1\n  b: 2\n}\n");
  EXPECT_EQ(formatted("let x = [\n1,2,\n]"), "let x = [\n  1\n  2\n]\n");
  EXPECT_EQ(formatted("let x = {a:1\nb:2\n}"), "let x = { a: 1, b: 2 }\n");
  EXPECT_EQ(formatted("let x = f(\na,b)"), "let x = f(\n  a,\n  b\n)\n");
}

TEST(FormatStyle, WhatDoesNotFitIsBroken) {
  const std::string long_name(40, 'x');
  expect_kept("let x = {\n  a: " + long_name + "\n  b: " + long_name + "\n  c: " + long_name + "\n}\n");
  EXPECT_EQ(formatted("let x = [" + long_name + ", " + long_name + ", " + long_name + "]"),
            "let x = [\n  " + long_name + "\n  " + long_name + "\n  " + long_name + "\n]\n");
  EXPECT_EQ(formatted("let x = f(" + long_name + ", " + long_name + ", " + long_name + ")"),
            "let x = f(\n  " + long_name + ",\n  " + long_name + ",\n  " + long_name + "\n)\n");
}

TEST(FormatStyle, TheWidthIsAHundred) {
  const std::string fits = "let x = [" + std::string(45, 'a') + ", " + std::string(43, 'b') + "]\n";
  ASSERT_EQ(fits.size(), 101u);
  expect_kept(fits);
  EXPECT_EQ(formatted("let x = [" + std::string(45, 'a') + ", " + std::string(44, 'b') + "]"),
            "let x = [\n  " + std::string(45, 'a') + "\n  " + std::string(44, 'b') + "\n]\n");
}

TEST(FormatStyle, WidthCountsCharacters) {
  std::string umlauts;
  for (int i = 0; i < 42; ++i) umlauts += "\xC3\xA4";
  expect_kept("let x = [\"" + umlauts + "\", \"" + umlauts + "\"]\n");
}

TEST(FormatStyle, LongOperatorsBreakInFront) {
  const std::string a(40, 'a'), b(40, 'b'), c(40, 'c');
  EXPECT_EQ(formatted("let x = " + a + " && " + b + " && " + c),
            "let x = " + a + "\n  && " + b + "\n  && " + c + "\n");
  EXPECT_EQ(formatted("let x = " + a + " ?? " + b + " ?? " + c),
            "let x = " + a + "\n  ?? " + b + "\n  ?? " + c + "\n");
  EXPECT_EQ(formatted("let x = " + a + " ? " + b + " : " + c),
            "let x = " + a + "\n  ? " + b + "\n  : " + c + "\n");
  EXPECT_EQ(formatted("let x = (" + a + " || " + b + " || " + c + ") && d"),
            "let x = (\n  " + a + "\n  || " + b + "\n  || " + c + "\n)\n  && d\n");
  EXPECT_EQ(formatted("let x = " + a + " || " + b + " && " + c + " || d"),
            "let x = " + a + "\n  || " + b + " && " + c + "\n  || d\n");
}

// A line that starts with `-` is not the rest of the line before.
TEST(FormatStyle, MinusStaysAtTheEndOfItsLine) {
  const std::string a(50, 'a'), b(50, 'b');
  EXPECT_EQ(formatted("let x = " + a + " - " + b + " + 1"), "let x = " + a + " -\n  " + b + "\n  + 1\n");
}

TEST(FormatStyle, CallsHugTheirLastBrackets) {
  expect_kept("let x = base64(join(\"\", [\n  a\n  b\n]))\n");
  expect_kept("let x = render(text(\"f\"), {\n  NAME: 1\n})\n");
  const std::string a(60, 'a');
  EXPECT_EQ(formatted("let x = toJson({ a: " + a + ", b: " + a + " })"),
            "let x = toJson({\n  a: " + a + "\n  b: " + a + "\n})\n");
  EXPECT_EQ(formatted("let x = toJson(\n{ a: 1 })"), "let x = toJson(\n  { a: 1 }\n)\n");
}

TEST(FormatStyle, Comprehensions) {
  expect_kept("let x = [for x in xs if x != 1: x + 1]\n");
  expect_kept("let x = {for k, v in m: k: v}\n");
  EXPECT_EQ(formatted("let x = [\nfor x in xs\nif c\n: x]"), "let x = [\n  for x in xs if c: x\n]\n");
  const std::string a(60, 'a');
  EXPECT_EQ(formatted("let x = [for x in " + a + ": " + a + "]"),
            "let x = [\n  for x in " + a + ":\n    " + a + "\n]\n");
  expect_kept("let x = [\n  for x in xs: {\n    a: 1\n  }\n]\n");
}

TEST(FormatStyle, Types) {
  EXPECT_EQ(formatted("type T = [ String ]?"), "type T = [String]?\n");
  EXPECT_EQ(formatted("type T = { a:String,b?:Int }"), "type T = { a: String, b?: Int }\n");
  EXPECT_EQ(formatted("type T = { [String] : { a: Int } }"), "type T = {[String]: { a: Int }}\n");
  EXPECT_EQ(formatted("type T = {\na: Int\nb: Int}"), "type T = {\n  a: Int\n  b: Int\n}\n");
  EXPECT_EQ(formatted("type T = String( 1 .. 64 )"), "type T = String(1..64)\n");
  expect_kept("type T = String(/^[a-z \\/()|]+$/)\n");
  expect_kept("type T = String(/^a/b/$/, 1..5)\n");
  EXPECT_EQ(formatted("type T = Secret< String >"), "type T = Secret<String>\n");
  EXPECT_EQ(formatted("type T = (\"a\" | \"b\")?"), "type T = (\"a\" | \"b\")?\n");
  EXPECT_EQ(formatted("type T =\n  | \"a\"\n  | \"b\""), "type T = \"a\" | \"b\"\n");
  expect_kept(
      "type T = AWS::RDS::DBInstance.Endpoint.Address | AWS::ECS::Service#LoadBalancer | Custom::A\n");
  const std::string a(60, 'A'), b(60, 'B');
  EXPECT_EQ(formatted("type T = " + a + " | " + b), "type T = " + a + "\n  | " + b + "\n");
}

TEST(FormatStyle, Declarations) {
  expect_kept(R"(/// A stack.
stack "acme"

use { A, B as C } from "std/x"
upstream N from "n.stack"
upstream M { VPC: AWS::EC2::VPC.VpcId }
upstream O as "${stack}-${name}" { A: String }
const param zones: [String] = ["A", "B"]
param P: String?
let x: Int = 1
fn f(a: String, b: Int = 2) -> String = "${a}${b}"
fn g() = 1
type T = String
id type AWS::EC2::Image.Id
condition C = P == "a"
mapping M = { a: { b: 1 } }
extern resource X: AWS::EC2::VPC
output A = 1
output B: Int = 1
export C = 1
export D as "name-${aws.stackName}" = 1
tags { Service: "acme" }
allow internet -> Lb: [80, 443]
document "a.json": T = { a: 1 }
assert length(zones) > 1, "two zones at least"
rule R { Assertions: [] }
metadata { A: 1 }
transform "AWS::LanguageExtensions"
raw Resources { A: { Type: "B" } }
)");
}

TEST(FormatStyle, Resources) {
  expect_kept(
      "resource A: AWS::EC2::InternetGateway\nresource B: AWS::EC2::VPC { CidrBlock: 10.0.0.0/16 }\n");
  EXPECT_EQ(formatted("resource A: T {\nx: 1, y: [ 1 ] }"), "resource A: T {\n  x: 1\n  y: [1]\n}\n");
  EXPECT_EQ(formatted("resource A: T { x: 1 } with { B { y: 1 } }"),
            "resource A: T { x: 1 } with { B { y: 1 } }\n");
  EXPECT_EQ(formatted("resource A: T {} with { @id(\"X\") B {} C[\"a\"][1] { y: 1 } with { D {} } }"),
            "resource A: T {} with {\n  @id(\"X\")\n  B {}\n  C[\"a\"][1] { y: 1 } with { D {} }\n}\n");
}

TEST(FormatStyle, DecoratorsStandAbove) {
  EXPECT_EQ(formatted("@retain @dependsOn( A,B ) private resource A: T"),
            "@retain\n@dependsOn(A, B)\nprivate resource A: T\n");
}

TEST(FormatStyle, ResourceTypes) {
  EXPECT_EQ(formatted("@ref(Id)\n@tags(Tags)\nresource type A::B::C { @replaces Id?:String=\"x\"\n"
                      "attribute Endpoint.Address: String\ntype N { a: Int, b: Int }\nZ: N }"),
            "@ref(Id) @tags(Tags)\nresource type A::B::C {\n  @replaces Id?: String = \"x\"\n"
            "  attribute Endpoint.Address: String\n  type N {\n    a: Int\n    b: Int\n  }\n  Z: N\n}\n");
}

TEST(FormatStyle, Blocks) {
  EXPECT_EQ(formatted("component C { param p: Int }"), "component C {\n  param p: Int\n}\n");
  EXPECT_EQ(formatted("for k,v in m key v.n { let x = k }"), "for k, v in m key v.n {\n  let x = k\n}\n");
  EXPECT_EQ(formatted("if a { let x = 1 } else if b {} else { let x = 2 }"),
            "if a {\n  let x = 1\n} else if b {} else {\n  let x = 2\n}\n");
}

TEST(FormatStyle, EmptyLines) {
  EXPECT_EQ(formatted("\n\n\nlet a = 1\n\n\n\nlet b = 2\nlet c = 3\n\n\n"),
            "let a = 1\n\nlet b = 2\nlet c = 3\n");
  EXPECT_EQ(formatted("let a = {\n\n  x: 1\n\n\n  y: 2\n\n}"), "let a = {\n  x: 1\n\n  y: 2\n}\n");
  EXPECT_EQ(formatted("component C {\n\n let a = 1\n\n let b = 1\n\n}"),
            "component C {\n  let a = 1\n\n  let b = 1\n}\n");
}

TEST(FormatStyle, StringsAreKept) {
  expect_kept(R"(let x = "a  ${ b+c }  \n \u{e4}"
let y = r"C:\x"
)");
  expect_kept("let x = {\n  a: \"\"\"\n    one\n      two\n    \"\"\"\n}\n");
  expect_kept("let x = base64(\"\"\"\n  one\n  \"\"\")\n");
  EXPECT_EQ(formatted("let x = { a: \"\"\"\n one\n \"\"\" }"),
            "let x = {\n  a: \"\"\"\n    one\n    \"\"\"\n}\n");
}

TEST(FormatStyle, CarriageReturnsGo) {
  EXPECT_EQ(
      formatted("let a = {\r\n  x: 1\r\n}\r\n\r\n// c\r\nlet b = \"\"\"\r\n  one\r\n  two\r\n  \"\"\"\r\n"),
      "let a = {\n  x: 1\n}\n\n// c\nlet b = \"\"\"\n  one\n  two\n  \"\"\"\n");
}

TEST(FormatStyle, MultiLineStringsMoveAsOne) {
  EXPECT_EQ(
      formatted("component C {\nlet x = \"\"\"\n        one\n\n      two  ${a +\n    b}\n        \"\"\"\n}"),
      "component C {\n  let x = \"\"\"\n        one\n\n      two  ${a +\n    b}\n        \"\"\"\n}\n");
  EXPECT_EQ(formatted("let x = f(\n\"\"\"\n\tone\n      two\n\"\"\"\n)"),
            "let x = f(\n  \"\"\"\n  \tone\n        two\n  \"\"\"\n)\n");
  EXPECT_EQ(formatted("let x = r\"\"\"  \n one\n   \n   two\"\"\""),
            "let x = r\"\"\"\n  one\n\n    two\"\"\"\n");
}

TEST(FormatStyle, LongTypesBreakInFront) {
  const std::string a(60, 'A'), b(60, 'B');
  EXPECT_EQ(formatted("param p: [" + a + " | " + b + "] = []"),
            "param p: [\n  " + a + "\n  | " + b + "\n] = []\n");
  EXPECT_EQ(formatted("param p: (" + a + " | " + b + ")? = none"),
            "param p: (\n  " + a + "\n  | " + b + "\n)? = none\n");
}

// AWS's own types are reviewed line by line.
TEST(FormatStyle, PropertiesNeverBreak) {
  const std::string a(60, 'A'), b(60, 'B');
  expect_kept("resource type A::B::C {\n  @replaces P?: [" + a + " | " + b + "]\n}\n");
}

// The parser allows 200 levels; lists have no limit.
TEST(FormatStyle, LongAndDeepIsFine) {
  std::string sum = "let x = 1";
  for (int i = 0; i < 150; ++i) sum += "+1";
  EXPECT_EQ(formatted(sum).size(), 9 + 1 + 150 * 6u);
  std::string list = "let x = [1";
  for (int i = 0; i < 100'000; ++i) list += ", 1";
  EXPECT_EQ(formatted(list + "]").size(), 10 + 2 + 100'001 * 4u);
  formatted("let x = " + std::string(150, '[') + std::string(150, ']') + "\n");
  formatted("let x = " + std::string(150, '!') + "a\n");
}

}  // namespace
}  // namespace stackc::tests

#include <gtest/gtest.h>

#include "compiler/driver/const_values.hpp"
#include "compiler/driver/lints.hpp"
#include "compiler/parse/parse.hpp"

namespace stackc {
namespace {

/// `yaml` for a const param of type `type` (empty: it has none), as an expression.
std::string expression(std::string_view yaml, std::string_view type) {
  SourceMap sources;
  Sink sink;
  const auto file =
      sources.add("a.stack", "const param p" + (type.empty() ? "" : ": " + std::string{type}) + " = 1\n");
  const auto ast = parse(sources, file, sink);
  std::string reason;
  const auto value = yaml::parse_text(yaml, reason);
  EXPECT_EQ(reason, "");
  return const_expression(value, *ast, ast->get_if<ast::ParamDecl>(ast->top.decls[0])->type);
}

TEST(ConstValues, LooksDecideWithoutAType) {
  EXPECT_EQ(expression("3", ""), "3");
  EXPECT_EQ(expression("true", ""), "true");
  EXPECT_EQ(expression("TRUE", ""), "true");
  EXPECT_EQ(expression("1.50", ""), "1.50");
  EXPECT_EQ(expression("staging", ""), "\"staging\"");
  EXPECT_EQ(expression("~", ""), "none");
  EXPECT_EQ(expression("[A, 1, 'x y']", ""), "[\"A\", 1, \"x y\"]");
  EXPECT_EQ(expression("{ a: 1, b: [] }", ""), "{\"a\": 1, \"b\": []}");
}

TEST(ConstValues, TypesDecideWhereYamlCannot) {
  EXPECT_EQ(expression("3", "String"), "\"3\"");
  EXPECT_EQ(expression("true", "String?"), "\"true\"");
  EXPECT_EQ(expression("5m", "Duration"), "5m");
  EXPECT_EQ(expression("5m", "String"), "\"5m\"");
  EXPECT_EQ(expression("10.0.0.0/16", "Cidr"), "10.0.0.0/16");
  EXPECT_EQ(expression("[1, 2]", "[String]"), "[\"1\", \"2\"]");
  EXPECT_EQ(expression("[10.0.0.0/16]", "[Cidr]?"), "[10.0.0.0/16]");
  EXPECT_EQ(expression("{ a: 1, b: 1 }", "{ a: String, b?: Int }"), "{\"a\": \"1\", \"b\": 1}");
  EXPECT_EQ(expression("{ a: 1 }", "{[String]: String}"), "{\"a\": \"1\"}");
  EXPECT_EQ(expression("1", "\"1\" | \"2\""), "\"1\"");
}

TEST(ConstValues, NothingIsSmuggledIn) {
  EXPECT_EQ(expression("'${aws.region}'", "String"), "\"\\${aws.region}\"");
  EXPECT_EQ(expression("'a\"b\\c'", ""), "\"a\\\"b\\\\c\"");
  EXPECT_EQ(expression("'5m + x'", "Duration"), "\"5m + x\"");
  EXPECT_EQ(expression("'$x {y}'", ""), "\"$x {y}\"");
}

TEST(ConstValues, ParametersAreText) {
  std::string reason;
  const auto value = [&](std::string_view yaml) { return parameter_value(yaml::parse_text(yaml, reason)); };
  EXPECT_EQ(value("3"), "3");
  EXPECT_EQ(value("True"), "true");
  EXPECT_EQ(value("'True'"), "True");
  EXPECT_EQ(value("[a, b]"), "a,b");
  EXPECT_EQ(value("~"), "");
  EXPECT_EQ(value("{ a: b }"), std::nullopt);
  EXPECT_EQ(value("[[a]]"), std::nullopt);
}

class Lints : public testing::Test {
 protected:
  /// How many findings are left of one warning at `marker` in `text`.
  std::size_t left(std::string text, std::string_view marker = "x") {
    SourceMap sources;
    const auto at = static_cast<std::uint32_t>(text.find(marker));
    const auto file = sources.add("a.stack", std::move(text));
    Sink sink;
    sink.report(Code::UnknownValue, Span{file, at, at + 1}, "a warning");
    findings = sink.take();
    apply_lint_levels(findings, project, sources);
    return findings.size();
  }
  Project project;
  std::vector<Diagnostic> findings;
};

TEST_F(Lints, CommentsAllowOneLint) {
  EXPECT_EQ(left("x"), 1u);
  EXPECT_EQ(left("x // stackc:allow(unknown-value) because"), 0u);
  EXPECT_EQ(left("// stackc:allow(unknown-value) because\nx"), 0u);
  EXPECT_EQ(left("// stackc:allow(value-out-of-range, unknown-value)\nx"), 0u);
  EXPECT_EQ(left("// stackc:allow(unknown)\nx"), 1u);
  EXPECT_EQ(left("// stackc:allow(unknown-value\nx"), 0u) << "a forgotten bracket is forgiven";
  EXPECT_EQ(left("// stackc:allow(unknown-value)\n\nx"), 1u) << "two lines above is too far";
  EXPECT_EQ(left("stackc:allow(unknown-value) x"), 1u) << "not in a comment";
}

TEST_F(Lints, TheProjectSetsLevels) {
  project.lints[Code::UnknownValue] = LintLevel::Off;
  EXPECT_EQ(left("x"), 0u);
  project.lints[Code::UnknownValue] = LintLevel::Error;
  ASSERT_EQ(left("x"), 1u);
  EXPECT_EQ(findings[0].severity, Severity::Error);
  EXPECT_EQ(left("x // stackc:allow(unknown-value)"), 0u) << "a comment is closer than the project";
}

}  // namespace
}  // namespace stackc

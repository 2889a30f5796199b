#include <gmock/gmock.h>

#include "compiler/report/value_lines.hpp"
#include "compiler/report/value_text.hpp"
#include "tests/unit/report_support.hpp"

namespace stackc::tests {
namespace {

using report::value_text;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;

TEST(ReportValues, AreWrittenAsStackSource) {
  MadeComparison made;
  const auto b = made.build();
  EXPECT_EQ(value_text(nullptr), "none");
  EXPECT_EQ(value_text(b.no_value()), "none");
  EXPECT_EQ(value_text(b.string("a \"b\"\n${c}")), R"("a \"b\"\n\${c}")");
  EXPECT_EQ(value_text(b.list({b.integer(1), b.boolean(true), b.decimal("1.5")})), "[1, true, 1.5]");
  EXPECT_EQ(value_text(b.object({{"Key", b.string("x")}, {"a b", b.integer(2)}})),
            R"({ Key: "x", "a b": 2 })");
  EXPECT_EQ(value_text(b.ref("AWS::Region")), "aws.region");
  EXPECT_EQ(value_text(b.ref("Vpc")), "Vpc");
  EXPECT_EQ(value_text(b.get_att("Db", "Endpoint.Address")), "Db.Endpoint.Address");
}

TEST(ReportValues, SayFunctionsInTheirNotation) {
  MadeComparison made;
  const auto b = made.build();
  const auto* name = b.ref("Name");
  EXPECT_EQ(value_text(b.sub({name, b.string("-x")})), R"("${Name}-x")");
  EXPECT_EQ(value_text(b.exact_call(ir::Fn::SubText, {b.string("${AWS::Region}/${Vpc.Arn}/${!x}")})),
            R"("${aws.region}/${Vpc.Arn}/\${x}")");
  EXPECT_EQ(value_text(b.exact_call(ir::Fn::Join, {b.string("-"), b.list({name, b.string("x")})})),
            R"("${Name}-x")");
  EXPECT_EQ(value_text(b.exact_call(ir::Fn::Join, {b.string(","), name})), R"(join(",", Name))");
  EXPECT_EQ(value_text(b.exact_call(ir::Fn::Select, {b.integer(0), name})), "Name[0]");
  EXPECT_EQ(value_text(b.exact_call(ir::Fn::FindInMap, {b.string("Sizes"), name, b.string("Big")})),
            R"(Sizes[Name]["Big"])");
  EXPECT_EQ(value_text(b.call(ir::Fn::If, {b.condition("IsBig"), b.integer(2), b.no_value()})),
            "IsBig ? 2 : none");
  EXPECT_EQ(value_text(b.call(ir::Fn::Not, {b.call(ir::Fn::Equals, {name, b.string("a")})})),
            R"(!(Name == "a"))");
  EXPECT_EQ(value_text(b.exact_call(ir::Fn::ImportValue, {b.string("x")})), R"(importValue("x"))");
}

TEST(ReportValues, ThatAreDeepOrHostileStayShortAndPrintable) {
  MadeComparison made;
  const auto b = made.build();
  const auto* deep = b.string("x");
  for (int i = 0; i < 1000; ++i) deep = b.list({deep});
  EXPECT_LT(value_text(deep).size(), 100U);
  EXPECT_EQ(value_text(b.string("\x1B[31mred\x07")).find('\x1B'), std::string::npos);
}

TEST(ReportValues, OfLongTextsShowTheDifference) {
  const std::string same(200, 'a');
  const auto [before, after] = report::shortened(same + "one" + same, same + "two" + same, 40);
  EXPECT_THAT(before, HasSubstr("one"));
  EXPECT_THAT(after, HasSubstr("two"));
  EXPECT_LT(before.size(), 60U);
  // Characters of several bytes are not cut through.
  const std::string wide = "ääääääääääääääääääää";
  EXPECT_EQ(report::cut(wide, 5), "ääää…");
}

TEST(ReportValues, OfSeveralLinesAreComparedByLine) {
  MadeComparison made;
  const auto b = made.build();
  const auto lines = report::value_lines(b.string("#!/bin/sh\necho a\nexit 0\n"),
                                         b.string("#!/bin/sh\necho b\nexit 0\n"), false, 80);
  EXPECT_THAT(lines.rows, ElementsAre(Field(&report::ValueLines::Row::text, "#!/bin/sh"),
                                      Field(&report::ValueLines::Row::text, "echo a"),
                                      Field(&report::ValueLines::Row::text, "echo b"),
                                      Field(&report::ValueLines::Row::text, "exit 0")));
}

TEST(ReportValues, ThatAreSecretAreNotShown) {
  MadeComparison made;
  const auto b = made.build();
  const auto lines = report::value_lines(b.string("hunter2"), b.string("a\nb\nc\nd"), true, 80);
  EXPECT_EQ(lines.before, "(secret)");
  EXPECT_EQ(lines.after, "(secret)");
  EXPECT_TRUE(lines.rows.empty());
}

}  // namespace
}  // namespace stackc::tests

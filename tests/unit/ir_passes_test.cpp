#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "compiler/emit/emit.hpp"
#include "compiler/ir/condition_names.hpp"
#include "compiler/ir/passes.hpp"

namespace stackc {
namespace {

using emit::value_json;
using ir::Builder;
using ir::Fn;
using ir::ValueRef;

class PassTest : public testing::Test {
 protected:
  ir::Template t;
  Builder b{t.arena};
  Sink sink;

  ValueRef is(const char* param, const char* value) { return b.equals(b.ref(param), b.string(value)); }
  ValueRef specified(const char* param) { return b.negate(is(param, "")); }
  ValueRef string(const char* text) { return b.string(text); }

  void property(ValueRef v, ValueRef condition = nullptr) {
    ir::Resource r;
    r.id = t.resources.empty() ? "R" : t.arena.copy("R" + std::to_string(t.resources.size()));
    r.type = "T";
    r.condition = condition;
    r.properties = b.object({{"P", v}});
    t.resources.push_back(r);
  }
  void declare(const char* id, ValueRef v) { t.conditions.push_back({id, v, {}}); }
  void output(ValueRef v, ValueRef condition = nullptr) {
    ir::Output o;
    o.id = "O";
    o.value = v;
    o.condition = condition;
    t.outputs.push_back(o);
  }
  void run() {
    ir::hoist(t, sink);
    if (!sink.has_errors()) ir::name_conditions(t, sink);
  }
  std::string first_property(std::size_t resource = 0) {
    return value_json(t.resources.at(resource).properties->get_if<ir::Object>()->members[0].value);
  }
  std::string condition_text(std::size_t i) {
    return std::string(t.conditions.at(i).id) + " = " + value_json(t.conditions.at(i).value);
  }
  void expect_error(Code code, std::string_view message) {
    ASSERT_EQ(sink.all().size(), 1u);
    EXPECT_EQ(sink.all()[0].code, code);
    EXPECT_EQ(sink.all()[0].message, message);
  }
};

// ---------------------------------------------------------------- hoisting

TEST_F(PassTest, ChoiceInAPropertyStays) {
  property(b.choice(specified("VPCId"), b.ref("VPCId"), string("vpc-1")));
  run();
  EXPECT_EQ(first_property(), R"({"Fn::If": ["IsVPCIdSpecified", {"Ref": "VPCId"}, "vpc-1"]})");
  ASSERT_EQ(t.conditions.size(), 1u);
  EXPECT_EQ(condition_text(0), R"(IsVPCIdSpecified = {"Fn::Not": [{"Fn::Equals": [{"Ref": "VPCId"}, ""]}]})");
}

TEST_F(PassTest, ChoiceInAMappingKeyMovesOut) {
  property(b.call(Fn::FindInMap, {string("M"), b.choice(is("E", "p"), string("a"), string("b")), string("k")}));
  run();
  EXPECT_EQ(first_property(),
            R"({"Fn::If": ["IsEP", {"Fn::FindInMap": ["M", "a", "k"]}, {"Fn::FindInMap": ["M", "b", "k"]}]})");
}

TEST_F(PassTest, TwoChoicesOfOneConditionMoveOutTogether) {
  const auto choice = [&](const char* x, const char* y) { return b.choice(is("E", "p"), string(x), string(y)); };
  property(b.call(Fn::FindInMap, {string("M"), choice("a", "b"), choice("c", "d")}));
  run();
  EXPECT_EQ(first_property(),
            R"({"Fn::If": ["IsEP", {"Fn::FindInMap": ["M", "a", "c"]}, {"Fn::FindInMap": ["M", "b", "d"]}]})");
}

TEST_F(PassTest, ChoiceInASelectIndexFoldsIntoTheArms) {
  property(b.call(Fn::Select, {b.choice(is("E", "p"), b.integer(0), b.integer(1)), b.list({string("x"), string("y")})}));
  run();
  EXPECT_EQ(first_property(), R"({"Fn::If": ["IsEP", "x", "y"]})");
}

TEST_F(PassTest, ChoiceInsideAnOperandBecomesAConnective) {
  const auto size = b.choice(is("E", "p"), b.ref("Big"), string("small"));
  declare("C", b.equals(b.sub({string("db."), size}), string("db.small")));
  run();
  EXPECT_EQ(condition_text(0),
            R"(C = {"Fn::Or": [{"Fn::Not": [{"Fn::Equals": [{"Ref": "E"}, "p"]}]}, )"
            R"({"Fn::Equals": [{"Fn::Sub": "db.${Big}"}, "db.small"]}]})");
}

TEST_F(PassTest, EqualityOfAConstantChoiceIsItsCondition) {
  declare("C", b.equals(b.choice(is("E", "p"), string("a"), string("b")), string("a")));
  declare("D", b.equals(b.choice(is("E", "p"), string("a"), string("b")), string("b")));
  run();
  EXPECT_EQ(condition_text(0), R"(C = {"Fn::Equals": [{"Ref": "E"}, "p"]})");
  EXPECT_EQ(condition_text(1), R"(D = {"Fn::Not": [{"Fn::Equals": [{"Ref": "E"}, "p"]}]})");
}

TEST_F(PassTest, ConditionAsValueBecomesTrueOrFalse) {
  property(is("E", "p"));
  property(b.sub({string("on="), is("E", "p")}));
  run();
  EXPECT_EQ(first_property(), R"({"Fn::If": ["IsEP", true, false]})");
  EXPECT_EQ(first_property(1), R"({"Fn::Sub": ["on=${IsEP}", {"IsEP": {"Fn::If": ["IsEP", "true", "false"]}}]})");
}

TEST_F(PassTest, BoolParameterAsConditionIsComparedWithTrue) {
  property(string("x"), b.ref("Flag"));
  run();
  EXPECT_EQ(condition_text(0), R"(IsFlagTrue = {"Fn::Equals": [{"Ref": "Flag"}, "true"]})");
}

TEST_F(PassTest, AttributeInAConditionIsRefused) {
  declare("C", b.equals(b.get_att("Db", "Port"), string("1")));
  run();
  expect_error(Code::FunctionInPosition, "`Fn::GetAtt` cannot be the operand of a condition");
}

TEST_F(PassTest, FunctionsInsideAnOperandObeyTheOperand) {
  declare("C", b.equals(b.sub({string("x"), b.call(Fn::ImportValue, {string("N")})}), string("1")));
  run();
  expect_error(Code::FunctionInPosition, "`Fn::ImportValue` cannot be the operand of a condition");
}

TEST_F(PassTest, ImportMayNotDependOnAResource) {
  property(b.call(Fn::ImportValue, {b.sub({b.ref("R"), string(":VPC")})}));
  run();
  expect_error(Code::ResourceInPosition, "the name of an import cannot depend on the resource `R`");
}

TEST_F(PassTest, ImportMayDependOnAParameter) {
  property(b.call(Fn::ImportValue, {b.sub({b.ref("VPCStackName"), string(":VPC")})}));
  run();
  EXPECT_TRUE(sink.all().empty());
}

TEST_F(PassTest, SubInAMappingKeyNeedsLanguageExtensions) {
  const ValueRef v = b.call(Fn::FindInMap, {string("M"), b.sub({string("x"), b.ref("P")}), string("k")});
  property(v);
  run();
  expect_error(Code::FunctionInPosition, "`Fn::Sub` cannot be the key of a mapping");
  t.transforms.push_back(string("AWS::LanguageExtensions"));
  Sink again;
  ir::hoist(t, again);
  EXPECT_TRUE(again.all().empty());
}

TEST_F(PassTest, NoneInAnInterpolationIsRefused) {
  property(b.sub({string("x"), b.choice(is("E", "p"), string("a"), b.no_value())}));
  run();
  expect_error(Code::NoneInPosition, "`none` cannot be an interpolation");
}

TEST_F(PassTest, NoneInPropertiesAndListsStays) {
  const ValueRef maybe = b.choice(is("E", "p"), string("a"), b.no_value());
  property(b.list({maybe, b.object({{"K", maybe}})}));
  run();
  EXPECT_TRUE(sink.all().empty());
}

TEST_F(PassTest, OutputThatMayBeNoneIsConditional) {
  output(b.choice(is("E", "p"), b.ref("R"), b.no_value()));
  run();
  EXPECT_EQ(value_json(t.outputs[0].value), R"({"Ref": "R"})");
  EXPECT_EQ(value_json(t.outputs[0].condition), R"({"Condition": "IsEP"})");
}

TEST_F(PassTest, RulesAreCheckedAndHoisted) {
  const ValueRef either = b.choice(is("E", "p"), string("a"), b.ref("Q"));
  t.rules.push_back({"Rule",
                     b.object({{"Assertions", b.list({b.object({{"Assert", b.equals(either, string("a"))},
                                                                {"AssertDescription", string("d")}})})}}),
                     {}});
  run();
  EXPECT_EQ(value_json(t.rules[0].value),
            R"({"Assertions": [{"Assert": {"Fn::Or": [{"Fn::Equals": [{"Ref": "E"}, "p"]}, )"
            R"({"Fn::Equals": [{"Ref": "Q"}, "a"]}]}, "AssertDescription": "d"}]})");
}

TEST_F(PassTest, MultiplyingChoicesEndInOneError) {
  std::vector<ValueRef> parts;
  for (int i = 0; i < 40; ++i) {
    const std::string p = "P" + std::to_string(i);
    parts.push_back(b.choice(is(p.c_str(), "x"), b.ref(p), string("y")));
  }
  declare("C", b.equals(b.sub(parts), string("z")));
  ir::hoist(t, sink);
  ASSERT_EQ(sink.all().size(), 1u);
  EXPECT_EQ(sink.all()[0].code, Code::TooManyChoices);
}

// ---------------------------------------------------------------- names

TEST_F(PassTest, DerivedNames) {
  const auto name = [](ValueRef v) { return ir::derived_name(v); };
  EXPECT_EQ(name(is("Environment", "production")), "IsEnvironmentProduction");
  EXPECT_EQ(name(is("AWS::Region", "us-east-1")), "IsRegionUsEast1");
  EXPECT_EQ(name(is("Class", "db.m7g.large")), "IsClassDbM7gLarge");
  EXPECT_EQ(name(specified("VPCId")), "IsVPCIdSpecified");
  EXPECT_EQ(name(b.negate(b.equals(b.join("", b.ref("Zones")), string("")))), "IsZonesSpecified");
  EXPECT_EQ(name(is("VPCId", "")), "NotIsVPCIdSpecified");
  EXPECT_EQ(name(b.negate(is("A", "b"))), "NotIsAB");
  EXPECT_EQ(name(b.both(b.condition("IsProduction"), specified("Cert"))), "IsProductionAndIsCertSpecified");
  EXPECT_EQ(name(b.either(is("A", "x"), is("A", "y"))), "IsAXOrIsAY");
  EXPECT_EQ(name(b.equals(b.call(Fn::FindInMap, {string("Sizes"), b.ref("Env"), string("kind")}), string("big"))),
            "IsSizesEnvKindBig");
}

TEST_F(PassTest, OneFormulaHasOneName) {
  property(string("x"), is("E", "p"));
  property(b.choice(b.equals(string("p"), b.ref("E")), string("a"), string("b")));
  run();
  ASSERT_EQ(t.conditions.size(), 1u);
  EXPECT_EQ(first_property(1), R"({"Fn::If": ["IsEP", "a", "b"]})");
}

TEST_F(PassTest, DeclaredConditionServesItsFormula) {
  declare("IsProduction", is("E", "p"));
  property(b.choice(b.both(is("E", "p"), specified("Q")), string("a"), string("b")));
  property(b.choice(is("E", "p"), string("a"), string("b")));
  run();
  ASSERT_EQ(t.conditions.size(), 2u);
  EXPECT_EQ(condition_text(1), R"(IsProductionAndIsQSpecified = {"Fn::And": [{"Condition": "IsProduction"}, )"
                               R"({"Fn::Not": [{"Fn::Equals": [{"Ref": "Q"}, ""]}]}]})");
  EXPECT_EQ(first_property(1), R"({"Fn::If": ["IsProduction", "a", "b"]})");
}

TEST_F(PassTest, EqualNamesOfDifferentFormulasAreAnError) {
  property(string("x"), is("E", "a-b"));
  property(string("x"), is("E", "a.b"));
  run();
  expect_error(Code::ConditionNeedsName, "the derived name of this condition, `IsEAB`, belongs to another one");
}

TEST_F(PassTest, DerivedNameMayNotTakeADeclaredOne) {
  declare("IsEP", is("E", "other"));
  property(string("x"), is("E", "p"));
  run();
  expect_error(Code::ConditionNeedsName, "the derived name of this condition, `IsEP`, belongs to another one");
}

TEST_F(PassTest, LongNamesAreAnError) {
  property(string("x"), is("E", std::string(70, 'v').c_str()));
  run();
  ASSERT_EQ(sink.all().size(), 1u);
  EXPECT_EQ(sink.all()[0].code, Code::ConditionNeedsName);
}

TEST_F(PassTest, NegatedChoiceSwapsItsArms) {
  property(b.choice(b.negate(b.condition("On")), string("a"), string("b")));
  property(b.choice(is("V", ""), string("a"), string("b")));
  declare("On", is("E", "p"));
  run();
  EXPECT_EQ(first_property(0), R"({"Fn::If": ["On", "b", "a"]})");
  EXPECT_EQ(first_property(1), R"({"Fn::If": ["IsVSpecified", "b", "a"]})");
}

// ---------------------------------------------------------------- folding

TEST_F(PassTest, ConstantConditionsDisappearWithWhatTheyDecide) {
  declare("Never", b.boolean(false));
  declare("Always", b.negate(b.condition("Never")));
  property(string("gone"), b.condition("Never"));
  property(b.choice(b.condition("Always"), string("a"), string("b")), b.condition("Always"));
  t.resources[1].depends_on = {"R"};
  output(string("gone"), b.condition("Never"));
  run();
  EXPECT_TRUE(t.conditions.empty());
  EXPECT_TRUE(t.outputs.empty());
  ASSERT_EQ(t.resources.size(), 1u);
  EXPECT_EQ(t.resources[0].condition, nullptr);
  EXPECT_TRUE(t.resources[0].depends_on.empty());
  EXPECT_EQ(first_property(), R"("a")");
}

TEST_F(PassTest, DeclaredConditionStaysWhenNothingUsesIt) {
  declare("IsProduction", is("E", "p"));
  run();
  EXPECT_EQ(t.conditions.size(), 1u);
}

TEST_F(PassTest, ChoiceUnderItsOwnConditionFolds) {
  declare("IsProduction", is("E", "p"));
  const ValueRef inner = b.choice(is("E", "p"), string("a"), string("b"));
  property(inner, b.both(b.condition("IsProduction"), specified("Q")));
  property(b.choice(b.condition("IsProduction"), string("x"), b.list({inner})));
  property(b.choice(is("E", "q"), string("a"), string("b")), b.condition("IsProduction"));
  run();
  EXPECT_EQ(first_property(0), R"("a")");
  EXPECT_EQ(first_property(1), R"({"Fn::If": ["IsProduction", "x", ["b"]]})");
  EXPECT_EQ(first_property(2), R"("b")");
  EXPECT_EQ(t.conditions.size(), 2u);
}

TEST_F(PassTest, NoneThatAFactDecidesDisappears) {
  property(b.list({b.choice(is("E", "p"), b.no_value(), string("b")), string("c")}), is("E", "p"));
  run();
  EXPECT_EQ(first_property(), R"(["c"])");
}

TEST_F(PassTest, ManyOperandsAreGrouped) {
  ValueRef any = b.boolean(false);
  for (int i = 0; i < 12; ++i) any = b.either(any, is("E", std::to_string(i).c_str()));
  declare("C", any);
  run();
  const auto* outer = t.conditions[0].value->call(Fn::Or);
  ASSERT_NE(outer, nullptr);
  ASSERT_EQ(outer->args.size(), 2u);
  EXPECT_EQ(outer->args[0]->call(Fn::Or)->args.size(), 10u);
  EXPECT_EQ(outer->args[1]->call(Fn::Or)->args.size(), 2u);
}

TEST_F(PassTest, ConditionThatNeedsItselfIsAnError) {
  declare("A", b.negate(b.condition("B")));
  declare("B", b.negate(b.condition("A")));
  run();
  expect_error(Code::ResourceCycle, "the condition `A` needs itself");
}

}  // namespace
}  // namespace stackc

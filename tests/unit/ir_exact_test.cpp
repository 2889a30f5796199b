#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "compiler/emit/emit.hpp"
#include "compiler/ir/passes.hpp"
#include "compiler/ir/rebuild.hpp"

/// What stands exactly as given goes through the passes as it is.
namespace stackc {
namespace {

using emit::value_json;
using ir::Builder;
using ir::Fn;
using ir::ValueRef;

class ExactTest : public testing::Test {
 protected:
  ir::Template t;
  Builder b{t.arena};
  Sink sink;

  ValueRef text(const char* s) { return b.string(s); }
  ValueRef same() { return b.exact_call(Fn::Equals, {text("a"), text("a")}); }
  void declare(const char* id, ValueRef v) { t.conditions.push_back({id, v, {}}); }
  std::string property(ValueRef v, ValueRef condition = nullptr) {
    ir::Resource r;
    r.id = "R";
    r.type = "T";
    r.condition = condition;
    r.properties = b.object({{"P", v}});
    t.resources.push_back(r);
    ir::hoist(t, sink);
    ir::name_conditions(t, sink);
    EXPECT_FALSE(sink.has_errors());
    return value_json(t.resources.back().properties->get_if<ir::Object>()->members[0].value);
  }
};

TEST_F(ExactTest, ConstantsAreNotFolded) {
  declare("Always", same());
  const ValueRef choice = b.exact_call(Fn::If, {b.condition("Always"), text("x"), text("x")});
  EXPECT_EQ(property(b.exact_call(Fn::Join, {text("-"), b.list({choice, text("b")})})),
            R"({"Fn::Join": ["-", [{"Fn::If": ["Always", "x", "x"]}, "b"]]})");
  ASSERT_EQ(t.conditions.size(), 1u);
  EXPECT_EQ(value_json(t.conditions[0].value), R"({"Fn::Equals": ["a", "a"]})");
}

TEST_F(ExactTest, WhatIsKnownDecidesNothing) {
  declare("Wanted", b.equals(b.ref("Wish"), text("yes")));
  const ValueRef wanted = b.condition("Wanted");
  EXPECT_EQ(property(b.exact_call(Fn::If, {wanted, text("x"), text("y")}), wanted),
            R"({"Fn::If": ["Wanted", "x", "y"]})");
}

TEST_F(ExactTest, ConnectivesKeepTheirForm) {
  const ValueRef twice = b.exact_call(Fn::Not, {b.exact_call(Fn::Not, {same()})});
  declare("C", b.exact_call(Fn::And, {twice, b.exact_call(Fn::And, {same(), same()})}));
  property(text("x"));
  EXPECT_EQ(nlohmann::json::parse(value_json(t.conditions.at(0).value)),
            nlohmann::json::parse(R"({"Fn::And": [
                {"Fn::Not": [{"Fn::Not": [{"Fn::Equals": ["a", "a"]}]}]},
                {"Fn::And": [{"Fn::Equals": ["a", "a"]}, {"Fn::Equals": ["a", "a"]}]}]})"));
}

TEST_F(ExactTest, AChoiceAmongTheArgumentsStillMoves) {
  const ValueRef key = b.choice(b.equals(b.ref("P"), text("a")), text("x"), text("y"));
  EXPECT_EQ(nlohmann::json::parse(property(b.exact_call(Fn::FindInMap, {text("M"), key, text("z")}))),
            nlohmann::json::parse(R"({"Fn::If": ["IsPA", {"Fn::FindInMap": ["M", "x", "z"]},
                                                 {"Fn::FindInMap": ["M", "y", "z"]}]})"));
}

TEST_F(ExactTest, ATreeIsExactInEveryPart) {
  const ValueRef plain = b.object({{"A", b.list({b.no_value(), b.null()})}});
  const ValueRef exact = ir::exactly(t.arena, plain);
  EXPECT_FALSE(plain->exact);
  EXPECT_EQ(property(exact), R"({"A": [{"Ref": "AWS::NoValue"}, null]})");
  EXPECT_EQ(ir::exactly(t.arena, exact), exact);
}

}  // namespace
}  // namespace stackc

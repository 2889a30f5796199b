#include "compiler/sema/stage.hpp"

#include <gtest/gtest.h>

namespace stackc::sema {
namespace {

TEST(Stage, AListHasAShapeAndElements) {
  Stages s;
  const Stage late = s.leaf(Level::Attr, nullptr);
  const Stage list = s.with_element(s.constant(), late);
  EXPECT_EQ(list->level, Level::Const);
  EXPECT_EQ(s.element(list)->level, Level::Attr);
  EXPECT_EQ(s.latest(list)->level, Level::Attr);
  EXPECT_EQ(s.flat(list)->level, Level::Const);
}

TEST(Stage, ALateLeafIsLateAllTheWayDown) {
  Stages s;
  const Stage late = s.leaf(Level::Param, nullptr);
  EXPECT_EQ(s.element(s.field(late, "name"))->level, Level::Param);
}

TEST(Stage, JoinTakesTheLaterOfEveryNode) {
  Stages s;
  const Stage attr = s.leaf(Level::Attr, nullptr), param = s.leaf(Level::Param, nullptr);
  const Stage a = s.with_fields(s.constant(), {{"port", s.constant()}, {"arn", attr}});
  const Stage b = s.with_fields(s.constant(), {{"port", param}, {"arn", s.constant()}});
  const Stage both = s.join(a, b);
  EXPECT_EQ(both->level, Level::Const);
  EXPECT_EQ(s.field(both, "port")->level, Level::Param);
  EXPECT_EQ(s.field(both, "arn")->level, Level::Attr);
}

TEST(Stage, ADemandOnAParameterIsRememberedAtItsPath) {
  Stages s;
  const Stage zones = s.parameter(1);
  EXPECT_TRUE(s.require(zones, {Level::Const, {}, "length"}));
  EXPECT_TRUE(s.require(s.field(s.element(zones), "name"), {Level::Param, {}, "name"}));
  const auto demands = s.demands_of(1);
  ASSERT_EQ(demands.size(), 2U);
  EXPECT_EQ(s.path_text(demands[0].first), "");
  EXPECT_EQ(demands[0].second.at_most, Level::Const);
  EXPECT_EQ(s.path_text(demands[1].first), "[].name");
  EXPECT_EQ(demands[1].second.at_most, Level::Param);
}

TEST(Stage, TheStrictestDemandCounts) {
  Stages s;
  const Stage p = s.parameter(1);
  s.require(p, {Level::Param, {}, "first"});
  s.require(p, {Level::Const, {}, "second"});
  s.require(p, {Level::Param, {}, "third"});
  ASSERT_EQ(s.demands_of(1).size(), 1U);
  EXPECT_EQ(s.demands_of(1)[0].second.reason, "second");
}

TEST(Stage, AStageThatIsLaterThanADemandIsRefused) {
  Stages s;
  EXPECT_FALSE(s.require(s.leaf(Level::Attr, nullptr), {Level::Param, {}, "condition"}));
  EXPECT_TRUE(s.require(s.leaf(Level::Param, nullptr), {Level::Param, {}, "condition"}));
}

TEST(Stage, AnOutputIsAsLateAsTheArgumentsItIsMadeOf) {
  Stages s;
  const Stage subnets = s.parameter(7);
  const Stage output = s.with_fields(s.constant(), {{"subnets", subnets}, {"name", s.constant()}});
  const Stage argument = s.with_element(s.constant(), s.leaf(Level::Attr, nullptr));
  const Stage seen = s.substitute(output, [&](std::uint32_t root) { return root == 7 ? argument : nullptr; });
  EXPECT_EQ(s.field(seen, "subnets")->level, Level::Const);
  EXPECT_EQ(s.element(s.field(seen, "subnets"))->level, Level::Attr);
  EXPECT_EQ(s.field(seen, "name")->level, Level::Const);
}

TEST(Stage, AChainNamesTheWay) {
  Stages s;
  const Why* first = s.because({}, "the parameter");
  const Stage through = s.through(s.leaf(Level::Param, first), {}, "through ", "x", "");
  ASSERT_NE(through->why, nullptr);
  EXPECT_EQ(through->why->str(), "through `x`");
  EXPECT_EQ(through->why->next, first);
}

TEST(Stage, WhatCameAfterFreezingIsForgottenAndParametersCanBeAskedAgain) {
  Stages s;
  const Stage library = s.field(s.parameter(1), "kept");
  s.freeze();
  const std::string_view name = "a name that is longer than any short string";
  for (std::uint32_t root = 2; root < 5; ++root) {
    const Stage own = s.field(s.parameter(root), name);
    EXPECT_TRUE(s.require(own, {Level::Const, {}, "length"}));
    EXPECT_EQ(s.path_text(s.demands_of(root).front().first), "." + std::string(name));
    s.forget();
  }
  EXPECT_TRUE(s.require(library, {Level::Param, {}, "kept"}));
  EXPECT_EQ(s.path_text(s.demands_of(1).front().first), ".kept");
}

}  // namespace
}  // namespace stackc::sema

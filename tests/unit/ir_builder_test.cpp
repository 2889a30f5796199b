#include <gtest/gtest.h>

#include "compiler/emit/emit.hpp"
#include "compiler/ir/ir.hpp"

namespace stackc {
namespace {

using emit::value_json;
using ir::Builder;
using ir::Fn;
using ir::ValueRef;

class BuilderTest : public testing::Test {
 protected:
  Arena arena;
  Builder b{arena};
  ValueRef p = b.ref("P");
  ValueRef q = b.ref("Q");
  ValueRef s(const char* text) { return b.string(text); }
};

TEST_F(BuilderTest, SubOfConstantsIsAString) {
  EXPECT_EQ(value_json(b.sub({s("a"), b.integer(1), b.boolean(true), b.decimal("0.5")})), R"("a1true0.5")");
  EXPECT_EQ(value_json(b.sub({})), R"("")");
}

TEST_F(BuilderTest, SubMergesNeighboursAndNestedSubs) {
  const ValueRef inner = b.sub({s("-"), p, s("-")});
  const ValueRef outer = b.sub({s("a"), inner, s("b"), q});
  ASSERT_NE(outer->call(Fn::Sub), nullptr);
  EXPECT_EQ(outer->call(Fn::Sub)->args.size(), 4u);
  EXPECT_EQ(value_json(outer), R"({"Fn::Sub": "a-${P}-b${Q}"})");
}

TEST_F(BuilderTest, SubOfOneValueIsTheValueOnlyWhenThatIsText) {
  EXPECT_TRUE(ir::equal(b.sub({p}), p));
  EXPECT_TRUE(ir::equal(b.sub({s(""), p}), p));
  const ValueRef joined = b.join(",", p);
  EXPECT_TRUE(ir::equal(b.sub({joined}), joined));
  EXPECT_NE(b.sub({b.get_att("R", "Port")})->call(Fn::Sub), nullptr);
  const ValueRef text = b.choice(b.condition("C"), s("a"), joined);
  EXPECT_TRUE(ir::equal(b.sub({text}), text));
  EXPECT_NE(b.sub({b.choice(b.condition("C"), s("a"), b.integer(1))})->call(Fn::Sub), nullptr);
}

TEST_F(BuilderTest, JoinAndSplitFoldConstants) {
  EXPECT_EQ(value_json(b.join(",", b.list({s("a"), b.integer(2)}))), R"("a,2")");
  EXPECT_EQ(value_json(b.join(",", b.list({s("a"), p}))), R"({"Fn::Join": [",", ["a", {"Ref": "P"}]]})");
  EXPECT_EQ(value_json(b.split("::", s("a::b::"))), R"(["a", "b", ""])");
  EXPECT_EQ(value_json(b.split(",", p)), R"({"Fn::Split": [",", {"Ref": "P"}]})");
}

TEST_F(BuilderTest, SelectPicksOnlyWherePositionsAreCertain) {
  EXPECT_TRUE(ir::equal(b.select(1, b.list({s("a"), p})), p));
  EXPECT_EQ(value_json(b.select(5, b.list({s("a")}))), R"({"Fn::Select": [5, ["a"]]})");
  const ValueRef maybe = b.choice(b.condition("C"), s("x"), b.no_value());
  EXPECT_NE(b.select(1, b.list({maybe, s("b")}))->call(Fn::Select), nullptr);
  EXPECT_EQ(value_json(b.select(0, b.list({s("b"), maybe}))), R"("b")");
}

TEST_F(BuilderTest, ChoiceFolds) {
  EXPECT_EQ(b.choice(b.boolean(true), p, q), p);
  EXPECT_EQ(b.choice(b.boolean(false), p, q), q);
  EXPECT_TRUE(ir::equal(b.choice(b.condition("C"), p, b.ref("P")), p));
}

TEST_F(BuilderTest, EqualsFoldsAndHasOneForm) {
  EXPECT_EQ(value_json(b.equals(s("80"), b.integer(80))), "true");
  EXPECT_EQ(value_json(b.equals(s("a"), s("b"))), "false");
  EXPECT_EQ(value_json(b.equals(p, b.ref("P"))), "true");
  EXPECT_TRUE(ir::equal(b.equals(s("x"), p), b.equals(p, s("x"))));
  EXPECT_EQ(value_json(b.equals(b.boolean(true), p)), R"({"Fn::Equals": [{"Ref": "P"}, "true"]})");
}

TEST_F(BuilderTest, ConnectivesFold) {
  const ValueRef a = b.condition("A"), c = b.condition("C"), d = b.condition("D");
  EXPECT_EQ(b.both(a, b.boolean(true)), a);
  EXPECT_EQ(value_json(b.both(a, b.boolean(false))), "false");
  EXPECT_EQ(value_json(b.either(b.boolean(true), a)), "true");
  EXPECT_EQ(b.either(b.boolean(false), a), a);
  EXPECT_EQ(b.both(b.both(a, c), d)->call(Fn::And)->args.size(), 3u);
  EXPECT_EQ(b.either(a, b.either(c, d))->call(Fn::Or)->args.size(), 3u);
  EXPECT_TRUE(ir::equal(b.both(a, b.condition("A")), a));
  EXPECT_EQ(value_json(b.both(a, b.negate(a))), "false");
  EXPECT_EQ(value_json(b.either(b.negate(a), a)), "true");
  EXPECT_EQ(b.negate(b.negate(a)), a);
  EXPECT_EQ(value_json(b.negate(b.boolean(true))), "false");
}

TEST_F(BuilderTest, EqualityIgnoresOriginsAndHashAgrees) {
  const FileId file(0);
  const ValueRef one = b.at({file, 1, 2}).object({{"K", b.list({s("a"), p, b.null()})}});
  const ValueRef two = b.at({file, 7, 9}).object({{"K", b.list({s("a"), b.ref("P"), b.null()})}});
  const ValueRef other = b.object({{"K", b.list({s("a"), q, b.null()})}});
  EXPECT_TRUE(ir::equal(one, two));
  EXPECT_EQ(ir::hash(one), ir::hash(two));
  EXPECT_FALSE(ir::equal(one, other));
  EXPECT_FALSE(ir::equal(s("1"), b.integer(1)));
  EXPECT_FALSE(ir::equal(b.list({s("a")}), b.list({s("a"), s("b")})));
  EXPECT_EQ(one->origin.begin, 1u);
}

}  // namespace
}  // namespace stackc

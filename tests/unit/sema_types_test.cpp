#include "compiler/sema/types.hpp"

#include <gtest/gtest.h>

namespace stackc::sema {
namespace {

class Types : public testing::Test {
 protected:
  TypeTable t;
  TypeId string = t.plain(Kind::String);
  TypeId integer = t.plain(Kind::Int);
};

TEST_F(Types, EqualTypesAreOne) {
  EXPECT_EQ(t.list(string), t.list(string));
  EXPECT_NE(t.list(string), t.list(integer));
  EXPECT_EQ(t.record({{"a", false, string}}), t.record({{"a", false, string}}));
  EXPECT_NE(t.record({{"a", false, string}}), t.record({{"a", true, string}}));
}

TEST_F(Types, StayWhereTheyAreAndOwnTheirTexts) {
  std::string name = "size";
  const TypeId record = t.record({{name, false, t.literal(string, name)}});
  const Type* before = &t[record];
  name = "gone";
  for (int i = 0; i < 2000; ++i) t.literal(string, std::to_string(i));
  EXPECT_EQ(&t[record], before);
  EXPECT_EQ(t[record].fields[0].name, "size");
  EXPECT_EQ(t[t[record].fields[0].type].text, "size");
  EXPECT_EQ(t.record({{"size", false, t.literal(string, "size")}}), record);
}

TEST_F(Types, AnOptionalOfAnOptionalIsOne) {
  EXPECT_EQ(t.optional(t.optional(string)), t.optional(string));
  EXPECT_EQ(t.strip_optional(t.optional(string)), string);
}

TEST_F(Types, UnionsAreFlatWithoutDoubles) {
  const TypeId a = t.literal(string, "a"), b = t.literal(string, "b");
  const TypeId ab = t.union_of({a, b});
  EXPECT_EQ(t.union_of({ab, a, b}), ab);
  EXPECT_EQ(t.str(ab), "\"a\" | \"b\"");
  EXPECT_EQ(t.union_of({a}), a);
}

TEST_F(Types, AUnionWithNoneIsOptional) {
  const TypeId none = t.plain(Kind::None);
  EXPECT_EQ(t.union_of({string, none}), t.optional(string));
  EXPECT_EQ(t.union_of({none, none}), none);
}

TEST_F(Types, ALiteralDisappearsBesideItsPlainType) {
  EXPECT_EQ(t.union_of({t.literal(string, "a"), string}), string);
  EXPECT_EQ(t.union_of({t.literal(integer, "1"), string, integer}), t.union_of({string, integer}));
}

TEST_F(Types, AnEmptyListOrMapTakesTheTypeOfTheOthers) {
  const TypeId texts = t.list(string);
  const TypeId empty = t.list(t.plain(Kind::Never));
  EXPECT_EQ(t.union_of({empty, texts}), texts);
  EXPECT_EQ(t.union_of({empty, empty}), empty);
  const TypeId map = t.map(t.plain(Kind::Int));
  EXPECT_EQ(t.union_of({map, t.record({})}), map);
}

TEST_F(Types, AnErrorSwallowsAUnion) {
  EXPECT_EQ(t.kind(t.union_of({string, t.plain(Kind::Error)})), Kind::Error);
}

TEST_F(Types, IdsAreNominalAndKnowTheirAliases) {
  const TypeId vpc = t.id("AWS::EC2::VPC", "VpcId");
  EXPECT_NE(vpc, t.id("AWS::EC2::Subnet", "SubnetId"));
  EXPECT_EQ(t.id("AWS::EC2::SecurityGroup", "Id"), t.id("AWS::EC2::SecurityGroup", "GroupId"));
  EXPECT_EQ(t.str(vpc), "AWS::EC2::VPC.VpcId");
}

TEST_F(Types, SchemaSlotsBecomeTypesOnce) {
  const auto subnet = schema::Schema::aws().find("AWS::EC2::Subnet");
  ASSERT_TRUE(subnet);
  const auto slot = subnet.properties().find("VpcId").type();
  EXPECT_EQ(t.from_schema(slot), t.from_schema(slot));
  EXPECT_EQ(t.str(t.from_schema(slot)), "AWS::EC2::VPC.VpcId");
}

TEST_F(Types, TypesReadAsTheyAreWritten) {
  EXPECT_EQ(t.str(t.optional(t.list(string))), "[String]?");
  EXPECT_EQ(t.str(t.map(integer)), "{[String]: Int}");
  EXPECT_EQ(t.str(t.constrained(string, {1, 64, {}})), "String(1..64)");
  EXPECT_EQ(t.str(t.optional(t.union_of({string, integer}))), "(String | Int)?");
}

}  // namespace
}  // namespace stackc::sema

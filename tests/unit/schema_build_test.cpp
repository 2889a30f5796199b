#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "compiler/base/source.hpp"
#include "compiler/parse/parse.hpp"
#include "compiler/schema/build.hpp"
#include "compiler/schema/order.hpp"

namespace stackc::schema {
namespace {

using testing::ElementsAre;

/// One source file, built.
struct Built {
  explicit Built(std::string source) {
    const auto file = sources.add("t.stack", std::move(source));
    tree = parse(sources, file, sink);
    EXPECT_TRUE(sink.all().empty()) << "does not parse: " << sink.all()[0].message;
    Builder builder(sink);
    builder.add(*tree);
    blob = builder.finish();
  }
  [[nodiscard]] Schema schema() const { return blob->schema(); }
  [[nodiscard]] std::vector<std::string> messages() const {
    std::vector<std::string> out;
    for (const auto& d : sink.all()) out.push_back(d.message);
    return out;
  }

  SourceMap sources;
  Sink sink;
  std::unique_ptr<ast::Ast> tree;
  std::unique_ptr<OwnedBlob> blob;
};

// From 256 properties on there is no hash table.
TEST(SchemaBuild, PropertiesAreFoundHoweverManyThereAre) {
  for (const std::size_t count : {1U, 2U, 255U, 256U, 1000U}) {
    std::string source = "resource type Acme::Net::Thing {\n";
    for (std::size_t i = 0; i < count; ++i) source += "  P" + std::to_string(i) + ": String\n";
    const Built b(source + "}\n");
    const auto properties = b.schema().find("Acme::Net::Thing").properties();
    ASSERT_EQ(properties.size(), count);
    for (std::size_t i = 0; i < count; ++i) {
      const std::string name = "P" + std::to_string(i);
      EXPECT_EQ(properties.find(name).name(), name);
    }
    EXPECT_FALSE(properties.find("P" + std::to_string(count)));
    EXPECT_FALSE(properties.find("p0"));
  }
}

TEST(SchemaBuild, ListsWithoutOrder) {
  const Built b(R"(@unordered(Zones, "Rule.Ports", Names)
resource type Acme::Net::Thing {
  Zones: [String]
  Names: [String]
  Ports: [Int]
  Rules: [Rule]
  type Rule {
    Ports: [Int]
  }
}
resource type Acme::Net::Other {
  Zones: [String]
}
)");
  ASSERT_TRUE(b.messages().empty()) << b.messages()[0];
  const auto type = b.schema().find("Acme::Net::Thing");
  EXPECT_THAT(unordered_lists(type), ElementsAre("Names", "Rule.Ports", "Zones"));
  EXPECT_TRUE(ignores_order(type, "", "Names"));
  EXPECT_TRUE(ignores_order(type, "", "Zones"));
  EXPECT_TRUE(ignores_order(type, "Rule", "Ports"));
  EXPECT_FALSE(ignores_order(type, "", "Ports"));
  EXPECT_FALSE(ignores_order(type, "", "Rule.Port"));
  EXPECT_FALSE(ignores_order(type, "Rul", "Ports"));
  EXPECT_FALSE(ignores_order(b.schema().find("Acme::Net::Other"), "", "Zones"));
  EXPECT_FALSE(ignores_order({}, "", "Zones"));
}

TEST(SchemaBuild, AWholeType) {
  const Built b(R"(@primary(Id) @ref(Key) @same(Id, Key) @tags(Labels, "map") @stateful @snapshots
resource type Acme::Net::Thing {
  @replaces Vpc: AWS::EC2::VPC.VpcId
  @replaces("maybe") @deprecated Size?: Int<GiB> = 20
  Mode?: "fast" | "slow" = "fast"
  Name?: String(1..32, /^[a-z]+$/)
  Labels?: {[String]: String}
  Rules?: [Rule]
  Tags?: [Tag]
  attribute Id: Acme::Net::Thing.Key
  attribute Endpoint.Address: String
  type Rule {
    Port: Int(1..65535)
    Inner?: Rule
  }
}
id type Acme::Net::Zone.Id
)");
  ASSERT_TRUE(b.messages().empty()) << b.messages()[0];
  ASSERT_EQ(b.schema().size(), 1u);
  const auto type = b.schema().find("Acme::Net::Thing");
  ASSERT_TRUE(type);
  EXPECT_THAT(type.properties().names(),
              ElementsAre("Labels", "Mode", "Name", "Rules", "Size", "Tags", "Vpc"));
  EXPECT_THAT(type.attributes().names(), ElementsAre("Endpoint.Address", "Id"));
  EXPECT_EQ(type.ref_member(), "Key");
  EXPECT_EQ(type.canonical("Id"), "Key");
  EXPECT_THAT(type.primary_identifier(), ElementsAre("Id"));
  EXPECT_EQ(type.tag_property(), "Labels");
  EXPECT_EQ(type.tag_shape(), TagShape::Map);
  EXPECT_TRUE(type.stateful());
  EXPECT_TRUE(type.supports_snapshot());
  EXPECT_EQ(type.documentation_url(), "");

  const auto size = type.properties().find("Size");
  EXPECT_EQ(size.type().str(), "Int<GiB>");
  EXPECT_EQ(size.default_value(), "20");
  EXPECT_EQ(size.replacement(), Replacement::Maybe);
  EXPECT_TRUE(size.deprecated());
  EXPECT_FALSE(size.required());
  EXPECT_TRUE(type.properties().find("Vpc").required());
  const auto mode = type.properties().find("Mode");
  EXPECT_EQ(mode.type().str(), "\"fast\" | \"slow\"");
  EXPECT_EQ(mode.default_value(), "fast");
  const auto name = type.properties().find("Name").type();
  EXPECT_EQ(name.minimum(), 1);
  EXPECT_EQ(name.maximum(), 32);
  EXPECT_EQ(name.pattern(), "^[a-z]+$");
  EXPECT_EQ(name.str(), "String(1..32, /^[a-z]+$/)");
  const auto rule = type.properties().find("Rules").type().element();
  ASSERT_EQ(rule.kind(), TypeKind::Nested);
  EXPECT_EQ(rule.nested().properties().find("Inner").type().ref(), rule.ref());  // equal types are one
  EXPECT_TRUE(b.schema().has_id_kind("Acme::Net::Zone", "Id"));
}

TEST(SchemaBuild, AnEmptyType) {
  const Built b("resource type Custom::Nothing {\n}\n");
  ASSERT_TRUE(b.schema().find("Custom::Nothing"));
  EXPECT_EQ(b.schema().find("Custom::Nothing").properties().size(), 0u);
  EXPECT_FALSE(b.schema().find("Custom::Nothing").properties().find("X"));
}

TEST(SchemaBuild, NestedTypesHideNothingOfTheLanguage) {
  const Built b(
      "resource type A::B::C {\n  P?: Policy\n  Q?: A::B::C#Policy\n  type Policy {\n    X?: Tag\n  }\n"
      "  type Tag {\n    TagKey: String\n  }\n}\n");
  ASSERT_TRUE(b.messages().empty());
  const auto type = b.schema().find("A::B::C");
  EXPECT_EQ(type.properties().find("P").type().kind(), TypeKind::Policy);
  EXPECT_EQ(type.properties().find("Q").type().str(), "A::B::C#Policy");
  // An own `Tag` stands before the shared one.
  EXPECT_TRUE(type.nested("Policy").properties().find("X").type().nested().properties().find("TagKey"));
}

TEST(SchemaBuild, OneErrorForEachMistake) {
  const Built b(R"(@tags(Tag) @primery(Name) @ref
resource type Acme::Net::Thing {
  @replace Name: Strin
  Name?: String
  Size?: Int<gb>
  Vpc?: AWS::EC2::VPC
  Maybe?: [String?]
  Rule?: { a: String }
  Other?: AWS::ECS::Service#Secret
  Count?: 1 | 2
  Tags?: [Tag]
}
resource type Acme::Net::Thing {
}
)");
  EXPECT_THAT(
      b.messages(),
      ElementsAre(
          "`Acme::Net::Thing` is declared twice", "`Acme::Net::Thing` has no type `Strin`",
          "a property has no decorator `@replace`", "property `Name` is declared twice", "`gb` is not a unit",
          "`AWS::EC2::VPC` is a resource, a property holds one of its ids", "a property's type has no `?`",
          "a record has no place in a resource type", "`Acme::Net::Thing` has no type `Secret`",
          "a list of values in a resource type has texts only",
          "a list of values in a resource type has texts only", "a resource type has no decorator `@primery`",
          "`@ref` has wrong arguments, expected one name",
          "`Acme::Net::Thing` has no property or attribute `Tag`"));
}

TEST(SchemaBuild, EqualInputGivesEqualBytes) {
  const auto source = "resource type A::B::C {\n  X?: [String]\n  Y?: \"a\" | \"b\"\n}\n";
  EXPECT_EQ(Built(source).blob->bytes(), Built(source).blob->bytes());
}

}  // namespace
}  // namespace stackc::schema

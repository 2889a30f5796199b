#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "compiler/emit/emit.hpp"
#include "compiler/ir/ir.hpp"

namespace stackc {
namespace {

using emit::template_json;
using emit::value_json;
using ir::Builder;
using ir::Fn;
using nlohmann::json;

class EmitTest : public testing::Test {
 protected:
  ir::Template t;
  Builder b{t.arena};

  ir::Resource& resource(std::string_view id, std::string_view type, const std::vector<ir::Member>& properties = {}) {
    ir::Resource r;
    r.id = id;
    r.type = type;
    if (!properties.empty()) r.properties = b.object(properties);
    return t.resources.emplace_back(r);
  }
  ir::ValueRef imported_vpc() {
    return b.call(Fn::ImportValue, {b.sub({b.ref("VPCStackName"), b.string(":VPC")})});
  }
};

TEST_F(EmitTest, TargetGroupIsExactlyTheDocumentedValue) {
  const auto attribute = [&](const char* key, const char* value) {
    return b.object({{"Key", b.string(key)}, {"Value", b.string(value)}});
  };
  resource("DefaultTargetGroup", "AWS::ElasticLoadBalancingV2::TargetGroup",
           {{"Name", b.sub({b.ref("AWS::StackName"), b.string("-default")})},
            {"VpcId", b.choice(b.condition("IsVPCIdSpecified"), b.ref("VPCId"), imported_vpc())},
            {"Port", b.integer(80)},
            {"Protocol", b.string("HTTP")},
            {"Matcher", b.object({{"HttpCode", b.string("200,301,302,307")}})},
            {"TargetGroupAttributes", b.list({attribute("deregistration_delay.timeout_seconds", "30"),
                                              attribute("stickiness.enabled", "false")})}});
  EXPECT_EQ(template_json(t), R"json({
  "AWSTemplateFormatVersion": "2010-09-09",
  "Resources": {
    "DefaultTargetGroup": {
      "Type": "AWS::ElasticLoadBalancingV2::TargetGroup",
      "Properties": {
        "Name": {"Fn::Sub": "${AWS::StackName}-default"},
        "VpcId": {"Fn::If": [
          "IsVPCIdSpecified",
          {"Ref": "VPCId"},
          {"Fn::ImportValue": {"Fn::Sub": "${VPCStackName}:VPC"}}
        ]},
        "Port": 80,
        "Protocol": "HTTP",
        "Matcher": {"HttpCode": "200,301,302,307"},
        "TargetGroupAttributes": [
          {"Key": "deregistration_delay.timeout_seconds", "Value": "30"},
          {"Key": "stickiness.enabled", "Value": "false"}
        ]
      }
    }
  }
}
)json");
}

TEST_F(EmitTest, EmptyTemplateStillHasResources) {
  EXPECT_EQ(template_json(t), "{\n  \"AWSTemplateFormatVersion\": \"2010-09-09\",\n  \"Resources\": {}\n}\n");
}

TEST_F(EmitTest, SectionsStandInDocumentedOrder) {
  t.description = "d";
  t.metadata = b.object({{"Own", b.integer(1)}});
  ir::Parameter p;
  p.id = "P";
  p.type = "String";
  p.group = "Network";
  t.parameters.push_back(p);
  t.rules.push_back({"Rule", b.object({}), {}});
  t.mappings.push_back({"M", b.object({}), {}});
  t.conditions.push_back({"C", b.equals(b.ref("P"), b.string("x")), {}});
  t.transforms.push_back(b.string("AWS::LanguageExtensions"));
  resource("R", "AWS::SNS::Topic");
  ir::Output o;
  o.id = "O";
  o.value = b.ref("R");
  o.export_name = b.string("x");
  t.outputs.push_back(o);
  const auto written = nlohmann::ordered_json::parse(template_json(t));
  std::vector<std::string> keys;
  for (const auto& [key, value] : written.items()) keys.push_back(key);
  EXPECT_EQ(keys, (std::vector<std::string>{"AWSTemplateFormatVersion", "Description", "Metadata", "Parameters",
                                            "Rules", "Mappings", "Conditions", "Transform", "Resources",
                                            "Outputs"}));
  EXPECT_EQ(written["Metadata"]["AWS::CloudFormation::Interface"]["ParameterGroups"].dump(),
            R"([{"Label":{"default":"Network"},"Parameters":["P"]}])");
  EXPECT_EQ(written["Metadata"]["Own"], 1);
  EXPECT_EQ(written["Outputs"]["O"].dump(), R"({"Value":{"Ref":"R"},"Export":{"Name":"x"}})");
}

TEST_F(EmitTest, OneDependencyIsAStringSeveralAreAList) {
  resource("A", "T").depends_on = {"B"};
  resource("B", "T").depends_on = {"C", "D"};
  t.resources[0].condition = b.condition("IsOn");
  const auto written = json::parse(template_json(t));
  EXPECT_EQ(written["Resources"]["A"]["DependsOn"], "B");
  EXPECT_EQ(written["Resources"]["A"]["Condition"], "IsOn");
  EXPECT_EQ(written["Resources"]["B"]["DependsOn"], (json{"C", "D"}));
}

TEST_F(EmitTest, ConditionReferencesInsideFunctionsKeepTheirKey) {
  EXPECT_EQ(value_json(b.both(b.condition("A"), b.negate(b.condition("B")))),
            R"({"Fn::And": [{"Condition": "A"}, {"Fn::Not": [{"Condition": "B"}]}]})");
}

TEST_F(EmitTest, StringsAreEscapedNoMoreThanNeeded) {
  using namespace std::string_view_literals;
  EXPECT_EQ(value_json(b.string("a\"b\\c/\n\t\x01\x1f \x7f ü \u2028 😀\0z"sv)),
            "\"a\\\"b\\\\c/\\n\\t\\u0001\\u001f \x7f ü \u2028 😀\\u0000z\"");
}

TEST_F(EmitTest, NumbersKeepTheirForm) {
  EXPECT_EQ(value_json(b.list({b.integer(INT64_MIN), b.decimal("0.1"), b.boolean(true), b.null()})),
            "[-9223372036854775808, 0.1, true, null]");
}

TEST_F(EmitTest, SubInterpolatesReferencesAndAttributes) {
  EXPECT_EQ(value_json(b.sub({b.string("https://"), b.get_att("Lb", "DNSName"), b.string("/"), b.ref("P")})),
            R"({"Fn::Sub": "https://${Lb.DNSName}/${P}"})");
}

TEST_F(EmitTest, SubEscapesALiteralDollarBrace) {
  EXPECT_EQ(value_json(b.sub({b.string("echo ${HOME} $5 ${!x} "), b.ref("P")})),
            R"({"Fn::Sub": "echo ${!HOME} $5 ${!!x} ${P}"})");
}

TEST_F(EmitTest, SubKeepsAnUnclosedDollarBraceAwayFromTheNextInterpolation) {
  EXPECT_EQ(value_json(b.sub({b.string("${"), b.ref("P"), b.string("}")})),
            R"({"Fn::Sub": ["${Dollar}${P}}", {"Dollar": "${"}]})");
}

TEST_F(EmitTest, SubNamesVariablesAfterTheirValues) {
  EXPECT_EQ(value_json(b.sub({b.string("arn:"), imported_vpc(), b.string("/"), imported_vpc()})),
            R"({"Fn::Sub": ["arn:${VPC}/${VPC}", {"VPC": {"Fn::ImportValue": {"Fn::Sub": "${VPCStackName}:VPC"}}}]})");
  EXPECT_EQ(value_json(b.sub({b.choice(b.condition("IsOn"), b.string("a"), b.string("b")), b.string("-"),
                              b.call(Fn::FindInMap, {b.string("Sizes"), b.ref("K"), b.string("x")})})),
            R"({"Fn::Sub": ["${IsOn}-${Sizes}", {"IsOn": {"Fn::If": ["IsOn", "a", "b"]}, )"
            R"("Sizes": {"Fn::FindInMap": ["Sizes", {"Ref": "K"}, "x"]}}]})");
  EXPECT_EQ(value_json(b.sub({b.join(",", b.ref("L")), b.string("-x")})),
            R"({"Fn::Sub": ["${Value}-x", {"Value": {"Fn::Join": [",", {"Ref": "L"}]}}]})");
}

TEST_F(EmitTest, SubVariablesNeverShadowAReference) {
  EXPECT_EQ(value_json(b.sub({imported_vpc(), b.ref("VPC")})),
            R"({"Fn::Sub": ["${VPC2}${VPC}", {"VPC2": {"Fn::ImportValue": {"Fn::Sub": "${VPCStackName}:VPC"}}}]})");
}

TEST_F(EmitTest, ValuesSpreadWhenTheyDoNotFit) {
  const std::string longer(90, 'x');
  EXPECT_EQ(value_json(b.list({b.string(longer), b.string("second")}), true),
            "[\n  \"" + longer + "\",\n  \"second\"\n]");
  EXPECT_EQ(value_json(b.object({{"A", b.object({{"B", b.integer(1)}})}, {"C", b.list({})}}), true),
            "{\n  \"A\": {\"B\": 1},\n  \"C\": []\n}");
  EXPECT_EQ(value_json(b.object({{"A", b.object({})}, {"R", b.ref("X")}}), true), R"({"A": {}, "R": {"Ref": "X"}})");
}

TEST_F(EmitTest, ParametersFile) {
  EXPECT_EQ(emit::parameters_json({{"A", "1"}, {"B", "x\"y"}}),
            "[\n  {\"ParameterKey\": \"A\", \"ParameterValue\": \"1\"},\n"
            "  {\"ParameterKey\": \"B\", \"ParameterValue\": \"x\\\"y\"}\n]\n");
  EXPECT_EQ(emit::parameters_json({}), "[]\n");
}

TEST_F(EmitTest, SourceMapNamesPlacesByPath) {
  SourceMap sources;
  const FileId file = sources.add("app.stack", "resource R: T {\n  Tag: { a/b: 1 }\n}\n");
  resource("R", "T", {{"Tag", b.at({file, 23, 33}).object({{"a/b", b.at({file, 30, 31}).integer(1)}})}});
  t.resources[0].origin = {file, 9, 10};
  EXPECT_EQ(json::parse(emit::source_map_json(t, sources)),
            (json{{"Resources/R", "app.stack:1:10"},
                  {"Resources/R/Properties/Tag", "app.stack:2:8"},
                  {"Resources/R/Properties/Tag/a~1b", "app.stack:2:15"}}));
}

}  // namespace
}  // namespace stackc

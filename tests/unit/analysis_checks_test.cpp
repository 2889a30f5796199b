#include <gtest/gtest.h>

#include "compiler/analysis/analysis.hpp"
#include "compiler/ir/ir.hpp"

namespace stackc {
namespace {

using ir::Builder;
using ir::Fn;
using ir::ValueRef;

class AnalysisTest : public testing::Test {
 protected:
  ir::Template t;
  Builder b{t.arena};
  Sink sink;
  std::uint32_t offset = 0;

  Span next_place() {
    offset += 10;
    return {FileId(0), offset, offset + 1};
  }
  ir::Resource& add(std::string_view id, const std::vector<ir::Member>& properties = {}) {
    ir::Resource r;
    r.id = t.arena.copy(id);
    r.type = "AWS::EC2::SecurityGroup";
    r.properties = b.object(properties);
    r.origin = next_place();
    return t.resources.emplace_back(r);
  }
  void parameter(std::string_view id) {
    ir::Parameter p;
    p.id = t.arena.copy(id);
    p.type = "String";
    p.origin = next_place();
    t.parameters.push_back(p);
  }
  void output(std::string_view id, ValueRef value, ValueRef export_name = nullptr, ValueRef condition = nullptr) {
    ir::Output o;
    o.id = id;
    o.value = value;
    o.export_name = export_name;
    o.condition = condition;
    o.origin = next_place();
    t.outputs.push_back(o);
  }
  const Diagnostic& only(Code code) {
    analysis::analyse(t, sink);
    EXPECT_EQ(sink.all().size(), 1u);
    static const Diagnostic kNone;
    if (sink.all().empty()) return kNone;
    EXPECT_EQ(sink.all()[0].code, code);
    return sink.all()[0];
  }
  void expect_clean() {
    analysis::analyse(t, sink);
    for (const auto& d : sink.all()) ADD_FAILURE() << d.message;
  }
};

TEST_F(AnalysisTest, SoundTemplatePasses) {
  parameter("P");
  t.mappings.push_back({"M", b.object({{"a", b.object({{"b", b.string("c")}})}}), {}});
  t.conditions.push_back({"C", b.equals(b.ref("P"), b.string("x")), {}});
  add("R", {{"X", b.call(Fn::FindInMap, {b.string("M"), b.string("a"), b.string("b")})},
            {"Y", b.choice(b.condition("C"), b.ref("AWS::Region"), b.no_value())}});
  add("S", {{"X", b.get_att("R", "Arn")}}).depends_on = {"R"};
  output("R", b.ref("R"), b.sub({b.ref("AWS::StackName"), b.string(":R")}));
  expect_clean();
}

TEST_F(AnalysisTest, ParameterAndResourceShareOneNamespace) {
  parameter("Vpc");
  add("Vpc");
  const auto& d = only(Code::DuplicateLogicalId);
  EXPECT_EQ(d.message, "the logical ID `Vpc` is given to a parameter and to a resource");
  ASSERT_EQ(d.labels.size(), 2u);
  EXPECT_EQ(d.labels[0].span, t.resources[0].origin);
  EXPECT_EQ(d.labels[1].span, t.parameters[0].origin);
}

TEST_F(AnalysisTest, DuplicateResource) {
  add("A");
  add("A");
  EXPECT_EQ(only(Code::DuplicateLogicalId).message, "the logical ID `A` is given twice");
}

TEST_F(AnalysisTest, LogicalIdHasAForm) {
  add("My-Vpc");
  EXPECT_EQ(only(Code::InvalidLogicalId).message, "`My-Vpc` cannot be the logical ID of a resource");
}

TEST_F(AnalysisTest, LogicalIdHasALength) {
  add(std::string(255, 'a'));
  expect_clean();
  add(std::string(256, 'a'));
  only(Code::InvalidLogicalId);
}

TEST_F(AnalysisTest, DuplicateExportUnlessConditionsDiffer) {
  add("R");
  output("A", b.ref("R"), b.string("name"), b.condition("C"));
  output("B", b.ref("R"), b.string("name"), b.condition("D"));
  t.conditions.push_back({"C", b.equals(b.ref("AWS::Region"), b.string("x")), {}});
  t.conditions.push_back({"D", b.negate(b.condition("C")), {}});
  expect_clean();
  output("E", b.ref("R"), b.string("name"));
  EXPECT_EQ(only(Code::DuplicateExport).message, "the outputs `A` and `E` export the same name");
}

TEST_F(AnalysisTest, UnresolvedReferencesSuggest) {
  parameter("Environment");
  add("R", {{"X", b.ref("Enviroment")}});
  const auto& d = only(Code::UnresolvedReference);
  EXPECT_EQ(d.message,
            "`Ref` names `Enviroment`, but the template has no such thing; it must be a parameter or resource");
  EXPECT_EQ(d.helps.at(0), "did you mean `Environment`?");
}

TEST_F(AnalysisTest, AttributesAreOfResourcesOnly) {
  parameter("P");
  add("R", {{"X", b.get_att("P", "Arn")}});
  only(Code::UnresolvedReference);
}

TEST_F(AnalysisTest, DependsOnConditionAndMappingMustExist) {
  add("R").depends_on = {"S"};
  t.resources[0].condition = b.condition("C");
  t.resources[0].properties = b.object({{"X", b.call(Fn::FindInMap, {b.string("M"), b.string("a"), b.string("b")})}});
  analysis::analyse(t, sink);
  EXPECT_EQ(sink.all().size(), 3u);
}

TEST_F(AnalysisTest, ConstantMappingKeysMustExist) {
  t.mappings.push_back({"Sizes", b.object({{"small", b.object({{"cpu", b.integer(1)}})}}), {}});
  add("R", {{"X", b.call(Fn::FindInMap, {b.string("Sizes"), b.ref("AWS::Region"), b.string("cpus")})}});
  const auto& d = only(Code::UnresolvedReference);
  EXPECT_EQ(d.message, "the mapping `Sizes` has no key `cpus`");
  EXPECT_EQ(d.helps.at(0), "did you mean `cpu`?");
}

TEST_F(AnalysisTest, MacrosMayMakeResources) {
  t.transforms.push_back(b.string("Acme-Macro"));
  add("R", {{"X", b.get_att("MadeByTheMacro", "Arn")}});
  expect_clean();
}

TEST_F(AnalysisTest, WhatSamMakesIsCalledAfterWhatItIsMadeFor) {
  t.transforms.push_back(b.string("AWS::Serverless-2016-10-31"));
  add("R", {{"X", b.get_att("RRole", "Arn")}, {"Y", b.ref("ServerlessRestApi")}});
  expect_clean();
  add("S", {{"X", b.get_att("Elsewhere", "Arn")}});
  only(Code::UnresolvedReference);
}

TEST_F(AnalysisTest, CycleIsReportedOnceWithItsWholePath) {
  const Span in_a{FileId(0), 500, 501}, in_b{FileId(0), 600, 601};
  add("Before", {{"X", b.ref("A")}});
  add("A", {{"Rules", b.list({b.object({{"Group", b.at(in_a).get_att("B", "GroupId")}})})}});
  add("B", {{"Source", b.at(in_b).ref("C")}});
  add("C", {{"Source", b.ref("A")}, {"Other", b.ref("B")}});
  const auto& d = only(Code::ResourceCycle);
  EXPECT_EQ(d.message, "these resources need each other: `A` -> `B` -> `C` -> `A`");
  ASSERT_EQ(d.labels.size(), 3u);
  EXPECT_EQ(d.labels[0].span, in_a);
  EXPECT_EQ(d.labels[0].text, "`A` needs `B` in `Rules[0].Group`");
  EXPECT_EQ(d.labels[1].span, in_b);
  EXPECT_EQ(d.labels[2].span, t.resources[3].origin);
  EXPECT_NE(d.helps.at(0).find("allow"), std::string::npos);
}

TEST_F(AnalysisTest, ResourceThatNeedsItself) {
  add("A", {{"X", b.ref("A")}});
  EXPECT_EQ(only(Code::ResourceCycle).message, "the resource `A` needs itself");
}

TEST_F(AnalysisTest, TwoKnotsAreTwoErrors) {
  add("A", {{"X", b.ref("B")}});
  add("B", {{"X", b.ref("A")}});
  add("C", {{"X", b.ref("D")}});
  add("D", {{"X", b.ref("C")}});
  analysis::analyse(t, sink);
  EXPECT_EQ(sink.all().size(), 2u);
}

TEST_F(AnalysisTest, LongChainsDoNotRecurse) {
  for (int i = 0; i < 500; ++i) {
    add("R" + std::to_string(i), {{"X", b.ref("R" + std::to_string((i + 1) % 500))}});
  }
  analysis::analyse(t, sink);
  ASSERT_EQ(sink.error_count(), 1u);
  EXPECT_EQ(sink.all().back().labels.size(), 500u);
}

TEST_F(AnalysisTest, ResourceQuota) {
  for (int i = 0; i < 399; ++i) add("R" + std::to_string(i));
  expect_clean();
  add("Near");
  EXPECT_EQ(only(Code::QuotaNear).message, "400 resources of the 500 that CloudFormation accepts");
  for (int i = 400; i < 501; ++i) add("R" + std::to_string(i));
  Sink past;
  analysis::analyse(t, past);
  ASSERT_EQ(past.all().size(), 1u);
  EXPECT_EQ(past.all()[0].message, "501 resources, but CloudFormation accepts 500");
  EXPECT_EQ(past.all()[0].labels.at(0).span, t.resources[500].origin);
}

TEST_F(AnalysisTest, DynamicReferencesAreCountedPerTemplate) {
  std::vector<ValueRef> items;
  for (int i = 0; i < 61; ++i) items.push_back(b.sub({b.string("{{resolve:ssm:/x:1}}"), b.ref("AWS::Region")}));
  add("R", {{"X", b.list(items)}});
  EXPECT_EQ(only(Code::QuotaExceeded).message, "61 dynamic references, but CloudFormation accepts 60");
}

TEST_F(AnalysisTest, CidrCount) {
  add("R", {{"X", b.call(Fn::Cidr, {b.string("10.0.0.0/8"), b.integer(257), b.integer(8)})}});
  EXPECT_EQ(only(Code::QuotaExceeded).message,
            "the number of blocks that `cidr` makes is 257, but CloudFormation accepts 1 to 256");
}

TEST_F(AnalysisTest, BodySize) {
  analysis::check_body_size(t, 51'200, sink);
  EXPECT_TRUE(sink.all().empty());
  analysis::check_body_size(t, 51'201, sink);
  ASSERT_EQ(sink.all().size(), 1u);
  EXPECT_EQ(sink.all()[0].code, Code::LargeTemplate);
  analysis::check_body_size(t, 799'999, sink);
  EXPECT_EQ(sink.all().back().code, Code::LargeTemplate);
  analysis::check_body_size(t, 800'000, sink);
  EXPECT_EQ(sink.all().back().code, Code::QuotaNear);
  analysis::check_body_size(t, 1'000'000, sink);
  EXPECT_EQ(sink.all().back().code, Code::QuotaNear);
  analysis::check_body_size(t, 1'000'001, sink);
  EXPECT_EQ(sink.all().back().code, Code::QuotaExceeded);
}

}  // namespace
}  // namespace stackc

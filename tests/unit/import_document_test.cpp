// Text to document: what CloudFormation reads, where it stands, what is refused.

#include <gtest/gtest.h>

#include "compiler/diag/registry.hpp"
#include "compiler/emit/emit.hpp"
#include "compiler/import/import.hpp"

namespace stackc {
namespace {

struct Read {
  SourceMap sources;
  Sink sink;
  std::unique_ptr<cfn::Document> document;

  explicit Read(std::string text) {
    const FileId file = sources.add("t.yaml", std::move(text));
    document = cfn::read_document(file, sources, sink);
  }
  [[nodiscard]] std::string json() const { return document ? emit::value_json(document->root) : "none"; }
  /// `E1002 at 3:4` of the first error.
  [[nodiscard]] std::string error() const {
    if (sink.all().empty()) return "none";
    const Diagnostic& d = sink.all()[0];
    std::string out(info(d.code).number);
    if (d.labels.empty() || !d.labels[0].span.valid()) return out;
    const Position p = sources.position(d.labels[0].span.file, d.labels[0].span.begin);
    return out + " at " + std::to_string(p.line) + ":" + std::to_string(p.column);
  }
};

std::string json_of(std::string text) { return Read(std::move(text)).json(); }
std::string error_of(std::string text) { return Read(std::move(text)).error(); }

TEST(YamlScalars, AreTypedByYaml11) {
  EXPECT_EQ(json_of("[yes, No, on, OFF, True, y]"), R"([true, false, true, false, true, "y"])");
  EXPECT_EQ(json_of("[0644, 0x1F, -0b101, 1_000, 089, 1:30, +7]"), R"([420, 31, -5, 1000, "089", 90, 7])");
  EXPECT_EQ(json_of("[~, null, Null]"), "[null, null, null]");
  EXPECT_EQ(json_of("[1.10, .5, 1., 1e3, 1.0e+3, 1.5e3, -.5, 1:30.5]"),
            R"([1.10, 0.5, 1.0, "1e3", 1.0e+3, "1.5e3", "-.5", 90.5])");
  EXPECT_EQ(json_of("[2010-09-09, 2012-10-17, .inf, 1:75, 0b_, '5', \"yes\"]"),
            R"(["2010-09-09", "2012-10-17", ".inf", "1:75", "0b_", "5", "yes"])");
  EXPECT_EQ(json_of("[123456789012345678901234567890, 0xFFFFFFFFFFFFFFFF]"),
            "[123456789012345678901234567890, 18446744073709551615]");
  EXPECT_EQ(json_of("[!!str 5, !!int 5, ! 5]"), R"(["5", 5, "5"])");
}

TEST(YamlScalars, FoldAsYamlHasIt) {
  EXPECT_EQ(json_of("a: 'x\n\n\n  y'\nb: '\n\n  '\nc: \"x \\\n   y\\n\"\n"),
            R"({"a": "x\n\ny", "b": "\n", "c": "x y\n"})");
  EXPECT_EQ(json_of("a: |\n  x\n   y\nb: >-\n  x\n  y\n\n  z\nc: |+\n  x\n\n"),
            R"({"a": "x\n y\n", "b": "x y\nz", "c": "x\n\n"})");
}

TEST(YamlForms, ShortFormsAreFunctions) {
  EXPECT_EQ(json_of("a: !Ref X\nb: !GetAtt A.B.C\nc: !GetAtt [A, B]\nd: !Sub |\n  x${Y}\ne: !Condition C\n"),
            R"({"a": {"Ref": "X"}, "b": {"Fn::GetAtt": ["A", "B.C"]}, "c": {"Fn::GetAtt": ["A", "B"]}, )"
            R"("d": {"Fn::Sub": "x${Y}\n"}, "e": {"Condition": "C"}})");
  EXPECT_EQ(json_of("!If [C, !Ref 5, !GetAZs '']"), R"({"Fn::If": ["C", {"Ref": "5"}, {"Fn::GetAZs": ""}]})");
  EXPECT_EQ(json_of("a: !Base64\n  Fn::Sub: x\n"), R"({"a": {"Fn::Base64": {"Fn::Sub": "x"}}})");
}

TEST(YamlForms, AliasesAndMergesAreWrittenOut) {
  EXPECT_EQ(json_of("a: &x {p: 1, q: 2}\nb: {<<: *x, q: 3}\nc: *x\n"),
            R"({"a": {"p": 1, "q": 2}, "b": {"q": 3, "p": 1}, "c": {"p": 1, "q": 2}})");
  EXPECT_EQ(json_of("a: &x {p: 1}\nb: &y {p: 2, q: 2}\nc: {<<: [*x, *y]}\n"),
            R"({"a": {"p": 1}, "b": {"p": 2, "q": 2}, "c": {"p": 1, "q": 2}})");
}

TEST(YamlForms, KeysAreTexts) {
  EXPECT_EQ(json_of("1: a\non: b\n012: c\n~: d\n"), R"({"1": "a", "on": "b", "012": "c", "~": "d"})");
}

TEST(YamlPlaces, CommentsAreThoseOutsideOfTexts) {
  const Read r(
      "# top\na: x # one\nb: |\n  # text\n  y\n# two\nc: 'a # b'\nd: p#q\n  # three\ne: >- # four\n  z\n");
  ASSERT_NE(r.document, nullptr);
  std::vector<std::string> texts;
  for (const cfn::Comment& c : r.document->comments) {
    texts.push_back((c.own_line ? "+" : "-") + std::string(c.text));
  }
  EXPECT_EQ(texts, (std::vector<std::string>{"+top", "-one", "+two", "+three", "-four"}));
}

/// The text of the source that each value and key says it stands at.
void places(const Read& r, ir::ValueRef v, std::string& out) {
  out += std::string(r.sources.text(v->origin)) + "|";
  if (const auto* list = v->get_if<ir::List>()) {
    for (ir::ValueRef each : list->items) places(r, each, out);
  } else if (const auto* object = v->get_if<ir::Object>()) {
    for (const ir::Member& m : object->members) {
      out += std::string(r.sources.text(m.key_origin)) + "=";
      places(r, m.value, out);
    }
  }
}
std::string places_of(std::string text) {
  const Read r(std::move(text));
  std::string out;
  if (r.document) places(r, r.document->root, out);
  return out;
}

TEST(Places, OfJson) {
  EXPECT_EQ(places_of(R"({"a" : [1, "x\"y",true ]})"),
            R"({"a" : [1, "x\"y",true ]}|"a"=[1, "x\"y",true ]|1|"x\"y"|true|)");
}

TEST(Places, OfYaml) {
  EXPECT_EQ(places_of("a: [x, 'y z']\nb: !Ref Q\n"),
            "a: [x, 'y z']\nb: !Ref Q|a=[x, 'y z']|x|'y z'|b=!Ref Q|!Ref=Q|");
  EXPECT_EQ(places_of("\xEF\xBB\xBF"
                      "k: two\n  words\n"),
            "k: two\n  words|k=two\n  words|");
  EXPECT_EQ(places_of("k: |\n  text\n\n# no\nl: &a x\nm: *a\n"),
            "k: |\n  text\n\n# no\nl: &a x\nm: *a|k=|\n  text|l=x|m=*a|");
}

TEST(Refused, WithThePlace) {
  EXPECT_EQ(error_of("{\"a\": 1,\n \"b\" 2}"), "E1002 at 2:6");
  EXPECT_EQ(error_of("a: 1\nb: [1, 2\nc: 3\n"), "E1002 at 3:2");
  EXPECT_EQ(error_of("{\"a\": 1, \"a\": 2}"), "E0315 at 1:10");
  EXPECT_EQ(error_of("a: 1\nb: 2\na: 3\n"), "E0315 at 3:1");
  EXPECT_EQ(error_of("a: !Reff X\n"), "E1003 at 1:4");
  EXPECT_EQ(error_of("a: !!binary X\n"), "E1003 at 1:4");
  EXPECT_EQ(error_of("k: {{ a }}\n"), "E1004 at 1:5");
  EXPECT_EQ(error_of("a: &x [*x]\n"), "E1005 at 1:8");
  EXPECT_EQ(error_of("a: *x\n"), "E1002 at 1:4");
  EXPECT_EQ(error_of("<<: 5\n"), "E1005 at 1:5");
  EXPECT_EQ(error_of("a: 1\n---\nb: 2\n"), "E1002 at 2:1");
  EXPECT_EQ(error_of(""), "E1002 at 1:1");
  EXPECT_EQ(error_of("# nothing\n"), "E1002 at 1:1");
}

TEST(Refused, WrongEncodings) {
  EXPECT_EQ(error_of("a: caf\xE9\n"), "E1001 at 1:7");
  EXPECT_EQ(error_of(std::string("\xFF\xFE"
                                 "a\0:\0",
                                 6)),
            "E1001 at 1:1");
  EXPECT_EQ(error_of(std::string("a: b\0\n", 6)), "E1001 at 1:5");
  EXPECT_EQ(error_of("a: \x1b[31m\n"), "E1001 at 1:4");
}

}  // namespace
}  // namespace stackc

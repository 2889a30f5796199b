// Text to document: what CloudFormation reads, where it stands, what is refused.

#include <gtest/gtest.h>

#include <chrono>

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
  EXPECT_EQ(error_of("a: 1\nProper"), "E1002 at 2:1");
  EXPECT_EQ(error_of("a: 'x\n"), "E1002 at 1:4");
  EXPECT_EQ(error_of("a:\n\tb: 1\n"), "E1002 at 2:3");
  EXPECT_EQ(json_of("? a\n: b\n? c\n"), R"({"a": "b", "c": null})");
  EXPECT_EQ(json_of("a: {b, c: 1}\n"), R"({"a": {"b": null, "c": 1}})");
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

/// The first error, and that it came within a bound that even a slow build keeps.
std::string quick_error_of(std::string text) {
  const auto start = std::chrono::steady_clock::now();
  std::string error = error_of(std::move(text));
  const auto took = std::chrono::steady_clock::now() - start;
  return took < std::chrono::seconds(20) ? error : error + ", but late";
}

std::string repeated(std::string_view piece, std::size_t times) {
  std::string out;
  while (times-- > 0) out += piece;
  return out;
}

TEST(Hostile, NestingIsBounded) {
  EXPECT_EQ(quick_error_of(repeated("[", 1'000'000)), "E0108 at 1:201");
  EXPECT_EQ(quick_error_of(repeated("{\"a\":", 1'000'000)), "E0108 at 1:1001");
  EXPECT_EQ(quick_error_of(repeated("- ", 1'000'000)), "E0108 at 1:401");
  EXPECT_EQ(quick_error_of("a: " + repeated("[", 300) + repeated("]", 300)), "E0108 at 1:203");
  EXPECT_NE(quick_error_of("a: " + repeated("[", 1'000'000)), "none");
  EXPECT_EQ(quick_error_of("a: " + repeated("!Not [", 150) + repeated("]", 150)).substr(0, 5), "E0108");
  EXPECT_EQ(quick_error_of(repeated("[", 200) + repeated("]", 200)), "none");
}

TEST(Hostile, AliasesAreBounded) {
  std::string laughs = "a: &a [x, x, x, x, x, x, x, x, x, x]\n";
  for (char c = 'b'; c < 'z'; ++c) {
    const std::string before = std::string("*") + static_cast<char>(c - 1) + ", ";
    laughs += std::string(1, c) + ": &" + c + " [" + repeated(before, 10) + "]\n";
  }
  EXPECT_EQ(quick_error_of(laughs).substr(0, 5), "E1006");
  EXPECT_EQ(quick_error_of("a: &a \"" + repeated("x", 100'000) + "\"\nb: [" + repeated("*a, ", 100'000) + "]")
                .substr(0, 5),
            "E1006");
  std::string merges = "a: &a {" + [] {
    std::string members;
    for (int i = 0; i < 20'000; ++i) members += "k" + std::to_string(i) + ": 1, ";
    return members;
  }() + "}\n";
  for (int i = 0; i < 200; ++i) merges += "m" + std::to_string(i) + ": {<<: *a}\n";
  EXPECT_EQ(quick_error_of(merges).substr(0, 5), "E1006");
}

TEST(Hostile, SizesAreBounded) {
  EXPECT_EQ(quick_error_of("[" + repeated("1,", 1'000'000) + "1]").substr(0, 5), "E1006");
  EXPECT_EQ(quick_error_of(repeated("a: 1\n", 1'700'000)), "E0903");
  EXPECT_EQ(quick_error_of(repeated("a: 1\n", 10'000)), "E0315 at 2:1");
  EXPECT_LT(Read(repeated("a: 1\n", 10'000)).sink.error_count(), 100U);
  EXPECT_EQ(quick_error_of("a: 0x" + repeated("f", 500'000)), "none");
  EXPECT_EQ(quick_error_of("a: 1" + repeated(":59", 100'000)), "none");
}

}  // namespace
}  // namespace stackc

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "compiler/diag/explain.hpp"
#include "compiler/diag/registry.hpp"
#include "compiler/diag/render.hpp"

namespace stackc {
namespace {

using nlohmann::json;

class Forms : public testing::Test {
 protected:
  void SetUp() override {
    file_ = sources_.add("app, 100%.stack", "let \xC3\xBC = 1\nlet b = 2\n");
    other_ = sources_.add("/abs/\xC3\xBC.stack", "let c = 3\n");
  }
  Diagnostic& report() {
    return sink_.report(Code::UnknownProperty, {file_, 9, 10}, "no property `a`", "did you mean `b`?");
  }

  SourceMap sources_;
  Sink sink_;
  FileId file_;
  FileId other_;
};

TEST_F(Forms, Concise) {
  report().label({other_, 4, 5}, "declared here").note("a note");
  sink_.report(Code::UnknownValue, {other_, 0, 3}, "two\nlines");
  sink_.report(Code::UnknownName, {}, "nowhere");
  EXPECT_EQ(render_concise(sink_.all(), sources_),
            "app, 100%.stack:1:9: error[E0203]: no property `a`; did you mean `b`?\n"
            "/abs/\xC3\xBC.stack:1:1: warning[W0205]: two lines\n"
            "error[E0301]: nowhere\n");
  EXPECT_EQ(render_concise({}, sources_), "");
}

TEST_F(Forms, GitHub) {
  report().label({other_, 4, 5}, "declared here").note("50% sure").help("try\nagain");
  sink_.report(Code::UnknownValue, {file_, 0, 11}, "multi");
  sink_.report(Code::UnknownName, {}, "nowhere").severity = Severity::Note;
  EXPECT_EQ(
      render_github(sink_.all(), sources_),
      "::error file=app%2C 100%25.stack,line=1,col=9,endLine=1,endColumn=9,title=E0203 unknown property::"
      "no property `a`%0Adid you mean `b`?%0A/abs/\xC3\xBC.stack:1:5: declared here%0Anote: 50%25 sure%0A"
      "help: try%0Aagain\n"
      "::warning file=app%2C 100%25.stack,line=1,col=1,endLine=1,endColumn=9,"
      "title=W0205 a value outside the known list::multi\n"
      "::notice title=E0301 unknown name::nowhere\n");
}

TEST_F(Forms, Json) {
  report().label({other_, 4, 5}, "there \xFF \"q\" \\ \x01").note("n").help("h").fix({file_, 9, 10}, "b\n");
  sink_.report(Code::UnknownValue, {}, "nowhere");
  const std::string text = render_json(sink_.all(), sources_);
  EXPECT_EQ(text.back(), '\n');
  const json parsed = json::parse(text);
  const json expected = json::parse(R"({
    "version": 1,
    "diagnostics": [
      { "code": "E0203", "slug": "unknown-property", "severity": "error", "message": "no property `a`",
        "labels": [
          { "primary": true, "file": "app, 100%.stack", "text": "did you mean `b`?",
            "start": { "line": 1, "column": 9, "offset": 9 }, "end": { "line": 1, "column": 10, "offset": 10 } },
          { "primary": false, "file": "/abs/\u00fc.stack", "text": "there \ufffd \"q\" \\ \u0001",
            "start": { "line": 1, "column": 5, "offset": 4 }, "end": { "line": 1, "column": 6, "offset": 5 } } ],
        "notes": ["n"], "helps": ["h"],
        "fixes": [ { "file": "app, 100%.stack", "replacement": "b\n",
            "start": { "line": 1, "column": 9, "offset": 9 }, "end": { "line": 1, "column": 10, "offset": 10 } } ] },
      { "code": "W0205", "slug": "unknown-value", "severity": "warning", "message": "nowhere",
        "labels": [], "notes": [], "helps": [], "fixes": [] } ],
    "summary": { "errors": 1, "warnings": 1, "notes": 0 } })");
  EXPECT_EQ(parsed, expected) << parsed.dump(2);
}

TEST_F(Forms, JsonWithoutFindings) {
  EXPECT_EQ(render_json({}, sources_), R"({
  "version": 1,
  "diagnostics": [],
  "summary": {
    "errors": 0,
    "warnings": 0,
    "notes": 0
  }
}
)");
}

/// The requirements of the SARIF schema on the objects that are written here.
void expect_region(const json& region) {
  for (const char* key : {"startLine", "startColumn", "endLine", "endColumn"}) {
    ASSERT_TRUE(region.contains(key)) << region;
    EXPECT_TRUE(region[key].is_number_unsigned());
    EXPECT_GE(region[key].get<int>(), 1);
  }
  EXPECT_EQ(region.size(), 4u);
}

void expect_location(const json& location) {
  const json& physical = location.at("physicalLocation");
  const std::string uri = physical.at("artifactLocation").at("uri");
  EXPECT_EQ(uri.find_first_of(" ,%"), uri.find('%')) << uri;
  for (const char c : uri) EXPECT_LT(static_cast<unsigned char>(c), 0x80) << uri;
  expect_region(physical.at("region"));
  EXPECT_TRUE(location.value("message", json{{"text", ""}}).at("text").is_string());
}

TEST_F(Forms, Sarif) {
  report()
      .label({other_, 4, 5}, "declared here")
      .label({}, "no place")
      .fix({file_, 9, 10}, "b")
      .fix({other_, 0, 3}, "");
  sink_.report(Code::UnknownValue, {other_, 0, 3}, "odd value");
  sink_.report(Code::UnknownProperty, {}, "nowhere").severity = Severity::Note;
  RenderOptions options;
  options.version = "0.1.0";
  const json log = json::parse(render_sarif(sink_.all(), sources_, options));
  EXPECT_EQ(log.at("version"), "2.1.0");
  EXPECT_TRUE(log.at("$schema").get<std::string>().ends_with("sarif-2.1.0.json"));
  ASSERT_EQ(log.at("runs").size(), 1u);
  const json& run = log["runs"][0];
  EXPECT_EQ(run.at("columnKind"), "unicodeCodePoints");
  const json& driver = run.at("tool").at("driver");
  EXPECT_EQ(driver.at("name"), "stackc");
  EXPECT_EQ(driver.at("version"), "0.1.0");
  ASSERT_EQ(driver.at("rules").size(), 2u);  // those that are used, each once
  ASSERT_EQ(run.at("results").size(), 3u);
  for (const json& result : run["results"]) {
    const json& rule = driver["rules"].at(result.at("ruleIndex").get<std::size_t>());
    EXPECT_EQ(rule.at("id"), result.at("ruleId"));
    EXPECT_TRUE(rule.at("shortDescription").at("text").get<std::string>().ends_with("."));
    EXPECT_FALSE(result.at("message").at("text").get<std::string>().empty());
    for (const char* key : {"locations", "relatedLocations"}) {
      for (const json& location : result.value(key, json::array())) expect_location(location);
    }
  }
  const json& first = run["results"][0];
  EXPECT_EQ(first.at("level"), "error");
  EXPECT_EQ(first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "app%2C%20100%25.stack");
  ASSERT_EQ(first.at("relatedLocations").size(), 1u);
  EXPECT_EQ(first["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"],
            "file:///abs/%C3%BC.stack");
  ASSERT_EQ(first.at("fixes").size(), 1u);
  const json& changes = first["fixes"][0].at("artifactChanges");
  ASSERT_EQ(changes.size(), 2u);
  EXPECT_EQ(changes[0].at("replacements")[0].at("insertedContent").at("text"), "b");
  expect_region(changes[1].at("replacements")[0].at("deletedRegion"));
  EXPECT_EQ(run["results"][1].at("level"), "warning");
  EXPECT_EQ(run["results"][2].at("level"), "note");
  EXPECT_FALSE(run["results"][2].contains("locations"));
}

TEST_F(Forms, SarifWithoutFindingsIsALogAllTheSame) {
  const json log = json::parse(render_sarif({}, sources_));
  EXPECT_TRUE(log["runs"][0]["results"].is_array());
  EXPECT_TRUE(log["runs"][0]["results"].empty());
}

TEST_F(Forms, Summary) {
  EXPECT_EQ(summary(sink_.all()), "");
  report();
  EXPECT_EQ(summary(sink_.all()), "1 error");
  sink_.report(Code::UnknownValue, {}, "w");
  EXPECT_EQ(summary(sink_.all()), "1 error, 1 warning");
  report();
  sink_.report(Code::UnknownValue, {}, "w");
  EXPECT_EQ(summary(sink_.all()), "2 errors, 2 warnings");
  Sink warnings;
  warnings.report(Code::UnknownValue, {}, "w");
  warnings.report(Code::UnknownValue, {}, "n").severity = Severity::Note;
  EXPECT_EQ(summary(warnings.all()), "1 warning");
}

}  // namespace
}  // namespace stackc

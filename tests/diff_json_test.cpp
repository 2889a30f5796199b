// docs/diff.schema.json is what programs read of `stackc diff --format json`: every golden output satisfies it, and
// every key of it is in one of them.
#include <gtest/gtest.h>

#include <string>

#include "tests/support/files.hpp"
#include "tests/support/json_schema.hpp"

namespace fs = std::filesystem;

namespace stackc::tests {
namespace {

using nlohmann::json;

JsonSchema diff_schema() {
  return JsonSchema(json::parse(read_file(source_root() / "docs" / "diff.schema.json")));
}

TEST(DiffJson, IsWhatItsSchemaSays) {
  JsonSchema schema = diff_schema();
  std::size_t outputs = 0;
  for (const std::string& file : files_below(source_root() / "golden" / "diff")) {
    if (!file.ends_with("/expected.json")) continue;
    ++outputs;
    const json output = json::parse(read_file(source_root() / "golden" / "diff" / file));
    for (const std::string& mistake : schema.mistakes(output)) ADD_FAILURE() << file << mistake;
  }
  EXPECT_GT(outputs, 40U);
  for (const std::string& place : schema.all()) {
    EXPECT_TRUE(schema.used().contains(place)) << place << " is in no golden output";
  }
}

TEST(DiffJson, SchemaRefusesWhatIsSomethingElse) {
  JsonSchema schema = diff_schema();
  const json totals = {{"create", 0}, {"update", 0}, {"interrupt", 0}, {"may-replace", 0},
                       {"replace", 0}, {"delete", 0}, {"move", 0}};
  const json good = {{"version", 1},   {"old", "a"}, {"new", "b"},
                     {"fails", false}, {"projects", {{{"totals", totals}, {"stacks", json::array()}}}}};
  EXPECT_TRUE(schema.mistakes(good).empty());
  json bad = good;
  bad["version"] = 2;
  EXPECT_EQ(schema.mistakes(bad).size(), 1U);
  bad = good;
  bad.erase("old");
  bad["further"] = 1;
  EXPECT_EQ(schema.mistakes(bad).size(), 2U);
  bad = good;
  bad["projects"][0]["totals"]["move"] = -1;
  EXPECT_EQ(schema.mistakes(bad).size(), 1U);
  bad = good;
  bad["projects"] = json::array();
  EXPECT_EQ(schema.mistakes(bad).size(), 1U);
}

}  // namespace
}  // namespace stackc::tests

// Promises of the standard library that a golden cannot state.

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>
#include <string>

#include "tests/support/files.hpp"
#include "tests/support/process.hpp"

namespace stackc::tests {
namespace {

using nlohmann::json;

/// The template of examples/phoenix/network.stack with the given zones.
json network_with(const std::string& zones) {
  const TemporaryFolder out;
  const ProcessResult result =
      run_process({STACKC_BINARY, "build", "network.stack", "--env", "staging", "--out", out.path(), "--set",
                   "zones=" + zones, "--set", "nat=per-zone"},
                  (source_root() / "examples" / "phoenix").string());
  EXPECT_EQ(result.status, 0) << result.err;
  if (result.status != 0) return json::object();
  return json::parse(read_file(out.path() / "staging" / "acme-network.template.json"));
}

TEST(Network, GrowsWithoutMovingWhatIsThere) {
  const json two = network_with(R"(["A", "B"])");
  const json three = network_with(R"(["A", "B", "C"])");
  ASSERT_FALSE(two.empty());
  ASSERT_FALSE(three.empty());
  for (const char* section : {"Resources", "Outputs"}) {
    EXPECT_GT(three[section].size(), two[section].size());
    for (const auto& [id, value] : two[section].items()) {
      ASSERT_TRUE(three[section].contains(id)) << id << " disappears with the third zone";
      if (value.value("Type", "") == "AWS::EC2::VPCEndpoint") continue;  // lists every route table
      EXPECT_EQ(value, three[section][id]) << id << " changes with the third zone";
    }
  }
}

TEST(Network, DoesNotDependOnTheOrderOfZones) {
  const json sorted = network_with(R"(["A", "B", "C"])");
  const json mixed = network_with(R"(["C", "A", "B"])");
  ASSERT_FALSE(sorted.empty());
  for (const auto& [id, value] : sorted["Resources"].items()) {
    ASSERT_TRUE(mixed["Resources"].contains(id)) << id;
    if (value["Type"] == "AWS::EC2::VPCEndpoint") continue;
    EXPECT_EQ(value, mixed["Resources"][id]) << id;
  }
}

/// Whoever misuses a component is told so at his own line: golden/fail shows it for each.
TEST(StandardLibrary, IsMisusedComponentByComponent) {
  const std::regex declared(R"((?:^|\n)component ([A-Za-z]+) \{)");
  std::string misused;
  for (const auto& [file, text] : contents_below(source_root() / "golden" / "fail"))
    if (file.ends_with(".stack")) misused += text;
  std::size_t components = 0;
  for (const auto& [file, text] : contents_below(source_root() / "stdlib" / "std")) {
    for (std::sregex_iterator i(text.begin(), text.end(), declared), end; i != end; ++i, ++components) {
      const std::regex used(": " + (*i)[1].str() + "\\b");
      EXPECT_TRUE(std::regex_search(misused, used)) << file << ": nothing below golden/fail uses `" << (*i)[1] << "`";
    }
  }
  EXPECT_GT(components, 50u);
}

}  // namespace
}  // namespace stackc::tests

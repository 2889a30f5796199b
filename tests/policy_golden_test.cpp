// What `stackc policy` says of examples and of golden/policy/*.stack: golden/policy/<name>/, with what it says on standard
// error in expected.stderr. STACKC_UPDATE_GOLDENS=1 writes instead of comparing.

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/support/files.hpp"
#include "tests/support/process.hpp"

namespace fs = std::filesystem;

namespace stackc::tests {
namespace {

struct PolicyCase {
  const char* name;
  const char* input;
};
constexpr PolicyCase kCases[] = {
    {"phoenix", "examples/phoenix"},
    {"customer-hosted", "examples/customer-hosted"},
    {"guessed", "golden/policy/guessed.stack"},
    {"lookups", "golden/policy/lookups.stack"},
};

class Policy : public ::testing::TestWithParam<PolicyCase> {};

std::map<std::string, std::string> policies_now(const PolicyCase& c) {
  const TemporaryFolder out;
  const ProcessResult result = run_process({STACKC_BINARY, "policy", c.input, "--account", "111122223333", "--region",
                                            "eu-west-1", "--color", "never", "--out", out.path()},
                                           source_root());
  EXPECT_EQ(result.status, 0) << result.err;
  auto files = contents_below(out.path());
  std::string said = result.err;
  for (std::size_t at = said.find("wrote "); at != std::string::npos; at = said.find("wrote ")) {
    said.erase(at, said.find('\n', at) + 1 - at);  // names the temporary folder
  }
  if (!said.empty()) files.emplace("expected.stderr", said);
  return files;
}

TEST_P(Policy, IsAsItWas) {
  const auto now = policies_now(GetParam());
  const fs::path folder = source_root() / "golden" / "policy" / GetParam().name;
  const bool update = std::getenv("STACKC_UPDATE_GOLDENS") != nullptr;
  if (update) {
    fs::remove_all(folder);
    for (const auto& [name, text] : now) write_file(folder / name, text);
    return;
  }
  const auto there = contents_below(folder);
  for (const auto& [name, text] : now) {
    const auto found = there.find(name);
    if (found == there.end()) {
      ADD_FAILURE() << "golden/policy/" << GetParam().name << "/" << name << " is missing";
    } else {
      EXPECT_EQ(found->second, text) << line_diff(found->second, text) << "scripts/update-goldens accepts it";
    }
  }
  for (const auto& [name, text] : there) EXPECT_TRUE(now.contains(name)) << "golden/policy/" << GetParam().name << "/" << name;
}

TEST_P(Policy, IsShortEnoughForIam) {
  for (const auto& [name, text] : policies_now(GetParam())) {
    if (!name.ends_with(".json")) continue;
    const auto document = nlohmann::json::parse(text);
    EXPECT_LE(document.dump().size(), 6144U) << name;
    EXPECT_FALSE(document["Statement"].empty()) << name;
  }
}

INSTANTIATE_TEST_SUITE_P(Policies, Policy, ::testing::ValuesIn(kCases), [](const auto& param) {
  std::string name = param.param.name;
  for (char& c : name) c = c == '-' ? '_' : c;
  return name;
});

}  // namespace
}  // namespace stackc::tests

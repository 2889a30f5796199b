// Imports the templates of golden/import and compares the source with what stands beside them. That it builds
// to the same template is what import itself tries before it writes anything.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "tests/support/files.hpp"
#include "tests/support/process.hpp"

namespace fs = std::filesystem;

namespace stackc::tests {
namespace {

fs::path folder() { return source_root() / "golden" / "import"; }

/// The templates, as names of files.
std::vector<std::string> templates() {
  std::vector<std::string> out;
  for (const std::string& file : files_below(folder())) {
    if (file.ends_with(".yaml") || file.ends_with(".json")) out.push_back(file);
  }
  return out;
}

std::string source_name(const std::string& file) { return file.substr(0, file.rfind('.')) + ".stack"; }

class ImportGolden : public ::testing::TestWithParam<std::string> {};

TEST_P(ImportGolden, IsWhatItWas) {
  const ProcessResult result =
      run_process({STACKC_BINARY, "import", GetParam(), "-o", "-", "--color", "never"}, folder().string());
  ASSERT_EQ(result.status, 0) << result.err;
  const fs::path golden = folder() / source_name(GetParam());
  if (std::getenv("STACKC_UPDATE_GOLDENS") != nullptr) write_file(golden, result.out);
  const std::string expected = fs::exists(golden) ? read_file(golden) : std::string();
  EXPECT_EQ(expected, result.out) << line_diff(expected, result.out)
                                  << "\nSTACKC_UPDATE_GOLDENS=1 writes what was seen";
}

std::string test_name(const ::testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  for (char& c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(Templates, ImportGolden, ::testing::ValuesIn(templates()), test_name);

TEST(ImportGoldens, AreFormatted) {
  const ProcessResult result = run_process({STACKC_BINARY, "fmt", "--check", "."}, folder().string());
  EXPECT_EQ(result.status, 0) << result.out << result.err;
}

TEST(ImportGoldens, HaveNoOrphans) {
  std::vector<std::string> sources;
  for (const std::string& file : templates()) sources.push_back(source_name(file));
  for (const std::string& file : files_below(folder())) {
    if (!file.ends_with(".stack")) continue;
    EXPECT_NE(std::find(sources.begin(), sources.end(), file), sources.end()) << file << " has no template";
  }
}

std::size_t filled_lines(const std::string& text) {
  const auto lines = split_lines(text);
  return static_cast<std::size_t>(std::count_if(lines.begin(), lines.end(), [](std::string_view line) {
    return line.find_first_not_of(" \t\r") != std::string_view::npos;
  }));
}

/// Networks, services, databases, load balancers and groups of machines, as people write them.
const std::vector<std::string> kTen = {
    "refarch-vpc.yaml",          "vpc-nat.yaml",         "find-in-map-azs.yaml",
    "fargate-service.yaml",      "ecs-service.yaml",     "fargate-private-service.yaml",
    "rds-read-replica.yaml",     "rolling-updates.yaml", "refarch-load-balancers.yaml",
    "network-load-balancer.yaml"};

/// Their source is shorter than their YAML: the median is at most 60 %.
TEST(ImportGoldens, AreShorterThanTheirTemplates) {
  std::vector<double> ratios;
  for (const std::string& file : kTen) {
    const auto before = filled_lines(read_file(folder() / file));
    const auto after = filled_lines(read_file(folder() / source_name(file)));
    ratios.push_back(static_cast<double>(after) / static_cast<double>(before));
  }
  std::sort(ratios.begin(), ratios.end());
  const double median = (ratios[(ratios.size() - 1) / 2] + ratios[ratios.size() / 2]) / 2;
  RecordProperty("median", std::to_string(median));
  EXPECT_LE(median, 0.6);
}

}  // namespace
}  // namespace stackc::tests

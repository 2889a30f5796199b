// Promises of the examples: how short they are, and that docs/platform.md shows every part of the platform.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <regex>
#include <string>
#include <vector>

#include "tests/support/files.hpp"

namespace stackc::tests {
namespace {

namespace fs = std::filesystem;

struct Size {
  std::size_t source_lines = 0;
  std::size_t template_lines = 0;
  std::size_t resources = 0;
  std::size_t stacks = 0;
};

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

std::size_t lines_of(const fs::path& file) { return split_lines(read_file(file)).size(); }

/// Resources have their type on a line of its own, and nothing else indents it so.
std::size_t resources_of(const fs::path& file) {
  const std::string text = read_file(file);
  std::size_t count = 0;
  for (const std::string_view line : split_lines(text)) count += line.rfind("      \"Type\": \"", 0) == 0 ? 1 : 0;
  return count;
}

/// Its stack files, and the templates that one environment gets of them.
Size size_of(const std::string& example) {
  Size size;
  const fs::path sources = source_root() / "examples" / example;
  for (const std::string& file : files_below(sources))
    if (ends_with(file, ".stack")) size.source_lines += lines_of(sources / file);
  const fs::path golden = source_root() / "golden" / "examples" / example;
  std::string environment;
  for (const std::string& file : files_below(golden)) {
    if (!ends_with(file, ".template.json")) continue;
    const std::string folder = fs::path(file).parent_path().string();
    if (size.stacks == 0) environment = folder;
    if (folder != environment) continue;
    size.template_lines += lines_of(golden / file);
    size.resources += resources_of(golden / file);
    ++size.stacks;
  }
  return size;
}

std::vector<std::string> examples() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(source_root() / "golden" / "examples"))
    if (entry.is_directory()) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

TEST(Examples, SayMuchInFewLines) {
  std::printf("%-18s %6s %9s %8s %10s %6s\n", "example", "source", "templates", "lines", "resources", "ratio");
  for (const std::string& name : examples()) {
    const Size size = size_of(name);
    ASSERT_GT(size.source_lines, 0u) << name;
    const double ratio = static_cast<double>(size.template_lines) / static_cast<double>(size.source_lines);
    std::printf("%-18s %6zu %9zu %8zu %10zu %6.1f\n", name.c_str(), size.source_lines, size.stacks,
                size.template_lines, size.resources, ratio);
    EXPECT_GT(ratio, 2) << name << ": a template of its own would hardly be longer";
  }
}

TEST(Examples, PhoenixIsShort) {
  EXPECT_LT(lines_of(source_root() / "examples" / "phoenix" / "network.stack"), 20u);
  const Size size = size_of("phoenix");
  EXPECT_EQ(size.stacks, 4u);
  EXPECT_LT(size.source_lines, 160u);
  EXPECT_GT(size.resources, 100u);
}

TEST(Examples, FargateIsMinimal) { EXPECT_LT(size_of("fargate").source_lines, 25u); }

/// The links of a line of Markdown, as paths from the root.
std::vector<std::string> links_of(const std::string& line) {
  static const std::regex link(R"(\]\(\.\./([^)#]+)\))");
  std::vector<std::string> out;
  for (std::sregex_iterator i(line.begin(), line.end(), link), end; i != end; ++i) out.push_back((*i)[1]);
  return out;
}

TEST(Platform, EveryPartHasAnExampleAndAGolden) {
  const std::string page = read_file(source_root() / "docs" / "platform.md");
  const auto lines = split_lines(page);
  for (const char* part : {"Network", "Separation", "Cluster", "Load balancer", "Target group", "Database",
                           "Service", "Clustering", "Release", "Containers", "Registry", "Upstream stacks", "Roles"}) {
    const auto row = std::find_if(lines.begin(), lines.end(), [&](std::string_view line) {
      return line.rfind("| " + std::string(part) + " |", 0) == 0;
    });
    ASSERT_NE(row, lines.end()) << part;
    bool example = false;
    bool golden = false;
    for (const std::string& path : links_of(std::string(*row))) {
      EXPECT_TRUE(fs::exists(source_root() / path)) << part << " links to " << path << ", which is not there";
      example = example || path.rfind("examples/", 0) == 0;
      golden = golden || path.rfind("golden/", 0) == 0;
    }
    EXPECT_TRUE(example) << part << " has no example";
    EXPECT_TRUE(golden) << part << " has no golden";
  }
}

}  // namespace
}  // namespace stackc::tests

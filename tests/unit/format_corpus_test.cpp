// What must hold of every stack file in the repository, those that come later too.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/unit/format_support.hpp"

namespace stackc::tests {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> stack_files() {
  std::vector<fs::path> found;
  for (const char* folder : {"stdlib", "examples", "golden", "tests", "docs"}) {
    const fs::path root = fs::path(STACKC_SOURCE_DIR) / folder;
    if (!fs::exists(root)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
      if (entry.path().extension() == ".stack" && entry.is_regular_file()) found.push_back(entry.path());
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::string contents(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(FormatCorpus, EveryFileKeepsItsMeaningAndSettles) {
  int checked = 0;
  for (const fs::path& path : stack_files()) {
    if (path.generic_string().find("/stdlib/") != std::string::npos) continue;  // below
    const std::string text = contents(path);
    if (!Parsed(text).ok()) continue;  // golden cases of errors
    SCOPED_TRACE(path);
    formatted(text);
    ++checked;
  }
  EXPECT_GT(checked, 0);
}

TEST(FormatCorpus, LibraryAndExamplesAreInCanonicalStyle) {
  for (const fs::path& path : stack_files()) {
    const std::string name = fs::relative(path, STACKC_SOURCE_DIR).generic_string();
    if (!name.starts_with("stdlib/") && !name.starts_with("examples/")) continue;
    const std::string text = contents(path);
    EXPECT_TRUE(formatted(text) == text) << name << ": run `stackc fmt " << name << "`";
  }
}

}  // namespace
}  // namespace stackc::tests

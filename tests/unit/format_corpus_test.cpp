// What must hold of every stack file in the repository, those that come later too.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>

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
    if (name.starts_with("stdlib/aws/") && text.size() > 16'384)
      continue;  // all alike, and slow under a sanitizer
    EXPECT_TRUE(formatted(text) == text) << name << ": run `stackc fmt " << name << "`";
  }
}

/// The programs and fragments that a page shows, by the line where they start.
std::map<int, std::string> examples_of(const std::string& page) {
  std::map<int, std::string> found;
  std::istringstream in(page);
  std::string* open = nullptr;
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.starts_with("```"))
      open = !open && line.starts_with("```stack") ? &found[number + 1] : nullptr;
    else if (open)
      *open += line + "\n";
  }
  return found;
}

TEST(FormatCorpus, DocumentationIsInCanonicalStyle) {
  const fs::path docs = fs::path(STACKC_SOURCE_DIR) / "docs";
  for (const auto& entry : fs::recursive_directory_iterator(docs)) {
    if (entry.path().extension() != ".md" || entry.path().parent_path().filename() == "diagnostics") continue;
    for (const auto& [line, text] : examples_of(contents(entry.path()))) {
      EXPECT_EQ(formatted(text), text) << entry.path() << ":" << line;
    }
  }
}

}  // namespace
}  // namespace stackc::tests

// Compares the pairs below golden/diff/<group>/<case>/ and holds what is said against what stands beside
// them:
//
//   old.yaml, new.yaml      or any other two files or folders `old…`, `new…`
//   golden.args             further arguments, by white space
//   expected.txt, expected.md, expected.json
//   expected.status         the exit status, where it is not 0
//
// STACKC_UPDATE_GOLDENS=1 writes instead of comparing.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/files.hpp"
#include "tests/support/process.hpp"

namespace fs = std::filesystem;

namespace stackc::tests {
namespace {

fs::path folder() { return source_root() / "golden" / "diff"; }

/// The file or folder of a case that starts with `side` and a dot, or is called that.
std::string side_in(const fs::path& directory, const std::string& side) {
  for (const fs::directory_entry& entry : fs::directory_iterator(directory)) {
    const std::string name = entry.path().filename().string();
    if (name == side || (name.starts_with(side + ".") && !name.ends_with(".parameters.json"))) return name;
  }
  return {};
}

/// Folders with two sides, as paths below golden/diff.
std::vector<std::string> cases() {
  std::vector<std::string> found;
  if (!fs::is_directory(folder())) return found;
  for (const fs::directory_entry& group : fs::directory_iterator(folder())) {
    if (!group.is_directory()) continue;
    for (const fs::directory_entry& entry : fs::directory_iterator(group.path())) {
      if (entry.is_directory()) found.push_back(entry.path().lexically_relative(folder()).generic_string());
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<std::string> further_arguments(const fs::path& directory) {
  if (!fs::exists(directory / "golden.args")) return {};
  std::istringstream in(read_file(directory / "golden.args"));
  return {std::istream_iterator<std::string>(in), std::istream_iterator<std::string>()};
}

/// A golden of text; `missing` when there is none.
void hold(const fs::path& golden, const std::string& seen) {
  if (std::getenv("STACKC_UPDATE_GOLDENS") != nullptr) {
    if (!fs::exists(golden) || read_file(golden) != seen) write_file(golden, seen);
    return;
  }
  const std::string expected = fs::exists(golden) ? read_file(golden) : std::string();
  EXPECT_EQ(expected, seen) << golden << "\n"
                            << line_diff(expected, seen)
                            << "\nif the new text is right: scripts/update-goldens";
}

class DiffGolden : public ::testing::TestWithParam<std::string> {};

TEST_P(DiffGolden, SaysWhatItSaid) {
  ::unsetenv("COLUMNS");  // sentences are not wrapped
  const fs::path directory = folder() / GetParam();
  const std::string before = side_in(directory, "old");
  const std::string after = side_in(directory, "new");
  ASSERT_FALSE(before.empty() || after.empty()) << "a case needs `old…` and `new…`";
  const bool fails = fs::exists(directory / "expected.status");
  const int status = fails ? std::stoi(read_file(directory / "expected.status")) : 0;
  const std::vector<std::pair<std::string, std::string>> forms = {
      {"text", "txt"}, {"markdown", "md"}, {"json", "json"}};
  for (const auto& [format, ending] : forms) {
    std::vector<std::string> argv = {STACKC_BINARY, "diff", before,    after,
                                     "--format",    format, "--color", "never"};
    const std::vector<std::string> more = further_arguments(directory);
    argv.insert(argv.end(), more.begin(), more.end());
    const ProcessResult result = run_process(argv, directory);
    EXPECT_EQ(result.status, status) << result.err;
    EXPECT_EQ(result.err, "");
    hold(directory / ("expected." + ending), result.out);
  }
}

INSTANTIATE_TEST_SUITE_P(Pairs, DiffGolden, ::testing::ValuesIn(cases()), [](const auto& param) {
  std::string name = param.param;
  for (char& c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return name;
});

/// What is there is the same: nothing else may be said of any side.
TEST(DiffGoldens, AreEqualToThemselves) {
  for (const std::string& name : cases()) {
    const fs::path directory = folder() / name;
    for (const char* side : {"old", "new"}) {
      const std::string file = side_in(directory, side);
      const ProcessResult result =
          run_process({STACKC_BINARY, "diff", file, file, "--fail-on", "any", "--color", "never"}, directory);
      EXPECT_EQ(result.status, 0) << name << "/" << file << "\n" << result.out << result.err;
    }
  }
}

}  // namespace
}  // namespace stackc::tests

// docs/diff.md shows what `stackc diff` says: a block with the info string `text run=FOLDER` begins with the command
// and has what it prints there, a hundred columns wide.
//
// STACKC_UPDATE_GOLDENS=1 writes instead of comparing.
#include <gtest/gtest.h>

#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/files.hpp"
#include "tests/support/process.hpp"

namespace fs = std::filesystem;

namespace stackc::tests {
namespace {

constexpr const char* kPage = "docs/diff.md";
constexpr std::string_view kInfo = "```text run=";
constexpr std::string_view kCommand = "$ stackc ";

/// What the words of a command line print in `folder`; there is nothing to quote in them.
std::string printed(const std::string& words, const std::string& folder) {
  std::vector<std::string> argv = {"/usr/bin/env", "COLUMNS=100", STACKC_BINARY};
  std::istringstream in(words);
  for (std::string word; in >> word;) argv.push_back(word);
  argv.insert(argv.end(), {"--color", "never"});
  const ProcessResult result = run_process(argv, (source_root() / folder).string());
  EXPECT_LE(result.status, 1) << result.err;
  return result.out;
}

TEST(DiffPage, ShowsWhatTheCommandSays) {
  const std::string text = read_file(source_root() / kPage);
  std::string expected;
  std::string folder, command;
  std::size_t blocks = 0;
  bool inside = false;
  for (const std::string_view line : split_lines(text)) {
    if (line.starts_with(kInfo)) {
      inside = true;
      folder = line.substr(kInfo.size());
    } else if (inside && line.starts_with(kCommand)) {
      command = line.substr(kCommand.size());
    } else if (inside && line == "```") {
      expected += printed(command, folder);
      inside = false;
      ++blocks;
    } else if (inside) {
      continue;  // what was printed before
    }
    expected.append(line).append("\n");
  }
  EXPECT_GE(blocks, 4U);
  if (std::getenv("STACKC_UPDATE_GOLDENS") != nullptr) return write_file(source_root() / kPage, expected);
  EXPECT_EQ(text, expected) << line_diff(text, expected) << "\nif the new text is right: scripts/update-goldens";
}

}  // namespace
}  // namespace stackc::tests

// docs/std is what `stackc doc std` writes: a page for each module, and one that leads to them. A difference
// fails; STACKC_UPDATE_GOLDENS=1 writes the pages.

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <string>

#include "tests/support/files.hpp"
#include "tests/support/process.hpp"

namespace fs = std::filesystem;

namespace stackc::tests {
namespace {

std::map<std::string, std::string> pages_now() {
  const TemporaryFolder out;
  const ProcessResult result =
      run_process({STACKC_BINARY, "doc", "std", "--out", out.path(), "--color", "never"}, source_root());
  EXPECT_EQ(result.status, 0) << result.err;
  return contents_below(out.path());
}

TEST(LibraryPages, AreWhatTheCompilerWrites) {
  const auto now = pages_now();
  ASSERT_FALSE(now.empty());
  const fs::path folder = source_root() / "docs" / "std";
  const auto there = contents_below(folder);
  constexpr std::string_view hint = "comments are documentation: scripts/update-goldens";
  const bool update = std::getenv("STACKC_UPDATE_GOLDENS") != nullptr;
  for (const auto& [name, text] : now) {
    const auto found = there.find(name);
    if (found != there.end() && found->second == text) continue;
    if (update) {
      write_file(folder / name, text);
    } else if (found == there.end()) {
      ADD_FAILURE() << "docs/std/" << name << " is missing\n" << hint;
    } else {
      ADD_FAILURE() << "docs/std/" << name << " is out of date (- there, + now)\n"
                    << line_diff(found->second, text) << hint;
    }
  }
  for (const auto& [name, text] : there) {
    if (now.contains(name)) continue;
    if (update) {
      fs::remove(folder / name);
    } else {
      ADD_FAILURE() << "docs/std/" << name << " belongs to no module\n" << hint;
    }
  }
}

}  // namespace
}  // namespace stackc::tests

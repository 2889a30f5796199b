// Every fenced block with the info string `stack` in the documentation is a program that `stackc
// check` accepts. `stack file=network.stack` also keeps the block under that name, so that later
// blocks of the same page can use it, as does `text file=boot.sh` and its like. `stack fragment` is for pieces that do not stand alone.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/files.hpp"
#include "tests/support/process.hpp"

namespace fs = std::filesystem;

namespace stackc::tests {
namespace {

struct Example {
  std::string file;  // under which name it is compiled
  std::size_t line = 0;
  std::string text;
};

struct Page {
  std::string path;  // relative to the repository
  std::vector<Example> examples;
};

Page read_page(const std::string& path) {
  Page page{path, {}};
  const std::string text = read_file(source_root() / path);
  bool inside = false;
  bool wanted = false;
  std::size_t number = 0;
  for (const std::string_view line : split_lines(text)) {
    ++number;
    if (!line.starts_with("```")) {
      if (inside && wanted) page.examples.back().text.append(line).append("\n");
      continue;
    }
    inside = !inside;
    if (!inside) continue;
    const std::string_view info = line.substr(3);
    constexpr std::string_view named = " file=";
    const auto at = info.find(named);
    wanted = info == "stack" || at != std::string_view::npos;
    if (!wanted) continue;
    const std::string file = at != std::string_view::npos ? std::string(info.substr(at + named.size()))
                                                          : "example-" + std::to_string(number) + ".stack";
    page.examples.push_back({file, number, {}});
  }
  return page;
}

std::vector<Page> all_pages() {
  std::vector<std::string> paths = {"README.md", "CONTRIBUTING.md"};
  for (const char* folder : {"docs", "examples", "grammar"}) {
    for (const std::string& file : files_below(source_root() / folder)) {
      // Pages of diagnostics show programs that are wrong on purpose; they have goldens instead.
      if (file.ends_with(".md") && !file.starts_with("diagnostics/")) {
        paths.push_back(std::string(folder) + "/" + file);
      }
    }
  }
  std::vector<Page> pages;
  for (const std::string& path : paths) {
    if (!fs::exists(source_root() / path)) continue;
    Page page = read_page(path);
    if (!page.examples.empty()) pages.push_back(std::move(page));
  }
  return pages;
}

class Documentation : public ::testing::TestWithParam<Page> {};

TEST_P(Documentation, HasExamplesThatCompile) {
  const TemporaryFolder folder;
  for (const Example& example : GetParam().examples) {
    write_file(folder.path() / example.file, example.text);
    if (!example.file.ends_with(".stack")) continue;
    const ProcessResult result =
        run_process({STACKC_BINARY, "check", example.file, "--color", "never"}, folder.path());
    EXPECT_EQ(result.status, 0) << GetParam().path << ":" << example.line << ": does not compile\n"
                                << result.err;
  }
}

INSTANTIATE_TEST_SUITE_P(Pages, Documentation, ::testing::ValuesIn(all_pages()), [](const auto& param) {
  std::string name = param.param.path;
  for (char& c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return name;
});
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Documentation);

}  // namespace
}  // namespace stackc::tests

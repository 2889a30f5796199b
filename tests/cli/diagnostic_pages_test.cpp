// The programs on the pages of diagnostics do what the pages say: what stands under "Wrong" is
// answered with that code alone, what stands under "Right" with nothing.

#include <gtest/gtest.h>

#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "compiler/diag/explain.hpp"
#include "compiler/diag/registry.hpp"
#include "tests/support/files.hpp"
#include "tests/support/process.hpp"

namespace stackc::tests {
namespace {

/// The files of one section of a page, by name.
using Program = std::map<std::string, std::string>;

/// The blocks ```` ```stack ```` and those with a name, ```` ```stack file=a.stack ````, ```` ```yaml file=stackc.yaml ````,
/// below the heading.
Program program_below(std::string_view page, std::string_view heading) {
  Program program;
  bool inside_section = false;
  std::string* block = nullptr;
  for (const std::string_view line : split_lines(page)) {
    if (line.starts_with("## ")) inside_section = line.substr(3) == heading;
    if (line.starts_with("```")) {
      const std::string_view info = line.substr(3);
      const std::size_t name = info.find("file=");
      const bool program_text = info.starts_with("stack") || name != std::string_view::npos;
      const std::string file(name == std::string_view::npos ? "example.stack" : info.substr(name + 5));
      block = inside_section && program_text ? &program[file] : nullptr;
    } else if (block != nullptr) {
      block->append(line).append("\n");
    }
  }
  return program;
}

/// The options of the line `$ stackc check … ` below the heading, where the program alone does not show it.
std::vector<std::string> options_below(std::string_view page, std::string_view heading) {
  std::vector<std::string> options;
  bool inside_section = false;
  for (const std::string_view line : split_lines(page)) {
    if (line.starts_with("## ")) inside_section = line.substr(3) == heading;
    constexpr std::string_view command = "$ stackc check ";
    if (!inside_section || !line.starts_with(command)) continue;
    std::istringstream words{std::string(line.substr(command.size()))};
    for (std::string word; words >> word;) options.push_back(word);
  }
  return options;
}

ProcessResult check(const Program& program, const std::vector<std::string>& options) {
  const TemporaryFolder folder;
  for (const auto& [name, text] : program) write_file(folder.path() / name, text);
  std::vector<std::string> argv = {STACKC_BINARY, "check",
                                   program.size() == 1 ? program.begin()->first : "."};
  argv.insert(argv.end(), options.begin(), options.end());
  argv.insert(argv.end(), {"--diagnostics", "concise", "--color", "never"});
  return run_process(argv, folder.path().string());
}

std::vector<CodeInfo> codes() { return {all_codes().begin(), all_codes().end()}; }

class DiagnosticPage : public ::testing::TestWithParam<CodeInfo> {};

TEST_P(DiagnosticPage, WrongIsAnsweredWithThisCodeAlone) {
  const std::string_view page = explain(GetParam().number).value_or("");
  const Program program = program_below(page, "Wrong");
  if (program.empty()) return;  // the page tells it in words
  const ProcessResult result = check(program, options_below(page, "Wrong"));
  EXPECT_EQ(result.status, GetParam().severity == Severity::Error ? 1 : 0) << result.err;
  std::set<std::string> seen;
  const std::regex number("(?:error|warning|note)\\[([EWN]\\d{4})\\]");
  for (auto at = std::sregex_iterator(result.err.begin(), result.err.end(), number);
       at != std::sregex_iterator(); ++at) {
    seen.insert((*at)[1]);
  }
  EXPECT_EQ(seen, std::set<std::string>{std::string(GetParam().number)}) << result.err;
}

TEST_P(DiagnosticPage, RightIsAnsweredWithNothing) {
  const std::string_view page = explain(GetParam().number).value_or("");
  const Program program = program_below(page, "Right");
  if (program.empty()) return;
  const ProcessResult result = check(program, options_below(page, "Right"));
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_EQ(result.err, "");
}

INSTANTIATE_TEST_SUITE_P(All, DiagnosticPage, ::testing::ValuesIn(codes()),
                         [](const auto& param) { return std::string(param.param.number); });

}  // namespace
}  // namespace stackc::tests

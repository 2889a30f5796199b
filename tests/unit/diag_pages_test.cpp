// Every code has a page and a golden, and every page belongs to a code.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>

#include "compiler/diag/explain.hpp"
#include "compiler/diag/registry.hpp"

namespace fs = std::filesystem;

namespace stackc {
namespace {

fs::path root() { return STACKC_SOURCE_DIR; }

std::string content(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Codes whose cause is not in a source: files and the command line. Tests in tests/cli show them.
const std::set<std::string_view> kShownByTheCommandLine = {
    "file-unreadable",
    "file-too-large",
    "file-unwritable",
    "no-stack-files",
};

/// Codes that guard a stage against what earlier ones refuse already: no source reaches them, and
/// the unit tests of the stage show them.
const std::set<std::string_view> kGuards = {
    "resource-in-position",  // ir_passes_test; the stages of arguments are checked before
    "duplicate-export",      // analysis_checks_test; equal names of exports are equal names of outputs
    "input-encoding",        // import_document_test; a golden cannot hold bytes that are no text
    // analysis_template_test: what only a template as input says, and no error
    "unused-mapping", "unused-condition", "repeated-item",
    "misfit-form", "large-template", "foreign-function",
};

/// The texts in which golden messages stand, by the numbers (`E0203`) that they mention.
std::map<std::string, std::string> goldens_by_number() {
  std::map<std::string, std::string> found;
  const std::regex header("^(?:error|warning|note)\\[([EWN]\\d{4})\\]");
  for (const auto& entry : fs::recursive_directory_iterator(root() / "golden")) {
    const std::string name = entry.path().filename().string();
    if (!name.ends_with(".stderr")) continue;
    std::ifstream in(entry.path());
    for (std::string line; std::getline(in, line);) {
      std::smatch match;
      if (std::regex_search(line, match, header)) found.emplace(match[1], entry.path().string());
    }
  }
  return found;
}

TEST(DiagnosticPages, EveryCodeHasAPage) {
  for (const CodeInfo& code : all_codes()) {
    const auto page = explain(code.number);
    ASSERT_TRUE(page.has_value()) << "docs/diagnostics/" << code.number << ".md is missing (" << code.slug
                                  << ")";
    EXPECT_EQ(*page, content(root() / "docs/diagnostics" / (std::string(code.number) + ".md")))
        << code.number;
    EXPECT_EQ(explain(code.slug), page);
  }
}

TEST(DiagnosticPages, EveryPageHasTheFormAndTheWordsOfItsCode) {
  const std::map<Severity, std::string> severities = {
      {Severity::Error, "an error"}, {Severity::Warning, "a warning"}, {Severity::Note, "a note"}};
  for (const CodeInfo& code : all_codes()) {
    const std::string page(explain(code.number).value_or(""));
    const std::string top = "# " + std::string(code.number) + ": " + std::string(code.title) + "\n\n`" +
                            std::string(code.slug) + "`, " + severities.at(code.severity) + ".\n\n";
    EXPECT_TRUE(page.starts_with(top)) << "docs/diagnostics/" << code.number << ".md should begin with\n"
                                       << top;
    EXPECT_NE(page.find("\n## Right\n"), std::string::npos) << code.number << ": no correction";
    EXPECT_NE(page.find("\n## Why\n"), std::string::npos) << code.number << ": no reason";
  }
}

TEST(DiagnosticPages, EveryPageBelongsToACode) {
  for (const auto& entry : fs::directory_iterator(root() / "docs/diagnostics")) {
    const std::string stem = entry.path().stem().string();
    if (stem == "json") continue;  // the description of a form
    const CodeInfo* code = find_code(stem);
    EXPECT_TRUE(code != nullptr && code->number == stem) << entry.path() << " belongs to no code";
  }
}

TEST(DiagnosticPages, EveryCodeHasAGolden) {
  const auto goldens = goldens_by_number();
  for (const CodeInfo& code : all_codes()) {
    if (kShownByTheCommandLine.contains(code.slug) || kGuards.contains(code.slug)) continue;
    EXPECT_TRUE(goldens.contains(std::string(code.number)))
        << code.number << " (" << code.slug << ") is shown by no golden/**/*.stderr";
  }
  for (const auto& [number, path] : goldens) {
    EXPECT_NE(find_code(number), nullptr) << path << " shows " << number << ", which is no code";
  }
}

TEST(DiagnosticPages, ExceptionsAreCodesWithoutAGolden) {
  const auto goldens = goldens_by_number();
  for (const auto* exceptions : {&kShownByTheCommandLine, &kGuards}) {
    for (const std::string_view slug : *exceptions) {
      const CodeInfo* code = find_code(slug);
      ASSERT_NE(code, nullptr) << slug;
      EXPECT_FALSE(goldens.contains(std::string(code->number))) << slug << " is no exception any more";
    }
  }
}

}  // namespace
}  // namespace stackc

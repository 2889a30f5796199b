#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "compiler/driver/console.hpp"
#include "compiler/driver/pipeline.hpp"
#include "compiler/report/report.hpp"

namespace stackc {

/// The command line, read. `build` and `check` share one shape.
struct CompileOptions {
  std::vector<std::string> inputs;
  std::string environment;
  std::vector<std::pair<std::string, std::string>> sets;
  std::string out;
  bool emit = true;
  bool compare = false;  // `build --check`
  TemplateFormat format = TemplateFormat::Json;
  bool source_map = false;
  Dump dump = Dump::None;
  std::size_t jobs = 0;
  std::string depfile;         // empty: none
  std::string depfile_target;  // empty: the files of the output
  std::string incremental;     // the file with the record of the run; empty: none
};
struct FormatOptions {
  std::vector<std::string> inputs;
  bool compare = false;  // `--check`
};
struct ExplainOptions {
  std::string code;
};
struct SchemaOptions {
  std::string type;
  std::string search;
};
struct ImportOptions {
  std::vector<std::string> inputs;
  std::string out;
  bool force = false;
};
struct DocOptions {
  std::vector<std::string> inputs;  // files, folders, `std`, `std/network`
  std::string out;                  // a folder; empty: standard output
  bool compare = false;             // `--check`
};
struct PolicyOptions {
  std::vector<std::string> inputs;
  std::string environment;
  std::vector<std::pair<std::string, std::string>> sets;
  std::string out;  // a folder; empty: standard output
  std::string partition = "aws", region = "*", account = "*";
};
enum class DiffFormat : std::uint8_t { Text, Markdown, Json, Github, Sarif };
struct DiffOptions {
  std::vector<std::string> sides;  // old and new, or a git revision alone
  std::string environment;
  std::vector<std::pair<std::string, std::string>> sets;
  DiffFormat format = DiffFormat::Text;
  report::FailOn fail_on;
  std::string refactor;  // file for the mapping; empty: none
};
struct InitOptions {
  std::string folder = ".";
};
/// The answer is a text alone: help, the version.
struct PrintText {
  std::string text;
};
/// The command line makes no sense; the reason and what to do are ready to be shown.
struct UsageError {
  std::string reason;
  std::string help;
};

struct Options {
  std::variant<PrintText, UsageError, CompileOptions, FormatOptions, ExplainOptions, SchemaOptions,
               ImportOptions, DocOptions, PolicyOptions, DiffOptions, InitOptions>
      command;
  DiagnosticForm form = DiagnosticForm::Text;
  ColorMode color = ColorMode::Auto;
  bool verbose = false;
  bool timings = false;
};

/// Reads the arguments (without the program's name). Never throws, never prints.
Options read_options(const std::vector<std::string>& arguments);

/// The options that `command` accepts (`--out`, `-o`, …), so that a test can hold its help against them.
std::vector<std::string> option_names(std::string_view command);

}  // namespace stackc

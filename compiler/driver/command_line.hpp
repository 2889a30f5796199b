#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/driver/options.hpp"

namespace stackc {

/// What CLI11 fills in; turned into `Options` once everything is read.
struct RawOptions {
  CompileOptions compile;
  FormatOptions format;
  ExplainOptions explain;
  SchemaOptions schema;
  ImportOptions import;
  DocOptions doc;
  PolicyOptions policy;
  DiffOptions diff;
  std::string diff_format = "text";
  std::vector<std::string> fail_on;
  InitOptions init;
  std::vector<std::string> sets;
  std::string dump;
  std::string output_format = "json";
  std::string form = "text";
  std::string color = "auto";
  bool verbose = false;
  bool timings = false;
};

/// Reads the arguments of the command `name`, which is one of them, into `raw`; what is wrong with them, if
/// something is.
std::optional<UsageError> read_arguments(std::string_view name, const std::vector<std::string>& arguments,
                                         RawOptions& raw);
/// What is said of an argument that stands before any command.
UsageError unexpected_argument(const std::string& argument);

std::string see_help(std::string_view command);
/// "did you mean …?" when something is close, else where to read on.
std::string hint(std::string_view word, std::span<const std::string_view> known, std::string_view command);

}  // namespace stackc

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "compiler/base/filesystem.hpp"
#include "compiler/base/source.hpp"
#include "compiler/diag/diagnostic.hpp"
#include "compiler/diag/form_text.hpp"

namespace stackc {

/// A process's exit status; the same for every command.
enum ExitStatus : int {
  kFine = 0,
  kFindings = 1,  // errors, or differences that were asked for
  kUsage = 2,     // the command line makes no sense
  kInternal = 3,  // a bug in the compiler
};

enum class DiagnosticForm : std::uint8_t { Text, Concise, Json, Sarif, Github };
enum class ColorMode : std::uint8_t { Auto, Always, Never };

/// The process's two outputs. Standard output carries only what was asked for, messages go to standard
/// error. A reader that went away ends the output silently.
class Console {
 public:
  DiagnosticForm form = DiagnosticForm::Text;
  ColorMode color = ColorMode::Auto;
  PathRoot paths;  // of the forms for services

  /// Writes to standard output. A failure that is not a closed pipe is remembered for `finish`.
  void out(std::string_view text);
  /// Writes to standard error, as it stands.
  void message(std::string_view text);
  /// `error: …` and, for people, a second line `help: …` when there is one.
  void error(std::string_view text, std::string_view help = {});
  /// Writes `findings` in the chosen form; the forms with a frame also when there are none.
  void report(const std::vector<Diagnostic>& findings, const SourceMap& sources);
  /// A line about what was done; only for a person at a terminal.
  void status(std::string_view line);
  /// A line that the next one overwrites; only on a terminal. Empty: wipes it.
  void progress(std::string_view line);

  /// How many columns standard output has: what `COLUMNS` says, else what its terminal has. 0: it has no edge.
  [[nodiscard]] std::uint32_t columns_out() const;
  [[nodiscard]] bool color_out() const;
  [[nodiscard]] bool color_err() const;
  /// The status to exit with: `status`, or an error when standard output could not take everything.
  int finish(int status);

 private:
  int out_error_ = 0;  // errno of the first failed write
};

/// Everything on standard input, at most `max_bytes`.
FileResult<std::string> read_standard_input(std::uint64_t max_bytes);
bool standard_input_is_terminal();

}  // namespace stackc

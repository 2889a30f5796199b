#include <optional>

#include "compiler/base/text.hpp"
#include "compiler/diag/order.hpp"
#include "compiler/driver/commands.hpp"
#include "compiler/driver/inputs.hpp"
#include "compiler/modules/modules.hpp"
#include "compiler/parse/parse.hpp"
#include "compiler/syntax/format.hpp"

namespace stackc {

namespace {

class Formatting {
 public:
  Formatting(const FormatOptions& options, Session& session) : options_(options), session_(session) {}

  int run() {
    auto inputs = options_.inputs;
    const bool standard_input =
        inputs.empty() ? !standard_input_is_terminal() : inputs == std::vector<std::string>{"-"};
    if (standard_input) {
      format_standard_input();
    } else {
      if (inputs.empty()) inputs.emplace_back(".");
      for (const auto& file : expand_inputs(inputs, ".stack", session_.fs, sink_)) format_file(file);
    }
    const bool failed = sink_.has_errors();
    session_.console.report(in_order(sink_.take()), sources_);
    if (different_ > 0 && session_.console.form == DiagnosticForm::Text) {
      session_.console.error(
          fmt::format("{} {} not formatted", different_, different_ == 1 ? "file is" : "files are"),
          "`stackc fmt` formats them");
    }
    return failed || different_ > 0 ? kFindings : kFine;
  }

 private:
  /// The text in its one style, or nothing when it has syntax errors.
  std::optional<std::string> formatted(std::string name, std::string text) {
    const auto errors_before = sink_.error_count();
    const auto file = sources_.add(std::move(name), std::move(text));
    const auto ast = [&] {
      const Timed timed{session_.timings, "parse"};
      return parse(sources_, file, sink_);
    }();
    if (sink_.error_count() != errors_before) return std::nullopt;
    const Timed timed{session_.timings, "format"};
    return format(*ast);
  }

  void format_standard_input() {
    auto text = read_standard_input(kMaxSourceBytes);
    if (const auto* error = std::get_if<FileError>(&text)) {
      report_unreadable(session_.fs, "<stdin>", *error, Span{}, sink_);
      return;
    }
    const auto before = std::get<std::string>(text);
    const auto after = formatted("<stdin>", before);
    if (!after) return;
    if (!options_.compare) {
      session_.console.out(*after);
    } else if (*after != before) {
      ++different_;
      session_.console.out("<stdin>\n");
    }
  }

  void format_file(const std::string& path) {
    auto text = session_.fs.read(path, kMaxSourceBytes);
    if (const auto* error = std::get_if<FileError>(&text)) {
      report_unreadable(session_.fs, path, *error, Span{}, sink_);
      return;
    }
    const auto before = std::get<std::string>(text);
    const auto after = formatted(path, before);
    if (!after || *after == before) return;
    if (options_.compare) {
      ++different_;
      session_.console.out(fmt::format("{}\n", path));
      return;
    }
    const auto written = session_.fs.write(path, *after);
    if (const auto* error = std::get_if<FileError>(&written)) {
      sink_.report(Code::FileUnwritable, Span{}, fmt::format("cannot write `{}`: {}", path, error->reason));
    } else {
      session_.console.status(fmt::format("formatted {}", path));
    }
  }

  const FormatOptions& options_;
  Session& session_;
  SourceMap sources_;
  Sink sink_;
  std::size_t different_ = 0;
};

}  // namespace

int run_format(const FormatOptions& options, Session& session) { return Formatting{options, session}.run(); }

}  // namespace stackc

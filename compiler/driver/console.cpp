#include "compiler/driver/console.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "compiler/base/file_errors.hpp"
#include "compiler/base/text.hpp"
#include "compiler/diag/render.hpp"
#include "compiler/driver/pipeline.hpp"

namespace stackc {

namespace {

/// 0, or an errno.
int write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const auto n = ::write(fd, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(n));
  }
  return 0;
}

/// What a terminal's user wants when nothing was said on the command line.
bool wants_color(int fd) {
  const char* no_color = std::getenv("NO_COLOR");
  if (no_color != nullptr && *no_color != '\0') return false;
  const char* term = std::getenv("TERM");
  if (term != nullptr && std::string_view{term} == "dumb") return false;
  return ::isatty(fd) != 0;
}

bool color_on(ColorMode mode, int fd) {
  return mode == ColorMode::Always || (mode == ColorMode::Auto && wants_color(fd));
}

}  // namespace

void Console::out(std::string_view text) {
  if (out_error_ == 0) out_error_ = write_all(STDOUT_FILENO, text);
}

void Console::message(std::string_view text) { write_all(STDERR_FILENO, text); }

void Console::error(std::string_view text, std::string_view help) {
  const bool colour = color_err();
  std::string lines =
      fmt::format("{}error{}: {}\n", colour ? "\x1b[1;31m" : "", colour ? "\x1b[0m" : "", text);
  if (!help.empty())
    lines += fmt::format("{}help{}: {}\n", colour ? "\x1b[1m" : "", colour ? "\x1b[0m" : "", help);
  message(lines);
}

void Console::report(const std::vector<Diagnostic>& findings, const SourceMap& sources) {
  RenderOptions options;
  options.colour = color_err();
  options.version = compiler_version();
  options.paths = paths;
  switch (form) {
    case DiagnosticForm::Text: {
      auto text = render_text(findings, sources, options);
      if (const auto line = summary(findings); !line.empty()) text += fmt::format("{}\n", line);
      message(text);
      break;
    }
    case DiagnosticForm::Concise:
      message(render_concise(findings, sources, options));
      break;
    case DiagnosticForm::Json:
      message(render_json(findings, sources, options));
      break;
    case DiagnosticForm::Sarif:
      message(render_sarif(findings, sources, options));
      break;
    case DiagnosticForm::Github:
      message(render_github(findings, sources, options));
      break;
  }
}

void Console::status(std::string_view line) {
  if (form != DiagnosticForm::Text || ::isatty(STDERR_FILENO) == 0) return;
  message(fmt::format("{}\n", line));
}

void Console::progress(std::string_view line) {
  if (form != DiagnosticForm::Text || ::isatty(STDERR_FILENO) == 0) return;
  message(fmt::format("\r\x1b[K{}", line));
}

std::uint32_t Console::columns_out() const {
  if (const char* columns = std::getenv("COLUMNS"); columns != nullptr) {
    const auto said = std::strtoul(columns, nullptr, 10);
    if (said > 0 && said < 10'000) return static_cast<std::uint32_t>(said);
  }
  winsize size{};
  if (::isatty(STDOUT_FILENO) == 0 || ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_col;
}

bool Console::color_out() const { return color_on(color, STDOUT_FILENO); }
bool Console::color_err() const { return color_on(color, STDERR_FILENO); }

int Console::finish(int status) {
  if (out_error_ == 0 || out_error_ == EPIPE) return status;
  error(fmt::format("cannot write to standard output: {}", file_error(out_error_).reason));
  return status == kFine ? static_cast<int>(kFindings) : status;
}

FileResult<std::string> read_standard_input(std::uint64_t max_bytes) {
  std::string text;
  char chunk[1 << 14];
  for (;;) {
    const auto n = ::read(STDIN_FILENO, chunk, sizeof chunk);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return file_error(errno);
    if (n == 0) return text;
    text.append(chunk, static_cast<std::size_t>(n));
    if (text.size() > max_bytes) return too_large(max_bytes);
  }
}

bool standard_input_is_terminal() { return ::isatty(STDIN_FILENO) != 0; }

}  // namespace stackc

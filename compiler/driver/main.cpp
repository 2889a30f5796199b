#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstring>
#include <exception>
#include <memory>
#include <new>
#include <string>
#include <type_traits>
#include <vector>

#include "compiler/base/text.hpp"
#include "compiler/driver/commands.hpp"
#include "compiler/driver/hot_code.hpp"
#include "compiler/driver/repository.hpp"
#include "compiler/snapshot/snapshot.hpp"

/// Writes down what was executed, in a build that counts it (STACKC_PROFILE=generate); in any other there is none.
extern "C" [[gnu::weak]] void __gcov_dump();

namespace stackc {
namespace {

constexpr std::string_view kReport =
    "this is a bug in stackc, please report it with the command line and the input that led to it\n";

/// A crash ends with the status and the words of an internal error. Only what is safe in a signal
/// handler happens here; the stack may be exhausted, so it runs on one of its own.
void on_crash(int signal) {
  constexpr std::string_view text = "internal error: crashed\n";
  [[maybe_unused]] auto n = ::write(STDERR_FILENO, text.data(), text.size());
  n = ::write(STDERR_FILENO, kReport.data(), kReport.size());
  static_cast<void>(signal);
  ::_exit(kInternal);
}

void handle_signals() {
  // A reader that goes away must not leave half of the files written.
  std::signal(SIGPIPE, SIG_IGN);
#if !defined(__SANITIZE_ADDRESS__)  // the sanitizers have a better story to tell
  alignas(16) static char stack[1 << 14];
  stack_t alternative{};
  alternative.ss_sp = stack;
  alternative.ss_size = sizeof stack;
  ::sigaltstack(&alternative, nullptr);
  struct sigaction action {};
  action.sa_handler = on_crash;
  action.sa_flags = SA_ONSTACK;
  for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}) ::sigaction(signal, &action, nullptr);
#endif
}

std::string working_folder() {
  char path[4096];
  return ::getcwd(path, sizeof path) != nullptr ? path : std::string{};
}

int run(const std::vector<std::string>& arguments) {
  auto options = read_options(arguments);
  const auto fs = disk();
  Session session{{}, *fs, working_folder(), options.verbose};
  Timings timings;
  const auto start = std::chrono::steady_clock::now();
  if (options.timings) session.timings = &timings;
  session.console.form = options.form;
  session.console.color = options.color;
  if (options.form == DiagnosticForm::Sarif || options.form == DiagnosticForm::Github) {
    session.console.paths = repository_around(*fs, session.working_folder);
  }
  const auto status = std::visit(
      [&](const auto& command) -> int {
        using Command = std::decay_t<decltype(command)>;
        if constexpr (std::is_same_v<Command, PrintText>) {
          session.console.out(command.text);
          return kFine;
        } else if constexpr (std::is_same_v<Command, UsageError>) {
          session.console.error(command.reason, command.help);
          return kUsage;
        } else if constexpr (std::is_same_v<Command, CompileOptions>) {
          fetch_hot_code();
          return run_compile(command, session);
        } else if constexpr (std::is_same_v<Command, FormatOptions>) {
          return run_format(command, session);
        } else if constexpr (std::is_same_v<Command, ExplainOptions>) {
          return run_explain(command, session);
        } else if constexpr (std::is_same_v<Command, ImportOptions>) {
          return run_import(command, session);
        } else if constexpr (std::is_same_v<Command, DocOptions>) {
          return run_doc(command, session);
        } else if constexpr (std::is_same_v<Command, PolicyOptions>) {
          return run_policy(command, session);
        } else if constexpr (std::is_same_v<Command, DiffOptions>) {
          return run_diff(command, session);
        } else if constexpr (std::is_same_v<Command, SchemaOptions>) {
          return run_schema(command, session);
        } else {
          return run_init(command, session);
        }
      },
      options.command);
  if (options.timings) session.console.message(timings.table(std::chrono::steady_clock::now() - start));
  return session.console.finish(status);
}

int guarded(const std::vector<std::string>& arguments) {
  Console console;
  try {
    return run(arguments);
  } catch (const std::bad_alloc&) {
    console.message("error: out of memory\n");
  } catch (const std::exception& e) {
    console.message(fmt::format("internal error: {}\n{}", e.what(), kReport));
  } catch (...) {
    console.message(fmt::format("internal error\n{}", kReport));
  }
  return kInternal;
}

/// Used by the build alone.
int run_write_snapshot(const char* path) {
  const auto problem = write_snapshot(path, __gcov_dump != nullptr ? Copies::IfPossible : Copies::Needed);
  if (problem.empty()) return kFine;
  Console{}.message(fmt::format("error: no snapshot: {}\n", problem));
  return kFindings;
}

}  // namespace
}  // namespace stackc

int main(int argc, char** argv) {
  // Scripts ask for the version often: answered before anything else is set up.
  if (argc == 2 && std::strcmp(argv[1], "--version") == 0) {
    constexpr std::string_view text = "stackc " STACKC_VERSION "\n";
    return ::write(STDOUT_FILENO, text.data(), text.size()) < 0 ? stackc::kFindings : stackc::kFine;
  }
  stackc::handle_signals();
  if (argc == 3 && std::strcmp(argv[1], "write-snapshot") == 0) return stackc::run_write_snapshot(argv[2]);
  const int status = stackc::guarded({argv + 1, argv + argc});
  if (__gcov_dump != nullptr) __gcov_dump();
  ::_exit(status);  // memory goes with the process: nothing is taken apart piece by piece
}

#pragma once

#include <sys/types.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace stackc {

/// What a finished program left behind.
struct ProgramResult {
  int status = -1;  // exit status; 128 + the signal's number when a signal ended it
  std::string out;
  std::string err;  // of standard error, its first 64 KiB
};

/// A running program that answers requests. It is found in PATH and started without a shell; its standard
/// error goes nowhere.
class Program {
 public:
  /// Null when there is no such program, or the system cannot start one more.
  static std::unique_ptr<Program> start(const std::vector<std::string>& argv);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  // Each is false when the program has gone away.
  bool write(std::string_view text);
  /// One line without its end.
  bool read_line(std::string& line);
  bool read(std::size_t bytes, std::string& into);

 private:
  Program(pid_t pid, int in, int out) : pid_(pid), in_(in), out_(out) {}
  bool fill();

  pid_t pid_;
  int in_;
  int out_;
  std::string buffer_;
};

/// Runs a program to its end with an empty standard input. Null when it cannot be started.
std::unique_ptr<ProgramResult> run_program(const std::vector<std::string>& argv);

}  // namespace stackc

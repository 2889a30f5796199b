#pragma once

#include <string>
#include <vector>

namespace stackc::tests {

/// What a finished program left behind.
struct ProcessResult {
  int status = -1;  // exit status; 128 + the signal's number when a signal ended it
  std::string out;
  std::string err;
};

/// Runs `argv` in the folder `cwd` with an empty standard input and waits for it. Throws
/// std::runtime_error when the program cannot be started.
ProcessResult run_process(const std::vector<std::string>& argv, const std::string& cwd);

}  // namespace stackc::tests

#include "tests/support/process.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>

#include "tests/support/files.hpp"

namespace stackc::tests {
namespace {

/// In the child: standard streams to files, then the program. Only async-signal-safe calls.
[[noreturn]] void become(char* const* argv, const char* cwd, const char* out, const char* err) {
  const int in_fd = open("/dev/null", O_RDONLY);
  const int out_fd = open(out, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  const int err_fd = open(err, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (in_fd < 0 || out_fd < 0 || err_fd < 0 || dup2(in_fd, 0) < 0 || dup2(out_fd, 1) < 0 ||
      dup2(err_fd, 2) < 0 || chdir(cwd) != 0) {
    _exit(127);
  }
  execv(argv[0], argv);
  _exit(127);
}

}  // namespace

ProcessResult run_process(const std::vector<std::string>& argv, const std::string& cwd) {
  const TemporaryFolder streams;
  const std::string out = streams.path() / "out";
  const std::string err = streams.path() / "err";
  std::vector<char*> pointers;
  for (const std::string& argument : argv) pointers.push_back(const_cast<char*>(argument.c_str()));
  pointers.push_back(nullptr);

  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("cannot fork");
  if (child == 0) become(pointers.data(), cwd.c_str(), out.c_str(), err.c_str());
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) throw std::runtime_error("cannot wait for " + argv[0]);
  }
  ProcessResult result;
  result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  if (result.status == 127) throw std::runtime_error("cannot run " + argv[0] + " in " + cwd);
  result.out = read_file(out);
  result.err = read_file(err);
  return result;
}

}  // namespace stackc::tests

// Runs one command and says what it cost, for bench/run.
//
//   measure [-C FOLDER] [-o FILE] COMMAND [ARGUMENT]...
//
// One line on standard output: wall time in nanoseconds, user and system time in microseconds, peak resident
// memory in KiB (of the command and of the children that it waited for), exit status. The command's standard
// output goes to FILE or nowhere, its standard error to this program's.
//
// A program of its own because the peak of a child starts at its parent's memory (it is the parent until it
// execs): this one, linked statically, has less than any command that is measured.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>

namespace {

long long now_ns() {
  timespec t{};
  ::clock_gettime(CLOCK_MONOTONIC, &t);
  return static_cast<long long>(t.tv_sec) * 1'000'000'000 + t.tv_nsec;
}

long long micros(const timeval& t) { return static_cast<long long>(t.tv_sec) * 1'000'000 + t.tv_usec; }

int fail(const char* what) {
  std::perror(what);
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  const char* output = "/dev/null";
  int at = 1;
  for (; at + 1 < argc && argv[at][0] == '-'; at += 2) {
    if (std::strcmp(argv[at], "-C") == 0) {
      if (::chdir(argv[at + 1]) != 0) return fail(argv[at + 1]);
    } else if (std::strcmp(argv[at], "-o") == 0) {
      output = argv[at + 1];
    } else {
      break;
    }
  }
  if (at >= argc) return 2;
  const int sink = ::open(output, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (sink < 0) return fail(output);

  char** const command = argv + at;
  const auto start = now_ns();
  const pid_t child = ::vfork();
  if (child < 0) return fail("vfork");
  if (child == 0) {
    ::dup2(sink, STDOUT_FILENO);
    ::execvp(command[0], command);
    ::_exit(127);
  }
  int status = 0;
  rusage used{};
  if (::wait4(child, &status, 0, &used) < 0) return fail("wait4");
  const auto wall = now_ns() - start;
  std::printf("%lld %lld %lld %ld %d\n", wall, micros(used.ru_utime), micros(used.ru_stime), used.ru_maxrss,
              WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
  return 0;
}

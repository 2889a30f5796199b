#include "compiler/driver/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <utility>

extern char** environ;

namespace stackc {

namespace {

constexpr std::size_t kChunk = 1 << 16;
constexpr std::size_t kMostOfErrors = 1 << 16;

/// Two ends that close themselves.
struct Pipe {
  int read = -1;
  int write = -1;

  Pipe() = default;
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    close_read();
    close_write();
  }
  bool open() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return false;
    read = ends[0];
    write = ends[1];
    return true;
  }
  void close_read() { close(read); }
  void close_write() { close(write); }
  int take_read() { return std::exchange(read, -1); }
  int take_write() { return std::exchange(write, -1); }

 private:
  static void close(int& end) {
    if (end >= 0) ::close(end);
    end = -1;
  }
};

/// Starts `argv` with the given ends as its standard streams; -1: nothing there, or nothing to write to.
/// The child gets the default reaction to a closed pipe, which this process ignores. -1 on failure.
pid_t spawn(const std::vector<std::string>& argv, int in, int out, int err) {
  std::vector<char*> words;
  for (const auto& word : argv) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  const auto connect = [&](int end, int stream, int flags) {
    if (end >= 0) {
      posix_spawn_file_actions_adddup2(&actions, end, stream);
    } else {
      posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", flags, 0);
    }
  };
  connect(in, STDIN_FILENO, O_RDONLY);
  connect(out, STDOUT_FILENO, O_WRONLY);
  connect(err, STDERR_FILENO, O_WRONLY);

  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t defaults;
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGPIPE);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);

  pid_t pid = -1;
  const int failure = ::posix_spawnp(&pid, words[0], &actions, &attributes, words.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return failure == 0 ? pid : -1;
}

int wait_for(pid_t pid) {
  int state = 0;
  while (::waitpid(pid, &state, 0) < 0) {
    if (errno != EINTR) return -1;
  }
  return WIFSIGNALED(state) ? 128 + WTERMSIG(state) : WEXITSTATUS(state);
}

/// Appends what can be read; false at the end.
bool read_some(int fd, std::string& into) {
  std::array<char, kChunk> chunk;
  for (;;) {
    const auto n = ::read(fd, chunk.data(), chunk.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    into.append(chunk.data(), static_cast<std::size_t>(n));
    return true;
  }
}

}  // namespace

std::unique_ptr<Program> Program::start(const std::vector<std::string>& argv) {
  Pipe in;
  Pipe out;
  if (!in.open() || !out.open()) return nullptr;
  const auto pid = spawn(argv, in.read, out.write, -1);
  if (pid < 0) return nullptr;
  return std::unique_ptr<Program>(new Program(pid, in.take_write(), out.take_read()));
}

Program::~Program() {
  ::close(in_);
  ::close(out_);
  wait_for(pid_);
}

bool Program::write(std::string_view text) {
  while (!text.empty()) {
    const auto n = ::write(in_, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

bool Program::fill() { return read_some(out_, buffer_); }

bool Program::read_line(std::string& line) {
  std::size_t from = 0;
  for (;;) {
    const auto end = buffer_.find('\n', from);
    if (end != std::string::npos) {
      line = buffer_.substr(0, end);
      buffer_.erase(0, end + 1);
      return true;
    }
    from = buffer_.size();
    if (!fill()) return false;
  }
}

bool Program::read(std::size_t bytes, std::string& into) {
  while (buffer_.size() < bytes) {
    if (!fill()) return false;
  }
  into = buffer_.substr(0, bytes);
  buffer_.erase(0, bytes);
  return true;
}

std::unique_ptr<ProgramResult> run_program(const std::vector<std::string>& argv) {
  Pipe out;
  Pipe err;
  if (!out.open() || !err.open()) return nullptr;
  const auto pid = spawn(argv, -1, out.write, err.write);
  if (pid < 0) return nullptr;
  out.close_write();
  err.close_write();
  auto result = std::make_unique<ProgramResult>();
  std::array<pollfd, 2> streams{pollfd{out.read, POLLIN, 0}, pollfd{err.read, POLLIN, 0}};
  while (streams[0].fd >= 0 || streams[1].fd >= 0) {
    if (::poll(streams.data(), streams.size(), -1) < 0 && errno != EINTR) break;
    for (std::size_t i = 0; i < streams.size(); ++i) {
      if (streams[i].fd < 0 || streams[i].revents == 0) continue;
      if (!read_some(streams[i].fd, i == 0 ? result->out : result->err)) streams[i].fd = -1;
      streams[i].revents = 0;
    }
    if (result->err.size() > kMostOfErrors) result->err.resize(kMostOfErrors);
  }
  result->status = wait_for(pid);
  return result;
}

}  // namespace stackc

#include "tests/cli/program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace stackc::tests {

namespace fs = std::filesystem;

Folder::Folder() {
  std::string name = (fs::temp_directory_path() / "stackc-cli-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = fs::canonical(name);
}

Folder::~Folder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

void Folder::write(const std::string& name, const std::string& text) const {
  const auto file = path_ / name;
  fs::create_directories(file.parent_path());
  std::ofstream out(file, std::ios::binary);
  out << text;
  if (!out.flush()) throw std::runtime_error("cannot write " + file.string());
}

std::optional<std::string> Folder::read(const std::string& name) const {
  std::ifstream in(path_ / name, std::ios::binary);
  if (!in) return std::nullopt;
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

bool Folder::has(const std::string& name) const { return fs::exists(path_ / name); }

std::vector<std::string> Folder::files() const {
  std::vector<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(path_)) {
    if (!entry.is_directory()) names.push_back(fs::relative(entry.path(), path_).string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

namespace {

struct Pipe {
  Pipe() {
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  }
  std::array<int, 2> ends{};  // read, write
};

[[noreturn]] void become(const Folder& folder, const std::vector<std::string>& arguments,
                         const Surroundings& around, const Pipe& in, const Pipe& out, const Pipe& err) {
  ::dup2(in.ends[0], STDIN_FILENO);
  const int target = around.out_path.empty()
                         ? out.ends[1]
                         : ::open(around.out_path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
  ::dup2(target, STDOUT_FILENO);
  ::dup2(err.ends[1], STDERR_FILENO);
  if (::chdir(folder.path().c_str()) != 0) ::_exit(98);
  if (around.in_child && !around.in_child()) ::_exit(99);
  std::vector<std::string> environment{"PATH=/usr/bin:/bin", "LC_ALL=C"};
  for (const auto& [name, value] : around.environment) environment.push_back(name + "=" + value);
  std::vector<char*> argv{const_cast<char*>(STACKC_BINARY)};
  for (const auto& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  std::vector<char*> envp;
  for (const auto& entry : environment) envp.push_back(const_cast<char*>(entry.c_str()));
  envp.push_back(nullptr);
  ::execve(STACKC_BINARY, argv.data(), envp.data());
  ::_exit(98);
}

/// Feeds the child and collects what it says until both of its outputs are closed.
void talk(int to_child, int from_out, int from_err, std::string_view input, Outcome& outcome) {
  bool out_open = from_out >= 0;
  bool err_open = true;
  if (input.empty()) {
    ::close(to_child);
    to_child = -1;
  }
  while (out_open || err_open) {
    std::array<pollfd, 3> fds{{{out_open ? from_out : -1, POLLIN, 0},
                               {err_open ? from_err : -1, POLLIN, 0},
                               {to_child, POLLOUT, 0}}};
    ::poll(fds.data(), fds.size(), -1);
    const auto drain = [](const pollfd& fd, std::string& into, bool& open) {
      if (fd.revents == 0) return;
      std::array<char, 1 << 16> chunk;
      const auto n = ::read(fd.fd, chunk.data(), chunk.size());
      if (n > 0) into.append(chunk.data(), static_cast<std::size_t>(n));
      if (n <= 0) open = false;
    };
    drain(fds[0], outcome.out, out_open);
    drain(fds[1], outcome.err, err_open);
    if (to_child < 0 || fds[2].revents == 0) continue;
    const auto n = ::write(to_child, input.data(), std::min<std::size_t>(input.size(), 1 << 14));
    if (n > 0) input.remove_prefix(static_cast<std::size_t>(n));
    if (n < 0 || input.empty()) {
      ::close(to_child);
      to_child = -1;
    }
  }
}

}  // namespace

Outcome stackc(const Folder& folder, const std::vector<std::string>& arguments, const Surroundings& around) {
  std::signal(SIGPIPE, SIG_IGN);
  const Pipe in;
  const Pipe out;
  const Pipe err;
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("no new process");
  if (child == 0) {
    std::signal(SIGPIPE, SIG_DFL);
    become(folder, arguments, around, in, out, err);
  }
  for (const int fd : {in.ends[0], out.ends[1], err.ends[1]}) ::close(fd);
  Outcome outcome;
  if (around.close_out) ::close(out.ends[0]);
  ::fcntl(in.ends[1], F_SETFL, O_NONBLOCK);
  talk(in.ends[1], around.close_out ? -1 : out.ends[0], err.ends[0], around.input, outcome);
  int status = 0;
  ::waitpid(child, &status, 0);
  if (!around.close_out) ::close(out.ends[0]);
  ::close(err.ends[0]);
  outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return outcome;
}

}  // namespace stackc::tests

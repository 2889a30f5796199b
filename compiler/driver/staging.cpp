#include "compiler/driver/staging.hpp"

#include <csignal>
#include <iterator>

namespace stackc {

namespace {

/// The process ends as the signal wants it, and leaves no temporary file.
void on_end(int signal) {
  remove_staged_files();
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

void remove_files_at_signals() {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    // What was ignored when the program began, as under `nohup`, stays ignored.
    if (std::signal(signal, on_end) == SIG_IGN) std::signal(signal, SIG_IGN);
  }
}

}  // namespace

Staging::~Staging() { fs_.take_back(files_, folders_); }

std::optional<StagedFile> Staging::stage(std::string_view path, std::string_view text) {
  {
    const std::lock_guard lock{mutex_};
    if (files_.empty()) remove_files_at_signals();
  }
  std::vector<std::string> made;
  auto staged = fs_.stage(path, text, made);
  const std::lock_guard lock{mutex_};
  std::move(made.begin(), made.end(), std::back_inserter(folders_));
  if (staged && !staged->temporary.empty()) files_.push_back(*staged);
  return staged;
}

void Staging::done() {
  files_.clear();
  folders_.clear();
}

}  // namespace stackc

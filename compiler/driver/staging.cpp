#include "compiler/driver/staging.hpp"

#include <algorithm>
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

/// Whether `path` is `folder` or below it.
bool is_in(std::string_view path, std::string_view folder) {
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

}  // namespace

Staging::~Staging() { fs_.take_back(files_, folders_); }

std::optional<StagedFile> Staging::stage(std::string_view path, std::string_view text) {
  const Folder* folder = nullptr;
  {
    const std::lock_guard lock{mutex_};
    if (files_.empty()) remove_files_at_signals();
    folder = folder_for(path);
  }
  std::vector<std::string> made;
  std::optional<StagedFile> staged;
  if (folder == nullptr) {
    staged = fs_.stage(path, text, made);
  } else {
    staged = StagedFile{folder->temporary + std::string(path.substr(folder->path.size())), std::string(path)};
    if (!fs_.create(staged->temporary, text, made)) staged.reset();
  }
  const std::lock_guard lock{mutex_};
  std::move(made.begin(), made.end(), std::back_inserter(folders_));
  if (staged && !staged->temporary.empty()) files_.push_back(*staged);
  return staged;
}

/// The one that is staged as a whole and will be `folder` or hold it; null: there is none.
const Staging::Folder* Staging::staged_folder(std::string_view folder) const {
  const auto held = std::ranges::find_if(staged_, [&](const Folder& staged) { return is_in(folder, staged.path); });
  return held != staged_.end() ? &*held : nullptr;
}

/// The folder that is staged as a whole and will hold `path`; null: where `path` belongs there is a folder
/// already.
const Staging::Folder* Staging::folder_for(std::string_view path) {
  const std::string folder(directory_of(path));
  if (const Folder* staged = staged_folder(folder)) return staged;
  if (there_.contains(folder)) return nullptr;
  std::string missing;  // the outermost of those that are
  for (std::string at = folder; at != missing && fs_.kind(at) == PathKind::Missing; at = directory_of(at))
    missing = at;
  auto temporary = missing.empty() ? std::nullopt : fs_.stage_folder(missing);
  if (!temporary) {
    there_.insert(folder);
    return nullptr;
  }
  folders_.push_back(*temporary);
  return &staged_.emplace_back(Folder{missing, *temporary});
}

/// Adds the files that are in memory to the staged folders in which they belong.
bool Staging::complete_folders(std::vector<OutputFile>& files) {
  for (OutputFile& file : files) {
    if (file.settled || staged_folder(directory_of(file.path)) == nullptr) continue;
    auto staged = stage(file.path, file.text);
    if (!staged) return false;
    file.settled = SettledFile{FileState::Changed, std::move(*staged)};
  }
  return true;
}

void Staging::place_folders(std::vector<OutputFile>& files) {
  if (!complete_folders(files)) {
    emptied_ = true;
    return;
  }
  for (const Folder& folder : staged_) {
    if (!fs_.put_folder_in_place(folder.temporary, folder.path)) {
      emptied_ = true;
      continue;
    }
    for (OutputFile& file : files) {
      if (file.settled && is_in(file.settled->staged.temporary, folder.temporary)) file.settled->staged.temporary.clear();
    }
  }
}

void Staging::done() {
  files_.clear();
  if (emptied_) fs_.take_back({}, folders_);
  folders_.clear();
}

}  // namespace stackc

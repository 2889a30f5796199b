#include "compiler/driver/depfile.hpp"

#include <algorithm>

namespace stackc {

namespace {

/// A space and `#` are escaped by a backslash, with backslashes before them doubled; `$` doubles.
std::string escaped(std::string_view path) {
  std::string out;
  std::size_t backslashes = 0;
  for (const char c : path) {
    if (c == ' ' || c == '#' || c == '\t') out.append(backslashes + 1, '\\');
    if (c == '$') out += '$';
    out += c;
    backslashes = c == '\\' ? backslashes + 1 : 0;
  }
  return out;
}

}  // namespace

FileResult<std::string> RecordingFileSystem::read(std::string_view path, std::uint64_t max_bytes) const {
  auto text = inner_.read(path, max_bytes);
  if (std::holds_alternative<std::string>(text)) {
    const std::lock_guard lock{mutex_};
    files_.insert(normalize_path(path));
  }
  return text;
}

FileResult<bool> RecordingFileSystem::write(std::string_view path, std::string_view text) {
  return inner_.write(path, text);
}

PathKind RecordingFileSystem::kind(std::string_view path) const { return inner_.kind(path); }

std::string RecordingFileSystem::real_path(std::string_view path) const { return inner_.real_path(path); }

FileResult<std::vector<FolderEntry>> RecordingFileSystem::list(std::string_view path) const {
  auto listed = inner_.list(path);
  if (std::holds_alternative<std::vector<FolderEntry>>(listed)) {
    const std::lock_guard lock{mutex_};
    folders_.insert(normalize_path(path));
  }
  return listed;
}

std::vector<std::string> RecordingFileSystem::files() const {
  const std::lock_guard lock{mutex_};
  return {files_.begin(), files_.end()};
}

std::vector<std::string> RecordingFileSystem::folders() const {
  const std::lock_guard lock{mutex_};
  return {folders_.begin(), folders_.end()};
}

std::string depfile_text(const std::vector<std::string>& targets, const std::vector<std::string>& inputs) {
  std::string out;
  for (const auto& target : targets) {
    if (!out.empty()) out += ' ';
    out += escaped(target);
  }
  out += ':';
  for (const auto& input : inputs) {
    out += " \\\n  ";
    out += escaped(input);
  }
  out += '\n';
  for (const auto& input : inputs) {
    out += '\n';
    out += escaped(input);
    out += ":\n";
  }
  return out;
}

std::vector<std::string> depfile_inputs(const RecordingFileSystem& fs,
                                        const std::vector<std::string>& written) {
  auto inputs = fs.files();
  std::set<std::string> changing;
  for (const auto& path : written) changing.emplace(directory_of(normalize_path(path)));
  for (auto& folder : fs.folders()) {
    if (!changing.contains(folder)) inputs.push_back(std::move(folder));
  }
  return inputs;
}

}  // namespace stackc

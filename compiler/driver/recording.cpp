#include "compiler/driver/recording.hpp"

namespace stackc {

FileResult<std::string> RecordingFileSystem::read(std::string_view path, std::uint64_t max_bytes) const {
  auto text = inner_.read(path, max_bytes);
  const auto* const content = std::get_if<std::string>(&text);
  const TextRead seen = content == nullptr ? TextRead{} : TextRead{content->size(), fingerprint_of(*content)};
  const bool again = content != nullptr && inner_.kind(path) == PathKind::File;
  const std::lock_guard lock{mutex_};
  if (!again) answers_.complete = false;
  if (content == nullptr) return text;
  const auto [first, is_new] = answers_.texts.try_emplace(normalize_path(path), seen);
  if (!is_new && first->second.fingerprint != seen.fingerprint) answers_.complete = false;
  return text;
}

FileResult<bool> RecordingFileSystem::write(std::string_view path, std::string_view text) {
  return inner_.write(path, text);
}

PathKind RecordingFileSystem::kind(std::string_view path) const {
  const auto kind = inner_.kind(path);
  const std::lock_guard lock{mutex_};
  answers_.kinds.try_emplace(normalize_path(path), kind);
  return kind;
}

std::string RecordingFileSystem::real_path(std::string_view path) const {
  auto real = inner_.real_path(path);
  const std::lock_guard lock{mutex_};
  answers_.real_paths.try_emplace(normalize_path(path), real);
  return real;
}

FileResult<std::vector<FolderEntry>> RecordingFileSystem::list(std::string_view path) const {
  auto listed = inner_.list(path);
  const auto* const entries = std::get_if<std::vector<FolderEntry>>(&listed);
  const std::lock_guard lock{mutex_};
  if (entries == nullptr) {
    answers_.complete = false;
  } else {
    answers_.folders.try_emplace(normalize_path(path), *entries);
  }
  return listed;
}

}  // namespace stackc

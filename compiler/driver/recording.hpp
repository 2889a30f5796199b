#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/filesystem.hpp"
#include "compiler/base/fingerprint.hpp"

namespace stackc {

/// A text that was read and is not kept.
struct TextRead {
  std::uint64_t size = 0;  // bytes
  Fingerprint fingerprint;
};

/// What was asked of a file system and what it said, by path.
struct Answers {
  std::map<std::string, TextRead> texts;
  std::map<std::string, PathKind> kinds;  // of what was not read
  std::map<std::string, std::string> real_paths;
  std::map<std::string, std::vector<FolderEntry>> folders;
  /// False: something could not be read and nobody minded, or gives its text only once (a pipe), or changed while the
  /// run went on.
  bool complete = true;
};

/// Another file system that remembers what was asked of it. Threads may read at the same time.
class RecordingFileSystem final : public FileSystem {
 public:
  explicit RecordingFileSystem(FileSystem& inner) : inner_(inner) {}

  FileResult<std::string> read(std::string_view path, std::uint64_t max_bytes) const override;
  FileResult<bool> write(std::string_view path, std::string_view text) override;
  PathKind kind(std::string_view path) const override;
  /// No answer that a result may depend on: nothing is remembered.
  std::uint64_t size(std::string_view path) const override { return inner_.size(path); }
  std::string real_path(std::string_view path) const override;
  FileResult<std::vector<FolderEntry>> list(std::string_view path) const override;

  /// Not while somebody reads.
  [[nodiscard]] const Answers& answers() const { return answers_; }

 private:
  FileSystem& inner_;
  mutable std::mutex mutex_;
  mutable Answers answers_;
};

}  // namespace stackc

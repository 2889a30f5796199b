#pragma once

#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/filesystem.hpp"

namespace stackc {

/// Another file system that remembers what was read from it. Threads may read at the same time.
class RecordingFileSystem final : public FileSystem {
 public:
  explicit RecordingFileSystem(FileSystem& inner) : inner_(inner) {}

  FileResult<std::string> read(std::string_view path, std::uint64_t max_bytes) const override;
  FileResult<bool> write(std::string_view path, std::string_view text) override;
  PathKind kind(std::string_view path) const override;
  std::string real_path(std::string_view path) const override;
  FileResult<std::vector<FolderEntry>> list(std::string_view path) const override;

  /// Files that were read and folders that were listed, sorted. What was looked for and not found is left
  /// out: a build tool takes a missing input for a reason to run each time.
  [[nodiscard]] std::vector<std::string> files() const;
  [[nodiscard]] std::vector<std::string> folders() const;

 private:
  FileSystem& inner_;
  mutable std::mutex mutex_;
  mutable std::set<std::string> files_, folders_;
};

/// A rule in the syntax of make, as compilers write it (`-MD -MP`) and make and ninja read it: `targets`
/// depend on `inputs`, and each input is a target by itself, so that one that was deleted does not stop the
/// build. https://www.gnu.org/software/make/manual/html_node/Rule-Syntax.html
std::string depfile_text(const std::vector<std::string>& targets, const std::vector<std::string>& inputs);

/// The inputs for a depfile: all files, and those folders that hold none of `written`; a folder changes by
/// what is written into it, so it would be newer than the output for ever.
std::vector<std::string> depfile_inputs(const RecordingFileSystem& fs,
                                        const std::vector<std::string>& written);

}  // namespace stackc

#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace stackc::tests {

/// A new empty folder, removed with everything in it at the end of the scope.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// The repository's root.
std::filesystem::path source_root();

/// The whole file; throws std::runtime_error when it cannot be read.
std::string read_file(const std::filesystem::path& path);
/// Makes missing folders.
void write_file(const std::filesystem::path& path, std::string_view text);

/// All files below `folder` (not in `node_modules`), as relative paths with `/`, sorted; nothing when there
/// is no such folder.
std::vector<std::string> files_below(const std::filesystem::path& folder);
/// The same with their contents.
std::map<std::string, std::string> contents_below(const std::filesystem::path& folder);

std::vector<std::string_view> split_lines(std::string_view text);

/// What differs, as lines with `-` (expected) and `+` (seen) and a little context.
std::string line_diff(std::string_view expected, std::string_view seen);

}  // namespace stackc::tests

#pragma once

#include <string>
#include <string_view>

#include "compiler/base/filesystem.hpp"

namespace stackc {

/// A file system in which one file has a text that was read already: standard input, or a pipe, which can be read
/// once only. Refers to the rest, which must outlive it. Writing fails.
class WithText final : public FileSystem {
 public:
  WithText(const FileSystem& rest, std::string path, std::string text);

  FileResult<std::string> read(std::string_view path, std::uint64_t max_bytes) const override;
  FileResult<bool> write(std::string_view path, std::string_view text) override;
  PathKind kind(std::string_view path) const override;
  std::string real_path(std::string_view path) const override;
  FileResult<std::vector<FolderEntry>> list(std::string_view path) const override;

 private:
  const FileSystem& rest_;
  std::string path_;
  std::string text_;
};

/// Is it a template in JSON or YAML rather than stack source? Of a text that has no name to tell.
bool looks_like_template(std::string_view text);

}  // namespace stackc

#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "compiler/base/filesystem.hpp"
#include "compiler/driver/process.hpp"

namespace stackc {

/// Why a revision cannot be read, ready to be shown.
struct GitError {
  std::string reason;
  std::string help;
};

/// The files of a git revision, as they would lie on disk: relative paths start at the same folder of the
/// repository that the process stands in, absolute ones below the repository's folder work too. Files are
/// read when they are asked for. Submodules are not there; a link stands for the file that it leads to.
/// Writing fails.
class GitTree final : public FileSystem {
 public:
  /// `revision` is whatever git takes as a commit; `working_folder` is absolute and inside a repository.
  static std::variant<std::unique_ptr<GitTree>, GitError> open(const std::string& revision,
                                                               const std::string& working_folder);

  FileResult<std::string> read(std::string_view path, std::uint64_t max_bytes) const override;
  FileResult<bool> write(std::string_view path, std::string_view text) override;
  PathKind kind(std::string_view path) const override;
  std::string real_path(std::string_view path) const override;
  FileResult<std::vector<FolderEntry>> list(std::string_view path) const override;

  /// The path from the repository's folder; empty for that folder itself. False when it leads outside.
  bool locate(std::string_view path, std::string& in_tree) const;
  /// Where the process stands in the repository, from its root: `services/shop`; empty at the root.
  [[nodiscard]] const std::string& standing() const { return standing_; }
  /// Is there a file or folder at `in_tree`, a path from the repository's root?
  [[nodiscard]] bool has(std::string_view in_tree) const;

 private:
  struct Entry {
    std::string object;
    bool link = false;
  };
  using Files = std::map<std::string, Entry, std::less<>>;

  GitTree() = default;
  void index(std::string_view listing);
  /// The file behind `path`, through links; null: there is none.
  const Entry* file_at(std::string_view path) const;
  bool read_object(const std::string& object, std::string& into) const;
  [[nodiscard]] bool is_folder(std::string_view in_tree) const;

  std::string root_;  // absolute, of the work tree
  std::string standing_;
  Files files_;                               // by path from the root
  mutable std::unique_ptr<Program> objects_;  // `git cat-file --batch`, once it is needed
};

}  // namespace stackc

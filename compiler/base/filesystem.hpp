#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace stackc {

/// What the operating system said when a file operation failed. `reason` is ready for a message:
/// lower case, no full stop ("no such file", "is a directory", "permission denied", "no space left
/// on device", "larger than 10 MiB").
struct FileError {
  enum class Kind : std::uint8_t { NotFound, IsDirectory, NoPermission, NoSpace, TooLarge, Other };
  Kind kind = Kind::Other;
  std::string reason;
};

template <class T>
using FileResult = std::variant<T, FileError>;

enum class PathKind : std::uint8_t { Missing, File, Directory, Other };

/// What is in a folder. Links are followed: `kind` is that of what they lead to.
struct FolderEntry {
  std::string name;
  PathKind kind = PathKind::Missing;

  friend bool operator==(const FolderEntry&, const FolderEntry&) = default;
};

/// A text that is written already and waits beside its place.
struct StagedFile {
  std::string temporary;  // the file that holds it; empty: the file at its place holds it
  std::string target;     // its place, links followed
};

/// What the compiler needs of a disk. The stages never touch the disk themselves: the driver gives
/// them one of these, the real one or one in memory. Paths use `/`, relative to the working folder.
class FileSystem {
 public:
  virtual ~FileSystem() = default;

  /// The whole file, at most `max_bytes`.
  virtual FileResult<std::string> read(std::string_view path, std::uint64_t max_bytes) const = 0;
  /// Makes `path` hold exactly `text`, or leaves it as it was: writes beside it and renames. Makes
  /// missing folders. The result says whether bytes changed: an equal file is not touched.
  virtual FileResult<bool> write(std::string_view path, std::string_view text) = 0;
  /// The first half of `write`; the other one is `put_in_place`. Folders that had to be made are added to `made`, which
  /// is empty.
  /// Nothing where this cannot be done, of which `write` then says why, and where files are not on a disk.
  virtual std::optional<StagedFile> stage(std::string_view path, std::string_view text,
                                          std::vector<std::string>& made);
  /// Makes a staged file, one with a `temporary`, what its place holds, with the folders that are missing; when that
  /// fails it is gone.
  virtual FileResult<bool> put_in_place(const StagedFile& file);
  /// Makes an empty folder beside `path`, where there is nothing, and gives its name. `create` fills it, and
  /// `put_folder_in_place` puts it there, with all that is in it: nothing has to be renamed file by file. Nothing where
  /// this cannot be done.
  virtual std::optional<std::string> stage_folder(std::string_view path);
  /// Makes a new file in a staged folder, or nothing. Folders that had to be made are added to `made`.
  virtual bool create(std::string_view path, std::string_view text, std::vector<std::string>& made);
  /// False, and nothing has changed, when it cannot be done: when something has come to be at `path`.
  virtual bool put_folder_in_place(const std::string& temporary, const std::string& path);
  /// Removes staged files and then the folders that were made for them, where they are empty. What is in its place
  /// stays there.
  virtual void take_back(std::span<const StagedFile> files, std::span<const std::string> made);

  virtual PathKind kind(std::string_view path) const = 0;
  /// Bytes of a file, as far as that can be said without reading it; 0: it cannot.
  virtual std::uint64_t size(std::string_view path) const;
  /// The absolute path without links; empty when there is no such file. In memory, where there are no links:
  /// the normalized path.
  virtual std::string real_path(std::string_view path) const { return normal(path); }
  /// The files and folders in a folder, sorted by name.
  virtual FileResult<std::vector<FolderEntry>> list(std::string_view path) const = 0;

 private:
  static std::string normal(std::string_view path);
};

/// The disk.
std::unique_ptr<FileSystem> disk();
/// Removes the files that are staged on the disk and not in their place, and the folders that were made for them, where
/// they are empty. Safe in a signal handler.
void remove_staged_files();

/// Files in memory, for tests and fuzzing.
class MemoryFileSystem final : public FileSystem {
 public:
  std::map<std::string, std::string, std::less<>> files;

  FileResult<std::string> read(std::string_view path, std::uint64_t max_bytes) const override;
  FileResult<bool> write(std::string_view path, std::string_view text) override;
  PathKind kind(std::string_view path) const override;
  std::uint64_t size(std::string_view path) const override;
  FileResult<std::vector<FolderEntry>> list(std::string_view path) const override;
};

/// `a/b/../c//d` -> `a/c/d`; keeps a leading `/` or `..`.
std::string normalize_path(std::string_view path);
/// The folder part of a path, `.` when it has none.
std::string_view directory_of(std::string_view path);
/// `dir` and `name` joined and normalized; an absolute `name` stands alone.
std::string join_path(std::string_view dir, std::string_view name);

}  // namespace stackc

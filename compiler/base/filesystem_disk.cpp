#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <utility>

#include "compiler/base/file_errors.hpp"
#include "compiler/base/filesystem.hpp"
#include "compiler/base/staged_names.hpp"
#include "compiler/base/text.hpp"

namespace stackc {
namespace {

constexpr mode_t kPermissions = 07777;

/// An open file, closed at the end of the scope.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;

  [[nodiscard]] bool valid() const { return fd_ >= 0; }
  [[nodiscard]] int get() const { return fd_; }
  /// Closes now; false when the system only then says that the bytes did not fit.
  bool close() { return ::close(std::exchange(fd_, -1)) == 0; }

 private:
  int fd_;
};

int open_retrying(const char* path, int flags, mode_t mode = 0) {
  int fd = -1;
  do {
    fd = ::open(path, flags | O_CLOEXEC, mode);
  } while (fd < 0 && errno == EINTR);
  return fd;
}

/// All that is left in `fd`, 0 or an errno. Reads one byte past the limit to know that there is more. `expected` is
/// the size of a regular file, which gives all that it has: when there is room for more and no more comes, that is
/// its end. Of anything else it is 0.
int read_all(int fd, std::uint64_t max_bytes, std::size_t expected, std::string& into) {
  constexpr std::size_t kChunk = 1u << 16;
  std::size_t used = 0;
  into.resize(expected + 1);
  for (;;) {
    if (used == into.size()) into.resize(into.size() + std::max(kChunk, into.size() / 2));
    const ssize_t got = ::read(fd, into.data() + used, into.size() - used);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno;
    if (got == 0) break;
    used += static_cast<std::size_t>(got);
    if (used > max_bytes) return EOVERFLOW;
    if (expected > 0 && used == expected) break;
  }
  into.resize(used);
  return 0;
}

/// Writes all of `text`; 0 or an errno.
int write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t put = ::write(fd, text.data(), text.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return errno;
    if (put == 0) return ENOSPC;
    text.remove_prefix(static_cast<std::size_t>(put));
  }
  return 0;
}

/// Makes `folder` and the folders above it that are missing; those made are added to `made`.
int make_folders(const std::string& folder, std::vector<std::string>& made) {
  if (::mkdir(folder.c_str(), 0777) == 0) {
    made.push_back(folder);
    return 0;
  }
  if (errno == EEXIST) {
    struct stat status {};
    return ::stat(folder.c_str(), &status) == 0 && S_ISDIR(status.st_mode) ? 0 : ENOTDIR;
  }
  const std::string above(directory_of(folder));
  if (errno != ENOENT || above == folder) return errno;
  if (const int error = make_folders(above, made); error != 0) return error;
  if (::mkdir(folder.c_str(), 0777) == 0) {
    made.push_back(folder);
    return 0;
  }
  return errno == EEXIST ? 0 : errno;  // another process made it in between
}

/// What becomes of a temporary file: it is renamed at once, or staged, and then remembered before it is there, for a
/// signal may come at any time.
enum class Stay : std::uint8_t { Brief, Staged };

/// A name in `folder` that nobody else has, unless a process of the same number left it.
std::string temporary_in(std::string_view folder) {
  static const pid_t process = ::getpid();
  static std::atomic<std::uint32_t> next{0};
  return fmt::format("{}/.stackc-{}-{}.tmp", folder, process, next.fetch_add(1));
}
constexpr int kTries = 100;  // of such names

/// Opens a new file in `folder` that nobody else has; its path goes to `path`.
int open_temporary(std::string_view folder, std::string& path, Stay stay) {
  for (int tries = 0; tries < kTries; ++tries) {
    path = temporary_in(folder);
    if (stay == Stay::Staged) remember_staged(path, false);
    const int fd = open_retrying(path.c_str(), O_WRONLY | O_CREAT | O_EXCL, 0666);
    if (fd >= 0 || errno != EEXIST) return fd;
  }
  return -1;
}

/// Writes `text` into the new file at `path`, which is gone when that fails; 0 or an errno. `mode` is the one that it
/// gets, 0 for what new files have.
int fill(Descriptor file, const std::string& path, std::string_view text, mode_t mode) {
  if (!file.valid()) return errno;
  int error = write_all(file.get(), text);
  // Best effort: a file system without permissions is no reason to fail.
  if (error == 0 && mode != 0) static_cast<void>(::fchmod(file.get(), mode));
  if (!file.close() && error == 0) error = errno;
  if (error != 0) ::unlink(path.c_str());
  return error;
}

/// Puts `text` beside `path` in a file of its own; 0 or an errno. `mode` is the old file's, 0 for a new one.
int write_beside(const std::string& path, std::string_view text, mode_t mode, Stay stay, std::string& temporary) {
  const int fd = open_temporary(directory_of(path), temporary, stay);
  return fill(Descriptor(fd), temporary, text, mode);
}

/// Puts `text` beside `path` and renames; 0 or an errno.
int replace_file(const std::string& path, std::string_view text, mode_t mode) {
  std::string temporary;
  if (const int error = write_beside(path, text, mode, Stay::Brief, temporary); error != 0) return error;
  if (::rename(temporary.c_str(), path.c_str()) == 0) return 0;
  const int error = errno;
  ::unlink(temporary.c_str());
  return error;
}

/// Does `step`, which puts a file into the folder of `path`; when there is no such folder, once more after making it.
template <class Step>
int in_folder_of(const std::string& path, std::vector<std::string>& made, const Step& step) {
  int error = step();
  if (error != ENOENT) return error;  // only the first file of a folder finds that there is none
  error = make_folders(std::string(directory_of(path)), made);
  return error == 0 ? step() : error;
}

/// Newest first: those that hold nothing else go.
void remove_folders(std::span<const std::string> made) {
  for (std::size_t i = made.size(); i-- > 0;) ::rmdir(made[i].c_str());
}

/// What stands at `path`: 0 or an errno. A link is followed, so that the file it names is replaced and not the link.
int look_at(std::string& path, struct stat& status) {
  if (::lstat(path.c_str(), &status) != 0) return errno;
  if (!S_ISLNK(status.st_mode)) return 0;
  if (char* const real = ::realpath(path.c_str(), nullptr); real != nullptr) {
    path = real;
    std::free(real);
  }
  return ::stat(path.c_str(), &status) != 0 ? errno : 0;
}

bool holds(const std::string& path, std::string_view text) {
  Descriptor file(open_retrying(path.c_str(), O_RDONLY));
  std::string current;
  return file.valid() && read_all(file.get(), text.size(), text.size(), current) == 0 && current == text;
}

/// Paths go to the system as C strings: a NUL inside would silently name another file.
bool has_nul(std::string_view path) { return path.find('\0') != std::string_view::npos; }

FileError nul_in_path() { return {FileError::Kind::Other, "a path cannot contain a NUL byte"}; }

/// What the listing of a folder says of an entry; `Missing` where it does not: of links, and on some file systems.
PathKind kind_in_listing(const dirent& entry) {
  switch (entry.d_type) {
    case DT_REG: return PathKind::File;
    case DT_DIR: return PathKind::Directory;
    case DT_LNK:
    case DT_UNKNOWN: return PathKind::Missing;
    default: return PathKind::Other;
  }
}

class Disk final : public FileSystem {
 public:
  FileResult<std::string> read(std::string_view path, std::uint64_t max_bytes) const override {
    if (has_nul(path)) return nul_in_path();
    Descriptor file(open_retrying(std::string(path).c_str(), O_RDONLY | O_NOCTTY));
    struct stat status {};
    if (!file.valid() || ::fstat(file.get(), &status) != 0) return file_error(errno);
    if (S_ISDIR(status.st_mode)) return file_error(EISDIR);
    std::size_t expected = 0;  // pipes and devices, /proc too, do not say
    if (S_ISREG(status.st_mode)) {
      expected = static_cast<std::size_t>(status.st_size);
      if (expected > max_bytes) return too_large(max_bytes);
    }
    std::string text;
    const int error = read_all(file.get(), max_bytes, expected, text);
    if (error == EOVERFLOW) return too_large(max_bytes);
    if (error != 0) return file_error(error);
    return text;
  }

  FileResult<bool> write(std::string_view path, std::string_view text) override {
    if (has_nul(path)) return nul_in_path();
    std::string target(path);
    struct stat status {};
    if (const int error = look_at(target, status); error != 0) {
      if (error != ENOENT) return file_error(error);
      return write_new(target, text);
    }
    if (S_ISDIR(status.st_mode)) return file_error(EISDIR);
    if (!S_ISREG(status.st_mode)) return write_through(target, text);
    if (static_cast<std::size_t>(status.st_size) == text.size() && holds(target, text)) return false;
    // Renaming over it would work: a file that is marked read-only is not to be changed all the same.
    if (::faccessat(AT_FDCWD, target.c_str(), W_OK, AT_EACCESS) != 0) return file_error(errno);
    const int error = replace_file(target, text, status.st_mode & kPermissions);
    if (error != 0) return file_error(error);
    return true;
  }

  std::optional<StagedFile> stage(std::string_view path, std::string_view text,
                                  std::vector<std::string>& made) override {
    if (has_nul(path)) return std::nullopt;
    StagedFile staged{{}, std::string(path)};
    struct stat status {};
    const int missing = look_at(staged.target, status);
    if (missing != 0 && missing != ENOENT) return std::nullopt;
    if (missing == 0) {
      if (!S_ISREG(status.st_mode)) return std::nullopt;
      if (static_cast<std::size_t>(status.st_size) == text.size() && holds(staged.target, text)) return staged;
      if (::faccessat(AT_FDCWD, staged.target.c_str(), W_OK, AT_EACCESS) != 0) return std::nullopt;
    }
    const mode_t mode = missing == 0 ? status.st_mode & kPermissions : 0;
    const int error = in_folder_of(staged.target, made, [&] {
      for (const auto& folder : made) remember_staged(folder, true);
      return write_beside(staged.target, text, mode, Stay::Staged, staged.temporary);
    });
    return error == 0 ? std::optional(std::move(staged)) : std::nullopt;
  }

  FileResult<bool> put_in_place(const StagedFile& file) override {
    std::vector<std::string> made;
    const int error = in_folder_of(file.target, made, [&] {
      return ::rename(file.temporary.c_str(), file.target.c_str()) == 0 ? 0 : errno;
    });
    if (error == 0) return true;
    ::unlink(file.temporary.c_str());
    remove_folders(made);
    return file_error(error);
  }

  std::optional<std::string> stage_folder(std::string_view path) override {
    for (int tries = 0; tries < kTries; ++tries) {
      auto temporary = temporary_in(directory_of(path));
      remember_staged(temporary, true);
      if (::mkdir(temporary.c_str(), 0777) == 0) return temporary;
      if (errno != EEXIST) break;
    }
    return std::nullopt;
  }

  bool create(std::string_view path, std::string_view text, std::vector<std::string>& made) override {
    if (has_nul(path)) return false;
    const std::string file(path);
    return in_folder_of(file, made, [&] {
             for (const auto& folder : made) remember_staged(folder, true);
             remember_staged(file, false);
             const int fd = open_retrying(file.c_str(), O_WRONLY | O_CREAT | O_EXCL, 0666);
             return fill(Descriptor(fd), file, text, 0);
           }) == 0;
  }

  bool put_folder_in_place(const std::string& temporary, const std::string& path) override {
    return ::rename(temporary.c_str(), path.c_str()) == 0;
  }

  void take_back(std::span<const StagedFile> files, std::span<const std::string> made) override {
    for (const StagedFile& file : files) ::unlink(file.temporary.c_str());
    remove_folders(made);
  }

  std::string real_path(std::string_view path) const override {
    char* real = ::realpath(std::string(path).c_str(), nullptr);
    if (real == nullptr) return {};
    std::string out(real);
    std::free(real);
    return out;
  }

  PathKind kind(std::string_view path) const override {
    struct stat status {};
    if (has_nul(path)) return PathKind::Missing;
    if (::stat(std::string(path).c_str(), &status) != 0) {
      // What may not be looked at is there: reading it then says why it cannot be read.
      return errno == ENOENT || errno == ENOTDIR ? PathKind::Missing : PathKind::Other;
    }
    if (S_ISREG(status.st_mode)) return PathKind::File;
    return S_ISDIR(status.st_mode) ? PathKind::Directory : PathKind::Other;
  }

  std::uint64_t size(std::string_view path) const override {
    struct stat status {};
    const bool known = ::stat(std::string(path).c_str(), &status) == 0 && S_ISREG(status.st_mode);
    return known ? static_cast<std::uint64_t>(status.st_size) : 0;
  }

  FileResult<std::vector<FolderEntry>> list(std::string_view path) const override {
    if (has_nul(path)) return nul_in_path();
    DIR* folder = ::opendir(std::string(path).c_str());
    if (folder == nullptr && errno == ENOTDIR) return FileError{FileError::Kind::Other, "is not a folder"};
    if (folder == nullptr) return file_error(errno, "no such folder");
    std::vector<FolderEntry> entries;
    errno = 0;
    while (const dirent* entry = ::readdir(folder)) {
      const std::string_view name = entry->d_name;
      if (name != "." && name != "..") entries.push_back({std::string(name), kind_in_listing(*entry)});
    }
    const int error = errno;
    ::closedir(folder);
    if (error != 0) return file_error(error);
    std::ranges::sort(entries, {}, &FolderEntry::name);
    for (FolderEntry& entry : entries) {
      if (entry.kind == PathKind::Missing) entry.kind = kind(join_path(path, entry.name));
    }
    return entries;
  }

 private:
  /// Folders that were made for a file that then could not be written are removed again.
  static FileResult<bool> write_new(const std::string& path, std::string_view text) {
    std::vector<std::string> made;
    const int error = in_folder_of(path, made, [&] { return replace_file(path, text, 0); });
    if (error == 0) return true;
    remove_folders(made);
    return file_error(error, "no such folder");
  }

  /// Terminals, pipes and devices cannot be replaced: the bytes go through them.
  static FileResult<bool> write_through(const std::string& path, std::string_view text) {
    Descriptor file(open_retrying(path.c_str(), O_WRONLY | O_NOCTTY));
    if (!file.valid()) return file_error(errno);
    int error = write_all(file.get(), text);
    if (!file.close() && error == 0) error = errno;
    if (error != 0) return file_error(error);
    return true;
  }
};

}  // namespace

std::uint64_t FileSystem::size(std::string_view) const { return 0; }
std::optional<StagedFile> FileSystem::stage(std::string_view, std::string_view, std::vector<std::string>&) {
  return std::nullopt;
}
FileResult<bool> FileSystem::put_in_place(const StagedFile&) { return file_error(ENOENT); }
std::optional<std::string> FileSystem::stage_folder(std::string_view) { return std::nullopt; }
bool FileSystem::create(std::string_view, std::string_view, std::vector<std::string>&) { return false; }
bool FileSystem::put_folder_in_place(const std::string&, const std::string&) { return false; }
void FileSystem::take_back(std::span<const StagedFile>, std::span<const std::string>) {}

std::unique_ptr<FileSystem> disk() { return std::make_unique<Disk>(); }

}  // namespace stackc

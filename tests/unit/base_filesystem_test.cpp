#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include "compiler/base/filesystem.hpp"

namespace stackc {
namespace {

using testing::ElementsAre;
namespace fs = std::filesystem;

constexpr std::uint64_t kMiB = 1024 * 1024;

template <class T>
std::string reason(const FileResult<T>& result) {
  const auto* error = std::get_if<FileError>(&result);
  return error != nullptr ? error->reason : "no error";
}

template <class T>
FileError::Kind kind_of(const FileResult<T>& result) {
  return std::get<FileError>(result).kind;
}

std::vector<std::string> names(const FileResult<std::vector<FolderEntry>>& listed) {
  std::vector<std::string> out;
  for (const FolderEntry& entry : std::get<std::vector<FolderEntry>>(listed)) out.push_back(entry.name);
  return out;
}

class DiskTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "stackc-disk-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    root_ = pattern;
  }
  void TearDown() override { fs::remove_all(root_); }

  [[nodiscard]] std::string path(const std::string& name) const { return root_ + "/" + name; }
  [[nodiscard]] std::string content(const std::string& name) const {
    std::ifstream in(path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  /// Every name below the folder of the test, sorted.
  [[nodiscard]] std::vector<std::string> all() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(root_)) {
      names.push_back(fs::relative(entry.path(), root_).string());
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  std::string root_;
  std::unique_ptr<FileSystem> disk_ = disk();
};

TEST_F(DiskTest, WritesReadsAndLeavesNothingElse) {
  EXPECT_TRUE(std::get<bool>(disk_->write(path("a.json"), "one")));
  EXPECT_EQ(std::get<std::string>(disk_->read(path("a.json"), kMiB)), "one");
  EXPECT_TRUE(std::get<bool>(disk_->write(path("a.json"), "two")));
  EXPECT_EQ(content("a.json"), "two");
  EXPECT_THAT(all(), ElementsAre("a.json"));
}

TEST_F(DiskTest, KeepsBytesAsTheyAre) {
  const std::string bytes("\0\r\n\xFF\xEF\xBB\xBF", 7);
  ASSERT_TRUE(std::get<bool>(disk_->write(path("a"), bytes)));
  EXPECT_EQ(std::get<std::string>(disk_->read(path("a"), kMiB)), bytes);
  ASSERT_TRUE(std::get<bool>(disk_->write(path("empty"), "")));
  EXPECT_EQ(std::get<std::string>(disk_->read(path("empty"), kMiB)), "");
}

TEST_F(DiskTest, DoesNotTouchAnEqualFile) {
  ASSERT_TRUE(std::get<bool>(disk_->write(path("a"), "same")));
  struct stat before {};
  ASSERT_EQ(::stat(path("a").c_str(), &before), 0);
  EXPECT_FALSE(std::get<bool>(disk_->write(path("a"), "same")));
  struct stat after {};
  ASSERT_EQ(::stat(path("a").c_str(), &after), 0);
  EXPECT_EQ(before.st_ino, after.st_ino);
  EXPECT_EQ(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
  EXPECT_TRUE(std::get<bool>(disk_->write(path("a"), "sane")));  // as long, but not equal
}

TEST_F(DiskTest, MakesMissingFolders) {
  EXPECT_TRUE(std::get<bool>(disk_->write(path("out/production/a.json"), "x")));
  EXPECT_THAT(all(), ElementsAre("out", "out/production", "out/production/a.json"));
}

TEST_F(DiskTest, KeepsPermissionsAndLinks) {
  ASSERT_TRUE(std::get<bool>(disk_->write(path("real"), "old")));
  ASSERT_EQ(::chmod(path("real").c_str(), 0640), 0);
  fs::create_symlink("real", path("link"));
  EXPECT_TRUE(std::get<bool>(disk_->write(path("link"), "new")));
  EXPECT_TRUE(fs::is_symlink(path("link")));
  EXPECT_EQ(content("real"), "new");
  struct stat status {};
  ASSERT_EQ(::stat(path("real").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777u, 0640u);
}

TEST_F(DiskTest, SaysWhyItCannotRead) {
  EXPECT_EQ(reason(disk_->read(path("none"), kMiB)), "no such file");
  EXPECT_EQ(kind_of(disk_->read(path("none"), kMiB)), FileError::Kind::NotFound);
  EXPECT_EQ(reason(disk_->read(root_, kMiB)), "is a directory");
  EXPECT_EQ(kind_of(disk_->read(root_, kMiB)), FileError::Kind::IsDirectory);
  ASSERT_TRUE(std::get<bool>(disk_->write(path("a"), "text")));
  EXPECT_EQ(reason(disk_->read(path("a/b"), kMiB)), "a part of the path is not a folder");
  EXPECT_EQ(reason(disk_->read(std::string_view("a\0b", 3), kMiB)), "a path cannot contain a NUL byte");
  EXPECT_EQ(reason(disk_->read(path(std::string(300, 'x')), kMiB)), "file name too long");
}

TEST_F(DiskTest, RefusesWhatIsTooLarge) {
  ASSERT_TRUE(std::get<bool>(disk_->write(path("a"), std::string(kMiB + 1, 'x'))));
  EXPECT_EQ(reason(disk_->read(path("a"), kMiB)), "larger than 1 MiB");
  EXPECT_EQ(kind_of(disk_->read(path("a"), kMiB)), FileError::Kind::TooLarge);
  EXPECT_EQ(std::get<std::string>(disk_->read(path("a"), kMiB + 1)).size(), kMiB + 1);
  EXPECT_EQ(reason(disk_->read("/dev/zero", 3 * 1024)), "larger than 3 KiB");  // its size is not known before
  EXPECT_EQ(reason(disk_->read(path("a"), 1000)), "larger than 1000 bytes");
}

TEST_F(DiskTest, ReadsPipesAndDevices) {
  EXPECT_EQ(std::get<std::string>(disk_->read("/dev/null", kMiB)), "");
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  ASSERT_EQ(::write(ends[1], "piped", 5), 5);
  ::close(ends[1]);
  EXPECT_EQ(std::get<std::string>(disk_->read("/dev/fd/" + std::to_string(ends[0]), kMiB)), "piped");
  ::close(ends[0]);
}

TEST_F(DiskTest, WritesThroughDevices) {
  EXPECT_TRUE(std::get<bool>(disk_->write("/dev/null", "gone")));
  EXPECT_EQ(disk_->kind("/dev/null"), PathKind::Other);  // and it is still a device
  const auto full = disk_->write("/dev/full", "x");
  EXPECT_EQ(reason(full), "no space left on device");
  EXPECT_EQ(kind_of(full), FileError::Kind::NoSpace);
}

TEST_F(DiskTest, SaysWhyItCannotWrite) {
  EXPECT_EQ(reason(disk_->write(root_, "x")), "is a directory");
  ASSERT_TRUE(std::get<bool>(disk_->write(path("file"), "x")));
  EXPECT_EQ(reason(disk_->write(path("file/below"), "x")), "a part of the path is not a folder");
  EXPECT_EQ(reason(disk_->write(path("file/far/below"), "x")), "a part of the path is not a folder");
  EXPECT_EQ(reason(disk_->write("", "x")), "no such folder");
  EXPECT_THAT(all(), ElementsAre("file"));
}

/// Gives up the administrator's rights, to whom everything is permitted, until the end of the scope.
class AsNobody {
 public:
  explicit AsNobody(const std::string& folder) : administrator_(::geteuid() == 0) {
    constexpr uid_t kNobody = 65534;
    if (!administrator_) return;
    EXPECT_EQ(::chown(folder.c_str(), kNobody, kNobody), 0);
    EXPECT_EQ(::seteuid(kNobody), 0);
  }
  ~AsNobody() {
    if (administrator_) {
      EXPECT_EQ(::seteuid(0), 0);
    }
  }
  AsNobody(const AsNobody&) = delete;
  AsNobody& operator=(const AsNobody&) = delete;

 private:
  bool administrator_;
};

TEST_F(DiskTest, RespectsPermissions) {
  const AsNobody nobody(root_);
  ASSERT_TRUE(std::get<bool>(disk_->write(path("locked/file"), "x")));
  ASSERT_EQ(::chmod(path("locked/file").c_str(), 0444), 0);
  EXPECT_EQ(reason(disk_->write(path("locked/file"), "y")), "permission denied");
  ASSERT_EQ(::chmod(path("locked/file").c_str(), 0), 0);
  EXPECT_EQ(reason(disk_->read(path("locked/file"), kMiB)), "permission denied");
  ASSERT_EQ(::chmod(path("locked").c_str(), 0555), 0);
  EXPECT_EQ(reason(disk_->write(path("locked/new"), "y")), "permission denied");
  EXPECT_EQ(kind_of(disk_->write(path("locked/new/er"), "y")), FileError::Kind::NoPermission);
  ASSERT_EQ(::chmod(path("locked").c_str(), 0755), 0);
  EXPECT_THAT(all(), ElementsAre("locked", "locked/file"));
}

/// A write that stops half-way, as on a full disk: the limit on file sizes does it without one.
class SizeLimit {
 public:
  explicit SizeLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &old_);
    rlimit limit = old_;
    limit.rlim_cur = bytes;
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~SizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &old_);
    std::signal(SIGXFSZ, handler_);
  }
  SizeLimit(const SizeLimit&) = delete;
  SizeLimit& operator=(const SizeLimit&) = delete;

 private:
  rlimit old_{};
  void (*handler_)(int);
};

TEST_F(DiskTest, AFailedWriteLeavesTheOldFileAndNothingElse) {
  ASSERT_TRUE(std::get<bool>(disk_->write(path("a"), "old")));
  {
    const SizeLimit limit(1000);
    EXPECT_EQ(kind_of(disk_->write(path("a"), std::string(5000, 'x'))), FileError::Kind::NoSpace);
    EXPECT_EQ(kind_of(disk_->write(path("new/folder/b"), std::string(5000, 'x'))), FileError::Kind::NoSpace);
  }
  EXPECT_EQ(content("a"), "old");
  EXPECT_THAT(all(), ElementsAre("a"));
}

TEST_F(DiskTest, KindsAndLists) {
  ASSERT_TRUE(std::get<bool>(disk_->write(path("b"), "")));
  ASSERT_TRUE(std::get<bool>(disk_->write(path("a/c"), "")));
  EXPECT_EQ(disk_->kind(path("b")), PathKind::File);
  EXPECT_EQ(disk_->kind(path("a")), PathKind::Directory);
  EXPECT_EQ(disk_->kind(path("none")), PathKind::Missing);
  EXPECT_EQ(disk_->kind(path("b/none")), PathKind::Missing);
  EXPECT_THAT(names(disk_->list(root_)), ElementsAre("a", "b"));
  ASSERT_EQ(::symlink("a", path("to-a").c_str()), 0);
  ASSERT_EQ(::symlink("b", path("to-b").c_str()), 0);
  ASSERT_EQ(::symlink("none", path("to-none").c_str()), 0);
  EXPECT_THAT(std::get<std::vector<FolderEntry>>(disk_->list(root_)),
              ElementsAre(FolderEntry{"a", PathKind::Directory}, FolderEntry{"b", PathKind::File},
                          FolderEntry{"to-a", PathKind::Directory}, FolderEntry{"to-b", PathKind::File},
                          FolderEntry{"to-none", PathKind::Missing}));
  EXPECT_EQ(reason(disk_->list(path("none"))), "no such folder");
  EXPECT_EQ(reason(disk_->list(path("b"))), "is not a folder");
}

TEST(MemoryFileSystem, ActsLikeADisk) {
  MemoryFileSystem files;
  EXPECT_TRUE(std::get<bool>(files.write("out/a.json", "one")));
  EXPECT_FALSE(std::get<bool>(files.write("./out/a.json", "one")));
  EXPECT_TRUE(std::get<bool>(files.write("out/../b", "two")));
  EXPECT_EQ(std::get<std::string>(files.read("out/./a.json", kMiB)), "one");
  EXPECT_EQ(reason(files.read("out", kMiB)), "is a directory");
  EXPECT_EQ(reason(files.read("none", kMiB)), "no such file");
  EXPECT_EQ(reason(files.read("b", 2)), "larger than 2 bytes");
  EXPECT_EQ(reason(files.write("out", "x")), "is a directory");
  EXPECT_EQ(reason(files.write("b/c", "x")), "a part of the path is not a folder");
  EXPECT_EQ(files.kind("out"), PathKind::Directory);
  EXPECT_EQ(files.kind("ou"), PathKind::Missing);
  EXPECT_EQ(files.kind("b"), PathKind::File);
  EXPECT_EQ(files.kind("."), PathKind::Directory);
  EXPECT_THAT(names(files.list(".")), ElementsAre("b", "out"));
  EXPECT_THAT(names(files.list("out")), ElementsAre("a.json"));
  EXPECT_EQ(reason(files.list("none")), "no such folder");
  EXPECT_EQ(reason(files.list("b")), "is not a folder");
}

TEST(MemoryFileSystem, AbsolutePaths) {
  MemoryFileSystem files;
  files.files["/project/a.stack"] = "x";
  EXPECT_EQ(files.kind("/project"), PathKind::Directory);
  EXPECT_THAT(names(files.list("/project")), ElementsAre("a.stack"));
  EXPECT_THAT(names(files.list("/")), ElementsAre("project"));
}

}  // namespace
}  // namespace stackc

#include <gtest/gtest.h>

#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include "compiler/base/text.hpp"
#include "compiler/driver/pipeline.hpp"

namespace stackc {
namespace {

/// Takes files from several threads at a time and remembers from which; some cannot be written.
class SharedFiles final : public FileSystem {
 public:
  std::map<std::string, std::string, std::less<>> files;
  std::set<std::string, std::less<>> forbidden;
  std::set<std::thread::id> threads;

  FileResult<std::string> read(std::string_view, std::uint64_t) const override {
    return FileError{FileError::Kind::NotFound, "no such file"};
  }
  FileResult<bool> write(std::string_view path, std::string_view text) override {
    const std::lock_guard lock{mutex_};
    threads.insert(std::this_thread::get_id());
    if (forbidden.contains(path)) return FileError{FileError::Kind::NoPermission, "permission denied"};
    auto& file = files[std::string(path)];
    if (file == text) return false;
    file = text;
    return true;
  }
  PathKind kind(std::string_view) const override { return PathKind::Missing; }
  FileResult<std::vector<FolderEntry>> list(std::string_view) const override { return std::vector<FolderEntry>{}; }

 private:
  std::mutex mutex_;
};

std::string path_of(std::size_t i) { return fmt::format("out/{:04}.json", i); }

Result result_of(std::size_t count) {
  Result result;
  for (std::size_t i = 0; i < count; ++i) result.files.push_back({path_of(i), fmt::format("text {}", i), true, 1});
  return result;
}

constexpr std::size_t kMany = 500;

TEST(Outputs, SeveralThreadsWriteEveryFileOnce) {
  auto result = result_of(kMany);
  SharedFiles fs;
  fs.files[path_of(7)] = "text 7";
  const auto states = write_files(result, fs, 4);
  ASSERT_EQ(states.size(), kMany);
  for (std::size_t i = 0; i < kMany; ++i) {
    EXPECT_EQ(states[i], i == 7 ? FileState::Unchanged : FileState::Changed) << i;
    EXPECT_EQ(fs.files[path_of(i)], fmt::format("text {}", i));
  }
  EXPECT_LE(fs.threads.size(), 4U);
}

TEST(Outputs, OneThreadWritesWhereOthersMayNot) {
  for (const std::size_t threads : {std::size_t{1}, std::size_t{8}}) {
    auto result = result_of(threads == 1 ? kMany : 20);  // few files are not worth a thread
    SharedFiles fs;
    write_files(result, fs, threads);
    EXPECT_EQ(fs.threads, std::set{std::this_thread::get_id()});
  }
}

/// The same is said however many threads there are: of the first file that cannot be written.
TEST(Outputs, TheFirstFailureEndsTheWriting) {
  for (const std::size_t threads : {std::size_t{1}, std::size_t{4}}) {
    auto result = result_of(kMany);
    SharedFiles fs;
    fs.forbidden = {path_of(200), path_of(201), path_of(300)};
    const auto states = write_files(result, fs, threads);
    ASSERT_EQ(states.size(), 201U);
    EXPECT_EQ(states.back(), FileState::Failed);
    for (std::size_t i = 0; i < 200; ++i) EXPECT_EQ(states[i], FileState::Changed) << i;
    ASSERT_EQ(result.diagnostics.size(), 1U);
    EXPECT_NE(result.diagnostics[0].message.find(path_of(200)), std::string::npos) << result.diagnostics[0].message;
    EXPECT_FALSE(fs.files.contains(path_of(kMany - 1)));
  }
}

}  // namespace
}  // namespace stackc

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "compiler/base/text.hpp"
#include "compiler/driver/pipeline.hpp"
#include "compiler/driver/staging.hpp"
#include "compiler/driver/threads.hpp"

namespace stackc {
namespace {

namespace fs = std::filesystem;

class StagingTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "stackc-staging-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    root_ = pattern;
  }
  void TearDown() override { fs::remove_all(root_); }

  [[nodiscard]] std::string path(const std::string& name) const { return root_ + "/" + name; }
  [[nodiscard]] static std::string content(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  [[nodiscard]] std::vector<std::string> all() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(root_)) {
      names.push_back(fs::relative(entry.path(), root_).string());
    }
    std::ranges::sort(names);
    return names;
  }

  std::string root_;
  std::unique_ptr<FileSystem> disk_ = disk();
};

TEST_F(StagingTest, WhatIsNotPutInPlaceIsGoneWithItsFolders) {
  ASSERT_TRUE(std::get<bool>(disk_->write(path("there"), "old")));
  {
    Staging staging{*disk_};
    ASSERT_TRUE(staging.stage(path("there"), "new"));
    ASSERT_TRUE(staging.stage(path("a/b/c"), "text"));
    EXPECT_EQ(all().size(), 5U) << "a file beside its place, another in a folder beside the place of one, in one more";
    EXPECT_EQ(content(path("there")), "old");
  }
  EXPECT_THAT(all(), testing::ElementsAre("there"));
}

TEST_F(StagingTest, PuttingInPlaceReplaces) {
  ASSERT_TRUE(std::get<bool>(disk_->write(path("there"), "old")));
  fs::permissions(path("there"), fs::perms::owner_read | fs::perms::owner_write);
  Staging staging{*disk_};
  const auto staged = staging.stage(path("there"), "new");
  ASSERT_TRUE(staged);
  EXPECT_TRUE(std::get<bool>(disk_->put_in_place(*staged)));
  staging.done();
  EXPECT_EQ(content(path("there")), "new");
  EXPECT_EQ(fs::status(path("there")).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_THAT(all(), testing::ElementsAre("there"));
}

TEST_F(StagingTest, AnEqualFileIsNotTouched) {
  ASSERT_TRUE(std::get<bool>(disk_->write(path("there"), "same")));
  Staging staging{*disk_};
  const auto staged = staging.stage(path("there"), "same");
  ASSERT_TRUE(staged);
  EXPECT_EQ(staged->temporary, "");
  EXPECT_THAT(all(), testing::ElementsAre("there"));
}

TEST_F(StagingTest, ALinkStaysOneAndItsFileIsReplaced) {
  ASSERT_TRUE(std::get<bool>(disk_->write(path("in/file"), "old")));
  fs::create_symlink("in/file", path("link"));
  Staging staging{*disk_};
  const auto staged = staging.stage(path("link"), "new");
  ASSERT_TRUE(staged);
  EXPECT_TRUE(std::get<bool>(disk_->put_in_place(*staged)));
  EXPECT_TRUE(fs::is_symlink(path("link")));
  EXPECT_EQ(content(path("in/file")), "new");
}

TEST_F(StagingTest, WhatCannotBeReplacedIsLeftToWrite) {
  fs::create_directory(path("folder"));
  Staging staging{*disk_};
  EXPECT_FALSE(staging.stage(path("folder"), "text"));
  EXPECT_FALSE(staging.stage(path(std::string("nul\0", 4)), "text"));
  ASSERT_TRUE(std::get<bool>(disk_->write(path("file"), "text")));
  EXPECT_FALSE(staging.stage(path("file/below"), "text"));
  EXPECT_THAT(all(), testing::ElementsAre("file", "folder"));
}

/// What a run does with what was staged: the files it has settled.
std::vector<OutputFile> settled(Staging& staging, const std::vector<std::string>& paths) {
  std::vector<OutputFile> files;
  for (const auto& file : paths) {
    files.push_back({file, {}});
    files.back().settled = SettledFile{FileState::Changed, staging.stage(file, "text of " + file).value()};
  }
  return files;
}

TEST_F(StagingTest, AFolderThatIsNotThereIsPutInPlaceAsAWhole) {
  fs::create_directory(path("there"));
  Staging staging{*disk_};
  Result result;
  result.files = settled(staging, {path("new/a"), path("new/deep/b"), path("there/c"), path("there/new/d")});
  EXPECT_FALSE(fs::exists(path("new")));
  staging.place_folders(result.files);
  EXPECT_EQ(content(path("new/a")), "text of " + path("new/a")) << "nobody had to rename it";
  EXPECT_FALSE(fs::exists(path("there/c")));
  EXPECT_THAT(write_files(result, *disk_), testing::Each(FileState::Changed));
  staging.done();
  EXPECT_THAT(all(), testing::ElementsAre("new", "new/a", "new/deep", "new/deep/b", "there", "there/c", "there/new",
                                          "there/new/d"));
  for (const auto& file : result.files) EXPECT_EQ(content(file.path), "text of " + file.path);
}

TEST_F(StagingTest, AFolderThatCameToBeMeanwhileGetsTheFilesOneByOne) {
  Staging staging{*disk_};
  Result result;
  result.files = settled(staging, {path("new/a"), path("new/deep/b")});
  ASSERT_TRUE(std::get<bool>(disk_->write(path("new/somebody"), "else")));
  staging.place_folders(result.files);
  EXPECT_THAT(write_files(result, *disk_), testing::Each(FileState::Changed));
  staging.done();
  EXPECT_THAT(all(), testing::ElementsAre("new", "new/a", "new/deep", "new/deep/b", "new/somebody"));
  EXPECT_EQ(content(path("new/deep/b")), "text of " + path("new/deep/b"));
}

/// A disk that has no room for some files.
class FullDisk final : public FileSystem {
 public:
  explicit FullDisk(FileSystem& inner) : inner_(inner) {}

  FileResult<std::string> read(std::string_view path, std::uint64_t most) const override { return inner_.read(path, most); }
  FileResult<bool> write(std::string_view path, std::string_view text) override {
    if (!path.ends_with("large")) return inner_.write(path, text);
    return FileError{FileError::Kind::NoSpace, "no space left on device"};
  }
  std::optional<std::string> stage_folder(std::string_view path) override { return inner_.stage_folder(path); }
  bool create(std::string_view path, std::string_view text, std::vector<std::string>& made) override {
    return !path.ends_with("large") && inner_.create(path, text, made);
  }
  bool put_folder_in_place(const std::string& temporary, const std::string& path) override {
    return inner_.put_folder_in_place(temporary, path);
  }
  FileResult<bool> put_in_place(const StagedFile& file) override { return inner_.put_in_place(file); }
  void take_back(std::span<const StagedFile> files, std::span<const std::string> made) override {
    inner_.take_back(files, made);
  }
  PathKind kind(std::string_view path) const override { return inner_.kind(path); }
  FileResult<std::vector<FolderEntry>> list(std::string_view path) const override { return inner_.list(path); }

 private:
  FileSystem& inner_;
};

TEST_F(StagingTest, AFolderIsPutInPlaceWithAllItsFiles) {
  Staging staging{*disk_};
  Result result;
  result.files = settled(staging, {path("new/a")});
  result.files.push_back({path("new/deep/in-memory"), "text"});
  staging.place_folders(result.files);
  EXPECT_EQ(content(path("new/deep/in-memory")), "text");
  EXPECT_THAT(write_files(result, *disk_), testing::Each(FileState::Changed));
  staging.done();
  EXPECT_THAT(all(), testing::ElementsAre("new", "new/a", "new/deep", "new/deep/in-memory"));
}

TEST_F(StagingTest, AFullDiskLeavesNothing) {
  FullDisk full{*disk_};
  {
    Staging staging{full};
    Result result;
    result.files.push_back({path("new/large"), "text"});
    for (auto& file : settled(staging, {path("new/a"), path("new/deep/b")})) result.files.push_back(std::move(file));
    staging.place_folders(result.files);
    EXPECT_FALSE(fs::exists(path("new")));
    EXPECT_THAT(write_files(result, full), testing::ElementsAre(FileState::Failed));
    EXPECT_TRUE(result.failed());
  }
  EXPECT_TRUE(all().empty());
}

TEST_F(StagingTest, SeveralThreadsFillOneFolder) {
  constexpr std::size_t kFiles = 200;
  {
    Staging staging{*disk_};
    std::atomic<std::size_t> next{0};
    in_threads(4, [&] {
      for (auto i = next++; i < kFiles; i = next++) {
        EXPECT_TRUE(staging.stage(path(fmt::format("new/{}/{}", i % 3, i)), "text"));
      }
    });
    std::vector<OutputFile> none;
    staging.place_folders(none);
    staging.done();
  }
  EXPECT_EQ(all().size(), kFiles + 4) << "and the folders";
}

TEST_F(StagingTest, MemoryStagesNothing) {
  MemoryFileSystem memory;
  Staging staging{memory};
  EXPECT_FALSE(staging.stage("out/a", "text"));
  EXPECT_TRUE(memory.files.empty());
}

std::string stack_text(std::size_t n) {
  std::string text = fmt::format("stack \"many-{}\"\n", n);
  for (int i = 0; i < 100; ++i) {
    text +=
        fmt::format("resource Queue{}: AWS::SQS::Queue {{ QueueName: \"{}\" }}\n", i, std::string(60, 'q'));
  }
  return text;
}

/// A run whose outputs are more than stay in memory.
class LargeRun : public StagingTest {
 protected:
  static constexpr std::size_t kStacks = 80;

  void SetUp() override {
    StagingTest::SetUp();
    for (std::size_t n = 0; n < kStacks; ++n)
      sources_.files[fmt::format("in/{:02}.stack", n)] = stack_text(n);
    request_.inputs = {"in"};
    request_.out = path("out");
  }

  MemoryFileSystem sources_;
  Request request_;
};

TEST_F(LargeRun, IsStagedAndNoByteDiffers) {
  Staging staging{*disk_};
  request_.settle = [&](const OutputFile& file) -> std::optional<SettledFile> {
    auto staged = staging.stage(file.path, file.text);
    return SettledFile{FileState::Changed, staged.value()};
  };
  auto result = compile(request_, sources_);
  ASSERT_FALSE(result.failed());
  ASSERT_EQ(result.files.size(), kStacks);
  std::size_t in_memory = 0;
  for (const auto& file : result.files) {
    in_memory += file.text.size();
    EXPECT_FALSE(fs::exists(file.path)) << "nothing is written before all is known to be right";
  }
  EXPECT_LE(in_memory, kMostTextInMemory);
  staging.place_folders(result.files);
  const auto states = write_files(result, *disk_, 2);
  staging.done();
  EXPECT_THAT(states, testing::Each(FileState::Changed));
  EXPECT_EQ(all().size(), kStacks + 1) << "the outputs and their folder, nothing else";

  request_.settle = {};
  const auto alone = compile(request_, sources_);
  for (std::size_t i = 0; i < kStacks; ++i) {
    EXPECT_EQ(alone.files[i].size, result.files[i].size);
    EXPECT_EQ(content(alone.files[i].path), alone.files[i].text);
  }
}

TEST_F(LargeRun, ThatFailsLeavesNothing) {
  sources_.files["in/99.stack"] = "stack \"wrong\"\nresource Q: AWS::SQS::Que {}\n";
  {
    Staging staging{*disk_};
    std::size_t staged = 0;
    request_.threads = 1;
    request_.settle = [&](const OutputFile& file) -> std::optional<SettledFile> {
      ++staged;
      return SettledFile{FileState::Changed, staging.stage(file.path, file.text).value()};
    };
    const auto result = compile(request_, sources_);
    EXPECT_TRUE(result.failed());
    EXPECT_TRUE(result.files.empty());
    EXPECT_GT(staged, 0U);
    EXPECT_FALSE(fs::exists(path("out")));
    EXPECT_GT(all().size(), staged) << "they wait beside it";
  }
  EXPECT_TRUE(all().empty());
}

TEST_F(LargeRun, IsComparedWithoutKeepingItsTexts) {
  auto first = compile(request_, sources_);
  write_files(first, *disk_);
  sources_.files["in/79.stack"] += "resource More: AWS::SQS::Queue {}\n";
  fs::remove(path("out/many-78.template.json"));
  request_.settle = [&](const OutputFile& file) -> std::optional<SettledFile> {
    return SettledFile{compare_file(file, *disk_), {}};
  };
  auto result = compile(request_, sources_);
  const auto states = compare_files(result, *disk_);
  ASSERT_EQ(states.size(), kStacks);
  for (std::size_t i = 0; i < kStacks; ++i) {
    const auto expected = i == 79 ? FileState::Changed : i == 78 ? FileState::Missing : FileState::Unchanged;
    EXPECT_EQ(states[i], expected) << result.files[i].path;
  }
}

}  // namespace
}  // namespace stackc

// The snapshot of the standard library behind the program: always the same bytes, and the compiler says and
// writes the same with it and without it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>

#include "tests/cli/program.hpp"
#include "tests/support/files.hpp"
#include "tests/support/process.hpp"

namespace stackc::tests {
namespace {

namespace fs = std::filesystem;

bool has_snapshot() { return read_file(STACKC_BINARY).ends_with("snapshot"); }

#define SKIP_WITHOUT_SNAPSHOT() \
  if (!has_snapshot()) GTEST_SKIP() << "this build has no snapshot: it is not linked statically"

/// The program without what stands behind it: its last word is not the snapshot's.
fs::path program_without(const Folder& folder) {
  auto bytes = read_file(STACKC_BINARY);
  bytes.back() = '?';
  const auto path = folder.path() / "stackc";
  write_file(path, bytes);
  fs::permissions(path, fs::perms::owner_all);
  return path;
}

TEST(Snapshot, IsTheSameWheneverItIsMade) {
  SKIP_WITHOUT_SNAPSHOT();
  const Folder folder;
  // Heap and stack lie elsewhere in every run: an address of theirs in the snapshot would differ.
  for (const std::string name : {"a", "b"}) {
    const auto r = stackc(folder, {"write-snapshot", name});
    ASSERT_EQ(r.status, 0) << r.err;
    EXPECT_TRUE(folder.read(name) == read_file(STACKC_BINARY)) << "another snapshot than that of the build";
  }
}

TEST(Snapshot, ThatCannotBeWrittenIsAnError) {
  SKIP_WITHOUT_SNAPSHOT();
  const Folder folder;
  folder.write("folder/file", "");
  const auto r = stackc(folder, {"write-snapshot", "folder"});
  EXPECT_EQ(r.status, 1);
  EXPECT_THAT(r.err, testing::HasSubstr("error: no snapshot: "));
}

/// What `program` writes for a copy of `project`, and what it says.
std::map<std::string, std::string> built(const std::string& program, const fs::path& project) {
  const TemporaryFolder folder;
  const auto copy = folder.path() / "project";
  fs::copy(project, copy, fs::copy_options::recursive);
  const auto r = run_process({program, "build", "--map", "--out", "out"}, copy.string());
  auto files = fs::exists(copy / "out") ? contents_below(copy / "out") : std::map<std::string, std::string>{};
  files["(status)"] = std::to_string(r.status);
  files["(errors)"] = r.err;
  return files;
}

TEST(Snapshot, ChangesNoByteOfTheExamples) {
  SKIP_WITHOUT_SNAPSHOT();
  const Folder folder;
  const auto without = program_without(folder).string();
  for (const auto& example : fs::directory_iterator(source_root() / "examples")) {
    if (!example.is_directory()) continue;
    SCOPED_TRACE(example.path().filename().string());
    EXPECT_EQ(built(STACKC_BINARY, example.path()), built(without, example.path()));
  }
}

TEST(Snapshot, ChangesNoWordOfTheMistakes) {
  SKIP_WITHOUT_SNAPSHOT();
  const Folder folder;
  const auto without = program_without(folder).string();
  const auto mistakes = source_root() / "golden" / "fail" / "std";
  for (const auto& name : files_below(mistakes)) {
    if (!name.ends_with(".stack")) continue;
    SCOPED_TRACE(name);
    const auto with = run_process({STACKC_BINARY, "check", name}, mistakes.string());
    EXPECT_NE(with.status, 0);
    EXPECT_EQ(with.err, run_process({without, "check", name}, mistakes.string()).err);
  }
}

TEST(Snapshot, GivesWayToTypesThatCountForTheLibraryToo) {
  SKIP_WITHOUT_SNAPSHOT();
  const Folder folder;
  folder.write("bucket.stack", R"(stack "bucket"

use { Bucket } from "std/storage"

@primary(BucketName)
@ref(BucketName)
resource type AWS::S3::Bucket {
  BucketName?: String
}

resource Files: Bucket
)");
  const auto r = stackc(folder, {"check", "bucket.stack"});
  const auto without = program_without(folder).string();
  EXPECT_EQ(r.err, run_process({without, "check", "bucket.stack"}, folder.path().string()).err);
}

}  // namespace
}  // namespace stackc::tests

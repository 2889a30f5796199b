// Files and folders that are not what they should be: a clear error, the right status, nothing half-written.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sched.h>
#include <filesystem>
#include <random>

#include "tests/cli/program.hpp"

namespace stackc::tests {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

const std::string kStack = "stack \"s\"\n\nresource Files: AWS::S3::Bucket\n";

/// Bad input: errors, status 1, nothing written, and an end.
void expect_refused(const std::string& text) {
  const Folder folder;
  folder.write("s.stack", text);
  const auto r = stackc(folder, {"build", "s.stack"});
  EXPECT_EQ(r.status, 1) << text.substr(0, 80);
  EXPECT_THAT(r.err, HasSubstr("s.stack"));
  EXPECT_THAT(r.err, Not(HasSubstr("internal error")));
  EXPECT_THAT(folder.files(), ElementsAre("s.stack"));
}

TEST(Noise, RandomBytes) {
  std::mt19937 random(20240229);
  for (int round = 0; round < 20; ++round) {
    std::string text;
    for (int i = 0; i < 4096; ++i) text += static_cast<char>(random() & 0xff);
    expect_refused(text);
  }
}

TEST(Noise, BytesThatAreNoText) {
  expect_refused(kStack + std::string(1, '\0') + "let x = 1\n");
  expect_refused(std::string(100'000, '\0'));
  expect_refused(kStack + "let x = \"\xff\xfe\"\n");
  expect_refused("\xff\xfe s \0");
}

TEST(Noise, Brackets) {
  for (const auto* bracket : {"[", "{", "(", "((", "[{", "!", "-", "a?", "\"${"}) {
    std::string text = "stack \"s\"\nlet x = ";
    for (int i = 0; i < 200'000; ++i) text += bracket;
    expect_refused(text);
  }
}

TEST(Noise, AMillionBrackets) { expect_refused("let x = " + std::string(1'000'000, '[')); }

TEST(Noise, LineEndsAndByteOrderMarksAreFine) {
  const Folder folder;
  folder.write("lf.stack", kStack);
  const auto expected = stackc(folder, {"build", "lf.stack", "--out", "-"});
  ASSERT_EQ(expected.status, 0) << expected.err;
  std::string crlf;
  for (const char c : kStack) crlf += c == '\n' ? std::string{"\r\n"} : std::string(1, c);
  for (const auto& text : {crlf, "\xEF\xBB\xBF" + kStack, kStack.substr(0, kStack.size() - 1)}) {
    folder.write("s.stack", text);
    const auto r = stackc(folder, {"build", "s.stack", "--out", "-"});
    EXPECT_EQ(r.status, 0) << r.err;
    EXPECT_EQ(r.out, expected.out);
  }
}

TEST(Noise, AnEmptyFileIsALibraryOfNothing) {
  const Folder folder;
  folder.write("s.stack", "");
  EXPECT_EQ(stackc(folder, {"build", "s.stack"}).status, 0);
}

TEST(Noise, AHugeFileIsRefusedUnread) {
  const Folder folder;
  folder.write("s.stack", kStack);
  std::filesystem::resize_file(folder.path() / "s.stack", 100u << 20);
  const auto r = stackc(folder, {"check", "s.stack"});
  EXPECT_EQ(r.status, 1);
  EXPECT_THAT(r.err, HasSubstr("larger than 16 MiB"));
}

TEST(Noise, MissingFilesComeWithTheClosestName) {
  const Folder folder;
  folder.write("lib/network.stack", kStack);
  const auto r = stackc(folder, {"build", "lib/netwrok.stack"});
  EXPECT_EQ(r.status, 1);
  EXPECT_THAT(r.err, HasSubstr("cannot read `lib/netwrok.stack`: no such file"));
  EXPECT_THAT(r.err, HasSubstr("did you mean `lib/network.stack`?"));
}

TEST(Noise, FoldersWithoutStacks) {
  const Folder folder;
  const auto r = stackc(folder, {"build"});
  EXPECT_EQ(r.status, 1);
  EXPECT_THAT(r.err, HasSubstr("no `.stack` file"));
  folder.write("dir.stack/a.stack", kStack);
  EXPECT_EQ(stackc(folder, {"build", "dir.stack"}).status, 0) << "a folder is a folder, whatever its name";
}

TEST(Noise, AFolderThatLinksToItself) {
  const Folder folder;
  folder.write("d/s.stack", kStack);
  std::filesystem::create_directory_symlink("..", folder.path() / "d/up");
  const auto r = stackc(folder, {"check"});
  EXPECT_NE(r.status, 3);
  EXPECT_LT(r.status, 128);
}

TEST(Noise, OutputThatCannotBeWritten) {
  const Folder folder;
  folder.write("s.stack", kStack);
  folder.write("taken", "a file\n");
  const auto r = stackc(folder, {"build", "--out", "taken/deeper"});
  EXPECT_EQ(r.status, 1);
  EXPECT_THAT(r.err, HasSubstr("cannot write `taken/deeper/s.template.json`"));
  std::filesystem::create_directories(folder.path() / "out/s.template.json");
  const auto folder_there = stackc(folder, {"build", "--out", "out"});
  EXPECT_EQ(folder_there.status, 1);
  EXPECT_THAT(folder.files(), ElementsAre("s.stack", "taken")) << "no temporary file is left";
}

TEST(Noise, NoPermission) {
  if (::geteuid() == 0) GTEST_SKIP() << "everything is allowed to root";
  const Folder folder;
  folder.write("s.stack", kStack);
  folder.write("out/keep", "");
  ::chmod((folder.path() / "out").c_str(), 0555);
  const auto r = stackc(folder, {"build", "--out", "out"});
  EXPECT_EQ(r.status, 1);
  EXPECT_THAT(r.err, HasSubstr("permission denied"));
  ::chmod((folder.path() / "s.stack").c_str(), 0);
  EXPECT_THAT(stackc(folder, {"check", "s.stack"}).err, HasSubstr("permission denied"));
}

TEST(Noise, AFullDiskLeavesTheOldFile) {
  const Folder folder;
  folder.write("s.stack", kStack);
  std::string large = "stack \"s\"\n";
  for (int i = 0; i < 400; ++i) large += "resource Files" + std::to_string(i) + ": AWS::S3::Bucket\n";
  folder.write("large.stack", large);
  std::filesystem::create_directories(folder.path() / "small");
  std::filesystem::create_directories(folder.path() / "copy");
  const auto on_small_disk = [] {
    if (::unshare(CLONE_NEWNS) != 0) return false;
    if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return false;
    return ::mount("none", "small", "tmpfs", 0, "size=4k") == 0;
  };
  const auto r = stackc(folder, {"build", "large.stack", "--out", "small"}, {.in_child = on_small_disk});
  if (r.status == 99) GTEST_SKIP() << "no file systems may be mounted here";
  EXPECT_EQ(r.status, 1);
  EXPECT_THAT(r.err, HasSubstr("cannot write `small/s.template.json`: no space left on device"));
}

TEST(Noise, StandardOutputThatIsFull) {
  const Folder folder;
  folder.write("s.stack", kStack);
  const auto r = stackc(folder, {"build", "s.stack", "--out", "-"}, {.out_path = "/dev/full"});
  EXPECT_EQ(r.status, 1);
  EXPECT_THAT(r.err, HasSubstr("cannot write to standard output: no space left on device"));
}

TEST(Noise, AReaderThatWentAwayIsNoError) {
  const Folder folder;
  folder.write("s.stack", kStack);
  const auto r = stackc(folder, {"build", "s.stack", "--out", "-"}, {.close_out = true});
  EXPECT_EQ(r.status, 0);
  EXPECT_EQ(r.err, "");
}

TEST(Noise, NamesWithBlanksAndUmlauts) {
  const Folder folder;
  folder.write("my stacks/gr\xC3\xBC\xC3\x9F.stack", kStack);
  const auto r = stackc(folder, {"build", "my stacks"});
  EXPECT_EQ(r.status, 0) << r.err;
  EXPECT_TRUE(folder.has("generated/s.template.json"));
}

TEST(Noise, ProjectFilesOfNoise) {
  const Folder folder;
  folder.write("s.stack", kStack);
  for (const std::string& text :
       {std::string("\0\1\2", 3), std::string("[[[["), std::string("\xff\xff"), std::string(2u << 20, 'a')}) {
    folder.write("stackc.yaml", text);
    const auto r = stackc(folder, {"check"});
    EXPECT_EQ(r.status, 1);
    EXPECT_THAT(r.err, HasSubstr("stackc.yaml"));
  }
}

}  // namespace
}  // namespace stackc::tests

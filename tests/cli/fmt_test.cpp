// `stackc fmt` from outside.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/program.hpp"

namespace stackc::tests {
namespace {

using testing::HasSubstr;

const std::string kUgly = "stack   \"a\"\nlet x=1 // one\n";

TEST(Fmt, FormatsFilesInPlace) {
  const Folder folder;
  folder.write("d/a.stack", kUgly);
  const auto r = stackc(folder, {"fmt", "d"});
  EXPECT_EQ(r.status, 0) << r.err;
  EXPECT_EQ(r.out + r.err, "");
  const auto once = *folder.read("d/a.stack");
  EXPECT_NE(once, kUgly);
  EXPECT_EQ(stackc(folder, {"fmt", "d/a.stack"}).status, 0);
  EXPECT_EQ(*folder.read("d/a.stack"), once);
}

TEST(Fmt, StandardInputGoesToStandardOutput) {
  const Folder folder;
  folder.write("a.stack", kUgly);
  ASSERT_EQ(stackc(folder, {"fmt", "a.stack"}).status, 0);
  const auto neat = *folder.read("a.stack");
  EXPECT_EQ(stackc(folder, {"fmt", "-"}, {.input = kUgly}).out, neat);
  EXPECT_EQ(stackc(folder, {"fmt"}, {.input = kUgly}).out, neat);
  EXPECT_EQ(stackc(folder, {"fmt", "-", "--check"}, {.input = kUgly}).status, 1);
  EXPECT_EQ(stackc(folder, {"fmt", "-", "--check"}, {.input = neat}).status, 0);
}

TEST(Fmt, CheckListsAndChangesNothing) {
  const Folder folder;
  folder.write("a.stack", kUgly);
  folder.write("b.stack", "stack \"b\"\n");
  const auto r = stackc(folder, {"fmt", "--check", "."});
  EXPECT_EQ(r.status, 1);
  EXPECT_EQ(r.out, "a.stack\n");
  EXPECT_THAT(r.err, HasSubstr("1 file is not formatted"));
  EXPECT_EQ(*folder.read("a.stack"), kUgly);
}

TEST(Fmt, SyntaxErrorsLeaveTheFileAlone) {
  const Folder folder;
  const std::string broken = "stack \"a\"\nresource {\n";
  folder.write("a.stack", broken);
  const auto r = stackc(folder, {"fmt", "a.stack"});
  EXPECT_EQ(r.status, 1);
  EXPECT_THAT(r.err, HasSubstr("a.stack:2:"));
  EXPECT_EQ(*folder.read("a.stack"), broken);
  EXPECT_EQ(stackc(folder, {"fmt", "-"}, {.input = broken}).out, "")
      << "a pipe gets nothing rather than half";
}

}  // namespace
}  // namespace stackc::tests

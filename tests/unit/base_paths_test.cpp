#include <gtest/gtest.h>

#include "compiler/base/filesystem.hpp"

namespace stackc {
namespace {

TEST(Paths, Normalize) {
  EXPECT_EQ(normalize_path("a/b/../c//d"), "a/c/d");
  EXPECT_EQ(normalize_path("./a/./b/"), "a/b");
  EXPECT_EQ(normalize_path(""), ".");
  EXPECT_EQ(normalize_path("a/.."), ".");
  EXPECT_EQ(normalize_path("../../a/../b"), "../../b");
  EXPECT_EQ(normalize_path("/../a"), "/a");
  EXPECT_EQ(normalize_path("//"), "/");
  EXPECT_EQ(normalize_path("..."), "...");
}

TEST(Paths, DirectoryOf) {
  EXPECT_EQ(directory_of("a/b.stack"), "a");
  EXPECT_EQ(directory_of("b.stack"), ".");
  EXPECT_EQ(directory_of("/b.stack"), "/");
  EXPECT_EQ(directory_of("/"), "/");
  EXPECT_EQ(directory_of("a/b/"), "a");
  EXPECT_EQ(directory_of("a//b"), "a");
}

TEST(Paths, Join) {
  EXPECT_EQ(join_path("a/b", "../c.stack"), "a/c.stack");
  EXPECT_EQ(join_path(".", "c.stack"), "c.stack");
  EXPECT_EQ(join_path("", "c.stack"), "c.stack");
  EXPECT_EQ(join_path("a", "/c.stack"), "/c.stack");
  EXPECT_EQ(join_path("/", "c"), "/c");
  EXPECT_EQ(join_path("..", "../c"), "../../c");
}

}  // namespace
}  // namespace stackc

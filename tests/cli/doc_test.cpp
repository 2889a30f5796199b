// `stackc doc`: pages of libraries on standard output and in folders.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/program.hpp"

namespace stackc::tests {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* kLibrary =
    "/// Names.\n\n/// The name of a thing.\nfn nameOf(thing: String) = \"${aws.stackName}-${thing}\"\n";

TEST(Doc, PrintsAPage) {
  const Folder folder;
  folder.write("lib/names.stack", kLibrary);
  const auto r = stackc(folder, {"doc", "lib/names.stack"});
  EXPECT_EQ(r.status, 0) << r.err;
  EXPECT_EQ(r.err, "");
  EXPECT_THAT(r.out, StartsWith("# lib/names.stack\n\nNames.\n"));
  EXPECT_THAT(r.out, HasSubstr("The name of a thing."));
  EXPECT_EQ(folder.files().size(), 1U);
}

TEST(Doc, PrintsTheStandardLibrary) {
  const Folder folder;
  const auto r = stackc(folder, {"doc", "std/iam"});
  EXPECT_EQ(r.status, 0) << r.err;
  EXPECT_THAT(r.out, StartsWith("# std/iam\n"));
}

TEST(Doc, WritesPagesAndTheWayToThem) {
  const Folder folder;
  folder.write("lib/names.stack", kLibrary);
  folder.write("lib/more/types.stack", "type Port = Int(1..65535)\n");
  const auto r = stackc(folder, {"doc", "lib", "--out", "docs"});
  EXPECT_EQ(r.status, 0) << r.err;
  EXPECT_EQ(r.out, "");
  EXPECT_THAT(folder.files(), ElementsAre("docs/README.md", "docs/lib/more/types.md", "docs/lib/names.md",
                                          "lib/more/types.stack", "lib/names.stack"));
  EXPECT_THAT(folder.read("docs/README.md").value(), HasSubstr("[lib/names.stack](lib/names.md)"));
}

TEST(Doc, ChecksPages) {
  const Folder folder;
  folder.write("names.stack", kLibrary);
  EXPECT_EQ(stackc(folder, {"doc", "names.stack", "--out", "docs", "--check"}).status, 1);
  EXPECT_EQ(folder.files().size(), 1U);
  EXPECT_EQ(stackc(folder, {"doc", "names.stack", "--out", "docs"}).status, 0);
  EXPECT_EQ(stackc(folder, {"doc", "names.stack", "--out", "docs", "--check"}).status, 0);
  folder.write("names.stack", std::string(kLibrary) + "\n/// Another.\nlet other = 1\n");
  const auto r = stackc(folder, {"doc", "names.stack", "--out", "docs", "--check"});
  EXPECT_EQ(r.status, 1);
  EXPECT_EQ(r.out, "docs/names.md\ndocs/README.md\n");
  EXPECT_THAT(r.err, HasSubstr("2 of 2 pages are out of date"));
}

TEST(Doc, DescribesNothingThatIsWrong) {
  const Folder folder;
  folder.write("lib.stack", "let a = b\n");
  const auto r = stackc(folder, {"doc", "lib.stack", "--out", "docs"});
  EXPECT_EQ(r.status, 1);
  EXPECT_EQ(r.out, "");
  EXPECT_THAT(r.err, HasSubstr("`b`"));
  EXPECT_EQ(folder.files().size(), 1U);
}

TEST(Doc, SaysWhatItNeeds) {
  const Folder folder;
  const auto nothing = stackc(folder, {"doc"});
  EXPECT_EQ(nothing.status, 2);
  EXPECT_EQ(nothing.err, "error: `stackc doc` needs a library\nhelp: for example `stackc doc lib.stack` or `stackc doc std/network`\n");
  EXPECT_EQ(stackc(folder, {"doc", "lib.stack", "--check"}).status, 2);
  const auto unknown = stackc(folder, {"doc", "std/netwrok"});
  EXPECT_EQ(unknown.status, 1);
  EXPECT_THAT(unknown.err, HasSubstr("the standard library has no module `std/netwrok`"));
  EXPECT_THAT(unknown.err, HasSubstr("std/network"));
  EXPECT_EQ(stackc(folder, {"doc", "none.stack"}).status, 1);
}

TEST(Doc, RefusesTwoPagesOfOneName) {
  const Folder folder;
  folder.write("network.stack", "let a = 1\n");
  const auto r = stackc(folder, {"doc", "network.stack", "std/network", "--out", "docs"});
  EXPECT_EQ(r.status, 1);
  EXPECT_THAT(r.err, HasSubstr("two libraries are documented in `network.md`"));
  EXPECT_FALSE(folder.has("docs/network.md"));
}

}  // namespace
}  // namespace stackc::tests

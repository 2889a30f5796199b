// A thread compiles one slice of the files after the other in the same memory: what came before a stack in a run
// changes nothing about it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tests/cli/program.hpp"
#include "tests/support/files.hpp"

namespace stackc::tests {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

/// The examples that are single folders of stacks: their files, by name, with the stacks' names made unique.
std::vector<std::map<std::string, std::string>> projects() {
  std::vector<std::map<std::string, std::string>> all;
  for (const auto* name : {"blue-green", "customer-hosted", "existing-vpc", "fargate", "scheduled", "worker",
                           "shared-balancer"}) {
    auto& files = all.emplace_back();
    for (const auto& entry : fs::directory_iterator(source_root() / "examples" / name)) {
      if (entry.path().extension() == ".stack") {
        files[entry.path().filename().string()] = read_file(entry.path());
      }
    }
  }
  auto& own = all.emplace_back();
  own["library.stack"] =
      "/// A queue with a name for what it is for.\n"
      "component Inbox {\n  param size: Int\n  param tags: {[String]: String}\n"
      "  resource Queue: AWS::SQS::Queue { DelaySeconds: twice(size), Tags: [for k, v in tags: { Key: k, Value: v }] }\n  output arn = Queue.Arn\n}\n"
      "fn twice(x: Int) = x * 2\n";
  own["app.stack"] =
      "stack \"own\"\n\nuse { Inbox, twice } from \"library.stack\"\n\nparam Size: \"small\" | \"large\"\n"
      "condition IsLarge = Size == \"large\"\n"
      "resource In: Inbox { size: 3, tags: { a: \"b\" } }\n"
      "if IsLarge {\n  resource More: Inbox { size: twice(2), tags: {} }\n}\n"
      "output Arn = In.arn\n";
  return all;
}

/// `count` copies of `files` below `folder`, whose stacks are named apart.
void write_copies(const Folder& folder, const std::map<std::string, std::string>& files, std::size_t project,
                  std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    for (const auto& [name, text] : files) {
      auto changed = text;
      if (const auto at = changed.find("stack \""); at != std::string::npos) {
        changed.insert(changed.find('"', at + 7), "-" + std::to_string(project) + "-" + std::to_string(i));
      }
      folder.write(std::to_string(i) + "/" + std::to_string(project) + "/" + name, changed);
    }
  }
}

constexpr std::size_t kCopies = 16;

/// Enough files for several slices.
void write_projects(const Folder& folder) {
  const auto all = projects();
  for (std::size_t i = 0; i < all.size(); ++i) write_copies(folder, all[i], i, kCopies);
}

TEST(Slices, StacksAreTheSameAloneAndAfterManyOthers) {
  const Folder folder;
  write_projects(folder);
  const auto together = stackc(folder, {"build", "-j", "1", "--out", "together"});
  ASSERT_EQ(together.status, 0) << together.err;
  for (const auto i : {std::size_t{0}, kCopies / 2, kCopies - 1}) {
    for (std::size_t project = 0; project < projects().size(); ++project) {
      const auto source = std::to_string(i) + "/" + std::to_string(project);
      SCOPED_TRACE(source);
      const auto alone = stackc(folder, {"build", source, "--out", "alone"});
      ASSERT_EQ(alone.status, 0) << alone.err;
    }
  }
  std::size_t compared = 0;
  for (const auto& file : folder.files()) {
    if (!file.starts_with("alone/")) continue;
    EXPECT_EQ(folder.read(file), folder.read("together/" + file.substr(6))) << file;
    ++compared;
  }
  EXPECT_GE(compared, 3 * projects().size());
}

/// The first thread has the snapshot of the standard library, the others copies of it.
TEST(Slices, AreTheSameWhicheverThreadCompilesThem) {
  const Folder folder;
  write_projects(folder);
  ASSERT_EQ(stackc(folder, {"build", "-j", "1", "--map", "--out", "one"}).status, 0);
  const auto one = contents_below(folder.path() / "one");
  EXPECT_GT(one.size(), 2 * kCopies);
  for (const std::string threads : {"2", "5"}) {
    const auto r = stackc(folder, {"build", "-j", threads, "--map", "--out", "out" + threads});
    ASSERT_EQ(r.status, 0) << r.err;
    EXPECT_TRUE(contents_below(folder.path() / ("out" + threads)) == one) << threads << " threads";
  }
}

TEST(Slices, OneWithAMistakeSpoilsNoneOfTheOthers) {
  const Folder folder;
  write_projects(folder);
  const std::string wrong =
      "stack \"wrong\"\nresource Q: AWS::SQS::Queue {\n  DelaySeconds: \"soon\"\n  Delay: 1\n}\n";
  folder.write("1/wrong/wrong.stack", wrong);
  folder.write("3/wrong/types.stack", "stack \"typed\"\n@ref(Id) @primary(Id)\nresource type Acme::Shop::Thing {\n  Size?: Int\n"
                                      "  attribute Id: Acme::Shop::Thing.Id\n}\nresource T: Acme::Shop::Thing { Size: 1 }\n");
  const auto one = stackc(folder, {"check", "-j", "1"});
  EXPECT_EQ(one.status, 1);
  EXPECT_EQ(one.err, stackc(folder, {"check", "-j", "3"}).err);
  EXPECT_THAT(one.err, HasSubstr("2 errors\n"));
  EXPECT_THAT(one.err, HasSubstr("Delay"));
  fs::remove_all(folder.path() / "1/wrong");
  const auto mended = stackc(folder, {"check", "-j", "1"});
  EXPECT_EQ(mended.status, 0) << mended.err;
  EXPECT_EQ(mended.err, stackc(folder, {"check", "-j", "3"}).err);
}

}  // namespace
}  // namespace stackc::tests

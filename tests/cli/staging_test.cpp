// Outputs of a large run that wait for its end: what a signal leaves of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "tests/cli/program.hpp"
#include "tests/support/process.hpp"

namespace stackc::tests {
namespace {

/// Stacks whose templates are more than a run keeps in memory.
void write_large_project(const Folder& folder) {
  for (int n = 0; n < 120; ++n) {
    std::string text = "stack \"many-" + std::to_string(n) + "\"\n";
    for (int i = 0; i < 100; ++i) {
      text += "resource Queue" + std::to_string(i) + ": AWS::SQS::Queue { QueueName: \"" +
              std::string(60, 'q') + "\" }\n";
    }
    folder.write("in/" + std::to_string(n) + ".stack", text);
  }
}

/// Does `before`, starts a build that waits for its last source, which is a pipe; sends it `signal` when outputs are staged,
/// does `then` and prints how it ended and how many files are there.
std::string script(const std::string& before, const std::string& signal, const std::string& then = ":") {
  return before + R"(
mkfifo last.stack
")" STACKC_BINARY R"(" build in last.stack --out out --jobs 1 >/dev/null 2>&1 &
program=$!
staged=no
for i in $(seq 200); do
  if ls -d .stackc-*/* out/.stackc-* 2>/dev/null | grep -q .; then staged=yes; break; fi
  sleep 0.05
done
kill -)" +
         signal + " $program\n" + then + R"(
wait $program
echo "staged: $staged, status: $?"
find . -name '*.template.json' -o -name '.stackc-*' | wc -l | tr -d ' ')";
}

TEST(Staging, AnInterruptedBuildLeavesNothing) {
  // Outputs wait beside their folder, or beside their places in it.
  for (const std::string before : {":", "mkdir out"}) {
    for (const auto& [signal, status] : {std::pair{"TERM", "143"}, std::pair{"HUP", "129"}}) {
      SCOPED_TRACE(before + ", " + signal);
      const Folder folder;
      write_large_project(folder);
      const auto r = run_process({"/bin/sh", "-c", script(before, signal)}, folder.path().string());
      EXPECT_EQ(r.out, std::string("staged: yes, status: ") + status + "\n0\n") << r.err;
      EXPECT_EQ(folder.has("out"), before != ":") << "a folder that was there stays";
    }
  }
}

/// A shell without job control starts what it starts in the background with SIGINT ignored.
TEST(Staging, AnIgnoredSignalStaysIgnored) {
  const Folder folder;
  write_large_project(folder);
  const std::string last = R"(printf 'stack "last"\nresource Queue: AWS::SQS::Queue {}\n' >last.stack)";
  const auto r = run_process({"/bin/sh", "-c", script(":", "INT", last)}, folder.path().string());
  EXPECT_EQ(r.out, "staged: yes, status: 0\n121\n") << r.err;
}

TEST(Staging, WhatIsComparedIsNoInput) {
  const Folder folder;
  write_large_project(folder);
  ASSERT_EQ(stackc(folder, {"build", "in", "--out", "out"}).status, 0);
  const auto r = stackc(folder, {"build", "in", "--out", "out", "--check", "--depfile", "a.d", "--depfile-target", "stamp"});
  EXPECT_EQ(r.status, 0) << r.err;
  const auto depfile = folder.read("a.d").value();
  EXPECT_THAT(depfile, testing::HasSubstr("in/119.stack"));
  EXPECT_THAT(depfile, testing::Not(testing::HasSubstr("template.json")));
}

}  // namespace
}  // namespace stackc::tests

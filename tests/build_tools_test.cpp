// examples/build-tools: make and ninja compile what changed, and nothing else.

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "tests/support/files.hpp"
#include "tests/support/process.hpp"

namespace stackc::tests {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFiles[] = {"Makefile", "build.ninja", "network.stack", "queues.stack", "queues.yaml"};

bool is_installed(const std::string& program) {
  return run_process({"/bin/sh", "-c", "command -v " + program}, ".").status == 0;
}

/// The example in a folder of its own, and the names of the stacks that a run of the tool compiles.
class BuildTool {
 public:
  explicit BuildTool(std::function<std::vector<std::string>()> command) : command_(std::move(command)) {
    for (const char* file : kFiles)
      fs::copy_file(source_root() / "examples" / "build-tools" / file, folder_.path() / file);
  }

  /// `network`, `queues`, in this order.
  std::vector<std::string> compiled() const {
    const auto r = run_process(command_(), folder_.path().string());
    EXPECT_EQ(r.status, 0) << r.out << r.err;
    std::vector<std::string> stacks;
    for (const char* stack : {"network", "queues"}) {
      if (r.out.find(std::string{stack} + ".stack") != std::string::npos) stacks.emplace_back(stack);
    }
    return stacks;
  }

  /// As if written a while after everything else: clocks of file systems are coarse.
  void touch(const std::string& file) {
    later_ += std::chrono::seconds{2};
    fs::last_write_time(folder_.path() / file, fs::file_time_type::clock::now() + later_);
  }
  void settle() const {
    for (const auto& entry : fs::recursive_directory_iterator(folder_.path())) {
      if (entry.path().extension() == ".json")
        fs::last_write_time(entry.path(),
                            fs::file_time_type::clock::now() + later_ + std::chrono::seconds{1});
    }
  }
  [[nodiscard]] const fs::path& path() const { return folder_.path(); }

 private:
  TemporaryFolder folder_;
  std::function<std::vector<std::string>()> command_;
  std::chrono::seconds later_{0};
};

using Names = std::vector<std::string>;

TEST(BuildTools, MakeCompilesWhatChanged) {
  if (!is_installed("make")) GTEST_SKIP() << "there is no make";
  BuildTool make{[] { return Names{"/usr/bin/env", "make", std::string{"STACKC="} + STACKC_BINARY}; }};
  EXPECT_EQ(make.compiled(), (Names{"network", "queues"}));
  EXPECT_EQ(make.compiled(), Names{}) << "nothing changed";
  make.touch("queues.yaml");
  EXPECT_EQ(make.compiled(), Names{"queues"}) << "it reads queues.yaml";
  make.settle();
  EXPECT_EQ(make.compiled(), Names{});
  make.touch("network.stack");
  EXPECT_EQ(make.compiled(), (Names{"network", "queues"})) << "network.stack is upstream of queues.stack";
  make.settle();
  EXPECT_EQ(make.compiled(), Names{});
  for (const char* stack : {"network", "queues"}) {
    const std::string name = std::string{"acme-"} + stack + ".template.json";
    EXPECT_EQ(read_file(make.path() / "generated" / name),
              read_file(source_root() / "golden" / "examples" / "build-tools" / name));
  }
}

TEST(BuildTools, NinjaCompilesWhatChanged) {
  if (!is_installed("ninja")) GTEST_SKIP() << "there is no ninja";
  BuildTool ninja{[] { return Names{"/usr/bin/env", "ninja", "-v"}; }};
  std::string text = read_file(ninja.path() / "build.ninja");
  const std::string placeholder = "stackc = stackc\n";
  ASSERT_NE(text.find(placeholder), std::string::npos);
  text.replace(text.find(placeholder), placeholder.size(), std::string{"stackc = "} + STACKC_BINARY + "\n");
  write_file(ninja.path() / "build.ninja", text);
  EXPECT_EQ(ninja.compiled(), (Names{"network", "queues"}));
  EXPECT_EQ(ninja.compiled(), Names{}) << "nothing changed";
  ninja.touch("queues.yaml");
  EXPECT_EQ(ninja.compiled(), Names{"queues"}) << "it reads queues.yaml";
  ninja.touch("network.stack");
  const auto again = ninja.compiled();
  EXPECT_NE(std::find(again.begin(), again.end(), "network"), again.end());
  EXPECT_NE(std::find(again.begin(), again.end(), "queues"), again.end())
      << "network.stack is upstream of it";
}

}  // namespace
}  // namespace stackc::tests

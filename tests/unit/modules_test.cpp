#include "compiler/modules/modules.hpp"

#include <gtest/gtest.h>

namespace stackc {
namespace {

using Files = std::map<std::string, std::string, std::less<>>;

struct Fixture {
  explicit Fixture(Files files) { fs.files = std::move(files); }
  void load(const std::vector<std::string>& roots) { graph = load_modules(roots, fs, sources, sink); }
  std::vector<std::string> order() const {
    std::vector<std::string> paths;
    for (const auto id : graph.order) paths.push_back(graph[id].path);
    return paths;
  }
  std::vector<Code> codes() const {
    std::vector<Code> all;
    for (const auto& d : sink.all()) all.push_back(d.code);
    return all;
  }
  const Module& root(std::size_t i = 0) const { return graph[graph.roots.at(i)]; }
  std::string_view place(std::size_t finding, std::size_t label = 0) const {
    return sources.text(sink.all().at(finding).labels.at(label).span);
  }

  MemoryFileSystem fs;
  SourceMap sources;
  Sink sink;
  ModuleGraph graph;
};
using Paths = std::vector<std::string>;
using Codes = std::vector<Code>;

TEST(Modules, PathsAreRelativeToTheUsingFile) {
  Fixture f(Files{{"a/app.stack",
                   "stack \"app\"\nuse { x } from \"../lib/one.stack\"\nupstream Net from \"net.stack\"\n"},
                  {"lib/one.stack", "use { y } from \"./two.stack\"\nlet x = y\n"},
                  {"lib/two.stack", "let y = 1\n"},
                  {"a/net.stack", "stack \"net\"\n"}});
  f.load({"a/app.stack"});
  EXPECT_EQ(f.codes(), Codes{});
  EXPECT_EQ(f.order(), (Paths{"lib/two.stack", "lib/one.stack", "a/net.stack", "a/app.stack"}));
  EXPECT_EQ(f.root().stack_name, "app");
  ASSERT_EQ(f.root().uses.size(), 1u);
  EXPECT_EQ(f.graph[f.root().uses[0].second].path, "lib/one.stack");
  ASSERT_EQ(f.root().upstreams.size(), 1u);
  EXPECT_EQ(f.graph[f.root().upstreams[0].second].stack_name, "net");
}

TEST(Modules, OneFileIsOneModuleWhateverItsSpelling) {
  Fixture f(
      {{"app.stack", "stack \"app\"\nuse { x } from \"lib.stack\"\nuse { y } from \"./d/../lib.stack\"\n"},
       {"lib.stack", "let x = 1\nlet y = 2\n"}});
  f.load({"./app.stack", "app.stack", "lib.stack"});
  EXPECT_EQ(f.codes(), Codes{});
  EXPECT_EQ(f.graph.modules.size(), 2u);
  EXPECT_EQ(f.graph.roots.size(), 2u);
}

TEST(Modules, MissingFileComesWithTheClosestName) {
  Fixture f(
      {{"app.stack", "stack \"app\"\nuse { x } from \"./lib/netwrok.stack\"\n"}, {"lib/network.stack", ""}});
  f.load({"app.stack"});
  ASSERT_EQ(f.codes(), Codes{Code::FileNotFound});
  EXPECT_EQ(f.place(0), "\"./lib/netwrok.stack\"");
  EXPECT_EQ(f.sink.all()[0].helps.at(0), "did you mean `lib/network.stack`?");
  ASSERT_EQ(f.root().uses.size(), 1u);
  EXPECT_FALSE(f.root().uses[0].second.valid());
}

TEST(Modules, ForgottenEndingIsFound) {
  Fixture f(Files{{"app.stack", "use { x } from \"./lib\"\n"}, {"lib.stack", "let x = 1\n"}});
  f.load({"app.stack"});
  ASSERT_EQ(f.codes(), Codes{Code::FileNotFound});
  EXPECT_EQ(f.sink.all()[0].helps.at(0), "did you mean `lib.stack`?");
}

TEST(Modules, FolderWhereAFileIsNeeded) {
  Fixture f(Files{{"app.stack", "use { x } from \"./lib\"\n"}, {"lib/one.stack", ""}});
  f.load({"app.stack"});
  EXPECT_EQ(f.codes(), Codes{Code::FileUnreadable});
}

TEST(Modules, MissingRootIsNoRoot) {
  Fixture f(Files{{"app.stack", ""}});
  f.load({"ap.stack", "app.stack"});
  ASSERT_EQ(f.codes(), Codes{Code::FileNotFound});
  EXPECT_EQ(f.graph.roots.size(), 1u);
}

TEST(Modules, TooLargeAFileIsRefused) {
  Fixture f(Files{{"app.stack", std::string(kMaxSourceBytes + 1, ' ')}});
  f.load({"app.stack"});
  ASSERT_EQ(f.codes(), Codes{Code::FileTooLarge});
  EXPECT_NE(f.sink.all()[0].message.find("16 MiB"), std::string::npos);
}

TEST(Modules, CycleOfUsesIsOneErrorWithItsWholePath) {
  const Files files{{"a.stack", "use { b } from \"b.stack\"\nlet a = b\n"},
                    {"b.stack", "use { c } from \"c.stack\"\nlet b = c\n"},
                    {"c.stack", "use { a } from \"a.stack\"\nlet c = a\n"}};
  std::vector<std::string> messages;
  for (const auto* root : {"a.stack", "b.stack", "c.stack"}) {
    Fixture f(files);
    f.load({root});
    ASSERT_EQ(f.codes(), Codes{Code::CycleOfUses}) << root;
    EXPECT_EQ(f.graph.order.size(), 3u);
    EXPECT_EQ(f.place(0), "\"b.stack\"");
    EXPECT_EQ(f.place(0, 2), "\"a.stack\"");
    messages.push_back(f.sink.all()[0].message);
  }
  EXPECT_EQ(messages[0], "files that use each other: `a.stack` -> `b.stack` -> `c.stack` -> `a.stack`");
  EXPECT_EQ(messages[1], messages[0]) << "told the same from wherever the run started";
  EXPECT_EQ(messages[2], messages[0]);
}

TEST(Modules, CycleOfStacks) {
  Fixture f(Files{{"a.stack", "stack \"a\"\nupstream B from \"b.stack\"\n"},
                  {"b.stack", "stack \"b\"\nupstream A from \"a.stack\"\n"}});
  f.load({"a.stack", "b.stack"});
  EXPECT_EQ(f.codes(), Codes{Code::CycleOfStacks});
}

TEST(Modules, AFileThatUsesItself) {
  Fixture f(Files{{"a.stack", "use { a } from \"a.stack\"\n"}});
  f.load({"a.stack"});
  ASSERT_EQ(f.codes(), Codes{Code::CycleOfUses});
  EXPECT_FALSE(f.root().uses.at(0).second.valid());
}

TEST(Modules, ALongChainNeedsNoDeepStack) {
  Files files;
  constexpr int kLength = 4'000;
  for (int i = 0; i < kLength; ++i) {
    files["f" + std::to_string(i)] = "use { x } from \"f" + std::to_string(i + 1) + "\"\n";
  }
  files["f" + std::to_string(kLength)] = "let x = 1\n";
  Fixture f(std::move(files));
  f.load({"f0"});
  EXPECT_EQ(f.codes(), Codes{});
  EXPECT_EQ(f.graph.order.size(), kLength + 1u);
}

TEST(Modules, UseWantsALibraryAndUpstreamAStack) {
  Fixture f(
      Files{{"app.stack", "stack \"app\"\nuse { x } from \"net.stack\"\nupstream L from \"lib.stack\"\n"},
            {"net.stack", "stack \"net\"\n"},
            {"lib.stack", "let x = 1\n"}});
  f.load({"app.stack"});
  EXPECT_EQ(f.codes(), (Codes{Code::UseOfStack, Code::UpstreamIsLibrary}));
  EXPECT_EQ(f.place(0, 1), "stack \"net\"");
}

TEST(Modules, StackNames) {
  for (const auto* name : {"", "1a", "../up", "a_b", "a b", "\xC3\xA4"}) {
    Fixture f(Files{{"a.stack", "stack \"" + std::string(name) + "\"\n"}});
    f.load({"a.stack"});
    EXPECT_EQ(f.codes(), Codes{Code::InvalidStackName}) << name;
  }
  Fixture twice(Files{{"a.stack", "stack \"a\"\nstack \"b\"\n"}});
  twice.load({"a.stack"});
  EXPECT_EQ(twice.codes(), Codes{Code::SecondStackName});
  EXPECT_EQ(twice.root().stack_name, "a");
}

TEST(Modules, StandardModulesComeOutOfTheBinary) {
  Fixture f(
      {{"std/network", "let Network = 1\n"},
       {"app.stack", "stack \"app\"\nuse { Network } from \"std/network\"\nuse { Cluster } from \"std\"\n"}});
  f.load({"app.stack"});
  EXPECT_EQ(f.codes(), Codes{});
  ASSERT_EQ(f.root().uses.size(), 2u);
  for (const auto& [decl, module] : f.root().uses) EXPECT_TRUE(f.graph[module].embedded);
  EXPECT_EQ(f.graph[f.root().uses[0].second].path, "std/network");
}

TEST(Modules, NamesOfTheStandardLibraryMayStandInSeveralModules) {
  Fixture f(Files{{"app.stack", "use { Cluster, Network, Nothing } from \"std\"\n"}});
  f.load({"app.stack"});
  ASSERT_EQ(f.codes(), Codes{Code::NotInStandardLibrary});
  EXPECT_EQ(f.place(0), "Nothing");
  EXPECT_EQ(f.root().uses.size(), 3u) << "two modules, and an invalid one for what is nowhere";
}

TEST(Modules, UnknownStandardModule) {
  Fixture f(Files{{"app.stack", "use { Network } from \"std/netwrok\"\n"}});
  f.load({"app.stack"});
  ASSERT_EQ(f.codes(), Codes{Code::NotInStandardLibrary});
  EXPECT_EQ(f.sink.all()[0].labels[0].text, "did you mean `std/network`?");
}

TEST(Modules, SyntaxErrorsMarkTheModule) {
  Fixture f(Files{{"a.stack", "stack \"a\"\nresource = {\n"}});
  f.load({"a.stack"});
  EXPECT_FALSE(f.sink.all().empty());
  EXPECT_TRUE(f.root().broken);
}

}  // namespace
}  // namespace stackc

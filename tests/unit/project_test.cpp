#include "compiler/modules/project.hpp"

#include <gtest/gtest.h>

namespace stackc {
namespace {

/// A project file in memory, read.
struct Fixture {
  explicit Fixture(std::string text, std::string version = "0.3.1") {
    fs.files["stackc.yaml"] = std::move(text);
    project = read_project("stackc.yaml", version, fs, sources, sink);
  }
  /// The text under the primary label of finding `i`.
  std::string_view place(std::size_t i) const { return sources.text(sink.all().at(i).labels.at(0).span); }
  const std::string& message(std::size_t i) const { return sink.all().at(i).message; }

  MemoryFileSystem fs;
  SourceMap sources;
  Sink sink;
  Project project;
};

TEST(Project, ReadsEveryKey) {
  Fixture f(R"(compiler: ">=0.3"
out: templates
lint:
  unknown-value: error
environments:
  staging:
  production:
    stacks:
      acme-network:
        name: acme-network-prod
        const: { zones: [A, B, C] }
        parameters: { Size: 3 }
)");
  ASSERT_TRUE(f.sink.all().empty());
  EXPECT_EQ(f.project.out, "templates");
  EXPECT_EQ(f.project.lints.at(Code::UnknownValue), LintLevel::Error);
  ASSERT_EQ(f.project.environments.size(), 2u);
  EXPECT_TRUE(f.project.environments[0].stacks.empty());
  const auto* stack = f.project.find("production")->find("acme-network");
  ASSERT_NE(stack, nullptr);
  EXPECT_EQ(stack->name, "acme-network-prod");
  ASSERT_EQ(stack->consts.size(), 1u);
  EXPECT_EQ(stack->consts[0].value.items.size(), 3u);
  EXPECT_EQ(stack->parameters[0].value.text, "3");
}

TEST(Project, EmptyFileIsTheDefaults) {
  Fixture f("# nothing yet\n");
  EXPECT_TRUE(f.sink.all().empty());
  EXPECT_EQ(f.project.out, "generated");
}

TEST(Project, UnknownKeysAreErrorsAtTheirPlaces) {
  Fixture f("otu: x\nenvironments:\n  production:\n    stack: {}\nlint:\n  unknown-valu: off\n");
  ASSERT_EQ(f.sink.all().size(), 3u);
  EXPECT_EQ(f.message(0), "the project file has no key `otu`");
  EXPECT_EQ(f.place(0), "otu");
  EXPECT_EQ(f.sink.all()[0].fixes.at(0).replacement, "out");
  EXPECT_EQ(f.place(1), "stack");
  EXPECT_EQ(f.sink.all()[1].labels[0].text, "did you mean `stacks`?");
  EXPECT_EQ(f.place(2), "unknown-valu");
}

TEST(Project, ErrorsCannotBeSwitchedOff) {
  Fixture f("lint: { unknown-property: off }\n");
  ASSERT_EQ(f.sink.all().size(), 1u);
  EXPECT_EQ(f.sink.all()[0].code, Code::ProjectKey);
}

TEST(Project, WrongValues) {
  Fixture f("out: [a]\nlint: { unknown-value: wraning }\nenvironments: { ../up: {} }\n");
  ASSERT_EQ(f.sink.all().size(), 3u);
  EXPECT_EQ(f.message(0), "`out` is a list, expected the name of a folder");
  EXPECT_EQ(f.place(1), "wraning");
  EXPECT_EQ(f.sink.all()[1].fixes.at(0).replacement, "warning");
  EXPECT_EQ(f.message(2), "`../up` cannot name an environment");
}

TEST(Project, AKeyGivenTwiceIsAnError) {
  Fixture f("out: a\nout: b\n");
  ASSERT_EQ(f.sink.all().size(), 1u);
  EXPECT_EQ(f.message(0), "`out` is given twice");
  EXPECT_EQ(f.sink.all()[0].labels.at(1).span.begin, 0u);
  EXPECT_EQ(f.project.out, "a");
}

TEST(Project, NotYaml) {
  for (const auto* text : {"out: [a\n", "a: b: c\n", "\t- x", "*nobody", "? [a]\n: b\n"}) {
    Fixture f(text);
    ASSERT_EQ(f.sink.all().size(), 1u) << text;
    EXPECT_EQ(f.sink.all()[0].code, Code::ProjectSyntax) << text;
    EXPECT_TRUE(f.sink.all()[0].labels.at(0).span.valid());
  }
}

TEST(Project, DeepAndEndlessYamlIsRefused) {
  Fixture deep("out: " + std::string(5000, '['));
  EXPECT_EQ(deep.sink.all().at(0).code, Code::ProjectSyntax);
  std::string bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
  for (int i = 1; i < 9; ++i) {
    const auto n = std::to_string(i);
    const auto before = "*a" + std::to_string(i - 1);
    bomb += "a" + n + ": &a" + n + " [" + before;
    for (int k = 0; k < 9; ++k) bomb += "," + before;
    bomb += "]\n";
  }
  Fixture endless(bomb);
  ASSERT_EQ(endless.sink.all().size(), 1u);
  EXPECT_NE(endless.message(0).find("too many values"), std::string::npos);
}

TEST(Project, CompilerOutsideTheRange) {
  Fixture f("compiler: '>=0.4'\n");
  ASSERT_EQ(f.sink.all().size(), 1u);
  EXPECT_EQ(f.message(0), "this is stackc 0.3.1, the project needs `>=0.4`");
  EXPECT_EQ(f.place(0), "'>=0.4'");
}

TEST(Project, VersionRanges) {
  const auto in = [](std::string_view range) { return in_version_range("0.3.1", range); };
  for (const auto* range :
       {">=0.3", "<1", ">0.3", ">=0.3 <0.4", ">= 0.3, < 1.0", "0.3.1", "=0.3.1", "^0.3", "~0.3.0"}) {
    EXPECT_EQ(in(range), true) << range;
  }
  for (const auto* range : {">0.3.1", "0.3", "<0.3", "^0.2", "^1", "~0.2", ">=0.3 <0.3.1"})
    EXPECT_EQ(in(range), false) << range;
  for (const auto* range : {"", "latest", ">=", "1.2.3.4", ">=a", "=>1", "1..2", "0.3.x"}) {
    EXPECT_EQ(in(range), std::nullopt) << range;
  }
}

TEST(Project, IsFoundInTheFoldersAbove) {
  MemoryFileSystem fs;
  fs.files["a/stackc.yaml"] = "";
  fs.files["../../stackc.yaml"] = "";
  EXPECT_EQ(find_project_file(fs, "a/b/c", ""), "a/stackc.yaml");
  EXPECT_EQ(find_project_file(fs, "x/y", ""), std::nullopt);
  EXPECT_EQ(find_project_file(fs, "x", "/home/me"), "../../stackc.yaml");
  EXPECT_EQ(find_project_file(fs, "../z", "/home/me"), "../../stackc.yaml");
  EXPECT_EQ(find_project_file(fs, "x", "/home"), std::nullopt) << "nothing is above the root";
  fs.files["/srv/stackc.yaml"] = "";
  EXPECT_EQ(find_project_file(fs, "/srv/deep/er", "/home/me"), "/srv/stackc.yaml");
  EXPECT_EQ(find_project_file(fs, "/tmp/x", "/home/me"), std::nullopt);
}

TEST(Yaml, ScalarsOfTheCoreSchema) {
  const auto kind = [](std::string_view text) {
    std::string reason;
    return yaml::scalar_kind(yaml::parse_text(text, reason));
  };
  EXPECT_EQ(kind("12"), yaml::ScalarKind::Int);
  EXPECT_EQ(kind("-1.50"), yaml::ScalarKind::Decimal);
  EXPECT_EQ(kind("true"), yaml::ScalarKind::Bool);
  EXPECT_EQ(kind("~"), yaml::ScalarKind::Null);
  EXPECT_EQ(kind("10.0.0.0/16"), yaml::ScalarKind::String);
  EXPECT_EQ(kind("1.2.3"), yaml::ScalarKind::String);
  EXPECT_EQ(kind("'12'"), yaml::ScalarKind::String) << "quotes make a string";
  EXPECT_EQ(kind("\"true\""), yaml::ScalarKind::String);
  EXPECT_EQ(kind("yes"), yaml::ScalarKind::String);
}

TEST(Yaml, PlacesCountBytesAlsoAfterUmlautsAndBom) {
  Fixture f("\xEF\xBB\xBF# gr\xC3\xBC\xC3\x9F\nout: \"\xC3\xA4\"\nbad: 1\n");
  ASSERT_EQ(f.sink.all().size(), 1u);
  EXPECT_EQ(f.place(0), "bad");
}

}  // namespace
}  // namespace stackc

// What the command line itself says: help, versions, mistakes in options.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/driver/help.hpp"
#include "compiler/driver/options.hpp"
#include "compiler/driver/pipeline.hpp"
#include "tests/cli/program.hpp"

namespace stackc::tests {
namespace {

using testing::HasSubstr;

TEST(Usage, Version) {
  const Folder folder;
  const auto expected = "stackc " + std::string{compiler_version()} + "\n";
  EXPECT_EQ(stackc(folder, {"--version"}).out, expected);
  const auto late = stackc(folder, {"--color", "never", "--version"});
  EXPECT_EQ(late.out, expected);
  EXPECT_EQ(late.status, 0);
}

TEST(Usage, EveryCommandHasHelp) {
  const Folder folder;
  for (const auto command : command_names()) {
    const std::string name{command};
    const auto r = stackc(folder, {name, "--help"});
    EXPECT_EQ(r.status, 0) << name;
    EXPECT_EQ(r.err, "") << name;
    for (const auto* part : {"Usage: stackc ", "Options:\n", "Examples:\n", "Exit status:\n"}) {
      EXPECT_THAT(r.out, HasSubstr(part)) << name;
    }
    EXPECT_EQ(stackc(folder, {"help", name}).out, r.out);
    EXPECT_EQ(stackc(folder, {name, "-h"}).out, r.out);
  }
  EXPECT_EQ(stackc(folder, {"help"}).out, stackc(folder, {"--help"}).out);
}

TEST(Usage, HelpNamesEveryOption) {
  for (const auto command : command_names()) {
    for (const auto& option : option_names(command)) {
      EXPECT_THAT(std::string{help_text(command)}, HasSubstr(option)) << command;
    }
  }
}

TEST(Usage, HelpFitsAnEightyColumnTerminal) {
  for (const auto command : command_names()) {
    std::string_view text = help_text(command);
    while (!text.empty()) {
      const auto line = text.substr(0, text.find('\n'));
      EXPECT_LE(line.size(), 90u) << line;
      text.remove_prefix(line.size() + 1);
    }
  }
}

struct Mistake {
  std::vector<std::string> arguments;
  std::string err;
};

TEST(Usage, MistakesAreStatusTwoAndSayWhatWasMeant) {
  const Folder folder;
  const std::vector<Mistake> mistakes{
      {{}, "error: a command is missing\nhelp: see `stackc --help`\n"},
      {{"biuld"}, "error: unknown command `biuld`\nhelp: did you mean `build`?\n"},
      {{"frobnicate"}, "error: unknown command `frobnicate`\nhelp: see `stackc --help`\n"},
      {{"help", "chekc"}, "error: unknown command `chekc`\nhelp: did you mean `check`?\n"},
      {{"--colour"}, "error: unknown option `--colour`\nhelp: did you mean `--color`?\n"},
      {{"build", "--otu", "x"}, "error: `stackc build` has no option `--otu`\nhelp: did you mean `--out`?\n"},
      {{"build", "--chek=1"},
       "error: `stackc build` has no option `--chek`\nhelp: did you mean `--check`?\n"},
      {{"check", "--out", "x"},
       "error: `stackc check` has no option `--out`\nhelp: see `stackc check --help`\n"},
      {{"build", "--env"}, "error: `--env` needs a value\nhelp: see `stackc build --help`\n"},
      {{"build", "--set", "zones"},
       "error: `--set zones` sets nothing\nhelp: write it as `--set name=value`\n"},
      {{"build", "--format", "yml"}, "error: `--format` cannot be `yml`\nhelp: did you mean `yaml`?\n"},
      {{"check", "--dump", "asd"}, "error: `--dump` cannot be `asd`\nhelp: did you mean `ast`?\n"},
      {{"check", "--diagnostics", "jsno"},
       "error: `--diagnostics` cannot be `jsno`\nhelp: did you mean `json`?\n"},
      {{"explain"}, "error: `stackc explain` needs a code\nhelp: for example `stackc explain E0203`\n"},
      {{"explain", "E0203", "E0204"},
       "error: `stackc explain` does not expect `E0204`\nhelp: see `stackc explain --help`\n"},
      {{"schema"},
       "error: `stackc schema` needs a type\n"
       "help: for example `stackc schema AWS::EC2::Subnet` or `stackc schema --search subnet`\n"},
  };
  for (const auto& mistake : mistakes) {
    const auto r = stackc(folder, mistake.arguments);
    EXPECT_EQ(r.status, 2) << mistake.err;
    EXPECT_EQ(r.out, "");
    EXPECT_EQ(r.err, mistake.err);
  }
}

TEST(Usage, JobsMustBeANumber) {
  const Folder folder;
  EXPECT_EQ(stackc(folder, {"build", "-j", "many"}).status, 2);
  EXPECT_EQ(stackc(folder, {"build", "-j", "0"}).status, 2);
}

TEST(Usage, ExplainPrintsThePage) {
  const Folder folder;
  const auto r = stackc(folder, {"explain", "E0901"});
  EXPECT_EQ(r.status, 0);
  EXPECT_THAT(r.out, HasSubstr("E0901"));
  EXPECT_EQ(stackc(folder, {"explain", "file-not-found"}).out, r.out);
  const auto unknown = stackc(folder, {"explain", "file-not-fuond"});
  EXPECT_EQ(unknown.status, 1);
  EXPECT_THAT(unknown.err, HasSubstr("`file-not-found`"));
}

TEST(Usage, SchemaDescribesTypes) {
  const Folder folder;
  const auto type = stackc(folder, {"schema", "AWS::EC2::Subnet"});
  EXPECT_EQ(type.status, 0);
  EXPECT_THAT(type.out, HasSubstr("VpcId"));
  EXPECT_THAT(stackc(folder, {"schema", "AWS::EC2::Subnet.VpcId"}).out, HasSubstr("AWS::EC2::VPC"));
  EXPECT_THAT(stackc(folder, {"schema", "--search", "subnet group"}).out,
              HasSubstr("AWS::RDS::DBSubnetGroup"));
  const auto unknown = stackc(folder, {"schema", "AWS::EC2::Subnte"});
  EXPECT_EQ(unknown.status, 1);
  EXPECT_EQ(unknown.out, "");
  EXPECT_THAT(unknown.err, HasSubstr("`AWS::EC2::Subnet`"));
  EXPECT_EQ(stackc(folder, {"schema", "--search", "zeppelin"}).status, 1);
}

}  // namespace
}  // namespace stackc::tests

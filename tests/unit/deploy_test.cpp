#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "compiler/deploy/arns.hpp"
#include "compiler/deploy/deploy.hpp"
#include "compiler/deploy/table.hpp"
#include "compiler/emit/emit.hpp"

namespace stackc::deploy {
namespace {

std::vector<Entry> all_entries() {
  std::vector<Entry> all;
  for (const auto part : {network_entries(), compute_entries(), data_entries(), other_entries()}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

bool knows(const iam::Service& service, std::string_view resource) {
  for (std::size_t a = 0; a < service.size(); ++a) {
    for (std::size_t r = 0; r < service[a].resource_count(); ++r) {
      if (service[a].resource(r).name() == resource) return true;
    }
  }
  return false;
}

TEST(DeployTable, SpeaksOfWhatThereIs) {
  const schema::Schema aws = schema::Schema::aws();
  const iam::Iam iam = iam::Iam::aws();
  std::set<std::string_view> types;
  for (const Entry& e : all_entries()) {
    EXPECT_TRUE(types.insert(e.type).second) << e.type << " stands there twice";
    const auto type = aws.find(e.type);
    ASSERT_TRUE(type) << e.type;
    EXPECT_TRUE(e.name.empty() || type.properties().find(e.name)) << e.type << "." << e.name;
    const iam::Service service = iam.find(e.service);
    ASSERT_TRUE(service) << e.type << ": " << e.service;
    EXPECT_TRUE(e.own.empty() || knows(service, e.own)) << e.type << ": " << e.own;
    for (const std::string& action : needs_of(e.type, type, iam).actions) {
      const std::size_t colon = action.find(':');
      const iam::Service of = iam.find(action.substr(0, colon));
      EXPECT_TRUE(of && of.find(action.substr(colon + 1))) << e.type << ": " << action;
    }
  }
}

/// What the standard library makes is known, not guessed.
TEST(DeployTable, HasAllTypesOfTheStandardLibrary) {
  const std::regex declaration("resource \\w+: (AWS::\\w+::\\w+)");
  std::size_t seen = 0;
  for (const auto& file : std::filesystem::directory_iterator(std::string(STACKC_SOURCE_DIR) + "/stdlib/std")) {
    std::ifstream in(file.path());
    for (std::string line; std::getline(in, line);) {
      std::smatch match;
      if (line.starts_with("///") || !std::regex_search(line, match, declaration)) continue;
      EXPECT_NE(find_entry(match[1].str()), nullptr) << file.path() << ": " << match[1];
      ++seen;
    }
  }
  EXPECT_GT(seen, 50U);
}

TEST(DeployTable, OtherTypesAreFoundByName) {
  const schema::Schema aws = schema::Schema::aws();
  const Needs vault = needs_of("AWS::Backup::BackupVault", aws.find("AWS::Backup::BackupVault"), iam::Iam::aws());
  EXPECT_EQ(vault.source, Needs::Source::Names);
  const std::set<std::string> actions(vault.actions.begin(), vault.actions.end());
  for (const char* action : {"backup:CreateBackupVault", "backup:DeleteBackupVault", "backup:DescribeBackupVault"}) {
    EXPECT_TRUE(actions.contains(action)) << action;
  }
  EXPECT_FALSE(actions.contains("backup:StartBackupJob"));
  EXPECT_EQ(needs_of("AWS::Nothing::Thing", {}, iam::Iam::aws()).source, Needs::Source::Unknown);
}

/// How much of AWS is found at all: a type that is not, gets all of its service.
TEST(DeployTable, MostTypesAreFound) {
  const schema::Schema aws = schema::Schema::aws();
  std::size_t found = 0;
  for (std::size_t i = 0; i < aws.size(); ++i) {
    if (needs_of(aws[i].name(), aws[i], iam::Iam::aws()).source != Needs::Source::Unknown) ++found;
  }
  RecordProperty("found", static_cast<int>(found));
  RecordProperty("types", static_cast<int>(aws.size()));
  EXPECT_GT(found * 4, aws.size() * 3);
}

TEST(DeployArns, PatternsOfValues) {
  Arena arena;
  const ir::Builder build(arena);
  const Target target{"acme-app", "aws", "eu-west-1", "111122223333"};
  EXPECT_EQ(pattern_of(nullptr, target), "");
  EXPECT_EQ(pattern_of(build.string("web"), target), "web");
  EXPECT_EQ(pattern_of(build.ref("AWS::StackName"), target), "acme-app");
  EXPECT_EQ(pattern_of(build.ref("Name"), target), "*");
  EXPECT_EQ(pattern_of(build.sub({build.ref("AWS::StackName"), build.string("-"), build.ref("P"), build.ref("Q")}), target),
            "acme-app-*");
  EXPECT_EQ(pattern_of(build.call(ir::Fn::SubText, {build.string("${AWS::Region}/${Name}/${!Kept}")}), target),
            "eu-west-1/*/${Kept}");
  EXPECT_EQ(pattern_of(build.call(ir::Fn::Join, {build.string(":"), build.list({build.string("a"), build.ref("B")})}), target), "a:*");
}

TEST(DeployDocuments, AreCutWhereIamWouldRefuse) {
  Arena arena;
  std::vector<Statement> statements;
  for (int i = 0; i < 40; ++i) {
    Statement s{{}, {"arn:aws:sqs:eu-west-1:111122223333:queue-" + std::to_string(i)}, {}};
    for (int k = 0; k < 20; ++k) s.actions.push_back("sqs:Action" + std::to_string(k));
    statements.push_back(s);
  }
  const auto parts = documents(statements, arena, 1000);
  EXPECT_GT(parts.size(), 10U);
  for (const ir::ValueRef part : parts) {
    EXPECT_LE(json_length(part), 1000U);
    std::string text = emit::value_json(part);
    std::erase(text, ' ');
    EXPECT_EQ(json_length(part), text.size());
  }
  EXPECT_EQ(documents(statements, arena, 0).size(), 1U);
  EXPECT_EQ(documents({}, arena, 100).size(), 1U);
}

TEST(DeployDocuments, AStatementThatIsTooLongIsCutBetweenActions) {
  Arena arena;
  Statement s{{}, {"*"}, {}};
  for (int k = 0; k < 100; ++k) s.actions.push_back("sqs:Action" + std::to_string(k));
  for (const ir::ValueRef part : documents({s}, arena, 600)) EXPECT_LE(json_length(part), 600U);
}

TEST(DeployMerging, OneStatementForOnePlace) {
  const auto merged_ones = merged({{{"a:B"}, {"x"}, {}}, {{"a:A"}, {"x"}, {}}, {{"a:B"}, {"x"}, {}}, {{"a:C"}, {"*"}, {}},
                                   {{"a:C"}, {"x"}, {}}});
  ASSERT_EQ(merged_ones.size(), 2U);
  EXPECT_EQ(merged_ones[0].actions, (std::vector<std::string>{"a:A", "a:B"}));
  EXPECT_EQ(merged_ones[1].resources, (std::vector<std::string>{"*"}));
}

}  // namespace
}  // namespace stackc::deploy

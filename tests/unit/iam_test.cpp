#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "compiler/iam/blob.hpp"
#include "compiler/iam/iam.hpp"

namespace stackc::iam {
namespace {

TEST(Iam, PatternsMatchAsInPolicies) {
  EXPECT_TRUE(matches("Get*", "GetObject"));
  EXPECT_TRUE(matches("get?bject", "GetObject"));
  EXPECT_TRUE(matches("*", ""));
  EXPECT_TRUE(matches("*Obj*ct", "GetObject"));
  EXPECT_FALSE(matches("Get", "GetObject"));
  EXPECT_FALSE(matches("Get?", "Get"));
  EXPECT_FALSE(matches("*x", "GetObject"));
}

TEST(Iam, FindsActionsInAnyCase) {
  const Service ecs = Iam::aws().find("ECS");
  ASSERT_TRUE(ecs);
  EXPECT_EQ(ecs.prefix(), "ecs");
  const Action run = ecs.find("runtask");
  ASSERT_TRUE(run);
  EXPECT_EQ(run.name(), "RunTask");
  EXPECT_EQ(run.level(), Level::Write);
  ASSERT_EQ(run.resource_count(), 1U);
  EXPECT_EQ(run.resource(0).name(), "task-definition");
  EXPECT_TRUE(run.resource(0).arn().starts_with("arn:${Partition}:ecs:"));
  EXPECT_FALSE(run.takes_any_resource_only());
  EXPECT_TRUE(ecs.find("ListTaskDefinitions").takes_any_resource_only());
  EXPECT_FALSE(ecs.find("RunTasks"));
  EXPECT_FALSE(Iam::aws().find("ecss"));
}

TEST(Iam, EveryServiceAndActionIsFoundByItsName) {
  const Iam iam = Iam::aws();
  ASSERT_GT(iam.size(), 400U);
  for (std::size_t s = 0; s < iam.size(); ++s) {
    ASSERT_TRUE(iam.find(iam[s].prefix())) << iam[s].prefix();
    for (std::size_t a = 0; a < iam[s].size(); ++a) {
      const Action action = iam[s][a];
      const Action found = iam[s].find(action.name());
      ASSERT_TRUE(found) << iam[s].prefix() << ":" << action.name();
      EXPECT_EQ(found.name(), action.name());
      for (std::size_t r = 0; r < action.resource_count(); ++r) {
        EXPECT_TRUE(action.resource(r).arn().starts_with("arn:")) << iam[s].prefix() << ":" << action.name();
      }
    }
  }
}

TEST(Iam, KnowsConditionKeys) {
  const Iam iam = Iam::aws();
  for (const char* key : {"aws:SourceArn", "AWS:sourcearn", "aws:ResourceTag/team", "aws:ResourceTag/team:name", "s3:prefix",
                          "ecs:cluster", "iam:PassedToService", "s3:ExistingObjectTag/secret"}) {
    EXPECT_TRUE(iam.knows_key(key)) << key;
  }
  for (const char* key : {"aws:SourceArm", "s3:prefixes", "nothing:at", "prefix"}) EXPECT_FALSE(iam.knows_key(key)) << key;
  EXPECT_TRUE(iam.has_keys("sqs") || iam.find("sqs"));
}

TEST(Iam, TextsThatCannotBeReadAreMistakes) {
  EXPECT_TRUE(build({"service a\nresource thing arn:x\nwrite Make thing!\nlist List\nkey a:b\n"}).mistakes.empty());
  EXPECT_EQ(build({"service a\nwrite Make thing\n"}).mistakes.size(), 1U);
  EXPECT_EQ(build({"write Make\n"}).mistakes.size(), 1U);
  EXPECT_EQ(build({"service a\nwhatever Make\n"}).mistakes.size(), 1U);
}

TEST(Iam, NamesOfOneLetterMoreAreOthers) {
  const Built built = build({"service b\nservice a\nlist Go\nwrite GoOn\nwrite go-a\n"});
  const Blob blob(built.bytes.data());
  const Service a = Iam(&blob).find("a");
  ASSERT_TRUE(a);
  EXPECT_EQ(a.action_names(), (std::vector<std::string_view>{"Go", "go-a", "GoOn"}));
  EXPECT_EQ(a.find("GO").name(), "Go");
  EXPECT_EQ(a.find("goon").name(), "GoOn");
  EXPECT_FALSE(a.find("goo"));
}

}  // namespace
}  // namespace stackc::iam

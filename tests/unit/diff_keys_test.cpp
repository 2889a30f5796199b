// Lists whose entries have names: containers, their environment and secrets, tags; task definitions as
// documents.

#include "tests/unit/diff_support.hpp"

namespace stackc::diff {
namespace {

std::string task(std::string_view containers) {
  return fmt::format(
      "Resources:\n  T:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      Family: t\n      "
      "ContainerDefinitions: [{}]\n",
      containers);
}

TEST(DiffKeys, TaskDefinitionsByContainer) {
  const std::string before = task(
      "{ Name: proxy, Image: p }, { Name: web, Image: 'web:1', Memory: 512, Environment: [{ Name: HOST, "
      "Value: a }, { Name: PORT, Value: '80' }] }");
  const std::string after = task(
      "{ Name: web, Image: 'web:2', Memory: 1024, Environment: [{ Name: PORT, Value: '80' }, { Name: HOST, "
      "Value: b }] }, { Name: proxy, Image: p }");
  const std::string said = changes(before, after);
  EXPECT_NE(said.find("ContainerDefinitions[web].Image! \"web:1\" -> \"web:2\"\n"), std::string::npos)
      << said;
  EXPECT_NE(said.find("ContainerDefinitions[web].Environment[HOST].Value! \"a\" -> \"b\"\n"),
            std::string::npos)
      << said;
  EXPECT_NE(said.find("ContainerDefinitions[web].Memory! 512 -> 1024\n"), std::string::npos) << said;
  EXPECT_EQ(said.find("proxy"), std::string::npos) << said;
  EXPECT_EQ(said.find("PORT"), std::string::npos) << said;
}

TEST(DiffKeys, AContainerThatComes) {
  const std::string said =
      changes(task("{ Name: web, Image: i }"), task("{ Name: logs, Image: l }, { Name: web, Image: i }"));
  EXPECT_NE(said.find("ContainerDefinitions[logs]! - -> {"), std::string::npos) << said;
  EXPECT_EQ(said.find("[web]"), std::string::npos) << said;
}

TEST(DiffKeys, TagsByKey) {
  const auto topic = [](std::string_view tags) {
    return fmt::format("Resources: {{ T: {{ Type: AWS::SNS::Topic, Properties: {{ Tags: [{}] }} }} }}\n",
                       tags);
  };
  EXPECT_EQ(changes(topic("{ Key: a, Value: '1' }, { Key: b, Value: '2' }"),
                    topic("{ Key: b, Value: '3' }, { Key: a, Value: '1' }")),
            "update T\n  Tags[b].Value \"2\" -> \"3\"\n");
}

/// A template with one document.
struct WithDocument {
  explicit WithDocument(std::string_view json) : side("Resources: { T: { Type: AWS::SNS::Topic } }\n") {
    const FileId id = side.sources.add("task.json", std::string(json));
    document = cfn::read_document(id, side.sources, side.sink);
    if (document == nullptr) return;
    ir::Document& d = side.tmpl->documents.emplace_back();
    d.path = "ecs/web.json";
    d.value = document->root;
  }
  ReadSide side;
  std::unique_ptr<cfn::Document> document;
};

TEST(DiffKeys, DocumentsOfTasksByContainer) {
  const WithDocument before(
      R"({"containerDefinitions": [{"name": "web", "image": "web:1", "secrets": [{"name": "KEY", "valueFrom": "a"}]}]})");
  const WithDocument after(
      R"({"containerDefinitions": [{"name": "web", "image": "web:2", "secrets": [{"name": "KEY", "valueFrom": "b"}]}]})");
  const StackDiff diff = compare({.tmpl = before.side.tmpl.get(), .parameters = {}},
                                 {.tmpl = after.side.tmpl.get(), .parameters = {}}, schema::Schema::aws());
  std::vector<std::string> said;
  for (const EntryChange& e : diff.entries) said.push_back(fmt::format("{} {} {}", e.section, e.id, e.path));
  EXPECT_EQ(said, (std::vector<std::string>{
                      "Documents ecs/web.json containerDefinitions[web].image",
                      "Documents ecs/web.json containerDefinitions[web].secrets[KEY].valueFrom"}));
  EXPECT_TRUE(diff.resources.empty());
}

}  // namespace
}  // namespace stackc::diff

// Compose files as a whole: what a reader of the file system meets, and files that nobody would write.

#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "compiler/modules/modules.hpp"

namespace stackc {
namespace {

class ComposeFiles : public ::testing::Test {
 protected:
  void load(const std::string& compose, const std::string& call = "compose(yaml(\"compose.yaml\"))") {
    fs.files["app/compose.yaml"] = compose;
    fs.files["app/main.stack"] = "stack \"app\"\n\nlet c = " + call + "\n";
    graph = load_modules({"app/main.stack"}, fs, sources, sink, {});
  }
  const compose::Value* services() const {
    for (const auto& file : graph.data_files) {
      if (file->kind == DataKind::Compose) return file->ok ? &file->services : nullptr;
    }
    return nullptr;
  }
  std::string messages() const {
    std::string all;
    for (const Diagnostic& d : sink.all()) {
      if (d.severity != Severity::Error) continue;
      const Span span = d.labels.empty() ? Span{} : d.labels[0].span;
      if (span.valid()) {
        const Position at = sources.position(span.file, span.begin);
        all += std::string(sources.path(span.file)) + ":" + std::to_string(at.line) + ": ";
      }
      all += d.message + "\n";
    }
    return all;
  }
  MemoryFileSystem fs;
  SourceMap sources;
  Sink sink;
  ModuleGraph graph;
};

TEST_F(ComposeFiles, AreARecordOfServices) {
  load("services:\n  web: { image: nginx, ports: [80] }\n  db: { image: postgres }\n");
  ASSERT_NE(services(), nullptr) << messages();
  ASSERT_EQ(services()->members.size(), 2U);
  EXPECT_EQ(services()->members[0].name, "web");
  EXPECT_EQ(services()->find("web")->find("ports")->items[0].find("port")->number, 80);
}

TEST_F(ComposeFiles, ALetMayNameTheFile) {
  fs.files["app/compose.yaml"] = "services:\n  web: { image: nginx }\n";
  fs.files["app/main.stack"] = "stack \"app\"\n\nlet c = compose(file)\nlet file = (yaml(\"compose.yaml\"))\n";
  graph = load_modules({"app/main.stack"}, fs, sources, sink, {});
  EXPECT_NE(services(), nullptr) << messages();
}

TEST_F(ComposeFiles, ServicesThatAreNotAskedForAreNotRead) {
  load("services:\n  web: { image: nginx }\n  db: { ports: nonsense }\n",
       "compose(yaml(\"compose.yaml\"), { services: [\"web\"] })");
  ASSERT_NE(services(), nullptr) << messages();
  EXPECT_EQ(services()->members.size(), 1U);
}

TEST_F(ComposeFiles, ProfilesChooseServices) {
  const std::string file = "services:\n  web: { image: a }\n  tool: { image: b, profiles: [debug, test] }\n";
  load(file);
  ASSERT_NE(services(), nullptr);
  EXPECT_EQ(services()->members.size(), 1U);
  load(file, "compose(yaml(\"compose.yaml\"), { profiles: [\"test\"] })");
  ASSERT_NE(services(), nullptr);
  EXPECT_EQ(services()->members.size(), 2U);
}

TEST_F(ComposeFiles, MergeKeysTakeWhatIsNotSaid) {
  load(
      "x-a: &a { image: a, user: a }\nx-b: &b { image: b, user: b, hostname: b }\n"
      "services:\n  web: { <<: [*a, *b], user: own }\n");
  ASSERT_NE(services(), nullptr) << messages();
  const auto* web = services()->find("web");
  EXPECT_EQ(web->find("image")->text[0].text, "a");
  EXPECT_EQ(web->find("user")->text[0].text, "own");
  EXPECT_EQ(web->find("hostname")->text[0].text, "b");
}

TEST_F(ComposeFiles, ServicesThatExtendEachOtherEnd) {
  load("services:\n  a: { image: x, extends: b }\n  b: { image: x, extends: a }\n");
  EXPECT_NE(messages().find("extends itself"), std::string::npos) << messages();
}

TEST_F(ComposeFiles, FilesThatIncludeEachOtherEnd) {
  fs.files["app/b.yaml"] = "include: [compose.yaml]\nservices:\n  b: { image: x }\n";
  load("include: [b.yaml]\nservices:\n  a: { image: x }\n");
  EXPECT_EQ(services(), nullptr);
  EXPECT_NE(messages(), "");
}

TEST_F(ComposeFiles, ReadNothingOutsideOfTheProject) {
  fs.files["secret.yaml"] = "services:\n  x: { image: x }\n";
  fs.files["secret.env"] = "PASSWORD=x\n";
  load("include: [../secret.yaml]\nservices:\n  a: { image: x, env_file: [../secret.env, /etc/passwd] }\n");
  EXPECT_EQ(services(), nullptr);
  EXPECT_EQ(messages().find("PASSWORD"), std::string::npos);
  EXPECT_NE(messages().find("leads out of the project's folder"), std::string::npos) << messages();
  load("services:\n  a: { image: x, env_file: [../secret.env, /etc/passwd] }\n");
  EXPECT_EQ(services(), nullptr);
}

TEST_F(ComposeFiles, ThatAreNoYamlAreToldOnce) {
  load("services: [");
  EXPECT_EQ(services(), nullptr);
  EXPECT_EQ(sink.error_count(), 1U) << messages();
}

TEST_F(ComposeFiles, ThatAreNoTextAreToldOnce) {
  load(std::string("services:\n  web: { image: \"\xFF\xFE\" }\n"));
  EXPECT_EQ(services(), nullptr);
  EXPECT_EQ(sink.error_count(), 1U) << messages();
  load(std::string("\0\x01\x02", 3));
  EXPECT_EQ(services(), nullptr);
}

TEST_F(ComposeFiles, OfOddShapesAreErrorsOnly) {
  for (const char* text : {
           "", "[]", "text", "services:", "services: []", "services: { web: }", "services: { web: [] }",
           "services: { web: { image: [a] } }", "services: { web: { image: a, ports: { a: b } } }",
           "services: { web: { image: a, ports: [[1]] } }", "services: { web: { image: a, environment: 1 } }",
           "services: { web: { image: a, environment: [[a]] } }", "services: { web: { image: a, healthcheck: x } }",
           "services: { web: { image: a, deploy: { resources: { limits: [1] } } } }",
           "services: { web: { image: a, depends_on: { web: [] } } }", "services: { web: { image: a, logging: [x] } }",
           "services: { web: { image: a, volumes: [{}] } }", "services: { web: { image: a, gpus: {} } }",
           "services: { web: { image: a, ulimits: [1] } }", "services: { web: { image: a, devices: [[]] } }",
           "services: { web: { image: a, profiles: { a: b } } }", "services: { web: { image: a, extends: [] } }",
           "include: {}\nservices: {}", "include: [{}]\nservices: {}", "services: { web: { <<: 1, image: a } }",
           "volumes: []\nservices: { web: { image: a } }", "services: { '': { image: a } }",
           "services: { web: { image: a, extra_hosts: [':'] } }", "services: { web: { image: a, tmpfs: [{}] } }",
           "services: { web: { image: a, secrets: [{}], networks: { n: [] }, env_file: [{}] } }",
       }) {
    sink = Sink{};
    load(text);
    if (services() == nullptr) {
      EXPECT_GT(sink.error_count(), 0U) << text;
    }
  }
}

TEST_F(ComposeFiles, BombsOfAliasesAreRefused) {
  std::string bomb = "x-a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    bomb += "x-a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int k = 0; k < 10; ++k) bomb += (k > 0 ? ", *a" : "*a") + std::to_string(i - 1);
    bomb += "]\n";
  }
  load(bomb + "services:\n  web: { image: a, command: *a11 }\n");
  EXPECT_EQ(services(), nullptr);
  EXPECT_NE(messages().find("too many values"), std::string::npos) << messages();
}

TEST_F(ComposeFiles, ManyMergesEnd) {
  std::string text = "x-m0: &m0 {";
  for (int i = 0; i < 300; ++i) text += "k" + std::to_string(i) + ": v, ";
  text += "}\nservices:\n";
  for (int i = 0; i < 2000; ++i) text += "  s" + std::to_string(i) + ": { image: a, labels: { <<: *m0 } }\n";
  const auto start = std::chrono::steady_clock::now();
  load(text);
  EXPECT_EQ(services(), nullptr);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(60));
}

TEST_F(ComposeFiles, DeepOnesAreRefused) {
  load("services:\n  web:\n    image: a\n    labels: " + std::string(5000, '[') + std::string(5000, ']') + "\n");
  EXPECT_EQ(services(), nullptr);
  EXPECT_GT(sink.error_count(), 0U);
}

TEST_F(ComposeFiles, LongOnesAreRead) {
  std::string text = "services:\n";
  for (int i = 0; i < 300; ++i) text += "  s" + std::to_string(i) + ": { image: a, environment: { A: \"${B:-x}\" } }\n";
  load(text);
  ASSERT_NE(services(), nullptr) << messages().substr(0, 500);
  EXPECT_EQ(services()->members.size(), 300U);
}

}  // namespace
}  // namespace stackc

// ECS definitions as other people wrote them, for `aws ecs register-task-definition`: as stack source, and written
// again as a document for the same API. The same JSON, so the spelling of keys is right both ways.

#include <gtest/gtest.h>

#include <cstdio>

#include "compiler/base/text.hpp"
#include "compiler/driver/pipeline.hpp"
#include "compiler/driver/round_trip.hpp"
#include "tests/corpus/corpus.hpp"

namespace stackc::tests {
namespace {

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

/// The document that the imported source becomes, its resource declared as a document.
std::string written_again(const std::string& source, std::vector<Diagnostic>& errors) {
  MemoryFileSystem fs;
  fs.files["definition.stack"] =
      replaced(replaced(source, "resource Task: AWS::ECS::TaskDefinition {",
                        "document \"definition.json\": AWS::ECS::TaskDefinition = {"),
               "resource Service: AWS::ECS::Service {", "document \"definition.json\": AWS::ECS::Service = {") +
      "\nresource Other: AWS::SQS::Queue\n";
  Request request;
  request.inputs = {"definition.stack"};
  request.threads = 1;
  const Result result = compile(request, fs);
  for (const Diagnostic& d : result.diagnostics) {
    if (d.severity == Severity::Error) errors.push_back(d);
  }
  for (const OutputFile& file : result.files) {
    if (file.path.ends_with("definition.json")) return file.text;
  }
  return {};
}

/// A null is as good as nothing to the API.
ir::ValueRef without_nulls(ir::ValueRef v, const ir::Builder& b) {
  if (const auto* list = v->get_if<ir::List>()) {
    std::vector<ir::ValueRef> items;
    for (const ir::ValueRef item : list->items) items.push_back(without_nulls(item, b));
    return b.list(items);
  }
  const auto* object = v->get_if<ir::Object>();
  if (object == nullptr) return v;
  std::vector<ir::Member> members;
  for (const ir::Member& m : object->members) {
    if (m.value->get_if<ir::Null>() == nullptr) members.push_back({m.key, without_nulls(m.value, b)});
  }
  return b.object(members);
}

TEST(Definitions, AreTheSameInBothSpellings) {
  std::size_t same = 0;
  for (const CorpusFile& file : definitions()) {
    SourceMap sources;
    Sink sink;
    const auto document = cfn::read_document(sources.add(file.path, file.text), sources, sink);
    ASSERT_NE(document, nullptr) << file.path;
    if (!cfn::is_definition(*document)) continue;
    const ir::ValueRef original = without_nulls(document->root, ir::Builder(document->arena));
    cfn::definition_to_template(*document, sink);
    const auto tmpl = cfn::read_template(*document, sink);
    ASSERT_NE(tmpl, nullptr) << file.path;
    ASSERT_FALSE(sink.has_errors()) << file.path << ": " << sink.all().front().message;
    cfn::SourceOptions options;
    options.stack_name = "imported";
    const RoundTrip source = round_trip(*tmpl, *document, options);
    ASSERT_FALSE(source.text.empty()) << file.path;
    std::vector<Diagnostic> errors;
    const std::string again = replaced(written_again(source.text, errors), "$${", "${");
    ASSERT_TRUE(errors.empty()) << file.path << ": " << errors.front().message << "\n" << source.text;
    SourceMap others;
    const auto built = cfn::read_document(others.add("definition.json", again), others, sink);
    ASSERT_NE(built, nullptr) << file.path;
    EXPECT_EQ(differences(original, built->root), std::vector<std::string>{}) << file.path << "\n" << again;
    ++same;
  }
  std::printf("%zu ECS definitions are the same in both spellings\n", same);
  if (definitions().empty()) GTEST_SKIP();
  EXPECT_GT(same, 0U);
}

}  // namespace
}  // namespace stackc::tests

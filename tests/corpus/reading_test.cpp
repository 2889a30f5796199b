// Reading a template and writing it gives the same template: as JSON, as YAML, for every one of the corpus.

#include <gtest/gtest.h>

#include "compiler/base/text.hpp"
#include "compiler/driver/round_trip.hpp"
#include "compiler/emit/emit.hpp"
#include "tests/corpus/corpus.hpp"

namespace stackc::tests {
namespace {

/// Where the written text reads as something else than `document`; a line an error or a place.
std::string misread(const cfn::Document& document, std::string text, const std::string& path) {
  SourceMap sources;
  Sink sink;
  const auto again = cfn::read_document(sources.add(path, std::move(text)), sources, sink);
  if (again == nullptr) return fmt::format("cannot be read again: {}", sink.all()[0].message);
  return fmt::format("{}", fmt::join(differences(document.root, again->root, 5), "\n"));
}

TEST(Corpus, ReadAndWrittenIsTheSame) {
  if (corpus().empty()) GTEST_SKIP();
  Table table({"files", "templates", "same", "refused", "no template"});
  for (const CorpusFile& file : corpus()) {
    const auto read = tests::read(file);
    table.count(file.source, "files");
    if (read->tmpl == nullptr) {
      // Nothing is refused without a word, and whatever is wrong has a place.
      const std::string error = first_error(*read);
      const bool passed_over = read->document != nullptr && !cfn::is_template(*read->document);
      EXPECT_TRUE(passed_over || (!error.empty() && error[0] >= '1' && error[0] <= '9'))
          << file.path << ": " << error;
      table.count(file.source, passed_over ? "no template" : "refused");
      continue;
    }
    table.count(file.source, "templates");
    const std::string as_json = misread(*read->document, emit::template_json(*read->tmpl), "t.json");
    const std::string as_yaml = misread(*read->document, emit::template_yaml(*read->tmpl), "t.yaml");
    EXPECT_EQ(as_json, "") << file.path << " as JSON";
    EXPECT_EQ(as_yaml, "") << file.path << " as YAML";
    if (as_json.empty() && as_yaml.empty()) table.count(file.source, "same");
  }
  table.print("read and written");
  EXPECT_EQ(table.sum("same"), table.sum("templates"));
  EXPECT_LE(table.sum("refused") * 20, table.sum("files")) << "more than one in twenty is refused";
}

}  // namespace
}  // namespace stackc::tests

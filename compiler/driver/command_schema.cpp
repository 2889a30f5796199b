#include "compiler/base/text.hpp"
#include "compiler/driver/commands.hpp"
#include "compiler/schema/print.hpp"

namespace stackc {

namespace {

int search(const std::string& words, Session& session) {
  auto& console = session.console;
  const auto found = schema::Schema::aws().search(words);
  if (found.empty()) {
    console.error(fmt::format("no resource type has `{}` in its name", words),
                  "fewer or shorter words find more");
    return kFindings;
  }
  console.out(schema::search_results(found, console.color_out()));
  return kFine;
}

}  // namespace

int run_schema(const SchemaOptions& options, Session& session) {
  if (!options.search.empty()) return search(options.search, session);
  Sink sink;
  std::string text;
  const bool found =
      schema::describe(schema::Schema::aws(), options.type, session.console.color_out(), sink, text);
  if (!sink.all().empty()) session.console.report(sink.take(), SourceMap{});
  if (!found) return kFindings;
  session.console.out(text);
  return kFine;
}

}  // namespace stackc

#include "compiler/diag/sarif_log.hpp"

namespace stackc {
namespace {

constexpr std::string_view kSchema = "https://json.schemastore.org/sarif-2.1.0.json";

}  // namespace

SarifLog::SarifLog(std::string_view tool, std::string_view version, const SourceMap& sources,
                   const PathRoot& root)
    : sources_(sources), root_(root) {
  json.begin_object();
  json.member("$schema", kSchema);
  json.member("version", "2.1.0");
  json.key("runs");
  json.begin_array();
  json.begin_object();
  json.key("tool");
  json.begin_object();
  json.key("driver");
  json.begin_object();
  json.member("name", tool);
  if (!version.empty()) json.member("version", version);
  json.key("rules");
  json.begin_array();
}

void SarifLog::begin_results() {
  json.end_array();
  json.end_object();
  json.end_object();
  json.member("columnKind", "unicodeCodePoints");
  json.key("results");
  json.begin_array();
}

std::string SarifLog::take() {
  json.end_array();
  json.end_object();
  json.end_array();
  json.end_object();
  return json.take();
}

void SarifLog::message(std::string_view name, std::string_view text) {
  json.key(name);
  json.begin_object();
  json.member("text", text);
  json.end_object();
}

void SarifLog::artifact(FileId file) {
  json.key("artifactLocation");
  json.begin_object();
  json.member("uri", std::string_view{uri_of(root_.path_of(sources_.path(file)))});
  json.end_object();
}

void SarifLog::region(std::string_view name, Span span) {
  const auto begin = sources_.position(span.file, span.begin);
  const auto end = sources_.position(span.file, span.end);
  json.key(name);
  json.begin_object();
  json.member("startLine", begin.line);
  json.member("startColumn", begin.column);
  json.member("endLine", end.line);
  json.member("endColumn", end.column);
  json.end_object();
}

void SarifLog::physical_location(Span span) {
  json.key("physicalLocation");
  json.begin_object();
  artifact(span.file);
  region("region", span);
  json.end_object();
}

}  // namespace stackc

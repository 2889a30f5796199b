// A template that is read is written, as JSON and as YAML, as the same template.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "compiler/driver/round_trip.hpp"
#include "compiler/emit/emit.hpp"
#include "compiler/import/import.hpp"

namespace {

using namespace stackc;

void must_read_as(const cfn::Document& document, std::string text) {
  SourceMap sources;
  Sink sink;
  const auto again = cfn::read_document(sources.add("again", std::move(text)), sources, sink);
  if (again == nullptr || !differences(document.root, again->root, 1).empty()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  SourceMap sources;
  Sink sink;
  const auto file = sources.add("first", std::string(reinterpret_cast<const char*>(data), size));
  const auto document = cfn::read_document(file, sources, sink);
  if (document == nullptr) return sink.has_errors() ? 0 : (std::abort(), 1);
  const auto t = cfn::read_template(*document, sink);
  if (t == nullptr) return sink.has_errors() ? 0 : (std::abort(), 1);
  must_read_as(*document, emit::template_json(*t));
  must_read_as(*document, emit::template_yaml(*t));
  return 0;
}

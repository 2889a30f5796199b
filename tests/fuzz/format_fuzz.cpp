// What parses must format to something that parses to the same tree, and formats to itself.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "compiler/base/source.hpp"
#include "compiler/diag/diagnostic.hpp"
#include "compiler/parse/parse.hpp"
#include "compiler/syntax/format.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stackc;
  SourceMap sources;
  Sink sink;
  const auto first =
      parse(sources, sources.add("first", std::string(reinterpret_cast<const char*>(data), size)), sink);
  if (sink.has_errors()) return 0;
  const std::string once = format(*first);
  const auto second = parse(sources, sources.add("second", once), sink);
  if (sink.has_errors() || dump(*first) != dump(*second) || format(*second) != once) std::abort();
  if (first->comments.size() != second->comments.size()) std::abort();
  return 0;
}

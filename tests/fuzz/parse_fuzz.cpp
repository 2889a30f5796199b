#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "compiler/base/source.hpp"
#include "compiler/parse/parse.hpp"
#include "compiler/syntax/format.hpp"

// Any bytes: the parser ends, and what it could not read it has reported; its tree can be walked.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stackc;
  SourceMap sources;
  Sink sink;
  const FileId file = sources.add("fuzz.stack", std::string(reinterpret_cast<const char*>(data), size));
  const auto tree = parse(sources, file, sink);
  (void)dump(*tree);
  for (const ast::Decl& decl : tree->decls) {
    if (std::holds_alternative<ast::InvalidDecl>(decl.node) && !sink.has_errors()) std::abort();
  }
  return 0;
}

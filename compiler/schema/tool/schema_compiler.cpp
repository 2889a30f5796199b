// stackc_schema_compiler OUT FILE… [--used-by FILE…]: the resource types of FILE… as one blob, those that the files
// behind `--used-by` name before the others. Runs once, when the compiler is built; the blob becomes a part of the
// binary.
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/filesystem.hpp"
#include "compiler/base/source.hpp"
#include "compiler/base/text.hpp"
#include "compiler/parse/parse.hpp"
#include "compiler/schema/build.hpp"

using namespace stackc;

static constexpr std::uint64_t kMaxBytes = 64u << 20;

static void print(const SourceMap& sources, const Diagnostic& d) {
  std::string place = "stackc_schema_compiler";
  if (!d.labels.empty() && d.labels[0].span.valid()) {
    const auto span = d.labels[0].span;
    const auto at = sources.position(span.file, span.begin);
    place = fmt::format("{}:{}:{}", sources.path(span.file), at.line, at.column);
  }
  fmt::print(stderr, "{}: {}\n", place, d.message);
}

/// Every `AWS::Service::Type` in `text`.
static void lay_first(schema::Builder& builder, std::string_view text) {
  constexpr std::string_view kBegin = "AWS::";
  const auto is_part = [](char c) { return c == ':' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
  for (auto at = text.find(kBegin); at != std::string_view::npos; at = text.find(kBegin, at + 1)) {
    auto end = at;
    while (end < text.size() && is_part(text[end])) ++end;
    builder.lay_first(std::string(text.substr(at, end - at)));
  }
}

int main(int argc, char** argv) {
  if (argc < 3) {
    fmt::print(stderr, "usage: stackc_schema_compiler OUT FILE... [--used-by FILE...]\n");
    return 2;
  }
  const auto fs = disk();
  SourceMap sources;
  Sink sink;
  schema::Builder builder(sink);
  std::vector<std::unique_ptr<ast::Ast>> trees;
  bool uses = false;
  for (int i = 2; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--used-by") {
      uses = true;
      continue;
    }
    auto text = fs->read(argv[i], kMaxBytes);
    if (const auto* error = std::get_if<FileError>(&text)) {
      fmt::print(stderr, "{}: {}\n", argv[i], error->reason);
      return 1;
    }
    if (uses) {
      lay_first(builder, std::get<std::string>(text));
      continue;
    }
    const auto file = sources.add(argv[i], std::move(std::get<std::string>(text)));
    trees.push_back(parse(sources, file, sink));
    builder.add(*trees.back());
  }
  const auto blob = builder.finish();
  for (const auto& d : sink.all()) print(sources, d);
  if (sink.has_errors()) return 1;
  const auto& bytes = blob->bytes();
  const auto written = fs->write(argv[1], {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  if (const auto* error = std::get_if<FileError>(&written)) {
    fmt::print(stderr, "{}: {}\n", argv[1], error->reason);
    return 1;
  }
  return 0;
}

#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "compiler/base/source.hpp"
#include "compiler/diag/diagnostic.hpp"
#include "compiler/parse/parse.hpp"
#include "compiler/syntax/ast.hpp"
#include "compiler/syntax/format.hpp"

namespace stackc {

/// A text and what the parser made of it.
struct Parsed {
  explicit Parsed(std::string text, const ParseLimits& limits = {})
      : file(sources.add("test.stack", std::move(text))), tree(parse(sources, file, sink, limits)) {}

  /// The findings, one a line: `line:column: message`.
  [[nodiscard]] std::string errors() const {
    std::string result;
    for (const Diagnostic& diagnostic : sink.all()) {
      const Position at = sources.position(file, diagnostic.labels.at(0).span.begin);
      result += std::to_string(at.line) + ":" + std::to_string(at.column) + ": " + diagnostic.message + "\n";
    }
    return result;
  }
  [[nodiscard]] std::string help() const {
    const auto& all = sink.all();
    return all.empty() || all[0].helps.empty() ? "" : all[0].helps[0];
  }
  [[nodiscard]] std::string shape() const { return dump(*tree); }

  SourceMap sources;
  Sink sink;
  FileId file;
  std::unique_ptr<ast::Ast> tree;
};

/// The tree of `let x = <text>`, or the errors.
inline std::string value_of(const std::string& text) {
  const Parsed parsed("let x = " + text);
  if (parsed.sink.has_errors()) return parsed.errors();
  const std::string head = "let x\n  value:\n";
  std::string shape = parsed.shape().substr(head.size());
  std::string result;  // without the indentation that all lines share
  for (std::size_t at = 0; at < shape.size();) {
    const std::size_t end = shape.find('\n', at);
    result += shape.substr(at + 4, end - at - 3);
    at = end + 1;
  }
  return result;
}

}  // namespace stackc

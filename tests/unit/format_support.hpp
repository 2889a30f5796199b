#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

#include "compiler/base/source.hpp"
#include "compiler/diag/diagnostic.hpp"
#include "compiler/parse/parse.hpp"
#include "compiler/syntax/format.hpp"

namespace stackc::tests {

/// A parsed text; `errors` is empty when all of it could be read.
struct Parsed {
  SourceMap sources;
  Sink sink;
  std::unique_ptr<ast::Ast> ast;

  explicit Parsed(std::string_view text) {
    ast = parse(sources, sources.add("test.stack", std::string(text)), sink);
  }
  [[nodiscard]] bool ok() const { return !sink.has_errors(); }
  [[nodiscard]] std::string errors() const {
    std::string all;
    for (const Diagnostic& d : sink.all()) {
      const auto where =
          d.labels.empty() ? Position{} : sources.position(d.labels[0].span.file, d.labels[0].span.begin);
      all += std::to_string(where.line) + ":" + std::to_string(where.column) + ": " + d.message + "\n";
    }
    return all;
  }
};

/// `text` formatted, after checking what must hold for every text: the result means the same and
/// formats to itself.
inline std::string formatted(std::string_view text) {
  const Parsed first(text);
  EXPECT_TRUE(first.ok()) << "the input:\n" << text << "\n" << first.errors();
  if (!first.ok()) return {};
  std::string once = format(*first.ast);
  if (once == text) return once;  // says it all, and most files of the repository are like that
  const Parsed second(once);
  EXPECT_TRUE(second.ok()) << "the output does not parse:\n" << once << "\n" << second.errors();
  if (!second.ok()) return once;
  EXPECT_EQ(dump(*first.ast), dump(*second.ast)) << "the meaning changed:\n" << once;
  EXPECT_EQ(first.ast->comments.size(), second.ast->comments.size()) << "comments got lost:\n" << once;
  EXPECT_EQ(format(*second.ast), once) << "formatting twice differs from once";
  return once;
}

}  // namespace stackc::tests

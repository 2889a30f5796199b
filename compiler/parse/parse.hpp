#pragma once

#include <memory>

#include "compiler/base/source.hpp"
#include "compiler/diag/diagnostic.hpp"
#include "compiler/syntax/ast.hpp"

namespace stackc {

/// Limits that keep hostile input cheap; each has a diagnostic of its own.
struct ParseLimits {
  std::uint32_t max_depth = 200;              // nested brackets, blocks, operators
  std::uint32_t max_errors = 50;              // per file; one more line says that the rest is left out
};

/// Reads the text of `file` into a syntax tree. Never fails: what cannot be read becomes an invalid
/// node and a diagnostic in `sink`, and reading goes on at the next declaration.
std::unique_ptr<ast::Ast> parse(const SourceMap& sources, FileId file, Sink& sink,
                                const ParseLimits& limits = {});

}  // namespace stackc

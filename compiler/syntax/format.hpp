#pragma once

#include <string>

#include "compiler/syntax/ast.hpp"

namespace stackc {

/// The file in its one canonical style (width 100, two spaces, LF, final newline), with every
/// comment kept. The tree must come from a parse without errors. Idempotent, and the result parses
/// to the same tree.
std::string format(const ast::Ast& ast);

/// The tree as indented text, one node a line, for `--dump ast` and for tests that compare trees;
/// spans are left out.
std::string dump(const ast::Ast& ast);

}  // namespace stackc

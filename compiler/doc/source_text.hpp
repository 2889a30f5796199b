#pragma once

#include <string>
#include <string_view>

#include "compiler/syntax/ast.hpp"

namespace stackc::doc {

/// The text of a place in the tree's own file.
std::string_view source_of(const ast::Ast& ast, Span span);

/// Source text without its line breaks: the items of a list or record that were one a line get commas, what
/// a line went on with gets a blank. Text in quotes stays as it is.
std::string on_one_line(std::string_view source);

}  // namespace stackc::doc

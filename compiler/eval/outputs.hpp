#pragma once

#include "compiler/eval/context.hpp"

namespace stackc::eval {

/// Adds the outputs of an `output` or `export` of the stack, and what importers see of it.
void emit_output(Context& ctx, Frame* frame, ast::DeclId decl);

}  // namespace stackc::eval

#pragma once

#include "compiler/eval/context.hpp"

namespace stackc::eval {

/// Checks an `assert`: now when it is constant, else as a rule over the stack's parameters (decision 5).
void emit_assert(Context& ctx, Frame* frame, ast::DeclId decl);

}  // namespace stackc::eval

#pragma once

#include "compiler/eval/context.hpp"

namespace stackc::eval {

/// Adds the security-group rules of an `allow` (decision 14): one resource each, so that groups that let
/// each other in do not depend on each other.
void emit_allow(Context& ctx, Frame* frame, ast::DeclId decl);

}  // namespace stackc::eval

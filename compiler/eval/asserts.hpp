#pragma once

#include "compiler/eval/context.hpp"

namespace stackc::eval {

/// The condition as a rule may hold it: named conditions written out. Null when something in it is no
/// parameter and no literal. Collects the parameters it asks, in order.
ir::ValueRef for_rule(Context& ctx, ir::ValueRef v, std::vector<std::string_view>& params);


/// Checks an `assert`: now when it is constant, else as a rule over the stack's parameters (decision 5).
void emit_assert(Context& ctx, Frame* frame, ast::DeclId decl);

}  // namespace stackc::eval

#pragma once

#include "compiler/eval/context.hpp"

/// Parameters of the template (decision 11).
namespace stackc::eval {

/// Adds the parameter of a `param` of the stack.
void emit_parameter(Context& ctx, Frame* frame, ast::DeclId decl);
/// Adds the `…StackName` parameter of an `upstream`.
void emit_upstream_parameter(Context& ctx, Frame* frame, ast::DeclId decl);
/// `<N>StackName`, or what `@id` says.
std::string upstream_parameter_id(Context& ctx, const Frame* frame, const ast::Decl& decl);

}  // namespace stackc::eval

#pragma once

#include "compiler/eval/context.hpp"

/// What a stack says of its template beside parameters, resources and outputs.
namespace stackc::eval {

/// `raw Resources { … }`: the entries of any section, which enter the template like those of a declaration.
void emit_raw_section(Context& ctx, Frame* frame, ast::DeclId decl);
void emit_template_rule(Context& ctx, Frame* frame, ast::DeclId decl);
void emit_metadata(Context& ctx, Frame* frame, ast::DeclId decl);
void emit_transform(Context& ctx, Frame* frame, ast::DeclId decl);
/// `@raw` on the stack: attributes of the template itself.
void emit_stack_attributes(Context& ctx, Frame* frame, ast::DeclId decl);

/// The value of a name that `extern` declares.
Val extern_value(Context& ctx, Frame* frame, ast::DeclId decl);
void emit_extern(Context& ctx, Frame* frame, ast::DeclId decl);
/// After everything else: what `extern` promised and the template holds is that; a template holds something.
void complete_template(Context& ctx, const Body& body);

}  // namespace stackc::eval

#pragma once

#include "compiler/eval/context.hpp"

/// JSON files beside the template, and their holes (decision 17).
namespace stackc::eval {

/// `hole("NAME")`, `hole("NAME", value)`.
Val hole_value(Context& ctx, const Env& env, ast::ExprId expr, const ast::CallExpr& call);
/// The hole `name`, which the release fills, at `span`.
Val release_hole(Context& ctx, const Env& env, std::string_view name, Span span);
/// Adds the document to the template's.
void emit_document(Context& ctx, Frame* frame, ast::DeclId decl);
/// After everything: the outputs that fill holes; holes that stand in no document are mistakes.
void finish_documents(Context& ctx);

}  // namespace stackc::eval

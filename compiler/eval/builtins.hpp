#pragma once

#include "compiler/eval/context.hpp"

/// The functions that are always there.
namespace stackc::eval {

/// A call of a built-in with its arguments evaluated; `args[0]` is the receiver of a method.
struct BuiltinCall {
  const Env& env;
  sema::BuiltinFn fn;
  std::span<const Val> args;
  std::span<const Span> spans;  // of the arguments
  Span span;
  bool literal = false;  // every argument is written out: nothing of it was computed
};

/// CloudFormation's intrinsics by their own names (intrinsics.cpp). Null: not one of them.
Val call_intrinsic(Context& ctx, const BuiltinCall& call);
/// Those that name things or ask conditions, and so look at their arguments in their own way (references.cpp).
/// Null: not one of them.
Val call_reference(Context& ctx, const Env& env, const ast::CallExpr& call, sema::BuiltinFn fn, Span span);
/// Whether `expr` is a literal, down to its leaves.
bool is_literal(const ast::Ast& tree, ast::ExprId expr);
/// `unchecked(e)`: nobody converts it.
Val unchecked(Context& ctx, const Env& env, Val v);
/// Functions on constants, lists and maps (builtins.cpp). Null: not one of them.
Val call_function(Context& ctx, const BuiltinCall& call);
/// Dynamic references (dynamic_references.cpp). Null: not one of them.
Val call_reference(Context& ctx, const BuiltinCall& call);
/// What only a rule may ask (rule_functions.cpp). Null: not one of them.
Val call_rule_function(Context& ctx, const BuiltinCall& call);
/// What a call reads from a file; null: it reads none. `render` with the arguments evaluated (files.cpp).
Val call_file(Context& ctx, const Env& env, ast::ExprId expr, sema::BuiltinFn fn, Span span);
/// `compose(yaml("f"), { … })` (compose.cpp).
Val call_compose(Context& ctx, const Env& env, ast::ExprId expr, const ast::CallExpr& call, Span span);
Val call_render(Context& ctx, const BuiltinCall& call);
/// Compact JSON of a value whose shape is known; late leaves are interpolated (json.cpp).
Val json_text(Context& ctx, const Env& env, Val v, Span span);

}  // namespace stackc::eval

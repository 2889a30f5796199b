#pragma once

#include "compiler/eval/context.hpp"

/// What a declaration is at run time. Called once for each frame that holds it, by scope.cpp, which
/// remembers the result and finds cycles.
namespace stackc::eval {

/// The value that the declaration's name has.
Val declaration_value(Context& ctx, Frame* frame, ast::DeclId decl);
/// The rounds of a `for`, the live branches of an `if`.
std::vector<Frame*> expand(Context& ctx, Frame* frame, ast::DeclId decl);
Resource* make_resource(Context& ctx, Frame* frame, ast::DeclId decl);
/// Null when instances nest too deeply; reported.
Instance* make_instance(Context& ctx, Frame* frame, ast::DeclId decl);

// Values of single kinds of declarations, each in the file of its subject.
Val parameter_value(Context& ctx, Frame* frame, ast::DeclId decl);  // params.cpp
Val argument_value(Context& ctx, Frame* frame, ast::DeclId decl);   // arguments.cpp: a component's param
Val const_parameter_value(Context& ctx, Frame* frame, ast::DeclId decl);  // consts.cpp
Val upstream_value(Context& ctx, Frame* frame, ast::DeclId decl);         // upstream.cpp

}  // namespace stackc::eval

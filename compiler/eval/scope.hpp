#pragma once

#include "compiler/eval/context.hpp"

/// Names at run time: where a declaration's value is found, seen from a frame.
namespace stackc::eval {

/// The outermost body of a module: of the stack itself, or of a library.
Body& file_body(Context& ctx, ModuleId module);
/// Opens a block; counts its declarations against the limit.
Frame* open_frame(Context& ctx, Body* body, Frame* parent, ast::DeclId owner, const ast::Block& block);

inline Slot& slot_at(Frame* frame, ast::DeclId decl) {
  return frame->slots[frame->body->module->places[decl.value].index];
}
/// The rounds of a `for`, or the branches of an `if` that may exist, in source order.
std::span<Frame* const> children(Context& ctx, Frame* frame, ast::DeclId decl);

/// What the name of `ref` means, seen from `env`: the value in this round and branch; what stands in a
/// deeper `for` is a family, in a deeper late `if` a choice with `none`. `whole`: from outside all
/// blocks, as `all(Name)` sees it.
Val resolve(Context& ctx, const Env& env, const sema::DeclRef& ref, Span use, bool whole = false);
/// The value of one declaration in the frame that holds it; found once.
Val slot_value(Context& ctx, Frame* frame, ast::DeclId decl);

/// The run-time object of a resource declaration of an AWS or custom type.
Resource* resource_in(Context& ctx, Frame* frame, ast::DeclId decl);
/// Likewise of an instance of a component; null past the limit of depth.
Instance* instance_in(Context& ctx, Frame* frame, ast::DeclId decl);

/// The outputs that the component of an instance declares, in source order; a name may occur in several
/// branches.
const std::vector<ast::DeclId>& outputs_of(const Instance& instance);
/// The value of an output of an instance; null when it has no such output.
Val output_value(Context& ctx, const Instance& instance, std::string_view name, Span use);

/// The keys of the rounds around `frame`, outermost first.
std::vector<std::string_view> round_keys(const Frame* frame);

}  // namespace stackc::eval

#pragma once

#include "compiler/eval/context.hpp"

/// What a resource declares, after the overrides of all `with` blocks.
namespace stackc::eval {

using Entries = std::vector<std::pair<const ast::WithEntry*, Env>>;

/// All properties, not yet coerced.
Val declared_properties(Context& ctx, Resource& resource);
/// One property as the schema types it, without looking at the others; `none` when it is not declared.
Val declared_property(Context& ctx, const Env& env, Resource& resource, std::string_view name, Span use);

/// `over` on top of `base`: records merge deeply, everything else replaces. `base` may be null.
Val merge_over(Context& ctx, Val base, Val over);
/// One field of `body` and of the entries on top of it; null when none has it.
Val overridden_field(Context& ctx, const Env& env, ast::ExprId body, const Entries& with,
                     std::string_view name);

/// The entries of all `with` blocks around that speak of the declaration `name` in `frame`.
Entries matching_overrides(Context& ctx, const Frame* frame, std::string_view name);
/// Reports entries that spoke of nothing: a key that no round has.
void report_unused_overrides(Context& ctx, const Body& body);

}  // namespace stackc::eval

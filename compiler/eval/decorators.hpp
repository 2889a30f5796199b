#pragma once

#include <optional>
#include <string_view>

#include "compiler/eval/context.hpp"
#include "compiler/eval/properties.hpp"

/// Decorators of declarations, and those that `with` blocks add to them from outside.
namespace stackc::eval {

struct DecoratorUse {
  const ast::Decorator* decorator;
  Env env;  // of who wrote it
};

/// The decorator `name`; one from a `with` block wins over the declaration's own.
std::optional<DecoratorUse> find_among(const Env& env, const ast::Decl& decl, const Entries& with,
                                       std::string_view name);
inline std::optional<DecoratorUse> find_decorator(const Env& env, const ast::Decl& decl, const Entries& with,
                                                  std::string_view name) {
  if (decl.decorators.empty() && with.empty()) return std::nullopt;  // most have none
  return find_among(env, decl, with, name);
}
/// The text of `@id("…")`, checked, behind the prefix of the component that says it; nothing when there is none.
std::optional<std::string_view> explicit_id(Context& ctx, const Frame* frame, const ast::Decl& decl);
/// The text of the first argument, which is a constant; empty when there is none.
std::string_view decorator_text(Context& ctx, const DecoratorUse& use);

/// Policies, dependencies and attributes of a resource, its own and those of the instances around it.
void apply_decorators(Context& ctx, const Resource& resource, ir::Resource& out);
/// Whether an instance has decorators that `apply_decorators` looks for around the resources inside.
bool hands_down(const ast::Decl& decl, const Entries& with);
/// Reports an instance with `@snapshot` in which nothing can take a snapshot. After all of it is emitted.
void check_snapshot(Context& ctx, const Instance& instance);

}  // namespace stackc::eval

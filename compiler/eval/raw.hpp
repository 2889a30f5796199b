#pragma once

#include <optional>

#include "compiler/eval/context.hpp"
#include "compiler/eval/decorators.hpp"

/// What stands in the template in CloudFormation's own words: `raw`, `@raw`.
namespace stackc::eval {

/// `v` as JSON in which `none` is null and nothing is converted.
ir::ValueRef plain_json(Context& ctx, Val v);
/// The same with CloudFormation's functions recognised, standing exactly as given.
ir::ValueRef raw_json(Context& ctx, Val v);
/// `raw { … }` and its kind where a value belongs.
Val evaluate_raw(Context& ctx, const Env& env, const ast::RawExpr& raw, Span span);

/// The condition that a raw value is where a condition belongs; null when `v` is no such thing.
ir::ValueRef raw_condition(Context& ctx, ir::ValueRef v);

/// The attributes of `@raw({ … })`, in the order of the source; empty when there is none.
ir::RawAttributes raw_attributes(Context& ctx, const std::optional<DecoratorUse>& use);
/// Puts raw attributes into one entry of a section: what the template shows, and what analyses read.
void apply_raw(Context& ctx, const ir::RawAttributes& raw, ir::Resource& out);
void apply_raw(Context& ctx, const ir::RawAttributes& raw, ir::Parameter& out);
void apply_raw(Context& ctx, const ir::RawAttributes& raw, ir::Output& out);

}  // namespace stackc::eval

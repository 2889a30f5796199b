#pragma once

#include "compiler/eval/context.hpp"
#include "compiler/eval/target.hpp"

/// Durations, sizes and percentages (decision 15).
namespace stackc::eval {

/// What a literal counts; saturates.
std::int64_t seconds_in(const ast::DurationExpr& literal);
std::int64_t kib_in(const ast::SizeExpr& literal);

/// A Duration, Size or Percent as the place counts it: a number, or text where text is wanted.
/// Reports what does not come out even. Unchanged where the place takes the quantity itself.
Val in_unit(Context& ctx, const Env& env, Val v, Target target);

/// `5m.seconds`, `100GiB.gib`; null when there is no such unit.
Val unit_member(Context& ctx, const Env& env, Val v, std::string_view name, Span span);

}  // namespace stackc::eval

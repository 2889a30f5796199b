#pragma once

#include <optional>

#include "compiler/eval/context.hpp"

/// What is known to hold where something is used: under `if c`, choices on `c` are decided.
namespace stackc::eval {

/// `facts` and `condition` being `holds`, split into its simple parts.
const Facts* assume(Context& ctx, const Facts* facts, ir::ValueRef condition, bool holds);

/// Whether `condition` is decided by `facts`; nothing when it may go either way. Sound, not complete:
/// looks through And, Or, Not, named conditions and exclusive literals.
std::optional<bool> decide(const Context& ctx, const Facts* facts, ir::ValueRef condition);

/// `condition` without the parts that `facts` decide.
ir::ValueRef simplify(Context& ctx, const Facts* facts, ir::ValueRef condition);

/// `v` with the choices and conditions at its top decided as far as `facts` do.
Val settle_late(Context& ctx, const Facts* facts, Val v);
inline Val settle(Context& ctx, const Facts* facts, Val v) {
  return facts != nullptr && (v->is<Choice>() || v->is<Condition>()) ? settle_late(ctx, facts, v) : v;
}

/// A choice between two values, folded when `condition` is a constant.
Val choose(Context& ctx, ir::ValueRef condition, Val then, Val otherwise, Span origin);

}  // namespace stackc::eval

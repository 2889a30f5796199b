#pragma once

#include <functional>
#include <optional>

#include "compiler/eval/context.hpp"

/// Operators on values, in every stage.
namespace stackc::eval {

/// `a` with `none` replaced by `b`, wherever it may be.
Val coalesce(Context& ctx, const Facts* facts, Val a, Val b);
/// `c ? a : b` for a condition that is known as a value already.
Val choose_by(Context& ctx, const Env& env, Val condition, Span condition_span,
              const std::function<Val(const Env&)>& then, const std::function<Val(const Env&)>& otherwise,
              Span span);

/// The arms of a choice each through `f`, anything else directly. Facts of the arms go along.
Val distribute(Context& ctx, const Env& env, Val v, const std::function<Val(const Env&, Val)>& f);

/// A Bool as an IR condition expression, a constant when it is known. Null after a mistake.
ir::ValueRef as_condition(Context& ctx, const Env& env, Val v, Span span);
/// The value of an IR condition expression: a Bool when it is constant.
Val from_condition(Context& ctx, ir::ValueRef condition, Span span);
/// When `v` is something, as an IR condition expression.
ir::ValueRef presence(Context& ctx, Val v);
/// The same where it is plain, which it mostly is; nothing where `presence` has to look.
inline std::optional<bool> plain_presence(Val v) {
  return v->is<Choice>() ? std::nullopt : std::optional(!v->is<Absent>());
}

Val equal_values(Context& ctx, const Env& env, Val a, Val b, Span span);
Val negate(Context& ctx, const Env& env, Val v, Span span);
/// `+ - * /` and the comparisons; both operands evaluated.
Val arithmetic(Context& ctx, const Env& env, ast::BinaryOp op, Val a, Val b, Span span);
/// `a < b` and its kin, for constants, and for a late value of a finite literal union.
Val compare(Context& ctx, const Env& env, ast::BinaryOp op, Val a, Val b,
            std::span<const std::int64_t> literals, Span span);
Val minus(Context& ctx, const Env& env, Val v, Span span);

/// Parts of a string put together: text while all are constants, else a Sub.
Val concatenate(Context& ctx, const Env& env, const std::vector<Val>& parts, Span span);

/// A late value where only a constant will do; says what.
Val needs_constant(Context& ctx, const Env& env, Span span, std::string_view what);

}  // namespace stackc::eval

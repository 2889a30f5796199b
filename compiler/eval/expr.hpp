#pragma once

#include "compiler/eval/context.hpp"
#include "compiler/eval/target.hpp"

/// Expressions: checked syntax to values.
namespace stackc::eval {

/// Never null; `Invalid` after a mistake, which is reported.
Val evaluate(Context& ctx, const Env& env, ast::ExprId expr);

/// The type that checking found; anything goes where it found none.
Target type_of(const Context& ctx, const Env& env, ast::ExprId expr);

/// `object.name` (member.cpp).
Val evaluate_member(Context& ctx, const Env& env, ast::ExprId expr, const ast::MemberExpr& member);
/// `object[index]`, `object[*]` (member.cpp).
Val evaluate_index(Context& ctx, const Env& env, const ast::IndexExpr& index, Span span);
Val evaluate_splat(Context& ctx, const Env& env, const ast::SplatExpr& splat, Span span);
/// The element of a list, map or family; `index` is a constant or late.
Val element(Context& ctx, const Env& env, Val object, Val index, bool optional, Span span, Span index_span);
/// What `[*]` makes of a value: the elements of a family in declaration order, inner ones included.
Val splat(Context& ctx, const Env& env, Val object, Span span);
Val flatten_family(Context& ctx, const Record& record, Span span);
/// Reports that a map or family has no such key.
Val unknown_key(Context& ctx, const Env& env, const Record& record, std::string_view key, Span span);
/// Likewise of anything with keys; `what` names it, "this list".
Val unknown_key(Context& ctx, const Env& env, std::span<const std::string_view> known, std::string_view what,
                std::string_view key, Span span);
/// Lists, records, ranges (collections.cpp), comprehensions (comprehensions.cpp).
Val evaluate_list(Context& ctx, const Env& env, const ast::ListExpr& list, Target type, Span span);
Val evaluate_record(Context& ctx, const Env& env, const ast::RecordExpr& record, Span span);
Val evaluate_comprehension(Context& ctx, const Env& env, ast::ExprId expr, const ast::ListComprehension& c);
Val evaluate_comprehension(Context& ctx, const Env& env, ast::ExprId expr, const ast::MapComprehension& c);
Val evaluate_range(Context& ctx, const Env& env, const ast::RangeExpr& range, Span span);
/// `name(…)`, `x.name(…)` (calls.cpp).
Val evaluate_call(Context& ctx, const Env& env, ast::ExprId expr, const ast::CallExpr& call);

/// The field `name` of a record expression without evaluating the others; null when it has none.
Val evaluate_field(Context& ctx, const Env& env, ast::ExprId record, std::string_view name);

/// One round of a loop over a value.
struct Round {
  std::string_view key;  // empty: the element gives none
  Val position;          // the key of a map, the index of a list
  Val item;
};
/// The rounds of a loop over `in`; reports what cannot be looped over, and too many rounds.
std::vector<Round> rounds_of(Context& ctx, const Env& env, Val in, Span span);
/// The locals of a loop bound for one round. `variables` are the loop's, by index.
const LocalBinding* bind_round(Context& ctx, const Env& env, const std::vector<std::uint32_t>& variables,
                               const Round& round);

}  // namespace stackc::eval

#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/eval/expr.hpp"
#include "compiler/eval/facts.hpp"
#include "compiler/eval/ops.hpp"

namespace stackc::eval {
namespace {

/// One element of a comprehension: `none` in place of what its `if` leaves out, null when that is constant.
template <class Make>
Val guarded(Context& ctx, const Env& env, ast::ExprId condition, Span span, const Make& make) {
  if (!condition.valid()) return make(env);
  const Val c = evaluate(ctx, env, condition);
  if (const auto* known = c->get_if<bool>()) return *known ? make(env) : nullptr;
  const ir::ValueRef truth = as_condition(ctx, env, c, ast_of(env.frame)[condition].span);
  if (truth == nullptr) return nullptr;
  if (const auto* known = truth->get_if<bool>()) return *known ? make(env) : nullptr;
  const Env inside{env.frame, env.locals, assume(ctx, env.facts, truth, true)};
  return choose(ctx, truth, make(inside), ctx.values.none(span), span);
}

std::string_view key_from(Context& ctx, Val v) {
  if (const auto* text = v->get_if<std::string_view>()) return *text;
  if (const auto* i = v->get_if<std::int64_t>()) return ctx.values.keep(std::to_string(*i));
  return {};
}

bool count_rounds(Context& ctx, const Env& env, std::size_t rounds, Span span) {
  ctx.rounds += static_cast<std::uint32_t>(std::min<std::size_t>(rounds, ctx.limits.rounds + 1));
  if (ctx.rounds <= ctx.limits.rounds) return true;
  if (!ctx.exhausted) {
    ctx.exhausted = true;
    report(ctx, env.frame, Code::ExpansionLimit, span,
           fmt::format("the loops of this stack take more than {} rounds", ctx.limits.rounds));
  }
  return false;
}

const std::vector<std::uint32_t>* loop_locals(const Env& env, ast::ExprId expr) {
  return env.frame->body->module->expr_locals.find(expr.value);
}

}  // namespace

std::vector<Round> rounds_of(Context& ctx, const Env& env, Val in, Span span) {
  std::vector<Round> out;
  if (in->is<Invalid>() || in->is<Absent>()) return out;
  if (const auto* list = in->get_if<List>()) {
    out.reserve(list->items.size());
    for (std::size_t i = 0; i < list->items.size(); ++i) {
      const Val item = list->items[i];
      if (item->is<Absent>()) continue;
      const std::string_view key = list->first_key != nullptr ? list->first_key[i] : key_from(ctx, item);
      out.push_back({key, ctx.values.integer(static_cast<std::int64_t>(i), span), item});
    }
  } else if (const auto* record = in->get_if<Record>()) {
    out.reserve(record->fields.size());
    for (const Field& f : record->fields) {
      if (!f.value->is<Absent>()) out.push_back({f.key, ctx.values.make(f.key, span), f.value});
    }
  } else {
    needs_constant(ctx, env, span, "a loop");
  }
  if (!count_rounds(ctx, env, out.size(), span)) out.clear();
  return out;
}

const LocalBinding* bind_round(Context& ctx, const Env& env, const std::vector<std::uint32_t>& variables,
                               const Round& round) {
  const LocalBinding* out = env.locals;
  const auto bind = [&](std::uint32_t local, Val v) {
    out = ctx.arena.make<LocalBinding>(LocalBinding{local, v, out});
  };
  if (variables.size() < 2) {
    if (!variables.empty()) bind(variables[0], round.item);
    return out;
  }
  // A list with keys counts as a map where the first variable is a text.
  const sema::Local& first = env.frame->body->module->locals[variables[0]];
  const bool by_key = first.type.valid() && ctx.program.types.kind(first.type) == sema::Kind::String;
  const bool keyed = by_key && !round.key.empty();
  bind(variables[0], keyed ? ctx.values.make(round.key, round.position->origin) : round.position);
  bind(variables[1], round.item);
  return out;
}

Val evaluate_comprehension(Context& ctx, const Env& env, ast::ExprId expr, const ast::ListComprehension& c) {
  const Span span = ast_of(env.frame)[expr].span;
  const auto* variables = loop_locals(env, expr);
  if (variables == nullptr) return ctx.values.invalid(span);
  std::vector<Val> items;
  std::vector<std::string_view> keys;
  bool keyed = true;
  const Val in = evaluate(ctx, env, c.loop->in);
  if (in->is<Invalid>()) return ctx.values.invalid(span);
  const std::vector<Round> rounds = rounds_of(ctx, env, in, ast_of(env.frame)[c.loop->in].span);
  items.reserve(rounds.size());
  keys.reserve(rounds.size());
  for (const Round& round : rounds) {
    const Env inside{env.frame, bind_round(ctx, env, *variables, round), env.facts};
    const Val item =
        guarded(ctx, inside, c.condition, span, [&](const Env& e) { return evaluate(ctx, e, c.element); });
    if (item == nullptr) continue;
    items.push_back(item);
    keys.push_back(round.key);
    keyed = keyed && !round.key.empty();
  }
  if (!keyed) keys.clear();
  return ctx.values.list(items, keys, span);
}

Val evaluate_comprehension(Context& ctx, const Env& env, ast::ExprId expr, const ast::MapComprehension& c) {
  const Span span = ast_of(env.frame)[expr].span;
  const auto* variables = loop_locals(env, expr);
  if (variables == nullptr) return ctx.values.invalid(span);
  std::vector<Field> fields;
  const Val in = evaluate(ctx, env, c.loop->in);
  if (in->is<Invalid>()) return ctx.values.invalid(span);
  const std::vector<Round> rounds = rounds_of(ctx, env, in, ast_of(env.frame)[c.loop->in].span);
  fields.reserve(rounds.size());
  for (const Round& round : rounds) {
    const Env inside{env.frame, bind_round(ctx, env, *variables, round), env.facts};
    const Val value =
        guarded(ctx, inside, c.condition, span, [&](const Env& e) { return evaluate(ctx, e, c.value); });
    if (value == nullptr) continue;
    const Val key = evaluate(ctx, inside, c.key);
    if (key->is<Invalid>()) return key;
    const auto text = scalar_text(key, ctx.values);
    if (!text) return needs_constant(ctx, env, ast_of(env.frame)[c.key].span, "a key");
    const bool again =
        std::any_of(fields.begin(), fields.end(), [&](const Field& f) { return f.key == *text; });
    if (again) {
      return fail(ctx, env, Code::DuplicateKey, ast_of(env.frame)[c.key].span,
                  fmt::format("two elements have the key `{}`", *text));
    }
    fields.push_back({*text, value});
  }
  return ctx.values.record(fields, span);
}

}  // namespace stackc::eval

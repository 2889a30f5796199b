#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/eval/builtins.hpp"
#include "compiler/eval/documents.hpp"
#include "compiler/eval/expr.hpp"
#include "compiler/eval/facts.hpp"
#include "compiler/eval/lower.hpp"
#include "compiler/eval/ops.hpp"
#include "compiler/eval/ports.hpp"
#include "compiler/eval/scope.hpp"

namespace stackc::eval {

using sema::BuiltinFn;

namespace {

/// The frame that holds a function: no `for` or `if` does.
Frame* home_of(Context& ctx, const Env& env, const sema::DeclRef& fn) {
  const ast::DeclId component = ctx.program[fn.module].places[fn.decl.value].component;
  for (Body* b = env.frame->body; component.valid() && b != nullptr; b = b->lexical) {
    if (b->component == component && b->module->id == fn.module) return b->top;
  }
  return file_body(ctx, fn.module).top;
}

/// The argument for the parameter `index` named `name`; invalid: the default stands.
ast::ExprId argument_for(const ast::CallExpr& call, std::size_t index, std::string_view name) {
  std::size_t position = 0;
  for (const ast::Argument& arg : call.args) {
    if (!arg.name.empty() ? arg.name.text == name : position++ == index) return arg.value;
  }
  return {};
}

Val call_declared(Context& ctx, const Env& env, const ast::CallExpr& call, const sema::DeclRef& ref,
                  Span span) {
  Frame* home = home_of(ctx, env, ref);
  const sema::CheckedModule& module = *home->body->module;
  const ast::Ast& tree = *module.module->ast;
  const auto* fn = tree.get_if<ast::FnDecl>(ref.decl);
  const auto* const locals = module.decl_locals.find(ref.decl.value);
  if (fn == nullptr) return ctx.values.invalid(span);
  if (locals == nullptr && !fn->params.empty()) return ctx.values.invalid(span);
  Env inside{home, home->locals, env.facts};
  for (std::size_t i = 0; i < fn->params.size() && i < locals->size(); ++i) {
    const ast::FnParam& param = fn->params[i];
    const Target type(ctx.program.types, module.type_exprs[param.type.value]);
    const ast::ExprId given = argument_for(call, i, param.name.text);
    Val v = given.valid() ? coerce(ctx, env, evaluate(ctx, env, given), type) : ctx.values.none(span);
    if (param.default_value.valid() && !given.valid()) {
      v = coerce(ctx, inside, evaluate(ctx, inside, param.default_value), type);
    }
    inside.locals = ctx.arena.make<LocalBinding>(LocalBinding{(*locals)[i], v, inside.locals});
  }
  Val out = evaluate(ctx, inside, fn->body);
  if (fn->result.valid())
    out = coerce(ctx, inside, out, {ctx.program.types, module.type_exprs[fn->result.value]});
  return ctx.values.at(out, span);
}

/// `all(Name)`: the family as it is seen from outside all loops.
Val whole_family(Context& ctx, const Env& env, ast::ExprId arg, Span span) {
  const sema::Binding& binding = env.frame->body->module->bindings[arg.value];
  if (binding.kind != sema::Binding::Kind::Decl) return evaluate(ctx, env, arg);
  return resolve(ctx, env, binding.decl, span, true);
}

/// `tcp(80)`, `udp(1024..2048)`
Val ports_call(Context& ctx, const Env& env, const ast::CallExpr& call, Protocol protocol, Span span) {
  std::vector<PortRange> ranges;
  for (const ast::Argument& arg : call.args) {
    for (PortRange range : ports_of(ctx, env, arg.value)) {
      range.protocol = protocol;
      ranges.push_back(range);
    }
  }
  if (ranges.empty()) return ctx.values.invalid(span);
  return ctx.values.make(Ports{ctx.values.keep(ranges)}, span);
}

/// What looks at the expression of its argument, not only at its value. Null: not one of them.
Val special_call(Context& ctx, const Env& env, const ast::CallExpr& call, BuiltinFn fn, Span span) {
  if (call.args.empty()) return nullptr;
  if (const Val v = call_reference(ctx, env, call, fn, span)) return v;
  switch (fn) {
    case BuiltinFn::All:
      return whole_family(ctx, env, call.args[0].value, span);
    case BuiltinFn::Tcp:
      return ports_call(ctx, env, call, Protocol::Tcp, span);
    case BuiltinFn::Udp:
      return ports_call(ctx, env, call, Protocol::Udp, span);
    default:
      return nullptr;
  }
}

/// The arguments of a built-in with their places, the receiver first.
struct Arguments {
  std::span<const Val> values;
  std::span<const Span> spans;
};

Arguments spread_arguments(Context& ctx, const Env& env, const ast::CallExpr& call) {
  const ast::Ast& tree = ast_of(env.frame);
  std::vector<Val> values;
  std::vector<Span> spans;
  const auto add = [&](ast::ExprId id, bool spread) {
    const Val v = evaluate(ctx, env, id);
    const auto* list = spread ? v->get_if<List>() : nullptr;
    const std::span<const Val> items = list != nullptr ? list->items : std::span<const Val>(&v, 1);
    values.insert(values.end(), items.begin(), items.end());
    spans.insert(spans.end(), items.size(), tree[id].span);
  };
  if (call.receiver.valid()) add(call.receiver, false);
  for (const ast::Argument& arg : call.args) add(arg.value, arg.spread);
  return {ctx.values.keep(values), ctx.values.keep(spans)};
}

Arguments arguments_of(Context& ctx, const Env& env, const ast::CallExpr& call) {
  if (std::ranges::any_of(call.args, &ast::Argument::spread)) return spread_arguments(ctx, env, call);
  const ast::Ast& tree = ast_of(env.frame);
  const std::size_t count = call.args.size() + (call.receiver.valid() ? 1 : 0);
  Val* const values = ctx.values.room_for<Val>(count);
  Span* const spans = ctx.values.room_for<Span>(count);
  std::size_t filled = 0;
  const auto add = [&](ast::ExprId id) {
    values[filled] = evaluate(ctx, env, id);
    spans[filled++] = tree[id].span;
  };
  if (call.receiver.valid()) add(call.receiver);
  for (const ast::Argument& arg : call.args) add(arg.value);
  return {{values, count}, {spans, count}};
}

Val call_builtin(Context& ctx, const Env& env, const ast::CallExpr& call, BuiltinFn fn, Span span) {
  const ast::Ast& tree = ast_of(env.frame);
  if (const Val v = special_call(ctx, env, call, fn, span)) return v;
  const auto [args, spans] = arguments_of(ctx, env, call);
  for (const Val arg : args) {
    if (arg->is<Invalid>()) return ctx.values.invalid(span);
  }
  if (call.optional && !args.empty() && args[0]->is<Absent>()) return ctx.values.none(span);
  bool literal = !call.receiver.valid();
  for (std::size_t k = 0; k < call.args.size() && literal; ++k) {
    const ast::Argument& a = call.args[k];
    literal = !a.spread && (is_literal(tree, a.value) || args[k]->written() != nullptr);
  }
  const BuiltinCall builtin{env, fn, args, spans, span, literal};
  if (const Val v = call_intrinsic(ctx, builtin)) return v;
  if (const Val v = call_function(ctx, builtin)) return v;
  if (const Val v = call_reference(ctx, builtin)) return v;
  if (const Val v = call_rule_function(ctx, builtin)) return v;
  if (fn == BuiltinFn::Render) return call_render(ctx, builtin);
  return ctx.values.invalid(span);
}

}  // namespace

Val evaluate_call(Context& ctx, const Env& env, ast::ExprId expr, const ast::CallExpr& call) {
  const sema::CallUse& use = env.frame->body->module->calls[expr.value];
  const Span span = ast_of(env.frame)[expr].span;
  if (use.fn.decl.valid()) return call_declared(ctx, env, call, use.fn, span);
  if (use.builtin == BuiltinFn::None) return ctx.values.invalid(span);
  if (use.builtin == BuiltinFn::Hole) return hole_value(ctx, env, expr, call);
  if (use.builtin == BuiltinFn::Compose) return call_compose(ctx, env, expr, call, span);
  if (const Val file = call_file(ctx, env, expr, use.builtin, span)) return file;
  return ctx.values.at(settle(ctx, env.facts, call_builtin(ctx, env, call, use.builtin, span)), span);
}

}  // namespace stackc::eval

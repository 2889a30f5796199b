#include "compiler/eval/declarations.hpp"
#include "compiler/eval/expr.hpp"
#include "compiler/eval/facts.hpp"
#include "compiler/eval/lower.hpp"
#include "compiler/eval/ops.hpp"
#include "compiler/eval/properties.hpp"

namespace stackc::eval {

Val argument_value(Context& ctx, Frame* frame, ast::DeclId decl) {
  const ast::Decl& d = ast_of(frame)[decl];
  const auto& param = std::get<ast::ParamDecl>(d.node);
  const Instance& instance = *frame->body->instance;
  const Target type{ctx.program.types, frame->body->module->decl_types[decl.value]};
  const Env caller = instance.frame->env();
  const ast::ExprId args = std::get<ast::ResourceDecl>(instance.decl->node).body;
  Val v = overridden_field(ctx, caller, args, instance.with, d.name.text);
  v = v != nullptr ? coerce(ctx, caller, v, type) : ctx.values.none(d.name.span);
  if (!param.default_value.valid()) return v;
  // `none`, known or late, asks for the default.
  if (plain_presence(v).value_or(false)) return v;
  const Env own = frame->env();
  if (v->is<Absent>()) return settle(ctx, frame->facts, coerce(ctx, own, evaluate(ctx, own, param.default_value), type));
  const auto* known = presence(ctx, v)->get_if<bool>();
  if (known != nullptr && *known) return v;
  return coalesce(ctx, frame->facts, v, coerce(ctx, own, evaluate(ctx, own, param.default_value), type));
}

}  // namespace stackc::eval

#include "compiler/eval/declarations.hpp"

#include "compiler/base/text.hpp"
#include "compiler/eval/decorators.hpp"
#include "compiler/eval/expr.hpp"
#include "compiler/eval/facts.hpp"
#include "compiler/eval/identity.hpp"
#include "compiler/eval/lower.hpp"
#include "compiler/eval/mappings.hpp"
#include "compiler/eval/ops.hpp"
#include "compiler/eval/properties.hpp"
#include "compiler/eval/scope.hpp"
#include "compiler/eval/sections.hpp"

namespace stackc::eval {
namespace {

bool is_stack(const Context& ctx, const Body& body) {
  return !body.component.valid() && body.module->id == ctx.stack;
}

/// The type written behind a name, if any.
Target written_type(const Context& ctx, const Frame* frame, ast::TypeId type) {
  if (!type.valid()) return {};
  return {ctx.program.types, frame->body->module->type_exprs[type.value]};
}

Val let_value(Context& ctx, Frame* frame, const ast::Decl& decl, const ast::LetDecl& let) {
  const Env env = frame->env();
  Val v = evaluate(ctx, env, let.value);
  if (let.type.valid()) v = coerce(ctx, env, v, written_type(ctx, frame, let.type));
  if (const auto* record = v->get_if<Record>(); record != nullptr && record->part == nullptr && is_const(v)) {
    const std::string& prefix = frame->body->prefix;
    std::string name =
        prefix.empty() ? std::string(decl.name.text) : prefix + capitalized(decl.name.text);
    v = with_map_source(ctx, v, keep(ctx, name.append(frame->id_suffix)), decl.name.span);
  }
  return v;
}

Val condition_value(Context& ctx, Frame* frame, const ast::Decl& decl, const ast::ConditionDecl& condition) {
  const Env env{frame, frame->locals, nullptr};  // a named condition holds everywhere or nowhere
  const Span span = ast_of(frame)[condition.value].span;
  const ir::ValueRef value = as_condition(ctx, env, evaluate(ctx, env, condition.value), span);
  if (value == nullptr) return ctx.values.invalid(span);
  if (const auto* known = value->get_if<bool>()) return ctx.values.boolean(*known, span);
  const std::string_view id = logical_id(ctx, frame, decl);
  ctx.conditions.emplace(id, value);
  return ctx.values.make(Condition{ctx.ir.at(decl.name.span).condition(id)}, decl.name.span);
}

Val mapping_value(Context& ctx, Frame* frame, const ast::Decl& decl, const ast::MappingDecl& mapping) {
  const Val v = evaluate(ctx, frame->env(), mapping.value);
  return with_map_source(ctx, v, logical_id(ctx, frame, decl), decl.name.span);
}

Val resource_value(Context& ctx, Frame* frame, ast::DeclId decl) {
  const ast::Decl& d = ast_of(frame)[decl];
  const auto* const target = frame->body->module->targets.find(decl.value);
  if (target == nullptr) return ctx.values.invalid(d.span);
  switch (target->kind) {
    case sema::ResourceTarget::Kind::Schema:
    case sema::ResourceTarget::Kind::Custom:
      return ctx.values.make(ResourceHandle{resource_in(ctx, frame, decl)}, d.name.span);
    case sema::ResourceTarget::Kind::Component: {
      Instance* instance = instance_in(ctx, frame, decl);
      if (instance == nullptr) return ctx.values.invalid(d.span);
      return ctx.values.make(InstanceHandle{instance}, d.name.span);
    }
    default:
      return ctx.values.invalid(d.span);
  }
}

Val param_value(Context& ctx, Frame* frame, ast::DeclId decl, const ast::ParamDecl& param) {
  if (frame->body->component.valid()) return argument_value(ctx, frame, decl);
  if (param.is_const || !is_stack(ctx, *frame->body)) return const_parameter_value(ctx, frame, decl);
  return parameter_value(ctx, frame, decl);
}

Val output_of_component(Context& ctx, Frame* frame, const ast::OutputDecl& output) {
  const Env env = frame->env();
  const Val v = evaluate(ctx, env, output.value);
  return output.type.valid() ? coerce(ctx, env, v, written_type(ctx, frame, output.type)) : v;
}

std::vector<Frame*> expand_loop(Context& ctx, Frame* frame, ast::DeclId decl, const ast::ForDecl& loop) {
  std::vector<Frame*> out;
  const Env env = frame->env();
  const ast::Ast& tree = ast_of(frame);
  const Val in = evaluate(ctx, env, loop.loop.in);
  const auto* const locals = frame->body->module->decl_locals.find(decl.value);
  if (locals == nullptr) return out;
  for (const Round& round : rounds_of(ctx, env, in, tree[loop.loop.in].span)) {
    if (ctx.exhausted) break;
    Frame* child = open_frame(ctx, frame->body, frame, decl, loop.body);
    child->locals = bind_round(ctx, env, *locals, round);
    child->key = round.key;
    if (loop.loop.key.valid()) {
      const Val key = evaluate(ctx, child->env(), loop.loop.key);
      const auto text = scalar_text(key, ctx.values);
      if (!text && !key->is<Invalid>()) needs_constant(ctx, env, tree[loop.loop.key].span, "a key");
      child->key = text.value_or(std::string_view{});
    }
    child->bad_key = child->bad_key || !is_id_text(child->key);
    child->id_suffix = ctx.values.keep(std::string(child->id_suffix).append(capitalized(child->key)));
    out.push_back(child);
  }
  return out;
}

std::vector<Frame*> expand_branches(Context& ctx, Frame* frame, ast::DeclId decl, const ast::IfDecl& branch) {
  std::vector<Frame*> out;
  const Env env = frame->env();
  const Span span = ast_of(frame)[branch.condition].span;
  const ir::ValueRef condition = as_condition(ctx, env, evaluate(ctx, env, branch.condition), span);
  if (condition == nullptr) return out;
  const auto* known = condition->get_if<bool>();
  const ir::Builder b = ctx.ir.at(span);
  const auto open = [&](const ast::Block& block, bool in_else) {
    if (known != nullptr && *known == in_else) return;
    Frame* child = open_frame(ctx, frame->body, frame, decl, block);
    child->in_else = in_else;
    if (known == nullptr) {
      child->own_condition = in_else ? b.negate(condition) : condition;
      child->condition =
          frame->condition == nullptr ? child->own_condition : b.both(frame->condition, child->own_condition);
      child->facts = assume(ctx, frame->facts, condition, !in_else);
    }
    out.push_back(child);
  };
  open(branch.then, false);
  if (branch.has_else) open(branch.otherwise, true);
  return out;
}

/// The prefix that an instance gives to the logical IDs inside.
std::string instance_prefix(Context& ctx, const Instance& instance) {
  const Frame* frame = instance.frame;
  const auto use = find_decorator(instance.frame->env(), *instance.decl, instance.with, "prefix");
  if (!use) return std::string(logical_id(ctx, frame, *instance.decl));
  const std::string_view text = decorator_text(ctx, *use);
  if (!text.empty() && !is_id_text(text)) {
    report(ctx, use->env.frame, Code::InvalidLogicalId, use->decorator->span,
           fmt::format("`{}` cannot begin a logical ID", text), "expected letters and digits");
  }
  return frame->body->prefix + std::string(text);
}

void add_overrides(Context& ctx, Body& body, const ast::WithBlock& block, const Env& env) {
  if (block.entries.empty()) return;
  Overrides& added =
      ctx.overrides.emplace_back(Overrides{&block, env, std::vector<bool>(block.entries.size())});
  body.overrides.push_back(&added);
}

}  // namespace

Val declaration_value(Context& ctx, Frame* frame, ast::DeclId decl) {
  const ast::Decl& d = ast_of(frame)[decl];
  if (const auto* let = std::get_if<ast::LetDecl>(&d.node)) return let_value(ctx, frame, d, *let);
  if (const auto* param = std::get_if<ast::ParamDecl>(&d.node)) return param_value(ctx, frame, decl, *param);
  if (std::holds_alternative<ast::ResourceDecl>(d.node)) return resource_value(ctx, frame, decl);
  if (const auto* c = std::get_if<ast::ConditionDecl>(&d.node)) return condition_value(ctx, frame, d, *c);
  if (const auto* m = std::get_if<ast::MappingDecl>(&d.node)) return mapping_value(ctx, frame, d, *m);
  if (std::holds_alternative<ast::ExternDecl>(d.node)) return extern_value(ctx, frame, decl);
  if (const auto* o = std::get_if<ast::OutputDecl>(&d.node)) return output_of_component(ctx, frame, *o);
  if (std::holds_alternative<ast::UpstreamDecl>(d.node)) return upstream_value(ctx, frame, decl);
  return ctx.values.invalid(d.span);
}

std::vector<Frame*> expand(Context& ctx, Frame* frame, ast::DeclId decl) {
  const ast::Decl& d = ast_of(frame)[decl];
  if (const auto* loop = std::get_if<ast::ForDecl>(&d.node)) return expand_loop(ctx, frame, decl, *loop);
  if (const auto* branch = std::get_if<ast::IfDecl>(&d.node))
    return expand_branches(ctx, frame, decl, *branch);
  return {};
}

Resource* make_resource(Context& ctx, Frame* frame, ast::DeclId decl) {
  Resource& r = ctx.resources.emplace_back();
  r.frame = frame;
  r.decl = &ast_of(frame)[decl];
  r.target = frame->body->module->targets.find(decl.value);
  r.with = matching_overrides(ctx, frame, r.decl->name.text);
  r.id = logical_id(ctx, frame, *r.decl);
  return &r;
}

Instance* make_instance(Context& ctx, Frame* frame, ast::DeclId decl) {
  const ast::Decl& d = ast_of(frame)[decl];
  if (frame->body->depth >= ctx.limits.component_depth) {
    if (!ctx.exhausted) {
      report(ctx, frame, Code::ExpansionLimit, d.name.span,
             fmt::format("components are nested more than {} deep", ctx.limits.component_depth));
    }
    ctx.exhausted = true;
    return nullptr;
  }
  const sema::DeclRef component = frame->body->module->targets.find(decl.value)->component;
  Instance& instance = ctx.instances.emplace_back();
  instance.frame = frame;
  instance.decl = &d;
  instance.with = matching_overrides(ctx, frame, d.name.text);
  instance.hands_down = hands_down(d, instance.with);
  Body& body = ctx.bodies.emplace_back();
  instance.body = &body;
  body.instance = &instance;
  body.component = component.decl;
  body.lexical = &file_body(ctx, component.module);
  body.module = body.lexical->module;
  body.depth = frame->body->depth + 1;
  body.prefix = instance_prefix(ctx, instance);
  add_overrides(ctx, body, std::get<ast::ResourceDecl>(d.node).with, frame->env());
  for (const auto& [entry, writer] : instance.with) add_overrides(ctx, body, entry->inner, writer);
  const auto* decl_body = body.module->module->ast->get_if<ast::ComponentDecl>(component.decl);
  body.top = open_frame(ctx, &body, nullptr, {}, decl_body->body);
  body.top->condition = frame->condition;
  body.top->facts = frame->facts;
  return &instance;
}

}  // namespace stackc::eval

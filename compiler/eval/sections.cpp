#include "compiler/eval/sections.hpp"

#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/eval/asserts.hpp"
#include "compiler/eval/decorators.hpp"
#include "compiler/eval/expr.hpp"
#include "compiler/eval/identity.hpp"
#include "compiler/eval/lower.hpp"
#include "compiler/eval/ops.hpp"
#include "compiler/eval/raw.hpp"
#include "compiler/eval/scope.hpp"
#include "compiler/ir/rebuild.hpp"
#include "compiler/ir/template_form.hpp"

namespace stackc::eval {
namespace {

/// The entries that one raw section adds: exact in every part, and with their names claimed.
class RawSection {
 public:
  RawSection(Context& ctx, Frame* frame) : ctx_(ctx), frame_(frame), t_(ctx.tmpl) {
    parameters_ = t_.parameters.size();
    rules_ = t_.rules.size();
    mappings_ = t_.mappings.size();
    conditions_ = t_.conditions.size();
    resources_ = t_.resources.size();
    outputs_ = t_.outputs.size();
    entries_ = t_.raw_entries.size();
    raw_ = t_.raw.size();
    transforms_ = t_.transforms.size();
  }

  void settle() {
    for (std::size_t i = parameters_; i < t_.parameters.size(); ++i) claim_id(t_.parameters[i], ctx_.ids);
    for (std::size_t i = rules_; i < t_.rules.size(); ++i) value(t_.rules[i], ctx_.rule_ids, "rule");
    for (std::size_t i = mappings_; i < t_.mappings.size(); ++i)
      value(t_.mappings[i], ctx_.mapping_ids, "mapping");
    for (std::size_t i = conditions_; i < t_.conditions.size(); ++i) {
      value(t_.conditions[i], ctx_.condition_ids, "condition");
      ctx_.conditions.emplace(t_.conditions[i].id, t_.conditions[i].value);
    }
    for (std::size_t i = resources_; i < t_.resources.size(); ++i) resource(t_.resources[i]);
    for (std::size_t i = outputs_; i < t_.outputs.size(); ++i) output(t_.outputs[i]);
    for (std::size_t i = entries_; i < t_.raw_entries.size(); ++i) exact(t_.raw_entries[i].value);
    for (std::size_t i = raw_; i < t_.raw.size(); ++i) exact(t_.raw[i].value);
    for (std::size_t i = transforms_; i < t_.transforms.size(); ++i) exact(t_.transforms[i]);
    exact(t_.metadata);
  }

 private:
  void exact(ir::ValueRef& v) {
    if (v != nullptr) v = ir::exactly(t_.arena, v);
  }
  void exact(ir::RawAttributes& raw) {
    for (ir::Member& m : raw) exact(m.value);
  }
  template <class Entry>
  void claim_id(const Entry& e, NameTable<Identity>& taken,
                std::string_view what = "logical ID") {
    claim(ctx_, taken, e.id, frame_, e.origin, what);
  }
  template <class Entry>
  void value(Entry& e, NameTable<Identity>& taken, std::string_view what) {
    claim_id(e, taken, what);
    exact(e.value);
  }
  void resource(ir::Resource& r) {
    claim_id(r, ctx_.ids);
    r.own_dependencies_only = true;
    for (ir::ValueRef* v :
         {&r.properties, &r.metadata, &r.creation_policy, &r.update_policy, &r.condition}) {
      exact(*v);
    }
    exact(r.raw);
  }
  void output(ir::Output& o) {
    value(o, ctx_.output_ids, "output");
    exact(o.export_name);
    exact(o.condition);
    exact(o.raw);
  }

  Context& ctx_;
  Frame* frame_;
  ir::Template& t_;
  std::size_t parameters_, rules_, mappings_, conditions_, resources_, outputs_, entries_, raw_, transforms_;
};

/// `plain` with the places of the keys of its entries, so that messages can point to them.
ir::ValueRef with_key_places(Context& ctx, Frame* frame, ast::ExprId body, ir::ValueRef plain) {
  const auto* record = ast_of(frame).get_if<ast::RecordExpr>(body);
  const auto* object = plain->get_if<ir::Object>();
  if (record == nullptr || object == nullptr) return plain;
  std::vector<ir::Member> members(object->members.begin(), object->members.end());
  for (ir::Member& m : members) {
    for (const ast::Field& f : record->fields) {
      if (f.key.text == m.key) m.key_origin = f.key.span;
    }
  }
  return ctx.ir.at(plain->origin).object(members);
}

/// An operand of a rule: what is written by hand stands, anything else has to be about parameters.
ir::ValueRef rule_condition(Context& ctx, Frame* frame, Val v) {
  const Env env = frame->env();
  const ir::ValueRef condition = as_condition(ctx, env, v, v->origin);
  if (condition == nullptr || condition->exact) return condition;
  std::vector<std::string_view> params;
  const ir::ValueRef out = for_rule(ctx, condition, params);
  if (out == nullptr) {
    report(ctx, frame, Code::AssertNotParams, v->origin, "a rule may ask parameters only",
           "this depends on something else");
  }
  return out;
}

ir::ValueRef assertions(Context& ctx, Frame* frame, Val v) {
  const auto* list = v->get_if<List>();
  if (list == nullptr) return raw_json(ctx, v);
  std::vector<ir::ValueRef> out;
  for (const Val each : list->items) {
    const auto* record = each->get_if<Record>();
    std::vector<ir::Member> members;
    for (const Field& f : record != nullptr ? record->fields : std::span<const Field>{}) {
      const ir::ValueRef value =
          f.key == "Assert" ? rule_condition(ctx, frame, f.value) : raw_json(ctx, f.value);
      if (value != nullptr) members.push_back({f.key, value});
    }
    out.push_back(record != nullptr ? ctx.ir.at(each->origin).object(members) : raw_json(ctx, each));
  }
  return ctx.ir.at(v->origin).list(out);
}

bool has_content(const ir::Template& t) {
  const auto in_resources = [](const ir::RawEntry& e) { return e.section == "Resources"; };
  const auto is_resources = [](const ir::Member& m) { return m.key == "Resources"; };
  return !t.resources.empty() || !t.externs.empty() || !t.transforms.empty() ||
         std::any_of(t.raw_entries.begin(), t.raw_entries.end(), in_resources) ||
         std::any_of(t.raw.begin(), t.raw.end(), is_resources);
}

}  // namespace

void emit_raw_section(Context& ctx, Frame* frame, ast::DeclId decl) {
  const ast::Decl& d = ast_of(frame)[decl];
  const ast::ExprId body = std::get<ast::RawDecl>(d.node).body;
  const Val v = evaluate(ctx, frame->env(), body);
  if (v->is<Invalid>()) return;
  RawSection section(ctx, frame);
  const ir::ValueRef plain = with_key_places(ctx, frame, body, plain_json(ctx, v));
  const std::size_t errors = ctx.sink.error_count();
  ir::read_section(ctx.tmpl, keep(ctx, d.name.text), plain, ctx.sink, d.name.span);
  ctx.failed = ctx.failed || ctx.sink.error_count() != errors;
  section.settle();
}

void emit_template_rule(Context& ctx, Frame* frame, ast::DeclId decl) {
  const ast::Decl& d = ast_of(frame)[decl];
  const ast::ExprId body = std::get<ast::RuleDecl>(d.node).body;
  const Val v = evaluate(ctx, frame->env(), body);
  const auto* record = v->get_if<Record>();
  if (record == nullptr) return;
  std::vector<ir::Member> members;
  for (const Field& f : record->fields) {
    const ir::ValueRef value = f.key == "RuleCondition" ? rule_condition(ctx, frame, f.value)
                               : f.key == "Assertions"  ? assertions(ctx, frame, f.value)
                                                        : raw_json(ctx, f.value);
    if (value != nullptr) members.push_back({f.key, value});
  }
  const std::string_view id = logical_id(ctx, frame, d);
  if (!claim(ctx, ctx.rule_ids, id, frame, d.name.span, "rule")) return;
  const ir::ValueRef made = ctx.ir.at(d.span).object(members);
  ctx.tmpl.rules.push_back(
      {id, ir::with_calls(ctx.tmpl.arena, made, ir::Where::Rule), d.name.span});
}

void emit_metadata(Context& ctx, Frame* frame, ast::DeclId decl) {
  const Env env = frame->env();
  const Val v = evaluate(ctx, env, std::get<ast::MetadataDecl>(ast_of(frame)[decl].node).body);
  if (v->is<Invalid>()) return;
  const Target json(ctx.program.types, ctx.program.types.plain(sema::Kind::Json));
  ctx.tmpl.metadata = lower(ctx, coerce(ctx, env, v, json));
}

void emit_transform(Context& ctx, Frame* frame, ast::DeclId decl) {
  const Val v = evaluate(ctx, frame->env(), std::get<ast::TransformDecl>(ast_of(frame)[decl].node).value);
  if (v->is<Invalid>()) return;
  const auto* list = v->get_if<List>();
  if (list == nullptr) {
    ctx.tmpl.transforms.push_back(raw_json(ctx, v));
    return;
  }
  for (const Val each : list->items) ctx.tmpl.transforms.push_back(raw_json(ctx, each));
  if (list->items.size() == 1) ctx.tmpl.raw.push_back({"Transform", raw_json(ctx, v), v->origin});
}

void emit_stack_attributes(Context& ctx, Frame* frame, ast::DeclId decl) {
  const ast::Decl& d = ast_of(frame)[decl];
  for (const ir::Member& m : raw_attributes(ctx, find_decorator(frame->env(), d, {}, "raw"))) {
    ctx.tmpl.raw.push_back(m);
  }
}

Val extern_value(Context& ctx, Frame* frame, ast::DeclId decl) {
  const ast::Decl& d = ast_of(frame)[decl];
  const auto& node = std::get<ast::ExternDecl>(d.node);
  const ir::Builder b = ctx.ir.at(d.name.span);
  switch (node.kind) {
    case ast::ExternKind::Condition:
      return ctx.values.make(Condition{b.condition(logical_id(ctx, frame, d))}, d.name.span);
    case ast::ExternKind::Param: {
      const Target type(ctx.program.types, frame->body->module->type_exprs[node.type.value]);
      return ctx.values.make(Late{b.ref(logical_id(ctx, frame, d)), type.kind() == sema::Kind::List},
                             d.name.span);
    }
    case ast::ExternKind::Resource:
      break;
  }
  if (!frame->body->module->targets.contains(decl.value)) return ctx.values.invalid(d.span);
  return ctx.values.make(ResourceHandle{resource_in(ctx, frame, decl)}, d.name.span);
}

void emit_extern(Context& ctx, Frame* frame, ast::DeclId decl) {
  const Val v = slot_value(ctx, frame, decl);
  const auto* handle = v->get_if<ResourceHandle>();
  if (handle == nullptr) return;
  const Resource& r = *handle->resource;
  ctx.tmpl.externs.push_back({r.id, keep(ctx, r.target->type_name), r.decl->name.span});
}

void complete_template(Context& ctx, const Body& body) {
  ir::Template& t = ctx.tmpl;
  std::erase_if(t.externs, [&](const ir::ExternResource& e) {
    const auto at = std::find_if(t.resources.begin(), t.resources.end(),
                                 [&](const ir::Resource& r) { return r.id == e.id; });
    if (at == t.resources.end()) return false;
    if (at->type == e.type) return true;
    report(ctx, body.top, Code::ExternMismatch, e.origin,
           fmt::format("`{}` is of type `{}` in the template, not `{}`", e.id, at->type, e.type))
        .label(at->origin, "it stands here");
    return true;
  });
  const Module& module = *body.module->module;
  if (ctx.failed || has_content(t) || !module.stack.valid()) return;
  report(ctx, body.top, Code::NoResources, (*module.ast)[module.stack].span,
         "this stack has no resources, and CloudFormation refuses a template without any");
}

}  // namespace stackc::eval

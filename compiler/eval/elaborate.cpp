#include "compiler/eval/elaborate.hpp"

#include "compiler/eval/allow.hpp"
#include "compiler/eval/asserts.hpp"
#include "compiler/eval/decorators.hpp"
#include "compiler/eval/documents.hpp"
#include "compiler/eval/expr.hpp"
#include "compiler/eval/identity.hpp"
#include "compiler/eval/lower.hpp"
#include "compiler/eval/mappings.hpp"
#include "compiler/eval/outputs.hpp"
#include "compiler/eval/params.hpp"
#include "compiler/eval/properties.hpp"
#include "compiler/eval/scope.hpp"
#include "compiler/eval/sections.hpp"
#include "compiler/eval/tags.hpp"

namespace stackc::eval {
namespace {

void emit_resource(Context& ctx, Resource& resource) {
  Frame* frame = resource.frame;
  const ast::Decl& decl = *resource.decl;
  if (!claim(ctx, ctx.ids, resource.id, frame, decl.name.span, "logical ID")) return;
  ir::Resource out;
  out.id = resource.id;
  out.type = keep(ctx, resource.target->type_name);
  out.condition = frame->condition;
  out.origin = decl.name.span;
  out.instance = outermost_instance(frame);
  const Val properties = with_tags(ctx, resource, declared_properties(ctx, resource));
  const schema::ResourceType type = resource.target->type;
  const bool checked = type && !resource.target->unchecked;
  const Val coerced = coerce(ctx, frame->env(), properties, checked ? Target(type) : Target());
  if (coerced->is<Record>() || coerced->is<Late>() || coerced->is<Choice>()) out.properties = lower(ctx, coerced);
  // What was said is all `none`: nothing is left to write. An empty body says so itself.
  const auto* object = out.properties != nullptr ? out.properties->get_if<ir::Object>() : nullptr;
  const auto* body = ast_of(frame).get_if<ast::RecordExpr>(std::get<ast::ResourceDecl>(decl.node).body);
  const bool said_empty = body != nullptr && body->fields.empty();
  if (object != nullptr && object->members.empty() && !said_empty) out.properties = nullptr;
  apply_decorators(ctx, resource, out);
  ctx.tmpl.resources.push_back(std::move(out));
}

void elaborate_resource(Context& ctx, Frame* frame, ast::DeclId decl) {
  const Val v = slot_value(ctx, frame, decl);
  if (const auto* handle = v->get_if<ResourceHandle>()) return emit_resource(ctx, *handle->resource);
  const auto* handle = v->get_if<InstanceHandle>();
  if (handle == nullptr) return;
  elaborate(ctx, handle->instance->body->top);
  report_unused_overrides(ctx, *handle->instance->body);
  check_snapshot(ctx, *handle->instance);
}

void elaborate_section(Context& ctx, Frame* frame, ast::DeclId id) {
  const auto& node = ast_of(frame)[id].node;
  if (std::holds_alternative<ast::RawDecl>(node)) emit_raw_section(ctx, frame, id);
  if (std::holds_alternative<ast::ExternDecl>(node)) emit_extern(ctx, frame, id);
  if (std::holds_alternative<ast::RuleDecl>(node)) emit_template_rule(ctx, frame, id);
  if (std::holds_alternative<ast::MetadataDecl>(node)) emit_metadata(ctx, frame, id);
  if (std::holds_alternative<ast::TransformDecl>(node)) emit_transform(ctx, frame, id);
  if (std::holds_alternative<ast::StackDecl>(node)) emit_stack_attributes(ctx, frame, id);
}

void emit_condition(Context& ctx, Frame* frame, ast::DeclId decl) {
  const Val v = slot_value(ctx, frame, decl);
  const auto* condition = v->get_if<Condition>();
  const ir::Call* named = condition != nullptr ? condition->value->call(ir::Fn::Condition) : nullptr;
  if (named == nullptr) return;
  const std::string_view id = *named->args[0]->get_if<std::string_view>();
  const Span span = ast_of(frame)[decl].name.span;
  if (!claim(ctx, ctx.condition_ids, id, frame, span, "condition")) return;
  ctx.tmpl.conditions.push_back({id, ctx.conditions.at(id), span});
}

void emit_declared_mapping(Context& ctx, Frame* frame, ast::DeclId decl) {
  const Val v = slot_value(ctx, frame, decl);
  const auto* record = v->get_if<Record>();
  if (record != nullptr && record->part != nullptr) emit_mapping(ctx, frame, *record->part->map);
}

/// A declaration that is on its own, whether in a stack or in a component.
void elaborate_own(Context& ctx, Frame* frame, ast::DeclId id) {
  const ast::Decl& d = ast_of(frame)[id];
  if (std::holds_alternative<ast::ConditionDecl>(d.node)) return emit_condition(ctx, frame, id);
  if (std::holds_alternative<ast::MappingDecl>(d.node)) return emit_declared_mapping(ctx, frame, id);
  if (std::holds_alternative<ast::AllowDecl>(d.node)) return emit_allow(ctx, frame, id);
  if (std::holds_alternative<ast::AssertDecl>(d.node)) return emit_assert(ctx, frame, id);
  if (std::holds_alternative<ast::DocumentDecl>(d.node)) return emit_document(ctx, frame, id);
  if (std::holds_alternative<ast::UpstreamDecl>(d.node)) {
    emit_upstream_parameter(ctx, frame, id);
    slot_value(ctx, frame, id);
  } else if (!frame->body->component.valid()) {
    elaborate_section(ctx, frame, id);
  }
}

void elaborate_decl(Context& ctx, Frame* frame, ast::DeclId id) {
  const ast::Decl& d = ast_of(frame)[id];
  const bool in_stack = !frame->body->component.valid();
  if (const auto* param = std::get_if<ast::ParamDecl>(&d.node)) {
    if (!in_stack) return;
    if (param->is_const) {
      slot_value(ctx, frame, id);
    } else {
      emit_parameter(ctx, frame, id);
    }
  } else if (std::holds_alternative<ast::LetDecl>(d.node)) {
    if (in_stack) slot_value(ctx, frame, id);
  } else if (std::holds_alternative<ast::ResourceDecl>(d.node)) {
    elaborate_resource(ctx, frame, id);
  } else if (std::holds_alternative<ast::ForDecl>(d.node) || std::holds_alternative<ast::IfDecl>(d.node)) {
    for (Frame* block : children(ctx, frame, id)) elaborate(ctx, block);  // what is expanded stays as it is
  } else if (std::holds_alternative<ast::OutputDecl>(d.node)) {
    if (in_stack) {
      emit_output(ctx, frame, id);
    } else {
      slot_value(ctx, frame, id);  // its mistakes show even if nobody asks for it
    }
  } else {
    elaborate_own(ctx, frame, id);
  }
}

}  // namespace

void elaborate(Context& ctx, Frame* frame) {
  for (const ast::DeclId id : frame->block->decls) {
    if (ctx.exhausted) return;
    elaborate_decl(ctx, frame, id);
  }
}

}  // namespace stackc::eval

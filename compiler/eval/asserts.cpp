#include "compiler/eval/asserts.hpp"

#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/eval/decorators.hpp"
#include "compiler/eval/expr.hpp"
#include "compiler/eval/given.hpp"
#include "compiler/eval/identity.hpp"
#include "compiler/eval/ops.hpp"

namespace stackc::eval {
ir::ValueRef for_rule(Context& ctx, ir::ValueRef v, std::vector<std::string_view>& params) {
  if (const auto* list = v->get_if<ir::List>()) {
    std::vector<ir::ValueRef> items;
    for (const ir::ValueRef item : list->items) {
      items.push_back(for_rule(ctx, item, params));
      if (items.back() == nullptr) return nullptr;
    }
    return ctx.ir.at(v->origin).list(items);
  }
  const auto* call = v->get_if<ir::Call>();
  if (call == nullptr) return v->get_if<ir::Object>() == nullptr ? v : nullptr;
  const ir::Builder b = ctx.ir.at(v->origin);
  switch (call->fn) {
    case ir::Fn::Ref: {
      const auto* id = call->args[0]->get_if<std::string_view>();
      const auto known = [&](const ir::Parameter& p) { return p.id == *id; };
      const bool pseudo = id->starts_with("AWS::");
      const auto& all = ctx.tmpl.parameters;
      if (!pseudo && std::none_of(all.begin(), all.end(), known)) return nullptr;
      if (!pseudo && std::find(params.begin(), params.end(), *id) == params.end()) params.push_back(*id);
      return v;
    }
    case ir::Fn::Condition: {
      const auto definition = ctx.conditions.find(*call->args[0]->get_if<std::string_view>());
      return definition != ctx.conditions.end() ? for_rule(ctx, definition->second, params) : nullptr;
    }
    case ir::Fn::And:
    case ir::Fn::Or:
    case ir::Fn::Not:
    case ir::Fn::Contains:
    case ir::Fn::EachMemberIn:
    case ir::Fn::EachMemberEquals:
    case ir::Fn::Equals: {
      std::vector<ir::ValueRef> args;
      for (const ir::ValueRef arg : call->args) {
        args.push_back(for_rule(ctx, arg, params));
        if (args.back() == nullptr) return nullptr;
      }
      return b.call(call->fn, args);
    }
    case ir::Fn::RefAll:
    case ir::Fn::ValueOfAll:
      return v;
    case ir::Fn::ValueOf: {
      const auto* id = call->args[0]->get_if<std::string_view>();
      if (std::find(params.begin(), params.end(), *id) == params.end()) params.push_back(*id);
      return v;
    }
    default:
      return nullptr;
  }
}

namespace {

void emit_rule(Context& ctx, Frame* frame, const ast::Decl& decl, ir::ValueRef condition,
               std::string_view message, Span span) {
  std::vector<std::string_view> params;
  const ir::ValueRef checked = for_rule(ctx, condition, params);
  const ir::ValueRef when = frame->condition != nullptr ? for_rule(ctx, frame->condition, params) : nullptr;
  if (checked == nullptr || (frame->condition != nullptr && when == nullptr)) {
    report(ctx, frame, Code::AssertNotParams, span,
           "an assertion that is not constant becomes a rule, which may ask parameters only",
           "this depends on something else");
    return;
  }
  std::string id;
  if (const auto given = find_decorator(frame->env(), decl, {}, "id")) {
    id = frame->body->prefix + std::string(decorator_text(ctx, *given));
  } else {
    id = frame->body->prefix + "Assert";
    for (const std::string_view p : params) id += capitalized(p);
    id += frame->id_suffix;
    // Further assertions over the same params are numbered in their order.
    const std::string first = id;
    for (int n = 2; ctx.rule_ids.contains(id); ++n) id = fmt::format("{}{}", first, n);
  }
  const ir::Builder b = ctx.ir.at(decl.span);
  const ir::ValueRef assertion = b.object({{"Assert", checked}, {"AssertDescription", b.string(message)}});
  std::vector<ir::Member> members;
  if (when != nullptr) members.push_back({"RuleCondition", when});
  members.push_back({"Assertions", b.list({assertion})});
  if (!claim(ctx, ctx.rule_ids, keep(ctx, id), frame, decl.span, "rule")) return;
  ctx.tmpl.rules.push_back({keep(ctx, id), b.object(members), decl.span});
}

/// What an instance is given stands with its user: there the mistake is, the component only found it.
void report_failed(Context& ctx, const Frame* frame, Span span, std::string_view message) {
  std::vector<Span> given = given_for(frame, span);
  if (given.empty() && !frame->body->module->module->embedded) {
    report(ctx, frame, Code::AssertFailed, span, std::string(message), "this is false");
    return;
  }
  if (given.empty()) given.push_back(outermost_instance(frame));
  Diagnostic& d = ctx.sink.report(Code::AssertFailed, given.front(), std::string(message));
  for (std::size_t i = 1; i < given.size(); ++i) d.label(given[i], "together with this");
  if (!frame->body->module->module->embedded) d.label(span, "this is false");
  ctx.failed = true;
  if (frame->body->instance != nullptr) ctx.refused.push_back(frame->body->instance);
}

}  // namespace

void emit_assert(Context& ctx, Frame* frame, ast::DeclId decl) {
  const ast::Decl& d = ast_of(frame)[decl];
  const auto& assertion = std::get<ast::AssertDecl>(d.node);
  const Env env = frame->env();
  const Span span = ast_of(frame)[assertion.condition].span;
  const Val truth = evaluate(ctx, env, assertion.condition);
  if (const auto* plain = truth->get_if<bool>(); plain != nullptr && *plain) return;
  const ir::ValueRef condition = as_condition(ctx, env, truth, span);
  if (condition == nullptr) return;
  const auto* known = condition->get_if<bool>();
  if (known != nullptr && *known) return;
  std::string_view message = "the assertion does not hold";
  if (assertion.message.valid()) {
    const Val v = evaluate(ctx, env, assertion.message);
    if (v->is<Invalid>()) return;
    const auto text = scalar_text(v, ctx.values);
    if (!text) {
      needs_constant(ctx, env, ast_of(frame)[assertion.message].span, "the message of an assertion");
      return;
    }
    message = *text;
  }
  if (known == nullptr) return emit_rule(ctx, frame, d, condition, message, span);
  // Under a late condition nobody knows yet whether this branch is taken.
  if (frame->condition != nullptr) return emit_rule(ctx, frame, d, condition, message, span);
  report_failed(ctx, frame, span, message);
}

}  // namespace stackc::eval

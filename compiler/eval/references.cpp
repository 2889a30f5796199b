#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/eval/builtins.hpp"
#include "compiler/eval/expr.hpp"
#include "compiler/eval/lower.hpp"
#include "compiler/eval/ops.hpp"
#include "compiler/eval/scope.hpp"
#include "compiler/ir/rebuild.hpp"

namespace stackc::eval {

using sema::BuiltinFn;

namespace {

/// What `ref` and `getAtt` speak of: a resource, or the logical ID of anything else.
struct Named {
  const Resource* resource = nullptr;
  std::string_view id;
  bool list = false, bare = false;
};

/// Looks through conditions: the name stands for the thing, whether it exists or not.
Named named_by(Val v) {
  if (const auto* text = v->get_if<std::string_view>()) return {.id = *text};
  if (const auto* handle = v->get_if<ResourceHandle>())
    return {.resource = handle->resource, .id = handle->resource->id};
  if (const auto* choice = v->get_if<Choice>()) {
    const Named then = named_by(choice->then);
    return then.id.empty() ? named_by(choice->otherwise) : then;
  }
  const auto* late = v->get_if<Late>();
  const ir::Call* ref = late != nullptr ? late->value->call(ir::Fn::Ref) : nullptr;
  if (ref == nullptr) return {};
  return {.id = *ref->args[0]->get_if<std::string_view>(), .list = late->list, .bare = late->bare};
}

class Reference {
 public:
  Reference(Context& ctx, const Env& env, const ast::CallExpr& call, Span span)
      // A name means the same wherever it stands: what is known here decides nothing.
      : ctx_(ctx), env_{env.frame, env.locals, nullptr}, call_(call), span_(span), b_(ctx.ir.at(span)) {}

  Val ref() {
    const Named n = named_by(value(0));
    if (n.id.empty()) return ctx_.values.invalid(span_);
    return ctx_.values.make(Late{b_.exact_call(ir::Fn::Ref, {b_.string(n.id)}), n.list, n.bare}, span_);
  }

  Val get_att() {
    const Named n = named_by(value(0));
    const Val attribute = value(1);
    if (n.id.empty() || attribute->is<Invalid>()) return ctx_.values.invalid(span_);
    bool list = false, bare = false;
    const auto* text = attribute->get_if<std::string_view>();
    if (n.resource != nullptr && text != nullptr) {
      const Val typed = attribute_value(ctx_, *n.resource, *text, span_);
      list = typed->get_if<Late>()->list;
      bare = typed->get_if<Late>()->bare;
    }
    const ir::ValueRef made = b_.exact_call(ir::Fn::GetAtt, {b_.string(n.id), lower(ctx_, attribute)});
    return ctx_.values.make(Late{made, list, bare}, span_);
  }

  Val condition() {
    const Val v = value(0);
    if (const auto* name = v->get_if<std::string_view>())
      return truth(b_.exact_call(ir::Fn::Condition, {b_.string(*name)}));
    const ir::ValueRef c = as_condition(ctx_, env_, v, span_);
    return c == nullptr ? ctx_.values.invalid(span_) : truth(ir::exactly(ctx_.tmpl.arena, c));
  }

  Val connect(ir::Fn fn) {
    std::vector<ir::ValueRef> args;
    for (std::size_t k = 0; k < call_.args.size(); ++k) {
      args.push_back(operand(k));
      if (args.back() == nullptr) return ctx_.values.invalid(span_);
    }
    return truth(b_.exact_call(fn, args));
  }

  Val if_else(const Env& env) {
    const ir::ValueRef c = operand(0);
    if (c == nullptr) return ctx_.values.invalid(span_);
    const Val then = evaluate(ctx_, env, call_.args[1].value);
    const Val otherwise = evaluate(ctx_, env, call_.args[2].value);
    if (then->is<Invalid>() || otherwise->is<Invalid>()) return ctx_.values.invalid(span_);
    if (const auto* known = c->get_if<bool>()) return *known ? then : otherwise;
    const auto* late = then->get_if<Late>();
    const bool list = then->is<List>() || (late != nullptr && late->list);
    const ir::ValueRef made = b_.exact_call(ir::Fn::If, {c, lower(ctx_, then), lower(ctx_, otherwise)});
    return ctx_.values.weighing(ctx_.values.make(Late{made, list}, span_),
                                add_weights(then->weight, otherwise->weight));
  }

 private:
  Val value(std::size_t k) { return evaluate(ctx_, env_, call_.args[k].value); }
  ir::ValueRef operand(std::size_t k) {
    return as_condition(ctx_, env_, value(k), ast_of(env_.frame)[call_.args[k].value].span);
  }
  Val truth(ir::ValueRef condition) { return ctx_.values.make(Condition{condition}, span_); }

  Context& ctx_;
  const Env env_;
  const ast::CallExpr& call_;
  const Span span_;
  const ir::Builder b_;
};

}  // namespace

Val call_reference(Context& ctx, const Env& env, const ast::CallExpr& call, BuiltinFn fn, Span span) {
  Reference r(ctx, env, call, span);
  switch (fn) {
    case BuiltinFn::Ref:
      return r.ref();
    case BuiltinFn::GetAtt:
      return r.get_att();
    case BuiltinFn::Condition:
      return r.condition();
    case BuiltinFn::And:
      return r.connect(ir::Fn::And);
    case BuiltinFn::Or:
      return r.connect(ir::Fn::Or);
    case BuiltinFn::Not:
      return r.connect(ir::Fn::Not);
    case BuiltinFn::IfElse:
      return r.if_else(env);
    default:
      return nullptr;
  }
}

bool is_literal(const ast::Ast& tree, ast::ExprId expr) {
  const auto& node = tree[expr].node;
  if (const auto* s = std::get_if<ast::StringExpr>(&node)) return s->is_plain();
  if (const auto* p = std::get_if<ast::ParenExpr>(&node)) return is_literal(tree, p->inner);
  if (const auto* u = std::get_if<ast::UnaryExpr>(&node)) return is_literal(tree, u->operand);
  if (const auto* l = std::get_if<ast::ListExpr>(&node)) {
    return std::all_of(l->items.begin(), l->items.end(),
                       [&](const ast::ListItem& i) { return !i.spread && is_literal(tree, i.value); });
  }
  if (const auto* r = std::get_if<ast::RecordExpr>(&node)) {
    return std::all_of(r->fields.begin(), r->fields.end(),
                       [&](const ast::Field& f) { return !f.spread && is_literal(tree, f.value); });
  }
  return std::holds_alternative<ast::BoolExpr>(node) || std::holds_alternative<ast::IntExpr>(node) ||
         std::holds_alternative<ast::NumberExpr>(node) || std::holds_alternative<ast::CidrExpr>(node) ||
         std::holds_alternative<ast::NoneExpr>(node) || std::holds_alternative<ast::RawExpr>(node);
}

Val unchecked(Context& ctx, const Env& env, Val v) {
  if (v->is<Choice>()) {
    return distribute(ctx, env, v, [&](const Env& inner, Val arm) { return unchecked(ctx, inner, arm); });
  }
  const bool plain = v->is<bool>() || v->is<std::int64_t>() || v->is<Decimal>() || v->is<std::string_view>() ||
                     v->is<List>() || v->is<Record>() || v->is<Condition>() || v->is<Cidr>();
  return plain && v->written() == nullptr ? ctx.values.written(v, lower(ctx, v)) : v;
}

}  // namespace stackc::eval

#include <algorithm>

#include "compiler/base/suggest.hpp"
#include "compiler/base/text.hpp"
#include "compiler/eval/expr.hpp"
#include "compiler/eval/facts.hpp"
#include "compiler/eval/identity.hpp"
#include "compiler/eval/lower.hpp"
#include "compiler/eval/mappings.hpp"
#include "compiler/eval/ops.hpp"
#include "compiler/eval/properties.hpp"
#include "compiler/eval/scope.hpp"
#include "compiler/eval/units.hpp"

namespace stackc::eval {
namespace {

/// Looks one member up in a value of any kind.
class Member {
 public:
  Member(Context& ctx, const sema::CheckedModule& module, ast::ExprId id, const ast::Name& name, Span span)
      : ctx_(ctx), module_(module), id_(id), use_(module.members[id.value]), name_(name.text), name_span_(name.span),
        span_(span) {}

  /// `may_be_none`: an absent object has an absent member (`?.`, or the arm of a late choice).
  Val of(const Env& env, Val object, bool may_be_none) {
    if (object->is<Choice>()) {
      return distribute(ctx_, env, object, [&](const Env& inner, Val arm) { return of(inner, arm, true); });
    }
    if (object->is<Invalid>()) return object;
    if (object->is<Absent>()) {
      if (may_be_none) return ctx_.values.none(span_);
      return fail(ctx_, env, Code::ValueIsNone, object->origin,
                  fmt::format("this is `none`, it has no `{}`", name_), "absent here");
    }
    if (use_.kind == sema::MemberUse::Kind::Path) return object;
    if (const auto* record = object->get_if<Record>()) return field(env, *record);
    if (const auto* handle = object->get_if<ResourceHandle>()) return of_resource(env, *handle->resource);
    if (const auto* handle = object->get_if<InstanceHandle>()) {
      const Val v = output_value(ctx_, *handle->instance, name_, span_);
      return v != nullptr ? ctx_.values.at(settle(ctx_, env.facts, v), span_) : ctx_.values.invalid(span_);
    }
    if (const auto* list = object->get_if<List>()) return of_each(env, *list, object->origin);
    if (const Val v = unit_member(ctx_, env, object, name_, span_)) return v;
    return needs_constant(ctx_, env, span_, fmt::format("`.{}`", name_));
  }

 private:
  Val field(const Env& env, const Record& record) {
    if (const Val v = record.find(name_))
      return ctx_.values.at(settle(ctx_, env.facts, row(record, v)), span_);
    if (!record.family) return ctx_.values.none(span_);
    return unknown_key(ctx_, env, record, name_, name_span_);
  }

  /// A row of a map that may become a mapping keeps its place in the map.
  Val row(const Record& record, Val v) { return row_of(ctx_, record, name_, v); }

  Val of_resource(const Env& env, Resource& resource) {
    using Kind = sema::MemberUse::Kind;
    switch (use_.kind) {
      case Kind::Ref:
        return ctx_.values.make(Late{ctx_.ir.at(span_).ref(resource.id), false}, span_);
      case Kind::Field:  // of `declared(R)`
      case Kind::Property:
        return declared_property(ctx_, env, resource, name_, span_);
      case Kind::Attribute:
        break;
      default: {
        const schema::ResourceType type = resource.target->type;
        if (type && !type.attributes().find(name_) && type.properties().find(name_)) {
          return declared_property(ctx_, env, resource, name_, span_);
        }
      }
    }
    const std::string_view* const dotted = module_.dotted.find(id_.value);
    return attribute_value(ctx_, resource, dotted != nullptr ? *dotted : name_, span_);
  }

  Val of_each(const Env& env, const List& list, Span origin) {
    std::vector<Val> items;
    items.reserve(list.items.size());
    for (const Val item : list.items) items.push_back(of(env, item, true));
    return ctx_.values.make(List{ctx_.values.keep(items), list.first_key}, origin);
  }

  Context& ctx_;
  const sema::CheckedModule& module_;
  const ast::ExprId id_;
  const sema::MemberUse use_;
  const std::string_view name_;
  const Span name_span_;
  const Span span_;
};

Val pseudo(Context& ctx, std::string_view name, Span span) {
  struct Pseudo {
    std::string_view name, id;
    bool list;
  };
  static constexpr Pseudo kPseudo[] = {
      {"region", "AWS::Region", false},
      {"accountId", "AWS::AccountId", false},
      {"partition", "AWS::Partition", false},
      {"stackName", "AWS::StackName", false},
      {"stackId", "AWS::StackId", false},
      {"urlSuffix", "AWS::URLSuffix", false},
      {"notificationArns", "AWS::NotificationARNs", true},
  };
  for (const Pseudo& p : kPseudo) {
    if (p.name == name) return ctx.values.make(Late{ctx.ir.at(span).ref(p.id), p.list}, span);
  }
  return ctx.values.invalid(span);
}

Val list_element(Context& ctx, const Env& env, const List& list, Val index, bool optional, Span span,
                 Span index_span) {
  if (const auto* key = index->get_if<std::string_view>()) {
    for (std::size_t i = 0; i < list.keys().size(); ++i) {
      if (list.keys()[i] == *key) return list.items[i];
    }
    if (optional) return ctx.values.none(span);
    return unknown_key(ctx, env, list.keys(), "this list", *key, index_span);
  }
  const auto* at = index->get_if<std::int64_t>();
  if (at == nullptr) {
    if (!index->is<Late>()) return ctx.values.invalid(span);
    std::vector<ir::ValueRef> items;
    for (const Val item : list.items) items.push_back(lower(ctx, item));
    const ir::Builder b = ctx.ir.at(span);
    return ctx.values.make(Late{b.call(ir::Fn::Select, {lower(ctx, index), b.list(items)}), false}, span);
  }
  const auto size = static_cast<std::int64_t>(list.items.size());
  if (*at >= 0 && *at < size) return list.items[static_cast<std::size_t>(*at)];
  if (optional) return ctx.values.none(span);
  return fail(ctx, env, Code::IndexOutOfRange, index_span,
              size == 0 ? fmt::format("index {} of an empty list", *at)
                        : fmt::format("index {} is out of range: the list has {} element{}", *at, size,
                                      size == 1 ? "" : "s"),
              size == 0 ? "there is no element" : fmt::format("expected 0 to {}", size - 1));
}

Val record_element(Context& ctx, const Env& env, const Record& record, Val index, bool optional, Span span,
                   Span index_span) {
  const auto key = scalar_text(index, ctx.values);
  if (!key) {
    if (!index->is<Late>()) return ctx.values.invalid(span);
    return find_in_map(ctx, env, record, index, span);
  }
  if (const Val v = record.find(*key)) return row_of(ctx, record, *key, v);
  if (optional) return ctx.values.none(span);
  return unknown_key(ctx, env, record, *key, index_span);
}

void flatten_into(Context& ctx, const Record& record, std::string_view prefix, std::vector<Val>& items,
                  std::vector<std::string_view>& keys) {
  for (const Field& f : record.fields) {
    if (f.value->is<Absent>()) continue;
    const std::string_view key =
        prefix.empty() ? f.key : ctx.values.keep(fmt::format("{}{}", prefix, capitalized(f.key)));
    const auto* inner = f.value->get_if<Record>();
    if (inner != nullptr && inner->family) {
      flatten_into(ctx, *inner, key, items, keys);
    } else {
      items.push_back(f.value);
      keys.push_back(key);
    }
  }
}

}  // namespace

Val unknown_key(Context& ctx, const Env& env, const Record& record, std::string_view key, Span span) {
  std::vector<std::string_view> keys;
  for (const Field& f : record.fields) keys.push_back(f.key);
  return unknown_key(ctx, env, keys, record.family ? "this family" : "this map", key, span);
}

Val unknown_key(Context& ctx, const Env& env, std::span<const std::string_view> known, std::string_view what,
                std::string_view key, Span span) {
  constexpr std::size_t kShown = 8;
  const std::vector<std::string_view> keys(known.begin(), known.end());
  std::string listed;
  for (std::size_t i = 0; i < keys.size() && i < kShown; ++i) {
    listed += fmt::format("{}`{}`", listed.empty() ? "" : ", ", keys[i]);
  }
  if (keys.size() > kShown) listed += " and more";
  const std::string_view close = did_you_mean(key, keys);
  Diagnostic& d =
      report(ctx, env.frame, Code::UnknownKey, span, fmt::format("there is no key `{}` in {}", key, what),
             close.empty() ? std::string() : fmt::format("did you mean `{}`?", close));
  d.note(keys.empty() ? std::string("it is empty") : fmt::format("the keys are {}", listed));
  return ctx.values.invalid(span);
}

Val flatten_family(Context& ctx, const Record& record, Span span) {
  std::vector<Val> items;
  std::vector<std::string_view> keys;
  flatten_into(ctx, record, {}, items, keys);
  return ctx.values.list(items, keys, span);
}

Val evaluate_member(Context& ctx, const Env& env, ast::ExprId expr, const ast::MemberExpr& member) {
  const sema::CheckedModule& module = *env.frame->body->module;
  const Span span = ast_of(env.frame)[expr].span;
  if (module.members[expr.value].kind == sema::MemberUse::Kind::Pseudo) return pseudo(ctx, member.name.text, span);
  const Val object = evaluate(ctx, env, member.object);
  const Val out = Member(ctx, module, expr, member.name, span).of(env, object, member.optional);
  return settle(ctx, env.facts, out);
}

Val element(Context& ctx, const Env& env, Val object, Val index, bool optional, Span span, Span index_span) {
  if (object->is<Invalid>() || index->is<Invalid>()) return ctx.values.invalid(span);
  if (object->is<Choice>()) {
    return distribute(ctx, env, object, [&](const Env& inner, Val arm) {
      if (arm->is<Absent>()) return ctx.values.none(span);
      return element(ctx, inner, arm, index, optional, span, index_span);
    });
  }
  if (index->is<Choice>()) {
    return distribute(ctx, env, index, [&](const Env& inner, Val arm) {
      return element(ctx, inner, object, arm, optional, span, index_span);
    });
  }
  if (object->is<Absent>()) {
    if (optional) return ctx.values.none(span);
    return fail(ctx, env, Code::ValueIsNone, object->origin, "this is `none`, it has no elements",
                "absent here");
  }
  if (const auto* list = object->get_if<List>()) {
    return list_element(ctx, env, *list, index, optional, span, index_span);
  }
  if (const auto* record = object->get_if<Record>()) {
    return record_element(ctx, env, *record, index, optional, span, index_span);
  }
  if (const auto* late = object->get_if<Late>()) {
    const ir::Builder b = ctx.ir.at(span);
    const auto* at = index->get_if<std::int64_t>();
    const ir::ValueRef picked =
        at != nullptr ? b.select(*at, late->value) : b.call(ir::Fn::Select, {lower(ctx, index), late->value});
    return ctx.values.make(Late{picked, false}, span);
  }
  return ctx.values.invalid(span);
}

Val evaluate_index(Context& ctx, const Env& env, const ast::IndexExpr& index, Span span) {
  const Val object = evaluate(ctx, env, index.object);
  const Val at = evaluate(ctx, env, index.index);
  const Val out = element(ctx, env, object, at, index.optional, span, ast_of(env.frame)[index.index].span);
  return ctx.values.at(settle(ctx, env.facts, out), span);
}

Val splat(Context& ctx, const Env& env, Val object, Span span) {
  if (object->is<Choice>()) {
    return distribute(ctx, env, object,
                      [&](const Env& inner, Val arm) { return splat(ctx, inner, arm, span); });
  }
  const auto* record = object->get_if<Record>();
  return record != nullptr ? flatten_family(ctx, *record, span) : object;
}

Val evaluate_splat(Context& ctx, const Env& env, const ast::SplatExpr& e, Span span) {
  return splat(ctx, env, evaluate(ctx, env, e.object), span);
}

}  // namespace stackc::eval

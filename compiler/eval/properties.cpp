#include "compiler/eval/properties.hpp"

#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/eval/expr.hpp"
#include "compiler/eval/facts.hpp"
#include "compiler/eval/lower.hpp"
#include "compiler/eval/scope.hpp"

namespace stackc::eval {
namespace {

ast::ExprId body_of(const Resource& resource) {
  const auto* decl = std::get_if<ast::ResourceDecl>(&resource.decl->node);
  return decl != nullptr ? decl->body : ast::ExprId{};
}

Target property_target(const Resource& resource, std::string_view name) {
  const schema::ResourceType type = resource.target->type;
  return type && !resource.target->unchecked ? Target(type).field(name) : Target();
}

/// Whether the entry names the round: the same keys, outermost first.
bool keys_match(Context& ctx, const Overrides& overrides, const ast::WithEntry& entry,
                const std::vector<std::string_view>& keys) {
  if (entry.keys.size() != keys.size()) return false;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto text = scalar_text(evaluate(ctx, overrides.env, entry.keys[i]), ctx.values);
    if (!text || *text != keys[i]) return false;
  }
  return true;
}

}  // namespace

Val merge_over(Context& ctx, Val base, Val over) {
  if (base == nullptr) return over;
  const auto* below = base->get_if<Record>();
  const auto* above = over->get_if<Record>();
  if (below == nullptr || above == nullptr) return over;
  std::vector<Field> fields(below->fields.begin(), below->fields.end());
  for (const Field& f : above->fields) {
    const auto same =
        std::find_if(fields.begin(), fields.end(), [&](const Field& g) { return g.key == f.key; });
    if (same == fields.end()) {
      fields.push_back(f);
    } else {
      same->value = merge_over(ctx, same->value, f.value);
    }
  }
  return ctx.values.record(fields, base->origin);
}

Val overridden_field(Context& ctx, const Env& env, ast::ExprId body, const Entries& with,
                     std::string_view name) {
  Val out = body.valid() ? evaluate_field(ctx, env, body, name) : nullptr;
  for (const auto& [entry, writer] : with) {
    const Val over = entry->body.valid() ? evaluate_field(ctx, writer, entry->body, name) : nullptr;
    if (over != nullptr) out = merge_over(ctx, out, over);
  }
  return out;
}

Val declared_properties(Context& ctx, Resource& resource) {
  const Env env = resource.frame->env();
  const ast::ExprId body = body_of(resource);
  Val out = body.valid() ? evaluate(ctx, env, body) : ctx.values.record({}, resource.decl->span);
  for (const auto& [entry, writer] : resource.with) {
    if (entry->body.valid()) out = merge_over(ctx, out, evaluate(ctx, writer, entry->body));
  }
  return out;
}

Val declared_property(Context& ctx, const Env& env, Resource& resource, std::string_view name, Span use) {
  if (std::find(resource.running.begin(), resource.running.end(), name) != resource.running.end()) {
    return fail(ctx, env, Code::EvaluationCycle, use,
                fmt::format("the property `{}` of `{}` depends on itself", name, resource.decl->name.text));
  }
  resource.running.push_back(name);
  const Env own = resource.frame->env();
  Val v = overridden_field(ctx, own, body_of(resource), resource.with, name);
  if (v != nullptr) v = coerce(ctx, own, v, property_target(resource, name));
  resource.running.pop_back();
  if (v == nullptr) return ctx.values.none(use);
  return ctx.values.at(settle(ctx, env.facts, v), use);
}

Entries matching_overrides(Context& ctx, const Frame* frame, std::string_view name) {
  Entries out;
  if (frame->body->overrides.empty()) return out;
  const std::vector<std::string_view> keys = round_keys(frame);
  for (Overrides* overrides : frame->body->overrides) {
    for (std::size_t i = 0; i < overrides->block->entries.size(); ++i) {
      const ast::WithEntry& entry = overrides->block->entries[i];
      if (entry.name.text != name || !keys_match(ctx, *overrides, entry, keys)) continue;
      overrides->used[i] = true;
      out.emplace_back(&entry, overrides->env);
    }
  }
  return out;
}

void report_unused_overrides(Context& ctx, const Body& body) {
  for (const Overrides* overrides : body.overrides) {
    for (std::size_t i = 0; i < overrides->used.size(); ++i) {
      if (overrides->used[i]) continue;
      const ast::WithEntry& entry = overrides->block->entries[i];
      std::string name(entry.name.text);
      for (const ast::ExprId key : entry.keys) {
        const Val v = evaluate(ctx, overrides->env, key);
        name += fmt::format("[{}]", v->is<std::string_view>()
                                        ? fmt::format("\"{}\"", *v->get_if<std::string_view>())
                                        : std::string(scalar_text(v, ctx.values).value_or("?")));
      }
      report(ctx, overrides->env.frame, Code::OverrideUnused, entry.name.span,
             fmt::format("there is no `{}` in this instance", name),
             entry.keys.empty() ? "it is in a branch that does not exist here" : "");
    }
  }
}

}  // namespace stackc::eval

#include "compiler/eval/raw.hpp"

#include <algorithm>

#include "compiler/eval/expr.hpp"
#include "compiler/eval/identity.hpp"
#include "compiler/eval/lower.hpp"
#include "compiler/ir/rebuild.hpp"
#include "compiler/ir/template_form.hpp"

namespace stackc::eval {
namespace {

/// One entry of a section as its text would be read, with the attributes that a reader cannot do without.
template <class Entry>
Entry read_entry(Context& ctx, std::string_view section, const Entry& now, const ir::RawAttributes& raw,
                 const ir::RawAttributes& needed, std::vector<Entry>& entries) {
  std::vector<ir::Member> members;
  for (const ir::Member& m : needed) {
    const auto given =
        std::find_if(raw.begin(), raw.end(), [&](const ir::Member& r) { return r.key == m.key; });
    if (given == raw.end() || given->value == nullptr) members.push_back(m);
  }
  for (const ir::Member& m : raw) {
    if (m.value != nullptr) members.push_back(m);
  }
  const std::size_t before = entries.size();
  Sink unheard;  // what is no proper attribute stands in the template all the same
  ir::read_section(ctx.tmpl, section, ctx.ir.object({{now.id, ctx.ir.object(members), now.origin}}), unheard,
                   now.origin);
  if (entries.size() == before) return now;
  Entry out = std::move(entries.back());
  entries.pop_back();
  return out;
}

bool has(const ir::RawAttributes& raw, std::string_view key) {
  return std::any_of(raw.begin(), raw.end(), [&](const ir::Member& m) { return m.key == key; });
}

}  // namespace

ir::ValueRef plain_json(Context& ctx, Val v) {
  const ir::Builder b = ctx.ir.at(v->origin);
  if (v->is<Absent>()) return b.null();
  if (const auto* list = v->get_if<List>()) {
    std::vector<ir::ValueRef> items;
    for (const Val item : list->items) items.push_back(plain_json(ctx, item));
    return b.list(items);
  }
  if (const auto* record = v->get_if<Record>()) {
    std::vector<ir::Member> members;
    for (const Field& f : record->fields)
      members.push_back({f.key, plain_json(ctx, f.value), f.value->origin});
    return b.object(members);
  }
  return lower(ctx, v);
}

ir::ValueRef raw_json(Context& ctx, Val v) {
  return ir::exactly(ctx.tmpl.arena, ir::with_calls(ctx.tmpl.arena, plain_json(ctx, v)));
}

Val evaluate_raw(Context& ctx, const Env& env, const ast::RawExpr& raw, Span span) {
  const Val v = evaluate(ctx, env, raw.body);
  if (v->is<Invalid>()) return v;
  const ir::ValueRef json = raw_json(ctx, v);
  if (v->is<List>() || v->is<Record>() || v->is<Absent>()) {
    return ctx.values.weighing(ctx.values.make(Late{json, v->is<List>()}, span), v->weight);
  }
  return ctx.values.written(ctx.values.at(v, span), json);
}

ir::ValueRef raw_condition(Context& ctx, ir::ValueRef v) {
  if (!v->exact) return nullptr;
  if (const auto* object = v->get_if<ir::Object>()) {
    const bool named = object->members.size() == 1 && object->members[0].key == "Condition" &&
                       object->members[0].value->get_if<std::string_view>() != nullptr;
    if (!named) return v;
    return ir::exactly(ctx.tmpl.arena,
                       ctx.ir.at(v->origin).call(ir::Fn::Condition, {object->members[0].value}));
  }
  const auto* call = v->get_if<ir::Call>();
  if (call == nullptr) return nullptr;
  switch (call->fn) {
    case ir::Fn::And:
    case ir::Fn::Or:
    case ir::Fn::Not: {
      std::vector<ir::ValueRef> args;
      for (const ir::ValueRef arg : call->args) {
        const ir::ValueRef inner = raw_condition(ctx, arg);
        args.push_back(inner != nullptr ? inner : arg);
      }
      return ctx.ir.at(v->origin).exact_call(call->fn, args);
    }
    case ir::Fn::Equals:
    case ir::Fn::Condition:
    case ir::Fn::If:
    case ir::Fn::Contains:
    case ir::Fn::EachMemberEquals:
    case ir::Fn::EachMemberIn:
    case ir::Fn::Transform:
    case ir::Fn::ForEach:
      return v;
    default:
      return nullptr;
  }
}

ir::RawAttributes raw_attributes(Context& ctx, const std::optional<DecoratorUse>& use) {
  ir::RawAttributes out;
  if (!use || use->decorator->args.empty()) return out;
  const Val v = evaluate(ctx, use->env, use->decorator->args[0].value);
  const auto* record = v->get_if<Record>();
  if (record == nullptr) return out;
  for (const Field& f : record->fields) {
    const ir::ValueRef value = f.value->is<Absent>() ? nullptr : raw_json(ctx, f.value);
    out.push_back({keep(ctx, f.key), value, f.value->origin});
  }
  return out;
}

void apply_raw(Context& ctx, const ir::RawAttributes& raw, ir::Resource& out) {
  if (raw.empty()) return;
  const ir::Resource read =
      read_entry(ctx, "Resources", out, raw, {{"Type", ctx.ir.string(out.type)}}, ctx.tmpl.resources);
  out.raw.insert(out.raw.end(), raw.begin(), raw.end());
  if (has(raw, "Type")) out.type = read.type;
  if (has(raw, "Properties")) out.properties = read.properties;
  if (has(raw, "Condition")) out.condition = read.condition;
  if (has(raw, "DependsOn")) out.depends_on = read.depends_on;
  if (has(raw, "DependsOn")) out.own_dependencies_only = true;
  if (has(raw, "DeletionPolicy")) out.deletion_policy = read.deletion_policy;
  if (has(raw, "UpdateReplacePolicy")) out.update_replace_policy = read.update_replace_policy;
  if (has(raw, "Metadata")) out.metadata = read.metadata;
  if (has(raw, "CreationPolicy")) out.creation_policy = read.creation_policy;
  if (has(raw, "UpdatePolicy")) out.update_policy = read.update_policy;
  if (has(raw, "Version")) out.version = read.version;
}

void apply_raw(Context& ctx, const ir::RawAttributes& raw, ir::Parameter& out) {
  if (raw.empty()) return;
  const ir::Parameter read =
      read_entry(ctx, "Parameters", out, raw, {{"Type", ctx.ir.string(out.type)}}, ctx.tmpl.parameters);
  out.raw = raw;
  if (has(raw, "Type")) out.type = read.type;
  if (has(raw, "Description")) out.description = read.description;
  if (has(raw, "Default")) out.default_value = read.default_value;
  if (has(raw, "AllowedValues")) out.allowed_values = read.allowed_values;
  if (has(raw, "AllowedPattern")) out.allowed_pattern = read.allowed_pattern;
  if (has(raw, "ConstraintDescription")) out.constraint_description = read.constraint_description;
  if (has(raw, "MinLength")) out.min_length = read.min_length;
  if (has(raw, "MaxLength")) out.max_length = read.max_length;
  if (has(raw, "MinValue")) out.min_value = read.min_value;
  if (has(raw, "MaxValue")) out.max_value = read.max_value;
  if (has(raw, "NoEcho")) out.no_echo = read.no_echo;
}

void apply_raw(Context& ctx, const ir::RawAttributes& raw, ir::Output& out) {
  if (raw.empty()) return;
  const ir::Output read = read_entry(ctx, "Outputs", out, raw, {{"Value", out.value}}, ctx.tmpl.outputs);
  out.raw = raw;
  if (has(raw, "Value")) out.value = read.value;
  if (has(raw, "Description")) out.description = read.description;
  if (has(raw, "Condition")) out.condition = read.condition;
  if (has(raw, "Export")) out.export_name = read.export_name;
}

}  // namespace stackc::eval

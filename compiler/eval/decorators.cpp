#include "compiler/eval/decorators.hpp"

#include <algorithm>
#include <functional>

#include "compiler/base/text.hpp"
#include "compiler/eval/expr.hpp"
#include "compiler/eval/identity.hpp"
#include "compiler/eval/lower.hpp"
#include "compiler/eval/raw.hpp"
#include "compiler/eval/scope.hpp"

namespace stackc::eval {
namespace {

struct Policy {
  std::string_view decorator, name;
};
constexpr Policy kPolicies[] = {{"retain", "Retain"}, {"snapshot", "Snapshot"}, {"delete", "Delete"}};

void all_resources(Context& ctx, Frame* frame, const std::function<void(Resource&)>& f) {
  const ast::Ast& tree = ast_of(frame);
  for (const ast::DeclId decl : frame->block->decls) {
    if (tree.get_if<ast::ForDecl>(decl) != nullptr || tree.get_if<ast::IfDecl>(decl) != nullptr) {
      for (Frame* child : children(ctx, frame, decl)) all_resources(ctx, child, f);
    }
    if (tree.get_if<ast::ResourceDecl>(decl) == nullptr) continue;
    const Val v = slot_value(ctx, frame, decl);
    if (const auto* handle = v->get_if<ResourceHandle>()) f(*handle->resource);
    if (const auto* handle = v->get_if<InstanceHandle>()) all_resources(ctx, handle->instance->body->top, f);
  }
}

/// The logical IDs of all resources that `v` stands for.
void ids_of(Context& ctx, Val v, std::vector<std::string_view>& out) {
  if (const auto* text = v->get_if<std::string_view>()) out.push_back(keep(ctx, *text));
  if (const auto* handle = v->get_if<ResourceHandle>()) out.push_back(handle->resource->id);
  if (const auto* handle = v->get_if<InstanceHandle>()) {
    all_resources(ctx, handle->instance->body->top, [&](Resource& r) { out.push_back(r.id); });
  }
  if (const auto* list = v->get_if<List>()) {
    for (const Val item : list->items) ids_of(ctx, item, out);
  }
  if (const auto* record = v->get_if<Record>()) {
    for (const Field& f : record->fields) ids_of(ctx, f.value, out);
  }
  if (const auto* choice = v->get_if<Choice>()) {
    ids_of(ctx, choice->then, out);
    ids_of(ctx, choice->otherwise, out);
  }
}

void add_dependencies(Context& ctx, const DecoratorUse& use, ir::Resource& out) {
  std::vector<std::string_view> ids;
  for (const ast::Argument& arg : use.decorator->args) {
    if (arg.name.text == "only") out.own_dependencies_only = true;
    ids_of(ctx, evaluate(ctx, use.env, arg.value), ids);
  }
  for (const std::string_view id : ids) {
    const bool known = std::find(out.depends_on.begin(), out.depends_on.end(), id) != out.depends_on.end();
    if (id != out.id && !known) out.depends_on.push_back(id);
  }
  // `@dependsOn([A])`: a list in the template too, and exactly that one.
  const auto& args = use.decorator->args;
  const auto* list = args.size() == 1 && args[0].name.empty()
                         ? ast_of(use.env.frame).get_if<ast::ListExpr>(args[0].value)
                         : nullptr;
  if (list == nullptr || out.depends_on.size() != 1) return;
  const ir::Builder b = ctx.ir.at(use.decorator->span);
  out.raw.push_back({"DependsOn", b.list({b.string(out.depends_on[0])})});
  out.own_dependencies_only = true;
}

void set_policy(ir::Resource& out, std::string_view policy) {
  out.deletion_policy = policy;
  out.update_replace_policy = policy;
}

/// `@deletionPolicy("Retain")`: one of the two policies; a value that is known late stands in the template alone.
void set_one_policy(Context& ctx, const DecoratorUse& use, std::string_view key, std::string_view& field,
                    ir::Resource& out) {
  if (use.decorator->args.empty()) return;
  const Val v = evaluate(ctx, use.env, use.decorator->args[0].value);
  if (v->is<Invalid>()) return;
  if (const auto* text = v->get_if<std::string_view>()) {
    field = keep(ctx, *text);
  } else {
    out.raw.push_back({key, lower(ctx, v), v->origin});
  }
}

/// The value of the first argument as the template has it, in any stage; null when there is none.
ir::ValueRef attribute_of(Context& ctx, const std::optional<DecoratorUse>& use) {
  if (!use || use->decorator->args.empty()) return nullptr;
  const Val v = evaluate(ctx, use->env, use->decorator->args[0].value);
  if (v->is<Invalid>() || v->is<Absent>()) return nullptr;
  return lower(
      ctx, coerce(ctx, use->env, v, Target(ctx.program.types, ctx.program.types.plain(sema::Kind::Json))));
}

/// `@moved` on an instance says what its prefix was.
void moved_with(Context& ctx, const Instance& instance, const DecoratorUse& use, ir::Resource& out) {
  const std::string_view before = out.moved_from.empty() ? out.id : out.moved_from;
  const std::string& prefix = instance.body->prefix;
  if (!before.starts_with(prefix)) return;
  out.moved_from = keep(ctx, fmt::format("{}{}", decorator_text(ctx, use), before.substr(prefix.size())));
}

/// Whether there is any decorator to be found: most declarations have none.
bool has_decorators(const ast::Decl& decl, const Entries& with) {
  return !decl.decorators.empty() ||
         std::ranges::any_of(with, [](const auto& entry) { return !entry.first->decorators.empty(); });
}

bool is_handed_down(const ast::Decorator& d) {
  const std::string_view name = d.name.text;
  return name == "dependsOn" || name == "moved" || name == "replace" ||
         std::ranges::any_of(kPolicies, [&](const Policy& p) { return p.decorator == name; });
}

/// What the instances around hand down, innermost first: the outermost has the last word.
void apply_inherited(Context& ctx, const Resource& resource, ir::Resource& out) {
  const schema::ResourceType type = resource.target->type;
  for (Instance* i = resource.frame->body->instance; i != nullptr; i = i->frame->body->instance) {
    if (!i->hands_down) continue;
    const Env env = i->frame->env();
    for (const Policy& p : kPolicies) {
      if (!find_decorator(env, *i->decl, i->with, p.decorator)) continue;
      const bool snapshot = p.decorator == "snapshot";
      if (!type || !(snapshot ? type.supports_snapshot() : type.stateful())) continue;
      if (snapshot) i->snapshot_found = true;
      set_policy(out, p.name);
    }
    if (const auto use = find_decorator(env, *i->decl, i->with, "dependsOn"))
      add_dependencies(ctx, *use, out);
    if (const auto use = find_decorator(env, *i->decl, i->with, "moved")) moved_with(ctx, *i, *use, out);
    // What is said closer to the resource was meant for it alone.
    const auto ok = find_decorator(env, *i->decl, i->with, "replace");
    if (ok && out.replace_ok.empty()) out.replace_ok = keep(ctx, decorator_text(ctx, *ok));
  }
}

}  // namespace

std::optional<DecoratorUse> find_among(const Env& env, const ast::Decl& decl, const Entries& with,
                                       std::string_view name) {
  for (auto entry = with.rbegin(); entry != with.rend(); ++entry) {
    for (const ast::Decorator& d : entry->first->decorators) {
      if (d.name.text == name) return DecoratorUse{&d, entry->second};
    }
  }
  for (const ast::Decorator& d : decl.decorators) {
    if (d.name.text == name) return DecoratorUse{&d, env};
  }
  return std::nullopt;
}

std::string_view decorator_text(Context& ctx, const DecoratorUse& use) {
  if (use.decorator->args.empty()) return {};
  const Val v = evaluate(ctx, use.env, use.decorator->args[0].value);
  const auto* text = v->get_if<std::string_view>();
  return text != nullptr ? *text : std::string_view{};
}

std::optional<std::string_view> explicit_id(Context& ctx, const Frame* frame, const ast::Decl& decl) {
  const Entries with = matching_overrides(ctx, frame, decl.name.text);
  const Env env{const_cast<Frame*>(frame), frame->locals, frame->facts};
  const auto use = find_decorator(env, decl, with, "id");
  if (!use) return std::nullopt;
  const std::string_view text = decorator_text(ctx, *use);
  if (text.empty()) return std::nullopt;
  const bool is_condition = std::holds_alternative<ast::ConditionDecl>(decl.node);
  const auto is_allowed = [&](char c) { return is_id_text({&c, 1}) || (is_condition && (c == '&' || c == '_')); };
  if (!std::ranges::all_of(text, is_allowed)) {
    report(ctx, use->env.frame, Code::InvalidLogicalId, use->decorator->span,
           fmt::format("`{}` is not {}", text, is_condition ? "the name of a condition" : "a logical ID"),
           is_condition ? "expected letters, digits, `&` and `_`" : "expected letters and digits");
  }
  // Who writes it in a component says it for each instance; a `with` of the stack means the very ID.
  const std::string& prefix = use->env.frame->body->prefix;
  return prefix.empty() ? text : keep(ctx, prefix + std::string(text));
}

void apply_decorators(Context& ctx, const Resource& resource, ir::Resource& out) {
  if (!has_decorators(*resource.decl, resource.with)) return apply_inherited(ctx, resource, out);
  const Env env = resource.frame->env();
  const auto find = [&](std::string_view name) {
    return find_decorator(env, *resource.decl, resource.with, name);
  };
  for (const Policy& p : kPolicies) {
    if (find_decorator(env, *resource.decl, {}, p.decorator)) set_policy(out, p.name);
  }
  if (const auto use = find("deletionPolicy"))
    set_one_policy(ctx, *use, "DeletionPolicy", out.deletion_policy, out);
  if (const auto use = find("updateReplacePolicy"))
    set_one_policy(ctx, *use, "UpdateReplacePolicy", out.update_replace_policy, out);
  if (const auto use = find("version")) out.version = keep(ctx, decorator_text(ctx, *use));
  if (const auto use = find("dependsOn")) add_dependencies(ctx, *use, out);
  if (const auto use = find("moved")) out.moved_from = keep(ctx, decorator_text(ctx, *use));
  if (const auto use = find("replace")) out.replace_ok = keep(ctx, decorator_text(ctx, *use));
  out.metadata = attribute_of(ctx, find("metadata"));
  out.creation_policy = attribute_of(ctx, find("creationPolicy"));
  out.update_policy = attribute_of(ctx, find("updatePolicy"));
  apply_inherited(ctx, resource, out);
  // What `with` says of this very resource is closer than what an instance says of all in it.
  for (const auto& [entry, writer] : resource.with) {
    for (const ast::Decorator& d : entry->decorators) {
      for (const Policy& p : kPolicies) {
        if (d.name.text == p.decorator) set_policy(out, p.name);
      }
    }
  }
  apply_raw(ctx, raw_attributes(ctx, find("raw")), out);
}

bool hands_down(const ast::Decl& decl, const Entries& with) {
  return std::ranges::any_of(decl.decorators, is_handed_down) || std::ranges::any_of(with, [](const auto& entry) {
           return std::ranges::any_of(entry.first->decorators, is_handed_down);
         });
}

void check_snapshot(Context& ctx, const Instance& instance) {
  const auto use = find_decorator(instance.frame->env(), *instance.decl, instance.with, "snapshot");
  if (!use || instance.snapshot_found) return;
  report(ctx, use->env.frame, Code::SnapshotUnsupported, use->decorator->span,
         fmt::format("nothing in `{}` can take a snapshot", instance.decl->name.text))
      .help("use `@retain` to keep what holds data");
}

}  // namespace stackc::eval

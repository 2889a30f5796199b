#include <algorithm>

#include "compiler/sema/checker.hpp"

/// Resources: their type, their body.
namespace stackc::sema {

namespace {

/// Whether the property names the resource: what identifies it is no secret.
bool is_identity(const schema::ResourceType& resource, std::string_view property) {
  return resource.canonical(resource.ref_member()) == property;
}

}  // namespace

ResourceTarget ModuleChecker::resolve_target(ast::TypeId id, const Body* body) {
  ResourceTarget target;
  const TypeId resolved = resolve_type(id, body);
  const Type& t = type(resolved);
  switch (t.kind) {
    case Kind::Error: return target;
    case Kind::Instance:
      target.kind = ResourceTarget::Kind::Component;
      target.component = t.component;
      return target;
    case Kind::Resource:
      target.kind = t.resource ? ResourceTarget::Kind::Schema : ResourceTarget::Kind::Custom;
      target.type = t.resource;
      target.type_name = t.resource_name;
      return target;
    default:
      report(Code::TypeMismatch, ast_[id].span, fmt::format("{} is not the type of a resource", quoted(resolved)))
          .help("a resource has a type such as `AWS::EC2::Subnet`, or a component");
      return target;
  }
}

/// The type of an `@unchecked` resource may be any text.
ResourceTarget ModuleChecker::unchecked_target(ast::TypeId id, const Body* body) {
  const auto* n = ast_.get_if<ast::ResourceTypeName>(id);
  if (n != nullptr && n->member.empty() && n->nested.empty() && !types_.find_resource(n->type.text)) {
    out_.type_exprs[id.value] = types_.custom(n->type.text);
  }
  ResourceTarget target = resolve_target(id, body);
  target.unchecked = target.kind == ResourceTarget::Kind::Schema || target.kind == ResourceTarget::Kind::Custom;
  return target;
}

Info ModuleChecker::resource_info(ast::DeclId id, const ast::ResourceDecl& r) {
  const Context& ctx = context_of(id);
  ResourceTarget target = is_unchecked(ast_[id]) ? unchecked_target(r.type, ctx.body) : resolve_target(r.type, ctx.body);
  out_.targets[id.value] = target;
  switch (target.kind) {
    case ResourceTarget::Kind::Schema: return constant(types_.resource(target.type));
    case ResourceTarget::Kind::Custom: return constant(types_.custom(target.type_name));
    case ResourceTarget::Kind::Component: return instance_info(id, r, target.component, ctx);
    default: return error();
  }
}

void ModuleChecker::check_properties(ast::ExprId body, schema::ResourceType resource, const Context& ctx, Span owner,
                                     bool partial) {
  std::vector<std::string_view> seen;
  bool open = false;
  if (const auto* record = ast_.get_if<ast::RecordExpr>(body)) {
    check_fields(*record, resource.properties(), resource.name(), &resource, ctx, seen, open);
  }
  if (!partial && !open) report_missing(resource.properties(), seen, resource.name(), owner);
}

Stage ModuleChecker::check_fields(const ast::RecordExpr& record, schema::Properties props, std::string_view owner,
                                  const schema::ResourceType* resource, const Context& ctx,
                                  std::vector<std::string_view>& seen, bool& open) {
  Stage own = stages_.constant();
  std::vector<StageField> stages;
  for (std::size_t k = 0; k < record.fields.size(); ++k) {
    const ast::Field& f = record.fields[k];
    if (f.spread) {
      const Info i = infer(f.value, ctx);
      const TypeId t = spread_type(i.type);
      const auto fields = fields_of(t);
      for (const FieldType& g : fields) {
        const schema::Property p = props.find(g.name);
        if (!p && resource == nullptr && is_api_member(owner, g.name)) continue;
        if (!p) {
          const ast::Name name{g.name, expr(f.value).span};
          report_unknown_property(name, props, owner, resource);
          continue;
        }
        const TypeId slot = types_.from_schema(p.type());
        const Slot what{.what = {"property", g.name, owner}, .schema = true};
        const Info field = spread_field(i, g);
        const TypeId content = types_.strip_optional(field.type);
        const Stage stage = content == field.type ? field.stage : stages_.element(field.stage);
        Slot flow = what;
        flow.secrets = made_for_secrets(g.name, resource != nullptr && is_identity(*resource, p.name()));
        check_flow(stage, slot, expr(f.value).span, flow);
        if (!fits_type(content, slot, what, stage)) {
          report_misfit({content, stage, {}}, types_.optional(slot), f.value, ctx, what);
        }
        if (content == field.type) seen.push_back(g.name);
      }
      if (fields.empty() && kind(t) != Kind::Record) {
        if (kind(t) == Kind::Json || kind(t) == Kind::Map || is_error(t)) open = true;
        else report(Code::TypeMismatch, expr(f.value).span, fmt::format("`...` needs a record here, this is {}", quoted(i.type)));
      }
      own = stages_.join(own, stages_.flat(i.stage));
      continue;
    }
    const schema::Property p = props.find(f.key.text);
    if (!p && resource != nullptr && has_open_attributes(*resource, f.key.text)) {
      check(f.value, types_.plain(Kind::Json), ctx, Slot{.what = {"property", f.key.text}, .schema = true, .secrets = made_for_secrets(f.key.text, false)});
      is_duplicate(f.key, record, k);
      continue;
    }
    if (!p && resource == nullptr && is_api_member(owner, f.key.text)) {
      const Info i = check(f.value, types_.plain(Kind::String), ctx, Slot{.what = {"", f.key.text}});
      if (!is_duplicate(f.key, record, k)) stages.push_back({f.key.text, i.stage});
      continue;
    }
    if (!p) {
      infer(f.value, ctx);
      report_unknown_property(f.key, props, owner, resource);
      seen.push_back(f.key.text);
      continue;
    }
    if (is_duplicate(f.key, record, k)) continue;
    seen.push_back(f.key.text);
    TypeId slot = types_.from_schema(p.type());
    // A resource's own name is any text, another resource's name too.
    if (resource != nullptr && kind(slot) == Kind::Id && type(slot).resource_name == resource->name() &&
        type(slot).member == p.name()) {
      slot = types_.plain(Kind::String);
    }
    const Slot what{.what = {"property", f.key.text, owner},
                    .schema = true,
                    .declared = {},
                    .policy = policy_part(owner, f.key.text),
                    .secrets = made_for_secrets(f.key.text, resource != nullptr && is_identity(*resource, p.name()))};
    const Info i = check(f.value, p.required() ? slot : types_.optional(slot), ctx, what);
    if (p.deprecated()) {
      report(Code::DeprecatedProperty, f.key.span, fmt::format("`{}` of `{}` is deprecated by AWS", f.key.text, owner));
    }
    stages.push_back({p.name(), i.stage});
  }
  return stages_.with_fields(own, std::move(stages));
}

void ModuleChecker::report_missing(schema::Properties props, const std::vector<std::string_view>& seen,
                                   std::string_view owner, Span span) {
  // A misspelt key stands for the property it means: one cause, one error.
  std::size_t strangers = 0;
  for (std::string_view name : seen) {
    if (!props.find(name)) ++strangers;
  }
  std::vector<std::string> missing;
  for (std::size_t i = 0; i < props.size(); ++i) {
    if (!props[i].required() || std::ranges::find(seen, props[i].name()) != seen.end()) continue;
    std::vector<std::string_view> one{props[i].name()};
    const bool misspelt = std::ranges::any_of(seen, [&](std::string_view name) {
      if (props.find(name)) return false;
      Diagnostic probe;
      probe.labels.push_back({});
      suggest(probe, name, {}, one);
      return !probe.fixes.empty();
    });
    if (!misspelt) missing.push_back(fmt::format("`{}`", props[i].name()));
  }
  if (missing.empty()) return;
  report(Code::MissingProperty, span,
         fmt::format("`{}` needs {}", owner, fmt::join(missing, missing.size() == 2 ? " and " : ", ")),
         missing.size() == 1 ? "a required property is missing" : "required properties are missing");
}

void ModuleChecker::report_unknown_property(const ast::Name& key, schema::Properties props, std::string_view owner,
                                            const schema::ResourceType* resource) {
  if (resource != nullptr && resource->attributes().find(key.text)) {
    report(Code::ReadOnlyProperty, key.span, fmt::format("`{}` of `{}` is set by AWS, it cannot be given", key.text, owner))
        .help(fmt::format("read it as an attribute: `TheResource.{}`", key.text));
    return;
  }
  Diagnostic& d = report(Code::UnknownProperty, key.span, fmt::format("`{}` has no property `{}`", owner, key.text));
  suggest(d, key.text, key.span, props.names());
  if (d.fixes.empty()) {
    const auto names = props.names();
    if (names.size() <= 12) d.help(fmt::format("its properties are {}", fmt::join(names, ", ")));
    else if (resource != nullptr) d.help(fmt::format("`stackc schema {}` lists its properties", owner));
  }
}

}  // namespace stackc::sema

#include <algorithm>

#include "compiler/sema/checker.hpp"

/// Attributes whose names have dots of their own, and those that no schema lists.
namespace stackc::sema {

/// The name of the attribute that `e`, a member of a resource, asks for, or begins to.
std::string_view ModuleChecker::attribute_name(ast::ExprId e) const {
  const std::string_view* const dotted = out_.dotted.find(e.value);
  return dotted != nullptr ? *dotted : ast_.get_if<ast::MemberExpr>(e)->name.text;
}

/// `Db.Endpoint.Address`: CloudFormation's attribute names have dots of their own.
std::optional<Info> ModuleChecker::dotted_attribute(ast::ExprId e, const ast::MemberExpr& m) {
  const ast::ExprId object = m.object;
  const ast::Name& name = m.name;
  MemberUse& use = out_.members[e.value];
  const auto* inner = ast_.get_if<ast::MemberExpr>(object);
  if (inner == nullptr) return std::nullopt;
  MemberUse& inner_use = out_.members[object.value];
  if (inner_use.kind != MemberUse::Kind::Attribute && inner_use.kind != MemberUse::Kind::Path) return std::nullopt;
  // The resource is what the first step of the path was taken of.
  ast::ExprId root = object;
  while (const auto* step = ast_.get_if<ast::MemberExpr>(root)) {
    const MemberUse::Kind k = out_.members[root.value].kind;
    if (k != MemberUse::Kind::Attribute && k != MemberUse::Kind::Path) break;
    root = step->object;
  }
  TypeId root_type = types_.strip_optional(out_.expr_types[root.value]);
  if (is_projected(root) && kind(root_type) == Kind::List) root_type = type(root_type).element;
  const Type& t = type(root_type);
  if (t.kind != Kind::Resource) return std::nullopt;
  const std::string_view before = attribute_name(object);
  const std::string full = fmt::format("{}.{}", before, name.text);
  if (!t.resource || has_open_attributes(t.resource, full)) return open_attribute(e, m, full);
  const schema::Properties attributes = t.resource.attributes();
  const std::string prefix = full + ".";
  const auto attribute = attributes.find(full);
  const auto names = attributes.names();
  const bool goes_on = std::ranges::any_of(names, [&](std::string_view n) { return n.starts_with(prefix); });
  if (!attribute && !goes_on) {
    if (inner_use.kind == MemberUse::Kind::Attribute) return std::nullopt;
    const Span span = name.span;
    Diagnostic& d = report(Code::UnknownAttribute, span, fmt::format("`{}` has no attribute `{}`", t.resource_name, full));
    std::vector<std::string_view> rest;
    for (std::string_view n : names) {
      if (n.starts_with(std::string(before) + ".")) rest.push_back(n.substr(before.size() + 1));
    }
    suggest(d, name.text, span, rest);
    return error();
  }
  const bool optional = types_.is_optional(out_.expr_types[object.value]);
  const Info outer = infos_[object.value];
  inner_use.kind = MemberUse::Kind::Path;
  use.kind = attribute ? MemberUse::Kind::Attribute : MemberUse::Kind::Path;
  out_.dotted[e.value] = types_.keep(full);
  use.projected = inner_use.projected;
  const Why* why = stages_.because_of(expr(object).span.to(name.span), full, " is known once the resource exists");
  Info result{attribute ? types_.from_schema(attribute.type()) : types_.plain(Kind::String), stages_.leaf(Level::Attr, why), {}};
  if (use.projected) {
    return Info{types_.list(result.type), stages_.with_element(stages_.flat(outer.stage), result.stage), {}};
  }
  if (optional) return Info{types_.optional(result.type), stages_.with_element(stages_.flat(outer.stage), result.stage), outer.present};
  return result;
}

/// Whether the resource type has the attribute `name` whatever the schema says: the outputs of a nested stack,
/// what the function of a custom resource returns.
bool ModuleChecker::has_open_attributes(schema::ResourceType resource, std::string_view name) {
  if (resource.name() == "AWS::CloudFormation::CustomResource") return true;
  return name.starts_with("Outputs.") && (resource.name() == "AWS::CloudFormation::Stack" ||
                                          resource.name() == "AWS::ServiceCatalog::CloudFormationProvisionedProduct");
}

/// `R.Outputs.Name`: an attribute that no schema can know.
Info ModuleChecker::open_attribute(ast::ExprId e, const ast::MemberExpr& m, std::string_view full) {
  const bool optional = types_.is_optional(out_.expr_types[m.object.value]);
  const Info outer = infos_[m.object.value];
  MemberUse& use = out_.members[e.value];
  MemberUse& inner_use = out_.members[m.object.value];
  inner_use.kind = MemberUse::Kind::Path;
  use.kind = MemberUse::Kind::Attribute;
  out_.dotted[e.value] = types_.keep(full);
  use.projected = inner_use.projected;
  const Why* why = stages_.because_of(expr(m.object).span.to(m.name.span), full, " is known once the resource exists");
  const TypeId any = types_.plain(Kind::Error);
  const Stage stage = stages_.leaf(Level::Attr, why);
  if (use.projected) return {types_.list(any), stages_.with_element(stages_.flat(outer.stage), stage), {}};
  if (optional) return {types_.optional(any), stages_.with_element(stages_.flat(outer.stage), stage), outer.present};
  return {any, stage, {}};
}

/// `Db.Endpoint` alone, when only `Endpoint.Address` and `Endpoint.Port` can be asked for.
void ModuleChecker::report_unfinished_paths() {
  std::vector<bool> goes_on(ast_.exprs.size());
  for (std::size_t i = 0; i < ast_.exprs.size(); ++i) {
    const auto* m = std::get_if<ast::MemberExpr>(&ast_.exprs[i].node);
    if (m != nullptr && out_.members[m->object.value].kind == MemberUse::Kind::Path) goes_on[m->object.value] = true;
  }
  for (std::size_t i = 0; i < ast_.exprs.size(); ++i) {
    const auto* m = std::get_if<ast::MemberExpr>(&ast_.exprs[i].node);
    if (m == nullptr || out_.members[i].kind != MemberUse::Kind::Path || goes_on[i]) continue;
    TypeId object = types_.strip_optional(out_.expr_types[m->object.value]);
    if (kind(object) == Kind::List) object = type(object).element;
    const std::string prefix = std::string(m->name.text) + ".";
    std::vector<std::string> rest;
    if (type(object).resource) {
      for (std::string_view n : type(object).resource.attributes().names()) {
        if (n.starts_with(prefix)) rest.push_back(fmt::format("`.{}`", n));
      }
    }
    report(Code::UnknownAttribute, m->name.span, fmt::format("`{}` is only the beginning of an attribute's name", m->name.text))
        .help(fmt::format("the attributes are {}", fmt::join(rest, ", ")));
  }
}

}  // namespace stackc::sema

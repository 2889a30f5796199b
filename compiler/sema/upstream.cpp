#include <algorithm>

#include "compiler/sema/checker.hpp"

/// Other stacks' exports, as they come back in an importing stack (decision 3).
namespace stackc::sema {

/// What `export` made of a value: ids of resources, one export a key or field, late lists joined to text.
std::pair<TypeId, Stage> ModuleChecker::as_imported(TypeId id, Stage stage, std::string_view name) {
  const Type& t = type(id);
  const Stage late = stages_.leaf(Level::Attr, stages_.because_of({}, name, " is imported from another stack"));
  switch (t.kind) {
    case Kind::Resource:
      return {t.resource && !t.resource.ref_member().empty() ? types_.id(t.resource_name, t.resource.ref_member())
                                                             : types_.plain(Kind::String), late};
    case Kind::Optional: return {types_.optional(as_imported(t.element, stages_.element(stage), name).first), late};
    case Kind::List:
    case Kind::Map: {
      auto [element, inner] = as_imported(t.element, stages_.element(stage), name);
      if (stage->level != Level::Const) return {types_.list(element), late};
      return {types_.map(element), stages_.with_element(stages_.constant(), inner)};
    }
    case Kind::Record:
    case Kind::Upstream:
    case Kind::Instance: {
      std::vector<FieldType> fields;
      std::vector<StageField> stages;
      for (const FieldType& f : fields_of(id)) {
        auto [field, s] = as_imported(f.type, stages_.field(stage, f.name), f.name);
        fields.push_back({f.name, types_.is_optional(field), field});
        stages.push_back({stages_.keep(f.name), s});
      }
      return {types_.record(std::move(fields)), stages_.with_fields(stages_.constant(), std::move(stages))};
    }
    case Kind::Literal: return {t.element, late};
    default: return {id, late};
  }
}

std::pair<TypeId, Stage> ModuleChecker::exports(bool outputs) {
  std::vector<FieldType> fields;
  std::vector<StageField> stages;
  std::vector<ast::DeclId> decls;
  for (const auto& [name, symbol] : file_->outputs) decls.push_back(symbol.decls.front());
  std::ranges::sort(decls);
  const Context& top = new_context({.body = file_});
  for (ast::DeclId id : decls) {
    if (!outputs && !std::get<ast::OutputDecl>(ast_[id].node).is_export) continue;
    const Info info = placed_info(id, {}, top);
    const std::string_view name = ast_[id].name.text;
    auto [t, s] = as_imported(info.type, info.stage, name);
    fields.push_back({name, types_.is_optional(t), t});
    stages.push_back({stages_.keep(name), s});
  }
  return {types_.upstream(std::move(fields)), stages_.with_fields(stages_.constant(), std::move(stages))};
}

Info ModuleChecker::upstream_info(ast::DeclId id, const ast::UpstreamDecl& u) {
  const std::string_view name = ast_[id].name.text;
  const auto& decorators = ast_[id].decorators;
  const bool weak = std::ranges::any_of(decorators, [](const ast::Decorator& d) { return d.name.text == "weak"; });
  if (u.scheme.valid() && !check_scheme(u.scheme, weak)) return error();
  if (u.fields.valid()) {
    const TypeId t = value_type(u.fields, context_of(id).body);
    if (kind(t) != Kind::Record) return error();
    std::vector<FieldType> fields(type(t).fields.begin(), type(t).fields.end());
    std::vector<StageField> stages;
    const Stage late = stages_.leaf(Level::Attr, stages_.because_of(ast_[id].name.span, name, " is another stack"));
    for (const FieldType& f : fields) stages.push_back({stages_.keep(f.name), late});
    return {types_.upstream(std::move(fields)), stages_.with_fields(stages_.constant(), std::move(stages)), {}};
  }
  for (const auto& [decl, target] : module_.upstreams) {
    if (decl != id) continue;
    if (!target.valid() || shared_.modules[target.value] == nullptr) return error();
    ModuleChecker& other = module(target);
    if (other.module_.broken || other.out_.has_errors) return error();
    if (!other.module_.stack.valid()) return error();  // reported where files are loaded
    auto [t, s] = other.exports(weak);
    return {t, stages_.through(s, ast_[id].name.span, "", name, " is another stack"), {}};
  }
  return error();
}

/// Whether the file has a param of this name: in a scheme it may stand for the other stack's name.
bool ModuleChecker::is_param(std::string_view name) const {
  return std::ranges::any_of(ast_.top.decls, [&](ast::DeclId d) {
    return ast_[d].name.text == name && std::holds_alternative<ast::ParamDecl>(ast_[d].node);
  });
}

/// `"${stack}-${name}"`: how export names are made of the stack's name and the export's.
bool ModuleChecker::check_scheme(ast::ExprId scheme, bool weak) {
  const auto wrong = [&](Span span, std::string message) {
    report(Code::UpstreamScheme, span, std::move(message))
        .help("a scheme is text with `${name}`, the export's name, and `${stack}`, the other stack's, or a param that "
              "holds it: `\"${stack}-${name}\"`");
    return false;
  };
  if (weak) return wrong(expr(scheme).span, "a weak upstream asks for outputs by their own names, it has no scheme");
  const auto* text = ast_.get_if<ast::StringExpr>(scheme);
  if (text == nullptr) return false;  // the parser said so
  bool named = false;
  for (const ast::StringPart& part : text->parts) {
    if (!part.expr.valid()) continue;
    const auto* variable = ast_.get_if<ast::NameExpr>(part.expr);
    if (variable == nullptr || (variable->name != "stack" && variable->name != "name" && !is_param(variable->name))) {
      return wrong(expr(part.expr).span,
                   fmt::format("`{}` has no meaning in a scheme", shared_.sources.text(expr(part.expr).span)));
    }
    if (variable->name != "stack" && variable->name != "name") infer(part.expr, new_context({.body = file_}));
    named = named || variable->name == "name";
  }
  return named || wrong(expr(scheme).span, "a scheme without `${name}` gives every export the same name");
}

/// Whether `e` reads what another stack exports.
bool ModuleChecker::is_import(ast::ExprId e) const {
  e = unparen(e);
  if (const auto* m = ast_.get_if<ast::MemberExpr>(e)) return is_import(m->object);
  if (const auto* i = ast_.get_if<ast::IndexExpr>(e)) return is_import(i->object);
  if (ast_.get_if<ast::NameExpr>(e) == nullptr) return false;
  const Binding& b = out_.bindings[e.value];
  return b.kind == Binding::Kind::Decl && b.decl.module == id_ &&
         std::holds_alternative<ast::UpstreamDecl>(ast_[b.decl.decl].node);
}

/// No condition can ask whether another stack exports something: who imports it has to claim it.
Info ModuleChecker::certain_import(ast::ExprId e, Info info) {
  if (!types_.is_optional(info.type) || e == assumed_ || !is_import(e)) return info;
  const Span span = expr(e).span;
  const std::string_view source = shared_.sources.text(span);
  report(Code::MayBeAbsent, span, fmt::format("`{}` may be absent, and no condition can test what another stack exports", source))
      .help(fmt::format("`assume({})` claims that it is there; a deployment fails when it is not", source));
  return error();
}

}  // namespace stackc::sema

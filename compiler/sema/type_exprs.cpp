#include <algorithm>

#include "compiler/base/suggest.hpp"
#include "compiler/base/pattern.hpp"
#include "compiler/sema/checker.hpp"

/// Type expressions: what is written after a colon.
namespace stackc::sema {

namespace {

struct PlainName {
  std::string_view name;
  Kind kind;
};
constexpr PlainName kPlain[] = {
    {"String", Kind::String}, {"Int", Kind::Int},           {"Number", Kind::Number}, {"Bool", Kind::Bool},
    {"Json", Kind::Json},     {"Cidr", Kind::Cidr},         {"Duration", Kind::Duration}, {"Size", Kind::Size},
    {"Percent", Kind::Percent}, {"Arn", Kind::Arn},         {"Policy", Kind::Policy}, {"Timestamp", Kind::String},
    {"Port", Kind::Port},     {"Iso8601", Kind::String},
};

struct UnitName {
  std::string_view name;
  schema::Unit unit;
};
constexpr UnitName kUnits[] = {
    {"ms", schema::Unit::Milliseconds}, {"s", schema::Unit::Seconds}, {"min", schema::Unit::Minutes},
    {"h", schema::Unit::Hours},         {"d", schema::Unit::Days},    {"Iso8601", schema::Unit::Iso8601},
    {"B", schema::Unit::Bytes},         {"KiB", schema::Unit::KiB},   {"MiB", schema::Unit::MiB},
    {"GiB", schema::Unit::GiB},         {"TiB", schema::Unit::TiB},   {"Percent", schema::Unit::Percent},
};

}  // namespace

TypeId ModuleChecker::resolve_type(ast::TypeId id, const Body* body) {
  if (!id.valid()) return types_.plain(Kind::Error);
  TypeId& known = out_.type_exprs[id.value];
  if (!known.valid()) {
    const Deeper deeper(shared_);
    const TypeId made = goes_too_deep(ast_[id].span) ? types_.plain(Kind::Error) : resolve_type_new(id, body);
    out_.type_exprs[id.value] = made;
    return made;
  }
  return known;
}

TypeId ModuleChecker::resolve_type_new(ast::TypeId id, const Body* body) {
  const ast::TypeExpr& t = ast_[id];
  if (const auto* n = std::get_if<ast::NamedType>(&t.node)) return named_type(*n, t.span, body);
  if (const auto* n = std::get_if<ast::ResourceTypeName>(&t.node)) return resource_name_type(*n);
  if (const auto* o = std::get_if<ast::OptionalType>(&t.node)) return types_.optional(resolve_type(o->inner, body));
  if (const auto* l = std::get_if<ast::ListType>(&t.node)) return types_.list(resolve_type(l->element, body));
  if (const auto* m = std::get_if<ast::MapType>(&t.node)) return types_.map(resolve_type(m->element, body));
  if (const auto* l = std::get_if<ast::LiteralType>(&t.node)) {
    if (const auto* s = ast_.get_if<ast::StringExpr>(l->value)) {
      return types_.literal(types_.plain(Kind::String), s->plain());
    }
    if (const auto* i = ast_.get_if<ast::IntExpr>(l->value)) {
      return types_.literal(types_.plain(Kind::Int), fmt::format("{}", i->value));
    }
    if (const auto* b = ast_.get_if<ast::BoolExpr>(l->value)) {
      return types_.literal(types_.plain(Kind::Bool), b->value ? "true" : "false");
    }
    return types_.plain(Kind::Error);
  }
  if (const auto* r = std::get_if<ast::RecordType>(&t.node)) {
    std::vector<FieldType> fields;
    for (const ast::TypeField& f : r->fields) {
      if (std::ranges::any_of(fields, [&](const FieldType& g) { return g.name == f.name.text; })) {
        report(Code::DuplicateKey, f.name.span, fmt::format("field `{}` is given twice", f.name.text));
        continue;
      }
      const TypeId field = resolve_type(f.type, body);
      fields.push_back({f.name.text, f.optional, f.optional ? types_.optional(field) : field});
    }
    return types_.record(std::move(fields));
  }
  if (const auto* u = std::get_if<ast::UnionType>(&t.node)) {
    std::vector<TypeId> arms;
    for (ast::TypeId arm : u->arms) arms.push_back(resolve_type(arm, body));
    return types_.union_of(std::move(arms));
  }
  return types_.plain(Kind::Error);
}

TypeId ModuleChecker::named_type(const ast::NamedType& n, Span span, const Body* body) {
  if (n.name.text == "Secret") {
    const TypeId inner = n.arguments.empty() ? types_.plain(Kind::String) : resolve_type(n.arguments[0], body);
    if (is_error(inner)) return inner;
    const TypeId secret = types_.wrapped(Kind::Secret, types_.strip_optional(without_secrets(inner)));
    return types_.is_optional(inner) ? types_.optional(secret) : secret;
  }
  if (n.name.text == "Ssm") {
    report(Code::ParamTypeNotAllowed, span, "`Ssm<T>` is the type of a stack's param, and of nothing else")
        .help("the param's value is of type `T`: say that here");
    return types_.plain(Kind::Error);
  }
  if (auto decl = find_type_decl(n.name.text, body)) return declared_type(*decl);
  if (const DeclRef* const import = imports_.find(n.name.text); import != nullptr && !import->decl.valid()) {
    return types_.plain(Kind::Error);
  }
  const auto* plain = std::ranges::find(kPlain, n.name.text, &PlainName::name);
  if (plain == std::end(kPlain)) {
    report_unknown_type(n.name, body);
    return types_.plain(Kind::Error);
  }
  TypeId type_id = types_.plain(plain->kind);
  if (n.name.text == "Iso8601") type_id = types_.with_unit(type_id, schema::Unit::Iso8601);
  if (!n.arguments.empty()) {
    const auto* argument = ast_.get_if<ast::NamedType>(n.arguments[0]);
    const auto* unit =
        argument != nullptr ? std::ranges::find(kUnits, argument->name.text, &UnitName::name) : std::end(kUnits);
    const bool takes_unit = plain->kind == Kind::Int || plain->kind == Kind::Number || plain->kind == Kind::String;
    if (unit == std::end(kUnits) || !takes_unit) {
      report(Code::UnknownType, ast_[n.arguments[0]].span,
             takes_unit ? fmt::format("`{}` takes a unit here, one of s, min, h, d, B, KiB, MiB, GiB, TiB", n.name.text)
                        : fmt::format("`{}` takes no argument", n.name.text));
      return types_.plain(Kind::Error);
    }
    type_id = types_.with_unit(type_id, unit->unit);
  }
  Constraint c;
  const auto bound = [&](ast::ExprId e) -> std::optional<std::int64_t> {
    if (const auto* i = ast_.get_if<ast::IntExpr>(e)) return i->value;
    if (const auto* u = ast_.get_if<ast::UnaryExpr>(e); u != nullptr && u->op == ast::UnaryOp::Minus) {
      if (const auto* i = ast_.get_if<ast::IntExpr>(u->operand)) return -i->value;
    }
    return std::nullopt;
  };
  if (const auto mistake = pattern_mistake(n.regex); !mistake.empty()) {
    report(Code::InvalidLiteral, span, fmt::format("`/{}/` is no regular expression: {}", n.regex, mistake));
    return types_.plain(Kind::Error);
  }
  c.low = bound(n.low);
  c.high = bound(n.high);
  c.pattern = n.regex;
  if (!c.low && !c.high && c.pattern.empty()) return type_id;
  const bool numeric = plain->kind == Kind::Int || plain->kind == Kind::Number;
  if ((!numeric && plain->kind != Kind::String) || (numeric && !c.pattern.empty())) {
    report(Code::TypeMismatch, span, fmt::format("`{}` cannot be refined in this way", n.name.text))
        .help("`String(1..64)`, `String(/^[a-z]+$/)` and `Int(1..20)` are the refinements");
    return type_id;
  }
  if (c.low && c.high && *c.low > *c.high) {
    report(Code::TypeMismatch, span, fmt::format("the range {}..{} is empty", *c.low, *c.high));
  }
  return types_.constrained(type_id, c);
}

std::optional<DeclRef> ModuleChecker::find_type_decl(std::string_view name, const Body* body) const {
  for (const Body* b = body; b != nullptr; b = b->file) {
    if (const ast::DeclId* const at = b->types.find(name)) return ref(*at);
  }
  if (const DeclRef* const at = imports_.find(name); at != nullptr && at->decl.valid()) return *at;
  return std::nullopt;
}

TypeId ModuleChecker::declared_type(DeclRef decl) {
  ModuleChecker& owner = module(decl.module);
  const ast::Decl& d = owner.ast_[decl.decl];
  if (std::holds_alternative<ast::ComponentDecl>(d.node)) return types_.instance(decl);
  if (std::holds_alternative<ast::ResourceTypeDecl>(d.node)) {
    if (auto found = types_.find_resource(d.name.text)) return types_.resource(found);
    return types_.plain(Kind::Error);
  }
  const auto* alias = std::get_if<ast::TypeDecl>(&d.node);
  if (alias == nullptr) return types_.plain(Kind::Error);
  State& state = owner.type_states_[decl.decl.value];
  if (state == State::Busy) {
    report(Code::CycleOfValues, d.name.span, fmt::format("type `{}` is defined by itself", d.name.text));
    return types_.plain(Kind::Error);
  }
  if (state == State::New) {
    state = State::Busy;
    owner.resolve_type(alias->type, owner.contexts_[decl.decl.value]->body);
    owner.type_states_[decl.decl.value] = State::Done;
  }
  const TypeId resolved = owner.out_.type_exprs[alias->type.value];
  return resolved.valid() ? resolved : types_.plain(Kind::Error);
}

void ModuleChecker::report_unknown_type(const ast::Name& name, const Body* body) {
  Diagnostic& d = report(Code::UnknownType, name.span, fmt::format("unknown type `{}`", name.text));
  std::vector<std::string_view> candidates;
  for (const Body* b = body; b != nullptr; b = b->file) {
    for (const auto& [known, decl] : b->types) candidates.push_back(known);
  }
  for (const auto& [known, decl] : imports_) candidates.push_back(known);
  std::ranges::sort(candidates);
  for (const PlainName& p : kPlain) candidates.push_back(p.name);
  suggest(d, name.text, name.span, candidates);
}

void ModuleChecker::report_unknown_resource_type(const ast::Name& name) {
  Diagnostic& d =
      report(Code::UnknownResourceType, name.span, fmt::format("unknown resource type `{}`", name.text));
  const auto close = schema::Schema::aws().close_names(name.text);
  if (!close.empty()) {
    d.labels.front().text = fmt::format("did you mean `{}`?", close.front());
    d.fix(name.span, std::string(close.front()));
  } else {
    d.help("`stackc schema --search WORD` finds types; `@unchecked` takes a type as it is, `schema:` in `stackc.yaml` adds what this version lacks");
  }
}

TypeId ModuleChecker::resource_name_type(const ast::ResourceTypeName& n) {
  const schema::ResourceType type = types_.find_resource(n.type.text);
  if (!n.nested.empty()) {
    if (!type) {
      report_unknown_resource_type(n.type);
      return types_.plain(Kind::Error);
    }
    if (auto nested = type.nested(n.nested.text)) return types_.nested(nested);
    Diagnostic& d = report(Code::UnknownType, n.nested.span,
                           fmt::format("`{}` has no nested type `{}`", n.type.text, n.nested.text));
    std::vector<std::string_view> names;
    for (const schema::NestedType& t : type.nested_types()) names.push_back(t.name());
    suggest(d, n.nested.text, n.nested.span, names);
    return types_.plain(Kind::Error);
  }
  if (n.member.empty()) {
    // What the macro of SAM makes of its types changes with the macro, not with the schema.
    const bool serverless = n.type.text.starts_with("AWS::Serverless::");
    if (type && !serverless) return types_.resource(type);
    if (n.type.text.starts_with("Custom::")) return types_.custom(n.type.text);
    if (!n.type.text.starts_with("AWS::") || serverless || n.type.text.ends_with("::MODULE")) {
      note_unchecked_type(n.type);
      return types_.custom(n.type.text);
    }
    report_unknown_resource_type(n.type);
    return types_.plain(Kind::Error);
  }
  if (type) {
    if (auto attribute = type.attributes().find(n.member.text)) {
      const TypeId id = types_.from_schema(attribute.type());
      return kind(id) == Kind::String ? types_.id(n.type.text, n.member.text) : id;
    }
    // A name that CloudFormation has a parameter type for.
    const bool group_name = n.type.text == "AWS::EC2::SecurityGroup" && n.member.text == "GroupName";
    if (group_name || type.is_identity(n.member.text)) return types_.id(n.type.text, n.member.text);
    if (auto property = type.properties().find(n.member.text)) return types_.from_schema(property.type());
  }
  // `.Arn` is the ARN of every type that has one, whatever AWS calls the attribute.
  if (type && n.member.text == "Arn" && !type.arn_member().empty()) return types_.id(n.type.text, type.arn_member());
  if (schema::Schema::aws().has_id_kind(n.type.text, n.member.text)) return types_.id(n.type.text, n.member.text);
  if (!type) {
    report_unknown_resource_type(n.type);
    return types_.plain(Kind::Error);
  }
  Diagnostic& d = report(Code::UnknownAttribute, n.member.span,
                         fmt::format("`{}` has no attribute or property `{}`", n.type.text, n.member.text));
  std::vector<std::string_view> names = type.attributes().names();
  for (std::string_view p : type.properties().names()) names.push_back(p);
  suggest(d, n.member.text, n.member.span, names);
  return types_.plain(Kind::Error);
}

}  // namespace stackc::sema

#include <algorithm>
#include <array>

#include "compiler/base/suggest.hpp"
#include "compiler/sema/checker.hpp"

/// `object.name` and `object[index]`.
namespace stackc::sema {

namespace {

struct PseudoParameter {
  std::string_view name;
  bool list = false;
};
constexpr std::array kPseudo = {
    PseudoParameter{"region"},  PseudoParameter{"accountId"}, PseudoParameter{"partition"},
    PseudoParameter{"stackName"}, PseudoParameter{"stackId"}, PseudoParameter{"urlSuffix"},
    PseudoParameter{"notificationArns", true},
};
constexpr std::array<std::string_view, 4> kDurationUnits = {"seconds", "minutes", "hours", "days"};
constexpr std::array<std::string_view, 5> kSizeUnits = {"bytes", "kib", "mib", "gib", "tib"};

std::vector<std::string_view> as_vector(std::span<const std::string_view> names) { return {names.begin(), names.end()}; }

}  // namespace

bool ModuleChecker::is_projected(ast::ExprId e) const {
  if (ast_.get_if<ast::SplatExpr>(e) != nullptr) return true;
  const auto* m = ast_.get_if<ast::MemberExpr>(e);
  return m != nullptr && is_projected(m->object);
}

Info ModuleChecker::infer_member(ast::ExprId e, const ast::MemberExpr& m, const Context& ctx) {
  Info object = infer(m.object, ctx);
  MemberUse& use = out_.members[e.value];
  if (auto dotted = dotted_attribute(e, m)) return *dotted;
  if (is_error(object.type)) return object;

  if (is_projected(m.object) && kind(object.type) == Kind::List) {
    use.projected = true;
    Info element{type(object.type).element, stages_.element(object.stage), {}};
    const Info member = member_of(element, m.object, m, use, ctx);
    return {types_.list(member.type), stages_.with_element(stages_.flat(object.stage), member.stage), {}};
  }
  if (types_.is_optional(object.type)) {
    if (!m.optional) {
      report_absent(object, m.object, ctx, fmt::format("`.{}`", m.name.text));
      return error();
    }
    const FormulaId there = given(m.object, object, ctx);
    Info inner{types_.strip_optional(object.type), stages_.element(object.stage), {}};
    Info member = member_of(inner, m.object, m, use, ctx);
    if (is_error(member.type)) return member;
    const bool twice = types_.is_optional(member.type);
    const Stage content = twice ? stages_.element(member.stage) : member.stage;
    Stage own = stages_.flat(object.stage);
    if (twice) own = stages_.join(own, stages_.flat(member.stage));
    return {types_.optional(member.type), stages_.with_element(own, content), twice ? FormulaId{} : there};
  }
  Info member = member_of(object, m.object, m, use, ctx);
  if (types_.is_optional(member.type) && !member.present.valid()) {
    member.present = given(e, member, ctx);
    return narrow(member, ctx);
  }
  return member;
}

Info ModuleChecker::member_of(const Info& object, ast::ExprId object_expr, const ast::MemberExpr& m, MemberUse& use,
                              const Context& ctx) {
  const Type& t = type(object.type);
  const auto unknown = [&](std::string_view what, const std::vector<std::string_view>& names) {
    Diagnostic& d = report(Code::UnknownField, m.name.span, fmt::format("{} has no `{}`", what, m.name.text));
    suggest(d, m.name.text, m.name.span, names);
    if (d.fixes.empty() && !names.empty() && names.size() <= 12) d.help(fmt::format("it has {}", fmt::join(names, ", ")));
    return error();
  };
  switch (t.kind) {
    case Kind::Error: return error();
    case Kind::Pseudo: {
      const auto* p = std::ranges::find(kPseudo, m.name.text, &PseudoParameter::name);
      if (p == kPseudo.end()) {
        std::vector<std::string_view> names;
        for (const auto& known : kPseudo) names.push_back(known.name);
        return unknown("`aws`", names);
      }
      use.kind = MemberUse::Kind::Pseudo;
      const Why* why = stages_.because(m.name.span, fmt::format("`aws.{}` is known when a deployment starts", m.name.text));
      const TypeId text_type = types_.plain(Kind::String);
      return {p->list ? types_.list(text_type) : text_type, stages_.leaf(Level::Param, why), {}};
    }
    case Kind::Resource: return resource_member(object, object_expr, m.name, use, ctx);
    case Kind::Instance:
      use.kind = MemberUse::Kind::Field;
      return instance_member(object, m.name);
    case Kind::Properties:
      if (const auto* call = ast_.get_if<ast::CallExpr>(unparen(object_expr)); call != nullptr && call->args.size() == 1) {
        const schema::Property property = t.resource.properties().find(m.name.text);
        const auto given = property ? declared_value(call->args[0].value, m.name.text, types_.from_schema(property.type()), ctx)
                                    : std::nullopt;
        if (given) {
          use.kind = MemberUse::Kind::Field;
          return *given;
        }
      }
      [[fallthrough]];
    case Kind::Record:
    case Kind::Upstream:
    case Kind::Nested:
      use.kind = MemberUse::Kind::Field;
      return record_member(object, m.name, t.kind == Kind::Upstream ? "the other stack" : "the record");
    case Kind::Json:
      use.kind = MemberUse::Kind::Field;
      return {object.type, stages_.flat(object.stage), {}};
    case Kind::Duration:
    case Kind::Size: {
      const std::vector<std::string_view> names = t.kind == Kind::Duration ? as_vector(kDurationUnits) : as_vector(kSizeUnits);
      if (std::ranges::find(names, m.name.text) == names.end()) return unknown(quoted(object.type), names);
      use.kind = MemberUse::Kind::Unit;
      return {types_.plain(Kind::Int), object.stage, {}};
    }
    case Kind::List:
    case Kind::Map: {
      Diagnostic& d = report(Code::NoMembers, m.name.span, fmt::format("{} has no members", quoted(object.type)));
      d.help(fmt::format("`[*].{}` takes it of every element, `[\"key\"].{}` of one", m.name.text, m.name.text));
      return error();
    }
    default:
      report(Code::NoMembers, m.name.span, fmt::format("{} has no members, so no `{}`", quoted(object.type), m.name.text));
      return error();
  }
}

Info ModuleChecker::resource_member(const Info&, ast::ExprId object_expr, const ast::Name& name, MemberUse& use,
                                    const Context& ctx) {
  TypeId object_type = types_.strip_optional(infer(object_expr, ctx).type);
  if (use.projected) object_type = type(object_type).element;
  const Type& t = type(object_type);
  const Span whole = expr(object_expr).span.to(name.span);
  const auto late = [&] {
    return stages_.leaf(Level::Attr, stages_.because_of(whole, shared_.sources.text(whole), " is known once the resource exists"));
  };
  if (name.text == "ref") {
    use.kind = MemberUse::Kind::Ref;
    const bool known = t.resource && !t.resource.ref_member().empty();
    return {known ? types_.id(t.resource_name, t.resource.ref_member()) : types_.plain(Kind::String), late(), {}};
  }
  if (!t.resource) {  // a custom resource: its attributes are what its function returns
    use.kind = MemberUse::Kind::Attribute;
    return {types_.plain(Kind::Error), late(), {}};
  }
  const schema::Properties attributes = t.resource.attributes();
  if (auto attribute = attributes.find(name.text)) {
    use.kind = MemberUse::Kind::Attribute;
    return {types_.from_schema(attribute.type()), late(), {}};
  }
  const std::vector<std::string_view> names = attributes.names();
  const std::string prefix = std::string(name.text) + ".";
  if (std::ranges::any_of(names, [&](std::string_view n) { return n.starts_with(prefix); })) {
    use.kind = MemberUse::Kind::Path;
    return {types_.plain(Kind::Error), late(), {}};  // silent unless the next step is unknown
  }
  if (has_open_attributes(t.resource, name.text)) {
    use.kind = MemberUse::Kind::Attribute;
    return {types_.plain(Kind::Error), late(), {}};
  }
  if (auto property = t.resource.properties().find(name.text)) {
    use.kind = MemberUse::Kind::Property;
    const TypeId slot = types_.from_schema(property.type());
    if (const auto declared = declared_value(object_expr, name.text, slot, ctx)) return *declared;
    return {property.required() ? slot : types_.optional(slot), late(), {}};
  }
  Diagnostic& d = report(Code::UnknownAttribute, name.span, fmt::format("`{}` has no attribute `{}`", t.resource_name, name.text));
  std::vector<std::string_view> candidates = names;
  candidates.emplace_back("ref");
  for (std::string_view p : t.resource.properties().names()) candidates.push_back(p);
  suggest(d, name.text, name.span, candidates);
  if (d.fixes.empty() && !names.empty() && names.size() <= 12) d.help(fmt::format("it has {}", fmt::join(names, ", ")));
  return error();
}

/// What the resource `object` was given for a property, with its own stage; nothing when its declaration is not in
/// sight.
std::optional<Info> ModuleChecker::declared_value(ast::ExprId object, std::string_view property, TypeId slot,
                                                  const Context& ctx) {
  const auto* n = ast_.get_if<ast::NameExpr>(unparen(object));
  if (n == nullptr) return std::nullopt;
  const Binding binding = look_up(n->name, ctx).binding;
  if (binding.kind != Binding::Kind::Decl || binding.decl.module != id_) return std::nullopt;
  const auto* decl = std::get_if<ast::ResourceDecl>(&ast_[binding.decl.decl].node);
  const auto* body = decl != nullptr ? ast_.get_if<ast::RecordExpr>(decl->body) : nullptr;
  bool open = decl == nullptr || in_component(ctx);  // `...` or `with` may give it as well
  if (body != nullptr) {
    for (const ast::Field& f : body->fields) {
      open = open || f.spread;
      if (f.key.text != property || f.spread) continue;
      const Info value = infer(f.value, context_of(binding.decl.decl));
      return Info{types_.is_optional(value.type) ? types_.optional(slot) : slot, value.stage, value.present};
    }
  }
  return Info{types_.optional(slot), stages_.constant(), open ? FormulaId{} : formulas_.never()};
}

std::vector<FieldType> ModuleChecker::fields_of(TypeId id) {
  const Type& t = type(id);
  std::vector<FieldType> fields;
  const auto from = [&](schema::Properties props) {
    for (std::size_t i = 0; i < props.size(); ++i) {
      const TypeId slot = types_.from_schema(props[i].type());
      fields.push_back({props[i].name(), !props[i].required(), props[i].required() ? slot : types_.optional(slot)});
    }
  };
  switch (t.kind) {
    case Kind::Record:
    case Kind::Upstream: return {t.fields.begin(), t.fields.end()};
    case Kind::Nested: from(t.nested.properties()); break;
    case Kind::Properties: from(t.resource.properties()); break;
    case Kind::Instance: {
      for (const ComponentOutput& o : module(t.component.module).component_outputs(t.component.decl)) {
        fields.push_back({o.name, types_.is_optional(o.info.type), o.info.type});
      }
      break;
    }
    default: break;
  }
  return fields;
}

Info ModuleChecker::record_member(const Info& object, const ast::Name& name, std::string_view what) {
  std::vector<std::string_view> names;
  for (const FieldType& f : fields_of(object.type)) {
    if (f.name == name.text) {
      return {f.optional ? types_.optional(f.type) : f.type, stages_.field(object.stage, name.text), {}};
    }
    names.push_back(f.name);
  }
  const std::string_view verb = kind(object.type) == Kind::Upstream ? "exports" : "has";
  Diagnostic& d = report(Code::UnknownField, name.span, fmt::format("{} {} no `{}`", what, verb, name.text));
  const std::vector<std::string_view> kept(names.begin(), names.end());
  suggest(d, name.text, name.span, kept);
  if (d.fixes.empty() && !kept.empty() && kept.size() <= 12) d.help(fmt::format("it {} {}", verb, fmt::join(kept, ", ")));
  return error();
}

Info ModuleChecker::instance_member(const Info& object, const ast::Name& name) {
  const Type& t = type(object.type);
  ModuleChecker& owner = module(t.component.module);
  if (auto output = owner.component_output(t.component.decl, name.text)) {
    return {output->type, stages_.field(object.stage, name.text), {}};
  }
  if (owner.module_.broken) return error();
  const std::string_view component = owner.ast_[t.component.decl].name.text;
  Diagnostic& d = report(Code::UnknownField, name.span, fmt::format("component `{}` has no output `{}`", component, name.text));
  std::vector<std::string_view> names;
  for (const ComponentOutput& o : owner.component_outputs(t.component.decl)) names.push_back(o.name);
  suggest(d, name.text, name.span, names);
  if (d.fixes.empty() && !names.empty() && names.size() <= 12) d.help(fmt::format("its outputs are {}", fmt::join(names, ", ")));
  return error();
}

Info ModuleChecker::infer_index(const ast::IndexExpr& i, Span span, const Context& ctx) {
  Info object = infer(i.object, ctx);
  const Info index = infer(i.index, ctx);
  if (is_error(object.type) || is_error(index.type)) return error();
  FormulaId there = formulas_.always();
  const bool optional = types_.is_optional(object.type);
  Stage presence = stages_.flat(object.stage);
  if (optional) {
    if (!i.optional) {
      report_absent(object, i.object, ctx, "`[…]`");
      return error();
    }
    there = given(i.object, object, ctx);
    object = {types_.strip_optional(object.type), stages_.element(object.stage), {}};
  }
  const Type& t = type(object.type);
  const Span index_span = expr(i.index).span;
  Info result;
  if (t.kind == Kind::List) {
    if (!is_numeric(index.type)) {
      report(Code::TypeMismatch, index_span, fmt::format("the index of a list is an `Int`, this is {}", quoted(index.type)));
      return error();
    }
    require(index.stage, Level::Param, index_span, "an index is known before resources exist");
    result = {t.element, stages_.join(stages_.element(object.stage), stages_.join(stages_.flat(index.stage), stages_.flat(object.stage))), {}};
    if (types_.is_optional(t.element)) result.type = t.element;
  } else if (t.kind == Kind::Map || t.kind == Kind::Record || t.kind == Kind::Upstream) {
    if (!is_text(index.type) && !is_numeric(index.type)) {
      report(Code::TypeMismatch, index_span, fmt::format("a key is a `String`, this is {}", quoted(index.type)));
      return error();
    }
    const Type& it = type(index.type);
    if (t.kind != Kind::Map && it.kind == Kind::Literal) {
      const ast::Name name{it.text, index_span, true};
      result = record_member(object, name, "the record");
    } else {
      const Elements e = elements_of(object);
      // A constant map indexed by a parameter becomes a mapping; what exists only later cannot.
      const bool table = is_scalar(types_.strip_optional(e.element)) || kind(e.element) == Kind::Record ||
                         kind(e.element) == Kind::Map || kind(e.element) == Kind::List;
      const bool constant_content = stages_.latest(e.element_stage)->level == Level::Const;
      require(index.stage, table && constant_content ? Level::Param : Level::Const, index_span,
              table && constant_content ? "the key of a mapping is known before resources exist"
                                        : "which element of a family is meant must be known at compile time");
      result = {e.element, stages_.join(e.element_stage, stages_.flat(index.stage)), {}};
    }
  } else if (t.kind == Kind::Json) {
    result = {object.type, stages_.flat(object.stage), {}};
  } else {
    report(Code::NotIndexable, span, fmt::format("{} has no elements", quoted(object.type)));
    return error();
  }
  if (!optional) return result;
  return {types_.optional(result.type), stages_.with_element(presence, result.stage), there};
}

}  // namespace stackc::sema

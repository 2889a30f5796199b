#include <algorithm>

#include "compiler/sema/checker.hpp"

/// CloudFormation's intrinsics by their own names: written down as they stand, so that any template can be
/// said exactly. Their arguments are what CloudFormation takes, not what a slot of the language takes.
namespace stackc::sema {

bool ModuleChecker::uses_language_extensions() const {
  constexpr std::string_view kExtensions = "AWS::LanguageExtensions";
  const auto names_it = [&](ast::ExprId e) {
    const auto* s = ast_.get_if<ast::StringExpr>(unparen(e));
    return s != nullptr && s->is_plain() && s->plain() == kExtensions;
  };
  return std::ranges::any_of(ast_.top.decls, [&](ast::DeclId id) {
    const auto* t = ast_.get_if<ast::TransformDecl>(id);
    if (t == nullptr) return false;
    const auto* list = ast_.get_if<ast::ListExpr>(unparen(t->value));
    if (list == nullptr) return names_it(t->value);
    return std::ranges::any_of(list->items, [&](const ast::ListItem& i) { return names_it(i.value); });
  });
}

bool ModuleChecker::is_if_else(ast::ExprId e, const Context& ctx) const {
  const auto* c = ast_.get_if<ast::CallExpr>(e);
  if (c == nullptr || c->receiver.valid() || c->name->text != "ifElse" || c->args.size() != 3) return false;
  if (imports_.contains(c->name->text)) return false;
  for (const Body* b = ctx.body; b != nullptr; b = b->file) {
    if (b->functions.contains(c->name->text)) return false;
  }
  return std::ranges::all_of(c->args, [](const ast::Argument& a) { return a.name.empty() && !a.spread; });
}

bool ModuleChecker::is_intrinsic_call(ast::ExprId e) const {
  if (ast_.get_if<ast::CallExpr>(e) == nullptr) return false;
  const CallUse& use = out_.calls[e.value];
  return !use.fn.decl.valid() && use.builtin >= BuiltinFn::Join && use.builtin <= BuiltinFn::IfElse;
}

/// `ifElse(C, a, b)`: `Fn::If` whatever is known of C; both arms are looked at as the place wants them.
Info ModuleChecker::infer_if_else(const ast::CallExpr& c, Span span, const Context& ctx, TypeId expected,
                                  const Slot* slot) {
  check_condition(c.args[0].value, ctx, "`ifElse`");
  Stage stage = stages_.leaf(Level::Param, stages_.because(span, "`ifElse` is decided by CloudFormation"));
  std::vector<TypeId> arms;
  for (const std::size_t k : {1U, 2U}) {
    const ast::ExprId arm = c.args[k].value;
    const Info i = expected.valid() && slot != nullptr ? check(arm, types_.optional(expected), ctx, *slot) : infer(arm, ctx);
    if (kind(types_.strip_optional(i.type)) == Kind::Resource) {
      report_bare_resource(type(types_.strip_optional(i.type)), expr(arm).span, "an arm of `ifElse`", shared_.sources.text(expr(arm).span));
    }
    stage = stages_.join(stage, stages_.latest(i.stage));
    if (kind(i.type) != Kind::None) arms.push_back(types_.strip_optional(i.type));
  }
  if (arms.empty()) return {types_.plain(Kind::Error), stage, {}};
  if (arms.size() == 2 && widened(arms[0]) == widened(arms[1])) return {widened(arms[0]), stage, {}};
  return {std::ranges::all_of(arms, [&](TypeId t) { return is_scalar(t); }) ? types_.union_of(std::move(arms))
                                                                           : types_.plain(Kind::Error),
          stage, {}};
}

/// `ref(X)`, `getAtt(X, "A")`: of anything with a logical ID, also where it may not exist, and of an ID as text.
Info ModuleChecker::infer_named(const BuiltinInfo& b, const ast::CallExpr& c, Span span, const Context& ctx) {
  const TypeId string = types_.plain(Kind::String);
  const ast::ExprId object = c.args[0].value;
  const Info i = infer(object, ctx);
  const TypeId of = types_.strip_optional(i.type);
  const Stage attr = stages_.leaf(Level::Attr, stages_.because(span, fmt::format("`{}` is computed by CloudFormation", b.name)));
  const bool named = kind(of) == Kind::Literal && is_text(of);
  if (b.fn == BuiltinFn::Ref) {
    if (named) return {types_.plain(Kind::Error), stages_.leaf(Level::Param, attr->why), {}};
    if (is_error(of)) return {of, attr, {}};
    const auto* n = ast_.get_if<ast::NameExpr>(unparen(object));
    const Binding found = n != nullptr ? look_up(n->name, ctx).binding : Binding{};
    const bool here = found.kind == Binding::Kind::Decl && found.decl.module == id_;
    const auto* p = here ? std::get_if<ast::ParamDecl>(&ast_[found.decl.decl].node) : nullptr;
    const bool outside = here && std::holds_alternative<ast::ExternDecl>(ast_[found.decl.decl].node);
    if (kind(of) != Kind::Resource && (outside || (p != nullptr && !p->is_const && !in_component(ctx)))) return {of, stages_.flat(i.stage), {}};
    if (kind(of) == Kind::Resource) return {string, attr, {}};
  } else {
    const Info name = check(c.args[1].value, string, ctx, Slot{.what = "the attribute of `getAtt`"});
    require(name.stage, Level::Param, expr(c.args[1].value).span, "the name of an attribute is known before resources exist");
    if (named || is_error(of)) return {types_.plain(Kind::Error), attr, {}};
    const Type& t = type(of);
    const auto* text = ast_.get_if<ast::StringExpr>(unparen(c.args[1].value));
    if (t.kind == Kind::Resource && t.resource && text != nullptr && text->is_plain()) {
      if (auto a = t.resource.attributes().find(text->plain())) return {types_.from_schema(a.type()), attr, {}};
      if (has_open_attributes(t.resource, text->plain())) return {types_.plain(Kind::Error), attr, {}};
      const Span at = expr(c.args[1].value).span;
      Diagnostic& d = report(Code::UnknownAttribute, at, fmt::format("`{}` has no attribute `{}`", t.resource_name, text->plain()));
      suggest(d, text->plain(), at, t.resource.attributes().names());
      d.fixes.clear();
      return error();
    }
    if (t.kind == Kind::Resource) return {types_.plain(Kind::Error), attr, {}};
  }
  report(Code::TypeMismatch, expr(object).span, fmt::format("`{}` needs a resource, this is {}", b.name, quoted(i.type)))
      .help(fmt::format("it is `{}`; a logical ID may be given as text", b.signature));
  return error();
}

std::optional<Info> ModuleChecker::infer_intrinsic(const BuiltinInfo& b, const ast::CallExpr& c, Span span, const Context& ctx) {
  using F = BuiltinFn;
  // Whether a secret may be seen is asked where the result goes.
  const Slot slot{.what = {"an argument of", b.name}, .schema = true, .secrets = true};
  const TypeId string = types_.plain(Kind::String);
  const TypeId any_type = types_.plain(Kind::Error);
  const auto given = [&](std::size_t k, TypeId t) { return check(c.args[k].value, t, ctx, slot); };
  const auto any = [&](std::size_t k) { return given(k, types_.optional(types_.plain(Kind::Json))); };
  const auto at = [&](std::size_t k) { return expr(c.args[k].value).span; };
  const auto early = [&](std::size_t k, Stage s, Level level) {
    return require(s, level, at(k), fmt::format("`{}` needs this {}", b.name, level == Level::Const ? "at compile time" : "before resources exist"));
  };
  const auto late = [&](Level level) {
    return stages_.leaf(level, stages_.because(span, fmt::format("`{}` is computed by CloudFormation", b.name)));
  };
  switch (b.fn) {
    case F::Join: {
      early(0, given(0, string).stage, Level::Const);
      // Of a list that is written out, each element has to be text.
      const bool written = ast_.get_if<ast::ListExpr>(unparen(c.args[1].value)) != nullptr;
      return Info{string, stages_.latest((written ? given(1, types_.list(string)) : any(1)).stage), {}};
    }
    case F::Split: {
      early(0, given(0, string).stage, Level::Const);
      const Info text = any(1);
      if (!refuse(text.stage, Taint::Opaque, at(1), "CloudFormation cannot split what it does not see")) return error();
      return Info{types_.list(string), stages_.latest(text.stage), {}};
    }
    case F::Select: {
      const Info index = given(0, types_.union_of({types_.plain(Kind::Int), string}));
      early(0, index.stage, Level::Param);
      const Info list = any(1);
      const Info own = infer(c.args[1].value, ctx);
      const TypeId content = types_.strip_optional(own.type);
      if (is_error(list.type)) return error();
      const Stage s = stages_.join(stages_.latest(list.stage), stages_.flat(index.stage));
      if (kind(content) == Kind::List || kind(content) == Kind::Map) {
        return Info{types_.strip_optional(type(content).element), s, {}};
      }
      if (!is_error(content) && kind(content) != Kind::Json) {
        report(Code::TypeMismatch, at(1), fmt::format("`select` needs a list, this is {}", quoted(own.type)))
            .help(fmt::format("it is `{}`", b.signature));
        return error();
      }
      return Info{any_type, s, {}};
    }
    case F::Sub: {
      early(0, given(0, string).stage, Level::Const);
      if (c.args.size() == 1) return Info{string, late(Level::Param), {}};
      const Info values = given(1, types_.map(types_.plain(Kind::Json)));
      return Info{string, stages_.join(late(Level::Param), stages_.latest(values.stage)), {}};
    }
    case F::Base64: {
      const Info text = any(0);
      if (!refuse(text.stage, Taint::Opaque, at(0), "CloudFormation cannot encode what it does not see")) return error();
      return Info{string, stages_.join(stages_.latest(text.stage), late(Level::Param)), {}};
    }
    case F::ImportValue: {
      early(0, stages_.latest(any(0).stage), Level::Param);
      return Info{string, late(Level::Attr), {}};
    }
    case F::GetAZs:
      if (!c.args.empty()) early(0, stages_.latest(any(0).stage), Level::Param);
      return Info{types_.list(types_.id("AWS::EC2::AvailabilityZone", "Name")), late(Level::Attr), {}};
    case F::Cidr: {
      for (std::size_t k = 0; k < c.args.size(); ++k) any(k);
      return Info{types_.list(types_.plain(Kind::Cidr)), late(Level::Attr), {}};
    }
    case F::FindInMap: {
      const Info map = infer(c.args[0].value, ctx);
      for (const std::size_t k : {1U, 2U}) early(k, stages_.latest(any(k).stage), Level::Param);
      if (c.args.size() > 3) any(3);
      TypeId value = any_type;
      if (kind(map.type) == Kind::Map) value = type(map.type).element;
      if (kind(map.type) == Kind::Map && kind(value) == Kind::Map) value = type(value).element;
      return Info{value, late(Level::Param), {}};
    }
    case F::Transform: {
      given(0, string);
      const Stage parameters = c.args.size() > 1 ? stages_.latest(any(1).stage) : stages_.constant();
      return Info{any_type, stages_.join(late(Level::Attr), parameters), {}};
    }
    case F::ToJsonString: {
      const Info i = any(0);
      if (!uses_language_extensions()) {
        report(Code::LateOperator, span, "`toJsonString` needs `transform \"AWS::LanguageExtensions\"`")
            .help("`toJson(…)` makes the text at compile time");
      }
      return Info{string, stages_.join(stages_.latest(i.stage), late(Level::Param)), {}};
    }
    case F::GetAtt:
    case F::Ref: return infer_named(b, c, span, ctx);
    case F::Equals: {
      for (const std::size_t k : {0U, 1U}) {
        const Stage s = stages_.latest(any(k).stage);
        if (!refuse(s, Taint::Opaque, at(k), "CloudFormation cannot compare what it does not see")) return error();
        early(k, s, Level::Param);
      }
      return Info{types_.plain(Kind::Bool), late(Level::Param), {}};
    }
    case F::And:
    case F::Or:
    case F::Not:
      for (const ast::Argument& a : c.args) check_condition(a.value, ctx, fmt::format("`{}`", b.name));
      return Info{types_.plain(Kind::Bool), late(Level::Param), {}};
    case F::Condition: {
      const Info i = infer(c.args[0].value, ctx);
      if (!is_text(i.type)) check_condition(c.args[0].value, ctx, "`condition`");
      else early(0, i.stage, Level::Const);
      return Info{types_.plain(Kind::Bool), late(Level::Param), {}};
    }
    case F::IfElse: return infer_if_else(c, span, ctx, {}, nullptr);
    default: return std::nullopt;
  }
}

}  // namespace stackc::sema

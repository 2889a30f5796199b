#include <algorithm>

#include "compiler/sema/checker.hpp"

/// Declarations, one by one.
namespace stackc::sema {

bool ModuleChecker::goes_too_deep(Span span) {
  constexpr std::uint32_t kMaxDepth = 1'200;
  if (shared_.depth <= kMaxDepth) return false;
  if (!shared_.too_deep) {
    report(Code::NestingTooDeep, span, fmt::format("names lead here through more than {} steps, expected fewer", kMaxDepth));
  }
  shared_.too_deep = true;
  return true;
}

/// The type and stage of what a declaration names, computed at the first question.
Info ModuleChecker::decl_info(ast::DeclId id) {
  DeclState& state = decls_[id.value];
  if (state.state == State::Done) return state.info;
  if (state.state == State::Busy) {
    if (const auto* r = std::get_if<ast::ResourceDecl>(&ast_[id].node)) {
      // Instances may need each other's outputs: types do not depend on arguments, and evaluation is lazy.
      const TypeId t = resolve_type(r->type, context_of(id).body);
      const Why* why = stages_.because(ast_[id].name.span, "instances that need each other are taken as late");
      return {t, stages_.leaf(Level::Attr, why), {}};
    }
    const auto first = std::ranges::find(busy_, id);
    Diagnostic& d = report(Code::CycleOfValues, ast_[id].name.span,
                           fmt::format("the value of `{}` depends on itself", ast_[id].name.text));
    for (auto at = first == busy_.end() ? first : first + 1; at != busy_.end(); ++at) {
      d.label(ast_[*at].name.span, fmt::format("through `{}`", ast_[*at].name.text));
    }
    state.info = error();
    return state.info;
  }
  state.state = State::Busy;
  busy_.push_back(id);
  const Deeper deeper(shared_);
  Info info = goes_too_deep(ast_[id].name.span) ? error() : compute_decl(id);
  busy_.pop_back();
  if (types_.is_optional(info.type) && !info.present.valid()) {
    info.present = formulas_.given(fmt::format("d{}.{}", id_.value, id.value));
  }
  DeclState& done = decls_[id.value];
  done.state = State::Done;
  done.info = info;
  out_.decl_types[id.value] = info.type;
  return info;
}

Info ModuleChecker::compute_decl(ast::DeclId id) {
  const ast::Decl& d = ast_[id];
  const Context& ctx = context_of(id);
  if (const auto* p = std::get_if<ast::ParamDecl>(&d.node)) return param_info(id, *p);
  if (const auto* r = std::get_if<ast::ResourceDecl>(&d.node)) return resource_info(id, *r);
  if (const auto* u = std::get_if<ast::UpstreamDecl>(&d.node)) return upstream_info(id, *u);
  if (const auto* m = std::get_if<ast::MappingDecl>(&d.node)) return mapping_info(*m, ctx);
  if (const auto* e = std::get_if<ast::ExternDecl>(&d.node)) return extern_info(id, *e);
  if (const auto* l = std::get_if<ast::LetDecl>(&d.node)) {
    Info info;
    if (l->type.valid()) {
      const TypeId t = value_type(l->type, ctx.body);
      info = check(l->value, t, ctx, Slot{.what = {"", d.name.text}, .declared = ast_[l->type].span});
      if (!is_error(info.type)) info.type = t;
      info.stage = with_secrets(info.stage, resolve_type(l->type, ctx.body), d.name);
    } else {
      info = infer(l->value, ctx);
    }
    info.stage = stages_.through(info.stage, d.name.span, "through ", d.name.text, "");
    return info;
  }
  if (const auto* c = std::get_if<ast::ConditionDecl>(&d.node)) {
    check_condition(c->value, ctx, "a condition");
    return {types_.plain(Kind::Bool), stages_.through(infer(c->value, ctx).stage, d.name.span, "through ", d.name.text, ""), {}};
  }
  if (const auto* o = std::get_if<ast::OutputDecl>(&d.node)) {
    Info info;
    if (o->type.valid()) {
      const TypeId t = value_type(o->type, ctx.body);
      info = check(o->value, t, ctx, Slot{.what = {"output", d.name.text}, .declared = ast_[o->type].span});
      if (!is_error(info.type)) info.type = t;
      info.stage = with_secrets(info.stage, resolve_type(o->type, ctx.body), d.name);
    } else {
      info = infer(o->value, ctx);
    }
    return info;
  }
  return error();
}

Info ModuleChecker::param_info(ast::DeclId id, const ast::ParamDecl& p) {
  const ast::Decl& d = ast_[id];
  const Context& ctx = context_of(id);
  TypeId t;
  if (const ast::TypeId value = stored_type(p, ctx); value.valid()) return stored_param_info(id, p, value);
  if (p.type.valid()) {
    t = value_type(p.type, ctx.body);
  } else if (p.default_value.valid()) {
    // A default alone gives its plain type: `param Size = 3` is an Int.
    const TypeId from = infer(p.default_value, ctx).type;
    t = kind(from) == Kind::Literal ? type(from).element : from;
  } else {
    report(Code::MissingType, d.name.span, fmt::format("param `{}` needs a type", d.name.text))
        .help(fmt::format("`param {}: String`", d.name.text));
    return error();
  }
  if (p.type.valid() && p.default_value.valid()) {
    const Info i = check(p.default_value, t, ctx, Slot{.what = {"the default of", d.name.text}, .schema = !in_component(ctx) && !p.is_const, .declared = ast_[p.type].span});
    if (!in_component(ctx) && !is_error(i.type)) {
      require(stages_.latest(i.stage), Level::Const, expr(p.default_value).span, "a parameter's default is known at compile time");
    }
  }
  if (in_component(ctx)) {
    decls_[id.value].root = ++shared_.next_root;
    const Stage own = p.is_const ? stages_.constant() : stages_.parameter(decls_[id.value].root);
    return {t, p.type.valid() ? with_secrets(own, resolve_type(p.type, ctx.body), d.name) : own, {}};
  }
  if (p.is_const) {
    if (p.type.valid() && t != resolve_type(p.type, ctx.body)) refuse_const_secret(p.type);
    return {t, stages_.constant(), {}};
  }
  check_stack_param(id, p, t);
  const Why* why = stages_.because_of(d.name.span, d.name.text, " is a parameter, known when a deployment starts");
  const Stage own = stages_.leaf(Level::Param, why);
  return {t, p.type.valid() ? with_secrets(own, resolve_type(p.type, ctx.body), d.name) : own, {}};
}

/// `T` of a stack's param of type `Ssm<T>`; invalid for any other param.
ast::TypeId ModuleChecker::stored_type(const ast::ParamDecl& p, const Context& ctx) {
  if (!p.type.valid() || p.is_const || in_component(ctx)) return {};
  const auto* named = std::get_if<ast::NamedType>(&ast_[p.type].node);
  if (named == nullptr || named->name.text != "Ssm" || named->arguments.size() != 1) return {};
  return named->arguments[0];
}

/// A parameter that holds the path of a value of type `T` is a `T`; only its default is a path.
Info ModuleChecker::stored_param_info(ast::DeclId id, const ast::ParamDecl& p, ast::TypeId value) {
  const ast::Decl& d = ast_[id];
  const Context& ctx = context_of(id);
  const TypeId t = value_type(value, ctx.body);
  const bool secret = t != resolve_type(value, ctx.body);
  const TypeId stored = types_.wrapped(Kind::Ssm, t);
  out_.type_exprs[p.type.value] = secret ? types_.wrapped(Kind::Secret, stored) : stored;
  if (types_.is_optional(t)) {
    report(Code::ParamTypeNotAllowed, ast_[value].span, "what a path leads to is always there")
        .help("CloudFormation reads the value before the deployment starts, and fails when there is none");
    return error();
  }
  if (p.default_value.valid()) {
    const Info i = check(p.default_value, types_.plain(Kind::String), ctx,
                         Slot{.what = {"the default of", d.name.text, {}, ", a path,"}, .declared = ast_[p.type].span});
    if (!is_error(i.type)) {
      require(stages_.latest(i.stage), Level::Const, expr(p.default_value).span, "a parameter's default is known at compile time");
    }
  }
  check_stack_param(id, p, t);
  const Why* why = stages_.because_of(d.name.span, d.name.text, " is a parameter, known when a deployment starts");
  return {t, with_secrets(stages_.leaf(Level::Param, why), resolve_type(value, ctx.body), d.name), {}};
}

/// What a CloudFormation parameter can be (decision 11).
void ModuleChecker::check_stack_param(ast::DeclId id, const ast::ParamDecl& p, TypeId t) {
  const TypeId inner = types_.strip_optional(t);
  const Type& it = type(inner);
  const Span span = p.type.valid() ? ast_[p.type].span : ast_[id].name.span;
  const auto refuse = [&](std::string_view help) {
    report(Code::ParamTypeNotAllowed, span, fmt::format("a CloudFormation parameter cannot be of type {}", quoted(t))).help(std::string(help));
  };
  const auto of_ids = [&](TypeId x) { return is_text(x) || is_numeric(x); };
  switch (it.kind) {
    case Kind::Duration: return refuse("take an `Int` and say its unit in the name, or make it a `const param`");
    case Kind::Size: return refuse("take an `Int` and say its unit in the name, or make it a `const param`");
    case Kind::Percent: return refuse("take an `Int`, or make it a `const param`");
    case Kind::Record:
    case Kind::Map:
    case Kind::Json: return refuse("take one parameter a field, or make it a `const param`");
    case Kind::Resource: return refuse(fmt::format("take its id: `{}.{}`", it.resource_name, it.resource && !it.resource.ref_member().empty() ? it.resource.ref_member() : "Id"));
    case Kind::List:
      if (!of_ids(it.element)) refuse("a list parameter holds text, numbers or ids");
      return;
    case Kind::Error:
    case Kind::Bool: return;
    default:
      if (!of_ids(inner) && !is_bool(inner) && !(it.kind == Kind::Union && is_scalar(inner))) refuse("make it a `const param`, or take it apart");
  }
}

Info ModuleChecker::mapping_info(const ast::MappingDecl& m, const Context& ctx) {
  const Info i = infer(m.value, ctx);
  if (is_error(i.type)) return i;
  require(stages_.latest(i.stage), Level::Const, expr(m.value).span, "a mapping holds values known at compile time");
  const Type& t = type(i.type);
  if (t.kind != Kind::Record && t.kind != Kind::Map) {
    report(Code::TypeMismatch, expr(m.value).span, fmt::format("a mapping is a record of records, this is {}", quoted(i.type)));
    return error();
  }
  std::vector<TypeId> values;
  const auto add_row = [&](TypeId row, std::string_view name) {
    const Type& r = type(row);
    if (r.kind == Kind::Record) {
      for (const FieldType& f : r.fields) values.push_back(widened(f.type));
    } else if (r.kind == Kind::Map) {
      values.push_back(widened(r.element));
    } else if (r.kind != Kind::Error) {
      report(Code::TypeMismatch, expr(m.value).span, fmt::format("a mapping has two levels of keys, `{}` is {}", name, quoted(row)))
          .help("a `let` with one level becomes a mapping by itself when a parameter indexes it");
      return false;
    }
    return true;
  };
  for (const FieldType& f : t.fields) {
    if (!add_row(f.type, f.name)) return error();
  }
  if (t.kind == Kind::Map && !add_row(t.element, "each element")) return error();
  return constant(types_.map(types_.map(types_.union_of(std::move(values)))));
}

void ModuleChecker::check_block(const ast::Block& block) {
  for (ast::DeclId id : block.decls) check_decl(id);
}

/// Declarations that only some bodies may have.
void ModuleChecker::check_placement(ast::DeclId id) {
  const ast::Decl& d = ast_[id];
  const Context& ctx = context_of(id);
  const bool component = in_component(ctx);
  const bool library = !component && !module_.stack.valid();
  const auto misplaced = [&](std::string_view what, std::string_view help) {
    const Span span = d.name.empty() ? d.span : d.name.span;
    report(Code::MisplacedDeclaration, span, std::string(what)).help(std::string(help));
  };
  const bool has_identity = std::holds_alternative<ast::ResourceDecl>(d.node) || std::holds_alternative<ast::ParamDecl>(d.node) ||
                            std::holds_alternative<ast::OutputDecl>(d.node) || std::holds_alternative<ast::ConditionDecl>(d.node) ||
                            std::holds_alternative<ast::MappingDecl>(d.node) || std::holds_alternative<ast::UpstreamDecl>(d.node) ||
                            std::holds_alternative<ast::AllowDecl>(d.node) || std::holds_alternative<ast::TagsDecl>(d.node) ||
                            std::holds_alternative<ast::ExternDecl>(d.node);
  if (library && has_identity) {
    return misplaced("a library declares components, functions, types and `let`s; this belongs to a stack or a component",
                     "`stack \"name\"` at the top makes the file a stack");
  }
  if (library && std::holds_alternative<ast::DocumentDecl>(d.node)) {
    return misplaced("a document belongs to a stack or a component", "`stack \"name\"` at the top makes the file a stack");
  }
  const auto* output = std::get_if<ast::OutputDecl>(&d.node);
  if (component && output != nullptr && output->is_export) {
    return misplaced("a component has outputs, only a stack exports", "write `output`, and export it from the stack");
  }
  if (component && (std::holds_alternative<ast::UpstreamDecl>(d.node) || std::holds_alternative<ast::StackDecl>(d.node) ||
                    std::holds_alternative<ast::UseDecl>(d.node))) {
    return misplaced("this cannot stand inside a component", "move it to the top of the file");
  }
  const bool section = std::holds_alternative<ast::RawDecl>(d.node) || std::holds_alternative<ast::RuleDecl>(d.node) ||
                       std::holds_alternative<ast::MetadataDecl>(d.node) || std::holds_alternative<ast::TransformDecl>(d.node);
  if (library && section) return misplaced("this belongs to a stack", "`stack \"name\"` at the top makes the file a stack");
  if ((component || ctx.block.valid()) && (section || std::holds_alternative<ast::ExternDecl>(d.node))) {
    return misplaced("this speaks of the template itself, and cannot stand inside a component, a loop or an `if`",
                     "move it to the top of the file");
  }
  if (std::holds_alternative<ast::ParamDecl>(d.node) && ctx.block.valid()) {
    bool in_loop = false;
    for (const Context* c = &ctx; c != nullptr && c->block.valid(); c = c->outer) {
      in_loop = in_loop || std::holds_alternative<ast::ForDecl>(ast_[c->block].node);
    }
    if (component || !in_loop) misplaced("a param cannot stand inside an `if`, for the one who deploys gives it first", "move it out of the block");
  }
}

void ModuleChecker::check_decl(ast::DeclId id) {
  const ast::Decl& d = ast_[id];
  if (contexts_[id.value] == nullptr) return;
  const Context& ctx = context_of(id);
  check_placement(id);
  if (!module_.embedded) lint_name(id);
  check_decorators(id);
  std::visit(
      [&](const auto& node) {
        using T = std::decay_t<decltype(node)>;
        if constexpr (std::is_same_v<T, ast::ParamDecl> || std::is_same_v<T, ast::LetDecl> ||
                      std::is_same_v<T, ast::ConditionDecl> || std::is_same_v<T, ast::MappingDecl> ||
                      std::is_same_v<T, ast::UpstreamDecl> || std::is_same_v<T, ast::ExternDecl>) {
          decl_info(id);
        } else if constexpr (std::is_same_v<T, ast::ResourceDecl>) {
          decl_info(id);
          const ResourceTarget target = out_.targets[id.value];
          const Span type_span = node.type.valid() ? ast_[node.type].span : d.name.span;
          if (target.kind == ResourceTarget::Kind::Schema && !target.unchecked) check_properties(node.body, target.type, ctx, type_span, false);
          if ((target.kind == ResourceTarget::Kind::Custom || target.unchecked) && node.body.valid()) {
            check(node.body, types_.plain(Kind::Json), ctx, Slot{.what = {"the body of", d.name.text}, .schema = true});
          }
          if (target.kind == ResourceTarget::Kind::Unknown && node.body.valid()) infer(node.body, ctx);
          if (target.kind == ResourceTarget::Kind::Component) check_with(node.with, target.component, ctx);
          else if (!node.with.entries.empty() && target.kind != ResourceTarget::Kind::Unknown) {
            report(Code::MisplacedDeclaration, node.with.span, "`with` reaches inside a component, this is a plain resource");
          }
        } else if constexpr (std::is_same_v<T, ast::FnDecl>) {
          check_function(id);
        } else if constexpr (std::is_same_v<T, ast::TypeDecl>) {
          declared_type(ref(id));
        } else if constexpr (std::is_same_v<T, ast::ComponentDecl>) {
          check_component(id);
        } else if constexpr (std::is_same_v<T, ast::ForDecl>) {
          check_for(id, node);
        } else if constexpr (std::is_same_v<T, ast::IfDecl>) {
          check_if(node, ctx);
        } else if constexpr (std::is_same_v<T, ast::OutputDecl>) {
          check_output(id, node);
        } else if constexpr (std::is_same_v<T, ast::TagsDecl>) {
          check_tags(node, ctx);
        } else if constexpr (std::is_same_v<T, ast::AllowDecl>) {
          check_allow(node, ctx);
        } else if constexpr (std::is_same_v<T, ast::AssertDecl>) {
          check_assert(node, ctx);
        } else if constexpr (std::is_same_v<T, ast::DocumentDecl>) {
          check_document(id, node);
        } else if constexpr (std::is_same_v<T, ast::RuleDecl>) {
          check_rule(d, node, ctx);
        } else if constexpr (std::is_same_v<T, ast::MetadataDecl>) {
          check_template_metadata(id, node, ctx);
        } else if constexpr (std::is_same_v<T, ast::TransformDecl>) {
          check_transform(node, ctx);
        } else if constexpr (std::is_same_v<T, ast::RawDecl>) {
          check_raw_section(d, node, ctx);
        }
      },
      d.node);
}

void ModuleChecker::check_if(const ast::IfDecl& i, const Context& ctx) {
  check_condition(i.condition, ctx, "`if`");
  check_block(i.then);
  if (i.has_else) check_block(i.otherwise);
}

void ModuleChecker::check_output(ast::DeclId id, const ast::OutputDecl& o) {
  const Context& ctx = context_of(id);
  const Info info = decl_info(id);
  if (o.export_name.valid()) {
    const Span span = expr(o.export_name).span;
    const Info name = check(o.export_name, types_.plain(Kind::String), ctx,
                            Slot{.what = {"the name of export", ast_[id].name.text}});
    require(name.stage, Level::Param, span, "an export's name cannot depend on a resource or on another stack");
    refuse(name.stage, Taint::Secret, span, "the name of an export can be read by others");
  }
  if (in_component(ctx) || is_error(info.type)) return;
  const Span span = expr(o.value).span;
  const std::string readable = fmt::format("output `{}` can be read by others", ast_[id].name.text);
  if (!refuse(info.stage, Taint::Secret, span, readable)) return;
  if (!refuse(info.stage, Taint::Opaque, span, "CloudFormation resolves nothing in an output")) return;
  if (const auto* m = ast_.get_if<ast::MemberExpr>(o.value); m != nullptr && info.present == formulas_.never()) {
    report(Code::MayBeAbsent, span, fmt::format("`{}` was never given, and an output needs a value", shared_.sources.text(span)))
        .help(fmt::format("give the property a value, or take what AWS chooses: `{}.ref`, or an attribute",
                          shared_.sources.text(expr(m->object).span)));
    return;
  }
  const TypeId t = types_.strip_optional(info.type);
  switch (kind(t)) {
    case Kind::None: report(Code::MayBeAbsent, span, "an output needs a value, `none` is not one"); return;
    case Kind::Duration:
    case Kind::Size: {
      report(Code::UnitNotAccepted, span, fmt::format("an output is text, found {}", quoted(info.type))).help("say the unit: `.seconds`, `.gib`");
      return;
    }
    case Kind::Json:
    case Kind::Pseudo:
    case Kind::Port:
    case Kind::Nested:
    case Kind::Properties:
      report(Code::TypeMismatch, span, fmt::format("an output is text, found {}", quoted(info.type)))
          .help(kind(t) == Kind::Json ? "`toJson(…)` makes text of it" : "give it one value");
      return;
    default: return;
  }
}

void ModuleChecker::check_assert(const ast::AssertDecl& a, const Context& ctx) {
  in_assert_ = true;
  check_condition(a.condition, ctx, "`assert`");
  in_assert_ = false;
  if (!a.message.valid()) return;
  const Info m = check(a.message, types_.plain(Kind::String), ctx, Slot{.what = "the message of `assert`"});
  require(m.stage, Level::Const, expr(a.message).span, "the message of `assert` is known at compile time");
}

void ModuleChecker::check_tags(const ast::TagsDecl& t, const Context& ctx) {
  check(t.body, types_.map(types_.optional(types_.plain(Kind::String))), ctx, Slot{.what = "a tag", .schema = true});
}

}  // namespace stackc::sema

#include <algorithm>

#include "compiler/sema/checker.hpp"

/// Components and functions: checked once where they are written; calls compare their arguments' stages with
/// what the body demands.
namespace stackc::sema {

void ModuleChecker::check_component(ast::DeclId id) {
  ComponentState& state = components_[id.value];
  if (state.state != State::New) return;
  state.state = State::Busy;
  const Deeper deeper(shared_);
  if (goes_too_deep(ast_[id].name.span)) return;
  const auto& component = std::get<ast::ComponentDecl>(ast_[id].node);
  // Parameters first: instances inside of other components ask for them.
  std::vector<ComponentParam> params;
  for (ast::DeclId d : component.body.decls) {
    const auto* p = std::get_if<ast::ParamDecl>(&ast_[d].node);
    if (p == nullptr) continue;
    const Info info = decl_info(d);
    params.push_back({d, ast_[d].name.text, info.type,
                      !p->default_value.valid() && !types_.is_optional(info.type), p->is_const});
  }
  components_[id.value].params = std::move(params);
  shared_.open.push_back(ref(id));
  check_block(component.body);
  shared_.open.pop_back();
  // Kept, because every instance asks for all of them.
  components_[id.value].outputs = find_outputs(id);
  components_[id.value].state = State::Done;
}

const std::vector<ComponentParam>& ModuleChecker::component_params(ast::DeclId component) {
  check_component(component);
  return components_[component.value].params;
}

std::vector<ComponentOutput> ModuleChecker::find_outputs(ast::DeclId component) {
  std::vector<ast::DeclId> decls;
  for (const auto& [name, symbol] : component_body(component).outputs) decls.push_back(symbol.decls.front());
  std::ranges::sort(decls);
  const Context& inside = *inside_[component.value];
  std::vector<ComponentOutput> outputs;
  outputs.reserve(decls.size());
  for (ast::DeclId d : decls) {
    Info info = placed_info(d, {}, inside);
    info.present = {};  // speaks of names inside
    outputs.push_back({ast_[d].name.text, info});
  }
  return outputs;
}

std::vector<ComponentOutput> ModuleChecker::component_outputs(ast::DeclId component) {
  const ComponentState& state = components_[component.value];
  return state.state == State::Done ? state.outputs : find_outputs(component);
}

std::optional<Info> ModuleChecker::component_output(ast::DeclId component, std::string_view name) {
  const auto in = [&](const std::vector<ComponentOutput>& outputs) {
    const auto at = std::ranges::find(outputs, name, &ComponentOutput::name);
    return at == outputs.end() ? std::nullopt : std::optional(at->info);
  };
  const ComponentState& state = components_[component.value];
  return state.state == State::Done ? in(state.outputs) : in(find_outputs(component));
}

/// Arguments by the root of the parameter they are for.
std::vector<std::pair<std::uint32_t, Stage>> ModuleChecker::check_arguments(ast::DeclId id, const ast::ResourceDecl& r,
                                                                            DeclRef component, const Context& ctx) {
  ModuleChecker& owner = module(component.module);
  const std::vector<ComponentParam>& params = owner.component_params(component.decl);
  const std::string_view name = owner.ast_[component.decl].name.text;
  std::vector<std::pair<std::uint32_t, Stage>> arguments;
  arguments.reserve(params.size());
  std::vector<bool> given(params.size());
  std::vector<std::string_view> strangers;
  bool open = false;
  if (const auto* record = ast_.get_if<ast::RecordExpr>(r.body)) {
    for (std::size_t k = 0; k < record->fields.size(); ++k) {
      const ast::Field& f = record->fields[k];
      if (f.spread) {
        infer(f.value, ctx);
        report(Code::TypeMismatch, expr(f.value).span, "a component's arguments are written one by one, `...` is not allowed here");
        open = true;
        continue;
      }
      const auto p = std::ranges::find(params, f.key.text, &ComponentParam::name);
      if (p == params.end()) {
        strangers.push_back(f.key.text);
        infer(f.value, ctx);
        if (!owner.module_.broken) report_unknown_param(f.key, params, fmt::format("component `{}`", name));
        continue;
      }
      given[static_cast<std::size_t>(p - params.begin())] = true;
      if (is_duplicate(f.key, *record, k)) continue;
      const Span declared = owner.ast_[p->decl].name.span;
      const Slot slot{.what = {"param", p->name, name}, .declared = declared};
      const TypeId wanted = p->required ? p->type : types_.optional(p->type);
      const Info i = check(f.value, wanted, ctx, slot);
      const Stage argument = stage_in_slot(i, p->type);
      const std::uint32_t root = owner.param_root(p->decl);
      if (p->is_const) {
        const Stage all = stages_.latest(i.stage);
        if (!stages_.require(all, {Level::Const, expr(f.value).span, "a const param is known at compile time"})) {
          Diagnostic& d = report(Code::ArgumentTooLate, expr(f.value).span,
                                 fmt::format("`{}` of `{}` is a const param, but this is known only later", p->name, name));
          d.label(declared, "declared here");
          add_chain(d, all->why);
        }
      } else {
        compare_demands(root, p->name, argument, expr(f.value).span, declared);
      }
      arguments.emplace_back(root, argument);
    }
  }
  std::vector<std::string> missing;
  for (std::size_t k = 0; k < params.size(); ++k) {
    const ComponentParam& p = params[k];
    if (given[k]) continue;
    if (p.required && !open) {
      const bool misspelt = std::ranges::any_of(strangers, [&](std::string_view s) {
        Diagnostic probe;
        probe.labels.push_back({});
        suggest(probe, s, {}, {p.name});
        return !probe.fixes.empty();
      });
      if (!misspelt) missing.push_back(fmt::format("`{}`", p.name));
    } else if (const auto& decl = std::get<ast::ParamDecl>(owner.ast_[p.decl].node); decl.default_value.valid()) {
      if (const Info& i = owner.infos_[decl.default_value.value]; i.type.valid()) {
        arguments.emplace_back(owner.param_root(p.decl), i.stage);
      }
    }
  }
  if (!missing.empty()) {
    report(Code::MissingArgument, ast_[id].name.span, fmt::format("component `{}` needs {}", name, fmt::join(missing, ", ")))
        .label(owner.ast_[component.decl].name.span, "declared here");
  }
  return arguments;
}

void ModuleChecker::report_unknown_param(const ast::Name& key, const std::vector<ComponentParam>& params, std::string_view owner) {
  std::vector<std::string_view> names;
  for (const ComponentParam& p : params) names.push_back(p.name);
  Diagnostic& d = report(Code::UnknownParameter, key.span, fmt::format("{} has no param `{}`", owner, key.text));
  suggest(d, key.text, key.span, names);
  if (d.fixes.empty() && !names.empty()) d.help(fmt::format("its params are {}", fmt::join(names, ", ")));
}

Info ModuleChecker::instance_info(ast::DeclId id, const ast::ResourceDecl& r, DeclRef component, const Context& ctx) {
  ModuleChecker& owner = module(component.module);
  auto state = owner.components_[component.decl.value].state;
  if (state == State::Busy) {
    const std::string_view name = owner.ast_[component.decl].name.text;
    Diagnostic& d = report(Code::RecursiveComponent, ast_[r.type].span, fmt::format("component `{}` contains itself", name));
    d.label(owner.ast_[component.decl].name.span, "declared here");
    add_circle(d, component);
    d.help("components cannot be recursive, so that every build ends");
    return error();
  }
  const auto arguments = check_arguments(id, r, component, ctx);
  const auto argument = [&](std::uint32_t root) -> Stage {
    const auto at = std::ranges::find(arguments, root, &std::pair<std::uint32_t, Stage>::first);
    return at == arguments.end() ? nullptr : at->second;
  };
  std::vector<StageField> fields;
  for (const ComponentOutput& output : owner.component_outputs(component.decl)) {
    // Twice: a default may speak of other params.
    const Stage once = stages_.substitute(output.info.stage, argument);
    fields.push_back({output.name, stages_.substitute(once, argument)});
  }
  return {types_.instance(component), stages_.with_fields(stages_.constant(), std::move(fields)), {}};
}

void ModuleChecker::compare_demands(std::uint32_t root, std::string_view name, Stage argument, Span span, Span declared) {
  for (const auto& [node, demand] : stages_.demands_of(root)) {
    const Stage s = stages_.at_path(argument, node);
    if (stages_.require(s, {demand.at_most, span, demand.reason})) continue;
    Diagnostic& d = report(Code::ArgumentTooLate, span,
                           fmt::format("`{}{}` is needed {}, but this is known only later", name, stages_.path_text(node),
                                       demand.at_most == Level::Const ? "at compile time" : "before resources exist"));
    d.label(demand.span, std::string(demand.reason));
    if (declared.valid() && demand.span != declared) d.label(declared, "the param");
    add_chain(d, s->why);
    return;
  }
  compare_refusals(root, name, argument, span, declared);
}

void ModuleChecker::check_with(const ast::WithBlock& with, DeclRef component, const Context& ctx) {
  for (const ast::WithEntry& entry : with.entries) check_with_entry(entry, component, ctx);
}

void ModuleChecker::check_with_entry(const ast::WithEntry& entry, DeclRef component, const Context& ctx) {
  ModuleChecker& owner = module(component.module);
  const Body& body = owner.component_body(component.decl);
  const std::string_view name = owner.ast_[component.decl].name.text;
  for (ast::ExprId key : entry.keys) {
    const Info k = infer(key, ctx);
    require(k.stage, Level::Const, expr(key).span, "which element of a family is meant must be known at compile time");
  }
  const Symbol* const symbol = body.values.find(entry.name.text);
  const ast::DeclId decl = symbol == nullptr ? ast::DeclId{} : symbol->decls.front();
  const auto* inner = symbol == nullptr ? nullptr : std::get_if<ast::ResourceDecl>(&owner.ast_[decl].node);
  if (inner == nullptr || owner.ast_[decl].is_private) {
    if (owner.module_.broken) return;
    Diagnostic& d = report(Code::UnknownName, entry.name.span,
                           inner != nullptr ? fmt::format("`{}` is private to component `{}`", entry.name.text, name)
                                            : fmt::format("component `{}` has no resource `{}`", name, entry.name.text));
    if (inner != nullptr) return;
    std::vector<std::string_view> names;
    for (const auto& [n, other] : body.values) {
      const ast::Decl& d2 = owner.ast_[other.decls.front()];
      if (std::holds_alternative<ast::ResourceDecl>(d2.node) && !d2.is_private) names.push_back(n);
    }
    std::ranges::sort(names);
    suggest(d, entry.name.text, entry.name.span, names);
    return;
  }
  std::size_t loops = 0;
  for (const auto& [block, in_else] : owner.path_of(decl)) {
    if (std::holds_alternative<ast::ForDecl>(owner.ast_[block].node)) ++loops;
  }
  if (entry.keys.size() > loops) {
    report(Code::NotIndexable, entry.name.span, fmt::format("`{}` of `{}` is not declared in a loop", entry.name.text, name));
    return;
  }
  if (entry.keys.size() < loops) {
    report(Code::OverrideUnused, entry.name.span, fmt::format("`{}` of `{}` is declared in a loop, this does not say which one", entry.name.text, name))
        .help(fmt::format("name one by its key{}: `{}[\"…\"]{}`", loops > 1 ? "s, outermost first" : "", entry.name.text, loops > 1 ? "[\"…\"]" : ""));
    return;
  }
  owner.decl_info(decl);
  const ResourceTarget target = owner.out_.targets[decl.value];
  if (target.kind == ResourceTarget::Kind::Schema) {
    check_properties(entry.body, target.type, ctx, entry.name.span, true);
  } else if (target.kind == ResourceTarget::Kind::Component) {
    if (const auto* record = ast_.get_if<ast::RecordExpr>(entry.body)) {
      ModuleChecker& deeper = module(target.component.module);
      const auto& params = deeper.component_params(target.component.decl);
      for (const ast::Field& f : record->fields) {
        const auto p = std::ranges::find(params, f.key.text, &ComponentParam::name);
        if (p == params.end()) {
          std::vector<std::string_view> names;
          for (const ComponentParam& known : params) names.push_back(known.name);
          Diagnostic& d = report(Code::UnknownParameter, f.key.span, fmt::format("`{}` has no param `{}`", entry.name.text, f.key.text));
          suggest(d, f.key.text, f.key.span, names);
          infer(f.value, ctx);
          continue;
        }
        const Info i = check(f.value, p->required ? p->type : types_.optional(p->type), ctx,
                             Slot{.what = {"param", p->name, entry.name.text}});
        compare_demands(deeper.param_root(p->decl), p->name, stage_in_slot(i, p->type), expr(f.value).span, deeper.ast_[p->decl].name.span);
      }
    }
    check_with(entry.inner, target.component, ctx);
  } else if (entry.body.valid()) {
    infer(entry.body, ctx);
  }
  for (const ast::Decorator& d : entry.decorators) check_decorator(d, owner.decorated(decl), ctx);
}

ModuleChecker::FunctionState& ModuleChecker::check_function(ast::DeclId id) {
  FunctionState& f = functions_[id.value];
  if (f.state != State::New) return f;
  f.state = State::Busy;
  f.result = error();
  const Deeper deeper(shared_);
  if (goes_too_deep(ast_[id].name.span)) return f;
  const auto& fn = std::get<ast::FnDecl>(ast_[id].node);
  const Context& ctx = context_of(id);
  LocalScope& scope = scope_store_.emplace_back();
  scope.outer = ctx.locals;
  for (const ast::FnParam& p : fn.params) {
    const TypeId t = value_type(p.type, ctx.body);
    const std::uint32_t root = ++shared_.next_root;
    const auto local = static_cast<std::uint32_t>(out_.locals.size());
    out_.locals.push_back({p.name.text, p.name.span, t});
    FormulaId present;
    if (types_.is_optional(t)) present = formulas_.given(fmt::format("l{}.{}", id_.value, local));
    local_states_.push_back({.state = State::Done, .info = {t, with_secrets(stages_.parameter(root), resolve_type(p.type, ctx.body), p.name), present}});
    out_.decl_locals[id.value].push_back(local);
    scope.names.emplace_back(p.name.text, local);
    functions_[id.value].roots.push_back(root);
    functions_[id.value].params.push_back(t);
    if (p.default_value.valid()) check(p.default_value, t, ctx, Slot{.what = {"the default of", p.name.text}});
  }
  Context& inside = new_context(ctx);
  inside.locals = &scope;
  shared_.open.push_back(ref(id));
  Info result;
  if (fn.result.valid()) {
    const TypeId t = value_type(fn.result, ctx.body);
    result = check(fn.body, t, inside, Slot{.what = {"the result of", ast_[id].name.text}});
    if (!is_error(result.type)) result.type = t;
    result.stage = with_secrets(result.stage, resolve_type(fn.result, ctx.body), ast_[id].name);
  } else {
    result = infer(fn.body, inside);
  }
  shared_.open.pop_back();
  result.present = {};
  FunctionState& done = functions_[id.value];
  done.result = result;
  done.state = State::Done;
  return done;
}

Info ModuleChecker::call_function(ast::DeclId id, const ast::CallExpr& call, Span span, ModuleChecker& caller,
                                  const Context& ctx) {
  const auto& fn = std::get<ast::FnDecl>(ast_[id].node);
  const std::string_view name = ast_[id].name.text;
  if (functions_[id.value].state == State::Busy) {
    Diagnostic& d = caller.report(Code::RecursiveFunction, span, fmt::format("function `{}` calls itself", name));
    d.label(ast_[id].name.span, "declared here");
    add_circle(d, ref(id));
    d.help("functions cannot be recursive, so that every build ends");
    return error();
  }
  const FunctionState& state = check_function(id);
  if (state.roots.size() != fn.params.size()) return error();  // too deep to look at
  std::vector<Stage> stages(fn.params.size(), nullptr);
  std::size_t position = 0;
  for (const ast::Argument& a : call.args) {
    std::size_t k = position;
    if (a.name.empty()) {
      ++position;
    } else {
      k = 0;
      while (k < fn.params.size() && fn.params[k].name.text != a.name.text) ++k;
      if (k == fn.params.size()) {
        Diagnostic& d = caller.report(Code::UnknownParameter, a.name.span, fmt::format("function `{}` has no parameter `{}`", name, a.name.text));
        std::vector<std::string_view> names;
        for (const ast::FnParam& p : fn.params) names.push_back(p.name.text);
        suggest(d, a.name.text, a.name.span, names);
        return error();
      }
    }
    if (k >= fn.params.size()) {
      caller.report(Code::WrongArgumentCount, span, fmt::format("function `{}` takes {} argument{}, {} given", name, fn.params.size(),
                                                                fn.params.size() == 1 ? "" : "s", call.args.size()))
          .label(ast_[id].name.span, "declared here");
      return error();
    }
    const Slot slot{.what = {"argument", fn.params[k].name.text, name}, .declared = fn.params[k].name.span};
    const Info i = caller.check(a.value, state.params[k], ctx, slot);
    stages[k] = i.stage;
    caller.compare_demands(state.roots[k], fn.params[k].name.text, i.stage, caller.expr(a.value).span, fn.params[k].name.span);
  }
  for (std::size_t k = 0; k < fn.params.size(); ++k) {
    if (stages[k] != nullptr || fn.params[k].default_value.valid() || types_.is_optional(state.params[k])) continue;
    caller.report(Code::MissingArgument, span, fmt::format("function `{}` needs `{}`", name, fn.params[k].name.text))
        .label(fn.params[k].name.span, "declared here");
    return error();
  }
  const auto argument = [&](std::uint32_t root) -> Stage {
    for (std::size_t k = 0; k < state.roots.size(); ++k) {
      if (state.roots[k] == root) return stages[k];
    }
    return nullptr;
  };
  return {state.result.type, stages_.substitute(state.result.stage, argument), {}};
}

}  // namespace stackc::sema

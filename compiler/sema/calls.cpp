#include <algorithm>

#include "compiler/base/suggest.hpp"
#include "compiler/sema/checker.hpp"

/// Calls: declared functions, and the built-ins one by one.
namespace stackc::sema {

Info ModuleChecker::infer_call(ast::ExprId e, const ast::CallExpr& c, Span span, const Context& ctx) {
  CallUse& use = out_.calls[e.value];
  if (!c.receiver.valid()) {
    for (const Body* b = ctx.body; b != nullptr; b = b->file) {
      if (const ast::DeclId* const at = b->functions.find(c.name->text)) {
        use.fn = ref(*at);
        return call_function(*at, c, span, *this, ctx);
      }
    }
    if (const DeclRef* const import = imports_.find(c.name->text)) {
      if (!import->decl.valid()) return error();
      ModuleChecker& owner = module(import->module);
      if (std::holds_alternative<ast::FnDecl>(owner.ast_[import->decl].node)) {
        use.fn = *import;
        return owner.call_function(import->decl, c, span, *this, ctx);
      }
    }
  }
  const BuiltinInfo* b = find_builtin(c.name->text, c.receiver.valid());
  if (b == nullptr) {
    report_unknown_function(c, ctx);
    return error();
  }
  use.builtin = b->fn;
  if (c.args.size() < b->min_args || c.args.size() > b->max_args) {
    report(Code::WrongArgumentCount, span,
           fmt::format("`{}` was given {} argument{}", c.name->text, c.args.size(), c.args.size() == 1 ? "" : "s"))
        .help(fmt::format("it is `{}`", b->signature));
    return error();
  }
  for (const ast::Argument& a : c.args) {
    if (!a.name.empty()) {
      report(Code::UnknownParameter, a.name.span, fmt::format("`{}` takes its arguments by position", c.name->text))
          .help(fmt::format("it is `{}`", b->signature));
      return error();
    }
  }
  if (const auto file = infer_file(e, *b, c, span)) return *file;
  if (const auto services = infer_compose(e, *b, c, span, ctx)) return *services;
  if (const auto hole = infer_hole(*b, c, span, ctx)) return *hole;
  if (const auto rule = infer_rule_function(*b, c, span, ctx)) return *rule;
  if (const auto rendered = infer_render(*b, c, ctx)) return *rendered;
  return infer_builtin(*b, c, span, ctx);
}

void ModuleChecker::report_unknown_function(const ast::CallExpr& c, const Context& ctx) {
  Diagnostic& d = report(Code::UnknownFunction, c.name->span, fmt::format("unknown function `{}`", c.name->text));
  std::vector<std::string_view> names;
  for (const Body* b = ctx.body; b != nullptr && !c.receiver.valid(); b = b->file) {
    for (const auto& [name, decl] : b->functions) names.push_back(name);
  }
  std::ranges::sort(names);
  for (const BuiltinInfo& b : builtins()) {
    if (b.method == c.receiver.valid()) names.push_back(b.name);
  }
  suggest(d, c.name->text, c.name->span, names);
}

namespace {

}  // namespace

Info ModuleChecker::infer_builtin(const BuiltinInfo& b, const ast::CallExpr& c, Span span, const Context& ctx) {
  using F = BuiltinFn;
  if (const auto reference = infer_reference(b, c, span, ctx)) return *reference;
  if (auto exact = infer_intrinsic(b, c, span, ctx)) return *exact;
  const Slot slot{.what = {"an argument of", b.name}};
  const TypeId string = types_.plain(Kind::String);
  const TypeId integer = types_.plain(Kind::Int);
  const auto arg = [&](std::size_t k, TypeId t) { return check(c.args[k].value, t, ctx, slot); };
  const auto any = [&](std::size_t k) { return infer(c.args[k].value, ctx); };
  const auto at = [&](std::size_t k) { return expr(c.args[k].value).span; };
  const auto early = [&](std::size_t k, Stage s, Level level) {
    return require(s, level, at(k), fmt::format("`{}` needs this {}", b.name, level == Level::Const ? "at compile time" : "before resources exist"));
  };
  // An intrinsic's result is as late as its arguments, and never earlier than `level`.
  const auto late = [&](Level level) {
    return stages_.leaf(level, stages_.because(span, fmt::format("`{}` is computed by CloudFormation", b.name)));
  };
  const auto list_of = [&](std::size_t k) -> std::optional<std::pair<TypeId, Info>> {
    const Info i = any(k);
    if (is_error(i.type)) return std::nullopt;
    if (kind(i.type) == Kind::List || kind(i.type) == Kind::Map) return std::pair{type(i.type).element, i};
    report(Code::TypeMismatch, at(k), fmt::format("`{}` needs a list, this is {}", b.name, quoted(i.type)))
        .help(fmt::format("it is `{}`", b.signature));
    return std::nullopt;
  };

  switch (b.fn) {
    case F::CidrSubnet: {
      const Info block = check(c.receiver, types_.plain(Kind::Cidr), ctx, Slot{.what = "the receiver of `subnet`"});
      early(0, arg(0, integer).stage, Level::Const);
      early(1, arg(1, integer).stage, Level::Const);
      return {types_.plain(Kind::Cidr), stages_.flat(block.stage), {}};
    }
    case F::Length: {
      const Info i = any(0);
      const Kind k = kind(i.type);
      if (k != Kind::List && k != Kind::Map && k != Kind::Record && k != Kind::Json && !is_text(i.type)) {
        report(Code::TypeMismatch, at(0), fmt::format("`length` needs a list, a map or text, this is {}", quoted(i.type)));
        return error();
      }
      if (uses_language_extensions() && i.stage->level != Level::Const) return {types_.plain(Kind::Int), stages_.flat(i.stage), {}};
      require(i.stage, Level::Const, at(0),
              "`length` is computed at compile time (a later length needs `transform \"AWS::LanguageExtensions\"`)", Code::LateOperator);
      return plain(Kind::Int);
    }
    case F::ToJson: {
      const Info i = check(c.args[0].value, types_.plain(Kind::Json), ctx, slot);
      return {string, stages_.latest(i.stage), {}};
    }
    case F::Keys:
    case F::Values: {
      const Info i = any(0);
      const Elements e = elements_of(i);
      if (!e.ok || kind(i.type) == Kind::List) {
        report(Code::TypeMismatch, at(0), fmt::format("`{}` needs a map, this is {}", b.name, quoted(i.type)));
        return error();
      }
      if (b.fn == F::Values) return {types_.list(e.element), stages_.with_element(stages_.flat(i.stage), e.element_stage), {}};
      return {types_.list(string), stages_.flat(i.stage), {}};
    }
    case F::Concat: {
      std::vector<TypeId> arms;
      Stage s = nullptr;
      for (std::size_t k = 0; k < c.args.size(); ++k) {
        auto list = list_of(k);
        if (!list) return error();
        arms.push_back(list->first);
        s = s == nullptr ? list->second.stage : stages_.join(s, list->second.stage);
      }
      return {types_.list(types_.union_of(std::move(arms))), s, {}};
    }
    case F::Flatten: {
      auto list = list_of(0);
      if (!list) return error();
      const Kind inner = kind(list->first);
      if (inner != Kind::List && inner != Kind::Map && inner != Kind::Never) {
        report(Code::TypeMismatch, at(0), fmt::format("`flatten` needs a list of lists, this is {}", quoted(list->second.type)));
        return error();
      }
      const Stage lists = stages_.element(list->second.stage);
      return {types_.list(inner == Kind::Never ? list->first : type(list->first).element),
              stages_.with_element(stages_.join(stages_.flat(list->second.stage), stages_.flat(lists)), stages_.element(lists)), {}};
    }
    case F::Distinct: {
      auto list = list_of(0);
      if (!list) return error();
      early(0, list->second.stage, Level::Const);
      return {types_.list(list->first), list->second.stage, {}};
    }
    case F::Sort: {
      auto list = list_of(0);
      if (!list) return error();
      early(0, stages_.latest(list->second.stage), Level::Const);
      return constant(types_.list(list->first));
    }
    case F::Contains: {
      const Info i = any(0);
      const Info value = any(1);
      const bool list = kind(i.type) == Kind::List;
      if (!list || !is_scalar(value.type) || !is_scalar(type(i.type).element)) {
        early(0, stages_.latest(i.stage), Level::Const);
        early(1, stages_.latest(value.stage), Level::Const);
        return plain(Kind::Bool);
      }
      if (in_assert_ && i.stage->level == Level::Param) {  // a rule asks the parameter itself
        early(1, value.stage, Level::Const);
        return {types_.plain(Kind::Bool), i.stage, {}};
      }
      // One comparison an element: as late as the latest of them.
      early(0, i.stage, Level::Const);
      early(0, stages_.element(i.stage), Level::Param);
      early(1, value.stage, Level::Param);
      return {types_.plain(Kind::Bool), stages_.untainted(stages_.join(stages_.element(i.stage), value.stage)), {}};
    }
    case F::Range:
      early(0, arg(0, integer).stage, Level::Const);
      return constant(types_.list(integer));
    case F::Merge: {
      std::vector<TypeId> arms;
      Stage own = stages_.constant(), content = stages_.constant();
      for (std::size_t k = 0; k < c.args.size(); ++k) {
        const Info i = any(k);
        const Elements e = elements_of(i);
        if (is_error(i.type)) return error();
        if (!e.keyed) {
          report(Code::TypeMismatch, at(k), fmt::format("`merge` needs maps, this is {}", quoted(i.type)));
          return error();
        }
        arms.push_back(e.element);
        own = stages_.join(own, stages_.flat(i.stage));
        content = stages_.join(content, e.element_stage);
      }
      return {types_.map(types_.union_of(std::move(arms))), stages_.with_element(own, content), {}};
    }
    case F::Zip: {
      const Info names = arg(0, types_.list(string));
      early(0, stages_.latest(names.stage), Level::Const);
      auto values = list_of(1);
      if (!values) return error();
      early(1, values->second.stage, Level::Const);
      return {types_.map(values->first), values->second.stage, {}};
    }
    case F::Min:
    case F::Max:
    case F::Sum:
      for (std::size_t k = 0; k < c.args.size(); ++k) {
        const Info i = any(k);
        early(k, stages_.latest(i.stage), Level::Const);
        const TypeId t = kind(i.type) == Kind::List ? type(i.type).element : i.type;
        if (!is_numeric(t)) report(Code::TypeMismatch, at(k), fmt::format("`{}` needs numbers, this is {}", b.name, quoted(i.type)));
      }
      return plain(Kind::Int);
    case F::Upper:
    case F::Lower:
    case F::Trim:
    case F::Replace:
      for (std::size_t k = 0; k < c.args.size(); ++k) early(k, arg(k, string).stage, Level::Const);
      return plain(Kind::String);
    case F::StartsWith:
    case F::EndsWith:
      for (std::size_t k = 0; k < c.args.size(); ++k) early(k, arg(k, string).stage, Level::Const);
      return plain(Kind::Bool);
    case F::Substring:
      early(0, arg(0, string).stage, Level::Const);
      for (std::size_t k = 1; k < c.args.size(); ++k) early(k, arg(k, integer).stage, Level::Const);
      return plain(Kind::String);
    case F::ToString: {
      const Info i = any(0);
      if (!is_scalar(i.type)) report(Code::TypeMismatch, at(0), fmt::format("`toString` needs a plain value, this is {}", quoted(i.type)));
      return {string, stages_.flat(i.stage), {}};
    }
    case F::ToInt:
      early(0, arg(0, string).stage, Level::Const);
      return plain(Kind::Int);
    case F::All: {
      const auto* n = ast_.get_if<ast::NameExpr>(unparen(c.args[0].value));
      const Found found = n != nullptr ? look_up(n->name, ctx) : Found{};
      if (n == nullptr || found.binding.kind != Binding::Kind::Decl || found.binding.decl.module != id_) {
        report(Code::TypeMismatch, at(0), "`all` takes the name of a declaration in a loop");
        return error();
      }
      // Seen from outside of every loop, the name is the whole family.
      out_.bindings[unparen(c.args[0].value).value] = found.binding;
      Context top{.body = ctx.body};
      top.assume = assumption(ctx);
      return placed_info(found.binding.decl.decl, at(0), new_context(top));
    }
    case F::Declared: {
      const Info i = any(0);
      if (kind(i.type) == Kind::Resource && type(i.type).resource) {
        return {types_.properties(type(i.type).resource), late(Level::Attr), {}};
      }
      if (!is_error(i.type)) report(Code::TypeMismatch, at(0), fmt::format("`declared` needs a resource, this is {}", quoted(i.type)));
      return error();
    }
    case F::LogicalId: {
      const Info i = any(0);
      if (kind(i.type) != Kind::Resource && !is_error(i.type)) {
        report(Code::TypeMismatch, at(0), fmt::format("`logicalId` needs a resource, this is {}", quoted(i.type)));
      }
      return plain(Kind::String);
    }
    case F::Assume: {
      const ast::ExprId outer = std::exchange(assumed_, unparen(c.args[0].value));
      const Info i = any(0);
      assumed_ = outer;
      if (!types_.is_optional(i.type)) return i;
      return {types_.strip_optional(i.type), stages_.element(i.stage), {}};
    }
    case F::Unchecked: {
      const Info i = any(0);
      return {types_.plain(Kind::Error), stages_.untainted(i.stage), {}};
    }
    case F::Tcp:
    case F::Udp: {
      const Info i = any(0);
      early(0, stages_.latest(i.stage), Level::Const);
      const TypeId t = kind(i.type) == Kind::List ? type(i.type).element : i.type;
      if (!is_numeric(t)) report(Code::TypeMismatch, at(0), fmt::format("a port is an `Int` or a range, this is {}", quoted(i.type)));
      return plain(Kind::Port);
    }
    default: return error();
  }
}

}  // namespace stackc::sema

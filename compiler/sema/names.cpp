#include <algorithm>

#include "compiler/base/suggest.hpp"
#include "compiler/sema/checker.hpp"

/// What a name in an expression means, seen from where it stands.
namespace stackc::sema {

Info ModuleChecker::infer_name(ast::ExprId e, const ast::NameExpr& n, const Context& ctx) {
  const Found found = look_up(n.name, ctx);
  out_.bindings[e.value] = found.binding;
  if (found.found) return name_info(found.binding, expr(e).span, ctx);

  const Span span = expr(e).span;
  if (const Symbol* const outside = ctx.body->file != nullptr ? ctx.body->file->values.find(n.name) : nullptr) {
    const ast::DeclId decl = outside->decls.front();
    report(Code::UnknownName, span, fmt::format("`{}` belongs to the stack, a component cannot see it", n.name))
        .label(ast_[decl].name.span, "declared here")
        .help(fmt::format("give the component a param: `param {}: …`", n.name));
    return error();
  }
  if (find_type_decl(n.name, ctx.body)) {
    report(Code::UnknownName, span, fmt::format("`{}` is a type, not a value", n.name));
    return error();
  }
  Diagnostic& d = report(Code::UnknownName, span, fmt::format("unknown name `{}`", n.name));
  suggest(d, n.name, span, visible_names(ctx));
  return error();
}

Info ModuleChecker::name_info(const Binding& b, Span use, const Context& ctx) {
  switch (b.kind) {
    case Binding::Kind::Local: {
      Info info = local_info(b.local);
      if (types_.is_optional(info.type) && !info.present.valid()) {
        info.present = formulas_.given(fmt::format("l{}.{}", id_.value, b.local));
      }
      return narrow(info, ctx);
    }
    case Binding::Kind::Pseudo: return plain(Kind::Pseudo);
    case Binding::Kind::Decl: {
      if (b.decl.module != id_) return module(b.decl.module).decl_info(b.decl.decl);
      return narrow(placed_info(b.decl.decl, use, ctx), ctx);
    }
    default: return error();
  }
}

/// A declaration as it is seen from `ctx`: outside its loops a family, outside its conditions optional.
Info ModuleChecker::placed_info(ast::DeclId decl, Span use, const Context& ctx) {
  Info info = decl_info(decl);
  if (is_error(info.type) || !context_of(decl).block.valid()) return info;
  const auto path = path_of(decl);
  std::vector<std::pair<ast::DeclId, bool>> here;
  for (const Context* c = &ctx; c != nullptr && c->block.valid(); c = c->outer) here.emplace_back(c->block, c->in_else);
  std::ranges::reverse(here);
  std::size_t common = 0;
  while (common < path.size() && common < here.size() && path[common] == here[common]) ++common;

  const auto* const same = out_.same_name.find(decl.value);
  const bool both_branches = same != nullptr && same->size() > 1;
  for (std::size_t i = path.size(); i-- > common;) {
    const auto [block, in_else] = path[i];
    if (std::holds_alternative<ast::ForDecl>(ast_[block].node)) {
      info = {types_.map(info.type), stages_.with_element(stages_.constant(), info.stage), {}};
      continue;
    }
    const auto& branch = std::get<ast::IfDecl>(ast_[block].node);
    if (both_branches) continue;  // all of them together decide, below
    const Info condition = infer(branch.condition, context_of(block));
    const FormulaId f = if_formula(block);
    const FormulaId exists = in_else ? formulas_.negate(f) : f;
    const FormulaId inner = info.present;
    const bool was_optional = types_.is_optional(info.type);
    info.type = types_.optional(info.type);
    info.stage = stages_.with_element(stages_.flat(condition.stage), was_optional ? stages_.element(info.stage) : info.stage);
    info.present = was_optional ? (inner.valid() ? formulas_.both(exists, inner) : FormulaId{}) : exists;
  }
  (void)use;
  return both_branches ? placed_in_branches(info, decl, common, ctx) : info;
}

/// One name declared in several branches is there when one of the branches is.
Info ModuleChecker::placed_in_branches(Info info, ast::DeclId decl, std::size_t common, const Context& ctx) {
  FormulaId any = formulas_.never();
  Stage decided = stages_.constant();
  for (ast::DeclId one : *out_.same_name.find(decl.value)) {
    FormulaId all = formulas_.always();
    const auto path = path_of(one);
    for (std::size_t i = common; i < path.size(); ++i) {
      const auto [block, in_else] = path[i];
      const auto* branch = std::get_if<ast::IfDecl>(&ast_[block].node);
      if (branch == nullptr) continue;
      const FormulaId f = if_formula(block);
      all = formulas_.both(all, in_else ? formulas_.negate(f) : f);
      decided = stages_.join(decided, stages_.flat(infer(branch->condition, context_of(block)).stage));
    }
    any = formulas_.either(any, all);
  }
  if (types_.is_optional(info.type) || formulas_.implies(assumption(ctx), any)) return info;
  return {types_.optional(info.type), stages_.with_element(decided, info.stage), any};
}

/// Declarations of one name in exclusive branches: the compiler has to know which one it is, and all have one type.
void ModuleChecker::check_branches(const std::vector<ast::DeclId>& same) {
  const ast::DeclId first = same.front();
  const auto here = path_of(first);
  for (std::size_t k = 1; k < same.size(); ++k) {
    const ast::Name& name = ast_[same[k]].name;
    const auto path = path_of(same[k]);
    std::size_t i = 0;
    while (i < path.size() && i < here.size() && path[i] == here[i]) ++i;
    const auto* branch = i < path.size() ? std::get_if<ast::IfDecl>(&ast_[path[i].first].node) : nullptr;
    if (branch == nullptr) continue;
    const Info condition = infer(branch->condition, context_of(path[i].first));
    if (is_error(condition.type)) continue;
    if (!stages_.require(stages_.flat(condition.stage), {Level::Const, name.span, "which of two declarations exists is decided at compile time"})) {
      Diagnostic& d = report(Code::LateBranches, name.span,
                             fmt::format("`{}` is declared in both branches of an `if` that is decided when a deployment starts", name.text));
      d.label(ast_[first].name.span, "the other one");
      d.label(expr(branch->condition).span, "this is not known at compile time");
      d.help("give the two different names, and take one or the other with `c ? a : b`");
      continue;
    }
    const TypeId a = decl_info(first).type, b = decl_info(same[k]).type;
    if (is_error(a) || is_error(b) || widened(a) == widened(b)) continue;
    if (std::holds_alternative<ast::OutputDecl>(ast_[first].node) && is_scalar(a) && is_scalar(b)) continue;
    report(Code::TypeMismatch, name.span, fmt::format("`{}` is {} in this branch and {} in the other", name.text, quoted(b), quoted(a)))
        .label(ast_[first].name.span, "the other one")
        .help("one name has one type; give the two different names");
  }
}

}  // namespace stackc::sema

#include <algorithm>
#include <charconv>

#include "compiler/sema/checker.hpp"

/// Presence: conditions as formulas, and what they prove (decision 2).
namespace stackc::sema {

FormulaId ModuleChecker::if_formula(ast::DeclId id) {
  FormulaId& known = if_formulas_[id.value];
  if (!known.valid()) {
    known = formulas_.always();  // what the condition itself reads is not narrowed by it
    known = formula(std::get<ast::IfDecl>(ast_[id].node).condition, context_of(id));
  }
  return known;
}

FormulaId ModuleChecker::assumption(const Context& ctx) {
  FormulaId all = formulas_.always();
  for (const Context* c = &ctx; c != nullptr; c = c->outer) {
    all = formulas_.both(all, c->assume);
    if (!c->block.valid() || !std::holds_alternative<ast::IfDecl>(ast_[c->block].node)) continue;
    const FormulaId f = if_formula(c->block);
    all = formulas_.both(all, c->in_else ? formulas_.negate(f) : f);
  }
  return all;
}

Context ModuleChecker::assuming(const Context& ctx, FormulaId f) {
  Context inner = ctx;
  inner.assume = formulas_.both(ctx.assume, f);
  return inner;
}

/// A text that names a stable value: a declaration or variable, and fields of it. Empty: none.
std::string ModuleChecker::subject(ast::ExprId e, const Context& ctx) const {
  e = unparen(e);
  if (const auto* n = ast_.get_if<ast::NameExpr>(e)) {
    const Found found = look_up(n->name, ctx);
    switch (found.binding.kind) {
      case Binding::Kind::Decl: return fmt::format("d{}.{}", found.binding.decl.module.value, found.binding.decl.decl.value);
      case Binding::Kind::Local: return fmt::format("l{}.{}", id_.value, found.binding.local);
      case Binding::Kind::Pseudo: return "aws";
      default: return {};
    }
  }
  if (const auto* m = ast_.get_if<ast::MemberExpr>(e)) {
    const std::string object = subject(m->object, ctx);
    return object.empty() ? object : fmt::format("{}.{}", object, m->name.text);
  }
  return {};
}

/// When `e` is there: what is known of it, or the atom `e != none`.
FormulaId ModuleChecker::given(ast::ExprId e, const Info& info, const Context& ctx) {
  if (!types_.is_optional(info.type)) return kind(info.type) == Kind::None ? formulas_.never() : formulas_.always();
  if (info.present.valid()) return info.present;
  const std::string s = subject(e, ctx);
  return formulas_.given(s.empty() ? fmt::format("e{}.{}", id_.value, e.value) : s);
}

FormulaId ModuleChecker::formula_of_equality(const ast::BinaryExpr& b, const Context& ctx) {
  ast::ExprId value = unparen(b.left);
  ast::ExprId literal = unparen(b.right);
  if (ast_.get_if<ast::NoneExpr>(value) != nullptr) std::swap(value, literal);
  if (ast_.get_if<ast::NoneExpr>(literal) != nullptr) {
    return formulas_.negate(given(value, infer(value, ctx), ctx));
  }
  const auto text_of = [&](ast::ExprId e) -> std::optional<std::string> {
    if (const auto* s = ast_.get_if<ast::StringExpr>(e); s != nullptr && s->is_plain()) return std::string(s->plain());
    if (const auto* i = ast_.get_if<ast::IntExpr>(e)) return fmt::format("{}", i->value);
    if (const auto* v = ast_.get_if<ast::BoolExpr>(e)) return v->value ? "true" : "false";
    return std::nullopt;
  };
  if (text_of(value) && !text_of(literal)) std::swap(value, literal);
  const auto text = text_of(literal);
  const std::string s = subject(value, ctx);
  if (!text || s.empty()) return {};
  const Type& t = type(types_.strip_optional(infer(value, ctx).type));
  if (t.kind == Kind::Bool) {
    const FormulaId fact = formulas_.fact(s);
    return *text == "true" ? fact : formulas_.negate(fact);
  }
  const bool finite = t.kind == Kind::Union && !t.open && std::ranges::all_of(t.arms, [&](TypeId arm) {
    return kind(arm) == Kind::Literal;
  });
  return formulas_.equals(s, *text, finite ? t.arms.size() : 0);
}

/// `x < literal` and the like where `x` is one of finitely many numbers: one of those that it holds for.
FormulaId ModuleChecker::formula_of_comparison(const ast::BinaryExpr& b, const Context& ctx) {
  using Op = ast::BinaryOp;
  if (b.op != Op::Less && b.op != Op::LessEqual && b.op != Op::Greater && b.op != Op::GreaterEqual) return {};
  const auto* right = ast_.get_if<ast::IntExpr>(unparen(b.right));
  const auto* left = ast_.get_if<ast::IntExpr>(unparen(b.left));
  if ((right == nullptr) == (left == nullptr)) return {};
  const ast::ExprId value = right != nullptr ? b.left : b.right;
  const std::string s = subject(value, ctx);
  const Type& t = type(types_.strip_optional(infer(value, ctx).type));
  if (s.empty() || t.kind != Kind::Union || t.open) return {};
  FormulaId any = formulas_.never();
  for (TypeId arm : t.arms) {
    std::int64_t number = 0;
    const std::string_view digits = type(arm).text;
    if (kind(arm) != Kind::Literal || !is_numeric(arm) ||
        std::from_chars(digits.data(), digits.data() + digits.size(), number).ptr != digits.data() + digits.size()) {
      return {};
    }
    const std::int64_t l = right != nullptr ? number : left->value, r = right != nullptr ? right->value : number;
    const bool holds = b.op == Op::Less        ? l < r
                       : b.op == Op::LessEqual ? l <= r
                       : b.op == Op::Greater   ? l > r
                                               : l >= r;
    if (holds) any = formulas_.either(any, formulas_.equals(s, digits, t.arms.size()));
  }
  return any;
}

/// A named condition, or a `let` of one, is what it stands for; invalid: nothing to look into.
FormulaId ModuleChecker::formula_of_name(const Binding& binding) {
  if (binding.kind != Binding::Kind::Decl || binding.decl.module != id_) return {};
  const ast::DeclId decl = binding.decl.decl;
  const Context& its = context_of(decl);
  if (its.locals != nullptr || decls_[decl.value].state == State::Busy) return {};
  if (std::ranges::find(formula_busy_, decl) != formula_busy_.end()) return {};
  if (const FormulaId* const known = formulas_of_.find(decl.value)) return *known;
  ast::ExprId value;
  if (const auto* c = std::get_if<ast::ConditionDecl>(&ast_[decl].node)) value = c->value;
  if (const auto* l = std::get_if<ast::LetDecl>(&ast_[decl].node); l != nullptr && is_bool(decl_info(decl).type)) {
    value = l->value;
  }
  if (!value.valid()) return {};
  formula_busy_.push_back(decl);
  const FormulaId f = formula(value, its);
  formula_busy_.pop_back();
  formulas_of_.add(decl.value, f);
  return f;
}

/// A Bool expression as a formula; what has no structure to speak of is an atom of its own.
FormulaId ModuleChecker::formula(ast::ExprId e, const Context& ctx) {
  e = unparen(e);
  const ast::Expr& node = expr(e);
  if (const auto* b = std::get_if<ast::BoolExpr>(&node.node)) return b->value ? formulas_.always() : formulas_.never();
  if (const auto* u = std::get_if<ast::UnaryExpr>(&node.node); u != nullptr && u->op == ast::UnaryOp::Not) {
    return formulas_.negate(formula(u->operand, ctx));
  }
  if (const auto* b = std::get_if<ast::BinaryExpr>(&node.node)) {
    if (b->op == ast::BinaryOp::And) {
      const FormulaId left = formula(b->left, ctx);
      return formulas_.both(left, formula(b->right, assuming(ctx, left)));
    }
    if (b->op == ast::BinaryOp::Or) {
      const FormulaId left = formula(b->left, ctx);
      return formulas_.either(left, formula(b->right, assuming(ctx, formulas_.negate(left))));
    }
    if (b->op == ast::BinaryOp::Equal || b->op == ast::BinaryOp::NotEqual) {
      const FormulaId f = formula_of_equality(*b, ctx);
      if (f.valid()) return b->op == ast::BinaryOp::Equal ? f : formulas_.negate(f);
    }
    if (const FormulaId f = formula_of_comparison(*b, ctx); f.valid()) return f;
  }
  if (const auto* n = std::get_if<ast::NameExpr>(&node.node)) {
    const FormulaId f = formula_of_name(look_up(n->name, ctx).binding);
    if (f.valid()) return f;
  }
  const std::string s = subject(e, ctx);
  return formulas_.fact(s.empty() ? fmt::format("e{}.{}", id_.value, e.value) : s);
}

/// `T?` becomes `T` where what holds proves that it is there.
Info ModuleChecker::narrow(Info info, const Context& ctx) {
  if (!types_.is_optional(info.type) || !info.present.valid()) return info;
  if (!formulas_.implies(assumption(ctx), info.present)) return info;
  info.type = types_.strip_optional(info.type);
  info.stage = stages_.element(info.stage);
  info.present = {};
  return info;
}

}  // namespace stackc::sema

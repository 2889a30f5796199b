#include <algorithm>

#include "compiler/sema/checker.hpp"

/// Operators: which values they take, and in which stage CloudFormation can compute them.
namespace stackc::sema {

namespace {

std::string_view symbol(ast::BinaryOp op) {
  using enum ast::BinaryOp;
  switch (op) {
    case Add: return "+";
    case Subtract: return "-";
    case Multiply: return "*";
    case Divide: return "/";
    case Equal: return "==";
    case NotEqual: return "!=";
    case Less: return "<";
    case LessEqual: return "<=";
    case Greater: return ">";
    case GreaterEqual: return ">=";
    case And: return "&&";
    case Or: return "||";
    case Coalesce: return "??";
  }
  return "";
}

}  // namespace

Info ModuleChecker::infer_unary(const ast::UnaryExpr& u, Span span, const Context& ctx) {
  if (u.op == ast::UnaryOp::Not) {
    check_condition(u.operand, ctx, "`!`");
    return {types_.plain(Kind::Bool), infer(u.operand, ctx).stage, {}};
  }
  const Info i = infer(u.operand, ctx);
  if (is_error(i.type)) return i;
  if (!is_numeric(i.type)) {
    report(Code::WrongOperand, span, fmt::format("`-` needs a number, this is {}", quoted(i.type)));
    return error();
  }
  require(i.stage, Level::Const, span, "CloudFormation cannot compute `-`, so it needs values known at compile time", Code::LateOperator);
  const Type& t = type(i.type);
  if (t.kind == Kind::Literal) return constant(types_.literal(t.element, fmt::format("-{}", t.text)));
  return i;
}

Info ModuleChecker::infer_binary(const ast::BinaryExpr& b, Span span, const Context& ctx) {
  switch (b.op) {
    case ast::BinaryOp::And:
    case ast::BinaryOp::Or: return infer_logic(b, ctx);
    case ast::BinaryOp::Coalesce: return infer_coalesce(b, ctx, {}, nullptr);
    case ast::BinaryOp::Equal:
    case ast::BinaryOp::NotEqual: return infer_equality(b, span, ctx);
    default: return infer_arithmetic(b, span, ctx);
  }
}

Info ModuleChecker::infer_arithmetic(const ast::BinaryExpr& b, Span span, const Context& ctx) {
  const Info l = infer(b.left, ctx);
  const Info r = infer(b.right, ctx);
  if (is_error(l.type) || is_error(r.type)) return error();
  const bool comparison = b.op >= ast::BinaryOp::Less && b.op <= ast::BinaryOp::GreaterEqual;
  const Stage stage = stages_.join(stages_.flat(l.stage), stages_.flat(r.stage));
  for (const auto& [side, info] : {std::pair{b.left, &l}, std::pair{b.right, &r}}) {
    if (types_.is_optional(info->type) || kind(info->type) == Kind::None) {
      report_absent(*info, side, ctx, fmt::format("`{}`", symbol(b.op)));
      return error();
    }
    if (kind(info->type) == Kind::Resource && b.op == ast::BinaryOp::Add) {
      const Span at = expr(side).span;
      report_bare_resource(type(info->type), at, "text", shared_.sources.text(at));
      return error();
    }
  }
  if (b.op == ast::BinaryOp::Add && (is_text(l.type) || is_text(r.type)) && is_scalar(l.type) && is_scalar(r.type)) {
    return {types_.plain(Kind::String), stage, {}};
  }
  if (b.op == ast::BinaryOp::Add && kind(l.type) == Kind::List && kind(r.type) == Kind::List) {
    return {types_.list(types_.union_of({type(l.type).element, type(r.type).element})), stages_.join(l.stage, r.stage), {}};
  }
  const Kind lk = kind(l.type), rk = kind(r.type);
  const bool measures = (lk == Kind::Duration || lk == Kind::Size) && (rk == lk || is_numeric(r.type));
  const bool allowed = (is_numeric(l.type) && is_numeric(r.type)) ||
                       (measures && (rk == lk ? b.op != ast::BinaryOp::Multiply && b.op != ast::BinaryOp::Divide
                                              : b.op == ast::BinaryOp::Multiply || b.op == ast::BinaryOp::Divide));
  if (!allowed) {
    report(Code::WrongOperand, b.op_span, fmt::format("`{}` does not take {} and {}", symbol(b.op), quoted(l.type), quoted(r.type)))
        .label(expr(b.left).span, text(l.type));
    return error();
  }
  // A comparison over a finite list of numbers becomes an Or of Equals; everything else is compile time.
  const Type& lt = type(l.type);
  const bool finite = comparison && lt.kind == Kind::Union && r.stage->level == Level::Const &&
                      std::ranges::all_of(lt.arms, [&](TypeId arm) { return kind(arm) == Kind::Literal; });
  const Level limit = finite ? Level::Param : Level::Const;
  const std::string reason = fmt::format("CloudFormation cannot compute `{}`, so it needs values known at compile time", symbol(b.op));
  if (!require(stage, limit, b.op_span, reason, Code::LateOperator)) return error();
  (void)span;
  if (comparison) return {types_.plain(Kind::Bool), stage, {}};
  if (measures) return {types_.plain(lk), stage, {}};
  const auto is_int = [&](TypeId id) { return !fits_type(types_.plain(Kind::Number), id, {}, stage) && fits_type(id, types_.plain(Kind::Int), {}, stage); };
  return {types_.plain(is_int(l.type) && is_int(r.type) ? Kind::Int : Kind::Number), stage, {}};
}

Info ModuleChecker::infer_equality(const ast::BinaryExpr& b, Span span, const Context& ctx) {
  const Info l = infer(b.left, ctx);
  const Info r = infer(b.right, ctx);
  if (is_error(l.type) || is_error(r.type)) return error();
  const bool none = kind(l.type) == Kind::None || kind(r.type) == Kind::None;
  const Stage stage = stages_.join(stages_.flat(l.stage), stages_.flat(r.stage));
  // What a comparison says of a secret is none.
  const Info result{types_.plain(Kind::Bool), stages_.untainted(stage), {}};
  if (none) {
    const Info& value = kind(l.type) == Kind::None ? r : l;
    if (!types_.is_optional(value.type) && kind(value.type) != Kind::None && kind(value.type) != Kind::Json &&
        kind(value.type) != Kind::String) {
      // Always there: allowed (it folds), like comparing a constant.
      return result;
    }
    require(stages_.flat(value.stage), Level::Param, b.op_span, "a comparison is decided before resources exist", Code::ConditionOnAttribute);
    return result;
  }
  for (const auto& [side, info] : {std::pair{b.left, &l}, std::pair{b.right, &r}}) {
    if (!refuse(info->stage, Taint::Opaque, expr(side).span, "CloudFormation cannot compare what it does not see")) return error();
    const TypeId t = types_.strip_optional(info->type);
    if (kind(t) == Kind::Resource) {
      const Span at = expr(side).span;
      report_bare_resource(type(t), at, fmt::format("an operand of `{}`", symbol(b.op)), shared_.sources.text(at));
      return error();
    }
  }
  const TypeId lt = types_.strip_optional(l.type), rt = types_.strip_optional(r.type);
  const auto overlaps = [&](TypeId x, TypeId y) {
    return fits_type(x, y, {}, l.stage) || fits_type(y, x, {}, r.stage) || (is_numeric(x) && is_numeric(y));
  };
  const auto may_equal = [&](TypeId x, TypeId y) {
    if (overlaps(x, y)) return true;
    if (kind(x) == Kind::Union) return std::ranges::any_of(type(x).arms, [&](TypeId arm) { return overlaps(arm, y); });
    if (kind(y) == Kind::Union) return std::ranges::any_of(type(y).arms, [&](TypeId arm) { return overlaps(arm, x); });
    return false;
  };
  const bool open = (type(lt).kind == Kind::Union && type(lt).open) || (type(rt).kind == Kind::Union && type(rt).open);
  if (!may_equal(lt, rt) && !(open && is_text(lt) && is_text(rt))) {
    // A literal that the other side cannot be is where the mistake is.
    const bool literal_left = kind(lt) == Kind::Literal, literal_right = kind(rt) == Kind::Literal;
    const Span at = literal_right ? expr(b.right).span : literal_left ? expr(b.left).span : span;
    Diagnostic& d = report(Code::TypeMismatch, at, fmt::format("{} and {} are never equal", quoted(lt), quoted(rt)));
    const Type& u = kind(lt) == Kind::Union ? type(lt) : type(rt);
    if (u.kind == Kind::Union && literal_left != literal_right) {
      std::vector<std::string_view> names;
      for (TypeId arm : u.arms) names.push_back(type(arm).text);
      suggest(d, type(literal_right ? rt : lt).text, at, names);
      for (Fix& f : d.fixes) f.replacement = fmt::format("\"{}\"", f.replacement);
    }
    return error();
  }
  const Stage both = stages_.join(stages_.latest(l.stage), stages_.latest(r.stage));
  const bool structured = !is_scalar(lt) || !is_scalar(rt);
  if (structured) {
    if (!require(both, Level::Const, b.op_span, "lists and records are compared at compile time", Code::LateOperator)) return error();
  } else if (!require(both, Level::Param, b.op_span, "a condition is decided before resources exist", Code::ConditionOnAttribute)) {
    return error();
  }
  return result;
}

/// A Bool that is known when a deployment starts at the latest.
void ModuleChecker::check_condition(ast::ExprId e, const Context& ctx, std::string_view what) {
  const Info i = infer(e, ctx);
  if (is_error(i.type)) return;
  const Span span = expr(e).span;
  if (types_.is_optional(i.type)) return report_absent(i, e, ctx, what);
  if (!is_bool(i.type)) {
    Diagnostic& d = report(Code::TypeMismatch, span, fmt::format("{} needs a `Bool`, this is {}", what, quoted(i.type)));
    if (kind(i.type) == Kind::Resource) d.help("`x != none` asks whether something exists");
    return;
  }
  require(i.stage, Level::Param, span, fmt::format("{} is decided before resources exist", what), Code::ConditionOnAttribute);
}

Info ModuleChecker::infer_logic(const ast::BinaryExpr& b, const Context& ctx) {
  const std::string what = fmt::format("`{}`", symbol(b.op));
  check_condition(b.left, ctx, what);
  const FormulaId left = formula(b.left, ctx);
  const Context inner = assuming(ctx, b.op == ast::BinaryOp::And ? left : formulas_.negate(left));
  const Context& stored = new_context(inner);
  check_condition(b.right, stored, what);
  const Info l = infer(b.left, ctx), r = infer(b.right, stored);
  if (is_error(l.type) && is_error(r.type)) return error();
  return {types_.plain(Kind::Bool), stages_.join(l.stage, r.stage), {}};
}

Info ModuleChecker::infer_choice(const ast::ChoiceExpr& c, const Context& ctx, TypeId expected, const Slot* slot) {
  check_condition(c.condition, ctx, "`?:`");
  const FormulaId f = formula(c.condition, ctx);
  const Context& yes = new_context(assuming(ctx, f));
  const Context& no = new_context(assuming(ctx, formulas_.negate(f)));
  const Info a = expected.valid() ? check(c.then, expected, yes, *slot) : infer(c.then, yes);
  const Info b = expected.valid() ? check(c.otherwise, expected, no, *slot) : infer(c.otherwise, no);
  const Stage decided = stages_.flat(infer(c.condition, ctx).stage);
  Info result;
  result.type = merged_rows({a.type, b.type});
  const auto content = [&](const Info& i) { return types_.is_optional(i.type) ? stages_.element(i.stage) : i.stage; };
  if (types_.is_optional(result.type)) {
    const Stage own = stages_.join(decided, stages_.join(stages_.flat(a.stage), stages_.flat(b.stage)));
    result.stage = stages_.with_element(types_.is_optional(a.type) || types_.is_optional(b.type) ? own : decided,
                                        stages_.join(decided, stages_.join(content(a), content(b))));
    result.present = formulas_.either(formulas_.both(f, given(c.then, a, yes)),
                                      formulas_.both(formulas_.negate(f), given(c.otherwise, b, no)));
  } else {
    result.stage = stages_.join(stages_.join(a.stage, b.stage), decided);
  }
  return result;
}

Info ModuleChecker::infer_coalesce(const ast::BinaryExpr& b, const Context& ctx, TypeId expected, const Slot* slot) {
  const Info l = infer(b.left, ctx);
  const FormulaId f = given(b.left, l, ctx);
  const Context& absent = new_context(assuming(ctx, formulas_.negate(f)));
  const Info r = expected.valid() ? check(b.right, expected, absent, *slot) : infer(b.right, absent);
  if (is_error(l.type)) return l;
  if (!types_.is_optional(l.type) && kind(l.type) != Kind::None) return l;
  if (types_.is_optional(l.type)) {
    require(stages_.flat(l.stage), Level::Param, b.op_span, "`??` is decided before resources exist", Code::ConditionOnAttribute);
  }
  Info result;
  result.type = merged_rows({types_.strip_optional(l.type), r.type});
  const Stage decided = stages_.flat(l.stage);
  Stage content = types_.is_optional(l.type) ? stages_.element(l.stage) : stages_.constant();
  content = stages_.join(content, types_.is_optional(r.type) ? stages_.element(r.stage) : r.stage);
  if (types_.is_optional(result.type)) {
    result.stage = stages_.with_element(stages_.join(decided, stages_.flat(r.stage)), stages_.join(decided, content));
    result.present = formulas_.either(f, given(b.right, r, absent));
  } else {
    result.stage = stages_.join(decided, content);
  }
  return result;
}

}  // namespace stackc::sema

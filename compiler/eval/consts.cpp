#include "compiler/base/source.hpp"
#include "compiler/base/text.hpp"
#include "compiler/eval/declarations.hpp"
#include "compiler/eval/expr.hpp"
#include "compiler/eval/lower.hpp"
#include "compiler/eval/units.hpp"
#include "compiler/parse/parse.hpp"

/// Const params: what an environment or `--set` says, else the default.
namespace stackc::eval {
namespace {

/// Evaluates the literals of a text that stands outside the program: nothing in it can be looked up.
class Literals {
 public:
  Literals(Context& ctx, const ast::Ast& tree, Span place) : ctx_(ctx), tree_(tree), place_(place) {}

  /// Null when there is anything but literals, lists and records of them.
  Val value(ast::ExprId id) {
    const auto& node = tree_[id].node;
    if (std::holds_alternative<ast::NoneExpr>(node)) return ctx_.values.none(place_);
    if (const auto* e = std::get_if<ast::BoolExpr>(&node)) return ctx_.values.boolean(e->value, place_);
    if (const auto* e = std::get_if<ast::IntExpr>(&node)) return ctx_.values.integer(e->value, place_);
    if (const auto* e = std::get_if<ast::NumberExpr>(&node)) {
      return ctx_.values.make(Decimal{ctx_.values.keep(e->text)}, place_);
    }
    if (const auto* e = std::get_if<ast::StringExpr>(&node)) {
      return e->is_plain() ? ctx_.values.text(e->plain(), place_) : nullptr;
    }
    if (const auto* e = std::get_if<ast::CidrExpr>(&node)) {
      return ctx_.values.make(Cidr{ctx_.values.keep(e->text)}, place_);
    }
    if (const auto* e = std::get_if<ast::PercentExpr>(&node)) {
      return ctx_.values.make(Percent{ctx_.values.keep(e->text)}, place_);
    }
    if (const auto* e = std::get_if<ast::DurationExpr>(&node)) {
      return ctx_.values.make(Duration{seconds_in(*e)}, place_);
    }
    if (const auto* e = std::get_if<ast::SizeExpr>(&node)) return ctx_.values.make(Size{kib_in(*e)}, place_);
    if (const auto* e = std::get_if<ast::ParenExpr>(&node)) return value(e->inner);
    if (const auto* e = std::get_if<ast::UnaryExpr>(&node)) return negative(*e);
    if (const auto* e = std::get_if<ast::ListExpr>(&node)) return list(*e);
    if (const auto* e = std::get_if<ast::RecordExpr>(&node)) return record(*e);
    return nullptr;
  }

 private:
  Val negative(const ast::UnaryExpr& e) {
    const Val v = e.op == ast::UnaryOp::Minus ? value(e.operand) : nullptr;
    const auto* i = v != nullptr ? v->get_if<std::int64_t>() : nullptr;
    return i != nullptr ? ctx_.values.integer(-*i, place_) : nullptr;
  }
  Val list(const ast::ListExpr& e) {
    std::vector<Val> items;
    for (const ast::ListItem& item : e.items) {
      const Val v = item.spread ? nullptr : value(item.value);
      if (v == nullptr) return nullptr;
      items.push_back(v);
    }
    return ctx_.values.list(items, place_);
  }
  Val record(const ast::RecordExpr& e) {
    std::vector<Field> fields;
    for (const ast::Field& f : e.fields) {
      const Val v = f.spread ? nullptr : value(f.value);
      if (v == nullptr) return nullptr;
      fields.push_back({ctx_.values.keep(f.key.text), v});
    }
    return ctx_.values.record(fields, place_);
  }

  Context& ctx_;
  const ast::Ast& tree_;
  const Span place_;
};

Val from_text(Context& ctx, const std::string& text, Span place) {
  SourceMap sources;
  Sink unheard;
  const FileId file = sources.add("setting", "let value = " + text + "\n");
  const auto tree = parse(sources, file, unheard);
  if (unheard.has_errors() || tree->top.decls.size() != 1) return nullptr;
  const auto* let = tree->get_if<ast::LetDecl>(tree->top.decls[0]);
  return let != nullptr ? Literals(ctx, *tree, place).value(let->value) : nullptr;
}

/// Whether a constant is of the type; a rough check, for what comes from outside the program.
bool fits(Val v, Target type) {
  using sema::Kind;
  switch (type.kind()) {
    case Kind::Optional:
      return v->is<Absent>() || fits(v, type.element());
    case Kind::String:
    case Kind::Id:
    case Kind::Arn:
      return v->is<std::string_view>();
    case Kind::Int:
      return v->is<std::int64_t>();
    case Kind::Number:
      return v->is<std::int64_t>() || v->is<Decimal>();
    case Kind::Bool:
      return v->is<bool>();
    case Kind::Cidr:
      return v->is<Cidr>();
    case Kind::Duration:
      return v->is<Duration>();
    case Kind::Size:
      return v->is<Size>();
    case Kind::Percent:
      return v->is<Percent>();
    case Kind::Literal: {
      if (const auto* text = v->get_if<std::string_view>()) return *text == type.literal();
      if (const auto* i = v->get_if<std::int64_t>()) return std::to_string(*i) == type.literal();
      return false;
    }
    case Kind::Union:
      for (std::size_t i = 0; i < type.arm_count(); ++i) {
        if (fits(v, type.arm(i))) return true;
      }
      return false;
    case Kind::List: {
      const auto* list = v->get_if<List>();
      if (list == nullptr) return false;
      for (const Val item : list->items) {
        if (!fits(item, type.element())) return false;
      }
      return true;
    }
    case Kind::Map: {
      const auto* record = v->get_if<Record>();
      if (record == nullptr) return false;
      for (const Field& f : record->fields) {
        if (!fits(f.value, type.element())) return false;
      }
      return true;
    }
    case Kind::Record: {
      const auto* record = v->get_if<Record>();
      if (record == nullptr) return false;
      for (const sema::FieldType& f : type.record_fields()) {
        const Val field = record->find(f.name);
        if (field == nullptr ? !f.optional : !fits(field, type.field(f.name))) return false;
      }
      return true;
    }
    default:
      return true;
  }
}

}  // namespace

Val const_parameter_value(Context& ctx, Frame* frame, ast::DeclId decl) {
  const ast::Decl& d = ast_of(frame)[decl];
  const auto& param = std::get<ast::ParamDecl>(d.node);
  const Env env = frame->env();
  const Target type(ctx.program.types, frame->body->module->decl_types[decl.value]);
  const bool own = frame->body->module->id == ctx.stack;
  const auto set = own ? ctx.settings.consts.find(std::string(d.name.text)) : ctx.settings.consts.end();
  if (set == ctx.settings.consts.end()) {
    if (!param.default_value.valid()) {
      if (type.kind() == sema::Kind::Optional) return ctx.values.none(d.name.span);
      return fail(ctx, env, Code::ConstParamMissing, d.name.span,
                  fmt::format("the const param `{}` has no value", d.name.text),
                  "give it a default, or set it in `stackc.yaml` or with `--set`");
    }
    return coerce(ctx, env, evaluate(ctx, env, param.default_value), type);
  }
  const Val v = from_text(ctx, set->second, d.name.span);
  if (v == nullptr) {
    return fail(ctx, env, Code::BadConstSetting, d.name.span,
                fmt::format("`{}` is set to `{}`, which is not a constant value", d.name.text, set->second),
                "expected a literal, a list or a record of them");
  }
  if (!fits(v, type)) {
    return fail(ctx, env, Code::BadConstSetting, d.name.span,
                fmt::format("`{}` is set to `{}`, which does not fit its type", d.name.text, set->second),
                fmt::format("expected `{}`", type.str()));
  }
  return coerce(ctx, env, v, type);
}

}  // namespace stackc::eval

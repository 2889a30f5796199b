#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/eval/declarations.hpp"
#include "compiler/eval/decorators.hpp"
#include "compiler/eval/expr.hpp"
#include "compiler/eval/identity.hpp"
#include "compiler/eval/lower.hpp"
#include "compiler/eval/params.hpp"

/// What another stack exports, as values that import it (decision 3).
namespace stackc::eval {
namespace {

class Imports {
 public:
  Imports(Context& ctx, const Env& env, const ast::Decl& decl)
      : ctx_(ctx),
        env_(env),
        decl_(decl),
        span_(decl.name.span),
        b_(ctx.ir.at(span_)),
        scheme_(std::get<ast::UpstreamDecl>(decl.node).scheme),
        weak_(find_decorator(env, decl, {}, "weak")) {}

  /// What the exports of a compiled stack look like from here.
  Val of(const Export& e) {
    if (e.kind == Export::Kind::Value) return value(e.name, e.joined, &e);
    if (e.kind == Export::Kind::List) {
      std::vector<Val> items;
      std::vector<std::string_view> keys;
      for (const Export& part : e.parts) {
        items.push_back(of(part));
        keys.push_back(ctx_.values.keep(part.key));
      }
      return ctx_.values.list(items, keys, span_);
    }
    return record(e.parts);
  }
  Val record(const std::vector<Export>& parts) {
    std::vector<Field> fields;
    for (const Export& part : parts) {
      if (weak_ || is_exported(part)) fields.push_back({ctx_.values.keep(part.key), of(part)});
    }
    return ctx_.values.record(fields, span_);
  }

  /// A value that was typed by hand, exported as `name`.
  Val typed(Target type, const std::string& name) {
    if (type.kind() == sema::Kind::Optional) return typed(type.element(), name);
    if (type.kind() == sema::Kind::List) return value(name, true);
    if (type.kind() != sema::Kind::Record) return value(name, false);
    std::vector<Field> fields;
    for (const sema::FieldType& f : type.record_fields()) {
      fields.push_back({f.name, typed(type.field(f.name), name + capitalized(f.name))});
    }
    return ctx_.values.record(fields, span_);
  }

 private:
  static bool is_exported(const Export& e) {
    return e.kind == Export::Kind::Value ? e.exported : std::ranges::any_of(e.parts, is_exported);
  }

  Val value(std::string_view name, bool joined, const Export* known = nullptr) {
    if (known != nullptr && !known->name_known && !scheme_.valid() && !weak_) {
      return fail(ctx_, env_, Code::UpstreamScheme, span_,
                  fmt::format("the name of the export `{}` depends on more than its stack's name", name),
                  "this cannot be made up here");
    }
    const ir::ValueRef imported = weak_ ? output_of(name) : b_.call(ir::Fn::ImportValue, {export_name(name, known)});
    return ctx_.values.make(Late{joined ? b_.split(",", imported) : imported, joined}, span_);
  }

  /// Where the other stack is may be said as well: `@weak(region: "eu-west-1")`.
  ir::ValueRef output_of(std::string_view name) {
    std::vector<ir::Member> members{{"StackName", b_.ref(upstream_parameter_id(ctx_, env_.frame, decl_))},
                                    {"OutputName", b_.string(name)}};
    for (const ast::Argument& a : weak_->decorator->args) {
      const ir::ValueRef given = lower(ctx_, evaluate(ctx_, weak_->env, a.value));
      members.push_back({a.name.text == "region" ? "Region" : "RoleArn", given});
    }
    return b_.call(ir::Fn::GetStackOutput, {b_.object(members)});
  }

  /// `<stack>:<name>`, or as the scheme of `as` puts the two together.
  ir::ValueRef export_name(std::string_view name, const Export* known) {
    if (stack_ == nullptr) stack_ = b_.ref(upstream_parameter_id(ctx_, env_.frame, decl_));
    const ir::ValueRef stack = stack_;
    const ast::Ast& tree = ast_of(env_.frame);
    const auto* scheme = tree.get_if<ast::StringExpr>(scheme_);
    if (scheme == nullptr && known != nullptr && !known->name_pieces.empty()) {
      std::vector<ir::ValueRef> pieces;
      for (const std::string& piece : known->name_pieces) {
        if (!pieces.empty()) pieces.push_back(stack);
        pieces.push_back(b_.string(piece));
      }
      return b_.sub(pieces);
    }
    if (scheme == nullptr) return b_.sub({stack, b_.string(std::string(":").append(name))});
    std::vector<ir::ValueRef> parts;
    for (const ast::StringPart& part : scheme->parts) {
      const auto* variable = tree.get_if<ast::NameExpr>(part.expr);
      if (variable == nullptr) {
        parts.push_back(b_.string(part.text));
      } else {
        parts.push_back(variable->name == "name"    ? b_.string(name)
                        : variable->name == "stack" ? stack
                                                    : lower(ctx_, evaluate(ctx_, env_, part.expr)));
      }
    }
    return b_.sub(parts);
  }

  Context& ctx_;
  const Env& env_;
  const ast::Decl& decl_;
  const Span span_;
  const ir::Builder b_;
  const ast::ExprId scheme_;
  const std::optional<DecoratorUse> weak_;
  ir::ValueRef stack_ = nullptr;  // the name of the other stack, once it is asked for
};

}  // namespace

Val upstream_value(Context& ctx, Frame* frame, ast::DeclId decl) {
  const ast::Decl& d = ast_of(frame)[decl];
  const auto& upstream = std::get<ast::UpstreamDecl>(d.node);
  const Env env = frame->env();
  Imports imports(ctx, env, d);
  if (upstream.fields.valid()) {
    const Target type(ctx.program.types, frame->body->module->type_exprs[upstream.fields.value]);
    std::vector<Field> fields;
    for (const sema::FieldType& f : type.record_fields()) {
      fields.push_back({f.name, imports.typed(type.field(f.name), std::string(f.name))});
    }
    return ctx.values.record(fields, d.name.span);
  }
  for (const auto& [at, module] : frame->body->module->module->upstreams) {
    if (at != decl || !module.valid()) continue;
    const std::vector<Export>* exports = ctx.upstreams.exports(module);
    if (exports == nullptr) break;
    return imports.record(*exports);
  }
  ctx.failed = true;  // the other stack has errors: they are reported there
  return ctx.values.invalid(d.name.span);
}

}  // namespace stackc::eval

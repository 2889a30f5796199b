#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/eval/builtins.hpp"
#include "compiler/eval/documents.hpp"
#include "compiler/eval/expr.hpp"
#include "compiler/eval/lower.hpp"
#include "compiler/eval/ops.hpp"

/// The services of a Compose file, as values that stand where the file says them.
namespace stackc::eval {

namespace {

class Services {
 public:
  Services(Context& ctx, const Env& env, const Record* variables) : ctx_(ctx), env_(env), variables_(variables) {}

  Val value(const compose::Value& v) {
    switch (v.kind) {
      case compose::Kind::Bool: return ctx_.values.boolean(v.truth, v.span);
      case compose::Kind::Int: return ctx_.values.integer(v.number, v.span);
      case compose::Kind::Size: return ctx_.values.make(Size{v.number}, v.span);
      case compose::Kind::Duration: return ctx_.values.make(Duration{v.number}, v.span);
      case compose::Kind::String: return text(v.text, v.span);
      case compose::Kind::List: {
        std::vector<Val> items;
        for (const compose::Value& item : v.items) items.push_back(value(item));
        return ctx_.values.list(items, v.span);
      }
      case compose::Kind::Record: {
        std::vector<Field> fields;
        for (const compose::Member& m : v.members) fields.push_back({ctx_.values.keep(m.name), value(m.value)});
        return ctx_.values.record(fields, v.span);
      }
    }
    return ctx_.values.invalid(v.span);
  }

 private:
  Val text(const compose::Text& pieces, Span span) {
    std::vector<Val> parts;
    add(pieces, span, parts);
    if (parts.empty()) return ctx_.values.text("", span);
    return parts.size() == 1 ? ctx_.values.at(parts[0], span) : concatenate(ctx_, env_, parts, span);
  }

  void add(const compose::Text& pieces, Span span, std::vector<Val>& parts) {
    for (const compose::Piece& p : pieces) {
      if (p.is_literal()) parts.push_back(ctx_.values.text(p.text, span));
      else add_variable(p, span, parts);
    }
  }

  void add_variable(const compose::Piece& p, Span span, std::vector<Val>& parts) {
    using Use = compose::Piece::Use;
    const Val given = variables_ != nullptr ? variables_->find(p.variable) : nullptr;
    const bool has_value = given != nullptr && !given->is<Absent>();
    if (p.use == Use::Instead) {
      if (has_value) add(p.other, span, parts);
    } else if (has_value) {
      const Target target(ctx_.program.types, ctx_.program.types.plain(sema::Kind::String));
      parts.push_back(coerce(ctx_, env_, given, target));
    } else if (p.use == Use::OrElse) {
      add(p.other, span, parts);
    } else {
      parts.push_back(release_hole(ctx_, env_, compose::argument_name(p.variable), span));
    }
  }

  Context& ctx_;
  const Env& env_;
  const Record* variables_;
};

}  // namespace

Val call_compose(Context& ctx, const Env& env, ast::ExprId expr, const ast::CallExpr& call, Span span) {
  const Module& m = *env.frame->body->module->module;
  const auto at = m.data_files.find(expr.value);
  if (at == m.data_files.end()) return ctx.values.invalid(span);
  const DataFile& file = *ctx.program.graph->data_files[at->second];
  if (!file.ok) return ctx.values.invalid(span);
  const Record* variables = nullptr;
  if (call.args.size() > 1) {
    const Val options = evaluate(ctx, env, call.args[1].value);
    if (options->is<Invalid>()) return options;
    const auto* record = options->get_if<Record>();
    const Val given = record != nullptr ? record->find("variables") : nullptr;
    if (given != nullptr && given->is<Invalid>()) return given;
    variables = given != nullptr ? given->get_if<Record>() : nullptr;
  }
  return Services(ctx, env, variables).value(file.services);
}

}  // namespace stackc::eval

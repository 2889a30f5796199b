#include "compiler/eval/builtins.hpp"
#include "compiler/eval/expr.hpp"
#include "compiler/eval/lower.hpp"
#include "compiler/eval/ops.hpp"

/// What only a rule may ask (asserts.cpp).
namespace stackc::eval {

using sema::BuiltinFn;

Val call_rule_function(Context& ctx, const BuiltinCall& call) {
  const ir::Builder b = ctx.ir.at(call.span);
  const Target texts(ctx.program.types, ctx.program.types.plain(sema::Kind::Json));
  const auto operand = [&](std::size_t i) {
    const Val v = call.args[i];
    return lower(ctx, coerce(ctx, call.env, v->is<Record>() ? splat(ctx, call.env, v, call.span) : v, texts));
  };
  const auto made = [&](ir::Fn fn, std::vector<ir::ValueRef> args) {
    return ctx.values.make(Late{b.call(fn, args), true}, call.span);
  };
  switch (call.fn) {
    case BuiltinFn::EachMemberIn:
      return from_condition(ctx, b.call(ir::Fn::EachMemberIn, {operand(0), operand(1)}), call.span);
    case BuiltinFn::EachMemberEquals:
      return from_condition(ctx, b.call(ir::Fn::EachMemberEquals, {operand(0), operand(1)}), call.span);
    case BuiltinFn::RefAll:
      return made(ir::Fn::RefAll, {operand(0)});
    case BuiltinFn::ValueOfAll:
      return made(ir::Fn::ValueOfAll, {operand(0), operand(1)});
    case BuiltinFn::ValueOf: {
      // The parameter itself is asked, not its value; an optional one is a choice with nothing.
      Val v = call.args[0];
      while (const auto* choice = v->get_if<Choice>()) v = choice->then->is<Absent>() ? choice->otherwise : choice->then;
      const auto* late = v->get_if<Late>();
      const ir::Call* ref = late != nullptr ? late->value->call(ir::Fn::Ref) : nullptr;
      if (ref == nullptr) return ctx.values.invalid(call.span);
      return made(ir::Fn::ValueOf, {ref->args[0], operand(1)});
    }
    default:
      return nullptr;
  }
}

}  // namespace stackc::eval

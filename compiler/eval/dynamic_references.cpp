#include "compiler/eval/builtins.hpp"
#include "compiler/eval/lower.hpp"
#include "compiler/eval/ops.hpp"

/// Dynamic references as text: `{{resolve:ssm:/path:3}}`.
namespace stackc::eval {

using sema::BuiltinFn;

Val call_reference(Context& ctx, const BuiltinCall& call) {
  std::string_view service;
  switch (call.fn) {
    case BuiltinFn::Ssm: service = "ssm"; break;
    case BuiltinFn::SsmSecure: service = "ssm-secure"; break;
    case BuiltinFn::Secret: service = "secretsmanager"; break;
    default: return nullptr;
  }
  const Target text(ctx.program.types, ctx.program.types.plain(sema::Kind::String));
  const auto constant = [&](std::string_view part) { return ctx.values.make(part, call.span); };
  const auto given = [&](std::size_t i) {
    if (i >= call.args.size() || call.args[i]->is<Absent>()) return false;
    const auto* known = call.args[i]->get_if<std::string_view>();
    return known == nullptr || !known->empty();
  };
  std::size_t count = call.args.size();
  while (count > 1 && !given(count - 1)) --count;
  std::vector<Val> parts{constant("{{resolve:"), constant(service)};
  for (std::size_t i = 0; i < count; ++i) {
    parts.push_back(constant(call.fn == BuiltinFn::Secret && i == 1 ? ":SecretString:" : ":"));
    if (!given(i)) continue;
    const auto* resource = call.args[i]->get_if<ResourceHandle>();
    parts.push_back(resource != nullptr
                        ? ctx.values.make(Late{ctx.ir.at(call.span).ref(resource->resource->id)}, call.span)
                        : coerce(ctx, call.env, call.args[i], text));
  }
  parts.push_back(constant("}}"));
  return concatenate(ctx, call.env, parts, call.span);
}

}  // namespace stackc::eval

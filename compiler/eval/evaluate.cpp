#include <algorithm>

#include "compiler/eval/context.hpp"
#include "compiler/eval/documents.hpp"
#include "compiler/eval/elaborate.hpp"
#include "compiler/eval/scope.hpp"
#include "compiler/eval/sections.hpp"

namespace stackc::eval {
namespace {

/// Whether an assertion of `instance`, or of one around it, has failed.
bool is_refused(const Context& ctx, const Instance* instance) {
  for (; instance != nullptr; instance = instance->frame->body->instance) {
    if (std::ranges::find(ctx.refused, instance) != ctx.refused.end()) return true;
  }
  return false;
}

/// Hands on what was found. One cause, one error: where an assertion has failed, the rest follows from it.
void hand_on(const Context& ctx, const Sink& found, Sink& sink) {
  auto next = ctx.inside.begin();
  for (std::size_t i = 0; i < found.all().size(); ++i) {
    const bool inside = next != ctx.inside.end() && next->first == i;
    const Instance* instance = inside ? (next++)->second : nullptr;
    if (is_refused(ctx, instance)) continue;
    sink.report(found.all()[i].code, Span{}, {}) = found.all()[i];
  }
}

}  // namespace

Evaluated evaluate(const sema::CheckedProgram& program, ModuleId stack, const StackSettings& settings,
                   Upstreams& upstreams, const SourceMap& sources, Sink& sink) {
  Evaluated out;
  out.tmpl = std::make_unique<ir::Template>();
  const Module& module = *program[stack].module;
  out.tmpl->stack_name = settings.stack_name.empty() ? std::string(module.stack_name) : settings.stack_name;
  out.tmpl->file = module.file;
  if (module.stack.valid()) out.tmpl->description = out.tmpl->arena.copy((*module.ast)[module.stack].doc);
  Sink found;
  Context ctx(program, stack, settings, upstreams, sources, found, *out.tmpl);
  ctx.files.resize(program.modules.size());
  Body& body = file_body(ctx, stack);
  elaborate(ctx, body.top);
  finish_documents(ctx);
  complete_template(ctx, body);
  hand_on(ctx, found, sink);
  out.exports = std::move(ctx.exports);
  out.ok = !ctx.failed;
  return out;
}

}  // namespace stackc::eval

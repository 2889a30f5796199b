#include "compiler/eval/context.hpp"
#include "compiler/eval/documents.hpp"
#include "compiler/eval/elaborate.hpp"
#include "compiler/eval/scope.hpp"
#include "compiler/eval/sections.hpp"

namespace stackc::eval {

Evaluated evaluate(const sema::CheckedProgram& program, ModuleId stack, const StackSettings& settings,
                   Upstreams& upstreams, const SourceMap& sources, Sink& sink) {
  Evaluated out;
  out.tmpl = std::make_unique<ir::Template>();
  const Module& module = *program[stack].module;
  out.tmpl->stack_name = settings.stack_name.empty() ? std::string(module.stack_name) : settings.stack_name;
  out.tmpl->file = module.file;
  if (module.stack.valid()) out.tmpl->description = out.tmpl->arena.copy((*module.ast)[module.stack].doc);
  Context ctx(program, stack, settings, upstreams, sources, sink, *out.tmpl);
  ctx.files.resize(program.modules.size());
  ctx.slot_indices.resize(program.modules.size());
  Body& body = file_body(ctx, stack);
  elaborate(ctx, body.top);
  finish_documents(ctx);
  complete_template(ctx, body);
  out.exports = std::move(ctx.exports);
  out.ok = !ctx.failed;
  return out;
}

}  // namespace stackc::eval

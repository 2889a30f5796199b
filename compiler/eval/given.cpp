#include "compiler/eval/given.hpp"

#include <algorithm>

namespace stackc::eval {

namespace {

/// Instances inside instances end at `Limits::component_depth`; `let`s can lead in circles only through
/// an error that is reported elsewhere.
constexpr int kMostSteps = 200;

class Tracer {
 public:
  void trace(const Frame* frame, Span span) {
    if (++steps_ > kMostSteps) return;
    const sema::CheckedModule& module = *frame->body->module;
    const ast::Ast& ast = *module.module->ast;
    bool loops = false;
    for (std::uint32_t i = 0; i < ast.exprs.size(); ++i) {
      const ast::Expr& e = ast.exprs[i];
      if (e.span.begin < span.begin || e.span.end > span.end) continue;
      if (!std::holds_alternative<ast::NameExpr>(e.node)) continue;
      const sema::Binding& binding = module.bindings[i];
      if (binding.kind == sema::Binding::Kind::Decl && binding.decl.module == module.id)
        declaration(frame, binding.decl.decl);
      loops = loops || binding.kind == sema::Binding::Kind::Local;
    }
    if (loops) enclosing_loops(frame);
  }

  [[nodiscard]] std::vector<Span> found() && { return std::move(found_); }

 private:
  void declaration(const Frame* frame, ast::DeclId id) {
    const ast::Ast& ast = ast_of(frame);
    if (const auto* let = std::get_if<ast::LetDecl>(&ast[id].node)) return trace(frame, ast[let->value].span);
    const Instance* instance = frame->body->instance;
    if (instance == nullptr || !std::holds_alternative<ast::ParamDecl>(ast[id].node)) return;
    const std::string_view name = ast[id].name.text;
    argument(instance->frame, std::get<ast::ResourceDecl>(instance->decl->node).body, name);
    for (const auto& [entry, env] : instance->with) argument(env.frame, entry->body, name);
  }

  void argument(const Frame* writer, ast::ExprId body, std::string_view name) {
    const auto* record = ast_of(writer).get_if<ast::RecordExpr>(body);
    if (record == nullptr) return;
    for (const ast::Field& field : record->fields) {
      if (field.spread || field.key.text != name) continue;
      const Span value = ast_of(writer)[field.value].span;
      if (writer->body->instance != nullptr) {
        trace(writer, value);
      } else if (const Span whole = field.key.span.to(value);
                 std::find(found_.begin(), found_.end(), whole) == found_.end()) {
        found_.push_back(whole);
      }
    }
  }

  void enclosing_loops(const Frame* frame) {
    for (const Frame* f = frame; f != nullptr && f->owner.valid(); f = f->parent) {
      const auto* loop = std::get_if<ast::ForDecl>(&ast_of(f)[f->owner].node);
      if (loop != nullptr) trace(f->parent, ast_of(f)[loop->loop.in].span);
    }
  }

  int steps_ = 0;
  std::vector<Span> found_;
};

}  // namespace

std::vector<Span> given_for(const Frame* frame, Span span) {
  if (frame->body->instance == nullptr) return {};
  Tracer tracer;
  tracer.trace(frame, span);
  return std::move(tracer).found();
}

}  // namespace stackc::eval

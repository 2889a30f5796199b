#include <algorithm>

#include "compiler/sema/sema.hpp"

#include "compiler/schema/build.hpp"
#include "compiler/sema/checker.hpp"

namespace stackc::sema {

ModuleChecker::ModuleChecker(Shared& shared, ModuleId id)
    : shared_(shared),
      types_(shared.types),
      stages_(shared.stages),
      formulas_(shared.formulas),
      id_(id),
      module_(shared.graph[id]),
      ast_(*module_.ast),
      out_(*shared.program.modules[id.value]) {
  const std::size_t decls = ast_.decls.size();
  const std::size_t exprs = ast_.exprs.size();
  out_.id = id;
  out_.module = &module_;
  out_.expr_types.resize(exprs);
  out_.bindings.resize(exprs);
  out_.members.resize(exprs);
  out_.calls.resize(exprs);
  out_.type_exprs.resize(ast_.types.size());
  out_.places.resize(decls);
  out_.decl_types.resize(decls);
  contexts_.resize(decls);
  inside_.resize(decls);
  inside_else_.resize(decls);
  decls_.resize(decls);
  infos_.resize(exprs);
  if_formulas_.resize(decls);
}

void ModuleChecker::run() {
  const std::size_t errors_before = shared_.sink.error_count();
  file_ = &new_body({}, nullptr);
  collect_imports();
  collect_block(ast_.top, *file_, new_context({.body = file_}));
  const auto remember = [&](const SymbolTable& table) {
    for (const auto& [name, symbol] : table) {
      if (symbol.decls.size() < 2) continue;
      out_.same_name[symbol.decls.front().value] = symbol.decls;
      out_.places[symbol.decls.front().value].several = true;
    }
  };
  for (const auto& [component, body] : bodies_) {
    remember(body->values);
    remember(body->outputs);
  }
  for (const SymbolTable& lets : let_store_) remember(lets);
  check_block(ast_.top);
  report_unfinished_paths();
  std::vector<const std::vector<ast::DeclId>*> branches;
  out_.same_name.for_each([&](std::uint32_t, const auto& same) { branches.push_back(&same); });
  std::ranges::sort(branches, {}, [](const auto* same) { return same->front(); });
  for (const auto* same : branches) check_branches(*same);
  out_.has_errors = module_.broken || shared_.sink.error_count() > errors_before;
  for (const auto* edges : {&module_.uses, &module_.upstreams}) {
    for (const auto& [decl, target] : *edges) {
      if (!target.valid() || shared_.program[target].has_errors) out_.has_errors = true;
    }
  }
}

Checking::Checking(const ModuleGraph& graph, const SourceMap& sources, Sink& sink)
    : program_(std::make_unique<CheckedProgram>()),
      shared_(std::make_unique<Shared>(graph, sources, sink, *program_)) {
  program_->graph = &graph;
}

Checking::~Checking() = default;

void Checking::run(const schema::OwnedBlob* patches) {
  const ModuleGraph& graph = shared_->graph;
  schema::Builder declared(shared_->sink);
  for (std::size_t i = program_->modules.size(); i < graph.modules.size(); ++i) {
    program_->modules.push_back(std::make_unique<CheckedModule>());
    if (graph.modules[i]->ast != nullptr) declared.add(*graph.modules[i]->ast);
  }
  if (!declared.empty()) {
    program_->declared = declared.finish();
    program_->types.add_schema(program_->declared->schema());
  }
  if (patches != nullptr) program_->types.add_schema(patches->schema());
  auto& checkers = shared_->modules;
  checkers.resize(graph.modules.size());
  for (ModuleId id : graph.order) {
    if (checkers[id.value] != nullptr) continue;
    if (graph[id].ast == nullptr) {
      program_->modules[id.value]->has_errors = true;
      continue;
    }
    checkers[id.value] = std::make_unique<ModuleChecker>(*shared_, id);
    checkers[id.value]->run();
  }
  for (ModuleId id : graph.roots) {
    if (!(*program_)[id].has_errors) checkers[id.value]->note_interfaces();
  }
}

void Checking::freeze() {
  program_->types.freeze();
  shared_->stages.freeze();
}

void Checking::forget_from(std::size_t count) {
  shared_->modules.resize(count);
  program_->modules.resize(count);
  shared_->stages.forget();
}

std::unique_ptr<CheckedProgram> check(const ModuleGraph& graph, const SourceMap& sources, Sink& sink,
                                      const schema::OwnedBlob* patches) {
  Checking checking(graph, sources, sink);
  checking.run(patches);
  return std::move(checking.program_);
}

}  // namespace stackc::sema

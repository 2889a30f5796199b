#include "compiler/driver/slice.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <span>

#include "compiler/analysis/analysis.hpp"
#include "compiler/base/suggest.hpp"
#include "compiler/base/text.hpp"
#include "compiler/driver/const_values.hpp"
#include "compiler/driver/dump.hpp"
#include "compiler/driver/environment_notes.hpp"
#include "compiler/driver/given_consts.hpp"
#include "compiler/driver/lints.hpp"
#include "compiler/driver/own_texts.hpp"
#include "compiler/emit/emit.hpp"
#include "compiler/eval/eval.hpp"
#include "compiler/ir/passes.hpp"
#include "compiler/modules/modules.hpp"
#include "compiler/syntax/format.hpp"

namespace stackc {
namespace {

/// The exports of the stacks that were evaluated so far in one environment. The graph's order has
/// upstreams first, so whoever asks is answered.
class EvaluatedStacks final : public eval::Upstreams {
 public:
  const std::vector<eval::Export>* exports(ModuleId upstream) override {
    const auto found = exports_.find(upstream.value);
    return found == exports_.end() ? nullptr : &found->second;
  }
  void add(ModuleId id, std::vector<eval::Export> exports) { exports_[id.value] = std::move(exports); }

 private:
  std::map<std::uint32_t, std::vector<eval::Export>> exports_;
};

bool declares_types(const Module& m) {
  return m.ast != nullptr && std::ranges::any_of(m.ast->top.decls, [&](ast::DeclId id) {
           return m.ast->get_if<ast::ResourceTypeDecl>(id) != nullptr;
         });
}

class Slice {
 public:
  Slice(const RunSettings& settings, const FileSystem& fs) : run_(settings), fs_(fs) {}

  SliceResult compile(const std::vector<std::string>& files, Workspace& workspace);
  /// Keeps the templates instead of writing them; this must outlive them.
  CompiledSlice compile_and_keep(const std::vector<std::string>& files, SourceMap& sources);

 private:
  [[nodiscard]] SourceMap& sources() const { return compilation_->sources; }
  [[nodiscard]] Sink& sink() const { return compilation_->sink; }
  [[nodiscard]] ModuleGraph& graph() const { return compilation_->graph; }
  /// Those of the slice, what is used before who uses it. The library's, which it lies beside, are not looked at
  /// one by one: nothing is wrong with them, and each look is a page of the snapshot.
  [[nodiscard]] std::span<const ModuleId> new_modules() const {
    return std::span{graph().order}.subspan(compilation_->marked.order);
  }
  [[nodiscard]] const sema::CheckedProgram& program() const { return compilation_->checking.program(); }

  bool load_beside_library(const std::vector<std::string>& files, Workspace& workspace);
  void start_anew();
  void load(const std::vector<std::string>& files);
  void compile_all();
  void note_stacks();
  void find_broken();
  void evaluate_all(const Environment* environment);
  void evaluate(ModuleId id, const Environment* environment, EvaluatedStacks& done);
  bool lower(ir::Template& t);
  void emit_files(ModuleId id, const ir::Template& t, const eval::StackSettings& settings,
                  const Environment* environment);
  std::vector<emit::ParameterValue> parameter_values(const ir::Template& t,
                                                     const eval::StackSettings& settings,
                                                     const ProjectStack* wanted);

  const RunSettings& run_;
  const FileSystem& fs_;
  SliceResult result_;
  std::unique_ptr<Compilation> own_;
  Compilation* compilation_ = nullptr;  // `own_`, or the workspace's
  GivenConsts given_;
  std::vector<EnvironmentRange> ranges_;
  bool keep_ = false;
  std::vector<CompiledStack> kept_;
  std::vector<bool> broken_;                                // by ModuleId: it or what it needs has errors
  std::map<std::uint32_t, std::vector<OutputFile>> files_;  // by root, in the environment at hand
};

SliceResult Slice::compile(const std::vector<std::string>& files, Workspace& workspace) {
  // The project file comes first in every slice, so that its places mean the same everywhere.
  const bool beside_library = load_beside_library(files, workspace);
  if (!beside_library) {
    start_anew();
    if (run_.project->exists()) sources().add(run_.project->path, run_.project_text);
    load(files);
  }
  compile_all();
  if (result_.diagnostics.empty()) {
    result_.sources = own_texts(*compilation_);
    if (beside_library) workspace.give_back();
  } else {
    result_.sources = std::move(sources());
  }
  return std::move(result_);
}

/// Loads the files beside the standard library that is checked already. False: not possible, for there is
/// none or types are declared, which count for the standard library too.
bool Slice::load_beside_library(const std::vector<std::string>& files, Workspace& workspace) {
  if (run_.patches != nullptr) return false;
  compilation_ = workspace.take();
  if (compilation_ == nullptr) return false;
  if (run_.project->exists()) sources().replace(FileId{0}, run_.project->path, run_.project_text);
  load(files);
  return std::ranges::none_of(new_modules(), [&](ModuleId id) { return declares_types(graph()[id]); });
}

void Slice::start_anew() {
  own_ = std::make_unique<Compilation>();
  compilation_ = own_.get();
}

void Slice::load(const std::vector<std::string>& files) {
  const Timed timed{run_.request->timings, "parse"};
  extend_modules(graph(), files, fs_, sources(), sink(),
                 run_.project->exists() ? run_.project->root : std::string{});
}

CompiledSlice Slice::compile_and_keep(const std::vector<std::string>& files, SourceMap& sources) {
  keep_ = true;
  start_anew();
  this->sources() = std::move(sources);
  load(files);
  compile_all();
  sources = std::move(this->sources());
  CompiledSlice kept{std::move(result_.diagnostics), std::move(kept_), {}, {}};
  for (auto& stack : result_.stacks)
    std::ranges::move(stack.const_params, std::back_inserter(kept.const_params));
  return kept;
}

void Slice::compile_all() {
  const auto& request = *run_.request;
  note_stacks();
  if (request.dump == Dump::Ast) {
    for (const auto root : graph().roots) result_.dump += dump(*graph()[root].ast);
  } else {
    Timed timed{request.timings, "check"};
    compilation_->checking.run(run_.patches);
    timed.stop();
    find_broken();
    if (request.dump == Dump::Types) {
      for (const auto root : graph().roots) result_.dump += dump_types(program(), root, sources());
    } else {
      for (const auto* environment : run_.environments) evaluate_all(environment);
    }
  }
  result_.diagnostics = sink().take();
  note_environments(result_.diagnostics, ranges_);
  given_.point_to_settings(result_.diagnostics);
  apply_lint_levels(result_.diagnostics, *run_.project, sources());
}

void Slice::note_stacks() {
  for (const auto root : graph().roots) {
    const auto& m = graph()[root];
    if (!m.stack.valid() || m.stack_name.empty()) continue;
    const auto name = m.ast->get_if<ast::StackDecl>(m.stack)->name;
    SliceStack stack{std::string{m.stack_name}, (*m.ast)[name].span, {}};
    for (const auto decl : m.ast->top.decls) {
      const auto* param = m.ast->get_if<ast::ParamDecl>(decl);
      if (param != nullptr && param->is_const) stack.const_params.emplace_back((*m.ast)[decl].name.text);
    }
    result_.stacks.push_back(std::move(stack));
  }
}

void Slice::find_broken() {
  broken_.assign(graph().modules.size(), false);
  for (const auto id : new_modules()) {
    const auto& m = graph()[id];
    const auto is_bad = [&](const auto& edge) { return !edge.second.valid() || broken_[edge.second.value]; };
    broken_[id.value] = m.broken || program()[id].has_errors || std::ranges::any_of(m.uses, is_bad) ||
                        std::ranges::any_of(m.upstreams, is_bad);
  }
}

// ---------------------------------------------------------------- one environment

void Slice::evaluate_all(const Environment* environment) {
  EvaluatedStacks done;
  files_.clear();
  ranges_.push_back({environment != nullptr ? environment->name : std::string{}, sink().all().size()});
  for (const auto id : new_modules()) {
    if (graph()[id].stack.valid() && !broken_[id.value]) evaluate(id, environment, done);
  }
  for (const auto root : graph().roots) {
    for (auto& file : files_[root.value]) result_.files.push_back(std::move(file));
  }
}

void Slice::evaluate(ModuleId id, const Environment* environment, EvaluatedStacks& done) {
  const auto& m = graph()[id];
  const auto* wanted = environment != nullptr ? environment->find(m.stack_name) : nullptr;
  const auto errors_before = sink().error_count();
  const auto settings = given_.settings_of(m, environment, {run_, graph(), sink()});
  Timed timed{run_.request->timings, "evaluate"};
  auto evaluated = eval::evaluate(program(), id, settings, done, sources(), sink());
  if (!evaluated.ok || evaluated.tmpl == nullptr || sink().error_count() != errors_before) return;
  done.add(id, std::move(evaluated.exports));
  if (std::ranges::find(graph().roots, id) == graph().roots.end()) return;
  auto& t = *evaluated.tmpl;
  if (timed.next("lower"); !lower(t)) return;
  timed.next("emit");
  if (run_.request->dump == Dump::Ir) {
    result_.dump += dump_ir(t);
  } else if (keep_) {
    const auto name = environment != nullptr ? environment->name : std::string{};
    auto parameters =
        environment != nullptr ? parameter_values(t, settings, wanted) : std::vector<emit::ParameterValue>{};
    kept_.push_back({name, std::string{m.stack_name}, std::move(evaluated.tmpl), std::move(parameters)});
  } else {
    emit_files(id, t, settings, environment);
  }
}

/// From what evaluation made to what CloudFormation takes; false when it cannot be.
bool Slice::lower(ir::Template& t) {
  const auto errors_before = sink().error_count();
  ir::hoist(t, sink());
  if (sink().error_count() != errors_before) return false;
  ir::name_conditions(t, sink());
  if (sink().error_count() != errors_before) return false;
  const auto graph = ir::add_dependencies(t);
  analysis::analyse(t, graph, sink());
  return sink().error_count() == errors_before;
}

// ---------------------------------------------------------------- output

void Slice::emit_files(ModuleId id, const ir::Template& t, const eval::StackSettings& settings,
                       const Environment* environment) {
  const auto& m = graph()[id];
  const auto* wanted = environment != nullptr ? environment->find(m.stack_name) : nullptr;
  std::vector<emit::ParameterValue> parameters;
  if (environment != nullptr) parameters = parameter_values(t, settings, wanted);
  const auto folder = environment != nullptr ? join_path(run_.out, environment->name) : run_.out;
  const auto path = [&](std::string_view ending) {
    return join_path(folder, fmt::format("{}{}", m.stack_name, ending));
  };
  if (run_.request->permissions != nullptr) {
    auto target = *run_.request->permissions;
    target.stack = std::string{deployed_name(graph()[id], environment)};
    result_.permissions.push_back({path(""), deploy::permissions(t, run_.schema(), target)});
  }
  auto written = template_file(t, folder, m.stack_name, *run_.request);
  analysis::check_body_size(t, written.text.size(), sink());
  if (!run_.request->emit) return;

  auto& files = files_[id.value];
  files.push_back(std::move(written));
  for (const auto& document : t.documents) {
    const auto file = join_path(folder, document.path);
    files.push_back({file, emit::document_json(document), false, 0});
  }
  if (!t.documents.empty()) files.push_back({path(".release.json"), emit::release_json(t), false, 0});
  if (environment != nullptr)
    files.push_back({path(".parameters.json"), emit::parameters_json(parameters), false, 0});
  if (run_.request->source_map) {
    files.push_back({path(".map.json"), emit::source_map_json(t, sources()), false, 0});
  }
}

/// The values that an environment gives, in the order of the template's parameters: those of the project
/// file, and the names of upstream stacks.
std::vector<emit::ParameterValue> Slice::parameter_values(const ir::Template& t,
                                                          const eval::StackSettings& settings,
                                                          const ProjectStack* wanted) {
  std::map<std::string, std::string, std::less<>> given;
  for (const auto& [upstream, name] : settings.upstreams) given[upstream + "StackName"] = name;
  std::vector<std::string_view> names;
  for (const auto& p : t.parameters) names.push_back(p.id);
  for (const auto& setting : wanted != nullptr ? wanted->parameters : std::vector<ProjectSetting>{}) {
    if (std::ranges::find(names, setting.key) == names.end()) {
      const auto close = did_you_mean(setting.key, names);
      auto& d = sink().report(Code::UnknownStackParam, setting.key_span,
                              fmt::format("stack `{}` has no param `{}`", t.stack_name, setting.key),
                              close.empty() ? std::string{} : fmt::format("did you mean `{}`?", close));
      if (!close.empty()) d.fix(setting.key_span, std::string{close});
      continue;
    }
    if (auto value = parameter_value(setting.value)) {
      given[setting.key] = std::move(*value);
    } else {
      sink().report(Code::ProjectValue, setting.value.span,
                    fmt::format("the value of param `{}` has parts, expected a single value or a flat list",
                                setting.key));
    }
  }
  std::vector<emit::ParameterValue> values;
  for (const auto name : names) {
    if (const auto found = given.find(name); found != given.end())
      values.push_back({std::string{name}, found->second});
  }
  return values;
}

}  // namespace

SliceResult compile_slice(const std::vector<std::string>& files, const RunSettings& settings,
                          const FileSystem& fs, Workspace& workspace) {
  return Slice{settings, fs}.compile(files, workspace);
}

CompiledSlice compile_to_templates(const std::vector<std::string>& files, const RunSettings& settings,
                                   const FileSystem& fs, SourceMap& sources) {
  auto slice = std::make_shared<Slice>(settings, fs);
  auto result = slice->compile_and_keep(files, sources);
  result.program = std::move(slice);
  return result;
}

}  // namespace stackc

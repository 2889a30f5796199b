#include <algorithm>

#include "compiler/sema/checker.hpp"

/// What components and functions want of who uses them: told to documentation, after everything is checked.
namespace stackc::sema {

std::vector<StageDemand> ModuleChecker::demands_on(std::uint32_t root) {
  std::vector<StageDemand> demands;
  for (const auto& [node, demand] : stages_.demands_of(root)) {
    std::vector<std::string_view> path = stages_.path_steps(node);
    // The names of some steps live with the stages, which end before what is found out about the program.
    for (std::string_view& step : path) step = types_.keep(step);
    demands.push_back({std::move(path), demand.at_most});
  }
  std::ranges::sort(demands, {}, &StageDemand::path);
  return demands;
}

Interface ModuleChecker::interface_of_component(ast::DeclId id) {
  Interface result;
  for (const ComponentParam& p : component_params(id)) {
    result.demands.push_back(demands_on(param_root(p.decl)));
  }
  for (const ComponentOutput& output : component_outputs(id)) result.results.emplace_back(output.name, output.info.type);
  return result;
}

Interface ModuleChecker::interface_of_function(ast::DeclId id) {
  Interface result;
  const FunctionState& f = check_function(id);
  for (const std::uint32_t root : f.roots) result.demands.push_back(demands_on(root));
  result.results.emplace_back(std::string_view{}, f.result.type);
  return result;
}

void ModuleChecker::note_interfaces() {
  for (const ast::DeclId id : ast_.top.decls) {
    if (ast_.get_if<ast::ComponentDecl>(id) != nullptr) {
      out_.interfaces[id.value] = interface_of_component(id);
    } else if (ast_.get_if<ast::FnDecl>(id) != nullptr) {
      out_.interfaces[id.value] = interface_of_function(id);
    }
  }
}

}  // namespace stackc::sema

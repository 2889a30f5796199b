#include <algorithm>
#include <set>

#include "compiler/base/suggest.hpp"
#include "compiler/base/text.hpp"
#include "compiler/diag/order.hpp"
#include "compiler/diff/diff.hpp"
#include "compiler/driver/commands.hpp"
#include "compiler/driver/diff_side.hpp"
#include "compiler/driver/error_limit.hpp"
#include "compiler/driver/git_tree.hpp"
#include "compiler/driver/log.hpp"
#include "compiler/driver/repository.hpp"
#include "compiler/report/report.hpp"

namespace stackc {

namespace {

class DiffCommand {
 public:
  DiffCommand(const DiffOptions& options, Session& session) : options_(options), session_(session) {}

  int run() {
    const auto old_spec = SideSpec::read(options_.sides[0]);
    const auto new_spec =
        options_.sides.size() > 1 ? SideSpec::read(options_.sides[1]) : SideSpec{"", {}, old_spec.path};
    if (!load(old_spec, old_)) return kUsage;
    const auto first_new_file = static_cast<std::uint32_t>(sources_.size());
    if (!load(new_spec, new_)) return kUsage;
    if (old_.failed || new_.failed) return report_errors();
    if (const auto unknown = check_environment(); unknown != kFine) return unknown;
    if (const auto unknown = check_sets(); unknown != kFine) return unknown;
    tell_apart();
    pair_names();
    compare();

    const std::string new_name = name_of(new_spec);
    const report::Comparison comparison{options_.sides[0], new_name, projects_, sources_, first_new_file};
    const report::FailOn fail_on = options_.fail_on;
    session_.console.out(render(comparison, fail_on));
    if (const auto status = write_refactor(); status != kFine) return status;
    return fail_on.fails(projects_) ? kFindings : kFine;
  }

 private:
  // ---------------------------------------------------------------- the sides

  bool load(const SideSpec& spec, LoadedSide& side) {
    const Timed timed{session_.timings, "load"};
    const SideRequest request{session_.working_folder, options_.environment, options_.sets};
    if (!spec.in_git()) {
      if (!spec.is_standard_input() && !spec.path.empty() && session_.fs.kind(spec.path) == PathKind::Missing) {
        session_.console.error(fmt::format("no such file or folder: `{}`", spec.path),
                               "a side is a template, a stack file, a folder, or `git:REVISION[:PATH]`");
        return false;
      }
      side = load_side(spec, request, session_.fs, sources_);
      return true;
    }
    if (spec.revision.empty()) {
      session_.console.error(fmt::format("`{}` names no revision", spec.text),
                             "for example `git:main:stacks/`");
      return false;
    }
    auto opened = GitTree::open(spec.revision, session_.working_folder);
    if (const auto* error = std::get_if<GitError>(&opened)) {
      session_.console.error(fmt::format("cannot read `{}`: {}", spec.text, error->reason), error->help);
      return false;
    }
    const auto& tree = *std::get<std::unique_ptr<GitTree>>(opened);
    if (!spec.path.empty() && tree.kind(spec.path) == PathKind::Missing) {
      session_.console.error(fmt::format("`{}` has no `{}`", spec.revision, spec.path),
                             help_for_path(tree, spec.path));
      return false;
    }
    side = load_side(spec, request, tree, sources_);
    return true;
  }

  static std::string help_for_path(const GitTree& tree, const std::string& path) {
    const auto from_root = normalize_path(path);
    if (tree.standing().empty() || !tree.has(from_root)) return {};
    return fmt::format("paths start at the current folder; the repository has `{}` at its root", from_root);
  }

  static std::string name_of(const SideSpec& spec) {
    if (!spec.text.empty()) return spec.text;
    return spec.path.empty() ? "the working tree" : spec.path;
  }

  /// Only errors: what else there is to say of a side, `check` says.
  int report_errors() {
    std::vector<Diagnostic> errors;
    for (auto* side : {&old_, &new_}) {
      for (auto& finding : side->diagnostics) {
        if (finding.severity == Severity::Error) errors.push_back(std::move(finding));
      }
    }
    errors = in_order(std::move(errors));
    limit_errors(errors);
    session_.console.report(errors, sources_);
    const std::string_view which =
        old_.failed ? (new_.failed ? "neither side can" : "the old side cannot") : "the new side cannot";
    session_.console.error(fmt::format("nothing was compared: {} be read", which));
    return kUsage;
  }

  // ---------------------------------------------------------------- what is compared with what

  std::vector<std::string_view> environments() const {
    std::vector<std::string_view> names;
    for (const auto* side : {&new_, &old_}) {
      for (const auto& name : side->environments) {
        if (std::ranges::find(names, name) == names.end()) names.emplace_back(name);
      }
    }
    return names;
  }

  int check_environment() {
    if (options_.environment.empty() || !environments().empty()) return kFine;
    std::vector<std::string_view> known;
    for (const auto* side : {&old_, &new_}) {
      for (const auto& name : side->known_environments) {
        if (std::ranges::find(known, name) == known.end()) known.emplace_back(name);
      }
    }
    const auto close = did_you_mean(options_.environment, known);
    session_.console.error(
        fmt::format("neither side has an environment `{}`", options_.environment),
        known.empty()    ? "environments stand in `stackc.yaml` at the root of a project of stack files"
        : close.empty() ? fmt::format("there {} `{}`", known.size() == 1 ? "is" : "are", fmt::join(known, "`, `"))
                        : fmt::format("did you mean `{}`?", close));
    return kUsage;
  }

  int check_sets() {
    std::vector<std::string_view> known;
    for (const auto* side : {&old_, &new_}) known.insert(known.end(), side->const_params.begin(), side->const_params.end());
    for (const auto& [name, value] : options_.sets) {
      if (std::ranges::find(known, name) != known.end()) continue;
      const auto close = did_you_mean(name, known);
      session_.console.error(fmt::format("`--set`: neither side has a const param `{}`", name),
                             close.empty() ? std::string{"only a `const param` at the top of a stack can be set"}
                                           : fmt::format("did you mean `{}`?", close));
      return kUsage;
    }
    return kFine;
  }

  /// Templates of a folder that would be the same stack, `web.json` and `web.yaml`, keep their endings.
  void tell_apart() {
    std::set<std::string> twice;
    for (const auto* side : {&old_, &new_}) {
      std::set<std::string> seen;
      for (const auto& stack : side->stacks) {
        if (!stack.file.empty() && !seen.insert(stack.source_name).second) twice.insert(stack.source_name);
      }
    }
    for (auto* side : {&old_, &new_}) {
      for (auto& stack : side->stacks) {
        if (stack.file.empty() || side->single || !twice.contains(stack.source_name)) continue;
        stack.source_name = stack.file;
        stack.tmpl->stack_name = stack.source_name;
      }
    }
  }

  /// Two files are the same stack whatever they are called, and so are a template and the stack file of its
  /// name.
  void pair_names() {
    if (old_.of_stacks != new_.of_stacks) {
      auto& templates = old_.of_stacks ? new_ : old_;
      const auto& stacks = old_.of_stacks ? old_ : new_;
      for (auto& stack : templates.stacks) read_environment(stack, stacks.known_environments);
      for (auto* side : {&old_, &new_}) {
        for (auto& stack : side->stacks) stack.tmpl->stack_name = stack.source_name;
      }
    }
    if (!old_.single || !new_.single) return;
    const bool keeps_old = new_.nameless && !new_.of_stacks;
    for (auto& stack : old_.stacks) {
      for (auto& other : new_.stacks) {
        const bool same =
            stack.environment.empty() || other.environment.empty() || stack.environment == other.environment;
        if (!same) continue;
        if (keeps_old) {
          other.tmpl->stack_name = stack.tmpl->stack_name;
        } else {
          stack.tmpl->stack_name = other.tmpl->stack_name;
        }
      }
    }
  }

  /// `build` writes the templates of an environment into a folder of its name.
  static void read_environment(SideStack& stack, const std::vector<std::string>& environments) {
    const auto slash = stack.source_name.find('/');
    if (slash == std::string::npos) return;
    auto folder = stack.source_name.substr(0, slash);
    if (std::ranges::find(environments, folder) == environments.end()) return;
    stack.environment = std::move(folder);
    stack.source_name.erase(0, slash + 1);
  }

  /// A side without environments is the same in each.
  static std::vector<diff::Side> stacks_in(const LoadedSide& side, std::string_view environment) {
    std::vector<diff::Side> stacks;
    for (const auto& stack : side.stacks) {
      if (!environment.empty() && !stack.environment.empty() && stack.environment != environment) continue;
      diff::Side one{stack.tmpl.get(), {}, stack.bytes};
      for (const auto& [name, value] : stack.parameters) one.parameters.emplace_back(name, value);
      stacks.push_back(std::move(one));
    }
    return stacks;
  }

  void compare() {
    const Timed timed{session_.timings, "compare"};
    const Log log{session_.verbose};
    auto schema = schema::Schema::aws();
    const auto* patches = new_.patches != nullptr ? new_.patches.get() : old_.patches.get();
    if (patches != nullptr) schema = schema.with(patches->schema());
    auto names = environments();
    if (names.empty()) names.emplace_back();
    for (const auto environment : names) {
      const auto before = stacks_in(old_, environment);
      const auto after = stacks_in(new_, environment);
      log.debug(fmt::format("comparing {} stacks with {}", before.size(), after.size()));
      projects_.push_back(diff::compare_all(before, after, schema));
      projects_.back().environment = environment;
    }
  }

  // ---------------------------------------------------------------- output

  std::string render(const report::Comparison& comparison, const report::FailOn& fail_on) {
    const Timed timed{session_.timings, "render"};
    report::Options options;
    options.colour = session_.console.color_out();
    const auto columns = session_.console.columns_out();
    options.wrap = columns > 0;
    if (columns > 0) options.width = columns;
    options.fail_on = fail_on;
    options.version = compiler_version();
    options.paths = repository_around(session_.fs, session_.working_folder);
    switch (options_.format) {
      case DiffFormat::Text:
        return report::render_text(comparison, options);
      case DiffFormat::Markdown:
        return report::render_markdown(comparison, options);
      case DiffFormat::Json:
        return report::render_json(comparison, options);
      case DiffFormat::Github:
        return report::render_github(comparison, options);
      case DiffFormat::Sarif:
        return report::render_sarif(comparison, options);
    }
    return {};
  }

  int write_refactor() {
    if (options_.refactor.empty()) return kFine;
    if (projects_.size() > 1) {
      session_.console.error("`--refactor` writes the mapping of one environment", "choose it with `--env`");
      return kUsage;
    }
    const auto written = session_.fs.write(options_.refactor, report::refactor_mappings(projects_.front()));
    if (const auto* error = std::get_if<FileError>(&written)) {
      session_.console.error(fmt::format("cannot write `{}`: {}", options_.refactor, error->reason));
      return kUsage;
    }
    return kFine;
  }

  const DiffOptions& options_;
  Session& session_;
  SourceMap sources_;
  LoadedSide old_;
  LoadedSide new_;
  std::vector<diff::ProjectDiff> projects_;
};

}  // namespace

int run_diff(const DiffOptions& options, Session& session) { return DiffCommand{options, session}.run(); }

}  // namespace stackc

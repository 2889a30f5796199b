#include <algorithm>
#include <set>

#include "compiler/base/text.hpp"
#include "compiler/diag/order.hpp"
#include "compiler/doc/markdown.hpp"
#include "compiler/driver/commands.hpp"
#include "compiler/driver/error_limit.hpp"
#include "compiler/driver/inputs.hpp"
#include "compiler/driver/schema_patches.hpp"
#include "compiler/modules/project.hpp"
#include "compiler/modules/standard_library.hpp"
#include "compiler/sema/sema.hpp"

namespace stackc {

namespace {

class Documenting {
 public:
  Documenting(const DocOptions& options, Session& session)
      : options_(options), session_(session), console_(session.console) {}

  int run() {
    if (options_.inputs.empty()) {
      console_.error("`stackc doc` needs a library", "for example `stackc doc lib.stack` or `stackc doc std/network`");
      return kUsage;
    }
    if (options_.compare && options_.out.empty()) {
      console_.error("`--check` compares files, it needs `--out`", "for example `stackc doc lib --out docs --check`");
      return kUsage;
    }
    describe_all();
    if (!result_.failed()) make_pages();
    if (result_.failed()) return tell(kFindings);
    if (options_.out.empty()) return print();
    return options_.compare ? compare() : write();
  }

 private:
  std::vector<std::string> files() {
    std::vector<std::string> list;
    for (const auto& input : options_.inputs) {
      const bool is_there = session_.fs.kind(input) != PathKind::Missing;
      if (input == "std" && !is_there) {
        for (const auto name : standard_library::names()) list.emplace_back(name);
      } else if (standard_library::is_standard(input) && !is_there) {
        list.push_back(input);
      } else {
        std::ranges::copy(expand_inputs({input}, ".stack", session_.fs, sink_), std::back_inserter(list));
      }
    }
    return list;
  }

  void describe_all() {
    const auto list = files();
    Project project;
    const std::string from = list.empty() ? "." : std::string(directory_of(list.front()));
    if (const auto path = find_project_file(session_.fs, from, session_.working_folder)) {
      project = read_project(*path, compiler_version(), session_.fs, result_.sources, sink_);
    }
    const auto patches = read_schema_patches(project, session_.fs, result_.sources, sink_);
    const auto graph = load_modules(list, session_.fs, result_.sources, sink_, project.exists() ? project.root : std::string{});
    const auto program = sema::check(graph, result_.sources, sink_, patches.get());
    if (!sink_.has_errors()) {
      for (const auto root : graph.roots) libraries_.push_back(doc::describe(*program, root));
    }
    result_.diagnostics = in_order(sink_.take());
  }

  void make_pages() {
    std::set<std::string> names;
    const bool standard = std::ranges::all_of(
        libraries_, [](const doc::Library& l) { return standard_library::is_standard(l.name); });
    const auto add = [&](const std::string& name, std::string text) {
      if (!names.insert(name).second) {
        Sink sink;
        sink.report(Code::FileUnwritable, Span{}, fmt::format("two libraries are documented in `{}`", name))
            .help("write their pages to folders of their own");
        for (auto& d : sink.take()) result_.diagnostics.push_back(std::move(d));
      }
      result_.files.push_back({options_.out.empty() ? name : join_path(options_.out, name), std::move(text)});
    };
    for (const auto& library : libraries_) add(doc::page_name(library.name), doc::markdown(library, libraries_));
    if (!options_.out.empty()) {
      add("README.md", doc::markdown_index(standard ? "The standard library" : "Libraries", libraries_));
    }
  }

  int tell(int status) {
    limit_errors(result_.diagnostics);
    console_.report(result_.diagnostics, result_.sources);
    return status;
  }

  int print() {
    for (std::size_t i = 0; i < result_.files.size(); ++i) {
      if (i > 0) console_.out("\n");
      console_.out(result_.files[i].text);
    }
    return tell(kFine);
  }

  int compare() {
    const auto states = compare_files(result_, session_.fs);
    std::size_t different = 0;
    for (std::size_t i = 0; i < states.size(); ++i) {
      if (states[i] == FileState::Unchanged || states[i] == FileState::Failed) continue;
      ++different;
      console_.out(fmt::format("{}\n", result_.files[i].path));
    }
    tell(kFine);
    if (different > 0 && console_.form == DiagnosticForm::Text) {
      console_.error(fmt::format("{} of {} pages are out of date", different, states.size()),
                     "`stackc doc` without `--check` writes them");
    }
    return different > 0 || result_.failed() ? kFindings : kFine;
  }

  int write() {
    const auto states = write_files(result_, session_.fs);
    tell(kFine);
    for (std::size_t i = 0; i < states.size(); ++i) {
      if (states[i] == FileState::Changed) console_.status(fmt::format("wrote {}", result_.files[i].path));
    }
    return result_.failed() ? kFindings : kFine;
  }

  const DocOptions& options_;
  Session& session_;
  Console& console_;
  Sink sink_;
  Result result_;
  std::vector<doc::Library> libraries_;
};

}  // namespace

int run_doc(const DocOptions& options, Session& session) { return Documenting{options, session}.run(); }

}  // namespace stackc

#include "compiler/driver/diff_side.hpp"

#include <algorithm>
#include <iterator>

#include "compiler/base/text.hpp"
#include "compiler/driver/console.hpp"
#include "compiler/driver/inputs.hpp"
#include "compiler/driver/one_text.hpp"
#include "compiler/driver/parameter_file.hpp"
#include "compiler/driver/pipeline.hpp"
#include "compiler/driver/schema_patches.hpp"
#include "compiler/driver/slice.hpp"
#include "compiler/emit/emit.hpp"
#include "compiler/modules/modules.hpp"
#include "compiler/modules/project.hpp"

namespace stackc {

namespace {

class SideLoader {
 public:
  SideLoader(const SideSpec& spec, const SideRequest& request, const FileSystem& fs, SourceMap& sources)
      : spec_(spec), wanted_(request), fs_(fs), sources_(sources) {}

  LoadedSide load() {
    read_project_file();
    const auto files = find_files();
    if (!sink_.has_errors()) read(files);
    std::ranges::move(sink_.take(), std::back_inserter(side_.diagnostics));
    side_.failed = std::ranges::any_of(side_.diagnostics,
                                       [](const Diagnostic& d) { return d.severity == Severity::Error; });
    return std::move(side_);
  }

 private:
  void read_project_file() {
    std::string from = spec_.path.empty() ? "." : spec_.path;
    if (fs().kind(from) != PathKind::Directory) from = std::string{directory_of(from)};
    if (const auto path = find_project_file(fs(), from, wanted_.working_folder)) {
      project_ = read_project(*path, compiler_version(), fs(), sources_, sink_);
    }
    side_.patches = read_schema_patches(project_, fs(), sources_, sink_);
    for (const auto& environment : project_.environments) side_.known_environments.push_back(environment.name);
  }

  void read(const std::vector<InputFile>& files) {
    std::vector<std::string> stack_files;
    for (const auto& file : files) {
      if (!file.is_template) stack_files.push_back(file.path);
    }
    for (const auto& file : files) {
      if (file.is_template) read_template(file);
    }
    if (!stack_files.empty()) compile(stack_files);
    side_.single = files.size() == 1 && files.front().named;
    side_.of_stacks = !stack_files.empty();
  }

  [[nodiscard]] const FileSystem& fs() const { return one_ != nullptr ? *one_ : fs_; }

  /// Of a file whose name does not tell what it is: what it looks like.
  std::vector<InputFile> unnamed_file() {
    auto text = spec_.is_standard_input() ? read_standard_input(kMaxSourceBytes)
                                          : fs_.read(folder_, kMaxSourceBytes);
    const auto name = spec_.is_standard_input() ? std::string{"<stdin>"} : folder_;
    if (const auto* error = std::get_if<FileError>(&text)) {
      report_unreadable(fs_, name, *error, Span{}, sink_);
      return {};
    }
    side_.nameless = spec_.is_standard_input() || fs_.kind(folder_) != PathKind::File;
    auto& read = std::get<std::string>(text);
    const bool is_template = looks_like_template(read);
    one_ = std::make_unique<WithText>(fs_, name, std::move(read));
    return {{name, is_template, true}};
  }

  std::vector<InputFile> find_files() {
    if (spec_.is_standard_input()) return unnamed_file();
    folder_ = normalize_path(spec_.path.empty() ? project_.root : spec_.path);
    const auto kind = fs_.kind(folder_);
    if (kind == PathKind::Missing) {
      report_unreadable(fs_, folder_, FileError{FileError::Kind::NotFound, "no such file or folder"}, Span{},
                        sink_);
      return {};
    }
    Sink found;
    auto files = expand_sources({folder_}, {}, fs_, found);
    if (kind != PathKind::Directory && !files.front().is_template && !folder_.ends_with(".stack")) {
      return unnamed_file();
    }
    for (auto& finding : found.take()) {
      // A side may be empty: everything is new then, or gone.
      if (finding.code != Code::NoStackFiles) sink_.report(finding.code, {}, {}) = std::move(finding);
    }
    return files;
  }

  // ---------------------------------------------------------------- stack files

  void compile(const std::vector<std::string>& files) {
    Request request;
    request.sets = wanted_.sets;
    RunSettings settings;
    settings.request = &request;
    settings.project = &project_;
    settings.patches = side_.patches.get();
    for (const auto& environment : project_.environments) {
      if (!wanted_.environment.empty() && environment.name != wanted_.environment) continue;
      settings.environments.push_back(&environment);
      side_.environments.push_back(environment.name);
    }
    if (project_.environments.empty()) settings.environments.push_back(nullptr);
    for (const auto& [name, text] : wanted_.sets) {
      std::string reason;
      settings.sets.push_back({name, yaml::parse_text(text, reason)});
      if (text.empty()) settings.sets.back().value = {yaml::Kind::Scalar, {}, {}, true, {}, {}};
    }
    auto compiled = compile_to_templates(files, settings, fs(), sources_);
    std::ranges::move(compiled.diagnostics, std::back_inserter(side_.diagnostics));
    side_.program = std::move(compiled.program);
    side_.const_params = std::move(compiled.const_params);
    for (auto& stack : compiled.stacks) {
      SideStack kept{std::move(stack.environment), std::move(stack.source_name), {}, std::move(stack.tmpl), {}, 0};
      kept.bytes = emit::template_json(*kept.tmpl).size();
      for (auto& value : stack.parameters)
        kept.parameters.emplace_back(std::move(value.key), std::move(value.value));
      side_.stacks.push_back(std::move(kept));
    }
  }

  // ---------------------------------------------------------------- templates

  void read_template(const InputFile& file) {
    auto text = fs().read(file.path, kMaxSourceBytes);
    if (const auto* error = std::get_if<FileError>(&text)) {
      report_unreadable(fs(), file.path, *error, Span{}, sink_);
      return;
    }
    const auto id = sources_.add(file.path, std::get<std::string>(std::move(text)));
    Sink reading;
    auto document = cfn::read_document(id, sources_, reading);
    // What else lies in a folder of templates is passed over, but not a template that cannot be read: its stack
    // would seem to be gone.
    const bool is_template = document != nullptr ? cfn::is_template(*document) : names_sections(sources_.text(id));
    if (!file.named && !is_template) return;
    auto tmpl = document != nullptr ? cfn::read_template(*document, reading) : nullptr;
    for (auto& finding : reading.take()) {
      if (finding.severity == Severity::Error) sink_.report(finding.code, {}, {}) = std::move(finding);
    }
    if (tmpl == nullptr) return;
    SideStack stack{{}, name_in_folder(file), path_in_folder(file), std::move(tmpl), {}, sources_.text(id).size()};
    stack.tmpl->stack_name = stack.source_name;
    read_parameters(file.path, stack);
    side_.documents.push_back(std::move(document));
    side_.stacks.push_back(std::move(stack));
  }

  static bool names_sections(std::string_view text) {
    return text.find("Resources") != std::string_view::npos ||
           text.find("AWSTemplateFormatVersion") != std::string_view::npos;
  }

  /// `staging/network` of `generated/staging/network.template.json` in the folder `generated`.
  [[nodiscard]] std::string name_in_folder(const InputFile& file) const {
    const auto name = stack_name_of(file.path);
    if (file.named) return std::string{name};
    const auto below = path_in_folder(file);
    const auto folder = directory_of(below);
    return folder == "." ? std::string{name} : fmt::format("{}/{}", folder, name);
  }

  /// `staging/network.template.json` of the same.
  [[nodiscard]] std::string path_in_folder(const InputFile& file) const {
    std::string_view below{file.path};
    if (folder_ != "." && below.starts_with(folder_ + "/")) below.remove_prefix(folder_.size() + 1);
    return std::string{below};
  }

  /// `network.parameters.json` beside `network.template.json`.
  void read_parameters(const std::string& path, SideStack& stack) {
    const auto file = join_path(directory_of(path), fmt::format("{}.parameters.json", stack_name_of(path)));
    if (fs().kind(file) != PathKind::File) return;
    auto text = fs().read(file, kMaxSourceBytes);
    if (const auto* error = std::get_if<FileError>(&text)) {
      report_unreadable(fs(), file, *error, Span{}, sink_);
      return;
    }
    const auto id = sources_.add(file, std::get<std::string>(std::move(text)));
    stack.parameters = read_parameter_file(id, sources_, sink_);
  }

  const SideSpec& spec_;
  const SideRequest& wanted_;
  const FileSystem& fs_;
  std::unique_ptr<WithText> one_;  // over `fs_`, when the side is one text; null: it is not
  SourceMap& sources_;
  Sink sink_;
  Project project_;
  std::string folder_;
  LoadedSide side_;
};

}  // namespace

SideSpec SideSpec::read(const std::string& text) {
  SideSpec spec{text, {}, {}};
  if (!text.starts_with("git:")) {
    spec.path = text;
    return spec;
  }
  const auto rest = text.substr(4);
  const auto colon = rest.find(':');
  spec.revision = rest.substr(0, colon);
  if (colon != std::string::npos) spec.path = rest.substr(colon + 1);
  return spec;
}

LoadedSide load_side(const SideSpec& spec, const SideRequest& request, const FileSystem& fs,
                     SourceMap& sources) {
  return SideLoader{spec, request, fs, sources}.load();
}

}  // namespace stackc

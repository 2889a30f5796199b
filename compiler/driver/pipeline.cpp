#include "compiler/driver/pipeline.hpp"

#include <algorithm>
#include <atomic>
#include <iterator>
#include <mutex>
#include <optional>
#include <thread>

#include "compiler/base/name_table.hpp"
#include "compiler/base/suggest.hpp"
#include "compiler/base/text.hpp"
#include "compiler/diag/order.hpp"
#include "compiler/driver/inputs.hpp"
#include "compiler/driver/schema_patches.hpp"
#include "compiler/driver/slice.hpp"
#include "compiler/driver/threads.hpp"
#include "compiler/modules/project.hpp"

namespace stackc {

namespace {

/// How many files a thread takes at a time: enough for a second thread to be worth the loading of the standard
/// library, which it does once for all of its slices; few enough to stay in the processor's cache, to bound
/// memory and to keep many threads busy. Results do not depend on the number of threads, as slices do not.
constexpr std::size_t kFewestFilesPerSlice = 32, kMostFilesPerSlice = 64, kSlicesWanted = 100;
/// A slice of large files ends sooner, so that they are shared among threads, too, and fit the cache. Of very many
/// files the sizes even out: nobody asks for each.
constexpr std::uint64_t kBytesPerSlice = std::uint64_t{1} << 15;
constexpr std::size_t kFewestSized = 4, kMostSized = 1000;

class Run {
 public:
  Run(const Request& request, const FileSystem& fs) : request_(request), fs_(fs) {}

  Result compile() {
    read_settings();
    const auto files = sink_.has_errors() ? std::vector<InputFile>{} : expand();
    result_.diagnostics = sink_.take();
    if (!result_.failed()) {
      collect(compile_slices(slices_of(files)));
      report_nothing(files);
      if (!result_.failed()) check_paths();
      if (!result_.failed()) check_names();
    }
    if (result_.failed()) result_.files.clear();
    result_.diagnostics = in_order(std::move(result_.diagnostics));
    return std::move(result_);
  }

 private:
  void read_settings();
  void read_sets();
  void choose_environments();
  std::vector<InputFile> expand();
  [[nodiscard]] std::vector<std::vector<InputFile>> slices_of(const std::vector<InputFile>& files) const;
  [[nodiscard]] SliceResult compile_one(const std::vector<InputFile>& slice, Workspace& workspace) const;
  void settle(std::vector<OutputFile>& files);
  std::vector<SliceResult> compile_slices(const std::vector<std::vector<InputFile>>& slices);
  void report_nothing(const std::vector<InputFile>& files);
  void collect(std::vector<SliceResult> parts);
  void report_duplicates(const SliceStack& first, const SourceMap& first_sources, const SliceStack& second,
                         const SourceMap& second_sources);
  void check_paths();
  void check_names();
  void add(Sink& sink) { std::ranges::move(sink.take(), std::back_inserter(result_.diagnostics)); }

  const Request& request_;
  const FileSystem& fs_;
  Sink sink_;  // for what is found before any file is compiled
  Result result_;
  Project project_;
  std::unique_ptr<schema::OwnedBlob> patches_;
  RunSettings settings_;
  bool whole_project_ = false;
  std::size_t templates_ = 0;
  std::atomic<std::size_t> texts_in_memory_{0};  // bytes
  std::vector<std::string> stack_names_;
  std::vector<std::string> const_params_;
};

// ---------------------------------------------------------------- before compiling

void Run::read_settings() {
  const Timed timed{request_.timings, "settings"};
  std::string from = ".";
  if (!request_.inputs.empty()) {
    const auto& first = request_.inputs.front();
    from = fs_.kind(first) == PathKind::Directory ? first : std::string{directory_of(first)};
  }
  if (const auto path = find_project_file(fs_, from, request_.working_folder)) {
    project_ = read_project(*path, compiler_version(), fs_, result_.sources, sink_);
    if (result_.sources.size() > 0) settings_.project_text = result_.sources.text(FileId{0});
  }
  patches_ = read_schema_patches(project_, fs_, result_.sources, sink_);
  settings_.patches = patches_.get();
  settings_.request = &request_;
  settings_.project = &project_;
  settings_.out =
      request_.out.empty() ? join_path(project_.root, project_.out) : normalize_path(request_.out);
  choose_environments();
  read_sets();
}

void Run::choose_environments() {
  if (request_.environment.empty()) {
    for (const auto& e : project_.environments) settings_.environments.push_back(&e);
    if (settings_.environments.empty()) settings_.environments.push_back(nullptr);
    return;
  }
  if (const auto* wanted = project_.find(request_.environment)) {
    settings_.environments.push_back(wanted);
    return;
  }
  std::vector<std::string_view> names;
  for (const auto& e : project_.environments) names.push_back(e.name);
  const auto close = did_you_mean(request_.environment, names);
  auto& d = sink_.report(Code::UnknownEnvironment, Span{},
                         fmt::format("no environment `{}`", request_.environment));
  if (!project_.exists()) {
    d.help("environments stand in `stackc.yaml` at the root of the project, there is no such file");
  } else if (!close.empty()) {
    d.help(fmt::format("did you mean `{}`?", close));
  } else if (names.empty()) {
    d.help(fmt::format("`{}` has no `environments`", project_.path));
  } else {
    d.help(fmt::format("`{}` has `{}`", project_.path, fmt::join(names, "`, `")));
  }
}

void Run::read_sets() {
  for (const auto& [name, text] : request_.sets) {
    std::string reason;
    SetValue set{name, yaml::parse_text(text, reason)};
    if (!reason.empty()) {
      sink_.report(Code::ProjectValue, Span{},
                   fmt::format("`--set {}={}` is no value: {}", name, text, reason));
    }
    // `--set name=` means the empty string: nothing is written `null`.
    if (text.empty()) set.value = {yaml::Kind::Scalar, {}, {}, true, {}, {}};
    settings_.sets.push_back(std::move(set));
  }
}

std::vector<InputFile> Run::expand() {
  const Timed timed{request_.timings, "find files"};
  auto inputs = request_.inputs;
  if (inputs.empty()) inputs.push_back(project_.root);
  for (const auto& input : inputs)
    whole_project_ = whole_project_ || normalize_path(input) == normalize_path(project_.root);
  auto files = expand_sources(inputs, {settings_.out, request_.threads}, fs_, sink_);
  result_.has_templates = std::ranges::any_of(files, &InputFile::is_template);
  return files;
}

// ---------------------------------------------------------------- compiling

/// Cuts the list where a folder ends if it can: files that need each other mostly stand together.
std::vector<std::vector<InputFile>> Run::slices_of(const std::vector<InputFile>& files) const {
  const auto wanted = std::clamp(files.size() / kSlicesWanted, kFewestFilesPerSlice, kMostFilesPerSlice);
  const bool sized = files.size() >= kFewestSized && files.size() <= kMostSized;
  std::vector<std::vector<InputFile>> slices;
  std::uint64_t bytes = 0;  // in the last slice
  for (const auto& file : files) {
    const auto holds = [&](std::size_t times) {
      return !slices.empty() && (slices.back().size() >= times * wanted || bytes >= times * kBytesPerSlice);
    };
    const bool full = holds(1);
    const bool overfull = holds(2);
    const bool cut = overfull ||
                     (full && directory_of(slices.back().back().path) != directory_of(file.path)) ||
                     (!slices.empty() && slices.back().back().is_template != file.is_template);
    if (slices.empty() || cut) {
      slices.emplace_back();
      bytes = 0;
    }
    slices.back().push_back(file);
    if (sized) bytes += fs_.size(file.path);
  }
  return slices;
}

SliceResult Run::compile_one(const std::vector<InputFile>& slice, Workspace& workspace) const {
  if (slice.front().is_template) return compile_templates(slice, settings_, fs_);
  std::vector<std::string> paths;
  for (const auto& file : slice) paths.push_back(file.path);
  return compile_slice(paths, settings_, fs_, workspace);
}

/// Keeps memory for compiling: beyond a megabyte, texts are settled. Called by several threads.
void Run::settle(std::vector<OutputFile>& files) {
  if (!request_.settle) return;
  for (auto& file : files) {
    if (texts_in_memory_ += file.text.size(); texts_in_memory_ <= kMostTextInMemory) continue;
    file.settled = request_.settle(file);
    if (!file.settled) continue;
    texts_in_memory_ -= file.text.size();
    std::string{}.swap(file.text);  // an assignment would keep the memory
  }
}

std::vector<SliceResult> Run::compile_slices(const std::vector<std::vector<InputFile>>& slices) {
  std::vector<SliceResult> results(slices.size());
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::size_t done = 0;
  const auto take_slices = [&] {
    Workspace workspace{slices.size()};
    for (auto i = next++; i < slices.size(); i = next++) {
      results[i] = compile_one(slices[i], workspace);
      settle(results[i].files);
      if (!request_.progress) continue;
      const std::lock_guard lock{mutex};
      request_.progress(++done, slices.size());
    }
  };
  // The system is asked for its processors only when there is work for more than one.
  const std::size_t wanted = request_.threads > 0 ? request_.threads
                             : slices.size() > 1  ? std::thread::hardware_concurrency()
                                                  : 1;
  in_threads(std::min(wanted, slices.size()), take_slices);
  return results;
}

void Run::collect(std::vector<SliceResult> parts) {
  struct Place {
    std::size_t part, stack;
  };
  NameTable<Place> by_name;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    for (std::size_t k = 0; k < parts[i].stacks.size(); ++k) {
      const auto& stack = parts[i].stacks[k];
      const auto [first, is_new] = by_name.add(stack.name, Place{i, k});
      const auto& [part, index] = *first;
      if (!is_new) report_duplicates(parts[part].stacks[index], parts[part].sources, stack, parts[i].sources);
      stack_names_.push_back(stack.name);
      std::ranges::copy(stack.const_params, std::back_inserter(const_params_));
    }
  }
  std::size_t files = 0;
  for (const auto& part : parts) files += part.files.size();
  result_.files.reserve(files);
  for (auto& part : parts) {
    merge(result_.diagnostics, result_.sources, std::move(part.diagnostics), part.sources);
    std::ranges::move(part.files, std::back_inserter(result_.files));
    std::ranges::move(part.permissions, std::back_inserter(result_.permissions));
    result_.dump += part.dump;
    templates_ += part.templates;
  }
}

/// Files of a folder that are no templates are passed over; all of them may be.
void Run::report_nothing(const std::vector<InputFile>& files) {
  const bool only_candidates =
      std::ranges::all_of(files, [](const InputFile& file) { return file.is_template && !file.named; });
  if (!only_candidates || templates_ > 0 || result_.failed()) return;
  Sink sink;
  sink.report(Code::NoStackFiles, Span{}, "no `.stack` file and no template in what was given");
  add(sink);
}

void Run::report_duplicates(const SliceStack& first, const SourceMap& first_sources, const SliceStack& second,
                            const SourceMap& second_sources) {
  // Merging brings both places into one map.
  std::vector<Diagnostic> both;
  Diagnostic other;
  other.label(first.span, "the first");
  merge(both, result_.sources, {std::move(other)}, first_sources);
  Sink sink;
  sink.report(Code::DuplicateStack, second.span, fmt::format("two stacks are named `{}`", second.name),
              "the second");
  merge(both, result_.sources, sink.take(), second_sources);
  both[1].labels.push_back(std::move(both[0].labels[0]));
  both[1].help("their output would go to the same file: rename one, or compile them in runs of their own");
  result_.diagnostics.push_back(std::move(both[1]));
}

/// Stacks whose documents would go to the same file.
void Run::check_paths() {
  NameTable<bool> paths;
  paths.reserve(result_.files.size());
  Sink sink;
  for (const auto& file : result_.files) {
    if (paths.add(file.path, true).second) continue;
    sink.report(Code::DocumentPath, Span{}, fmt::format("two stacks write `{}`", file.path))
        .help("a document's path is relative to the template's folder: give one of them another");
  }
  add(sink);
}

/// Names in `--set` and in the project file that nothing in the run has.
void Run::check_names() {
  Sink sink;
  const std::vector<std::string_view> params(const_params_.begin(), const_params_.end());
  for (const auto& set : settings_.sets) {
    if (std::ranges::find(params, set.name) != params.end()) continue;
    const auto close = did_you_mean(set.name, params);
    auto& d = sink.report(Code::UnknownConstParam, Span{},
                          fmt::format("`--set`: no stack has a const param `{}`", set.name));
    d.help(close.empty() ? std::string{"only a `const param` at the top of a stack can be set"}
                         : fmt::format("did you mean `{}`?", close));
  }
  const std::vector<std::string_view> stacks(stack_names_.begin(), stack_names_.end());
  if (whole_project_) {
    for (const auto* environment : settings_.environments) {
      if (environment == nullptr) continue;
      for (const auto& stack : environment->stacks) {
        if (std::ranges::find(stacks, stack.source_name) != stacks.end()) continue;
        const auto close = did_you_mean(stack.source_name, stacks);
        auto& d = sink.report(Code::UnknownStack, stack.span,
                              fmt::format("the project has no stack `{}`", stack.source_name),
                              close.empty() ? std::string{} : fmt::format("did you mean `{}`?", close));
        if (!close.empty()) d.fix(stack.span, std::string{close});
      }
    }
  }
  add(sink);
}

}  // namespace

std::string_view compiler_version() { return STACKC_VERSION; }

bool Result::failed() const {
  return std::ranges::any_of(diagnostics, [](const Diagnostic& d) { return d.severity == Severity::Error; });
}

Result compile(const Request& request, const FileSystem& fs) { return Run{request, fs}.compile(); }

}  // namespace stackc

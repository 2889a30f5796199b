#include <algorithm>
#include <thread>

#include "compiler/base/text.hpp"
#include "compiler/driver/commands.hpp"
#include "compiler/driver/depfile.hpp"
#include "compiler/driver/error_limit.hpp"
#include "compiler/driver/log.hpp"
#include "compiler/driver/staging.hpp"

namespace stackc {

namespace {

/// Absolute paths below the working folder are made relative: one file, one name.
std::string relative_to(const std::string& working_folder, const std::string& path) {
  auto normal = normalize_path(path);
  if (normal == working_folder) return ".";
  const auto prefix = working_folder + "/";
  return normal.starts_with(prefix) ? normal.substr(prefix.size()) : normal;
}

/// What becomes of outputs that do not fit in memory: they are compared, or staged.
std::optional<SettledFile> settled(const OutputFile& file, bool compare, const FileSystem& fs, Staging& staging) {
  if (compare) {
    const auto state = compare_file(file, fs);
    return state == FileState::Failed ? std::nullopt : std::optional(SettledFile{state, {}});
  }
  auto staged = staging.stage(file.path, file.text);
  if (!staged) return std::nullopt;
  const auto state = staged->temporary.empty() ? FileState::Unchanged : FileState::Changed;
  return SettledFile{state, std::move(*staged)};
}

Request request_of(const CompileOptions& options, Session& session, const Log& log) {
  Request request;
  request.working_folder = session.working_folder;
  for (const auto& input : options.inputs)
    request.inputs.push_back(relative_to(session.working_folder, input));
  request.environment = options.environment;
  request.sets = options.sets;
  request.out = options.out == "-" ? std::string{} : options.out;
  request.emit = options.emit;
  request.format = options.format;
  request.source_map = options.source_map;
  request.dump = options.dump;
  request.threads = options.jobs;
  request.timings = session.timings;
  request.progress = [&](std::size_t done, std::size_t total) {
    log.debug(fmt::format("part {} of {} compiled", done, total));
    if (total > 1)
      session.console.progress(done < total ? fmt::format("compiling: {} %", done * 100 / total) : "");
  };
  return request;
}

/// `--out -`: the one template of the run.
int print_template(const Result& result, Session& session) {
  const auto templates = std::ranges::count_if(result.files, &OutputFile::is_template);
  if (templates != 1) {
    session.console.error(fmt::format("`--out -` writes one template, this run has {}", templates),
                          templates == 0
                              ? "name a file with a `stack` declaration"
                              : "name one stack file, and with several environments one with `--env`");
    return kUsage;
  }
  session.console.out(std::ranges::find_if(result.files, &OutputFile::is_template)->text);
  return kFine;
}

int compare(Result& result, Session& session) {
  const auto states = [&] {
    const Timed timed{session.timings, "compare"};
    return compare_files(result, session.fs);
  }();
  std::size_t different = 0;
  for (std::size_t i = 0; i < states.size(); ++i) {
    if (states[i] == FileState::Unchanged || states[i] == FileState::Failed) continue;
    ++different;
    session.console.out(fmt::format("{}\n", result.files[i].path));
  }
  session.console.report(result.diagnostics, result.sources);
  if (different > 0 && session.console.form == DiagnosticForm::Text) {
    session.console.error(fmt::format("{} of {} files differ from what is on disk", different, states.size()),
                          "`stackc build` brings them up to date");
  }
  return different > 0 || result.failed() ? kFindings : kFine;
}

/// Beyond this many templates a terminal gets a sum instead of a line each.
constexpr std::size_t kMostLines = 20;

void tell_written(const Result& result, const std::vector<FileState>& states, Session& session) {
  std::size_t templates = 0;
  std::size_t changed = 0;
  for (std::size_t i = 0; i < states.size(); ++i) {
    templates += result.files[i].is_template ? 1 : 0;
    changed += states[i] == FileState::Changed ? 1 : 0;
  }
  if (templates > kMostLines) {
    session.console.status(fmt::format("{} templates; {} of {} files written, the others are unchanged",
                                       templates, changed, states.size()));
    return;
  }
  for (std::size_t i = 0; i < states.size(); ++i) {
    const auto& file = result.files[i];
    if (states[i] == FileState::Failed) continue;
    const auto* verb = states[i] == FileState::Changed ? "wrote" : "unchanged";
    if (file.is_template) {
      session.console.status(fmt::format("{} {} ({} resource{})", verb, file.path, file.resources,
                                         file.resources == 1 ? "" : "s"));
    } else if (states[i] == FileState::Changed) {
      session.console.status(fmt::format("{} {}", verb, file.path));
    }
  }
}

/// `wanted`: threads, 0: one a processor.
int write(Result& result, std::size_t wanted, Session& session, const Log& log) {
  const auto states = [&] {
    const Timed timed{session.timings, "write"};
    // One file is written before the system has said how many processors there are.
    const bool alone = wanted > 0 || result.files.size() < kFilesPerThread;
    return write_files(result, session.fs, alone ? wanted : std::thread::hardware_concurrency());
  }();
  session.console.report(result.diagnostics, result.sources);
  for (std::size_t i = 0; i < states.size(); ++i) {
    log.debug(fmt::format("{}: {} bytes, {}", result.files[i].path, result.files[i].size,
                          states[i] == FileState::Changed ? "written" : "not touched"));
  }
  tell_written(result, states, session);
  return result.failed() ? kFindings : kFine;
}

/// Writes what `--depfile` asks for; false when that cannot be.
bool write_depfile(const CompileOptions& options, const RecordingFileSystem& recorded,
                   std::vector<std::string> targets, Session& session) {
  auto written = targets;
  written.push_back(options.depfile);
  if (!options.depfile_target.empty()) targets = {options.depfile_target};
  const auto text = depfile_text(targets, depfile_inputs(recorded, written));
  const auto done = session.fs.write(options.depfile, text);
  const auto* error = std::get_if<FileError>(&done);
  if (error != nullptr) {
    session.console.error(fmt::format("cannot write `{}`: {}", options.depfile, error->reason));
  }
  return error == nullptr;
}

int finish_compile(const CompileOptions& options, Result& result, Session& session, const Log& log) {
  if (options.dump != Dump::None) session.console.out(result.dump);
  const bool only_findings = result.failed() || !options.emit || options.dump != Dump::None;
  if (!only_findings && options.compare) return compare(result, session);
  if (!only_findings && options.out != "-") return write(result, options.jobs, session, log);
  session.console.report(result.diagnostics, result.sources);
  if (result.failed()) return kFindings;
  return only_findings ? static_cast<int>(kFine) : print_template(result, session);
}

}  // namespace

int run_compile(const CompileOptions& options, Session& session) {
  const Log log{session.verbose};
  log.debug("compiling");
  RecordingFileSystem recorded{session.fs};
  FileSystem& fs = options.depfile.empty() ? session.fs : recorded;
  auto request = request_of(options, session, log);
  Staging staging{session.fs};  // outputs are no inputs: nothing of them is recorded
  if (options.out != "-") {
    request.settle = [&](const OutputFile& file) { return settled(file, options.compare, session.fs, staging); };
  }
  auto result = compile(request, fs);
  limit_errors(result.diagnostics);
  log.debug(fmt::format("{} files of output, {} findings", result.files.size(), result.diagnostics.size()));
  std::vector<std::string> outputs;
  if (!options.depfile.empty()) {
    for (const auto& file : result.files) outputs.push_back(file.path);
  }
  const int status = finish_compile(options, result, session, log);
  if (status == kFine) staging.done();
  if (status == kFine && !options.depfile.empty() &&
      !write_depfile(options, recorded, std::move(outputs), session)) {
    return kFindings;
  }
  return status;
}

}  // namespace stackc

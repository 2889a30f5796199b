#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/driver/build_record.hpp"
#include "compiler/driver/commands.hpp"
#include "compiler/driver/depfile.hpp"
#include "compiler/driver/error_limit.hpp"
#include "compiler/driver/log.hpp"
#include "compiler/driver/recording.hpp"
#include "compiler/driver/staging.hpp"
#include "compiler/driver/threads.hpp"

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
std::optional<SettledFile> settled(const OutputFile& file, bool compare, const FileSystem& fs,
                                   Staging& staging) {
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

void tell_written(const std::vector<OutputFile>& files, const std::vector<FileState>& states,
                  Session& session) {
  std::size_t templates = 0;
  std::size_t changed = 0;
  for (std::size_t i = 0; i < states.size(); ++i) {
    templates += files[i].is_template ? 1 : 0;
    changed += states[i] == FileState::Changed ? 1 : 0;
  }
  if (templates > kMostLines) {
    session.console.status(fmt::format("{} templates; {} of {} files written, the others are unchanged",
                                       templates, changed, states.size()));
    return;
  }
  for (std::size_t i = 0; i < states.size(); ++i) {
    const auto& file = files[i];
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
int write(Result& result, std::size_t wanted, Staging& staging, Session& session, const Log& log) {
  const auto states = [&] {
    const Timed timed{session.timings, "write"};
    staging.place_folders(result.files);
    return write_files(result, session.fs, threads_for(result.files.size(), wanted));
  }();
  session.console.report(result.diagnostics, result.sources);
  for (std::size_t i = 0; session.verbose && i < states.size(); ++i) {
    log.debug(fmt::format("{}: {} bytes, {}", result.files[i].path, result.files[i].size,
                          states[i] == FileState::Changed ? "written" : "not touched"));
  }
  tell_written(result.files, states, session);
  return result.failed() ? kFindings : kFine;
}

/// The record of a million stacks is less.
constexpr std::uint64_t kMostRecord = std::uint64_t{1} << 29;

/// What `--depfile` asks for.
OutputFile depfile_of(const CompileOptions& options, const Answers& answers,
                      const std::vector<OutputFile>& files) {
  std::vector<std::string> targets;
  for (const auto& file : files) targets.push_back(file.path);
  auto written = targets;
  written.push_back(options.depfile);
  if (!options.depfile_target.empty()) targets = {options.depfile_target};
  return {options.depfile, depfile_text(targets, depfile_inputs(answers, written))};
}

/// What is in the file of `--incremental`, empty when it is not there. Nothing when it is something else than
/// a record: a name that was forgotten must not cost a stack its source.
std::optional<std::string> read_record(const CompileOptions& options, Session& session) {
  // A pipe would be waited for, and a device, `/dev/null` for one, remembers nothing.
  if (session.fs.kind(options.incremental) == PathKind::Other) return std::string{};
  auto text = session.fs.read(options.incremental, kMostRecord);
  const auto* const error = std::get_if<FileError>(&text);
  if (error != nullptr && error->kind != FileError::Kind::TooLarge) return std::string{};
  if (error == nullptr && BuildRecord::may_replace(std::get<std::string>(text)))
    return std::get<std::string>(text);
  session.console.error(
      fmt::format("`{}` is no record of a run, and `--incremental` would overwrite it", options.incremental),
      "name a file that is not there yet: `--incremental .stackc-record`");
  return std::nullopt;
}

/// Whether this run would find and write what one before it did, by its record in `text`; what there is to
/// say is said then.
bool is_up_to_date(const CompileOptions& options, std::string_view text, const Fingerprint& run,
                   Session& session, const Log& log) {
  const Timed timed{session.timings, "compare with record"};
  const auto record = BuildRecord::read(text, run);
  if (!record) {
    log.debug(fmt::format("`{}` is no record of a run like this one", options.incremental));
    return false;
  }
  const auto threads = threads_for(record->entries().size(), options.jobs);
  if (const auto changed = record->find_change(options.incremental, session.fs, threads)) {
    log.debug(fmt::format("`{}` has changed since the run in `{}`", *changed, options.incremental));
    return false;
  }
  log.debug(fmt::format("{} answers of files and folders are as recorded", record->entries().size()));
  session.console.report({}, {});
  const auto files = record->outputs();
  if (!options.compare) tell_written(files, std::vector(files.size(), FileState::Unchanged), session);
  return true;
}

/// Writes a file that an option names; false when that cannot be.
bool write_named(const std::string& path, std::string_view text, Session& session) {
  const auto done = session.fs.write(path, text);
  const auto* error = std::get_if<FileError>(&done);
  if (error != nullptr) session.console.error(fmt::format("cannot write `{}`: {}", path, error->reason));
  return error == nullptr;
}

/// The files beside the output of a run in which all was well: `--depfile`, `--incremental`.
bool write_traces(const CompileOptions& options, const Answers& answers, const Result& result,
                  RecordedRun* run, Session& session) {
  if (!options.depfile.empty()) {
    const auto depfile = depfile_of(options, answers, result.files);
    if (!write_named(depfile.path, depfile.text, session)) return false;
    if (run != nullptr) run->add(depfile);
  }
  if (run == nullptr || !result.diagnostics.empty()) return true;  // what it said is to be said again
  const auto record = run->text(answers, result.has_templates);
  return !record || write_named(options.incremental, *record, session);
}

int finish_compile(const CompileOptions& options, Result& result, Staging& staging, Session& session,
                   const Log& log) {
  if (options.dump != Dump::None) session.console.out(result.dump);
  const bool only_findings = result.failed() || !options.emit || options.dump != Dump::None;
  if (!only_findings && options.compare) return compare(result, session);
  if (!only_findings && options.out != "-") return write(result, options.jobs, staging, session, log);
  session.console.report(result.diagnostics, result.sources);
  if (result.failed()) return kFindings;
  return only_findings ? static_cast<int>(kFine) : print_template(result, session);
}

}  // namespace

int run_compile(const CompileOptions& options, Session& session) {
  const Log log{session.verbose};
  std::optional<RecordedRun> run;
  if (!options.incremental.empty()) {
    const auto text = read_record(options, session);
    if (!text) return kUsage;
    if (const auto which = run_fingerprint(options, session.working_folder)) {
      if (is_up_to_date(options, *text, *which, session, log)) return kFine;
      run.emplace(options.incremental, *which);
    }
  }
  log.debug("compiling");
  RecordingFileSystem recorded{session.fs};
  FileSystem& fs = options.depfile.empty() && !run ? session.fs : recorded;
  auto request = request_of(options, session, log);
  Staging staging{session.fs};  // outputs are no inputs: nothing of them is recorded
  if (options.out != "-") {
    request.settle = [&](const OutputFile& file) {
      if (run) run->add(file);
      return settled(file, options.compare, session.fs, staging);
    };
  }
  auto result = compile(request, fs);
  limit_errors(result.diagnostics);
  log.debug(fmt::format("{} files of output, {} findings", result.files.size(), result.diagnostics.size()));
  for (const auto& file : result.files) {
    if (run && !file.settled) run->add(file);
  }
  const int status = finish_compile(options, result, staging, session, log);
  if (status != kFine) return status;
  staging.done();
  const bool traced = write_traces(options, recorded.answers(), result, run ? &*run : nullptr, session);
  return traced ? kFine : kFindings;
}

}  // namespace stackc

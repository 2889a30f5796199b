#include <algorithm>
#include <numeric>
#include <set>

#include "compiler/analysis/analysis.hpp"
#include "compiler/base/text.hpp"
#include "compiler/diag/order.hpp"
#include "compiler/driver/commands.hpp"
#include "compiler/driver/import_project.hpp"
#include "compiler/driver/inputs.hpp"
#include "compiler/driver/log.hpp"
#include "compiler/driver/round_trip.hpp"
#include "compiler/import/import.hpp"
#include "compiler/modules/modules.hpp"

namespace stackc {

namespace {

/// Far more than a template that CloudFormation takes.
constexpr std::uint64_t kMaxTemplateBytes = 16 << 20;

constexpr std::string_view kEndings[] = {".template.json", ".template.yaml", ".template.yml", ".template",
                                         ".json",          ".yaml",          ".yml"};

std::string_view file_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

/// `net/vpc.template.json` -> `net/vpc`.
std::string_view without_ending(std::string_view path) {
  for (const std::string_view ending : kEndings) {
    if (path.size() > ending.size() && path.ends_with(ending))
      return path.substr(0, path.size() - ending.size());
  }
  return path;
}

bool has_template_ending(std::string_view path) {
  return std::any_of(std::begin(kEndings), std::end(kEndings),
                     [&](std::string_view e) { return path.ends_with(e); });
}

/// The name of a stack: letters, digits and `-`, starting with a letter, at most 128 characters.
std::string stack_name_of(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool fits = letter || (c >= '0' && c <= '9' && !out.empty());
    if (fits)
      out += c;
    else if (!out.empty() && out.back() != '-')
      out += '-';
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  constexpr std::size_t kLongest = 128;
  if (out.size() > kLongest) out.resize(kLongest);
  return out.empty() ? "stack" : out;
}

/// One template of the run.
struct Job {
  std::string path;
  std::string output;  // where its source goes; empty: standard output
  std::string stack;   // its name
};

class Import {
 public:
  Import(const ImportOptions& options, Session& session)
      : options_(options), session_(session), console_(session.console) {}

  int run() {
    if (options_.inputs.empty()) {
      console_.error("`stackc import` needs a template", "for example `stackc import vpc.yaml`");
      return kUsage;
    }
    plan();
    if (const int status = usage(); status != kFine) return status;
    for (const Job& job : jobs_) read(job);
    for (const std::size_t i : order()) import(templates_[i]);
    console_.report(in_order(sink_.take()), sources_);
    return failed_ ? kFindings : kFine;
  }

 private:
  // ---------------------------------------------------------------- what goes where

  void plan() {
    for (const std::string& input : options_.inputs) {
      const std::string path = normalize_path(input);
      if (session_.fs.kind(path) == PathKind::Directory) {
        folders_ = true;
        walk(path, path);
      } else {
        add(path, std::string(directory_of(path)));
      }
    }
  }

  void walk(const std::string& folder, const std::string& root) {
    const auto listed = session_.fs.list(folder);
    const auto* entries = std::get_if<std::vector<FolderEntry>>(&listed);
    if (entries == nullptr) return;
    for (const auto& [name, kind] : *entries) {
      if (name.starts_with('.') || name == "node_modules") continue;
      const std::string path = join_path(folder, name);
      if (kind == PathKind::Directory) walk(path, root);
      if (kind == PathKind::File && has_template_ending(path)) add(path, root);
    }
  }

  /// `root`: the part of the path that `-o FOLDER` stands for.
  void add(const std::string& path, const std::string& root) {
    std::string below = root == "." || !path.starts_with(root + "/") ? path : path.substr(root.size() + 1);
    jobs_.push_back({path, std::string(without_ending(below)), {}});
    roots_.push_back(root);
  }

  /// Settles the output of every job; a status other than fine ends the command.
  int usage() {
    const bool many = jobs_.size() > 1 || folders_;
    if (options_.out == "-" && many) {
      console_.error("`-o -` prints the source of one template",
                     "name one template, or a folder: `-o stacks/`");
      return kUsage;
    }
    if (folders_ && options_.out.empty()) {
      console_.error("a folder is imported as a project", "say where it goes: `-o FOLDER`");
      return kUsage;
    }
    const bool into_folder =
        many || options_.out.ends_with('/') || session_.fs.kind(options_.out) == PathKind::Directory;
    std::set<std::string> outputs, stacks;
    for (std::size_t i = 0; i < jobs_.size(); ++i) {
      Job& job = jobs_[i];
      const std::string below = job.output;
      job.output = distinct(below, job.path, outputs) + ".stack";
      job.stack = stack_name_of(file_name(below));
      if (!stacks.insert(job.stack).second) {
        job.stack = stack_name_of(job.output.substr(0, job.output.size() - 6));
        for (int n = 2; !stacks.insert(job.stack).second; ++n)
          job.stack = stack_name_of(fmt::format("{}-{}", below, n));
      }
      if (options_.out == "-")
        job.output.clear();
      else if (options_.out.empty())
        job.output = join_path(roots_[i], job.output);
      else
        job.output = into_folder ? join_path(options_.out, job.output) : normalize_path(options_.out);
    }
    return existing();
  }

  /// `vpc`, or `vpc-json` when another template is called that already.
  static std::string distinct(const std::string& below, const std::string& path,
                              std::set<std::string>& taken) {
    if (taken.insert(below).second) return below;
    std::string name = fmt::format("{}-{}", below, path.substr(path.rfind('.') + 1));
    for (int n = 2; !taken.insert(name).second; ++n) name = fmt::format("{}-{}", below, n);
    return name;
  }

  int existing() {
    if (options_.force) return kFine;
    for (const Job& job : jobs_) {
      if (job.output.empty() || session_.fs.kind(job.output) == PathKind::Missing) continue;
      console_.error(fmt::format("`{}` is there already, nothing was written", job.output),
                     "`--force` overwrites it, `-o` writes to another place");
      return kFindings;
    }
    return kFine;
  }

  // ---------------------------------------------------------------- one template

  /// A template that was read, and is none of the wrong ones.
  struct Read {
    const Job* job;
    std::unique_ptr<cfn::Document> document;
    std::unique_ptr<ir::Template> tmpl;
    Sink sink;
    cfn::SourceOptions options;
  };

  void read(const Job& job) {
    const Timed timed{session_.timings, "read"};
    auto text = session_.fs.read(job.path, kMaxTemplateBytes);
    if (const auto* error = std::get_if<FileError>(&text)) {
      report_unreadable(session_.fs, job.path, *error, Span{}, sink_);
      failed_ = true;
      return;
    }
    const FileId file = sources_.add(job.path, std::move(std::get<std::string>(text)));
    Read read{&job, nullptr, nullptr, {}, {}};
    read.document = cfn::read_document(file, sources_, read.sink);
    // What else lies in a folder of templates is passed over.
    const bool named =
        std::find(options_.inputs.begin(), options_.inputs.end(), job.path) != options_.inputs.end();
    if (folders_ && !named && (read.document == nullptr || !cfn::is_template(*read.document))) return;
    if (read.document != nullptr) cfn::definition_to_template(*read.document, read.sink);
    if (read.document != nullptr) read.tmpl = cfn::read_template(*read.document, read.sink);
    if (read.tmpl != nullptr) analysis::analyse(*read.tmpl, read.sink);
    if (read.tmpl == nullptr || read.sink.has_errors()) return reject(read.sink);
    read.options.stack_name = job.stack;
    templates_.push_back(std::move(read));
  }

  /// Those that export first; in a folder, stacks know what they import from each other.
  std::vector<std::size_t> order() {
    std::vector<std::size_t> all(templates_.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    if (!folders_) return all;
    std::vector<ProjectTemplate> project;
    for (Read& r : templates_) project.push_back({r.job->output, r.tmpl.get(), &r.options});
    return connect(project);
  }

  void import(Read& read) {
    const Job& job = *read.job;
    const std::string path = job.output.empty() ? "template.stack" : job.output;
    const RoundTrip result = [&] {
      const Timed timed{session_.timings, "import"};
      return round_trip(*read.tmpl, *read.document, read.options, path, around_);
    }();
    const Log log{session_.verbose};
    for (const std::string& line : result.history) log.debug(line);
    if (result.text.empty()) {
      analysis::check_template(*read.tmpl, schema::Schema::aws(), read.sink);
      if (read.sink.has_errors()) return reject(read.sink);
      return resists(job, result);
    }
    if (folders_) around_.files[path] = result.text;
    write(job, result);
    tell(job, *read.document, result);
  }

  /// The template is wrong, and says so itself.
  void reject(Sink& sink) {
    failed_ = true;
    for (Diagnostic& d : sink.take()) add_finding(std::move(d));
  }

  void add_finding(Diagnostic d) {
    if (d.severity != Severity::Error) return;
    Diagnostic& kept = sink_.report(d.code, Span{}, {});
    kept = std::move(d);
  }

  void resists(const Job& job, const RoundTrip& result) {
    failed_ = true;
    console_.error(
        fmt::format("`{}` cannot be written as stack source exactly, nothing was written", job.path),
        "this is a gap in stackc: please report it with the template");
    constexpr std::size_t kMost = 10;
    for (std::size_t i = 0; i < std::min(kMost, result.differs.size()); ++i) {
      console_.message(fmt::format("  {} differs\n", result.differs[i]));
    }
    for (std::size_t i = 0; i < std::min(kMost, result.errors.size()); ++i) {
      console_.message(fmt::format("  {}\n", result.errors[i].message));
    }
  }

  void write(const Job& job, const RoundTrip& result) {
    if (job.output.empty()) return console_.out(result.text);
    const auto written = session_.fs.write(job.output, result.text);
    if (const auto* error = std::get_if<FileError>(&written)) {
      failed_ = true;
      sink_.report(Code::FileUnwritable, Span{},
                   fmt::format("cannot write `{}`: {}", job.output, error->reason));
    } else {
      console_.status(fmt::format("wrote {}", job.output));
    }
  }

  /// What is not as a person would write it: a line for each piece that stands as it was given.
  void tell(const Job& job, const cfn::Document& document, const RoundTrip& result) {
    if (console_.form != DiagnosticForm::Text) return;
    std::size_t exact = 0;
    for (const RoundTrip::Piece& piece : result.pieces) {
      if (piece.faith != cfn::Faith::Raw) {
        ++exact;
        continue;
      }
      const Span place = place_of(document, piece.pointer);
      const Position at = place.valid() ? sources_.position(place.file, place.begin) : Position{1, 1};
      console_.message(
          fmt::format("{}:{}:{}: kept as it is: {}\n", job.path, at.line, at.column, piece.pointer));
    }
    const std::size_t raw = result.pieces.size() - exact;
    console_.message(
        fmt::format("{}: {} of {} pieces are idiomatic, {} say the function by its name, {} as they are\n",
                    job.path, result.values - exact - raw, result.values, exact, raw));
  }

  const ImportOptions& options_;
  Session& session_;
  Console& console_;
  SourceMap sources_;
  Sink sink_;
  std::vector<Job> jobs_;
  std::vector<std::string> roots_;
  std::vector<Read> templates_;
  MemoryFileSystem around_;  // the stacks of the project that are written already
  bool folders_ = false;
  bool failed_ = false;
};

}  // namespace

int run_import(const ImportOptions& options, Session& session) { return Import{options, session}.run(); }

}  // namespace stackc

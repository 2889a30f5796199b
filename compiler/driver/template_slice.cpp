#include <algorithm>
#include <iterator>

#include "compiler/analysis/analysis.hpp"
#include "compiler/base/text.hpp"
#include "compiler/diag/order.hpp"
#include "compiler/driver/dump.hpp"
#include "compiler/driver/lints.hpp"
#include "compiler/driver/slice.hpp"
#include "compiler/emit/emit.hpp"
#include "compiler/import/import.hpp"
#include "compiler/modules/modules.hpp"

namespace stackc {

namespace {

constexpr std::size_t kMostErrors = 200;

/// Is a text that could not be read meant as a template? What else lies in a folder is not ours.
bool looks_like_template(std::string_view text) {
  const auto has = [&](std::string_view word) { return text.find(word) != std::string_view::npos; };
  return has("AWSTemplateFormatVersion") || (has("Resources") && has("AWS::"));
}

/// One template at a time: its text, its tree and its findings.
class TemplateSlice {
 public:
  TemplateSlice(const RunSettings& settings, const FileSystem& fs) : run_(settings), fs_(fs) {}

  SliceResult compile(const std::vector<InputFile>& files) {
    for (const auto& file : files) compile_file(file);
    return std::move(result_);
  }

 private:
  void compile_file(const InputFile& file) {
    SourceMap sources;
    Sink sink;
    auto text = fs_.read(file.path, kMaxSourceBytes);
    if (const auto* error = std::get_if<FileError>(&text)) {
      report_unreadable(fs_, file.path, *error, Span{}, sink);
    } else {
      const auto id = sources.add(file.path, std::get<std::string>(std::move(text)));
      read(file, id, sources, sink);
    }
    auto findings = sink.take();
    shorten(findings);
    apply_lint_levels(findings, *run_.project, sources);
    merge(result_.diagnostics, result_.sources, std::move(findings), sources);
  }

  /// A template with more errors than anybody reads is a wrong file, or a hostile one.
  static void shorten(std::vector<Diagnostic>& findings) {
    std::size_t errors = 0;
    Sink sink;
    const auto is_too_many = [&](const Diagnostic& finding) {
      if (finding.severity != Severity::Error || ++errors <= kMostErrors) return false;
      if (errors == kMostErrors + 1 && !finding.labels.empty()) {
        sink.report(Code::TooManyErrors, finding.labels[0].span,
                    fmt::format("more than {} errors, the rest is not shown", kMostErrors));
      }
      return true;
    };
    std::erase_if(findings, is_too_many);
    std::ranges::move(sink.take(), std::back_inserter(findings));
  }

  void read(const InputFile& file, FileId id, const SourceMap& sources, Sink& sink) {
    const Timed timed{run_.request->timings, "template"};
    Sink reading;
    const auto document = cfn::read_document(id, sources, reading);
    const bool is_meant =
        document != nullptr ? cfn::is_template(*document) : looks_like_template(sources.text(id));
    if (!file.named && !is_meant) return;
    ++result_.templates;
    const auto t = document != nullptr ? cfn::read_template(*document, reading) : nullptr;
    if (t != nullptr) {
      t->stack_name = stack_name_of(file.path);
      check(*t, sources, reading);
      if (!reading.has_errors()) finish(*t, sources);
    }
    move_into(sink, reading);
  }

  static void move_into(Sink& to, Sink& from) {
    for (auto& finding : from.take()) to.report(finding.code, {}, {}) = std::move(finding);
  }

  void check(const ir::Template& t, const SourceMap& sources, Sink& sink) const {
    analysis::check_body_size(t, sources.text(t.file).size(), sink);
    if (sink.has_errors()) return;  // CloudFormation does not look inside either, and what is inside has no bound
    analysis::analyse(t, sink);
    analysis::check_template(t, run_.schema(), sink);
  }

  void finish(const ir::Template& t, const SourceMap& sources) {
    const auto& request = *run_.request;
    if (request.dump == Dump::Ir) result_.dump += dump_ir(t);
    if (request.permissions != nullptr) {
      auto target = *request.permissions;
      target.stack = t.stack_name;
      result_.permissions.push_back({join_path(run_.out, t.stack_name), deploy::permissions(t, run_.schema(), target)});
    }
    if (request.dump != Dump::None || !request.emit) return;
    // Two files of one name would be written to the same place, which is told with both.
    const auto kept =
        result_.sources.add(std::string{sources.path(t.file)}, std::string{sources.text(t.file)});
    result_.stacks.push_back({t.stack_name, Span{kept, 0, 0}, {}});
    result_.files.push_back(template_file(t, run_.out, t.stack_name, request));
    if (request.source_map) {
      result_.files.push_back(
          {join_path(run_.out, t.stack_name + ".map.json"), emit::source_map_json(t, sources), false, 0});
    }
  }

  const RunSettings& run_;
  const FileSystem& fs_;
  SliceResult result_;
};

}  // namespace

SliceResult compile_templates(const std::vector<InputFile>& files, const RunSettings& settings,
                              const FileSystem& fs) {
  return TemplateSlice{settings, fs}.compile(files);
}

}  // namespace stackc

#include "compiler/driver/round_trip.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>

#include "compiler/base/text.hpp"
#include "compiler/driver/pipeline.hpp"
#include "compiler/parse/parse.hpp"
#include "compiler/schema/schema.hpp"
#include "compiler/syntax/format.hpp"

namespace stackc {

using cfn::Faith;

namespace {

/// Each round writes at least one piece less freely, and pieces are few steps from `Raw` and few levels from
/// an entry of a section.
constexpr int kMostRounds = 40;

enum class Cause : std::uint8_t { Error, Difference };

std::string_view parent_of(std::string_view pointer) {
  const std::size_t at = pointer.rfind('/');
  return at == std::string_view::npos ? std::string_view() : pointer.substr(0, at);
}

std::size_t depth_of(std::string_view pointer) {
  return static_cast<std::size_t>(std::count(pointer.begin(), pointer.end(), '/'));
}

/// `/Resources/Db/DependsOn` of `/Resources/Db/DependsOn/0`.
std::string_view first_parts(std::string_view pointer, std::size_t count) {
  std::size_t at = 0;
  for (std::size_t i = 0; i <= count; ++i) {
    at = pointer.find('/', i == 0 ? 0 : at + 1);
    if (at == std::string_view::npos) return pointer;
  }
  return pointer.substr(0, at);
}

bool has_declarations(std::string_view pointer) {
  const std::string_view section = first_parts(pointer, 1);
  return section == "/Resources" || section == "/Parameters" || section == "/Outputs";
}

/// An attribute of a declaration that source can only say as it is or `@raw`.
bool is_attribute(std::string_view pointer) {
  if (depth_of(pointer) != 3 || !has_declarations(pointer)) return false;
  const std::string_view name = pointer.substr(pointer.rfind('/') + 1);
  return !(pointer.starts_with("/Outputs/") && name == "Value");
}

class Loop {
 public:
  Loop(const ir::Template& t, const cfn::Document& document, const cfn::SourceOptions& options,
       const std::string& path, const MemoryFileSystem& around)
      : t_(t), document_(document), options_(options), path_(path), fs_(around) {}

  RoundTrip run() {
    for (out_.rounds = 1; out_.rounds <= kMostRounds; ++out_.rounds) {
      source_ = cfn::stack_source(t_, document_, schema::Schema::aws(), options_, wishes_);
      index_marks();
      const std::vector<std::string> wrong = build(source_.text);
      if (wrong.empty() && out_.errors.empty()) return finish();
      out_.differs = wrong;
      if (!raise_all(wrong)) break;
    }
    out_.unfinished = source_.text;
    return std::move(out_);
  }

 private:
  void index_marks() {
    marks_.clear();
    for (const cfn::Mark& m : source_.marks) marks_.emplace(m.pointer, &m);
  }

  /// Where the template of `text` differs from the original; errors are in `out_.errors`.
  std::vector<std::string> build(const std::string& text) {
    fs_.files[path_] = text;
    Request request;
    request.inputs = {path_};
    request.threads = 1;
    Result result = compile(request, fs_);
    out_.errors.clear();
    for (Diagnostic& d : result.diagnostics) {
      if (d.severity == Severity::Error) out_.errors.push_back(std::move(d));
    }
    if (!out_.errors.empty()) return {};
    const auto output = std::find_if(result.files.begin(), result.files.end(),
                                     [](const OutputFile& f) { return f.is_template; });
    if (output == result.files.end()) return {""};
    SourceMap sources;
    Sink sink;
    const FileId file = sources.add("built.json", std::move(output->text));
    const auto built = cfn::read_document(file, sources, sink);
    if (built == nullptr) return {""};
    return differences(document_.root, built->root);
  }

  RoundTrip finish() {
    SourceMap sources;
    Sink sink;
    const FileId file = sources.add(path_, source_.text);
    const auto ast = parse(sources, file, sink);
    out_.text = format(*ast);
    out_.differs = build(out_.text);  // what is written is what was compared
    if (!out_.differs.empty() || !out_.errors.empty()) {
      out_.unfinished = std::move(out_.text);
      out_.text.clear();
    }
    count();
    return std::move(out_);
  }

  void count() {
    std::uint32_t covered = 0;
    for (const cfn::Mark& m : source_.marks) {
      ++out_.values;
      if (m.faith == Faith::Idiom || m.begin < covered) continue;
      if (m.faith == Faith::Raw) covered = m.end;
      out_.pieces.push_back({m.pointer, m.faith});
    }
  }

  // ---------------------------------------------------------------- less freely

  bool raise_all(const std::vector<std::string>& different) {
    std::map<std::string, std::string> targets;  // and why
    for (const std::string& pointer : different) targets.emplace(marked(pointer), pointer + " differs");
    const Cause cause = out_.errors.empty() ? Cause::Difference : Cause::Error;
    for (const Diagnostic& d : out_.errors) {
      if (const std::string lost = lost_condition(d); !lost.empty()) {
        targets.emplace(lost, d.message);
        continue;
      }
      if (d.labels.empty() || !d.labels[0].span.valid()) continue;
      targets.emplace(innermost(d.labels[0].span.begin), d.message);
    }
    bool raised = false;
    for (const auto& [pointer, why] : targets) raised = raise(pointer, cause, why) || raised;
    return raised;
  }

  /// A condition of the template that is named, and that source folded away: it is constant, and has to be
  /// said less freely.
  [[nodiscard]] std::string lost_condition(const Diagnostic& d) const {
    if (d.code != Code::UnresolvedReference) return {};
    for (const ir::Condition& c : t_.conditions) {
      if (!d.message.starts_with(fmt::format("`Condition` names `{}`,", c.id))) continue;
      std::string pointer = fmt::format("/Conditions/{}", c.id);
      return marks_.contains(pointer) && now(pointer) != Faith::Raw ? pointer : std::string();
    }
    return {};
  }

  /// The deepest piece of source that says what stands at `pointer`, or the attribute that it belongs to.
  [[nodiscard]] std::string marked(const std::string& pointer) const {
    std::string_view at = pointer;
    while (!at.empty() && !marks_.contains(at)) at = parent_of(at);
    const bool in_attribute = depth_of(at) <= 2 && depth_of(pointer) >= 3 && has_declarations(pointer);
    return std::string(in_attribute ? first_parts(pointer, 3) : at);
  }

  [[nodiscard]] std::string_view innermost(std::uint32_t place) const {
    std::string_view found;
    for (const cfn::Mark& m : source_.marks) {
      if (m.begin > place) break;
      if (place < m.end) found = m.pointer;
    }
    return found;
  }

  [[nodiscard]] Faith now(std::string_view pointer) const {
    const auto at = wishes_.find(pointer);
    return at == wishes_.end() ? Faith::Idiom : at->second;
  }

  static Faith next(Faith faith, Cause cause) {
    switch (faith) {
      case Faith::Idiom:
        return cause == Cause::Error ? Faith::Unchecked : Faith::Exact;
      case Faith::Unchecked:
      case Faith::Exact:
        return Faith::UncheckedExact;
      default:
        return Faith::Raw;
    }
  }

  bool raise(std::string_view pointer, Cause cause, std::string_view why) {
    for (; !pointer.empty(); pointer = parent(pointer)) {
      const Faith faith = now(pointer);
      if (faith == Faith::Raw) continue;
      const bool entry = depth_of(pointer) == 2 && has_declarations(pointer);
      const bool properties = is_attribute(pointer) && pointer.ends_with("/Properties");
      const bool resource = entry && pointer.starts_with("/Resources/");
      Faith to = next(faith, cause);
      const bool dependencies =
          faith == Faith::Idiom && pointer.ends_with("/DependsOn") && marks_.contains(pointer);
      if ((is_attribute(pointer) && !dependencies) || entry) to = Faith::Raw;
      if ((properties || resource) && faith == Faith::Idiom) to = Faith::Unchecked;
      out_.history.push_back(fmt::format("round {}: {} from {} to {}: {}", out_.rounds, pointer,
                                         static_cast<int>(faith), static_cast<int>(to), why));
      wishes_.insert_or_assign(std::string(pointer), to);
      return true;
    }
    return false;
  }

  /// The next larger piece that can be written in another way.
  [[nodiscard]] std::string_view parent(std::string_view pointer) const {
    for (pointer = parent_of(pointer); depth_of(pointer) > 1; pointer = parent_of(pointer)) {
      if (marks_.contains(pointer) || is_attribute(pointer)) return pointer;
    }
    return depth_of(pointer) == 1 && marks_.contains(pointer) ? pointer : std::string_view();
  }

  const ir::Template& t_;
  const cfn::Document& document_;
  const cfn::SourceOptions& options_;
  const std::string path_;
  MemoryFileSystem fs_;
  cfn::Wishes wishes_;
  cfn::StackSource source_;
  std::unordered_map<std::string_view, const cfn::Mark*> marks_;
  RoundTrip out_;
};

}  // namespace

RoundTrip round_trip(const ir::Template& t, const cfn::Document& document, const cfn::SourceOptions& options,
                     const std::string& path, const MemoryFileSystem& around) {
  return Loop(t, document, options, path, around).run();
}

}  // namespace stackc

// The forms for services that show findings beside the code: annotations of a workflow, and SARIF.
#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>

#include "compiler/base/text.hpp"
#include "compiler/diag/form_text.hpp"
#include "compiler/diag/sarif_log.hpp"
#include "compiler/diag/unicode.hpp"
#include "compiler/report/report.hpp"
#include "compiler/report/words.hpp"

namespace stackc::report {

namespace {

struct Rule {
  diff::DangerKind kind;
  std::string_view title;
};
constexpr std::array<Rule, 8> kRules{{
    {diff::DangerKind::ReplaceStateful, "a resource that holds data is replaced"},
    {diff::DangerKind::DeleteStateful, "a resource that holds data is deleted"},
    {diff::DangerKind::SecurityWidening, "more may be reached or done"},
    {diff::DangerKind::SecurityNarrowing, "less may be reached or done"},
    {diff::DangerKind::SecurityUnknown, "a change of permissions that the templates do not decide"},
    {diff::DangerKind::ExportInUse, "an export changes that another stack imports"},
    {diff::DangerKind::NameCollision, "a resource with a name of its own is replaced"},
    {diff::DangerKind::Quota, "little is left of a limit"},
}};

const Rule& rule_of(diff::DangerKind kind) { return *std::ranges::find(kRules, kind, &Rule::kind); }

/// A danger as several lines of text.
std::string text_of(const diff::Danger& danger) {
  auto text = sentence(printable(danger.message));
  for (const auto& fact : danger.facts) text += fmt::format("\n{}", printable(fact));
  if (!danger.help.empty()) text += fmt::format("\nhelp: {}", printable(danger.help));
  if (!danger.acknowledged.empty()) text += fmt::format("\nacknowledged: {}", printable(danger.acknowledged));
  return text;
}

/// The dangers of all environments, each once: what several have in common is one finding.
struct Finding {
  const diff::StackDiff* stack = nullptr;
  const diff::Danger* danger = nullptr;
  std::vector<std::string_view> environments;
};

/// What makes two dangers the same finding.
std::string key_of(const diff::StackDiff& stack, const diff::Danger& danger) {
  return fmt::format("{}\n{}\n{}\n{}:{}\n{}\n{}", stack.name, static_cast<int>(danger.kind), danger.resource,
                     danger.origin.file.value, danger.origin.begin, danger.message,
                     fmt::join(danger.facts, "\n"));
}

/// Worst first.
std::vector<Finding> findings_of(const Comparison& comparison, const FailOn& fail_on) {
  std::vector<Finding> findings;
  std::unordered_map<std::string, std::size_t> known;
  for (const auto& project : comparison.projects) {
    for (const auto& stack : project.stacks) {
      for (const auto& danger : stack.dangers) {
        const auto [at, is_new] = known.emplace(key_of(stack, danger), findings.size());
        if (is_new) findings.push_back({&stack, &danger, {}});
        if (!project.environment.empty()) findings[at->second].environments.emplace_back(project.environment);
      }
    }
  }
  std::stable_sort(findings.begin(), findings.end(), [&](const Finding& a, const Finding& b) {
    return level_of(*a.danger, fail_on) < level_of(*b.danger, fail_on);
  });
  return findings;
}

std::string text_of(const Finding& finding) {
  auto text = text_of(*finding.danger);
  if (!finding.environments.empty()) text += fmt::format("\nin {}", fmt::join(finding.environments, ", "));
  return text;
}

// ---------------------------------------------------------------- annotations

class Annotations {
 public:
  Annotations(const Comparison& comparison, const Options& options)
      : comparison_(comparison), options_(options) {}

  std::string draw() {
    for (const auto& finding : findings_of(comparison_, options_.fail_on)) {
      constexpr std::array<std::string_view, 3> kCommands{"error", "warning", "notice"};
      const auto& danger = *finding.danger;
      const auto level = level_of(danger, options_.fail_on);
      put(kCommands[static_cast<std::size_t>(level)], danger.origin,
          fmt::format("{}: {}", diff::name_of(danger.kind), rule_of(danger.kind).title), text_of(finding));
    }
    for (const auto& project : comparison_.projects) {
      for (const auto& stack : project.stacks) {
        for (const auto& change : stack.resources) put_change(stack, change);
      }
    }
    return std::move(out_);
  }

 private:
  /// What goes away, once for all environments.
  void put_change(const diff::StackDiff& stack, const diff::ResourceChange& change) {
    if (rank(change.action) > rank(diff::Action::MayReplace)) return;
    auto text = fmt::format("{} of {}", printable(change.id), printable(stack.name));
    if (const auto fate = fate_text(change); !fate.empty()) text += fmt::format(": {}", fate);
    for (const auto& property : change.properties) {
      const auto force = force_text(property);
      if (force.empty()) continue;
      text += fmt::format("\n{} {}", printable(property.path), force);
      if (const auto chain = chain_text(property.chain); !chain.empty())
        text += fmt::format(", because of {}", chain);
    }
    const auto title = fmt::format("{}: {}", verb_of(change.action), printable(change.type));
    put("notice", place_of(change), title, text);
  }

  void put(std::string_view command, Span span, std::string_view title, std::string_view text) {
    std::string line = fmt::format("::{} ", command);
    // The old side is not in what is reviewed.
    if (span.valid() && span.file.value >= comparison_.first_new_file) {
      const auto at = comparison_.sources.position(span.file, span.begin);
      line += fmt::format("file={},line={},col={},",
                          workflow_escaped(printable(options_.paths.path_of(comparison_.sources.path(span.file))), true),
                          at.line, at.column);
    }
    line += fmt::format("title={}::{}\n", workflow_escaped(title, true), workflow_escaped(text, false));
    if (written_.insert(line).second) out_ += line;
  }

  const Comparison& comparison_;
  const Options& options_;
  std::set<std::string> written_;
  std::string out_;
};

// ---------------------------------------------------------------- SARIF

class SarifForm {
 public:
  SarifForm(const Comparison& comparison, const Options& options)
      : comparison_(comparison),
        options_(options),
        log_("stackc diff", options.version, comparison.sources, options.paths),
        json_(log_.json) {}

  std::string draw() {
    for (const auto& rule : kRules) {
      json_.begin_object();
      json_.member("id", diff::name_of(rule.kind));
      log_.message("shortDescription", sentence(rule.title));
      json_.end_object();
    }
    log_.begin_results();
    for (const auto& finding : findings_of(comparison_, options_.fail_on)) result(finding);
    return log_.take();
  }

 private:
  void result(const Finding& finding) {
    constexpr std::array<std::string_view, 3> kLevels{"error", "warning", "note"};
    const auto& danger = *finding.danger;
    json_.begin_object();
    json_.member("ruleId", diff::name_of(danger.kind));
    json_.member("ruleIndex", static_cast<std::uint64_t>(&rule_of(danger.kind) - kRules.data()));
    json_.member("level", kLevels[static_cast<std::size_t>(level_of(danger, options_.fail_on))]);
    log_.message("message", text_of(finding));
    if (const auto place = place_of(danger); place.valid()) {
      json_.key("locations");
      json_.begin_array();
      json_.begin_object();
      log_.physical_location(place);
      json_.end_object();
      json_.end_array();
    }
    json_.end_object();
  }

  /// What is gone was in a file of the old side; what is nowhere stands at the beginning of the first file.
  [[nodiscard]] Span place_of(const diff::Danger& danger) const {
    if (danger.origin.valid()) return danger.origin;
    const auto files = static_cast<std::uint32_t>(comparison_.sources.size());
    if (files == 0) return {};
    return {FileId{std::min(comparison_.first_new_file, files - 1)}, 0, 0};
  }

  const Comparison& comparison_;
  const Options& options_;
  SarifLog log_;
  JsonText& json_;
};

}  // namespace

std::string render_github(const Comparison& comparison, const Options& options) {
  return Annotations{comparison, options}.draw();
}

std::string render_sarif(const Comparison& comparison, const Options& options) {
  return SarifForm{comparison, options}.draw();
}

}  // namespace stackc::report

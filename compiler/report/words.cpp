#include "compiler/report/words.hpp"

#include <algorithm>
#include <array>

#include "compiler/base/text.hpp"
#include "compiler/diag/unicode.hpp"

namespace stackc::report {

namespace {

using diff::Action;
using diff::Fate;

/// Of a chain; where it begins and where it ends is what matters.
constexpr std::size_t kShownSteps = 6;

std::string counted(std::size_t count, std::string_view word) {
  return fmt::format("{} {}{}", count, word, count == 1 ? "" : "s");
}

std::size_t sum(const diff::Totals& t) {
  return t.create + t.update + t.interrupt + t.may_replace + t.replace + t.remove + t.move;
}

}  // namespace

namespace {

/// `parameter Size`, `Vpc.CidrBlock`, `Vpc` (its `Ref`).
std::string step_text(const diff::Step& step) {
  if (!step.section.empty()) {
    auto kind = std::string{step.section.substr(0, step.section.size() - 1)};
    if (!kind.empty()) kind[0] = static_cast<char>(kind[0] - 'A' + 'a');
    return fmt::format("{} {}", kind, printable(step.resource));
  }
  if (step.path.empty() || step.path == "Ref") return printable(step.resource);
  const bool reads = step.path.starts_with('.');
  return fmt::format("{}{}{}", printable(step.resource), reads ? "" : ".", printable(step.path));
}

}  // namespace

std::string totals_text(const diff::Totals& totals) {
  const std::array<std::pair<std::size_t, std::string_view>, 7> parts{{
      {totals.replace, "replaced"},
      {totals.may_replace, "maybe replaced"},
      {totals.remove, "deleted"},
      {totals.interrupt, "updated with interruption"},
      {totals.update, "updated"},
      {totals.create, "created"},
      {totals.move, "moved"},
  }};
  std::string text;
  for (const auto& [count, word] : parts) {
    if (count == 0) continue;
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, word);
  }
  return text;
}

std::string headline(const diff::ProjectDiff& project, const FailOn& fail_on) {
  const auto stacks = project.stacks.size();
  if (stacks == 0) return "no differences: a deployment would change nothing";
  std::array<std::size_t, 3> dangers{};
  for (const auto& stack : project.stacks) {
    for (const auto& danger : stack.dangers) ++dangers[static_cast<std::size_t>(level_of(danger, fail_on))];
  }
  auto text = fmt::format("{} change{}", counted(stacks, "stack"), stacks == 1 ? "s" : "");
  if (const auto all = totals_text(project.totals); !all.empty()) text += fmt::format(": {}", all);
  if (sum(project.totals) == 0) text += ", no resource does";
  constexpr std::array<std::string_view, 3> kLevels{"error", "warning", "note"};
  bool first = true;
  for (std::size_t level = 0; level < kLevels.size(); ++level) {
    if (dangers[level] == 0) continue;
    text += fmt::format("{}{}", first ? "; " : ", ", counted(dangers[level], kLevels[level]));
    first = false;
  }
  if (fail_on.any) text += "; `--fail-on any` fails";
  return text;
}

std::string_view symbol_of(Action action) {
  switch (action) {
    case Action::Create:
      return "+";
    case Action::Update:
      return "~";
    case Action::Interrupt:
      return "~!";
    case Action::MayReplace:
      return "-/+?";
    case Action::Replace:
      return "-/+";
    case Action::Delete:
      return "-";
    case Action::Move:
      return ">";
    case Action::None:
      break;
  }
  return " ";
}

std::string_view verb_of(Action action) {
  switch (action) {
    case Action::Create:
      return "create";
    case Action::Update:
      return "update";
    case Action::Interrupt:
      return "interrupt";
    case Action::MayReplace:
      return "may replace";
    case Action::Replace:
      return "replace";
    case Action::Delete:
      return "delete";
    case Action::Move:
      return "move";
    case Action::None:
      break;
  }
  return "keep";
}

std::string_view fate_text(const diff::ResourceChange& change) {
  const bool goes = change.action == Action::Delete;
  const bool replaced = change.action == Action::Replace || change.action == Action::MayReplace;
  if (!goes && !replaced) return {};
  switch (change.fate) {
    case Fate::Retained:
      return goes ? "it stays in the account, no longer in the stack" : "the old one stays in the account";
    case Fate::Snapshot:
      return goes ? "after a snapshot" : "the old one is deleted after a snapshot";
    case Fate::Deleted:
      if (change.stateful) return goes ? "with its data" : "the old one is deleted with its data";
      return {};
    case Fate::Stays:
      break;
  }
  return {};
}

std::string_view force_text(const diff::PropertyChange& change) {
  switch (change.replacement) {
    case schema::Replacement::Yes:
      return "forces a replacement";
    case schema::Replacement::Maybe:
      return "may force a replacement";
    case schema::Replacement::No:
      break;
  }
  return change.interrupts ? "interrupts" : "";
}

std::string chain_text(const diff::Chain& chain) {
  // The place itself, which is the last step, is what the text stands below.
  const auto count = chain.steps.empty() ? 0 : chain.steps.size() - 1;
  const bool all = chain.skipped == 0 && count <= kShownSteps;
  const auto left_out = all ? 0 : chain.skipped + count - std::min(count, kShownSteps);
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0 && i + kShownSteps - 1 < count) continue;
    if (i > 0) text += " → ";
    text += step_text(chain.steps[i]);
    if (i == 0 && left_out > 0) text += fmt::format(" → … {} more …", left_out);
  }
  return text;
}

std::string place_text(Span span, const Comparison& comparison) {
  if (!span.valid()) return {};
  const auto at = comparison.sources.position(span.file, span.begin);
  const bool old = span.file.value < comparison.first_new_file;
  return printable(
      fmt::format("{}:{}:{}{}", comparison.sources.path(span.file), at.line, at.column, old ? " (old)" : ""));
}

Span place_of(const diff::ResourceChange& change) {
  const auto* resource = change.after != nullptr ? change.after : change.before;
  if (resource == nullptr) return {};
  return resource->instance.valid() ? resource->instance : resource->origin;
}

Level level_of(const diff::Danger& danger, const FailOn& fail_on) {
  if (fail_on.fails(danger)) return Level::Error;
  const bool calm =
      !danger.acknowledged.empty() || danger.mild || danger.kind == diff::DangerKind::SecurityNarrowing;
  return calm ? Level::Note : Level::Warning;
}

int rank(Action action) {
  switch (action) {
    case Action::Delete:
      return 0;
    case Action::Replace:
      return 1;
    case Action::MayReplace:
      return 2;
    case Action::Interrupt:
      return 3;
    case Action::Update:
      return 4;
    case Action::Move:
      return 5;
    case Action::Create:
      return 6;
    case Action::None:
      break;
  }
  return 7;
}

std::vector<Group> grouped(const std::vector<diff::ProjectDiff>& projects,
                           const std::vector<std::string>& texts) {
  std::vector<Group> groups;
  std::vector<std::size_t> first;  // of each group
  for (std::size_t i = 0; i < projects.size(); ++i) {
    const auto same = std::ranges::find_if(first, [&](std::size_t k) { return texts[k] == texts[i]; });
    const auto at = static_cast<std::size_t>(same - first.begin());
    if (same == first.end()) {
      first.push_back(i);
      groups.push_back({{}, &projects[i]});
    }
    if (!projects[i].environment.empty()) groups[at].environments.emplace_back(projects[i].environment);
  }
  return groups;
}

std::string group_name(const Group& group) {
  std::string text;
  for (std::size_t i = 0; i < group.environments.size(); ++i) {
    if (i > 0) text += i + 1 == group.environments.size() ? " and " : ", ";
    text += printable(group.environments[i]);
  }
  return text;
}

// ---------------------------------------------------------------- what fails

bool FailOn::fails(const diff::Danger& danger) const {
  return danger.acknowledged.empty() && !danger.mild && std::ranges::find(kinds, danger.kind) != kinds.end();
}

bool FailOn::fails(const std::vector<diff::ProjectDiff>& projects) const {
  return std::ranges::any_of(projects, [&](const diff::ProjectDiff& project) {
    if (any && !project.stacks.empty()) return true;
    return std::ranges::any_of(project.stacks, [&](const diff::StackDiff& stack) {
      return std::ranges::any_of(stack.dangers, [&](const diff::Danger& d) { return fails(d); });
    });
  });
}

}  // namespace stackc::report

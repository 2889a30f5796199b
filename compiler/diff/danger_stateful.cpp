#include "compiler/base/text.hpp"
#include "compiler/diff/attributes.hpp"
#include "compiler/diff/danger_search.hpp"

namespace stackc::diff {
namespace {

std::string forcing(const ResourceChange& r) {
  std::vector<std::string> paths;
  for (const PropertyChange& p : r.properties) {
    if (p.replacement != schema::Replacement::No) paths.push_back(fmt::format("`{}`", p.path));
  }
  if (paths.empty()) return {};
  if (paths.size() > 3) paths.resize(3);
  return fmt::format(", because {} {}", fmt::join(paths, ", "), paths.size() > 1 ? "change" : "changes");
}

/// As the list of changes says it: `parameter Size`, `Vpc.CidrBlock`, `Vpc` for its `Ref`.
std::string text_of(const Step& step) {
  if (!step.section.empty()) {
    std::string kind(step.section.substr(0, step.section.size() - 1));
    if (!kind.empty()) kind[0] = static_cast<char>(kind[0] - 'A' + 'a');
    return fmt::format("{} {}", kind, step.resource);
  }
  if (step.path.empty() || step.path == "Ref") return std::string(step.resource);
  return fmt::format("{}{}{}", step.resource, step.path.starts_with('.') ? "" : ".", step.path);
}

void replaced(Search& s, const ResourceChange& r) {
  const std::string_view may = r.action == Action::MayReplace ? "may be" : "is";
  std::string_view fate;
  switch (r.fate) {
    case Fate::Retained:
      fate = "the old one stays, outside the stack, and the new one starts empty";
      break;
    case Fate::Snapshot:
      fate = "a snapshot of the old one stays, and the new one starts empty";
      break;
    default:
      fate = "the old one is deleted with what it holds";
      break;
  }
  Danger& d = s.add(DangerKind::ReplaceStateful, r.id,
                    fmt::format("`{}` holds data and {} replaced{}: {}", r.id, may, forcing(r), fate));
  d.acknowledged = r.acknowledged;
  d.mild = r.fate == Fate::Retained || r.fate == Fate::Snapshot;
  for (const PropertyChange& p : r.properties) {
    if (p.replacement == schema::Replacement::No || p.chain.empty()) continue;
    std::vector<std::string> steps;
    for (const Step& step : p.chain.steps) {
      const bool itself = step.section.empty() && step.resource.empty();
      steps.push_back(itself ? fmt::format("{}.{}", r.id, step.path) : text_of(step));
    }
    d.facts.push_back(fmt::format("{}", fmt::join(steps, " → ")));
    if (d.facts.size() == 3) break;
  }
  if (!d.acknowledged.empty()) return;
  d.help = d.mild ? "move the data to the new one; `@replace(ok: \"reason\")` says that this is meant"
                  : "leave what forces it as it is, or keep the old one with `UpdateReplacePolicy: Retain` "
                    "(`@retain`) and "
                    "move the data; `@replace(ok: \"reason\")` says that this is meant";
}

void deleted(Search& s, const ResourceChange& r) {
  std::string_view fate;
  switch (r.fate) {
    case Fate::Retained:
      fate = "leaves the stack and stays, with what it holds, outside of it";
      break;
    case Fate::Snapshot:
      fate = "is deleted, and a snapshot of it stays";
      break;
    default:
      fate = "is deleted with what it holds";
      break;
  }
  Danger& d = s.add(DangerKind::DeleteStateful, r.id, fmt::format("`{}` holds data and {}", r.id, fate));
  d.mild = r.fate == Fate::Retained || r.fate == Fate::Snapshot;
  if (!d.mild) {
    d.help =
        "deploy it once with `DeletionPolicy: Retain` (`@retain`) before it goes, so that it stays outside "
        "the stack";
  } else if (r.fate == Fate::Retained) {
    d.help =
        "what has the same name cannot be made again while it is there; CloudFormation takes it back by a "
        "resource import";
  }
}

/// CloudFormation knows resources by their logical ID and stack: without a refactoring, the one is deleted
/// and the other made. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stack-refactoring.html
void moved(Search& s, const ResourceChange& r) {
  Arena arena;
  const ir::ValueRef said = attribute_of(*r.before, "DeletionPolicy", arena);
  const auto* policy = said == nullptr ? nullptr : said->get_if<std::string_view>();
  const bool kept = policy != nullptr && policy->starts_with("Retain");
  const bool snapshot = policy != nullptr && *policy == "Snapshot";
  const std::string was = r.old_stack.empty() ? fmt::format("`{}`", r.old_id)
                                              : fmt::format("`{}` of the stack `{}`", r.old_id, r.old_stack);
  const std::string_view fate = kept       ? "leaves the old one behind and makes an empty one"
                                : snapshot ? "deletes it, leaves a snapshot and makes an empty one"
                                           : "deletes it with what it holds";
  Danger& d = s.add(DangerKind::DeleteStateful, r.id,
                    fmt::format("`{}` holds data and was {}: a deployment without a refactoring before it {}",
                                r.id, was, fate));
  // Who says where it came from knows that it is to be moved.
  d.mild = kept || snapshot || !r.after->moved_from.empty();
  d.help = "move it first, by a stack refactoring: `--refactor FILE` writes its mapping";
}

}  // namespace

void find_stateful(Search& s) {
  for (const ResourceChange& r : s.diff.resources) {
    if (!r.stateful) continue;
    if (r.action == Action::Replace || r.action == Action::MayReplace) replaced(s, r);
    if (r.action == Action::Delete) deleted(s, r);
    const bool elsewhere = (!r.old_id.empty() && r.old_id != r.id) || !r.old_stack.empty();
    if (elsewhere && r.before != nullptr && r.after != nullptr) moved(s, r);
  }
}

}  // namespace stackc::diff

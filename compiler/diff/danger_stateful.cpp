#include "compiler/base/text.hpp"
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
      steps.push_back(step.path.empty() ? std::string(step.resource)
                                        : fmt::format("{} {}", step.resource, step.path));
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

}  // namespace

void find_stateful(Search& s) {
  for (const ResourceChange& r : s.diff.resources) {
    if (!r.stateful) continue;
    if (r.action == Action::Replace || r.action == Action::MayReplace) replaced(s, r);
    if (r.action == Action::Delete) deleted(s, r);
  }
}

}  // namespace stackc::diff

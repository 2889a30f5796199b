#include "compiler/diff/changes.hpp"

namespace stackc::diff {

std::string_view name_of(Action action) {
  switch (action) {
    case Action::None: return "none";
    case Action::Create: return "create";
    case Action::Update: return "update";
    case Action::Interrupt: return "interrupt";
    case Action::MayReplace: return "may-replace";
    case Action::Replace: return "replace";
    case Action::Delete: return "delete";
    case Action::Move: return "move";
  }
  return "none";
}

std::string_view name_of(Fate fate) {
  switch (fate) {
    case Fate::Stays: return "stays";
    case Fate::Deleted: return "deleted";
    case Fate::Retained: return "retained";
    case Fate::Snapshot: return "snapshot";
  }
  return "stays";
}

std::string_view name_of(DangerKind kind) {
  switch (kind) {
    case DangerKind::ReplaceStateful: return "replace-stateful";
    case DangerKind::DeleteStateful: return "delete-stateful";
    case DangerKind::SecurityWidening: return "security-widening";
    case DangerKind::SecurityNarrowing: return "security-narrowing";
    case DangerKind::SecurityUnknown: return "security-unknown";
    case DangerKind::ExportInUse: return "export-in-use";
    case DangerKind::NameCollision: return "name-collision";
    case DangerKind::Quota: return "quota";
  }
  return "quota";
}

}  // namespace stackc::diff

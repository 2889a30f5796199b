#include "compiler/diff/compare.hpp"

namespace stackc::diff {

Totals totals_of(const std::vector<ResourceChange>& resources) {
  Totals totals;
  for (const ResourceChange& change : resources) {
    switch (change.action) {
      case Action::None:
        break;
      case Action::Create:
        ++totals.create;
        break;
      case Action::Update:
        ++totals.update;
        break;
      case Action::Interrupt:
        ++totals.interrupt;
        break;
      case Action::MayReplace:
        ++totals.may_replace;
        break;
      case Action::Replace:
        ++totals.replace;
        break;
      case Action::Delete:
        ++totals.remove;
        break;
      case Action::Move:
        ++totals.move;
        break;
    }
  }
  return totals;
}

}  // namespace stackc::diff

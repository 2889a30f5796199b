#include "compiler/import/lift_groups.hpp"

#include <algorithm>

namespace stackc::cfn {

ParameterGroups::ParameterGroups(const ir::Template& t) {
  if (!read(t)) labels_.clear();
}

std::string_view ParameterGroups::label(std::string_view parameter) const {
  const auto at = labels_.find(parameter);
  return at == labels_.end() ? std::string_view() : at->second;
}

bool ParameterGroups::read(const ir::Template& t) {
  const auto* metadata = t.metadata != nullptr ? t.metadata->get_if<ir::Object>() : nullptr;
  const ir::ValueRef found = metadata != nullptr ? metadata->find(kInterface) : nullptr;
  const auto* interface = found != nullptr ? found->get_if<ir::Object>() : nullptr;
  const ir::ValueRef listed = interface != nullptr ? interface->find("ParameterGroups") : nullptr;
  const auto* list = listed != nullptr ? listed->get_if<ir::List>() : nullptr;
  if (list == nullptr) return false;
  if (!std::all_of(list->items.begin(), list->items.end(), [&](ir::ValueRef g) { return add(g); }))
    return false;
  return std::all_of(labels_.begin(), labels_.end(), [&](const auto& entry) {
    return std::any_of(t.parameters.begin(), t.parameters.end(),
                       [&](const ir::Parameter& p) { return p.id == entry.first; });
  });
}

bool ParameterGroups::add(ir::ValueRef group) {
  const auto* object = group->get_if<ir::Object>();
  const ir::ValueRef label = object != nullptr ? object->find("Label") : nullptr;
  const ir::ValueRef parameters = object != nullptr ? object->find("Parameters") : nullptr;
  if (label == nullptr || parameters == nullptr || object->members.size() != 2) return false;
  const auto* texts = label->get_if<ir::Object>();
  const ir::ValueRef text = texts != nullptr && texts->members.size() == 1 ? texts->find("default") : nullptr;
  const auto* name = text != nullptr ? text->get_if<std::string_view>() : nullptr;
  const auto* list = parameters->get_if<ir::List>();
  if (name == nullptr || name->empty() || list == nullptr || list->items.empty()) return false;
  const bool known =
      std::any_of(groups_.begin(), groups_.end(), [&](const Group& g) { return g.label == *name; });
  if (known) return false;
  Group& out = groups_.emplace_back(Group{*name, {}});
  for (const ir::ValueRef item : list->items) {
    const auto* id = item->get_if<std::string_view>();
    if (id == nullptr || !labels_.emplace(*id, *name).second) return false;
    out.parameters.push_back(*id);
  }
  return true;
}

std::vector<const ir::Parameter*> ParameterGroups::order(const ir::Template& t) const {
  std::vector<const ir::Parameter*> out;
  for (const ir::Parameter& p : t.parameters) out.push_back(&p);
  if (!usable()) return out;
  std::unordered_map<std::string_view, std::size_t> rank;
  for (const Group& g : groups_) {
    for (const std::string_view id : g.parameters) rank.emplace(id, rank.size());
  }
  std::vector<std::string_view> grouped;
  for (const ir::Parameter* p : out) {
    if (rank.contains(p->id)) grouped.push_back(p->id);
  }
  // Groups may stand between each other as long as each begins in its turn and keeps its own order.
  bool same = true;
  std::vector<std::string_view> begun;
  std::unordered_map<std::string_view, std::size_t> last;
  for (const std::string_view id : grouped) {
    const std::string_view group = labels_.at(id);
    if (!last.contains(group))
      begun.push_back(group);
    else
      same = same && last.at(group) < rank.at(id);
    last[group] = rank.at(id);
  }
  for (std::size_t i = 0; i < begun.size(); ++i) same = same && begun[i] == groups_[i].label;
  if (same) return out;
  std::stable_sort(out.begin(), out.end(), [&](const ir::Parameter* a, const ir::Parameter* b) {
    const auto of = [&](const ir::Parameter* p) {
      return rank.contains(p->id) ? rank.at(p->id) : rank.size();
    };
    return of(a) < of(b);
  });
  return out;
}

}  // namespace stackc::cfn

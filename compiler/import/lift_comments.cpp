#include "compiler/import/lift_comments.hpp"

#include <algorithm>

namespace stackc::cfn {
namespace {

bool is_function(std::string_view key) {
  return key == "Ref" || key == "Condition" || key.starts_with("Fn::");
}

}  // namespace

Comments::Comments(const Document& document) {
  if (document.comments.empty()) return;
  walk(document.root, {});
  std::stable_sort(anchors_.begin(), anchors_.end(),
                   [](const Anchor& a, const Anchor& b) { return a.place < b.place; });
  for (const Comment& comment : document.comments) {
    const auto next = std::lower_bound(anchors_.begin(), anchors_.end(), comment.span.begin,
                                       [](const Anchor& a, std::uint32_t place) { return a.place < place; });
    const bool below = comment.own_line && next != anchors_.end();
    const bool above = !below && next != anchors_.begin();
    const Anchor none{UINT32_MAX, UINT32_MAX, UINT32_MAX};
    const Anchor& anchor = below ? *next : above && !comment.own_line ? *(next - 1) : none;
    const auto index = static_cast<std::uint32_t>(notes_.size());
    notes_.push_back({comment.text});
    by_owner_[anchor.owner].push_back(index);
    by_entry_[anchor.entry].push_back(index);
  }
}

void Comments::walk(ir::ValueRef value, Walk at) {
  const auto item = [&](ir::ValueRef child, Span place, bool own, bool values) {
    Walk inner = at;
    ++inner.depth;
    inner.values = values;
    if (place.valid()) {
      if (own) inner.owner = place.begin;
      if (at.depth <= 1) inner.entry = place.begin;
      anchors_.push_back({place.begin, inner.owner, inner.entry});
    }
    walk(child, inner);
  };
  if (const auto* object = value->get_if<ir::Object>()) {
    for (const ir::Member& m : object->members) {
      const bool own = at.depth <= 1 || (at.values && !is_function(m.key));
      item(m.value, m.key_origin, own, at.values || (at.depth == 2 && m.key == "Properties"));
    }
  } else if (const auto* list = value->get_if<ir::List>()) {
    for (const ir::ValueRef child : list->items) item(child, child->origin, at.values, at.values);
  }
}

std::vector<std::string_view> Comments::take_from(Table& table, std::uint32_t place) {
  std::vector<std::string_view> out;
  const auto at = table.find(place);
  if (at == table.end()) return out;
  for (const std::uint32_t index : at->second) {
    if (!notes_[index].taken) out.push_back(notes_[index].text);
    notes_[index].taken = true;
  }
  table.erase(at);
  return out;
}

std::vector<std::string_view> Comments::take(std::uint32_t place) { return take_from(by_owner_, place); }

std::vector<std::string_view> Comments::take_entry(std::uint32_t place) {
  return take_from(by_entry_, place);
}

std::vector<std::string_view> Comments::take_rest() {
  std::vector<std::string_view> out;
  for (Note& note : notes_) {
    if (!note.taken) out.push_back(note.text);
    note.taken = true;
  }
  return out;
}

}  // namespace stackc::cfn

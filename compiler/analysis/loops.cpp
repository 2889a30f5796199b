#include "compiler/analysis/loops.hpp"

#include <algorithm>

namespace stackc::analysis {
namespace {

using ir::ValueRef;

constexpr std::string_view kForEach = "Fn::ForEach";

/// The object of a loop's body, alone or around further loops.
const ir::Object* body_of(ValueRef v) {
  if (v == nullptr) return nullptr;
  if (const ir::Call* call = v->call(ir::Fn::ForEach)) v = call->args[0];
  return v->get_if<ir::Object>();
}

/// Whether `name` has the literal pieces of `pattern` in order; `${X}` and `&{X}` stand for anything.
bool fits(std::string_view pattern, std::string_view name) {
  bool open = false;
  while (!pattern.empty()) {
    const std::size_t hole = std::min(pattern.find("${"), pattern.find("&{"));
    const std::string_view piece = pattern.substr(0, hole);
    const std::size_t at = open ? name.find(piece) : (name.starts_with(piece) ? 0 : std::string_view::npos);
    if (at == std::string_view::npos) return false;
    name.remove_prefix(at + piece.size());
    if (hole == std::string_view::npos) return open || name.empty();
    const std::size_t close = pattern.find('}', hole);
    pattern = close == std::string_view::npos ? std::string_view{} : pattern.substr(close + 1);
    open = true;
  }
  return open || name.empty();
}

}  // namespace

Loops::Loops(const ir::Template& t) {
  for (const ir::RawEntry& entry : t.raw_entries) {
    if (entry.key.starts_with(kForEach)) loop(entry.section, entry.value);
  }
  for (const ir::Resource& r : t.resources) identifiers(r.properties);
  for (const ir::Output& o : t.outputs) identifiers(o.value);
}

void Loops::loop(std::string_view section, ValueRef arguments) {
  const auto* list = arguments == nullptr ? nullptr : arguments->get_if<ir::List>();
  if (list == nullptr || list->items.size() != 3) return;
  if (const auto* name = list->items[0]->get_if<std::string_view>()) identifiers_.insert(*name);
  body(section, list->items[2]);
}

void Loops::body(std::string_view section, ValueRef v) {
  const ir::Object* object = body_of(v);
  if (object == nullptr) return;
  for (const ir::Member& m : object->members) {
    if (m.key.starts_with(kForEach)) {
      loop(section, m.value);
    } else {
      keys_.push_back({section, m.key});
      identifiers(m.value);
    }
  }
}

void Loops::identifiers(ValueRef v) {
  if (v == nullptr || (v->holds & ir::kHoldsMark) == 0) return;
  if (const auto* list = v->get_if<ir::List>()) {
    for (ValueRef item : list->items) identifiers(item);
  } else if (const auto* object = v->get_if<ir::Object>()) {
    for (const ir::Member& m : object->members) {
      const auto* arguments = m.key.starts_with(kForEach) ? m.value->get_if<ir::List>() : nullptr;
      const auto* name = arguments == nullptr || arguments->items.empty() ? nullptr : arguments->items[0]->get_if<std::string_view>();
      if (name != nullptr) identifiers_.insert(*name);
      identifiers(m.value);
    }
  } else if (const auto* call = v->get_if<ir::Call>()) {
    for (ValueRef argument : call->args) identifiers(argument);
  }
}

bool Loops::makes(std::string_view section, std::string_view name) const {
  return std::any_of(keys_.begin(), keys_.end(),
                     [&](const Key& key) { return key.section == section && fits(key.text, name); });
}

}  // namespace stackc::analysis

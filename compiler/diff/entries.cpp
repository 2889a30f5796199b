#include "compiler/diff/entries.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "compiler/diff/keys.hpp"

namespace stackc::diff {
namespace {

using ir::ValueRef;

class EntryDiffer {
 public:
  EntryDiffer(const Side& before, const Side& after, Meanings& old_meanings, Meanings& meanings,
              PropertyDiffer& differ, Propagation& propagation)
      : before_(before),
        after_(after),
        old_meanings_(old_meanings),
        meanings_(meanings),
        differ_(differ),
        propagation_(propagation) {}

  std::vector<EntryChange> run() {
    const ir::Template empty;
    const ir::Template& b = before_.tmpl != nullptr ? *before_.tmpl : empty;
    const ir::Template& a = after_.tmpl != nullptr ? *after_.tmpl : empty;
    template_itself(b, a);
    section("Parameters", b.parameters, a.parameters,
            [this](const ir::Parameter& p) { return attributes(p); });
    section("Rules", b.rules, a.rules, [](const ir::Rule& r) { return r.value; });
    section("Mappings", b.mappings, a.mappings, [](const ir::Mapping& m) { return m.value; });
    conditions(b, a);
    section("Outputs", b.outputs, a.outputs, [this](const ir::Output& o) { return attributes(o); });
    raw_entries(b, a);
    documents(b, a);
    hide_secrets(b);
    hide_secrets(a);
    return std::move(out_);
  }

 private:
  /// The default of a `NoEcho` parameter is nobody's to read, alone or with the whole parameter.
  void hide_secrets(const ir::Template& t) {
    for (EntryChange& entry : out_) {
      if (entry.section != "Parameters" || !(entry.path.empty() || entry.path == "Default")) continue;
      for (const ir::Parameter& p : t.parameters)
        entry.secret = entry.secret || (p.no_echo && p.id == entry.id);
    }
  }

  [[nodiscard]] ValueRef text(std::string_view said) const {
    return said.empty() ? nullptr : meanings_.arena().make<ir::Value>(said, Span{});
  }

  void compare(std::string_view section, std::string_view id, std::string_view path, ValueRef before,
               ValueRef after, Span origin) {
    for (PropertyChange& change : differ_.compare(path, before, after)) {
      EntryChange entry;
      entry.section = section;
      entry.id = id;
      entry.path = std::move(change.path);
      entry.before = change.before;
      entry.after = change.after;
      entry.origin = origin;
      for (Step& step : change.chain.steps) {
        if (step.resource.empty()) step.resource = id;
      }
      entry.chain = std::move(change.chain);
      out_.push_back(std::move(entry));
    }
  }

  void template_itself(const ir::Template& b, const ir::Template& a) {
    compare("Description", {}, "Description", text(b.description), text(a.description), {});
    compare("Metadata", {}, "Metadata", b.metadata, a.metadata, {});
    const ir::Builder builder(meanings_.arena());
    const auto transforms = [&](const ir::Template& t) {
      return t.transforms.empty() ? nullptr : builder.list(t.transforms);
    };
    compare("Transform", {}, "Transform", transforms(b), transforms(a), {});
    for (const ir::Member& m : a.raw) compare_raw(b, m.key, b.raw, m.value);
    for (const ir::Member& m : b.raw) {
      if (find(a.raw, m.key) == nullptr) compare(m.key, {}, m.key, m.value, nullptr, {});
    }
  }
  void compare_raw(const ir::Template&, std::string_view key, const ir::RawAttributes& before,
                   ValueRef after) {
    // Whether there is a format version, an empty section or a list around one transform says nothing.
    for (const std::string_view silent :
         {"AWSTemplateFormatVersion", "Transform", "Description", "Metadata"}) {
      if (key == silent) return;
    }
    compare(key, {}, key, find(before, key), after, {});
  }
  static ValueRef find(const ir::RawAttributes& raw, std::string_view key) {
    for (const ir::Member& m : raw) {
      if (m.key == key) return m.value;
    }
    return nullptr;
  }

  /// An entry as the object that the template has for it.
  ValueRef object(std::vector<ir::Member> members, const ir::RawAttributes& raw) {
    for (const ir::Member& m : raw) {
      std::erase_if(members, [&](const ir::Member& said) { return said.key == m.key; });
      members.push_back(m);
    }
    std::erase_if(members, [](const ir::Member& m) { return m.value == nullptr; });
    return ir::Builder(meanings_.arena()).object(members);
  }
  ValueRef attributes(const ir::Parameter& p) {
    return object({{"Type", text(p.type)},
                   {"Default", as_text(p.default_value)},
                   {"Description", text(p.description)},
                   {"AllowedValues", p.allowed_values},
                   {"AllowedPattern", text(p.allowed_pattern)},
                   {"ConstraintDescription", text(p.constraint_description)},
                   {"MinLength", as_text(p.min_length)},
                   {"MaxLength", as_text(p.max_length)},
                   {"MinValue", as_text(p.min_value)},
                   {"MaxValue", as_text(p.max_value)},
                   {"NoEcho", p.no_echo ? ir::Builder(meanings_.arena()).boolean(true) : nullptr}},
                  without(p.raw, {"NoEcho", "Default"}));
  }
  /// Parameters are texts, however their defaults and limits are written.
  ValueRef as_text(ValueRef value) {
    const auto said = scalar_text(value);
    return said ? ir::Builder(meanings_.arena()).at(value->origin).string(*said) : value;
  }
  static ir::RawAttributes without(const ir::RawAttributes& raw,
                                   std::initializer_list<std::string_view> keys) {
    ir::RawAttributes out;
    for (const ir::Member& m : raw) {
      if (std::find(keys.begin(), keys.end(), m.key) == keys.end()) out.push_back(m);
    }
    return out;
  }
  ValueRef attributes(const ir::Output& o) {
    const ir::Builder b(meanings_.arena());
    ValueRef exported = o.export_name != nullptr ? b.object({{"Name", o.export_name}}) : nullptr;
    return object({{"Value", o.value}, {"Description", text(o.description)}, {"Export", exported}}, o.raw);
  }

  template <class Entry, class AsValue>
  void section(std::string_view name, const std::vector<Entry>& before, const std::vector<Entry>& after,
               AsValue as_value) {
    std::unordered_map<std::string_view, const Entry*> old;
    for (const Entry& e : before) old.emplace(e.id, &e);
    for (const Entry& e : after) {
      const auto found = old.find(e.id);
      if (found == old.end()) {
        whole(name, e.id, nullptr, as_value(e), e.origin);
        continue;
      }
      pair(name, *found->second, e, as_value);
      old.erase(found);
    }
    for (const Entry& e : before) {
      if (old.contains(e.id)) whole(name, e.id, as_value(e), nullptr, e.origin);
    }
  }
  void whole(std::string_view section, std::string_view id, ValueRef before, ValueRef after, Span origin) {
    out_.push_back({section, id, {}, before, after, {}, origin, false});
  }

  template <class Entry, class AsValue>
  void pair(std::string_view section, const Entry& before, const Entry& after, AsValue as_value) {
    const std::size_t said = out_.size();
    const ValueRef b = as_value(before), a = as_value(after);
    const auto* from = b->template get_if<ir::Object>();
    const auto* to = a->template get_if<ir::Object>();
    if (from == nullptr || to == nullptr) {
      compare(section, after.id, {}, b, a, after.origin);
      return;
    }
    for (const ir::Member& m : to->members) {
      compare(section, after.id, m.key, from->find(m.key), m.value, after.origin);
    }
    for (const ir::Member& m : from->members) {
      if (to->find(m.key) == nullptr) compare(section, after.id, m.key, m.value, nullptr, after.origin);
    }
    if constexpr (std::is_same_v<Entry, ir::Output>) output(before, after, said);
  }

  /// An output whose value is read from a resource that changes, or that exists under another condition.
  void output(const ir::Output& before, const ir::Output& after, std::size_t said) {
    const Meaning b = before.condition != nullptr ? old_meanings_.of_condition(before.condition) : kAbsent;
    const Meaning a = after.condition != nullptr ? meanings_.of_condition(after.condition) : kAbsent;
    if (a != b) {
      out_.push_back(
          {"Outputs", after.id, "Condition", before.condition, after.condition, {}, after.origin, false});
    }
    for (std::size_t i = said; i < out_.size(); ++i) {
      if (out_[i].path == "Value") return;
    }
    Chain chain = propagation_.reaches(after.value);
    if (chain.empty()) return;
    chain.steps.push_back({"Outputs", after.id, "Value"});
    const ValueRef value = meanings_.resolver().resolve(after.value);
    out_.push_back({"Outputs", after.id, "Value", value, value, std::move(chain), after.origin, false});
  }

  /// With every list whose items have names (containers, variables, ports) in the order of the names.
  ValueRef by_name(std::string_view property, ValueRef v) {
    const ir::Builder builder = ir::Builder(meanings_.arena()).at(v->origin);
    if (const auto* list = v->get_if<ir::List>()) {
      std::vector<std::pair<std::string, ValueRef>> items;
      const std::vector<std::string> keys = natural_keys(property, list->items);
      for (std::size_t i = 0; i < list->items.size(); ++i) {
        items.emplace_back(keys.empty() ? std::string() : keys[i], by_name({}, list->items[i]));
      }
      std::stable_sort(items.begin(), items.end(),
                       [](const auto& a, const auto& b) { return a.first < b.first; });
      std::vector<ValueRef> sorted;
      for (const auto& [key, item] : items) sorted.push_back(item);
      return builder.list(sorted);
    }
    const auto* object = v->get_if<ir::Object>();
    if (object == nullptr) return v;
    std::vector<ir::Member> members;
    for (const ir::Member& m : object->members) members.push_back({m.key, by_name(m.key, m.value)});
    return builder.object(members);
  }

  /// Files beside the template, by their path: of a task definition `containerDefinitions[web].image`.
  void documents(const ir::Template& b, const ir::Template& a) {
    std::unordered_map<std::string_view, const ir::Document*> old;
    for (const ir::Document& d : b.documents) old.emplace(d.path, &d);
    for (const ir::Document& d : a.documents) {
      const auto found = old.find(d.path);
      if (found == old.end()) {
        whole("Documents", d.path, nullptr, d.value, d.origin);
        continue;
      }
      const bool sets = d.api.starts_with("ecs ");  // ECS keeps no order of what has names
      const ValueRef before = found->second->value;
      compare("Documents", d.path, {}, sets ? by_name({}, before) : before,
              sets ? by_name({}, d.value) : d.value, d.origin);
      old.erase(found);
    }
    for (const ir::Document& d : b.documents) {
      if (old.contains(d.path)) whole("Documents", d.path, d.value, nullptr, d.origin);
    }
  }

  void conditions(const ir::Template& b, const ir::Template& a) {
    std::unordered_map<std::string_view, const ir::Condition*> old;
    std::set<Meaning> old_formulas, formulas;
    for (const ir::Condition& c : b.conditions) {
      old.emplace(c.id, &c);
      old_formulas.insert(old_meanings_.formula(c.value));
    }
    for (const ir::Condition& c : a.conditions) {
      const Meaning formula = meanings_.formula(c.value);
      formulas.insert(formula);
      const auto found = old.find(c.id);
      const ir::Condition* before = found == old.end() ? nullptr : found->second;
      if (found != old.end()) old.erase(found);
      const bool same = before != nullptr ? old_meanings_.formula(before->value) == formula
                                          : old_formulas.contains(formula);
      if (!same) whole("Conditions", c.id, before != nullptr ? before->value : nullptr, c.value, c.origin);
    }
    for (const ir::Condition& c : b.conditions) {
      if (old.contains(c.id) && !formulas.contains(old_meanings_.formula(c.value))) {
        whole("Conditions", c.id, c.value, nullptr, c.origin);
      }
    }
  }

  void raw_entries(const ir::Template& b, const ir::Template& a) {
    std::unordered_map<std::string_view, const ir::RawEntry*> old;
    for (const ir::RawEntry& e : b.raw_entries) old.emplace(e.key, &e);
    for (const ir::RawEntry& e : a.raw_entries) {
      const auto found = old.find(e.key);
      compare(e.section, e.key, {}, found == old.end() ? nullptr : found->second->value, e.value, e.origin);
      if (found != old.end()) old.erase(found);
    }
    for (const ir::RawEntry& e : b.raw_entries) {
      if (old.contains(e.key)) whole(e.section, e.key, e.value, nullptr, e.origin);
    }
  }

  const Side& before_;
  const Side& after_;
  Meanings& old_meanings_;
  Meanings& meanings_;
  PropertyDiffer& differ_;
  Propagation& propagation_;
  std::vector<EntryChange> out_;
};

}  // namespace

std::vector<EntryChange> compare_entries(const Side& before, const Side& after, Meanings& old_meanings,
                                         Meanings& meanings, PropertyDiffer& differ,
                                         Propagation& propagation) {
  return EntryDiffer(before, after, old_meanings, meanings, differ, propagation).run();
}

}  // namespace stackc::diff

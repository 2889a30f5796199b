#pragma once

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/arena.hpp"
#include "compiler/ir/ir.hpp"
#include "compiler/ir/template_form.hpp"

/// The shape of a template, whatever it is written in.
namespace stackc::emit {

/// The parameters of one `@group`, in source order.
struct Group {
  std::string_view label;
  std::vector<std::string_view> parameters;
};

inline std::vector<Group> groups_of(const ir::Template& t) {
  std::vector<Group> groups;
  for (const ir::Parameter& p : t.parameters) {
    if (p.group.empty()) continue;
    auto at = std::find_if(groups.begin(), groups.end(), [&](const Group& g) { return g.label == p.group; });
    if (at == groups.end()) at = groups.insert(groups.end(), Group{p.group, {}});
    at->parameters.push_back(p.id);
  }
  return groups;
}

inline const ir::Member* raw_member(const ir::RawAttributes& raw, std::string_view key) {
  const auto at = std::find_if(raw.begin(), raw.end(), [&](const ir::Member& m) { return m.key == key; });
  return at == raw.end() ? nullptr : &*at;
}

/// Writes one template, section by section. A section without entries is left out, except
/// `Resources`, which CloudFormation demands.
template <class Writer>
class TemplateWriter {
 public:
  explicit TemplateWriter(const ir::Template& t) : t_(t) {}

  std::string write() {
    w_.open();
    const Attributes a(*this, t_.raw);
    a.text("AWSTemplateFormatVersion", "2010-09-09");
    a.text("Description", t_.description);
    a.other("Metadata", [&] { metadata(); });
    section(a, "Parameters", t_.parameters, [&](const ir::Parameter& p) { parameter(p); });
    section(a, "Rules", t_.rules, [&](const ir::Rule& r) { w_.value(r.value); });
    section(a, "Mappings", t_.mappings, [&](const ir::Mapping& m) { w_.value(m.value); });
    section(a, "Conditions", t_.conditions, [&](const ir::Condition& c) { w_.value(c.value); });
    a.other("Transform", [&] { transforms(); });
    section(a, "Resources", t_.resources, [&](const ir::Resource& r) { resource(r); });
    section(a, "Outputs", t_.outputs, [&](const ir::Output& o) { output(o); });
    a.rest(ir::kSections);
    w_.close();
    return w_.take_file();
  }

 private:
  /// The attributes of one thing, where raw ones take the place of the others.
  class Attributes {
   public:
    Attributes(TemplateWriter& writer, const ir::RawAttributes& raw) : writer_(writer), raw_(raw) {}

    template <class Write>
    void other(std::string_view key, Write write) const {
      const ir::Member* raw = raw_.empty() ? nullptr : raw_member(raw_, key);
      if (raw == nullptr) return write();
      writer_.w_.value_member(key, raw->value);
    }
    void text(std::string_view key, std::string_view text) const {
      other(key, [&] { writer_.w_.text_member(key, text); });
    }
    void value(std::string_view key, ir::ValueRef value) const {
      other(key, [&] { writer_.w_.value_member(key, value); });
    }
    /// Those whose keys are none of `known`.
    template <class Keys>
    void rest(const Keys& known) const {
      for (const ir::Member& m : raw_) {
        if (std::find(known.begin(), known.end(), m.key) == known.end())
          writer_.w_.value_member(m.key, m.value);
      }
    }

   private:
    TemplateWriter& writer_;
    const ir::RawAttributes& raw_;
  };

  /// The entries of a section, then those that are no declarations.
  template <class Entries, class WriteEntry>
  void section(const Attributes& attributes, std::string_view name, const Entries& entries,
               WriteEntry write_entry) {
    attributes.other(name, [&] {
      const auto is_mine = [&](const ir::RawEntry& e) { return e.section == name; };
      const bool has_raw = std::any_of(t_.raw_entries.begin(), t_.raw_entries.end(), is_mine);
      if (entries.empty() && !has_raw && name != "Resources") return;
      w_.key(name);
      w_.open();
      for (const auto& entry : entries) {
        w_.key(entry.id);
        write_entry(entry);
      }
      for (const ir::RawEntry& e : t_.raw_entries) {
        if (is_mine(e)) w_.value_member(e.key, e.value);
      }
      w_.close();
    });
  }

  void metadata() {
    const std::vector<Group> groups = groups_of(t_);
    const auto* own = t_.metadata != nullptr ? t_.metadata->get_if<ir::Object>() : nullptr;
    if (groups.empty() && own == nullptr) return w_.value_member("Metadata", t_.metadata);
    if (groups.empty() && own->members.empty()) return;
    w_.key("Metadata");
    w_.open();
    bool grouped = groups.empty();
    for (const ir::Member& m : own != nullptr ? own->members : std::span<const ir::Member>()) {
      const auto* more = !grouped && m.key == kInterface ? m.value->get_if<ir::Object>() : nullptr;
      if (more == nullptr) {
        w_.value_member(m.key, m.value);
      } else {
        interface(groups, more->members);
        grouped = true;
      }
    }
    if (!grouped) interface(groups, {});
    w_.close();
  }

  static constexpr std::string_view kInterface = "AWS::CloudFormation::Interface";

  /// The groups that the parameters name, and what the template's own metadata says besides.
  void interface(const std::vector<Group>& groups, std::span<const ir::Member> more) {
    const ir::Builder b(arena_);
    std::vector<ir::ValueRef> list;
    for (const Group& g : groups) {
      list.push_back(b.object(
          {{"Label", b.object({{"default", b.string(g.label)}})}, {"Parameters", name_list(g.parameters)}}));
    }
    w_.key(kInterface);
    w_.open();
    for (const ir::Member& m : more) {
      if (m.key != "ParameterGroups") w_.value_member(m.key, m.value);
    }
    w_.value_member("ParameterGroups", b.list(list));
    w_.close();
  }

  ir::ValueRef name_list(const std::vector<std::string_view>& names) {
    std::vector<ir::ValueRef> items;
    for (const std::string_view name : names) items.push_back(ir::Builder(arena_).string(name));
    return ir::Builder(arena_).list(items);
  }

  void parameter(const ir::Parameter& p) {
    static constexpr std::array<std::string_view, 11> kKeys = {
        "Type",      "Description", "Default",  "AllowedValues",         "AllowedPattern", "MinLength",
        "MaxLength", "MinValue",    "MaxValue", "ConstraintDescription", "NoEcho"};
    w_.open();
    const Attributes a(*this, p.raw);
    a.text("Type", p.type);
    a.text("Description", p.description);
    a.value("Default", p.default_value);
    a.value("AllowedValues", p.allowed_values);
    a.text("AllowedPattern", p.allowed_pattern);
    a.value("MinLength", p.min_length);
    a.value("MaxLength", p.max_length);
    a.value("MinValue", p.min_value);
    a.value("MaxValue", p.max_value);
    a.text("ConstraintDescription", p.constraint_description);
    a.other("NoEcho", [&] {
      if (!p.no_echo) return;
      w_.key("NoEcho");
      w_.boolean(true);
    });
    a.rest(kKeys);
    w_.close();
  }

  void transforms() {
    if (t_.transforms.empty()) return;
    w_.key("Transform");
    if (t_.transforms.size() == 1) return w_.value(t_.transforms.front());
    const ir::Value list{ir::List{t_.transforms}, {}};
    w_.value(&list);
  }

  void resource(const ir::Resource& r) {
    static constexpr std::array<std::string_view, 10> kKeys = {
        "Type",           "Version",      "Condition", "DependsOn", "DeletionPolicy", "UpdateReplacePolicy",
        "CreationPolicy", "UpdatePolicy", "Metadata",  "Properties"};
    w_.open();
    const Attributes a(*this, r.raw);
    a.text("Type", r.type);
    a.text("Version", r.version);
    a.other("Condition", [&] { condition(r.condition); });
    a.other("DependsOn", [&] { depends_on(r.depends_on); });
    a.text("DeletionPolicy", r.deletion_policy);
    a.text("UpdateReplacePolicy", r.update_replace_policy);
    a.value("CreationPolicy", r.creation_policy);
    a.value("UpdatePolicy", r.update_policy);
    a.value("Metadata", r.metadata);
    a.other("Properties", [&] { properties(r.properties); });
    a.rest(kKeys);
    w_.close();
  }

  void depends_on(const std::vector<std::string_view>& names) {
    if (names.size() == 1) return w_.text_member("DependsOn", names.front());
    if (names.empty()) return;
    w_.value_member("DependsOn", name_list(names));
  }

  /// One property a line, so that the diff of a template is a diff of properties.
  void properties(ir::ValueRef value) {
    if (value == nullptr) return;
    const auto* object = value->get_if<ir::Object>();
    if (object == nullptr) return w_.value_member("Properties", value);
    w_.key("Properties");
    w_.open();
    for (const ir::Member& m : object->members) w_.value_member(m.key, m.value);
    w_.close();
  }

  /// As an attribute, a condition is its bare name.
  void condition(ir::ValueRef value) {
    if (value == nullptr) return;
    const ir::Call* named = value->call(ir::Fn::Condition);
    w_.value_member("Condition", named != nullptr ? named->args[0] : value);
  }

  void output(const ir::Output& o) {
    static constexpr std::array<std::string_view, 4> kKeys = {"Description", "Condition", "Value", "Export"};
    w_.open();
    const Attributes a(*this, o.raw);
    a.text("Description", o.description);
    a.other("Condition", [&] { condition(o.condition); });
    a.value("Value", o.value);
    a.other("Export", [&] {
      if (o.export_name == nullptr) return;
      const ir::Member name{"Name", o.export_name};
      const ir::Value exported{ir::Object{{&name, 1}}, {}};
      w_.value_member("Export", &exported);
    });
    a.rest(kKeys);
    w_.close();
  }

  const ir::Template& t_;
  Arena arena_;  // of values that are made for writing
  Writer w_;
};

}  // namespace stackc::emit

#include <algorithm>

#include "compiler/emit/emit.hpp"
#include "compiler/emit/json_writer.hpp"

namespace stackc::emit {
namespace {

/// The parameters of one `@group`, in source order.
struct Group {
  std::string_view label;
  std::vector<std::string_view> parameters;
};

std::vector<Group> groups_of(const ir::Template& t) {
  std::vector<Group> groups;
  for (const ir::Parameter& p : t.parameters) {
    if (p.group.empty()) continue;
    auto at = std::find_if(groups.begin(), groups.end(), [&](const Group& g) { return g.label == p.group; });
    if (at == groups.end()) at = groups.insert(groups.end(), Group{p.group, {}});
    at->parameters.push_back(p.id);
  }
  return groups;
}

/// Writes one template, section by section. A section without entries is left out, except
/// `Resources`, which CloudFormation demands.
class TemplateWriter {
 public:
  explicit TemplateWriter(const ir::Template& t) : t_(t) {}

  std::string write() {
    w_.open('{');
    w_.text_member("AWSTemplateFormatVersion", "2010-09-09");
    w_.text_member("Description", t_.description);
    metadata();
    section("Parameters", t_.parameters, [&](const ir::Parameter& p) { parameter(p); });
    section("Rules", t_.rules, [&](const ir::Rule& r) { w_.value(r.value); });
    section("Mappings", t_.mappings, [&](const ir::Mapping& m) { w_.value(m.value); });
    section("Conditions", t_.conditions, [&](const ir::Condition& c) { w_.value(c.value); });
    transforms();
    resources();
    section("Outputs", t_.outputs, [&](const ir::Output& o) { output(o); });
    w_.close('}');
    w_.buffer() += '\n';
    return w_.take();
  }

 private:
  template <class Entries, class WriteEntry>
  void section(std::string_view name, const Entries& entries, WriteEntry write_entry) {
    if (entries.empty()) return;
    w_.key(name);
    w_.open('{');
    for (const auto& entry : entries) {
      w_.key(entry.id);
      write_entry(entry);
    }
    w_.close('}');
  }

  void metadata() {
    const std::vector<Group> groups = groups_of(t_);
    const auto* own = t_.metadata != nullptr ? t_.metadata->get_if<ir::Object>() : nullptr;
    if (groups.empty() && own == nullptr) return w_.value_member("Metadata", t_.metadata);
    if (groups.empty() && own->members.empty()) return;
    w_.key("Metadata");
    w_.open('{');
    if (own != nullptr) {
      for (const ir::Member& m : own->members) w_.value_member(m.key, m.value);
    }
    if (!groups.empty()) interface(groups);
    w_.close('}');
  }

  void interface(const std::vector<Group>& groups) {
    w_.key("AWS::CloudFormation::Interface");
    w_.open('{');
    w_.key("ParameterGroups");
    w_.open('[');
    for (const Group& g : groups) {
      w_.item();
      w_.open('{');
      w_.key("Label");
      w_.buffer() += "{\"default\": ";
      w_.string(g.label);
      w_.buffer() += '}';
      w_.key("Parameters");
      name_list(g.parameters);
      w_.close('}');
    }
    w_.close(']');
    w_.close('}');
  }

  void name_list(const std::vector<std::string_view>& names) {
    std::vector<ir::Value> values;
    for (const std::string_view name : names) values.push_back({name, {}});
    std::vector<ir::ValueRef> items;
    for (const ir::Value& v : values) items.push_back(&v);
    const ir::Value list{ir::List{items}, {}};
    w_.value(&list);
  }

  void parameter(const ir::Parameter& p) {
    w_.open('{');
    w_.text_member("Type", p.type);
    w_.text_member("Description", p.description);
    w_.value_member("Default", p.default_value);
    w_.value_member("AllowedValues", p.allowed_values);
    w_.text_member("AllowedPattern", p.allowed_pattern);
    w_.value_member("MinLength", p.min_length);
    w_.value_member("MaxLength", p.max_length);
    w_.value_member("MinValue", p.min_value);
    w_.value_member("MaxValue", p.max_value);
    w_.text_member("ConstraintDescription", p.constraint_description);
    if (p.no_echo) {
      w_.key("NoEcho");
      w_.boolean(true);
    }
    w_.close('}');
  }

  void transforms() {
    if (t_.transforms.empty()) return;
    w_.key("Transform");
    if (t_.transforms.size() == 1) return w_.value(t_.transforms.front());
    const ir::Value list{ir::List{t_.transforms}, {}};
    w_.value(&list);
  }

  void resources() {
    w_.key("Resources");
    w_.open('{');
    for (const ir::Resource& r : t_.resources) {
      w_.key(r.id);
      resource(r);
    }
    w_.close('}');
  }

  void resource(const ir::Resource& r) {
    w_.open('{');
    w_.text_member("Type", r.type);
    w_.text_member("Version", r.version);
    condition(r.condition);
    if (r.depends_on.size() == 1) {
      w_.text_member("DependsOn", r.depends_on.front());
    } else if (!r.depends_on.empty()) {
      w_.key("DependsOn");
      name_list(r.depends_on);
    }
    w_.text_member("DeletionPolicy", r.deletion_policy);
    w_.text_member("UpdateReplacePolicy", r.update_replace_policy);
    w_.value_member("CreationPolicy", r.creation_policy);
    w_.value_member("UpdatePolicy", r.update_policy);
    w_.value_member("Metadata", r.metadata);
    properties(r.properties);
    w_.close('}');
  }

  /// One property a line, so that the diff of a template is a diff of properties.
  void properties(ir::ValueRef value) {
    if (value == nullptr) return;
    const auto* object = value->get_if<ir::Object>();
    if (object == nullptr) return w_.value_member("Properties", value);
    if (object->members.empty()) return;
    w_.key("Properties");
    w_.open('{');
    for (const ir::Member& m : object->members) w_.value_member(m.key, m.value);
    w_.close('}');
  }

  /// As an attribute, a condition is its bare name.
  void condition(ir::ValueRef value) {
    if (value == nullptr) return;
    const ir::Call* named = value->call(ir::Fn::Condition);
    w_.value_member("Condition", named != nullptr ? named->args[0] : value);
  }

  void output(const ir::Output& o) {
    w_.open('{');
    w_.text_member("Description", o.description);
    condition(o.condition);
    w_.value_member("Value", o.value);
    if (o.export_name != nullptr) {
      const ir::Member name{"Name", o.export_name};
      const ir::Value exported{ir::Object{{&name, 1}}, {}};
      w_.value_member("Export", &exported);
    }
    w_.close('}');
  }

  const ir::Template& t_;
  JsonWriter w_;
};

}  // namespace

std::string template_json(const ir::Template& t) { return TemplateWriter(t).write(); }

std::string value_json(ir::ValueRef value, bool indented) {
  JsonWriter writer;
  if (value == nullptr) return "null";
  if (indented) {
    writer.value(value);
  } else {
    writer.one_line(value);
  }
  return writer.take();
}

std::string parameters_json(const std::vector<ParameterValue>& values) {
  std::string out = "[";
  for (std::size_t i = 0; i < values.size(); ++i) {
    out += i == 0 ? "\n  {\"ParameterKey\": " : ",\n  {\"ParameterKey\": ";
    append_json_string(out, values[i].key);
    out += ", \"ParameterValue\": ";
    append_json_string(out, values[i].value);
    out += '}';
  }
  out += values.empty() ? "]\n" : "\n]\n";
  return out;
}

}  // namespace stackc::emit

#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/ir/template_form.hpp"

namespace stackc::ir {
namespace {

constexpr std::string_view kTransform = "Fn::Transform";

const std::string_view* text_of(ValueRef v) { return v->get_if<std::string_view>(); }
/// CloudFormation treats an empty text like an absent one, JSON does not: such texts are kept raw.
bool is_filled(ValueRef v) { return text_of(v) != nullptr && !text_of(v)->empty(); }

std::string_view kind_of(ValueRef v) {
  if (v->get_if<Null>() != nullptr) return "null";
  if (v->get_if<bool>() != nullptr) return "a boolean";
  if (v->get_if<std::int64_t>() != nullptr || v->get_if<Decimal>() != nullptr) return "a number";
  if (text_of(v) != nullptr) return "a text";
  if (v->get_if<List>() != nullptr) return "a list";
  return v->get_if<Call>() != nullptr ? "a function" : "an object";
}

std::string_view entry_name(std::string_view section) {
  if (section == "Parameters") return "parameter";
  if (section == "Rules") return "rule";
  if (section == "Mappings") return "mapping";
  if (section == "Conditions") return "condition";
  return section == "Resources" ? "resource" : "output";
}

/// Sorts the entries and attributes of one section into a template.
class Section {
 public:
  Section(Template& t, std::string_view name, Sink& sink) : t_(t), name_(name), sink_(sink) {}

  void read(ValueRef plain, Span key_origin) {
    const Span at = key_origin.valid() ? key_origin : plain->origin;
    if (name_ == "AWSTemplateFormatVersion") return version(plain, at);
    if (name_ == "Description") return description(plain, at);
    if (name_ == "Metadata") return metadata(plain, at);
    if (name_ == "Transform") return transform(plain, at);
    for (const std::string_view known :
         {"Parameters", "Rules", "Mappings", "Conditions", "Resources", "Outputs"}) {
      if (name_ == known) return entries(plain, at);
    }
    keep(t_.raw, {name_, lift(plain), at});
  }

 private:
  ValueRef lift(ValueRef plain, Where where = Where::Value) { return with_calls(t_.arena, plain, where); }
  static void keep(RawAttributes& raw, const Member& m) { raw.push_back(m); }

  void version(ValueRef v, Span at) {
    const auto* text = text_of(v);
    if (text == nullptr || *text != "2010-09-09") keep(t_.raw, {name_, v, at});
  }
  void description(ValueRef v, Span at) {
    if (is_filled(v)) {
      t_.description = *text_of(v);
    } else {
      keep(t_.raw, {name_, lift(v), at});
    }
  }
  void metadata(ValueRef v, Span at) {
    const auto* object = v->get_if<Object>();
    if (object == nullptr || object->members.empty()) return keep(t_.raw, {name_, v, at});
    t_.metadata = lift(v);
  }
  void transform(ValueRef v, Span at) {
    const auto* list = v->get_if<List>();
    if (list == nullptr) {
      t_.transforms.push_back(lift(v));
      return;
    }
    for (ValueRef each : list->items) t_.transforms.push_back(lift(each));
    if (list->items.size() < 2) keep(t_.raw, {name_, lift(v), at});
  }

  // ------------------------------------------------------------ entries

  void entries(ValueRef plain, Span at) {
    const auto* object = plain->get_if<Object>();
    if (object == nullptr) {
      auto& d = sink_.report(
          Code::SectionForm, at,
          fmt::format("`{}` is {}, expected an object of {}s", name_, kind_of(plain), entry_name(name_)));
      if (plain->get_if<Null>() != nullptr) d.help("a section without entries is left out");
      return;
    }
    if (object->members.empty() && name_ != "Resources") keep(t_.raw, {name_, plain, at});
    for (const Member& m : object->members) entry(m);
  }

  void entry(const Member& m) {
    const auto* object = m.value->get_if<Object>();
    if (m.key.starts_with("Fn::") ||
        (object != nullptr && object->find(kTransform) != nullptr && !is_value())) {
      t_.raw_entries.push_back({name_, m.key, lift(m.value, where()), m.key_origin});
      return;
    }
    if (object == nullptr) return refuse(m, fmt::format("is {}, expected an object", kind_of(m.value)));
    if (name_ == "Parameters") return parameter(m, *object);
    if (name_ == "Resources") return resource(m, *object);
    if (name_ == "Outputs") return output(m, *object);
    if (name_ == "Rules") t_.rules.push_back({m.key, lift(m.value, Where::Rule), m.key_origin});
    if (name_ == "Mappings") t_.mappings.push_back({m.key, lift(m.value), m.key_origin});
    if (name_ == "Conditions") {
      t_.conditions.push_back({m.key, lift(m.value, Where::Condition), m.key_origin});
    }
  }

  /// Is an entry a value, so that a function may stand for it?
  [[nodiscard]] bool is_value() const {
    return name_ == "Mappings" || name_ == "Conditions" || name_ == "Rules";
  }
  [[nodiscard]] Where where() const {
    if (name_ == "Conditions") return Where::Condition;
    return name_ == "Rules" ? Where::Rule : Where::Value;
  }

  void refuse(const Member& m, const std::string& what) {
    sink_.report(Code::SectionForm, m.key_origin.valid() ? m.key_origin : m.value->origin,
                 fmt::format("{} `{}` {}", entry_name(name_), m.key, what));
  }

  /// The text under `Type`; empty after a report.
  std::string_view type_of(const Member& m, const Object& object) {
    ValueRef type = object.find("Type");
    if (type != nullptr && is_filled(type)) return *text_of(type);
    refuse(m, type == nullptr ? "has no `Type`"
                              : fmt::format("has {} as its `Type`, expected the name of a type",
                                            text_of(type) != nullptr ? "an empty text" : kind_of(type)));
    return {};
  }

  // ------------------------------------------------------------ one entry

  /// Puts a text into `field`; what is none stays raw.
  void text(std::string_view& field, const Member& m, RawAttributes& raw) {
    if (is_filled(m.value)) {
      field = *text_of(m.value);
    } else {
      keep(raw, {m.key, lift(m.value), m.key_origin});
    }
  }

  void parameter(const Member& entry, const Object& object) {
    Parameter p;
    p.id = entry.key;
    p.origin = entry.key_origin;
    p.type = type_of(entry, object);
    if (p.type.empty()) return;
    for (const Member& m : object.members) {
      if (m.key == "Type") continue;
      if (m.key == "Description")
        text(p.description, m, p.raw);
      else if (m.key == "AllowedPattern")
        text(p.allowed_pattern, m, p.raw);
      else if (m.key == "ConstraintDescription")
        text(p.constraint_description, m, p.raw);
      else if (m.key == "Default")
        p.default_value = m.value;
      else if (m.key == "AllowedValues")
        p.allowed_values = m.value;
      else if (m.key == "MinLength")
        p.min_length = m.value;
      else if (m.key == "MaxLength")
        p.max_length = m.value;
      else if (m.key == "MinValue")
        p.min_value = m.value;
      else if (m.key == "MaxValue")
        p.max_value = m.value;
      else if (m.key == "NoEcho")
        no_echo(p, m);
      else
        keep(p.raw, {m.key, lift(m.value), m.key_origin});
    }
    if (p.allowed_values != nullptr && p.allowed_values->get_if<List>() == nullptr) {
      keep(p.raw, {"AllowedValues", std::exchange(p.allowed_values, nullptr), entry.key_origin});
    }
    t_.parameters.push_back(std::move(p));
  }

  static void no_echo(Parameter& p, const Member& m) {
    const auto* flag = m.value->get_if<bool>();
    const auto* word = text_of(m.value);
    p.no_echo = (flag != nullptr && *flag) || (word != nullptr && (*word == "true" || *word == "True"));
    if (flag == nullptr || !*flag) keep(p.raw, m);
  }

  void resource(const Member& entry, const Object& object) {
    Resource r;
    r.id = entry.key;
    r.origin = entry.key_origin;
    r.type = type_of(entry, object);
    if (r.type.empty()) return;
    for (const Member& m : object.members) {
      if (m.key == "Type") continue;
      if (m.key == "Properties")
        properties(r, m);
      else if (m.key == "Condition")
        condition(r.condition, m, r.raw);
      else if (m.key == "DependsOn")
        depends_on(r, m);
      else if (m.key == "DeletionPolicy")
        text(r.deletion_policy, m, r.raw);
      else if (m.key == "UpdateReplacePolicy")
        text(r.update_replace_policy, m, r.raw);
      else if (m.key == "Version")
        text(r.version, m, r.raw);
      else if (m.key == "Metadata")
        r.metadata = lift(m.value);
      else if (m.key == "CreationPolicy")
        r.creation_policy = lift(m.value);
      else if (m.key == "UpdatePolicy")
        r.update_policy = lift(m.value);
      else
        keep(r.raw, {m.key, lift(m.value), m.key_origin});
    }
    t_.resources.push_back(std::move(r));
  }

  void properties(Resource& r, const Member& m) {
    if (m.value->get_if<Object>() != nullptr) {
      r.properties = lift(m.value);
    } else {
      keep(r.raw, m);
    }
  }

  void condition(ValueRef& field, const Member& m, RawAttributes& raw) {
    if (is_filled(m.value)) {
      field = Builder(t_.arena).at(m.value->origin).call(Fn::Condition, {m.value});
    } else {
      keep(raw, {m.key, lift(m.value), m.key_origin});
    }
  }

  void depends_on(Resource& r, const Member& m) {
    if (is_filled(m.value)) {
      r.depends_on.push_back(*text_of(m.value));
      return;
    }
    const auto* list = m.value->get_if<List>();
    if (list != nullptr && std::all_of(list->items.begin(), list->items.end(), is_filled)) {
      for (ValueRef each : list->items) r.depends_on.push_back(*text_of(each));
    }
    if (r.depends_on.size() < 2) keep(r.raw, {m.key, lift(m.value), m.key_origin});
  }

  void output(const Member& entry, const Object& object) {
    Output o;
    o.id = entry.key;
    o.origin = entry.key_origin;
    if (object.find("Value") == nullptr) return refuse(entry, "has no `Value`");
    for (const Member& m : object.members) {
      if (m.key == "Value")
        o.value = lift(m.value);
      else if (m.key == "Description")
        text(o.description, m, o.raw);
      else if (m.key == "Condition")
        condition(o.condition, m, o.raw);
      else if (m.key == "Export")
        exported(o, m);
      else
        keep(o.raw, {m.key, lift(m.value), m.key_origin});
    }
    t_.outputs.push_back(std::move(o));
  }

  void exported(Output& o, const Member& m) {
    const auto* object = m.value->get_if<Object>();
    if (object != nullptr && object->members.size() == 1 && object->members[0].key == "Name") {
      o.export_name = lift(object->members[0].value);
    } else {
      keep(o.raw, {m.key, lift(m.value), m.key_origin});
    }
  }

  Template& t_;
  std::string_view name_;
  Sink& sink_;
};

}  // namespace

void read_section(Template& t, std::string_view name, ValueRef plain, Sink& sink, Span key_origin) {
  Section(t, name, sink).read(plain, key_origin);
}

}  // namespace stackc::ir

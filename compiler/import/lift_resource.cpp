#include <algorithm>
#include <array>

#include "compiler/base/text.hpp"
#include "compiler/import/lift_literals.hpp"
#include "compiler/import/lifter.hpp"

/// Resources and outputs.
namespace stackc::cfn {
namespace {

/// The type as the grammar takes it: names between `::`.
std::string type_name(std::string_view type) {
  std::string out;
  for (std::size_t at = 0; at <= type.size();) {
    const std::size_t end = std::min(type.find("::", at), type.size());
    std::string part;
    for (const char c : type.substr(at, end - at)) {
      if (is_identifier(fmt::format("x{}", c))) part += c;
    }
    if (!is_identifier(part)) part = fmt::format("_{}", part);
    out += fmt::format("{}{}", at > 0 ? "::" : "", part);
    at = end + 2;
  }
  return out.find("::") == std::string::npos ? fmt::format("Custom::{}", out) : out;
}

/// Types that the language accepts although nobody declares them.
bool is_open_type(std::string_view type) {
  return !type.starts_with("AWS::") || type.starts_with("AWS::Serverless::") || type.ends_with("::MODULE");
}

std::size_t leaves(ir::ValueRef v) {
  std::size_t count = 0;
  if (const auto* items = v->get_if<ir::List>()) {
    for (const ir::ValueRef item : items->items) count += leaves(item);
  } else if (const auto* object = v->get_if<ir::Object>()) {
    for (const ir::Member& m : object->members) count += leaves(m.value);
  } else {
    return 1;
  }
  return count;
}

bool is_named_condition(ir::ValueRef v) { return v == nullptr || v->call(ir::Fn::Condition) != nullptr; }

}  // namespace

ir::ValueRef Lifter::block_condition(std::string_view section, std::string_view id,
                                     ir::ValueRef condition) const {
  if (condition == nullptr || !is_named_condition(condition)) return nullptr;
  const auto* name = condition->call(ir::Fn::Condition)->args[0]->get_if<std::string_view>();
  if (name == nullptr || names_.condition(*name).empty()) return nullptr;
  return faith_at(fmt::format("/{}/{}/Condition", section, id)) == Faith::Raw ? nullptr : condition;
}

void Lifter::resource(const ir::Resource& r) {
  const Piece piece(*this);
  const schema::ResourceType type = schema_.find(r.type);
  const std::string name = type_name(r.type);
  const bool unchecked = faith() != Faith::Idiom || faith_at(path_ + "/Properties") != Faith::Idiom ||
                         (!type && !is_open_type(r.type));
  resource_decorators(r);
  if (unchecked) put("@unchecked\n");
  put(fmt::format("resource {}: {}", names_.value(r.id), name));
  if (r.properties != nullptr && !attribute_is_raw("Properties")) {
    put(" ");
    resource_body(r, unchecked ? schema::ResourceType() : type);
  }
  put("\n");
}

void Lifter::resource_body(const ir::Resource& r, schema::ResourceType type) {
  const Step step(*this, "Properties");
  const Piece piece(*this);
  const auto* object = r.properties->get_if<ir::Object>();
  if (object == nullptr) return;
  if (object->members.empty()) return put("{}");
  constexpr std::size_t kFewProperties = 4;
  constexpr std::size_t kFewValues = 6;
  const bool broken = object->members.size() > kFewProperties || leaves(r.properties) > kFewValues;
  const schema::Properties properties = type ? type.properties() : schema::Properties();
  put(broken ? "{\n" : "{ ");
  for (std::size_t i = 0; i < object->members.size(); ++i) {
    if (i > 0) put(broken ? "\n" : ", ");
    const ir::Member& m = object->members[i];
    const schema::Property known = type ? properties.find(m.key) : schema::Property();
    member(m, known ? Slot::of(known.type()) : Slot::any());
  }
  put(broken ? "\n}" : " }");
}

void Lifter::resource_decorators(const ir::Resource& r) {
  std::vector<std::string_view> raw;
  const bool one = r.depends_on.size() == 1;  // in a list, which a decorator can say
  for (const ir::Member& m : r.raw) {
    if (m.key != "DependsOn" || !one) raw.push_back(m.key);
  }
  const auto add = [&](std::string_view key) {
    if (std::find(raw.begin(), raw.end(), key) == raw.end()) raw.push_back(key);
  };
  constexpr std::array<std::string_view, 9> kAttributes = {
      "Type",           "Version",      "Condition", "DeletionPolicy", "UpdateReplacePolicy",
      "CreationPolicy", "UpdatePolicy", "Metadata",  "Properties"};
  for (const std::string_view key : kAttributes) {
    if (attribute_is_raw(key) && given(key) != nullptr) add(key);
  }
  if (attribute_is_raw("DependsOn")) add("DependsOn");
  if (type_name(r.type) != r.type) add("Type");
  if (r.condition != nullptr && block_condition("Resources", r.id, r.condition) == nullptr) add("Condition");
  const bool body = r.properties != nullptr && r.properties->get_if<ir::Object>() != nullptr;
  if (given("Properties") != nullptr && !body) add("Properties");
  const auto is_raw = [&](std::string_view key) {
    return std::find(raw.begin(), raw.end(), key) != raw.end();
  };
  id_decorator(names_.value(r.id), r.id);
  policies(r, is_raw("DeletionPolicy"), is_raw("UpdateReplacePolicy"));
  if (!r.depends_on.empty() && !is_raw("DependsOn")) dependencies(r);
  if (!r.version.empty() && !is_raw("Version")) put(fmt::format("@version({})\n", quoted(r.version)));
  const auto attribute = [&](std::string_view decorator, std::string_view key, ir::ValueRef v) {
    if (v == nullptr || is_raw(key)) return;
    const Step step(*this, key);
    const Piece piece(*this);
    put(fmt::format("@{}(", decorator));
    plain_value(v, Slot::any(), Hold::Loose, false);
    put(")\n");
  };
  attribute("creationPolicy", "CreationPolicy", r.creation_policy);
  attribute("updatePolicy", "UpdatePolicy", r.update_policy);
  attribute("metadata", "Metadata", r.metadata);
  raw_decorator(raw, is_raw("DependsOn") && given("DependsOn") == nullptr ? "DependsOn" : "");
}

void Lifter::policies(const ir::Resource& r, bool deletion_is_raw, bool replacement_is_raw) {
  const std::string_view deletion = deletion_is_raw ? std::string_view() : r.deletion_policy;
  const std::string_view replacement = replacement_is_raw ? std::string_view() : r.update_replace_policy;
  if (deletion == replacement && (deletion == "Retain" || deletion == "Snapshot" || deletion == "Delete")) {
    return put(fmt::format("@{}\n", deletion == "Retain"     ? "retain"
                                    : deletion == "Snapshot" ? "snapshot"
                                                             : "delete"));
  }
  const auto one = [&](std::string_view decorator, std::string_view key, std::string_view policy) {
    if (policy.empty()) return;
    const Step step(*this, key);
    const Piece piece(*this);
    put(fmt::format("@{}({})\n", decorator, quoted(policy)));
  };
  one("deletionPolicy", "DeletionPolicy", deletion);
  one("updateReplacePolicy", "UpdateReplacePolicy", replacement);
}

void Lifter::dependencies(const ir::Resource& r) {
  const Step step(*this, "DependsOn");
  const Piece piece(*this);
  const ir::ValueRef written = given("DependsOn");
  const bool list = r.depends_on.size() == 1 && written != nullptr && written->get_if<ir::List>() != nullptr;
  const bool only = faith() != Faith::Idiom;  // and what the compiler would add is not wanted
  put(only ? "@dependsOn(only: [" : list ? "@dependsOn([" : "@dependsOn(");
  for (std::size_t i = 0; i < r.depends_on.size(); ++i) {
    const std::string_view name = names_.value(r.depends_on[i]);
    put(fmt::format("{}{}", i > 0 ? ", " : "", name.empty() ? r.depends_on[i] : name));
  }
  put(only || list ? "])\n" : ")\n");
}

// ---------------------------------------------------------------- outputs

namespace {

/// `${AWS::StackName}:O`: the name that `export O` gives.
bool is_own_name(ir::ValueRef name, std::string_view id) {
  const ir::Call* c = name->call(ir::Fn::SubText);
  const auto* text = c != nullptr && c->args.size() == 1 ? c->args[0]->get_if<std::string_view>() : nullptr;
  return text != nullptr && *text == fmt::format("${{AWS::StackName}}:{}", id);
}

}  // namespace

void Lifter::output(const ir::Output& o) {
  const Piece piece(*this);
  std::vector<std::string_view> raw;
  for (const ir::Member& m : o.raw) raw.push_back(m.key);
  const auto is_raw = [&](std::string_view key) {
    return std::find(raw.begin(), raw.end(), key) != raw.end();
  };
  for (const std::string_view key : {"Description", "Condition", "Value", "Export"}) {
    if (attribute_is_raw(key) && given(key) != nullptr && !is_raw(key)) raw.push_back(key);
  }
  const bool documented = !o.description.empty() && can_be_doc(o.description) && !is_raw("Description");
  if (!documented && given("Description") != nullptr && !is_raw("Description")) raw.push_back("Description");
  const bool conditional = o.condition != nullptr && !is_raw("Condition");
  if (conditional && block_condition("Outputs", o.id, o.condition) == nullptr) raw.push_back("Condition");
  if (documented) doc(o.description);
  id_decorator(names_.output(o.id), o.id);
  raw_decorator(raw, {});
  const bool exported = o.export_name != nullptr && !is_raw("Export");
  put(fmt::format("{} {}", exported ? "export" : "output", names_.output(o.id)));
  if (exported && !is_own_name(o.export_name, o.id)) {
    put(" as ");
    const Step step(*this, "Export");
    const Step name(*this, "Name");
    value(o.export_name, Slot::text());
  }
  put(" = ");
  const auto* ref = o.value != nullptr ? o.value->call(ir::Fn::Ref) : nullptr;
  const auto* id = ref != nullptr ? ref->args[0]->get_if<std::string_view>() : nullptr;
  if (o.value == nullptr || is_raw("Value")) {
    put("\"\"");
  } else if (id != nullptr && resource_of(*id) != nullptr && faith_at(path_ + "/Value") == Faith::Idiom) {
    const Step step(*this, "Value");
    const Piece inner(*this);
    put(names_.value(*id));  // a resource as an output is its `Ref`
  } else {
    const Step step(*this, "Value");
    value(o.value, Slot::text());
  }
  put("\n");
}

}  // namespace stackc::cfn

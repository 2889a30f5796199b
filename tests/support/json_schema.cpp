#include "tests/support/json_schema.hpp"

#include <algorithm>

namespace stackc::tests {
namespace {

using nlohmann::json;

bool has_type(const json& value, const std::string& type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_boolean();
  if (type == "integer") return value.is_number_integer();
  return false;
}

void collect(const json& rule, const std::string& at, std::set<std::string>& into) {
  for (const char* group : {"$defs", "properties"}) {
    if (!rule.contains(group)) continue;
    for (const auto& [name, inner] : rule[group].items()) {
      const std::string place = at + "/" + group + "/" + name;
      if (std::string(group) == "properties") into.insert(place);
      collect(inner, place, into);
    }
  }
  if (rule.contains("items")) collect(rule["items"], at + "/items", into);
}

}  // namespace

std::vector<std::string> JsonSchema::mistakes(const json& value) {
  mistakes_.clear();
  check(value, "", "#");
  return mistakes_;
}

std::set<std::string> JsonSchema::all() const {
  std::set<std::string> places;
  collect(schema_, "#", places);
  return places;
}

void JsonSchema::say(const std::string& at, const std::string& what) {
  mistakes_.push_back((at.empty() ? "the document" : at) + ": " + what);
}

void JsonSchema::check(const json& value, const std::string& at, const std::string& rule_at) {
  used_.insert(rule_at);
  const json& rule = schema_.at(json::json_pointer(rule_at.substr(1)));
  for (const auto& [keyword, expected] : rule.items()) {
    if (keyword == "$schema" || keyword == "$defs" || keyword == "title" || keyword == "description") continue;
    if (keyword == "properties" || keyword == "required") continue;  // below, together
    if (keyword == "$ref") {
      check(value, at, expected.get<std::string>());
    } else if (keyword == "type") {
      if (!has_type(value, expected)) say(at, "is no " + expected.get<std::string>());
    } else if (keyword == "const") {
      if (value != expected) say(at, "is not " + expected.dump());
    } else if (keyword == "enum") {
      if (std::find(expected.begin(), expected.end(), value) == expected.end())
        say(at, value.dump() + " is none of " + expected.dump());
    } else if (keyword == "minimum") {
      if (value.is_number() && value < expected) say(at, "is less than " + expected.dump());
    } else if (keyword == "minItems") {
      if (value.is_array() && value.size() < expected.get<std::size_t>()) say(at, "has too few items");
    } else if (keyword == "items") {
      for (std::size_t i = 0; value.is_array() && i < value.size(); ++i)
        check(value[i], at + "/" + std::to_string(i), rule_at + "/items");
    } else {
      say(rule_at, "the keyword `" + keyword + "` is not checked");
    }
  }
  if (value.is_object() && rule.contains("properties")) check_object(value, at, rule_at);
}

void JsonSchema::check_object(const json& value, const std::string& at, const std::string& rule_at) {
  const json& rule = schema_.at(json::json_pointer(rule_at.substr(1)));
  for (const json& key : rule.value("required", json::array())) {
    if (!value.contains(key.get<std::string>())) say(at, "has no `" + key.get<std::string>() + "`");
  }
  for (const auto& [key, member] : value.items()) {
    if (rule["properties"].contains(key)) {
      check(member, at + "/" + key, rule_at + "/properties/" + key);
    } else {
      say(at, "has `" + key + "`, which the schema does not");
    }
  }
}

}  // namespace stackc::tests

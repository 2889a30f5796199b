#pragma once

#include <nlohmann/json.hpp>

#include <set>
#include <string>
#include <vector>

namespace stackc::tests {

/// JSON Schema, as much of it as the schemas of this repository use: `$ref` inside of one file, `type`, `const`,
/// `enum`, `required`, `properties`, `items`, `minItems`, `minimum`. Another keyword is an error, so that a schema
/// never promises what is not checked; so is a key of an object that the schema does not have.
class JsonSchema {
 public:
  explicit JsonSchema(nlohmann::json schema) : schema_(std::move(schema)) {}

  /// What is wrong with `value`, each with its place (`/projects/0/totals`); empty: nothing.
  std::vector<std::string> mistakes(const nlohmann::json& value);

  /// Places in the schema (`#/$defs/danger/properties/help`) that have had a value.
  [[nodiscard]] const std::set<std::string>& used() const { return used_; }
  /// All places that can have one.
  [[nodiscard]] std::set<std::string> all() const;

 private:
  void check(const nlohmann::json& value, const std::string& at, const std::string& rule_at);
  void check_object(const nlohmann::json& value, const std::string& at, const std::string& rule_at);
  void say(const std::string& at, const std::string& what);

  nlohmann::json schema_;
  std::set<std::string> used_;
  std::vector<std::string> mistakes_;
};

}  // namespace stackc::tests

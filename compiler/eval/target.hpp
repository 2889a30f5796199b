#pragma once

#include "compiler/sema/types.hpp"

namespace stackc::eval {

/// The type of the place that a value goes to: one of the program's types or a slot of the schema,
/// seen in the same way. Passed by value; valid as long as the type table and the schema.
class Target {
 public:
  /// Anything goes.
  Target() = default;
  Target(const sema::TypeTable& types, sema::TypeId id) : types_(id.valid() ? &types : nullptr), id_(id) {}
  explicit Target(schema::Type slot) : slot_(slot) {}
  /// The properties of a resource.
  explicit Target(schema::ResourceType resource) : resource_(resource) {}

  /// `Error` when anything goes.
  [[nodiscard]] sema::Kind kind() const;
  /// Of List, Map, Optional, Secret, Ssm; of a Literal, its plain type.
  [[nodiscard]] Target element() const;
  [[nodiscard]] std::size_t arm_count() const;  // of a Union
  [[nodiscard]] Target arm(std::size_t i) const;
  /// Of Record, Nested, Properties, Upstream; anything goes where there is no such field.
  [[nodiscard]] Target field(std::string_view name) const;
  /// Whether a Nested or Properties has that field.
  [[nodiscard]] bool has_field(std::string_view name) const { return static_cast<bool>(properties().find(name)); }
  /// Of a Nested or Properties.
  [[nodiscard]] std::vector<std::string_view> field_names() const { return properties().names(); }
  /// Of a Nested: `Matcher`; empty for anything else.
  [[nodiscard]] std::string_view nested_name() const;
  /// Of an Id.
  [[nodiscard]] std::string_view resource_name() const;
  [[nodiscard]] std::string_view member() const;
  [[nodiscard]] std::string_view literal() const;
  [[nodiscard]] schema::Unit unit() const;
  /// The declared fields of a Record; empty for anything else.
  [[nodiscard]] std::span<const sema::FieldType> record_fields() const;
  /// In messages.
  [[nodiscard]] std::string str() const;

 private:
  [[nodiscard]] Target of(sema::TypeId id) const { return {*types_, id}; }
  [[nodiscard]] schema::Properties properties() const;
  [[nodiscard]] const sema::Type& type() const { return (*types_)[id_]; }

  const sema::TypeTable* types_ = nullptr;
  sema::TypeId id_;
  schema::Type slot_;
  schema::ResourceType resource_;
};

}  // namespace stackc::eval

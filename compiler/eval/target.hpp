#pragma once

#include "compiler/sema/types.hpp"

namespace stackc::eval {

/// The type of the place that a value goes to: one of the program's types or a slot of the schema,
/// seen in the same way. Two machine words, passed by value; valid as long as the type table and the schema.
class Target {
 public:
  /// Anything goes.
  Target() = default;
  Target(const sema::TypeTable& types, sema::TypeId id) {
    if (!id.valid()) return;
    base_ = &types;
    id_ = id.value;
    form_ = Form::Declared;
    kind_ = types.kind(id);
  }
  explicit Target(schema::Type slot);
  /// The properties of a resource.
  explicit Target(schema::ResourceType resource);

  /// `Error` when anything goes.
  [[nodiscard]] sema::Kind kind() const { return kind_; }
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
  /// What `base_` and `id_` are: nothing; a table and a type in it; the schema's data and a slot, or a
  /// resource type, in them.
  enum class Form : std::uint8_t { Any, Declared, Slot, Resource };

  [[nodiscard]] const sema::TypeTable& types() const { return *static_cast<const sema::TypeTable*>(base_); }
  [[nodiscard]] Target of(sema::TypeId id) const { return {types(), id}; }
  [[nodiscard]] const sema::Type& type() const { return types()[sema::TypeId{id_}]; }
  [[nodiscard]] schema::Type slot() const { return {static_cast<const schema::Blob*>(base_), id_}; }
  [[nodiscard]] schema::ResourceType resource() const { return {static_cast<const schema::Blob*>(base_), id_}; }
  [[nodiscard]] schema::Properties properties() const;

  const void* base_ = nullptr;
  std::uint32_t id_ = 0;
  Form form_ = Form::Any;
  sema::Kind kind_ = sema::Kind::Error;
};

}  // namespace stackc::eval

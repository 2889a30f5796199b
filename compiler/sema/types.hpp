#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/arena.hpp"
#include "compiler/base/hash_index.hpp"
#include "compiler/base/id.hpp"
#include "compiler/base/number_table.hpp"
#include "compiler/modules/modules.hpp"
#include "compiler/schema/schema.hpp"

namespace stackc::sema {

struct TypeTag;
/// A type in a `TypeTable`; equal types have equal ids.
using TypeId = Id<TypeTag>;

enum class Kind : std::uint8_t {
  Error,  // unknown because of a mistake that was reported; fits everywhere, silently
  Never,  // the element of `[]`; fits everywhere
  None,   // of `none`
  String, Int, Number, Bool, Json, Cidr, Duration, Size, Percent,
  Arn,       // the supertype of every ARN kind
  Literal,   // one string, integer or bool: `text`, with `base` its plain type
  Id,        // `resource` `.` `member`, nominal: AWS::EC2::VPC.VpcId
  Resource,  // a resource itself, of the schema type `resource`
  Nested,    // a nested property type of the schema: `resource` `#` `member`
  Properties,  // the body of a resource of type `resource`: a record of its properties
  Instance,  // an instance of the component `component`: the record of its outputs
  Upstream,  // a stack's exports, as a record: `fields`
  List, Map,  // `element`; a Map is ordered
  Record,     // `fields`
  Optional,   // `element`
  Union,      // `arms`
  Secret, Ssm,  // `element`
  Policy,       // an IAM policy document
  Port,         // what stands behind the colon of `allow`: `tcp(80)`, `icmp`, `all`
  Pseudo,       // the namespace `aws`
  Range,        // `1..3`, as a value: a list of Int
};

struct DeclRef {
  ModuleId module;
  ast::DeclId decl;
  friend bool operator==(DeclRef, DeclRef) = default;
};

struct FieldType {
  std::string_view name;
  bool optional = false;
  TypeId type;
  friend bool operator==(const FieldType&, const FieldType&) = default;
};

/// Refinements of a String, Int or Number; they become a parameter's constraints.
struct Constraint {
  std::optional<std::int64_t> low, high;  // length of a String, value of a number
  std::string_view pattern;               // of a String
  friend bool operator==(const Constraint&, const Constraint&) = default;
};

struct Type {
  Kind kind = Kind::Error;
  TypeId element;                      // List, Map, Optional, Secret, Ssm; Literal: its plain type
  std::span<const TypeId> arms;        // Union, flat: no Union or Optional inside
  std::span<const FieldType> fields;   // Record, Upstream; in declaration order
  std::string_view text;               // Literal: as text (`a`, `80`, `true`)
  schema::ResourceType resource;       // Resource, Properties, Nested, Id (false view: an `id type` only)
  std::string_view resource_name;      // the same by name; set for Id also when there is no such type
  std::string_view member;             // Id: canonical class of identity; Nested: its name
  schema::NestedType nested;           // Nested
  DeclRef component;                   // Instance
  Constraint constraint;               // String, Int, Number
  schema::Unit unit = schema::Unit::None;  // Int, Number, String with a unit
  schema::Type open;  // the schema type behind a Union whose values AWS may extend: strangers only warn
};

/// Interns types. One per compilation; not shared between threads.
class TypeTable {
 public:
  TypeTable();

  /// Stays where it is, however many types come to be.
  [[nodiscard]] const Type& operator[](TypeId id) const { return *types_[id.value]; }
  [[nodiscard]] Kind kind(TypeId id) const { return types_[id.value]->kind; }

  // The plain types, by kind.
  [[nodiscard]] TypeId plain(Kind kind) const { return plain_[static_cast<std::size_t>(kind)]; }
  TypeId list(TypeId element);
  TypeId map(TypeId element);
  TypeId optional(TypeId inner);  // `T??` is `T?`
  TypeId record(const std::vector<FieldType>& fields);
  TypeId upstream(const std::vector<FieldType>& fields);
  TypeId union_of(std::vector<TypeId> arms);  // flattens, removes doubles; none becomes Optional
  TypeId literal(TypeId base, std::string_view text);
  TypeId id(std::string_view resource, std::string_view member);
  TypeId resource(schema::ResourceType type);
  TypeId custom(std::string_view type_name);  // a resource of a type that nobody declares: `Custom::X`
  TypeId properties(schema::ResourceType type);
  TypeId nested(schema::NestedType type);
  TypeId instance(DeclRef component);
  TypeId constrained(TypeId base, Constraint constraint);
  TypeId with_unit(TypeId base, schema::Unit unit);
  TypeId wrapped(Kind kind, TypeId element);  // Secret, Ssm
  /// The type of a slot of the schema.
  TypeId from_schema(schema::Type type);

  /// `T` of `T?`, else the type itself.
  [[nodiscard]] TypeId strip_optional(TypeId id) const;
  [[nodiscard]] bool is_optional(TypeId id) const { return kind(id) == Kind::Optional; }
  /// As a person would write it: `[AWS::EC2::Subnet.SubnetId]?`.
  [[nodiscard]] std::string str(TypeId id) const;

  /// Text that lives as long as the table.
  std::string_view keep(std::string_view text) { return arena_.copy(text); }
  /// Where resource types are looked up: declared ones first, then AWS's.
  [[nodiscard]] schema::ResourceType find_resource(std::string_view name) const;
  void add_schema(schema::Schema declared) { declared_.push_back(declared); }
  /// The types that there are stay; those that come later are found elsewhere.
  void freeze() { by_content_.freeze(); }

 private:
  /// What a type points to: lives as long as the table, or is copied when the type is new.
  enum class Texts : std::uint8_t { Lasting, Copied };
  TypeId intern(const Type& type, Texts texts = Texts::Lasting);
  TypeId around(Kind kind, TypeId element);

  Arena arena_{std::size_t{1} << 19};  // the standard library's types in one block
  std::vector<const Type*> types_;  // in the arena
  HashIndex by_content_;
  NumberTable<std::uint64_t, TypeId> around_;  // by kind and element
  NumberTable<std::uint64_t, TypeId> from_schema_;
  std::vector<TypeId> plain_;
  std::vector<schema::Schema> declared_;
};

}  // namespace stackc::sema

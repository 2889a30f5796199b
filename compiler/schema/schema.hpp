#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The AWS types, read straight out of a read-only blob in the binary: nothing is parsed, allocated
/// or relocated at start, a look-up touches only the pages it needs. All classes here are views of
/// two machine words, passed by value, valid as long as the blob (for `Schema::aws()`: always).
namespace stackc::schema {

class Blob;  // the raw bytes and their table readers; schema/blob.hpp

enum class TypeKind : std::uint8_t {
  String, Integer, Number, Boolean, Json, Timestamp,
  Id,       // an id or ARN of a resource type: `resource_type()` and `member()`
  Literal,  // one allowed string: `literal()`
  List, Map,   // `element()`
  Nested,   // a nested property type: `nested()`
  Union,    // `arms()`
  Policy,   // an IAM policy document (the corrections say where); JSON to CloudFormation
};

/// What a number or string in a slot counts (decision 15): `Int<s>`, `String<GiB>`, `Iso8601`.
enum class Unit : std::uint8_t {
  None, Milliseconds, Seconds, Minutes, Hours, Days, Iso8601, Bytes, KiB, MiB, GiB, TiB, Percent,
};

class NestedType;

class Type {
 public:
  Type() = default;
  Type(const Blob* blob, std::uint32_t ref) : blob_(blob), ref_(ref) {}
  [[nodiscard]] TypeKind kind() const;
  [[nodiscard]] Type element() const;
  [[nodiscard]] NestedType nested() const;
  [[nodiscard]] std::size_t arm_count() const;
  [[nodiscard]] Type arm(std::size_t i) const;
  [[nodiscard]] std::string_view literal() const;
  [[nodiscard]] std::string_view resource_type() const;  // Id: `AWS::EC2::VPC`
  [[nodiscard]] std::string_view member() const;         // Id: `VpcId`
  [[nodiscard]] Unit unit() const;
  [[nodiscard]] std::string_view pattern() const;                // regular expression, empty: none
  [[nodiscard]] std::optional<std::int64_t> minimum() const;     // of the value, or of the length
  [[nodiscard]] std::optional<std::int64_t> maximum() const;
  /// As written in a stack file: `[AWS::EC2::Subnet.SubnetId]`, `"a" | "b"`.
  [[nodiscard]] std::string str() const;
  /// Identity within one blob: equal refs are equal types.
  [[nodiscard]] std::uint32_t ref() const { return ref_; }
  [[nodiscard]] const Blob* blob() const { return blob_; }
  explicit operator bool() const { return blob_ != nullptr; }

 private:
  const Blob* blob_ = nullptr;
  std::uint32_t ref_ = 0;
};

enum class Replacement : std::uint8_t { No, Yes, Maybe };

class Property {
 public:
  Property() = default;
  Property(const Blob* blob, std::uint32_t at) : blob_(blob), at_(at) {}
  [[nodiscard]] std::string_view name() const;
  [[nodiscard]] Type type() const;
  [[nodiscard]] bool required() const;
  [[nodiscard]] Replacement replacement() const;
  [[nodiscard]] bool deprecated() const;
  /// What AWS uses when the property is absent, as text; empty when the data does not say.
  [[nodiscard]] std::string_view default_value() const;
  explicit operator bool() const { return blob_ != nullptr; }

 private:
  const Blob* blob_ = nullptr;
  std::uint32_t at_ = 0;
};

/// A run of properties, sorted by name.
class Properties {
 public:
  Properties() = default;
  Properties(const Blob* blob, std::uint32_t first, std::uint32_t count)
      : blob_(blob), first_(first), count_(count) {}
  [[nodiscard]] std::size_t size() const { return count_; }
  [[nodiscard]] Property operator[](std::size_t i) const;
  /// By a hash table; a false view when there is none.
  [[nodiscard]] Property find(std::string_view name) const;
  /// All names, for did-you-mean.
  [[nodiscard]] std::vector<std::string_view> names() const;

 private:
  const Blob* blob_ = nullptr;
  std::uint32_t first_ = 0;
  std::uint32_t count_ = 0;
};

class NestedType {
 public:
  NestedType() = default;
  NestedType(const Blob* blob, std::uint32_t at) : blob_(blob), at_(at) {}
  [[nodiscard]] std::string_view name() const;           // `Matcher`
  [[nodiscard]] std::string_view resource_type() const;  // whose it is
  [[nodiscard]] Properties properties() const;
  [[nodiscard]] std::uint32_t at() const { return at_; }
  explicit operator bool() const { return blob_ != nullptr; }

 private:
  const Blob* blob_ = nullptr;
  std::uint32_t at_ = 0;
};

enum class TagShape : std::uint8_t {
  None,
  List,            // [{Key, Value}]
  Map,             // {name: value}
  AutoScaling,     // [{Key, Value, PropagateAtLaunch}]
  Specifications,  // launch templates: TagSpecifications by resource type
};

class ResourceType {
 public:
  ResourceType() = default;
  ResourceType(const Blob* blob, std::uint32_t at) : blob_(blob), at_(at) {}
  [[nodiscard]] std::string_view name() const;
  [[nodiscard]] Properties properties() const;
  /// What `Fn::GetAtt` can return; names may have dots (`Endpoint.Address`).
  [[nodiscard]] Properties attributes() const;
  [[nodiscard]] NestedType nested(std::string_view name) const;
  [[nodiscard]] std::vector<NestedType> nested_types() const;
  /// The class of identity that `Ref` returns (`VpcId`); empty when the data does not say.
  [[nodiscard]] std::string_view ref_member() const;
  [[nodiscard]] std::vector<std::string_view> primary_identifier() const;
  /// The one name that stands for a class of identity: `canonical("Id")` is `GroupId` for security
  /// groups; a name without aliases is its own.
  [[nodiscard]] std::string_view canonical(std::string_view member) const;
  /// Does `member` name the resource, so that `AWS::EC2::VPC.VpcId` is a kind of id? What `Ref`
  /// returns, an alias of it, and attributes and properties typed as the type's own id.
  [[nodiscard]] bool is_identity(std::string_view member) const;
  /// The member that is the resource's own ARN (`Arn`, `TargetGroupArn`), canonical: what `Ref`
  /// returns or an attribute. Empty when CloudFormation does not give it.
  [[nodiscard]] std::string_view arn_member() const;
  [[nodiscard]] TagShape tag_shape() const;
  [[nodiscard]] std::string_view tag_property() const;  // empty when the type has no tags
  /// Holds data that deletion or replacement would lose.
  [[nodiscard]] bool stateful() const;
  /// `DeletionPolicy: Snapshot` is allowed.
  [[nodiscard]] bool supports_snapshot() const;
  /// Paths (`CreationInfo.OwnerUid`, `Tags.*.Key`) of further properties whose change replaces.
  [[nodiscard]] std::vector<std::string_view> also_replaces() const;
  /// The transform that a template needs for this type, empty for none.
  [[nodiscard]] std::string_view required_transform() const;
  [[nodiscard]] std::string documentation_url() const;
  [[nodiscard]] std::uint32_t at() const { return at_; }
  [[nodiscard]] const Blob* blob() const { return blob_; }
  explicit operator bool() const { return blob_ != nullptr; }
  friend bool operator==(ResourceType, ResourceType) = default;

 private:
  const Blob* blob_ = nullptr;
  std::uint32_t at_ = 0;
};

/// A set of resource types: AWS's own, or those that a program declares.
class Schema {
 public:
  explicit Schema(const Blob* blob) : blob_(blob) {}
  /// The types in the binary.
  static Schema aws();
  /// The same, with `over`'s types in front: what `find` finds there hides what is here.
  [[nodiscard]] Schema with(Schema over) const;
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] ResourceType operator[](std::size_t i) const;  // sorted by name
  [[nodiscard]] ResourceType find(std::string_view name) const;
  /// Is `AWS::EC2::Image.Id` known as an id-only kind (`id type`)?
  [[nodiscard]] bool has_id_kind(std::string_view resource_type, std::string_view member) const;
  /// Types whose name contains every word of `words` (case-insensitive), best first.
  [[nodiscard]] std::vector<ResourceType> search(std::string_view words) const;
  /// Closest names, for did-you-mean.
  [[nodiscard]] std::vector<std::string_view> close_names(std::string_view name) const;

 private:
  const Blob* blob_;
  const Blob* over_ = nullptr;
};

}  // namespace stackc::schema

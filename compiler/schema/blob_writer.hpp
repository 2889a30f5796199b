#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/schema/blob.hpp"

namespace stackc::schema {

/// What a slot's number or text is limited to. `pattern` is a regular expression, empty for none.
struct Limits {
  std::optional<std::int64_t> minimum;
  std::optional<std::int64_t> maximum;
  std::string_view pattern;
};

/// A property or attribute as the writer takes it.
struct PropertyFacts {
  std::string_view name;
  std::uint32_t type = 0;  // of `BlobWriter`
  bool required = false;
  bool deprecated = false;
  Replacement replacement = Replacement::No;
  std::string_view default_value = {};
};

/// A resource type as the writer takes it; lists in any order.
struct ResourceFacts {
  std::string_view name;
  std::vector<PropertyFacts> properties;
  std::vector<PropertyFacts> attributes;
  std::vector<std::string_view> primary;
  std::string_view ref;
  std::vector<std::pair<std::string_view, std::string_view>> same;  // a name, the canonical one
  std::vector<std::string_view> also_replaces;
  std::vector<std::string_view> unordered;  // `Name` or `Nested.Name`
  std::string_view transform;
  std::string_view tag_property;
  TagShape tag_shape = TagShape::None;
  bool stateful = false;
  bool snapshots = false;
};

/// Collects types and lays them out as a blob. Equal types share one record, equal texts one text.
/// The shared nested type `Tag` is always there: see `tag()`.
class BlobWriter {
 public:
  BlobWriter();

  // Types: each answers a record's index; equal types have equal indexes.
  std::uint32_t plain(TypeKind kind, Unit unit = Unit::None, const Limits& limits = {});
  std::uint32_t id(std::string_view resource, std::string_view member);
  std::uint32_t literal(std::string_view text);
  std::uint32_t list(std::uint32_t element) { return element_type(TypeKind::List, element); }
  std::uint32_t map(std::uint32_t element) { return element_type(TypeKind::Map, element); }
  std::uint32_t nested_type(std::uint32_t nested);
  std::uint32_t union_of(const std::vector<std::uint32_t>& arms);
  /// `[{Key, Value}]`'s element: the nested type that all resource types share.
  [[nodiscard]] std::uint32_t tag() const { return tag_; }

  /// Reserves records for the nested types of one resource type, which come sorted by name; the
  /// first's index. Their properties are given with `fill_nested`.
  std::uint32_t reserve_nested(std::string_view resource, const std::vector<std::string_view>& names);
  void fill_nested(std::uint32_t nested, std::vector<PropertyFacts> properties);
  /// `nested` is the run from `reserve_nested`.
  void resource(const ResourceFacts& facts, Run nested);
  void id_kind(std::string_view resource, std::string_view member);

  /// The finished blob. The writer is used up.
  std::vector<unsigned char> finish();

 private:
  using TextId = std::uint32_t;  // an index into `texts_`, until `finish` knows offsets

  TextId text(std::string_view text);
  std::uint32_t element_type(TypeKind kind, std::uint32_t element);
  std::uint32_t type(const TypeRecord& record, std::string_view tail = {});
  std::uint32_t constraint(const Limits& limits);
  Run properties(std::vector<PropertyFacts> facts);
  /// Makes the hash table of a run.
  void hash_names(Run run);
  Run names(const std::vector<std::string_view>& names);
  void sort_tables();
  [[nodiscard]] std::vector<std::uint32_t> index() const;
  std::vector<unsigned char> lay_out_texts();
  void replace_text_ids();

  std::deque<std::string> texts_;
  std::unordered_map<std::string_view, TextId> text_ids_;
  std::vector<TextRef> text_offsets_;  // by TextId, set by `lay_out_texts`
  std::unordered_map<std::string, std::uint32_t> type_ids_;
  std::vector<ResourceRecord> resources_;
  std::vector<PropertyRecord> properties_;
  std::vector<NestedRecord> nested_;
  std::vector<TypeRecord> types_;
  std::vector<std::uint32_t> arms_;
  std::vector<ConstraintRecord> constraints_;
  std::vector<TextRef> names_;
  std::vector<IdKindRecord> id_kinds_;
  std::uint32_t tag_ = 0;
};

}  // namespace stackc::schema

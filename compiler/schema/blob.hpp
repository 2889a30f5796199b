#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>
#include <vector>

#include "compiler/schema/schema.hpp"

/// The bytes behind the views of schema.hpp: a header, one table of fixed-size records a kind, and
/// the texts. Records name each other by index and texts by offset, never by pointer, so the
/// bytes can lie in a read-only page of the binary. Little-endian, like every host we build for.
namespace stackc::schema {

static_assert(std::endian::native == std::endian::little);

/// Offset of a text: 32 bits of length, then its bytes. Offset 0 is the empty text.
using TextRef = std::uint32_t;

enum class Section : std::uint32_t {
  Texts,
  Resources,
  Properties,
  Nested,
  Types,
  Arms,
  Constraints,
  Names,
  IdKinds,
  Index
};
inline constexpr std::size_t kSections = 10;

/// Index: a hash table of resource types by name, a power of two of slots that hold 1 + the record's
/// number or 0, probed linearly. A look-up touches three pages, where a binary search touches twenty.
constexpr std::uint32_t hash_name(std::string_view name) {
  std::uint32_t hash = 2166136261u;  // FNV-1a
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return hash;
}

struct SectionHeader {
  std::uint32_t offset;  // from the start of the blob, a multiple of 8
  std::uint32_t count;   // records; bytes for Texts
};

struct Header {
  static constexpr std::uint32_t kMagic = 0x534b5453;  // "STKS"
  static constexpr std::uint32_t kVersion = 3;

  std::uint32_t magic;
  std::uint32_t version;
  std::uint32_t size;  // of the whole blob
  std::uint32_t reserved;
  std::array<SectionHeader, kSections> sections;
};

/// A run of records in some table.
struct Run {
  std::uint32_t first;
  std::uint32_t count;
};

struct ResourceRecord {
  static constexpr std::uint8_t kStateful = 1;
  static constexpr std::uint8_t kSnapshots = 2;

  TextRef name;
  TextRef ref;
  TextRef tag_property;
  TextRef transform;
  Run properties;  // Properties
  Run attributes;  // Properties
  Run nested;      // Nested
  Run primary;     // Names
  Run same;        // Names, in pairs: a name, the canonical one
  Run also;        // Names: paths of further properties whose change replaces
  Run unordered;   // Names, sorted: lists whose order says nothing, `Name` or `Nested.Name`
  std::uint8_t tag_shape;
  std::uint8_t flags;
  std::uint16_t reserved;
};

struct PropertyRecord {
  static constexpr std::uint8_t kRequired = 1;
  static constexpr std::uint8_t kDeprecated = 2;

  TextRef name;
  std::uint32_t type;  // Types
  TextRef default_value;
  std::uint8_t flags;
  std::uint8_t replacement;
  // The run's hash table by name, which has as many buckets as the run has properties; see buckets.hpp. Both
  // are 1 + a number in the run, or 0.
  std::uint8_t bucket;  // the first property in the bucket of this record's number
  std::uint8_t next;    // the next property in the same bucket as this one
};

struct NestedRecord {
  TextRef name;
  TextRef resource;  // empty: shared by all resource types (`Tag`)
  Run properties;    // Properties
};

struct TypeRecord {
  static constexpr std::uint32_t kNoConstraint = 0xffffffffu;

  std::uint8_t kind;
  std::uint8_t unit;
  std::uint16_t reserved;
  std::uint32_t a;  // Literal: text; Id: resource type; List, Map: element; Nested: index; Union: first arm
  std::uint32_t b;  // Id: member; Union: number of arms
  std::uint32_t constraint;
};

struct ConstraintRecord {
  static constexpr std::uint32_t kMinimum = 1;
  static constexpr std::uint32_t kMaximum = 2;

  std::int64_t minimum;
  std::int64_t maximum;
  TextRef pattern;
  std::uint32_t flags;
};

struct IdKindRecord {
  TextRef resource;
  TextRef member;
};

/// Reads a blob. Owns nothing; the bytes must outlive it and must come from `BlobWriter`.
class Blob {
 public:
  constexpr explicit Blob(const unsigned char* bytes) : bytes_(bytes) {}

  [[nodiscard]] std::string_view text(TextRef at) const {
    const auto* start = bytes_ + section(Section::Texts).offset + at;
    std::uint32_t length = 0;
    std::memcpy(&length, start, sizeof length);
    return {reinterpret_cast<const char*>(start) + sizeof length, length};
  }
  [[nodiscard]] std::uint32_t count(Section s) const { return section(s).count; }
  [[nodiscard]] std::uint32_t size() const { return header().size; }

  [[nodiscard]] ResourceRecord resource(std::uint32_t i) const {
    return record<ResourceRecord>(Section::Resources, i);
  }
  [[nodiscard]] PropertyRecord property(std::uint32_t i) const {
    return record<PropertyRecord>(Section::Properties, i);
  }
  [[nodiscard]] NestedRecord nested(std::uint32_t i) const {
    return record<NestedRecord>(Section::Nested, i);
  }
  [[nodiscard]] TypeRecord type(std::uint32_t i) const { return record<TypeRecord>(Section::Types, i); }
  [[nodiscard]] std::uint32_t arm(std::uint32_t i) const { return record<std::uint32_t>(Section::Arms, i); }
  [[nodiscard]] ConstraintRecord constraint(std::uint32_t i) const {
    return record<ConstraintRecord>(Section::Constraints, i);
  }
  [[nodiscard]] std::string_view name(std::uint32_t i) const {
    return text(record<TextRef>(Section::Names, i));
  }
  [[nodiscard]] std::uint32_t index(std::uint32_t i) const {
    return record<std::uint32_t>(Section::Index, i);
  }
  [[nodiscard]] IdKindRecord id_kind(std::uint32_t i) const {
    return record<IdKindRecord>(Section::IdKinds, i);
  }

 private:
  [[nodiscard]] Header header() const {
    Header h;
    std::memcpy(&h, bytes_, sizeof h);
    return h;
  }
  [[nodiscard]] SectionHeader section(Section s) const {
    SectionHeader h;
    const auto at = offsetof(Header, sections) + static_cast<std::size_t>(s) * sizeof(SectionHeader);
    std::memcpy(&h, bytes_ + at, sizeof h);
    return h;
  }
  template <class Record>
  [[nodiscard]] Record record(Section s, std::uint32_t i) const {
    static_assert(std::is_trivially_copyable_v<Record>);
    Record r;
    std::memcpy(&r, bytes_ + section(s).offset + std::size_t{i} * sizeof(Record), sizeof r);
    return r;
  }

  const unsigned char* bytes_;
};

/// A blob made at run time, with its bytes. Not movable: views point to `blob()`.
class OwnedBlob {
 public:
  explicit OwnedBlob(std::vector<unsigned char> bytes) : bytes_(std::move(bytes)), blob_(bytes_.data()) {}
  OwnedBlob(const OwnedBlob&) = delete;
  OwnedBlob& operator=(const OwnedBlob&) = delete;

  [[nodiscard]] const Blob* blob() const { return &blob_; }
  [[nodiscard]] Schema schema() const { return Schema(&blob_); }
  [[nodiscard]] const std::vector<unsigned char>& bytes() const { return bytes_; }

 private:
  std::vector<unsigned char> bytes_;
  Blob blob_;
};

}  // namespace stackc::schema

#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <string>
#include <vector>

/// The bytes behind the views of iam.hpp: a header, tables of fixed-size records sorted by lower-case name, and the
/// texts. Records name each other by number and texts by offset, never by pointer. Little-endian.
namespace stackc::iam {

static_assert(std::endian::native == std::endian::little);

/// Offset of a text: 16 bits of length, then its bytes.
using TextRef = std::uint32_t;

struct Run {
  std::uint32_t first;
  std::uint32_t count;
};
struct ServiceRecord {
  TextRef prefix;
  Run actions;    // Actions
  Run resources;  // Resources
};
struct ActionRecord {
  TextRef name;
  std::uint32_t uses;  // first of Uses
  std::uint16_t use_count;
  std::uint8_t level;
  std::uint8_t flags;  // kAnyOnly
  static constexpr std::uint8_t kAnyOnly = 1;
};
struct ResourceRecord {
  TextRef name;
  TextRef arn;
};
struct Header {
  static constexpr std::uint32_t kMagic = 0x4d414953;  // "SIAM"
  std::uint32_t magic;
  Run texts, services, actions, uses, resources, keys;  // `first`: offset in bytes; uses are of 16 bits, keys TextRefs
};

class Blob {
 public:
  constexpr explicit Blob(const unsigned char* bytes) : bytes_(bytes) {}
  [[nodiscard]] Header header() const { return read<Header>(0); }
  [[nodiscard]] std::string_view text(TextRef at) const {
    const std::size_t from = header().texts.first + at;
    return {reinterpret_cast<const char*>(bytes_ + from + 2), read<std::uint16_t>(from)};
  }
  [[nodiscard]] ServiceRecord service(std::uint32_t i) const { return record<ServiceRecord>(header().services, i); }
  [[nodiscard]] ActionRecord action(std::uint32_t i) const { return record<ActionRecord>(header().actions, i); }
  [[nodiscard]] ResourceRecord resource(std::uint32_t i) const { return record<ResourceRecord>(header().resources, i); }
  /// The number of a resource type within its service.
  [[nodiscard]] std::uint16_t use(std::uint32_t i) const { return record<std::uint16_t>(header().uses, i); }
  [[nodiscard]] std::string_view key(std::uint32_t i) const { return text(record<TextRef>(header().keys, i)); }

 private:
  template <class T>
  [[nodiscard]] T read(std::size_t at) const {
    T value;
    std::memcpy(&value, bytes_ + at, sizeof value);
    return value;
  }
  template <class T>
  [[nodiscard]] T record(Run table, std::uint32_t i) const {
    return read<T>(table.first + std::size_t{i} * sizeof(T));
  }

  const unsigned char* bytes_;
};

/// A blob made of `.actions` and `.keys` texts (stdlib/iam/refresh/README.md says their form).
struct Built {
  std::vector<unsigned char> bytes;
  std::vector<std::string> mistakes;  // `line: what`, by text; empty: all is well
};
Built build(const std::vector<std::string_view>& texts);

}  // namespace stackc::iam

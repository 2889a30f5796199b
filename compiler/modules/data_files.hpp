#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "compiler/modules/compose.hpp"
#include "compiler/modules/yaml.hpp"

namespace stackc {

/// What a source makes of a file that it reads at compile time.
enum class DataKind : std::uint8_t { Text, Json, Yaml, Bytes, Compose };

/// A file read by `text("f")`, `json("f")`, `yaml("f")`, `base64File("f")` or `compose(yaml("f"))`.
struct DataFile {
  DataKind kind = DataKind::Text;
  std::string path;  // normalized, from the working folder
  std::string text;  // Text, Bytes: as it stands on the disk
  yaml::Node data;   // Json, Yaml; scalars of JSON strings are `quoted`
  compose::Value services;  // Compose
  bool ok = false;   // false: reported
};

/// The kind of the built-in function `name`; false: it reads no file.
bool reads_file(std::string_view name, DataKind& kind);

/// Data files beyond this are refused: a template holds 1 MB.
inline constexpr std::uint64_t kMaxDataBytes = 4u << 20;

/// JSON by its standard, as data without places; on failure `reason` says why, `at` is the byte.
yaml::Node parse_json(std::string_view text, std::string& reason, std::size_t& at);

/// The byte at which `text` stops to be UTF-8; npos: it is all of it.
std::size_t find_non_utf8(std::string_view text);

}  // namespace stackc

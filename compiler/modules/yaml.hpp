#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "compiler/base/source.hpp"
#include "compiler/diag/diagnostic.hpp"

/// YAML as plain data with places: what `stackc.yaml` and `--set` are read into. The only users of
/// yaml-cpp stand behind this header; its exceptions end there.
namespace stackc::yaml {

enum class Kind : std::uint8_t { Null, Scalar, List, Map };

struct Pair;

struct Node {
  Kind kind = Kind::Null;
  Span span;                // of a scalar: with its quotes; of a list or map: where it begins
  std::string text;         // Scalar
  bool quoted = false;      // Scalar: in quotes or a block, so a string whatever it looks like
  std::vector<Node> items;  // List
  std::vector<Pair> pairs;  // Map, as written, doubles included; keys are scalars

  [[nodiscard]] const Node* find(std::string_view key) const;  // Map; null when absent
};

/// A key of a map and its value.
struct Pair {
  Node first;
  Node second;
};

/// What a scalar without quotes means (YAML's core schema).
enum class ScalarKind : std::uint8_t { Null, Bool, Int, Decimal, String };
ScalarKind scalar_kind(const Node& scalar);

/// Reads the text of `file`. What is not YAML, has no scalar as a key, or is larger or deeper than any
/// honest file becomes one diagnostic; the result is then what was read before, or Null.
Node parse(const SourceMap& sources, FileId file, Sink& sink, bool& ok);

/// Reads `text`, which stands in no file (`--set zones=[A,B]`); nodes have no places. On failure
/// `reason` says why and the result is Null.
Node parse_text(std::string_view text, std::string& reason);

/// The same of a file of data: keys stand there once, and `at` is the byte of the mistake.
Node parse_data(std::string_view text, std::string& reason, std::size_t& at);

/// The same of a file that is known to the sources: nodes have places in `file`, whose text this is.
Node parse_data(std::string_view text, FileId file, std::string& reason, std::size_t& at);

}  // namespace stackc::yaml

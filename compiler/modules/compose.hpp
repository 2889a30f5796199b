#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/source.hpp"
#include "compiler/diag/diagnostic.hpp"
#include "compiler/modules/compose_text.hpp"

/// Compose files (https://github.com/compose-spec/compose-spec) as the containers of an ECS task: the fields
/// of `Container` in std/container, by the names of the services.
namespace stackc::compose {

enum class Kind : std::uint8_t { Bool, Int, String, Size, Duration, List, Record };

struct Member;

/// Data with places in the file that it comes from.
struct Value {
  Kind kind = Kind::Record;
  Span span;
  bool truth = false;            // Bool
  std::int64_t number = 0;       // Int; Size: in KiB; Duration: in seconds
  Text text;                     // String
  bool is_word = false;          // String: one of a few words, without variables
  std::vector<Value> items;      // List
  std::vector<Member> members;   // Record, in the order of the file

  [[nodiscard]] const Value* find(std::string_view name) const;  // null when absent
};

struct Member {
  std::string name;
  Value value;
};

/// What is asked of a file.
struct Wanted {
  struct Name {
    std::string text;
    Span span;  // where it is asked for
  };
  std::vector<Name> services;  // only these; empty: all that run by default
  std::vector<Name> profiles;  // whose services run as well
  /// Variables of the shell that hold secrets: what stands in the environment as such a variable comes from Secrets
  /// Manager or Parameter Store, and the variable is the ARN.
  std::vector<Name> secrets;
};

/// The name of a release argument itself, in the place of a variable of the shell: `@ECS_TASK_IMAGE_WEB`.
inline constexpr char kArgument = '@';
/// `ENVIRONMENT_HOST` for the variable `HOST`, `ECS_TASK_IMAGE_WEB` for `@ECS_TASK_IMAGE_WEB`: what a release gives.
std::string argument_name(std::string_view variable);

/// Reads further files for `env_file`, `extends` and `include`, by a path relative to `from`: the path and the
/// text, or nothing, reported at `span` unless the file is missing and not `required`.
struct FoundFile {
  std::string path;
  std::string text;
};
using ReadFile = std::function<std::optional<FoundFile>(std::string_view from, std::string_view name, Span span,
                                                        bool required)>;

/// The services of the Compose file `file`, which is known to the sources, as a record. What is wrong, and what
/// ECS cannot do, is reported at its line; nothing: there was an error.
std::optional<Value> read(FileId file, const Wanted& wanted, const ReadFile& read_file, SourceMap& sources,
                          Sink& sink);

/// All variables that stand in `value`, once each.
std::vector<std::string> variables_in(const Value& value);

/// What becomes of a key of a service.
enum class Fate : std::uint8_t {
  Used,
  Ignored,      // means nothing on ECS, and nothing is lost
  Changed,      // is left out or means something else, which a warning says
  Unsupported,  // an error: the container would do something else
};
struct Key {
  std::string_view name;
  Fate fate;
  std::string_view why;  // Changed, Unsupported: what ECS does, and what to do instead
};
/// All keys of a service that the specification knows, sorted.
std::span<const Key> service_keys();

}  // namespace stackc::compose

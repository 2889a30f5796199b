#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The small languages inside of the scalars of a Compose file.
namespace stackc::compose {

struct Piece;
/// Text with variables in it; adjacent literal pieces are merged, empty text has none.
using Text = std::vector<Piece>;

/// Literal text, or a variable of the shell.
struct Piece {
  std::string text;      // of a literal piece
  std::string variable;  // else its name
  enum class Use : std::uint8_t {
    Plain,        // `${X}`, `$X`
    OrElse,       // `${X:-other}`, `${X-other}`
    Required,     // `${X:?message}`, `${X?message}`
    Instead,      // `${X:+other}`, `${X+other}`: `other` if there is an X, else nothing
  };
  Use use = Use::Plain;
  Text other;

  [[nodiscard]] bool is_literal() const { return variable.empty(); }
};

/// Reads `$X`, `${X}`, `${X:-other}` and their like; `$$` is a dollar sign. Otherwise `reason` says why not.
std::optional<Text> interpolate(std::string_view text, std::string& reason);
/// The text when no variable has a value: defaults stand. Nothing: `missing` is a variable without one.
std::optional<std::string> resolved(const Text& text, std::string& missing);
/// Appends to a text, merging literals.
void append(Text& text, Piece piece);
/// All variables in a text, those in defaults too.
void add_variables(const Text& text, std::vector<std::string>& names);

/// The words of a command as a POSIX shell splits them: quotes and `\`, nothing else. A variable is part of its
/// word, whatever it holds. Nothing: a quote is not closed.
std::optional<std::vector<Text>> shell_words(const Text& command);

/// `1m30s`, `500ms`, `1.5h`: microseconds. Nothing: no duration.
std::optional<std::int64_t> parse_duration(std::string_view text);
/// `512m`, `1.5gb`, `300kb`, `1024`: bytes; units are powers of 1024. Nothing: no size.
std::optional<std::int64_t> parse_bytes(std::string_view text);
/// `0.5`: thousandths. Nothing: no such number.
std::optional<std::int64_t> parse_decimal(std::string_view text);
/// `yes`-like words are not truths in Compose: `true`, `false` and their spellings.
std::optional<bool> parse_bool(std::string_view text);

/// Ports of a container, and where they are published.
struct PortRange {
  std::int64_t first = 0, last = 0;  // of the container
  std::int64_t published = 0;        // the first on the host; 0: none, or not known
  std::string protocol = "tcp";
};
/// `5000`, `80:5000`, `127.0.0.1:80:5000/udp`, `9000-9010:9000-9010`, `${PORT}:5000`. Otherwise `reason` says why
/// not. What is published where may be unknown, the ports of the container may not.
std::optional<PortRange> parse_port(const Text& text, std::string& reason);

/// `name:/path:ro`
struct Mount {
  std::string source;  // empty: an anonymous volume
  std::string path;
  bool read_only = false;
  bool variable_source = false;  // the source has a variable in it
};
std::optional<Mount> parse_mount(const Text& text, std::string& reason);

/// The lines of an env file: `NAME=value`, `export NAME="value"`, comments. A name alone has no value.
struct EnvLine {
  std::string name;
  std::optional<Text> value;
  std::size_t at = 0;  // the byte at which it begins
};
/// `raw`: values stand as they are, with their quotes and signs. Otherwise `reason` and `at` say what is wrong
/// where.
std::optional<std::vector<EnvLine>> parse_env_file(std::string_view text, bool raw, std::string& reason, std::size_t& at);

}  // namespace stackc::compose

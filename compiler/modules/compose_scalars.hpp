#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/modules/compose.hpp"
#include "compiler/modules/yaml.hpp"

/// What the files that read Compose share: reports, and scalars with their places. Nobody else includes it.
namespace stackc::compose {

/// Reports on one file and all that it includes.
class Reports {
 public:
  explicit Reports(Sink& sink) : sink_(sink) {}

  Diagnostic& error(Span span, std::string message) { return sink_.report(Code::ComposeFile, span, std::move(message)); }
  Diagnostic& unsupported(Span span, std::string message) { return sink_.report(Code::ComposeUnsupported, span, std::move(message)); }
  Diagnostic& changed(Span span, std::string message) { return sink_.report(Code::ComposeChanged, span, std::move(message)); }
  Diagnostic& variable(Span span, std::string_view name, std::string_view what);
  /// A key that means nothing on ECS; told once for all.
  void ignored(Span span, std::string name);
  void unknown_key(const yaml::Node& key, std::string_view where, const std::vector<std::string_view>& known);
  void tell_ignored();
  [[nodiscard]] std::size_t errors() const { return sink_.error_count(); }

 private:
  struct Ignored {
    Span span;
    std::string name;
  };
  Sink& sink_;
  std::vector<Ignored> ignored_;
};

/// Reads scalars; what is wrong is reported and gives nothing. `what` names the value in messages: a key, mostly.
class Scalars {
 public:
  explicit Scalars(Reports& reports) : reports_(reports) {}

  std::optional<Text> text(const yaml::Node& node, std::string_view what);
  std::optional<std::string> plain(const yaml::Node& node, std::string_view what);
  std::optional<std::int64_t> integer(const yaml::Node& node, std::string_view what, std::int64_t low, std::int64_t high);
  std::optional<bool> truth(const yaml::Node& node, std::string_view what);
  /// In microseconds.
  std::optional<std::int64_t> duration(const yaml::Node& node, std::string_view what);
  std::optional<std::int64_t> bytes(const yaml::Node& node, std::string_view what);
  bool is_list(const yaml::Node& node, std::string_view what);
  bool is_map(const yaml::Node& node, std::string_view what);
  /// The items of a list of scalars, or the scalar alone.
  std::vector<const yaml::Node*> one_or_many(const yaml::Node& node, std::string_view what);
  /// A list `KEY=value` or a map, as pairs of a name and its text; no text: the name stood alone.
  struct Pair {
    std::string name;
    Span span;
    std::optional<Text> text;
  };
  std::vector<Pair> pairs(const yaml::Node& node, std::string_view what);
  /// Warns of keys that are not among `known`, extension fields aside.
  void check_keys(const yaml::Node& map, std::string_view where, std::initializer_list<std::string_view> known);

  Reports& reports() { return reports_; }

 private:
  Reports& reports_;
};

bool is_null(const yaml::Node& node);

// Values with a place.
Value make_text(Span span, Text text);
Value make_text(Span span, std::string text);
/// One of a few words, whose type is that word.
Value make_word(Span span, std::string text);
Value make_bool(Span span, bool truth);
Value make_int(Span span, std::int64_t number);
Value make_size(Span span, std::int64_t mib);
Value make_seconds(Span span, std::int64_t seconds);
Value make_list(Span span);
Value make_record(Span span);
void add(Value& record, std::string name, Value value);

}  // namespace stackc::compose

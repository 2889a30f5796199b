#include "compiler/modules/compose_scalars.hpp"

#include <algorithm>
#include <charconv>

#include "compiler/base/suggest.hpp"
#include "compiler/base/text.hpp"

namespace stackc::compose {

// ---------------------------------------------------------------- reports

Diagnostic& Reports::variable(Span span, std::string_view name, std::string_view what) {
  Diagnostic& d = sink_.report(Code::ComposeVariable, span,
                               fmt::format("`{}` must be known when the stack is compiled, `${{{}}}` is not", what, name));
  return d.help(fmt::format("give it a default, `${{{}:-…}}`, or write the value", name));
}

void Reports::ignored(Span span, std::string name) {
  const bool known = std::ranges::any_of(ignored_, [&](const Ignored& i) { return i.name == name; });
  if (!known) ignored_.push_back({span, std::move(name)});
}

void Reports::tell_ignored() {
  if (ignored_.empty()) return;
  std::vector<std::string> names;
  for (const Ignored& i : ignored_) names.push_back(fmt::format("`{}`", i.name));
  sink_.report(Code::ComposeIgnored, ignored_.front().span,
               fmt::format("{} {} nothing on ECS, and {} left out", fmt::join(names, ", "),
                           names.size() == 1 ? "means" : "mean", names.size() == 1 ? "is" : "are"));
}

void Reports::unknown_key(const yaml::Node& key, std::string_view where, const std::vector<std::string_view>& known) {
  const auto close = did_you_mean(key.text, known);
  Diagnostic& d = sink_.report(Code::ComposeKey, key.span, fmt::format("Compose knows no `{}` in {}", key.text, where),
                               close.empty() ? std::string{} : fmt::format("did you mean `{}`?", close));
  if (close.empty()) d.help("fields of one's own start with `x-`");
}

// ---------------------------------------------------------------- scalars

bool is_null(const yaml::Node& node) {
  return node.kind == yaml::Kind::Null ||
         (node.kind == yaml::Kind::Scalar && yaml::scalar_kind(node) == yaml::ScalarKind::Null);
}

std::optional<Text> Scalars::text(const yaml::Node& node, std::string_view what) {
  if (node.kind != yaml::Kind::Scalar) {
    reports_.error(node.span, fmt::format("`{}` is no text", what));
    return std::nullopt;
  }
  std::string reason;
  auto out = interpolate(node.text, reason);
  if (!out) reports_.error(node.span, fmt::format("`{}` cannot be read: {}", what, reason));
  return out;
}

std::optional<std::string> Scalars::plain(const yaml::Node& node, std::string_view what) {
  const auto with_variables = text(node, what);
  if (!with_variables) return std::nullopt;
  std::string missing;
  auto out = resolved(*with_variables, missing);
  if (!out) reports_.variable(node.span, missing, what);
  return out;
}

std::optional<std::int64_t> Scalars::integer(const yaml::Node& node, std::string_view what, std::int64_t low,
                                             std::int64_t high) {
  const auto word = plain(node, what);
  if (!word) return std::nullopt;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(word->data(), word->data() + word->size(), value);
  if (error == std::errc{} && end == word->data() + word->size() && value >= low && value <= high) return value;
  reports_.error(node.span, fmt::format("`{}` is a whole number from {} to {}, this is `{}`", what, low, high, *word));
  return std::nullopt;
}

std::optional<bool> Scalars::truth(const yaml::Node& node, std::string_view what) {
  const auto word = plain(node, what);
  if (!word) return std::nullopt;
  const auto value = parse_bool(*word);
  if (!value) reports_.error(node.span, fmt::format("`{}` is `true` or `false`, this is `{}`", what, *word));
  return value;
}

std::optional<std::int64_t> Scalars::duration(const yaml::Node& node, std::string_view what) {
  const auto word = plain(node, what);
  if (!word) return std::nullopt;
  const auto value = parse_duration(*word);
  if (!value) {
    reports_.error(node.span, fmt::format("`{}` is a duration such as `30s` or `1m30s`, this is `{}`", what, *word));
  }
  return value;
}

std::optional<std::int64_t> Scalars::bytes(const yaml::Node& node, std::string_view what) {
  const auto word = plain(node, what);
  if (!word) return std::nullopt;
  const auto value = parse_bytes(*word);
  if (!value) reports_.error(node.span, fmt::format("`{}` is a size such as `512m` or `1gb`, this is `{}`", what, *word));
  return value;
}

bool Scalars::is_list(const yaml::Node& node, std::string_view what) {
  if (node.kind == yaml::Kind::List) return true;
  if (!is_null(node)) reports_.error(node.span, fmt::format("`{}` is a list", what));
  return false;
}

bool Scalars::is_map(const yaml::Node& node, std::string_view what) {
  if (node.kind == yaml::Kind::Map) return true;
  if (!is_null(node)) reports_.error(node.span, fmt::format("`{}` has keys with values", what));
  return false;
}

std::vector<const yaml::Node*> Scalars::one_or_many(const yaml::Node& node, std::string_view what) {
  std::vector<const yaml::Node*> out;
  if (node.kind == yaml::Kind::Scalar && !is_null(node)) {
    out.push_back(&node);
  } else if (node.kind == yaml::Kind::List) {
    for (const yaml::Node& item : node.items) out.push_back(&item);
  } else if (!is_null(node)) {
    reports_.error(node.span, fmt::format("`{}` is a text or a list", what));
  }
  return out;
}

std::vector<Scalars::Pair> Scalars::pairs(const yaml::Node& node, std::string_view what) {
  std::vector<Pair> out;
  if (node.kind == yaml::Kind::Map) {
    for (const auto& [key, value] : node.pairs) {
      Pair pair{key.text, value.span, {}};
      if (is_null(value)) {
        pair.span = key.span;
      } else {
        pair.text = text(value, fmt::format("{}.{}", what, key.text));
        if (!pair.text) continue;
      }
      out.push_back(std::move(pair));
    }
    return out;
  }
  if (!is_null(node) && node.kind != yaml::Kind::List) {
    reports_.error(node.span, fmt::format("`{}` is a list of `NAME=value`, or has names with values", what));
    return out;
  }
  for (const yaml::Node& item : node.items) {
    if (item.kind != yaml::Kind::Scalar) {
      reports_.error(item.span, fmt::format("an item of `{}` is a text `NAME=value`", what));
      continue;
    }
    // The name ends at the first `=`, before variables are looked for.
    const std::size_t equals = item.text.find('=');
    Pair pair{item.text.substr(0, equals), item.span, {}};
    if (equals != std::string::npos) {
      std::string reason;
      pair.text = interpolate(std::string_view(item.text).substr(equals + 1), reason);
      if (!pair.text) {
        reports_.error(item.span, fmt::format("`{}` cannot be read: {}", pair.name, reason));
        continue;
      }
    }
    out.push_back(std::move(pair));
  }
  return out;
}

void Scalars::check_keys(const yaml::Node& map, std::string_view where, std::initializer_list<std::string_view> known) {
  for (const auto& [key, value] : map.pairs) {
    if (key.text.starts_with("x-")) continue;
    if (std::ranges::find(known, key.text) == known.end()) {
      reports_.unknown_key(key, where, std::vector<std::string_view>(known));
    }
  }
}

// ---------------------------------------------------------------- values

namespace {

Value make(Kind kind, Span span) {
  Value v;
  v.kind = kind;
  v.span = span;
  return v;
}

}  // namespace

Value make_text(Span span, Text text) {
  Value v = make(Kind::String, span);
  v.text = std::move(text);
  return v;
}

Value make_text(Span span, std::string text) {
  Text literal;
  append(literal, {std::move(text), {}, Piece::Use::Plain, {}});
  return make_text(span, std::move(literal));
}

Value make_word(Span span, std::string text) {
  Value v = make_text(span, std::move(text));
  v.is_word = true;
  return v;
}

Value make_bool(Span span, bool truth) {
  Value v = make(Kind::Bool, span);
  v.truth = truth;
  return v;
}

Value make_int(Span span, std::int64_t number) {
  Value v = make(Kind::Int, span);
  v.number = number;
  return v;
}

Value make_size(Span span, std::int64_t mib) {
  Value v = make(Kind::Size, span);
  v.number = mib * 1024;
  return v;
}

Value make_seconds(Span span, std::int64_t seconds) {
  Value v = make(Kind::Duration, span);
  v.number = seconds;
  return v;
}

Value make_list(Span span) { return make(Kind::List, span); }
Value make_record(Span span) { return make(Kind::Record, span); }
void add(Value& record, std::string name, Value value) { record.members.push_back({std::move(name), std::move(value)}); }

const Value* Value::find(std::string_view name) const {
  for (const Member& m : members) {
    if (m.name == name) return &m.value;
  }
  return nullptr;
}

}  // namespace stackc::compose

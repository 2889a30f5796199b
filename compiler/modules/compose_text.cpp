#include "compiler/modules/compose_text.hpp"

#include <algorithm>

#include "compiler/base/text.hpp"

namespace stackc::compose {

namespace {

constexpr int kMaxDepth = 16;  // of defaults in defaults

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool starts_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool in_name(char c) { return starts_name(c) || is_digit(c); }

std::size_t name_length(std::string_view text) {
  if (text.empty() || !starts_name(text[0])) return 0;
  std::size_t n = 1;
  while (n < text.size() && in_name(text[n])) ++n;
  return n;
}

/// The brace that closes the one that `text` stands behind; npos: none does.
std::size_t closing_brace(std::string_view text) {
  int depth = 1;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '$' && i + 1 < text.size() && text[i + 1] == '$') {
      ++i;
    } else if (text[i] == '$' && i + 1 < text.size() && text[i + 1] == '{') {
      ++depth;
      ++i;
    } else if (text[i] == '}' && --depth == 0) {
      return i;
    }
  }
  return std::string_view::npos;
}

class Interpolation {
 public:
  explicit Interpolation(std::string& reason) : reason_(reason) {}

  std::optional<Text> run(std::string_view text, int depth) {
    if (depth > kMaxDepth) return fail("defaults are nested too deeply");
    Text out;
    std::size_t done = 0;
    for (std::size_t at = text.find('$'); at != std::string_view::npos; at = text.find('$', at)) {
      add(out, text.substr(done, at - done));
      const std::string_view rest = text.substr(at + 1);
      std::size_t length = 1;
      if (rest.starts_with('$')) {
        add(out, "$");
        length = 2;
      } else if (rest.starts_with('{')) {
        const std::size_t end = closing_brace(rest.substr(1));
        if (end == std::string_view::npos) return fail("`${` is not closed");
        auto piece = braced(rest.substr(1, end), depth);
        if (!piece) return std::nullopt;
        append(out, std::move(*piece));
        length = end + 3;
      } else if (const std::size_t name = name_length(rest); name > 0) {
        append(out, {{}, std::string(rest.substr(0, name)), Piece::Use::Plain, {}});
        length = name + 1;
      } else {
        return fail("a `$` starts no variable here: `$$` is the sign itself");
      }
      at = done = at + length;
    }
    add(out, text.substr(done));
    return out;
  }

 private:
  std::nullopt_t fail(std::string_view reason) {
    reason_ = reason;
    return std::nullopt;
  }

  static void add(Text& out, std::string_view text) {
    if (!text.empty()) append(out, {std::string(text), {}, Piece::Use::Plain, {}});
  }

  /// What stands between `${` and `}`.
  std::optional<Piece> braced(std::string_view inside, int depth) {
    const std::size_t length = name_length(inside);
    Piece piece{{}, std::string(inside.substr(0, length)), Piece::Use::Plain, {}};
    std::string_view rest = inside.substr(length);
    if (length == 0) {
      reason_ = fmt::format("`${{{}}}` names no variable", inside);
      return std::nullopt;
    }
    if (rest.empty()) return piece;
    if (rest.starts_with(':')) rest.remove_prefix(1);
    switch (rest.empty() ? '\0' : rest[0]) {
      case '-': piece.use = Piece::Use::OrElse; break;
      case '?': piece.use = Piece::Use::Required; return piece;
      case '+': piece.use = Piece::Use::Instead; break;
      default:
        reason_ = fmt::format("`${{{}}}` is no variable: expected `:-`, `:?` or `:+` behind its name", inside);
        return std::nullopt;
    }
    auto other = run(rest.substr(1), depth + 1);
    if (!other) return std::nullopt;
    piece.other = std::move(*other);
    return piece;
  }

  std::string& reason_;
};

/// A number with an optional fraction at the start of `text`, times `scale`, rounded down; it is cut off.
std::optional<std::int64_t> take_number(std::string_view& text, std::int64_t scale) {
  constexpr std::int64_t kMost = 9'000'000'000'000'000;  // what stays below it can be multiplied further
  std::size_t n = 0;
  std::int64_t value = 0;
  for (; n < text.size() && is_digit(text[n]); ++n) {
    if (value > kMost / 10) return std::nullopt;
    value = value * 10 + (text[n] - '0');
  }
  const bool whole = n > 0;
  if (value > kMost / std::max<std::int64_t>(scale, 1)) return std::nullopt;
  std::int64_t result = value * scale;
  bool fraction = false;
  if (n < text.size() && text[n] == '.') {
    std::int64_t part = scale;
    std::int64_t rest = 0;
    for (++n; n < text.size() && is_digit(text[n]); ++n) {
      fraction = true;
      rest = part % 10;
      part /= 10;
      result += (text[n] - '0') * part + (text[n] - '0') * rest / 10;
    }
    if (!fraction) return std::nullopt;
  }
  if (!whole && !fraction) return std::nullopt;
  text.remove_prefix(n);
  return result;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

}  // namespace

void append(Text& text, Piece piece) {
  if (piece.is_literal() && piece.text.empty()) return;
  if (piece.is_literal() && !text.empty() && text.back().is_literal()) {
    text.back().text += piece.text;
  } else {
    text.push_back(std::move(piece));
  }
}

std::optional<Text> interpolate(std::string_view text, std::string& reason) {
  return Interpolation(reason).run(text, 0);
}

std::optional<std::string> resolved(const Text& text, std::string& missing) {
  std::string out;
  for (const Piece& p : text) {
    if (p.is_literal()) {
      out += p.text;
    } else if (p.use == Piece::Use::OrElse) {
      const auto other = resolved(p.other, missing);
      if (!other) return std::nullopt;
      out += *other;
    } else if (p.use != Piece::Use::Instead) {
      missing = p.variable;
      return std::nullopt;
    }
  }
  return out;
}

void add_variables(const Text& text, std::vector<std::string>& names) {
  for (const Piece& p : text) {
    if (p.is_literal()) continue;
    if (std::ranges::find(names, p.variable) == names.end()) names.push_back(p.variable);
    add_variables(p.other, names);
  }
}

std::optional<std::vector<Text>> shell_words(const Text& command) {
  std::vector<Text> words;
  bool inside = false;  // a word has begun
  char quote = 0;
  const auto word = [&]() -> Text& {
    if (!inside) words.emplace_back();
    inside = true;
    return words.back();
  };
  for (const Piece& p : command) {
    if (!p.is_literal()) {
      word().push_back(p);
      continue;
    }
    for (std::size_t i = 0; i < p.text.size(); ++i) {
      const char c = p.text[i];
      const char next = i + 1 < p.text.size() ? p.text[i + 1] : '\0';
      const bool escapes = quote == 0 || (quote == '"' && (next == '"' || next == '\\' || next == '$' || next == '`'));
      if (c == '\\' && quote != '\'' && escapes && next != '\0') {
        ++i;
        if (next != '\n') append(word(), {std::string(1, next), {}, Piece::Use::Plain, {}});
      } else if (quote != 0 ? c == quote : (c == '"' || c == '\'')) {
        word();  // `''` is a word
        quote = quote != 0 ? '\0' : c;
      } else if (quote == 0 && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) {
        inside = false;
      } else {
        append(word(), {std::string(1, c), {}, Piece::Use::Plain, {}});
      }
    }
  }
  if (quote != 0) return std::nullopt;
  return words;
}

std::optional<std::int64_t> parse_duration(std::string_view text) {
  struct Unit {
    std::string_view name;
    std::int64_t microseconds;
  };
  constexpr Unit kUnits[] = {{"us", 1}, {"ms", 1000}, {"s", 1'000'000}, {"m", 60'000'000}, {"h", 3'600'000'000}};
  if (text.empty()) return std::nullopt;
  std::int64_t sum = 0;
  while (!text.empty()) {
    // The unit stands behind the number: it is looked up first.
    const std::size_t digits = text.find_first_not_of("0123456789.");
    if (digits == 0 || digits == std::string_view::npos) return std::nullopt;
    const Unit* unit = nullptr;
    for (const Unit& u : kUnits) {
      const std::string_view behind = text.substr(digits, u.name.size());
      const std::string_view after = text.substr(std::min(text.size(), digits + u.name.size()));
      if (behind == u.name && (after.empty() || is_digit(after[0]))) unit = &u;
    }
    if (unit == nullptr) return std::nullopt;
    const auto part = take_number(text, unit->microseconds);
    if (!part || !text.starts_with(unit->name)) return std::nullopt;
    sum += *part;
    if (sum > 1'000'000'000'000'000) return std::nullopt;
    text.remove_prefix(unit->name.size());
  }
  return sum;
}

std::optional<std::int64_t> parse_bytes(std::string_view text) {
  struct Unit {
    std::string_view name;
    std::int64_t bytes;
  };
  constexpr Unit kUnits[] = {{"", 1}, {"b", 1}, {"k", 1024}, {"kb", 1024}, {"kib", 1024},
                             {"m", 1024 * 1024}, {"mb", 1024 * 1024}, {"mib", 1024 * 1024},
                             {"g", 1024 * 1024 * 1024}, {"gb", 1024 * 1024 * 1024}, {"gib", 1024 * 1024 * 1024}};
  const std::size_t digits = std::min(text.find_first_not_of("0123456789."), text.size());
  std::string_view behind = text.substr(digits);
  while (behind.starts_with(' ')) behind.remove_prefix(1);
  const std::string unit = lower(behind);
  for (const Unit& u : kUnits) {
    if (u.name != unit) continue;
    std::string_view number = text.substr(0, digits);
    const auto bytes = take_number(number, u.bytes);
    return number.empty() ? bytes : std::nullopt;
  }
  return std::nullopt;
}

std::optional<std::int64_t> parse_decimal(std::string_view text) {
  const auto value = take_number(text, 1000);
  return text.empty() ? value : std::nullopt;
}

std::optional<bool> parse_bool(std::string_view text) {
  const std::string word = lower(text);
  if (word == "true") return true;
  if (word == "false") return false;
  return std::nullopt;
}

}  // namespace stackc::compose

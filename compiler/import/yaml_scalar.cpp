#include "compiler/import/yaml_scalar.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>

#include "compiler/base/text.hpp"

namespace stackc::cfn {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Walks over a scalar while it looks like a number.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}

  [[nodiscard]] bool at_end() const { return at_ == text_.size(); }
  [[nodiscard]] char peek() const { return at_end() ? '\0' : text_[at_]; }
  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  /// How many of the characters that `is` accepts come next; they are taken.
  template <class Is>
  std::size_t run(Is is) {
    const std::size_t from = at_;
    while (!at_end() && is(text_[at_])) ++at_;
    return at_ - from;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

bool all(std::string_view text, std::string_view of) {
  return !text.empty() && text.find_first_not_of(of) == std::string_view::npos;
}

std::string without(std::string_view text, char dropped) {
  std::string out;
  std::copy_if(text.begin(), text.end(), std::back_inserter(out), [&](char c) { return c != dropped; });
  return out;
}

/// `(:[0-5]?[0-9])+` to the end or to a dot.
bool takes_sixties(Cursor& c) {
  bool any = false;
  while (c.take(':')) {
    const char first = c.peek();
    const std::size_t digits = c.run(is_digit);
    if (digits == 0 || digits > 2 || (digits == 2 && first > '5')) return false;
    any = true;
  }
  return any;
}

/// A whole number of any length, decimal digit by decimal digit.
class Whole {
 public:
  void add(unsigned base, unsigned digit) {
    unsigned carry = digit;
    for (unsigned char& d : digits_) {
      carry += d * base;
      d = static_cast<unsigned char>(carry % 10);
      carry /= 10;
    }
    for (; carry > 0; carry /= 10) digits_.push_back(static_cast<unsigned char>(carry % 10));
  }
  [[nodiscard]] std::string text(bool negative) const {
    if (digits_.empty()) return "0";
    std::string out = negative ? "-" : "";
    for (auto d = digits_.rbegin(); d != digits_.rend(); ++d) out += static_cast<char>('0' + *d);
    return out;
  }

 private:
  std::vector<unsigned char> digits_;  // the last one first
};

unsigned digit_of(char c) {
  if (is_digit(c)) return static_cast<unsigned>(c - '0');
  return static_cast<unsigned>((c | 0x20) - 'a') + 10;
}

std::string in_base(std::string_view digits, unsigned base, bool negative) {
  Whole whole;
  for (const char c : digits) {
    if (c != '_') whole.add(base, digit_of(c));
  }
  return whole.text(negative);
}

/// `1:30`: only the first part may be long, those after it are below 60.
std::string in_sixties(std::string_view text, bool negative) {
  Whole whole;
  std::size_t colon = text.find(':');
  for (const char c : text.substr(0, colon)) {
    if (c != '_') whole.add(10, digit_of(c));
  }
  while (colon != std::string_view::npos) {
    text.remove_prefix(colon + 1);
    colon = text.find(':');
    unsigned part = 0;
    for (const char c : text.substr(0, colon)) part = part * 10 + digit_of(c);
    whole.add(60, part);
  }
  return whole.text(negative);
}

/// The decimal text of a whole number in any of YAML's forms.
std::optional<std::string> integer_text(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text.empty() || !is_digit(text[0])) return std::nullopt;
  if (text == "0") return "0";
  if (text.starts_with("0b")) {
    if (!all(text.substr(2), "01_") || all(text.substr(2), "_")) return std::nullopt;
    return in_base(text.substr(2), 2, negative);
  }
  if (text.starts_with("0x")) {
    if (!all(text.substr(2), "0123456789abcdefABCDEF_") || all(text.substr(2), "_")) return std::nullopt;
    return in_base(text.substr(2), 16, negative);
  }
  if (text[0] == '0') {
    if (!all(text, "01234567_")) return std::nullopt;
    return in_base(text, 8, negative);
  }
  if (all(text, "0123456789_")) return (negative ? "-" : "") + without(text, '_');
  Cursor c(text);
  c.run([](char d) { return is_digit(d) || d == '_'; });
  return takes_sixties(c) && c.at_end() ? std::optional(in_sixties(text, negative)) : std::nullopt;
}

/// `[-+]?[0-9][0-9_]*\.[0-9_]*([eE][-+][0-9]+)?`, or without digits before the dot and without a sign.
bool is_decimal(std::string_view text) {
  Cursor c(text);
  const bool sign = c.take('-') || c.take('+');
  const bool leading = is_digit(c.peek());
  const auto digit_or_gap = [](char d) { return is_digit(d) || d == '_'; };
  if (leading) c.run(digit_or_gap);
  if (!c.take('.')) return false;
  if (!leading && (sign || !is_digit(c.peek()))) return false;
  c.run(digit_or_gap);
  if (c.take('e') || c.take('E')) {
    if (!c.take('-') && !c.take('+')) return false;
    if (c.run(is_digit) == 0) return false;
  }
  return c.at_end();
}

/// `[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\.[0-9_]*`
bool is_decimal_in_sixties(std::string_view text) {
  Cursor c(text);
  if (!c.take('-')) c.take('+');
  if (!is_digit(c.peek())) return false;
  c.run([](char d) { return is_digit(d) || d == '_'; });
  if (!takes_sixties(c) || !c.take('.')) return false;
  c.run([](char d) { return is_digit(d) || d == '_'; });
  return c.at_end();
}

bool is_json_number(std::string_view text) {
  Cursor c(text);
  c.take('-');
  if (!c.take('0') && c.run(is_digit) == 0) return false;
  if (c.take('.') && c.run(is_digit) == 0) return false;
  if (c.take('e') || c.take('E')) {
    if (!c.take('-')) c.take('+');
    if (c.run(is_digit) == 0) return false;
  }
  return c.at_end();
}

double number_of(std::string_view text) {
  double v = 0;
  if (text.starts_with('+')) text.remove_prefix(1);
  std::from_chars(text.data(), text.data() + text.size(), v);
  return v;
}

std::string shortest(double v) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), v).ptr;
  std::string out(digits.data(), end);
  return out.find_first_of(".e") == std::string::npos ? out + ".0" : out;
}

std::string decimal_text(std::string_view text) {
  if (is_json_number(text)) return std::string(text);
  const std::string plain = without(text, '_');
  if (plain.find(':') == std::string::npos) return shortest(number_of(plain));
  const bool negative = plain.starts_with('-');
  std::string_view rest = plain;
  if (negative || plain.starts_with('+')) rest.remove_prefix(1);
  double sum = 0;
  for (std::size_t colon = 0; colon != std::string_view::npos; rest.remove_prefix(colon + 1)) {
    colon = rest.find(':');
    sum = sum * 60 + number_of(rest.substr(0, colon));
    if (colon == std::string_view::npos) break;
  }
  return shortest(negative ? -sum : sum);
}

std::optional<bool> boolean_of(std::string_view text) {
  for (const std::string_view yes : {"yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"}) {
    if (text == yes) return true;
  }
  for (const std::string_view no : {"no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"}) {
    if (text == no) return false;
  }
  return std::nullopt;
}

/// Digits beyond this are no number that anybody means.
constexpr std::size_t kLongestNumber = 400;

bool is_null(std::string_view text) {
  return text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL";
}

}  // namespace

ir::Value typed_scalar(Arena& arena, std::string_view text, Span origin) {
  if (is_null(text)) return {ir::Null{}, origin};
  if (const auto truth = boolean_of(text)) return {*truth, origin};
  const bool may_be_number = is_digit(text[0]) || text[0] == '-' || text[0] == '+' || text[0] == '.';
  if (!may_be_number || text.size() > kLongestNumber) return {text, origin};
  if (const auto digits = integer_text(text)) {
    std::int64_t v = 0;
    const auto [end, error] = std::from_chars(digits->data(), digits->data() + digits->size(), v);
    if (error == std::errc() && end == digits->data() + digits->size()) return {v, origin};
    return {ir::Decimal{arena.copy(*digits)}, origin};
  }
  if (is_decimal(text) || is_decimal_in_sixties(text)) {
    const std::string number = decimal_text(text);
    if (number.find("inf") == std::string::npos) return {ir::Decimal{arena.copy(number)}, origin};
  }
  return {text, origin};
}

}  // namespace stackc::cfn

#include "compiler/diff/number.hpp"

#include <charconv>

#include "compiler/base/text.hpp"

namespace stackc::diff {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::optional<std::string> number_form(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  std::string digits;
  int exponent = 0;
  bool fraction = false;
  std::size_t at = 0;
  for (; at < text.size() && (is_digit(text[at]) || (text[at] == '.' && !fraction)); ++at) {
    if (text[at] == '.') {
      fraction = true;
    } else {
      digits += text[at];
      if (fraction) --exponent;
    }
  }
  if (digits.empty()) return std::nullopt;
  if (at < text.size()) {
    if (text[at] != 'e' && text[at] != 'E') return std::nullopt;
    std::string_view rest = text.substr(at + 1);
    if (rest.starts_with('+')) rest.remove_prefix(1);
    int more = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), more);
    if (error != std::errc() || end != rest.data() + rest.size() || more > 9999 || more < -9999)
      return std::nullopt;
    exponent += more;
  }
  const std::size_t first = digits.find_first_not_of('0');
  if (first == std::string::npos) return "0";
  digits.erase(0, first);
  while (digits.ends_with('0')) {
    digits.pop_back();
    ++exponent;
  }
  return fmt::format("{}{}e{}", negative ? "-" : "", digits, exponent);
}

}  // namespace stackc::diff

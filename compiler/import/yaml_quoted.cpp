#include "compiler/import/yaml_quoted.hpp"

#include <algorithm>
#include <cstdint>

namespace stackc::cfn {
namespace {

void append_utf8(std::string& out, std::uint32_t c) {
  const auto tail = [&](unsigned shift) { out += static_cast<char>(0x80U | ((c >> shift) & 0x3FU)); };
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0U | (c >> 6U));
    tail(0);
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0U | (c >> 12U));
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xF0U | ((c >> 18U) & 7U));
    tail(12);
    tail(6);
    tail(0);
  }
}

class Unquoter {
 public:
  explicit Unquoter(std::string_view quoted)
      : body_(quoted.substr(1, quoted.size() < 2 ? 0 : quoted.size() - 2)),
        is_double_(quoted.starts_with('"')) {}

  std::string take() {
    while (at_ < body_.size()) step();
    return std::move(out_);
  }

 private:
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < body_.size() ? body_[at_ + ahead] : '\0';
  }
  bool take_break() {
    if (peek() == '\r') ++at_;
    if (peek() != '\n') return false;
    ++at_;
    return true;
  }
  void skip_blanks() {
    while (peek() == ' ' || peek() == '\t') ++at_;
  }

  void step() {
    const char c = peek();
    if (c == '\n' || (c == '\r' && peek(1) == '\n')) return fold();
    ++at_;
    if (is_double_ && c == '\\') return escape();
    if (!is_double_ && c == '\'') ++at_;
    out_ += c;
  }

  /// Each break after the first one stands.
  void breaks(bool first_is_space) {
    skip_blanks();
    const std::size_t before = out_.size();
    while (peek() == '\n' || (peek() == '\r' && peek(1) == '\n')) {
      take_break();
      out_ += '\n';
      skip_blanks();
    }
    if (first_is_space && out_.size() == before) out_ += ' ';
  }

  void fold() {
    while (out_.size() > fixed_ && (out_.back() == ' ' || out_.back() == '\t')) out_.pop_back();
    take_break();
    breaks(true);
    fixed_ = out_.size();
  }

  void escape() {
    if (peek() == '\n' || peek() == '\r') {
      take_break();
      breaks(false);
      fixed_ = out_.size();
      return;
    }
    const char c = peek();
    ++at_;
    constexpr std::string_view kNames = "0abt\tnvfre";
    constexpr std::string_view kMeant("\0\a\b\t\t\n\v\f\r\x1b", 10);
    const std::size_t simple = kNames.find(c);
    if (simple != std::string_view::npos) {
      out_ += kMeant[simple];
    } else if (c == 'x' || c == 'u' || c == 'U') {
      code_point(c == 'x' ? 2 : c == 'u' ? 4 : 8);
    } else if (c == 'N' || c == '_' || c == 'L' || c == 'P') {
      append_utf8(out_, c == 'N' ? 0x85 : c == '_' ? 0xA0 : c == 'L' ? 0x2028 : 0x2029);
    } else {
      out_ += c;  // a quote, a slash, a backslash, a space
    }
    fixed_ = out_.size();
  }

  std::uint32_t hex(std::size_t digits) {
    std::uint32_t v = 0;
    for (; digits > 0 && at_ < body_.size(); --digits, ++at_) {
      const char c = body_[at_];
      v = v * 16 + static_cast<std::uint32_t>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    return v;
  }

  /// Two surrogates are one code point, as in JSON.
  void code_point(std::size_t digits) {
    std::uint32_t c = hex(digits);
    if (c >= 0xD800 && c < 0xDC00 && peek() == '\\' && peek(1) == 'u') {
      at_ += 2;
      c = 0x10000 + ((c - 0xD800) << 10U) + (hex(4) & 0x3FFU);
    }
    append_utf8(out_, c);
  }

  std::string_view body_;
  bool is_double_;
  std::size_t at_ = 0;
  std::string out_;
  std::size_t fixed_ = 0;  // up to here nothing is folded away
};

}  // namespace

std::string unquoted(std::string_view quoted) { return Unquoter(quoted).take(); }

}  // namespace stackc::cfn

#include "compiler/diag/json_text.hpp"

#include <utility>

#include "compiler/base/text.hpp"
#include "compiler/diag/unicode.hpp"

namespace stackc {

void JsonText::before_value() {
  if (std::exchange(after_key_, false) || depth_ == 0) return;
  if (!std::exchange(empty_, false)) out_ += ',';
  out_ += '\n';
  out_.append(std::size_t{2} * depth_, ' ');
}

void JsonText::open(char bracket) {
  before_value();
  out_ += bracket;
  ++depth_;
  empty_ = true;
}

void JsonText::close(char bracket) {
  --depth_;
  if (!std::exchange(empty_, false)) {
    out_ += '\n';
    out_.append(std::size_t{2} * depth_, ' ');
  }
  out_ += bracket;
}

void JsonText::key(std::string_view name) {
  before_value();
  quoted(name);
  out_ += ": ";
  after_key_ = true;
}

void JsonText::value(std::string_view text) {
  before_value();
  quoted(text);
}

void JsonText::value(std::uint64_t number) {
  before_value();
  out_ += fmt::to_string(number);
}

void JsonText::value(bool truth) {
  before_value();
  out_ += truth ? "true" : "false";
}

void JsonText::json(std::string_view text) {
  before_value();
  out_ += text;
}

void JsonText::quoted(std::string_view text) {
  out_ += '"';
  for (const char c : valid_utf8(text)) {
    switch (c) {
      case '"':
        out_ += "\\\"";
        break;
      case '\\':
        out_ += "\\\\";
        break;
      case '\n':
        out_ += "\\n";
        break;
      case '\r':
        out_ += "\\r";
        break;
      case '\t':
        out_ += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
          out_ += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        } else {
          out_ += c;
        }
    }
  }
  out_ += '"';
}

std::string JsonText::take() {
  out_ += '\n';
  return std::exchange(out_, {});
}

}  // namespace stackc

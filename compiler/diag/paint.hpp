#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "compiler/diag/diagnostic.hpp"

namespace stackc {

/// What a piece of the text form is; `Painter` knows how that looks.
enum class Style : std::uint8_t { Plain, Message, Gutter, Error, Warning, Note, Secondary, Help };

/// The style of a finding's header and primary carets.
constexpr Style style_of(Severity severity) {
  switch (severity) {
    case Severity::Error:
      return Style::Error;
    case Severity::Warning:
      return Style::Warning;
    case Severity::Note:
      break;
  }
  return Style::Note;
}

/// Appends text to a string, in colour or not.
class Painter {
 public:
  Painter(std::string& out, bool colour) : out_(out), colour_(colour) {}

  void put(std::string_view text, Style style = Style::Plain) {
    const std::string_view on = colour_ && !text.empty() ? escape(style) : std::string_view{};
    out_ += on;
    out_ += text;
    if (!on.empty()) out_ += "\x1B[0m";
  }

  /// Ends the line; blanks at its end are left out.
  void end_line() {
    while (!out_.empty() && out_.back() == ' ') out_.pop_back();
    out_ += '\n';
  }

 private:
  static constexpr std::string_view escape(Style style) {
    switch (style) {
      case Style::Plain:
        return {};
      case Style::Message:
        return "\x1B[1m";
      case Style::Gutter:
      case Style::Secondary:
        return "\x1B[1;34m";
      case Style::Error:
        return "\x1B[1;31m";
      case Style::Warning:
        return "\x1B[1;33m";
      case Style::Note:
        return "\x1B[1;36m";
      case Style::Help:
        return "\x1B[1;32m";
    }
    return {};
  }

  std::string& out_;
  bool colour_;
};

}  // namespace stackc

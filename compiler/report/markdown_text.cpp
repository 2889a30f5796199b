#include "compiler/report/markdown_text.hpp"

#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/diag/unicode.hpp"

namespace stackc::report {

std::string sentence_text(std::string_view message) {
  const auto text = printable(message);
  const auto last = static_cast<std::size_t>(std::ranges::count(text, '`')) / 2 * 2;
  std::string out;
  std::size_t ticks = 0;
  for (const char c : text) {
    const bool code = ticks % 2 == 1;
    if (c == '`' && ticks < last) {
      ++ticks;
      out += c;
    } else if (!code && std::string_view{"\\`*_[]<>|~#"}.find(c) != std::string_view::npos) {
      out += '\\';
      out += c;
    } else if (!code && c == '@') {
      out += "&#64;";  // nobody is called by a name in a template
    } else if (!code && c == '&') {
      out += "&amp;";
    } else {
      out += c;
    }
  }
  return out;
}

std::string fence_for(std::string_view text) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return std::string(std::max<std::size_t>(longest + 1, 3), '`');
}

std::string code(std::string_view text) {
  const auto shown = printable(text);
  if (shown.find('`') == std::string::npos) return fmt::format("`{}`", shown);
  const auto fence = fence_for(shown);
  return fmt::format("{} {} {}", fence, shown, fence);
}

std::string html(std::string_view text) {
  std::string out;
  for (const char c : printable(text)) {
    if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '&')
      out += "&amp;";
    else if (c == '@')
      out += "&#64;";
    else
      out += c;
  }
  return out;
}

}  // namespace stackc::report

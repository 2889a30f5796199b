#include "compiler/diag/wrap.hpp"

#include <algorithm>
#include <utility>

#include "compiler/diag/unicode.hpp"

namespace stackc {

std::vector<std::string> wrapped(std::string_view text, std::uint32_t width) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view rest = text.substr(at, end - at);
    at = end + 1;
    std::string line;
    std::uint32_t used = 0;
    while (!rest.empty()) {
      // A word with the blanks before it; code in backticks is broken only if it must be.
      const std::size_t word_begin = std::min(rest.find_first_not_of(' '), rest.size());
      const std::size_t word_end = std::min(rest.find(' ', word_begin), rest.size());
      const std::string_view word = rest.substr(0, word_end);
      if (used > 0 && used + columns(word) > width) {
        lines.push_back(std::exchange(line, {}));
        line = rest.substr(word_begin, word_end - word_begin);
        used = columns(line);
      } else {
        line += word;
        used += columns(word);
      }
      rest.remove_prefix(word_end);
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace stackc

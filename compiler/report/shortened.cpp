#include <algorithm>
#include <string_view>
#include <tuple>
#include <vector>

#include "compiler/base/text.hpp"
#include "compiler/diag/unicode.hpp"
#include "compiler/report/value_text.hpp"

namespace stackc::report {

namespace {

/// Bytes at which a code point begins, and the end.
std::vector<std::size_t> starts(std::string_view text) {
  std::vector<std::size_t> all;
  for (std::size_t at = 0; at < text.size(); at += decode(text, at).bytes) all.push_back(at);
  all.push_back(text.size());
  return all;
}

/// The code points from `from` to `to`, with `…` where something is missing.
std::string window(const std::string& text, const std::vector<std::size_t>& starts, std::size_t from,
                   std::size_t to) {
  const auto last = starts.size() - 1;
  return fmt::format("{}{}{}", from > 0 ? "…" : "", text.substr(starts[from], starts[to] - starts[from]),
                     to < last ? "…" : "");
}

}  // namespace

std::string cut(const std::string& text, std::size_t width) {
  const auto at = starts(text);
  if (at.size() - 1 <= width || width < 2) return text;
  return window(text, at, 0, width - 1);
}

std::pair<std::string, std::string> shortened(const std::string& before, const std::string& after,
                                              std::size_t width) {
  const auto a = starts(before);
  const auto b = starts(after);
  const auto longest = std::max(a.size(), b.size()) - 1;
  if (longest <= width) return {before, after};
  const auto same = [&](std::size_t i, std::size_t k) {
    return before.compare(a[i], a[i + 1] - a[i], after, b[k], b[k + 1] - b[k]) == 0;
  };
  const auto shorter = std::min(a.size(), b.size()) - 1;
  std::size_t head = 0;
  while (head < shorter && same(head, head)) ++head;
  std::size_t tail = 0;
  while (tail < shorter - head && same(a.size() - 2 - tail, b.size() - 2 - tail)) ++tail;
  // A little of what is the same, in front and behind, shows where the difference is.
  const auto context = std::max<std::size_t>(width / 5, 4);
  const auto from = head > context ? head - context : 0;
  const auto piece = [&](const std::string& text, const std::vector<std::size_t>& at) {
    const auto last = at.size() - 1;
    const auto wanted = std::min(last, last - tail + context);
    return window(text, at, from, std::min(wanted, from + width));
  };
  return {piece(before, a), piece(after, b)};
}

ChangeText change_text(ir::ValueRef before, ir::ValueRef after, bool secret, std::size_t width) {
  ChangeText text;
  text.symbol = before == nullptr ? '+' : after == nullptr ? '-' : '~';
  constexpr std::string_view kSecret = "(secret)";
  if (secret) {
    if (before != nullptr) text.before = kSecret;
    if (after != nullptr) text.after = kSecret;
  } else if (before != nullptr && after != nullptr) {
    std::tie(text.before, text.after) = shortened(value_text(before), value_text(after), width);
  } else {
    if (before != nullptr) text.before = cut(value_text(before), 2 * width);
    if (after != nullptr) text.after = cut(value_text(after), 2 * width);
  }
  return text;
}

}  // namespace stackc::report

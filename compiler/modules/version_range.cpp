#include <array>
#include <charconv>
#include <optional>
#include <string_view>

#include "compiler/modules/project.hpp"

namespace stackc {

namespace {

using Version = std::array<unsigned, 3>;

std::optional<Version> read_version(std::string_view text) {
  Version v{};
  for (std::size_t i = 0; i < v.size(); ++i) {
    const auto* end = text.data() + text.size();
    const auto [next, error] = std::from_chars(text.data(), end, v[i]);
    if (error != std::errc{}) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(next - text.data()));
    if (text.empty()) return v;
    if (text[0] != '.' || i + 1 == v.size()) return std::nullopt;
    text.remove_prefix(1);
  }
  return std::nullopt;
}

/// The first version that `^from` leaves out: the next one that may break.
Version next_breaking(Version from) {
  if (from[0] > 0) return {from[0] + 1, 0, 0};
  if (from[1] > 0) return {0, from[1] + 1, 0};
  return {0, 0, from[2] + 1};
}

std::optional<bool> holds(const Version& v, std::string_view op, const Version& bound) {
  if (op == ">=") return v >= bound;
  if (op == "<=") return v <= bound;
  if (op == ">") return v > bound;
  if (op == "<") return v < bound;
  if (op.empty() || op == "=" || op == "==") return v == bound;
  if (op == "^") return v >= bound && v < next_breaking(bound);
  if (op == "~") return v >= bound && v < Version{bound[0], bound[1] + 1, 0};
  return std::nullopt;
}

}  // namespace

std::optional<bool> in_version_range(std::string_view version, std::string_view range) {
  constexpr std::string_view kSeparators = " ,\t";
  constexpr std::string_view kOperators = "<>=^~";
  const auto v = read_version(version);
  bool all = true;
  bool any = false;
  while (v) {
    const auto start = range.find_first_not_of(kSeparators);
    if (start == std::string_view::npos) break;
    range.remove_prefix(start);
    const auto op = range.substr(0, range.find_first_not_of(kOperators));
    range.remove_prefix(op.size());
    range.remove_prefix(std::min(range.find_first_not_of(' '), range.size()));
    const auto number = range.substr(0, range.find_first_of(kSeparators));
    range.remove_prefix(number.size());
    const auto bound = read_version(number);
    const auto held = bound ? holds(*v, op, *bound) : std::nullopt;
    if (!held) return std::nullopt;
    any = true;
    all = all && *held;
  }
  return any ? std::optional{all} : std::nullopt;
}

}  // namespace stackc

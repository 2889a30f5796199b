#include "compiler/base/suggest.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace stackc {
namespace {

// Costs are in quarters of an edit, so that a wrong case weighs less than a wrong letter.
using Cost = std::uint32_t;
constexpr Cost kEdit = 4;
constexpr Cost kCase = 1;
// Beyond any edit distance that is accepted: the name is a whole word of the candidate.
constexpr Cost kWord = 1000;
// Nobody mistypes a name of this length; comparing would only cost time.
constexpr std::size_t kMaxLength = 120;
constexpr std::size_t kShortestWord = 3;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool upper_case(char c) { return c >= 'A' && c <= 'Z'; }

bool equal_but_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

Cost substitution(char a, char b) {
  if (a == b) return 0;
  return lower(a) == lower(b) ? kCase : kEdit;
}

/// The weighted distance of `a` and `b` (neither longer than `kMaxLength`), or nothing beyond `limit`.
std::optional<Cost> distance(std::string_view a, std::string_view b, Cost limit) {
  if (a.size() > b.size()) std::swap(a, b);
  if ((b.size() - a.size()) * kEdit > limit) return std::nullopt;
  std::array<std::array<Cost, kMaxLength + 1>, 3> rows{};
  for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = static_cast<Cost>(j) * kEdit;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i + 2) % 3];
    const auto& above_that = rows[(i + 1) % 3];
    row[0] = static_cast<Cost>(i) * kEdit;
    Cost best = row[0];
    for (std::size_t j = 1; j <= b.size(); ++j) {
      Cost cost =
          std::min({above[j] + kEdit, row[j - 1] + kEdit, above[j - 1] + substitution(a[i - 1], b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        cost = std::min(cost, above_that[j - 2] + kEdit);
      }
      row[j] = cost;
      best = std::min(best, cost);
    }
    if (best > limit + kEdit) return std::nullopt;  // a transposition may still reach two rows back
  }
  const Cost cost = rows[a.size() % 3][b.size()];
  return cost <= limit ? std::optional(cost) : std::nullopt;
}

/// How many leading bytes are qualifiers (`AWS::EC2::`, `Net.`, `std/`) that both names share.
std::size_t common_qualifier(std::string_view a, std::string_view b) {
  std::size_t qualifier = 0;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()) && a[i] == b[i]; ++i) {
    if (a[i] == ':' || a[i] == '.' || a[i] == '/') qualifier = i + 1;
  }
  return qualifier;
}

/// `Str` for `String`, `Integer` for `Int`: one begins with all of the other and is not much longer.
bool abbreviates(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  return a.size() >= kShortestWord && 2 * b.size() <= 5 * a.size() &&
         equal_but_case(a, b.substr(0, a.size()));
}

/// `Cidr` in `CidrBlock`, `Name` in `BucketName`, `EC2::VPC` in `AWS::EC2::VPC`.
bool whole_word_of(std::string_view name, std::string_view candidate) {
  if (name.size() >= candidate.size()) return false;
  const std::string_view tail = candidate.substr(candidate.size() - name.size());
  const char before = candidate[candidate.size() - name.size() - 1];
  if (before == ':' || before == '.' || before == '/') return equal_but_case(tail, name);
  if (name.size() < kShortestWord || candidate.size() > 4 * name.size()) return false;
  if (upper_case(candidate[name.size()]) && equal_but_case(candidate.substr(0, name.size()), name))
    return true;
  return upper_case(tail.front()) && equal_but_case(tail, name);
}

/// How far `candidate` is from `name`; nothing when it is no sensible suggestion.
std::optional<Cost> closeness(std::string_view name, std::string_view candidate) {
  if (name.empty() || candidate.empty() || name == candidate) return std::nullopt;
  if (name.size() > kMaxLength || candidate.size() > kMaxLength) return std::nullopt;
  if (equal_but_case(name, candidate)) return kCase;
  const std::size_t shared = common_qualifier(name, candidate);
  const std::string_view a = name.substr(shared);
  const std::string_view b = candidate.substr(shared);
  // One mistake in three letters; what is shared as a qualifier excuses no further ones.
  const Cost limit = static_cast<Cost>(std::max(a.size(), b.size()) / 3) * kEdit;
  if (auto cost = distance(a, b, limit)) return cost;
  if (whole_word_of(a, b)) return kWord + static_cast<Cost>(b.size() - a.size());
  if (abbreviates(a, b))
    return kWord + static_cast<Cost>(std::max(a.size(), b.size()) - std::min(a.size(), b.size()));
  return std::nullopt;
}

}  // namespace

std::string_view did_you_mean(std::string_view name, std::span<const std::string_view> candidates) {
  std::string_view best;
  std::optional<Cost> least;
  for (const std::string_view candidate : candidates) {
    const auto cost = closeness(name, candidate);
    if (cost && (!least || *cost < *least)) {
      least = cost;
      best = candidate;
    }
  }
  return best;
}

std::vector<std::string_view> close_names(std::string_view name, std::span<const std::string_view> candidates,
                                          std::size_t limit) {
  std::vector<std::pair<Cost, std::string_view>> found;
  for (const std::string_view candidate : candidates) {
    if (const auto cost = closeness(name, candidate)) found.emplace_back(*cost, candidate);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string_view> names;
  for (const auto& [cost, candidate] : found) {
    if (names.size() == limit) break;
    if (std::find(names.begin(), names.end(), candidate) == names.end()) names.push_back(candidate);
  }
  return names;
}

}  // namespace stackc

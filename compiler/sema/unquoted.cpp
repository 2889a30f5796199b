#include "compiler/sema/unquoted.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "compiler/base/text.hpp"

namespace stackc::sema {

namespace {

/// A word for a unit, and how many of which unit of the language it is.
struct UnitWord {
  std::string_view word;
  std::int64_t times;
  std::string_view unit;
};

constexpr std::array<UnitWord, 19> kDurations{{{"s", 1, "s"},
                                               {"sec", 1, "s"},
                                               {"secs", 1, "s"},
                                               {"second", 1, "s"},
                                               {"seconds", 1, "s"},
                                               {"m", 1, "m"},
                                               {"min", 1, "m"},
                                               {"mins", 1, "m"},
                                               {"minute", 1, "m"},
                                               {"minutes", 1, "m"},
                                               {"h", 1, "h"},
                                               {"hr", 1, "h"},
                                               {"hour", 1, "h"},
                                               {"hours", 1, "h"},
                                               {"d", 1, "d"},
                                               {"day", 1, "d"},
                                               {"days", 1, "d"},
                                               {"week", 7, "d"},
                                               {"weeks", 7, "d"}}};
constexpr std::array<UnitWord, 12> kSizes{{{"k", 1, "KiB"},
                                           {"kb", 1, "KiB"},
                                           {"kib", 1, "KiB"},
                                           {"m", 1, "MiB"},
                                           {"mb", 1, "MiB"},
                                           {"mib", 1, "MiB"},
                                           {"g", 1, "GiB"},
                                           {"gb", 1, "GiB"},
                                           {"gib", 1, "GiB"},
                                           {"t", 1, "TiB"},
                                           {"tb", 1, "TiB"},
                                           {"tib", 1, "TiB"}}};
constexpr std::array<UnitWord, 2> kPercents{{{"%", 1, "%"}, {"percent", 1, "%"}}};

std::span<const UnitWord> units_of(const Type& expected) {
  using schema::Unit;
  if (expected.kind == Kind::Duration) return kDurations;
  if (expected.kind == Kind::Size) return kSizes;
  if (expected.kind == Kind::Percent) return kPercents;
  switch (expected.unit) {
    case Unit::None:
      return {};
    case Unit::Percent:
      return kPercents;
    case Unit::Bytes:
    case Unit::KiB:
    case Unit::MiB:
    case Unit::GiB:
    case Unit::TiB:
      return kSizes;
    default:
      return kDurations;
  }
}

std::string_view without_spaces(std::string_view text) {
  const auto from = text.find_first_not_of(' ');
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(' ') - from + 1);
}

bool is_word(std::string_view text, std::string_view word) {
  return std::ranges::equal(text, word,
                            [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; });
}

}  // namespace

std::optional<std::string> unquoted(std::string_view text, const Type& expected) {
  text = without_spaces(text);
  if (expected.kind == Kind::Bool) {
    for (const std::string_view truth : {"true", "false"}) {
      if (is_word(text, truth)) return std::string(truth);
    }
    return std::nullopt;
  }
  constexpr std::int64_t kLargest = 1'000'000'000'000;  // no unit makes more of it than a number holds
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || number < 0 || number > kLargest) return std::nullopt;
  const auto unit = without_spaces(text.substr(static_cast<std::size_t>(end - text.data())));
  const bool counts = expected.kind == Kind::Int || expected.kind == Kind::Number;
  if (unit.empty()) return counts ? std::optional(fmt::format("{}", number)) : std::nullopt;
  for (const UnitWord& known : units_of(expected)) {
    if (is_word(unit, known.word)) return fmt::format("{}{}", number * known.times, known.unit);
  }
  return std::nullopt;
}

std::string_view ways_to_count(schema::Unit unit) {
  using schema::Unit;
  switch (unit) {
    case Unit::None: return {};
    case Unit::Milliseconds: return "it is a number of milliseconds, or a duration: `30s`, `5m`";
    case Unit::Seconds: return "it is a number of seconds, or a duration: `30s`, `5m`, `14d`";
    case Unit::Minutes: return "it is a number of minutes, or a duration: `5m`, `1h`";
    case Unit::Hours: return "it is a number of hours, or a duration: `1h`, `7d`";
    case Unit::Days: return "it is a number of days, or a duration: `7d`, `14d`";
    case Unit::Iso8601: return "it is a duration: `30s`, `5m`, `1h`";
    case Unit::Bytes: return "it is a number of bytes, or a size: `64KiB`, `1MiB`";
    case Unit::KiB: return "it is a number of KiB, or a size: `64KiB`, `1MiB`";
    case Unit::MiB: return "it is a number of MiB, or a size: `512MiB`, `4GiB`";
    case Unit::GiB: return "it is a number of GiB, or a size: `100GiB`, `1TiB`";
    case Unit::TiB: return "it is a number of TiB, or a size: `1TiB`";
    case Unit::Percent: return "it is a number of percent: `50`, `50%`";
  }
  return {};
}

}  // namespace stackc::sema

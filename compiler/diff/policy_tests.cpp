#include <algorithm>
#include <charconv>
#include <optional>

#include "compiler/diff/address.hpp"
#include "compiler/diff/policy_sets.hpp"

namespace stackc::diff {
namespace {

/// What an operator does, without its kind of text. The documentation's list:
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
enum class Sense : std::uint8_t { OneOf, NoneOf, InRange, NotInRange, Below, Above, Other };

struct Operator {
  std::string_view quantifier;  // `ForAllValues`, `ForAnyValue`, or empty
  std::string_view family;      // operators of one family compare texts alike
  Sense sense = Sense::Other;
  bool equal = false;  // of Below and Above: the value itself too
};

Operator operator_of(std::string_view op) {
  Operator out;
  if (const auto colon = op.find(':'); colon != std::string_view::npos) {
    out.quantifier = op.substr(0, colon);
    op.remove_prefix(colon + 1);
  }
  struct Row {
    std::string_view name, family;
    Sense sense;
    bool equal;
  };
  static constexpr Row kRows[] = {
      {"StringEquals", "text", Sense::OneOf, false},
      {"StringLike", "text", Sense::OneOf, false},
      {"StringNotEquals", "text", Sense::NoneOf, false},
      {"StringNotLike", "text", Sense::NoneOf, false},
      {"StringEqualsIgnoreCase", "case", Sense::OneOf, false},
      {"StringNotEqualsIgnoreCase", "case", Sense::NoneOf, false},
      {"ArnEquals", "arn", Sense::OneOf, false},
      {"ArnLike", "arn", Sense::OneOf, false},
      {"ArnNotEquals", "arn", Sense::NoneOf, false},
      {"ArnNotLike", "arn", Sense::NoneOf, false},
      {"Bool", "bool", Sense::OneOf, false},
      {"Null", "null", Sense::OneOf, false},
      {"NumericEquals", "number", Sense::OneOf, false},
      {"NumericNotEquals", "number", Sense::NoneOf, false},
      {"NumericLessThan", "number", Sense::Below, false},
      {"NumericLessThanEquals", "number", Sense::Below, true},
      {"NumericGreaterThan", "number", Sense::Above, false},
      {"NumericGreaterThanEquals", "number", Sense::Above, true},
      {"DateLessThan", "date", Sense::Below, false},
      {"DateLessThanEquals", "date", Sense::Below, true},
      {"DateGreaterThan", "date", Sense::Above, false},
      {"DateGreaterThanEquals", "date", Sense::Above, true},
      {"IpAddress", "ip", Sense::InRange, false},
      {"NotIpAddress", "ip", Sense::NotInRange, false},
  };
  for (const Row& row : kRows) {
    if (row.name == op) return {out.quantifier, row.family, row.sense, row.equal};
  }
  out.family = op;
  return out;
}

std::vector<const Pattern*> patterns_of(const std::vector<Named>& names) {
  std::vector<const Pattern*> out;
  for (const Named& n : names) out.push_back(&n.pattern);
  return out;
}

Truth all_covered(const std::vector<Named>& narrow, const std::vector<Named>& wide, const Symbols& symbols) {
  const auto patterns = patterns_of(wide);
  Truth all = Truth::Yes;
  for (const Named& n : narrow) all = std::min(all, covered(n.pattern, patterns, symbols));
  return all;
}

/// `2026-01-31T12:00:00Z` as a number with the same order.
std::optional<std::int64_t> date(std::string_view s) {
  constexpr std::string_view kForm = "dddd-dd-ddTdd:dd:ddZ";
  if (s.size() != kForm.size()) return std::nullopt;
  std::int64_t n = 0;
  for (std::size_t i = 0; i < s.size(); ++i) {
    const bool digit = s[i] >= '0' && s[i] <= '9';
    if (kForm[i] == 'd' ? !digit : s[i] != kForm[i]) return std::nullopt;
    if (digit) n = n * 10 + (s[i] - '0');
  }
  return n;
}

/// Dates are compared with dates, and seconds with nothing.
std::optional<std::int64_t> number(const Test& t, bool is_date) {
  if (t.values.size() != 1 || !t.values[0].text.literal()) return std::nullopt;
  const std::string_view s = t.values[0].text.str();
  if (is_date) return date(s);
  std::int64_t n = 0;
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), n);
  return error == std::errc{} && end == s.data() + s.size() ? std::optional(n) : std::nullopt;
}

Truth ranges_covered(const std::vector<Named>& narrow, const std::vector<Named>& wide) {
  Truth all = Truth::Yes;
  for (const Named& n : narrow) {
    const auto range = n.text.literal() ? Range::of_cidr(n.text.str()) : std::nullopt;
    Truth one = Truth::No;
    for (const Named& w : wide) {
      const auto outer = w.text.literal() ? Range::of_cidr(w.text.str()) : std::nullopt;
      if (n.text == w.text || (range && outer && outer->contains(*range))) one = Truth::Yes;
      if (one == Truth::No && (!range || !outer)) one = Truth::Maybe;
    }
    all = std::min(all, one);
  }
  return all;
}

/// Does a request that passes `narrow` pass `wide`, which is about the same key?
Truth implies(const Test& narrow, const Test& wide, const Symbols& symbols) {
  const Operator a = operator_of(narrow.op), b = operator_of(wide.op);
  // A request without the key passes with `IfExists`, and where the operator is a negation.
  const bool negation = b.sense == Sense::NoneOf || b.sense == Sense::NotInRange;
  if (narrow.if_exists && !wide.if_exists && !negation) return Truth::No;
  if (a.family != b.family || a.sense != b.sense || a.quantifier != b.quantifier) return Truth::Maybe;
  switch (a.sense) {
    case Sense::OneOf:
      return all_covered(narrow.values, wide.values, symbols);
    case Sense::NoneOf:
      return all_covered(wide.values, narrow.values, symbols);
    case Sense::InRange:
      return ranges_covered(narrow.values, wide.values);
    case Sense::NotInRange:
      return ranges_covered(wide.values, narrow.values);
    case Sense::Below:
    case Sense::Above: {
      const bool dates = a.family == "date";
      const auto n = number(narrow, dates), w = number(wide, dates);
      if (!n || !w)
        return narrow.values.size() == 1 && wide.values.size() == 1 && a.equal == b.equal &&
                       narrow.values[0].text == wide.values[0].text
                   ? Truth::Yes
                   : Truth::Maybe;
      if (*n == *w) return a.equal && !b.equal ? Truth::No : Truth::Yes;
      return (*n < *w) == (a.sense == Sense::Below) ? Truth::Yes : Truth::No;
    }
    case Sense::Other:
      break;
  }
  const bool same = narrow.values.size() == wide.values.size() &&
                    std::equal(narrow.values.begin(), narrow.values.end(), wide.values.begin(),
                               [](const Named& x, const Named& y) { return x.text == y.text; });
  return same ? Truth::Yes : Truth::Maybe;
}

}  // namespace

Truth tests_imply(const std::vector<Test>& narrow, const std::vector<Test>& wide, const Symbols& symbols) {
  Truth all = Truth::Yes;
  for (const Test& w : wide) {
    Truth one = Truth::No;
    for (const Test& n : narrow) {
      if (n.key == w.key) one = std::max(one, implies(n, w, symbols));
    }
    all = std::min(all, one);
  }
  return all;
}

}  // namespace stackc::diff

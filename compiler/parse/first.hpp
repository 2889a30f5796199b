#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "grammar/declarations.hpp"

// The characters that a rule may begin with, worked out from the rule itself when this is compiled. They are
// asked before a rule is tried: most alternatives are wrong, and a look at one character costs much less than
// a construct that is begun and given up.
namespace stackc::parsing {

/// What a text that a rule matches may begin with.
struct First {
  std::array<std::uint64_t, 4> bits{};
  bool empty = false;  // it may match without a character; then what follows it says how things go on

  constexpr void add(unsigned char c) { bits[c >> 6U] |= std::uint64_t{1} << (c & 63U); }
  constexpr void add(const First& other) {
    for (std::size_t i = 0; i < bits.size(); ++i) bits[i] |= other.bits[i];
  }
  [[nodiscard]] constexpr bool has(unsigned char c) const {
    return ((bits[c >> 6U] >> (c & 63U)) & 1U) != 0;
  }
  /// Whether a look at the next character can tell that the rule does not match.
  [[nodiscard]] constexpr bool decides() const {
    return !empty && (bits[0] & bits[1] & bits[2] & bits[3]) != ~std::uint64_t{0};
  }

  /// The character, when there is only one; else -1.
  [[nodiscard]] constexpr int only() const {
    int found = -1;
    for (int c = 0; c < 256; ++c) {
      if (!has(static_cast<unsigned char>(c))) continue;
      if (found >= 0) return -1;
      found = c;
    }
    return found;
  }

  static constexpr First of(const char* chars, bool empty) {
    First first;
    for (; *chars != '\0'; ++chars) first.add(static_cast<unsigned char>(*chars));
    first.empty = empty;
    return first;
  }
  /// Nothing is known: always worth a try.
  static constexpr First anything() {
    return {{~std::uint64_t{0}, ~std::uint64_t{0}, ~std::uint64_t{0}, ~std::uint64_t{0}}, true};
  }
};

namespace firsts {

namespace p = tao::pegtl;
namespace pi = tao::pegtl::internal;
namespace gi = stackc::grammar::internal;

/// By what stands behind a rule's name. Of a rule without a line below, nothing is known: among them `must`,
/// which raises where others fail.
template <class Rule>
struct Of {
  static constexpr First value = First::anything();
};

template <class Rule>
constexpr First of() {
  return Of<typename Rule::rule_t>::value;
}

template <class Rule>
constexpr First of_test() {
  First first;
  for (int c = 0; c < 256; ++c) {
    if (Rule::test(static_cast<char>(c))) first.add(static_cast<unsigned char>(c));
  }
  return first;
}

/// Looks no further than the first rule that needs a character: behind it, rules come back to themselves.
template <class Rule, class... Rules>
constexpr First of_sequence() {
  First first = of<Rule>();
  if constexpr (sizeof...(Rules) > 0 && of<Rule>().empty) {
    const First next = of_sequence<Rules...>();
    first.add(next);
    first.empty = next.empty;
  }
  return first;
}

template <class... Rules>
constexpr First of_choice() {
  First first;
  const auto next = [&](const First& rule) {
    first.add(rule);
    first.empty = first.empty || rule.empty;
  };
  (next(of<Rules>()), ...);
  return first;
}

template <class Rule>
constexpr First of_optional() {
  First first = of<Rule>();
  first.empty = true;
  return first;
}

/// Space and comments, or nothing.
constexpr First of_gap() { return First::of(" \t\r\n/", true); }

// clang-format off
template <pi::result_on_found R, class Peek, char... Cs>
struct Of<pi::one<R, Peek, Cs...>> { static constexpr First value = of_test<pi::one<R, Peek, Cs...>>(); };
template <pi::result_on_found R, class Peek, char Low, char High>
struct Of<pi::range<R, Peek, Low, High>> { static constexpr First value = of_test<pi::range<R, Peek, Low, High>>(); };
template <class Peek, char... Cs>
struct Of<pi::ranges<Peek, Cs...>> { static constexpr First value = of_test<pi::ranges<Peek, Cs...>>(); };
template <char C, char... Cs>
struct Of<pi::string<C, Cs...>> { static constexpr First value = of<p::one<C>>(); };
template <class... Rules>
struct Of<pi::seq<Rules...>> { static constexpr First value = of_sequence<Rules...>(); };
template <class... Rules>
struct Of<pi::sor<Rules...>> { static constexpr First value = of_choice<Rules...>(); };
template <class Rule>
struct Of<pi::plus<Rule>> { static constexpr First value = of<Rule>(); };
template <unsigned Count, class Rule>
struct Of<pi::rep<Count, Rule>> { static constexpr First value = of<Rule>(); };
template <class Rule>
struct Of<pi::star<Rule>> { static constexpr First value = of_optional<Rule>(); };
template <class Rule>
struct Of<pi::opt<Rule>> { static constexpr First value = of_optional<Rule>(); };
template <class Rule>
struct Of<pi::at<Rule>> { static constexpr First value = of<Rule>(); };
template <class Rule>
struct Of<pi::not_at<Rule>> { static constexpr First value = First::of("", true); };
template <>
struct Of<pi::success> { static constexpr First value = First::of("", true); };
template <class Condition, class... Rules>
struct Of<pi::if_must<false, Condition, Rules...>> { static constexpr First value = of<Condition>(); };
template <class Test>
struct Of<gi::run<Test>> { static constexpr First value = of_test<Test>(); };
template <class Space>
struct Of<gi::space<Space>> { static constexpr First value = of_gap(); };
template <>
struct Of<gi::gap> { static constexpr First value = of_gap(); };
template <>
struct Of<gi::ahead_gap> { static constexpr First value = of_gap(); };
template <class Start>
struct Of<gi::gap_before<Start>> { static constexpr First value = of_gap(); };
template <bool F, class Open, class Content, class Close>
struct Of<gi::enclosed<F, Open, Content, Close>> { static constexpr First value = of<Open>(); };
// clang-format on

}  // namespace firsts

template <class Rule>
inline constexpr First first_of = firsts::of<Rule>();

/// Whether `Rule` may match what comes next, for all that its first character says.
template <class Rule, class Input>
[[nodiscard]] bool may_begin(const Input& in) {
  constexpr First first = firsts::of<Rule>();
  if constexpr (!first.decides()) {
    return true;
  } else if constexpr (constexpr int only = first.only(); only >= 0) {
    return !in.empty() && *in.current() == static_cast<char>(only);
  } else {
    return !in.empty() && first_of<Rule>.has(static_cast<unsigned char>(*in.current()));
  }
}

}  // namespace stackc::parsing

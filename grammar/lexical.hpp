#pragma once

#include <array>
#include <cstddef>
#include <cstring>

#include <tao/pegtl.hpp>
#include <tao/pegtl/contrib/analyze_traits.hpp>

// Characters, comments, names, and the separators of lists. Text is valid UTF-8 without control
// characters when a rule sees it: parse/ checks that first.
namespace stackc::grammar {

namespace p = tao::pegtl;

namespace internal {

/// One or more of the characters that `Test` accepts, in a loop of its own: texts are mostly names, strings
/// and space.
template <class Test>
struct run {
  using rule_t = run;
  using subs_t = p::empty_list;

  static constexpr std::array<bool, 256> kAccepts = [] {
    std::array<bool, 256> accepts{};
    for (int c = 0; c < 256; ++c) accepts[static_cast<std::size_t>(c)] = Test::test(static_cast<char>(c));
    return accepts;
  }();

  template <class Input>
  [[nodiscard]] static bool match(Input& in) {
    const char* at = in.current();
    while (at != in.end() && kAccepts[static_cast<unsigned char>(*at)]) ++at;
    const auto length = static_cast<std::size_t>(at - in.current());
    in.bump(length);
    return length > 0;
  }
};

/// What is left of the line, without its end.
struct rest_of_line {
  using rule_t = rest_of_line;
  using subs_t = p::empty_list;

  template <class Input>
  [[nodiscard]] static bool match(Input& in) {
    if (in.empty()) return true;
    const auto* feed = static_cast<const char*>(std::memchr(in.current(), '\n', in.size()));
    auto length = feed == nullptr ? in.size() : static_cast<std::size_t>(feed - in.current());
    if (feed != nullptr && length > 0 && feed[-1] == '\r') --length;
    in.bump(length);
    return true;
  }
};

}  // namespace internal

template <class Test>
struct run : internal::run<Test> {};

// ---------------------------------------------------------------- comments

struct newline : p::sor<p::one<'\n'>, p::string<'\r', '\n'>> {};
struct rest_of_line : internal::rest_of_line {};
struct line_comment : p::seq<p::two<'/'>, rest_of_line> {};
struct comment_end : p::until<p::string<'*', '/'>> {};
struct block_comment : p::if_must<p::string<'/', '*'>, comment_end> {};
struct comment : p::seq<p::at<p::one<'/'>>, p::sor<line_comment, block_comment>> {};

// ---------------------------------------------------------------- gaps

namespace internal {

/// Any number of the characters of `Space`, and of comments.
template <class Space>
struct space {
  using rule_t = space;
  using subs_t = p::type_list<comment>;

  template <p::apply_mode A, p::rewind_mode M, template <class...> class Action,
            template <class...> class Control, class Input, class State>
  [[nodiscard]] static bool match(Input& in, State& state) {
    do {
      const char* at = in.current();
      while (at != in.end() && Space::test(*at)) ++at;
      in.bump(static_cast<std::size_t>(at - in.current()));
    } while (!in.empty() && *in.current() == '/' &&
             Control<comment>::template match<A, p::rewind_mode::required, Action, Control>(in, state));
    return true;
  }
};

}  // namespace internal

/// Space within a line. A block comment counts as space, even one that spans lines.
struct line_gap : internal::space<p::blank> {};
/// Space and line breaks.
struct any_gap : internal::space<p::one<' ', '\n', '\t', '\r'>> {};

/// The tokens that, at the start of a line, carry on with the line before (decision 16).
struct continuation
    : p::sor<p::seq<p::one<'.'>, p::not_at<p::two<'.'>>>, p::one<'?', ':', '+', '*', '/', '<', '>', '|'>,
             p::two<'&'>, p::two<'='>, p::string<'!', '='>, p::string<'-', '>'>> {};

// ---------------------------------------------------------------- names

struct name_char : p::ranges<'a', 'z', 'A', 'Z', '0', '9', '_'> {};
struct identifier : p::seq<p::ranges<'a', 'z', 'A', 'Z', '_'>, p::opt<run<name_char>>> {};

/// A word of the language. None is reserved: it is one only where the grammar looks for it.
template <char... Chars>
struct word : p::seq<p::string<Chars...>, p::not_at<name_char>> {};

}  // namespace stackc::grammar

// What `analyze()` needs to know of the rules above.
namespace tao::pegtl {
template <class Name, class Test>
struct analyze_traits<Name, stackc::grammar::internal::run<Test>> : analyze_any_traits<> {};
template <class Name>
struct analyze_traits<Name, stackc::grammar::internal::rest_of_line> : analyze_opt_traits<> {};
template <class Name, class Space>
struct analyze_traits<Name, stackc::grammar::internal::space<Space>>
    : analyze_opt_traits<stackc::grammar::comment> {};
}  // namespace tao::pegtl

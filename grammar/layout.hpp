#pragma once

#include <tao/pegtl/contrib/analyze_traits.hpp>

#include "grammar/context.hpp"
#include "grammar/lexical.hpp"

// Where line breaks count (decision 16), and brackets with their depth. These rules ask the
// `Context` that every rule is matched with.
namespace stackc::grammar {

/// Where a bracket would be one too many; never matched, only raised.
struct depth_limit : p::failure {};

namespace internal {

template <class Input>
std::size_t offset_of(const Input& in) {
  return static_cast<std::size_t>(in.current() - in.begin());
}

template <class Input>
bool at_line_break(const Input& in) {
  return !in.empty() && (*in.current() == '\n' || *in.current() == '\r');
}

/// Space where a line break ends the construct, unless brackets make line breaks free.
struct gap {
  using rule_t = gap;
  using subs_t = p::type_list<line_gap, any_gap>;

  template <p::apply_mode A, p::rewind_mode M, template <class...> class Action,
            template <class...> class Control, class Input, class State>
  [[nodiscard]] static bool match(Input& in, State& state) {
    if (state.lines_free) return Control<any_gap>::template match<A, M, Action, Control>(in, state);
    return Control<line_gap>::template match<A, M, Action, Control>(in, state);
  }
};

/// Space before a token that may start a line: it crosses line breaks only when the next line
/// starts with `Start`.
template <class Start>
struct gap_before {
  using rule_t = gap_before;
  using subs_t = p::type_list<line_gap, any_gap>;

  template <p::apply_mode A, p::rewind_mode M, template <class...> class Action,
            template <class...> class Control, class Input, class State>
  [[nodiscard]] static bool match(Input& in, State& state) {
    (void)Control<gap>::template match<A, M, Action, Control>(in, state);
    if (at_line_break(in)) {
      (void)Control<p::seq<any_gap, p::at<Start>>>::template match<A, p::rewind_mode::required, Action,
                                                                   Control>(in, state);
    }
    return true;
  }
};

/// As `gap_before<continuation>`, and remembers its answer: after each operand several rules look
/// for their operator.
struct ahead_gap {
  using rule_t = ahead_gap;
  using subs_t = p::type_list<line_gap, any_gap>;

  template <p::apply_mode A, p::rewind_mode M, template <class...> class Action,
            template <class...> class Control, class Input, class State>
  [[nodiscard]] static bool match(Input& in, State& state) {
    const std::size_t from = offset_of(in);
    if (state.gap_from == from && state.gap_lines_free == state.lines_free) {
      in.bump(state.gap_to - from);
      return true;
    }
    (void)gap_before<continuation>::match<A, M, Action, Control>(in, state);
    if constexpr (A == p::apply_mode::action) {
      state.gap_from = from;
      state.gap_to = offset_of(in);
      state.gap_lines_free = state.lines_free;
    }
    return true;
  }
};

/// `Open Content Close`, one level deeper; once it is open, all of it must follow.
template <bool LinesFree, class Open, class Content, class Close>
struct enclosed {
  using rule_t = enclosed;
  using subs_t = p::type_list<Open, Content, Close>;

  template <p::apply_mode A, p::rewind_mode M, template <class...> class Action,
            template <class...> class Control, class Input, class State>
  [[nodiscard]] static bool match(Input& in, State& state) {
    const std::size_t begin = offset_of(in);
    if (!Control<Open>::template match<A, M, Action, Control>(in, state)) return false;
    const Opened opened(state, begin, LinesFree);
    if (state.depth > state.max_depth) {
      Control<depth_limit>::raise(static_cast<const Input&>(in), state);
    }
    return p::internal::must<Content, Close>::template match<A, M, Action, Control>(in, state);
  }
};

/// `Rule`, one level deeper.
template <class Rule>
struct nested {
  using rule_t = nested;
  using subs_t = p::type_list<Rule>;

  template <p::apply_mode A, p::rewind_mode M, template <class...> class Action,
            template <class...> class Control, class Input, class State>
  [[nodiscard]] static bool match(Input& in, State& state) {
    const Level level(state);
    if (state.depth > state.max_depth) {
      Control<depth_limit>::raise(static_cast<const Input&>(in), state);
    }
    return Control<Rule>::template match<A, M, Action, Control>(in, state);
  }
};

}  // namespace internal

struct gap : internal::gap {};
struct ahead_gap : internal::ahead_gap {};
template <class Start>
struct gap_before : internal::gap_before<Start> {};

/// Brackets in which line breaks are only space: `( )`, an index.
template <class Open, class Content, class Close>
struct free_lines : internal::enclosed<true, Open, Content, Close> {};
/// Brackets in which a line break separates.
template <class Open, class Content, class Close>
struct enclosed : internal::enclosed<false, Open, Content, Close> {};
template <class Rule>
struct nested : internal::nested<Rule> {};

// ---------------------------------------------------------------- lists of things

/// A line break or a comma; both together count once.
struct separator
    : p::seq<line_gap,
             p::sor<p::seq<p::one<','>, any_gap>, p::seq<newline, any_gap, p::opt<p::one<','>, any_gap>>>> {};

/// What must follow an item: a separator, or the closing bracket.
template <class Close>
struct item_end : p::sor<separator, p::seq<line_gap, p::at<Close>>> {};

/// Items up to `Close`, which is not consumed. `Line` is the item with its `item_end`, so that
/// parse/ can recover around both.
template <class Line, class Close>
struct lines : p::seq<any_gap, p::until<p::sor<p::at<Close>, p::eof>, Line>> {};

/// Items between `( )`, where only a comma separates.
template <class Item, class Close>
struct arguments_of
    : p::seq<any_gap,
             p::until<p::sor<p::at<Close>, p::eof>, p::must<Item>, any_gap,
                      p::sor<p::seq<p::one<','>, any_gap>, p::at<p::sor<Close, p::eof>>, p::must<Close>>>> {};

}  // namespace stackc::grammar

// What `analyze()` needs to know of the rules above.
namespace tao::pegtl {
namespace house = stackc::grammar::internal;

template <class Name>
struct analyze_traits<Name, house::gap> : analyze_opt_traits<stackc::grammar::any_gap> {};
template <class Name, class Start>
struct analyze_traits<Name, house::gap_before<Start>> : analyze_opt_traits<stackc::grammar::any_gap, Start> {
};
template <class Name>
struct analyze_traits<Name, house::ahead_gap> : analyze_opt_traits<stackc::grammar::any_gap> {};
template <class Name, bool F, class Open, class Content, class Close>
struct analyze_traits<Name, house::enclosed<F, Open, Content, Close>>
    : analyze_seq_traits<Open, Content, Close> {};
template <class Name, class Rule>
struct analyze_traits<Name, house::nested<Rule>> : analyze_seq_traits<Rule> {};
}  // namespace tao::pegtl

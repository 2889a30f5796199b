#pragma once

#include <tao/pegtl.hpp>

// Characters, comments, names, and the separators of lists. Text is valid UTF-8 without control
// characters when a rule sees it: parse/ checks that first.
namespace stackc::grammar {

namespace p = tao::pegtl;

// ---------------------------------------------------------------- comments

struct newline : p::sor<p::one<'\n'>, p::string<'\r', '\n'>> {};
struct line_comment : p::seq<p::two<'/'>, p::until<p::at<p::eolf>>> {};
struct comment_end : p::until<p::string<'*', '/'>> {};
struct block_comment : p::if_must<p::string<'/', '*'>, comment_end> {};
struct comment : p::seq<p::at<p::one<'/'>>, p::sor<line_comment, block_comment>> {};

// ---------------------------------------------------------------- gaps

/// Space within a line. A block comment counts as space, even one that spans lines.
struct line_gap : p::star<p::sor<p::blank, comment>> {};
/// Space and line breaks.
struct any_gap : p::star<p::sor<p::one<' ', '\n', '\t', '\r'>, comment>> {};

/// The tokens that, at the start of a line, carry on with the line before (decision 16).
struct continuation
    : p::sor<p::seq<p::one<'.'>, p::not_at<p::two<'.'>>>, p::one<'?', ':', '+', '*', '/', '<', '>', '|'>,
             p::two<'&'>, p::two<'='>, p::string<'!', '='>, p::string<'-', '>'>> {};

// ---------------------------------------------------------------- names

struct name_char : p::sor<p::alnum, p::one<'_'>> {};
struct identifier : p::seq<p::sor<p::alpha, p::one<'_'>>, p::star<name_char>> {};

/// A word of the language. None is reserved: it is one only where the grammar looks for it.
template <char... Chars>
struct word : p::seq<p::string<Chars...>, p::not_at<name_char>> {};

}  // namespace stackc::grammar

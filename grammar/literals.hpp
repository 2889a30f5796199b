#pragma once

#include "grammar/layout.hpp"

// Numbers with their units, strings in their four forms.
namespace stackc::grammar {

struct expression;

// ---------------------------------------------------------------- numbers

struct digits : run<p::digit> {};
/// A literal stands alone: `10x` is not `10` and then `x`.
struct number_end : p::not_at<name_char> {};
struct fraction : p::seq<p::one<'.'>, digits> {};
struct duration_unit : p::one<'s', 'm', 'h', 'd'> {};
struct size_unit : p::seq<p::one<'K', 'M', 'G', 'T'>, p::string<'i', 'B'>> {};

struct cidr : p::seq<digits, fraction, fraction, fraction, p::one<'/'>, digits, number_end> {};
struct percent : p::seq<digits, p::opt<fraction>, p::one<'%'>> {};
struct decimal : p::seq<digits, fraction, number_end> {};
struct duration : p::seq<digits, duration_unit, number_end> {};
struct size : p::seq<digits, size_unit, number_end> {};
struct integer : p::seq<digits, number_end> {};
/// Digits and something that is no unit; raised, never matched.
struct known_number : p::failure {};
/// An integer that no unit, fraction or address follows: most numbers, told without a try at the others.
struct bare_integer : p::seq<p::at<digits, p::not_at<p::sor<name_char, p::one<'.', '%'>>>>, integer> {};
struct number
    : p::seq<p::at<p::digit>,
             p::sor<bare_integer, cidr, percent, decimal, duration, size, integer, p::must<known_number>>> {};

// ---------------------------------------------------------------- strings

struct quote : p::one<'"'> {};
struct three_quotes : p::rep<3, p::one<'"'>> {};

struct escape_code : p::sor<p::one<'n', 't', 'r', '"', '\\'>, p::seq<p::one<'$'>, p::at<p::one<'{'>>>,
                            p::seq<p::string<'u', '{'>, p::rep_min_max<1, 6, p::xdigit>, p::one<'}'>>> {};
struct escape : p::if_must<p::one<'\\'>, escape_code> {};

struct interpolation_open : p::string<'$', '{'> {};
struct interpolation_close : p::one<'}'> {};
struct interpolated : p::seq<any_gap, p::must<expression>, any_gap> {};
struct interpolation : enclosed<interpolation_open, interpolated, interpolation_close> {};

/// A `$` that opens nothing.
struct lone_dollar : p::seq<p::one<'$'>, p::not_at<p::one<'{'>>> {};
/// One or two quotes inside a text that three of them end.
struct lone_quote : p::seq<quote, p::not_at<p::two<'"'>>> {};

struct quoted_text : p::plus<p::sor<run<p::not_one<'"', '\\', '$', '\n', '\r'>>, lone_dollar>> {};
struct quoted_parts : p::star<p::sor<quoted_text, interpolation, escape>> {};
struct quoted_close : quote {};
struct quoted_string : enclosed<quote, quoted_parts, quoted_close> {};

struct multi_line_text : p::plus<p::sor<run<p::not_one<'"', '\\', '$'>>, lone_dollar, lone_quote>> {};
struct multi_line_parts : p::star<p::sor<multi_line_text, interpolation, escape>> {};
struct multi_line_close : three_quotes {};
struct multi_line_string : enclosed<three_quotes, multi_line_parts, multi_line_close> {};

struct raw_text : p::opt<run<p::not_one<'"', '\n', '\r'>>> {};
struct raw_open : p::string<'r', '"'> {};
struct raw_close : quote {};
struct raw_string : enclosed<raw_open, raw_text, raw_close> {};

struct raw_multi_line_text : p::star<p::sor<run<p::not_one<'"'>>, lone_quote>> {};
struct raw_multi_line_open : p::string<'r', '"', '"', '"'> {};
struct raw_multi_line_close : three_quotes {};
struct raw_multi_line_string : enclosed<raw_multi_line_open, raw_multi_line_text, raw_multi_line_close> {};

struct string_literal : p::sor<multi_line_string, quoted_string, raw_multi_line_string, raw_string> {};

}  // namespace stackc::grammar

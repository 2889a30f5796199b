#pragma once

#include "grammar/expressions.hpp"

// Type expressions.
namespace stackc::grammar {

struct type;

// ---------------------------------------------------------------- names, arguments, refinements

struct colons : p::two<':'> {};
struct type_part : identifier {};
/// `AWS::EC2::VPC`
struct type_path : p::seq<p::at<identifier, colons>, identifier, p::plus<colons, p::must<type_part>>> {};
struct dotted_name : p::seq<identifier, p::star<p::one<'.'>, identifier>> {};
struct type_member : dotted_name {};
struct type_nested : identifier {};
struct resource_type_name : p::seq<type_path, p::opt<p::one<'#'>, p::must<type_nested>>,
                                   p::opt<p::one<'.'>, p::must<type_member>>> {};

struct slash : p::one<'/'> {};
/// A slash that nothing of a refinement follows is one of the pattern.
struct regex_slash
    : p::seq<slash, p::not_at<p::star<p::blank>, p::sor<p::one<')', ','>, p::eolf>>> {};
struct regex_text : p::star<p::sor<p::seq<p::one<'\\'>, p::not_one<'\n', '\r'>>,
                                   p::not_one<'/', '\\', '\n', '\r'>, regex_slash>> {};
struct regex_close : slash {};
struct regex : enclosed<slash, regex_text, regex_close> {};

struct negative_bound : p::seq<p::one<'-'>, p::must<number>> {};
struct bound : p::sor<negative_bound, number> {};
struct open_bound : p::success {};
struct dots : p::seq<p::two<'.'>, p::not_at<p::one<'.'>>> {};
struct bounds : p::seq<p::at<p::sor<p::digit, p::one<'-', '.'>>>, p::sor<bound, open_bound>, gap,
                       p::must<dots>, gap, p::sor<bound, open_bound>> {};
struct refinement : p::sor<regex, bounds> {};
struct refinements : free_lines<paren_open, arguments_of<refinement, paren_close>, paren_close> {};

struct angle_open : p::one<'<'> {};
struct angle_close : p::one<'>'> {};
struct type_arguments : free_lines<angle_open, arguments_of<type, angle_close>, angle_close> {};
struct type_name : identifier {};
struct named_type : p::seq<type_name, p::opt<type_arguments>, p::opt<refinements>> {};

// ---------------------------------------------------------------- literals and brackets

struct literal_type : p::sor<quoted_string, bound> {};
struct list_type_content : p::seq<any_gap, p::must<type>, any_gap> {};
struct list_type : enclosed<list_open, list_type_content, list_close> {};

struct map_key : p::seq<list_open, line_gap, p::must<word_string_type>, line_gap, p::must<list_close>> {};
struct map_type_content
    : p::seq<any_gap, map_key, ahead_gap, p::must<colon>, any_gap, p::must<type>, any_gap> {};
struct map_type
    : p::seq<p::at<brace_open, any_gap, list_open>, enclosed<brace_open, map_type_content, brace_close>> {};

struct optional_mark : p::one<'?'> {};
struct type_field : p::seq<key, p::opt<optional_mark>, ahead_gap, p::must<colon>, any_gap, p::must<type>> {};
struct type_field_line : p::seq<p::must<type_field>, p::must<field_end>> {};
struct type_fields : lines<type_field_line, brace_close> {};
struct record_type : enclosed<brace_open, type_fields, brace_close> {};

struct paren_type_content : p::seq<any_gap, p::must<type>, any_gap> {};
struct paren_type : free_lines<paren_open, paren_type_content, paren_close> {};

// ---------------------------------------------------------------- postfix and unions

struct primary_type
    : p::sor<resource_type_name, named_type, literal_type, list_type, map_type, record_type, paren_type> {};
struct optional_suffix : optional_mark {};
struct arm : p::seq<primary_type, p::star<optional_suffix>> {};
struct bar : p::seq<p::one<'|'>, p::not_at<p::one<'|'>>> {};
struct type : p::seq<p::opt<bar, any_gap>, arm, p::star<ahead_gap, bar, any_gap, p::must<arm>>> {};

}  // namespace stackc::grammar

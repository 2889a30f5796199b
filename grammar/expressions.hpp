#pragma once

#include "grammar/literals.hpp"
#include "grammar/words.hpp"

// Values. Operators are read as a flat list: parse/ settles their precedence, so that a chain of a
// million operands needs no stack.
namespace stackc::grammar {

struct expression;

struct paren_open : p::one<'('> {};
struct paren_close : p::one<')'> {};
struct list_open : p::one<'['> {};
struct list_close : p::one<']'> {};
struct brace_open : p::one<'{'> {};
struct brace_close : p::one<'}'> {};
struct comma : p::one<','> {};
struct colon : p::one<':'> {};
struct equals : p::seq<p::one<'='>, p::not_at<p::one<'='>>> {};
struct spread_mark : p::three<'.'> {};
struct spread_value : p::seq<spread_mark, any_gap, p::must<expression>> {};

// ---------------------------------------------------------------- arguments

struct argument_name : identifier {};
struct named_argument
    : p::seq<p::at<identifier, gap, colon>, argument_name, gap, colon, any_gap, p::must<expression>> {};
struct spread_argument : spread_value {};
struct positional_argument : p::seq<expression> {};
struct argument : p::sor<named_argument, spread_argument, positional_argument> {};
struct arguments : free_lines<paren_open, arguments_of<argument, paren_close>, paren_close> {};

// ---------------------------------------------------------------- comprehensions

struct loop_variable : identifier {};
struct loop_start : p::at<word_for, p::plus<p::blank>, identifier> {};
struct loop_header
    : p::seq<word_for, gap, p::must<loop_variable>, gap, p::opt<comma, any_gap, p::must<loop_variable>, gap>,
             p::must<word_in>, any_gap, p::must<expression>> {};
struct comprehension_condition : p::seq<gap_before<word_if>, word_if, any_gap, p::must<expression>> {};
struct comprehension_head
    : p::seq<loop_header, p::opt<comprehension_condition>, ahead_gap, p::must<colon>, any_gap> {};
struct list_comprehension : p::seq<loop_start, comprehension_head, p::must<expression>, any_gap> {};
struct map_comprehension : p::seq<loop_start, comprehension_head, p::must<expression>, ahead_gap,
                                  p::must<colon>, any_gap, p::must<expression>, any_gap> {};

// ---------------------------------------------------------------- lists and records

struct spread_item : spread_value {};
struct plain_item : p::seq<expression> {};
struct list_item : p::sor<spread_item, plain_item> {};
struct list_item_end : item_end<list_close> {};
struct list_line : p::seq<p::must<list_item>, p::must<list_item_end>> {};
struct list_items : lines<list_line, list_close> {};
struct list_content : p::seq<any_gap, p::sor<list_comprehension, list_items>> {};
struct list : enclosed<list_open, list_content, list_close> {};

struct plain_key : identifier {};
struct quoted_key : p::seq<quoted_string> {};
struct key : p::sor<plain_key, quoted_key> {};
struct spread_field : spread_value {};
struct plain_field : p::seq<key, ahead_gap, p::must<colon>, any_gap, p::must<expression>> {};
struct field : p::sor<spread_field, plain_field> {};
struct field_end : item_end<brace_close> {};
struct field_line : p::seq<p::must<field>, p::must<field_end>> {};
struct fields : lines<field_line, brace_close> {};
struct record_content : p::seq<any_gap, p::sor<map_comprehension, fields>> {};
/// A record or a map comprehension.
struct braces : enclosed<brace_open, record_content, brace_close> {};
/// A body: never a comprehension.
struct body : enclosed<brace_open, fields, brace_close> {};

// ---------------------------------------------------------------- operands

/// `raw` and a literal on the same line. `raw[0]` without a space is an element of something called `raw`.
struct raw_constant : p::sor<word<'t', 'r', 'u', 'e'>, word<'f', 'a', 'l', 's', 'e'>, word<'n', 'o', 'n', 'e'>> {};
struct raw_negative : p::seq<p::one<'-'>, p::digit> {};
struct raw_start
    : p::seq<word_raw, p::sor<p::seq<line_gap, brace_open>,
                              p::seq<p::plus<p::blank>, p::sor<list_open, p::at<string_literal>, p::digit,
                                                               raw_negative, raw_constant>>>> {};
struct raw_operand;
struct raw_body : p::sor<body, raw_operand> {};
struct raw_value : p::seq<p::at<raw_start>, word_raw, line_gap, raw_body> {};
struct called_name : identifier {};
struct name_or_call : p::seq<called_name, p::opt<arguments>> {};
struct paren_content : p::seq<any_gap, p::must<expression>, any_gap> {};
struct paren : free_lines<paren_open, paren_content, paren_close> {};
struct primary : p::sor<string_literal, raw_value, name_or_call, number, list, braces, paren> {};

struct dot : p::seq<p::one<'.'>, p::not_at<p::one<'.'>>> {};
struct optional_dot : p::string<'?', '.'> {};
struct member_name : identifier {};
struct splat_mark : p::seq<p::one<'*'>, gap, p::at<list_close>> {};
struct index_content : p::seq<any_gap, p::sor<splat_mark, p::must<expression>>, any_gap> {};
struct subscript : free_lines<list_open, index_content, list_close> {};
struct member : p::seq<dot, any_gap, p::must<member_name>, p::opt<arguments>> {};
struct optional_index : p::seq<subscript> {};
struct optional_name : p::seq<any_gap, p::must<member_name>, p::opt<arguments>> {};
struct optional_member : p::seq<optional_dot, p::sor<optional_index, optional_name>> {};
struct index : p::seq<subscript> {};
struct suffix : p::sor<index, p::seq<ahead_gap, p::sor<member, optional_member>>> {};
struct postfix : p::seq<primary, p::star<suffix>> {};

// ---------------------------------------------------------------- operators

struct prefix_operator
    : p::sor<p::seq<p::one<'!'>, p::not_at<p::one<'='>>>, p::seq<p::one<'-'>, p::not_at<p::one<'>'>>>> {};
struct operand_after_prefix : postfix {};
struct prefixed : p::seq<p::plus<prefix_operator, gap>, p::must<operand_after_prefix>> {};
struct operand : p::sor<prefixed, postfix> {};
struct raw_operand : p::sor<prefixed, primary> {};
struct binary_operator
    : p::sor<p::two<'?'>, p::two<'|'>, p::two<'&'>, p::two<'='>, p::string<'!', '='>,
             p::seq<p::one<'<', '>'>, p::opt<p::one<'='>>>, p::seq<p::two<'.'>, p::not_at<p::one<'.'>>>,
             p::one<'+', '*', '/'>, p::seq<p::one<'-'>, p::not_at<p::one<'>'>>>> {};
struct binary_tail : p::seq<ahead_gap, binary_operator, any_gap, p::must<operand>> {};
struct first_operand : p::success {};
struct operation : p::seq<operand, first_operand, p::star<binary_tail>> {};

struct question : p::seq<p::one<'?'>, p::not_at<p::one<'?', '.'>>> {};
struct choice_arm : nested<expression> {};
struct choice_tail : p::seq<ahead_gap, question, any_gap, p::must<choice_arm>, ahead_gap, p::must<colon>,
                            any_gap, p::must<choice_arm>> {};
struct expression : p::seq<operation, p::opt<choice_tail>> {};

}  // namespace stackc::grammar

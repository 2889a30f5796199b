#pragma once

#include "grammar/declarations.hpp"

// What to say when a rule that had to match did not: the kind of trouble, and what was expected.
namespace stackc::grammar {

enum class Trouble : std::uint8_t {
  Missing,     // something else stands where the rule should match
  Unclosed,    // the closing bracket is missing
  OpenString,  // the closing quote is missing
  OpenComment,
  BadEscape,
  BadNumber,
  TooDeep,
  NoDeclaration,  // what stands here starts no declaration
};

struct Message {
  Trouble trouble = Trouble::Missing;
  const char* expected = nullptr;
};

/// The message of `Rule`; a rule used in `must` has one, or the parser does not compile.
template <class Rule>
inline constexpr Message message{};

// clang-format off
template <> inline constexpr Message message<depth_limit>{Trouble::TooDeep, ""};
template <> inline constexpr Message message<comment_end>{Trouble::OpenComment, "`*/`"};
template <> inline constexpr Message message<escape_code>{Trouble::BadEscape, "an escape"};
template <> inline constexpr Message message<known_number>{Trouble::BadNumber, "a number"};
template <> inline constexpr Message message<known_declaration>{Trouble::NoDeclaration, "a declaration"};

// Closing brackets and quotes.
template <> inline constexpr Message message<quoted_close>{Trouble::OpenString, "`\"`"};
template <> inline constexpr Message message<multi_line_close>{Trouble::OpenString, "`\"\"\"`"};
template <> inline constexpr Message message<raw_close>{Trouble::OpenString, "`\"`"};
template <> inline constexpr Message message<raw_multi_line_close>{Trouble::OpenString, "`\"\"\"`"};
template <> inline constexpr Message message<regex_close>{Trouble::OpenString, "`/`"};
template <> inline constexpr Message message<interpolation_close>{Trouble::Unclosed, "`}`"};
template <> inline constexpr Message message<paren_close>{Trouble::Unclosed, "`)`"};
template <> inline constexpr Message message<list_close>{Trouble::Unclosed, "`]`"};
template <> inline constexpr Message message<brace_close>{Trouble::Unclosed, "`}`"};
template <> inline constexpr Message message<angle_close>{Trouble::Unclosed, "`>`"};

// Contents that cannot fail by themselves: what is in them raises.
template <> inline constexpr Message message<quoted_parts>{Trouble::Missing, "text"};
template <> inline constexpr Message message<multi_line_parts>{Trouble::Missing, "text"};
template <> inline constexpr Message message<raw_text>{Trouble::Missing, "text"};
template <> inline constexpr Message message<raw_multi_line_text>{Trouble::Missing, "text"};
template <> inline constexpr Message message<regex_text>{Trouble::Missing, "a regular expression"};
template <> inline constexpr Message message<interpolated>{Trouble::Missing, "an expression"};
template <class Item, class Close>
inline constexpr Message message<arguments_of<Item, Close>>{Trouble::Missing, "arguments"};
template <class Line, class Close>
inline constexpr Message message<lines<Line, Close>>{Trouble::Missing, "a body"};
template <> inline constexpr Message message<list_content>{Trouble::Missing, "a list"};
template <> inline constexpr Message message<record_content>{Trouble::Missing, "a record"};
template <> inline constexpr Message message<fields>{Trouble::Missing, "a body"};
template <> inline constexpr Message message<type_fields>{Trouble::Missing, "a body"};
template <> inline constexpr Message message<block_lines>{Trouble::Missing, "a body"};
template <> inline constexpr Message message<paren_content>{Trouble::Missing, "an expression"};
template <> inline constexpr Message message<index_content>{Trouble::Missing, "an index"};
template <> inline constexpr Message message<list_type_content>{Trouble::Missing, "a type"};
template <> inline constexpr Message message<map_type_content>{Trouble::Missing, "a type"};
template <> inline constexpr Message message<paren_type_content>{Trouble::Missing, "a type"};
template <> inline constexpr Message message<with_key>{Trouble::Missing, "a key"};

// Punctuation and words.
template <> inline constexpr Message message<colon>{Trouble::Missing, "`:`"};
template <> inline constexpr Message message<comma>{Trouble::Missing, "`,`"};
template <> inline constexpr Message message<equals>{Trouble::Missing, "`=`"};
template <> inline constexpr Message message<arrow>{Trouble::Missing, "`->`"};
template <> inline constexpr Message message<dots>{Trouble::Missing, "`..`"};
template <> inline constexpr Message message<word_in>{Trouble::Missing, "`in`"};
template <> inline constexpr Message message<word_from>{Trouble::Missing, "`from`"};
template <> inline constexpr Message message<word_param>{Trouble::Missing, "`param`"};
template <> inline constexpr Message message<word_type>{Trouble::Missing, "`type`"};
template <> inline constexpr Message message<word_resource>{Trouble::Missing, "`resource`"};
template <> inline constexpr Message message<word_string_type>{Trouble::Missing, "`String`"};

// Values.
template <> inline constexpr Message message<expression>{Trouble::Missing, "an expression"};
template <> inline constexpr Message message<operand>{Trouble::Missing, "an expression"};
template <> inline constexpr Message message<operand_after_prefix>{Trouble::Missing, "an expression"};
template <> inline constexpr Message message<choice_arm>{Trouble::Missing, "an expression"};
template <> inline constexpr Message message<argument>{Trouble::Missing, "an argument"};
template <> inline constexpr Message message<number>{Trouble::Missing, "a number"};
template <> inline constexpr Message message<member_name>{Trouble::Missing, "a name"};
template <> inline constexpr Message message<loop_variable>{Trouble::Missing, "a name"};
template <> inline constexpr Message message<list_item>{Trouble::Missing, "an expression"};
template <> inline constexpr Message message<list_item_end>{Trouble::Missing, "`,`, a line break or `]`"};
template <> inline constexpr Message message<field>{Trouble::Missing, "a name and `:`"};
template <> inline constexpr Message message<field_end>{Trouble::Missing, "`,`, a line break or `}`"};
template <> inline constexpr Message message<body>{Trouble::Missing, "`{`"};

// Types.
template <> inline constexpr Message message<type>{Trouble::Missing, "a type"};
template <> inline constexpr Message message<arm>{Trouble::Missing, "a type"};
template <> inline constexpr Message message<type_part>{Trouble::Missing, "a name"};
template <> inline constexpr Message message<type_member>{Trouble::Missing, "a property or an attribute"};
template <> inline constexpr Message message<type_nested>{Trouble::Missing, "a property type"};
template <> inline constexpr Message message<refinement>{Trouble::Missing, "a range or a `/…/`"};
template <> inline constexpr Message message<type_field>{Trouble::Missing, "a name and `:`"};

// Declarations.
template <> inline constexpr Message message<declaration>{Trouble::NoDeclaration, "a declaration"};
template <> inline constexpr Message message<declaration_end>{Trouble::Missing, "the end of the line"};
template <> inline constexpr Message message<declared_name>{Trouble::Missing, "a name"};
template <> inline constexpr Message message<declared_path>{Trouble::Missing, "a type name like `Acme::Net::Thing`"};
template <> inline constexpr Message message<id_type_name>{Trouble::Missing, "a type name like `AWS::EC2::Image.Id`"};
template <> inline constexpr Message message<plain_string>{Trouble::Missing, "a string"};
template <> inline constexpr Message message<path>{Trouble::Missing, "a string"};
template <> inline constexpr Message message<decorator_name>{Trouble::Missing, "the name of a decorator"};
template <> inline constexpr Message message<imports>{Trouble::Missing, "`{`"};
template <> inline constexpr Message message<import>{Trouble::Missing, "a name"};
template <> inline constexpr Message message<import_alias>{Trouble::Missing, "a name"};
template <> inline constexpr Message message<upstream_source>{Trouble::Missing, "`from`, `as` or `{`"};
template <> inline constexpr Message message<fn_params>{Trouble::Missing, "`(`"};
template <> inline constexpr Message message<fn_param>{Trouble::Missing, "a parameter"};
template <> inline constexpr Message message<with_name>{Trouble::Missing, "the name of a resource"};
template <> inline constexpr Message message<with_entry>{Trouble::Missing, "the name of a resource"};
template <> inline constexpr Message message<with_entries>{Trouble::Missing, "`{`"};
template <> inline constexpr Message message<nested_type_body>{Trouble::Missing, "`{`"};
template <> inline constexpr Message message<resource_type_body>{Trouble::Missing, "`{`"};
template <> inline constexpr Message message<property_member>{Trouble::Missing, "a property"};
template <> inline constexpr Message message<type_member_of>{Trouble::Missing, "a property"};
template <> inline constexpr Message message<block>{Trouble::Missing, "`{`"};
template <> inline constexpr Message message<else_part>{Trouble::Missing, "`if` or `{`"};
// clang-format on

}  // namespace stackc::grammar

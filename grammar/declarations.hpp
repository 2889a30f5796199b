#pragma once

#include "grammar/types.hpp"

// Declarations, blocks, the file.
namespace stackc::grammar {

struct declaration;

// ---------------------------------------------------------------- parts of declarations

struct plain_string : p::seq<string_literal> {};
struct path : p::seq<string_literal> {};
struct declared_name : identifier {};
struct declared_type : p::seq<ahead_gap, colon, any_gap, p::must<type>> {};
struct value : p::seq<p::must<equals>, any_gap, p::must<expression>> {};
struct default_value : p::seq<gap, equals, any_gap, p::must<expression>> {};

struct decorator_name : identifier {};
struct decorator : p::seq<p::one<'@'>, p::must<decorator_name>, p::opt<arguments>> {};
struct decorators : p::star<decorator, any_gap> {};

struct declaration_end : p::sor<separator, p::seq<line_gap, p::sor<p::at<brace_close>, p::eof>>> {};
struct declaration_line : p::seq<p::must<declaration>, p::must<declaration_end>> {};
struct block_lines : lines<declaration_line, brace_close> {};
struct block : enclosed<brace_open, block_lines, brace_close> {};

// ---------------------------------------------------------------- the file's own

struct stack_decl : p::seq<word_stack, gap, p::must<plain_string>> {};

struct imported_name : identifier {};
struct import_alias : identifier {};
struct import : p::seq<imported_name, p::opt<gap, word_as, gap, p::must<import_alias>>> {};
struct import_line : p::seq<p::must<import>, p::must<field_end>> {};
struct imports : enclosed<brace_open, lines<import_line, brace_close>, brace_close> {};
struct use_decl : p::seq<word_use, gap, p::must<imports>, gap, p::must<word_from>, gap, p::must<path>> {};

struct upstream_path : p::seq<word_from, gap, p::must<path>> {};
struct upstream_scheme : p::seq<word_as, gap, p::must<plain_string>, gap> {};
struct upstream_source : p::sor<upstream_path, record_type> {};
struct upstream_decl : p::seq<word_upstream, gap, p::must<declared_name>, gap, p::opt<upstream_scheme>,
                              p::must<upstream_source>> {};

// ---------------------------------------------------------------- names for values and types

struct param_rest : p::seq<gap, p::must<declared_name>, p::opt<declared_type>, p::opt<default_value>> {};
struct param_decl : p::seq<word_param, param_rest> {};
struct const_param_decl : p::seq<word_const, gap, p::must<word_param>, param_rest> {};
struct let_decl : p::seq<word_let, gap, p::must<declared_name>, p::opt<declared_type>, gap, value> {};

struct fn_param_name : identifier {};
struct fn_param_type : p::seq<gap, p::must<colon>, any_gap, p::must<type>> {};
struct fn_param : p::seq<fn_param_name, fn_param_type, p::opt<default_value>> {};
struct fn_params : free_lines<paren_open, arguments_of<fn_param, paren_close>, paren_close> {};
struct arrow : p::string<'-', '>'> {};
struct fn_result : p::seq<ahead_gap, arrow, any_gap, p::must<type>> {};
struct fn_decl
    : p::seq<word_fn, gap, p::must<declared_name>, p::must<fn_params>, p::opt<fn_result>, gap, value> {};

struct type_decl
    : p::seq<word_type, gap, p::must<declared_name>, gap, p::must<equals>, any_gap, p::must<type>> {};
struct id_type_name : p::seq<resource_type_name> {};
struct id_type_decl : p::seq<word_id, gap, p::must<word_type>, gap, p::must<id_type_name>> {};
struct condition_decl : p::seq<word_condition, gap, p::must<declared_name>, gap, value> {};
struct mapping_decl : p::seq<word_mapping, gap, p::must<declared_name>, gap, value> {};

// ---------------------------------------------------------------- resources

struct with_block;
struct with_name : identifier {};
struct with_key : p::seq<any_gap, p::must<expression>, any_gap> {};
struct with_keys : p::star<free_lines<list_open, with_key, list_close>> {};
struct with_inner : p::seq<line_gap, with_block> {};
struct with_entry
    : p::seq<decorators, p::must<with_name>, with_keys, line_gap, p::must<body>, p::opt<with_inner>> {};
/// Entries may stand side by side: each ends in a brace.
struct with_line : p::seq<p::must<with_entry>, p::opt<separator>, line_gap> {};
struct with_entries : enclosed<brace_open, lines<with_line, brace_close>, brace_close> {};
struct with_block : p::seq<word_with, line_gap, p::must<with_entries>> {};

struct resource_type_of : p::seq<ahead_gap, p::must<colon>, any_gap, p::must<type>> {};
struct resource_body : p::seq<line_gap, body> {};
struct resource_decl : p::seq<word_resource, gap, p::must<declared_name>, resource_type_of,
                              p::opt<resource_body>, p::opt<with_inner>> {};
struct extern_decl
    : p::seq<word_extern, gap, p::must<word_resource>, gap, p::must<declared_name>, resource_type_of> {};
struct extern_param_decl
    : p::seq<p::at<word_extern, gap, word_param>, word_extern, gap, word_param, gap, p::must<declared_name>,
             resource_type_of> {};
struct extern_condition_decl : p::seq<p::at<word_extern, gap, word_condition>, word_extern, gap,
                                      word_condition, gap, p::must<declared_name>> {};

// ---------------------------------------------------------------- resource types

struct property_name : p::sor<identifier, quoted_key> {};
struct property_type : p::seq<ahead_gap, p::must<colon>, any_gap, p::must<type>> {};
struct property_rest : p::seq<p::opt<optional_mark>, property_type, p::opt<default_value>> {};
struct attribute_name : dotted_name {};
struct attribute : p::seq<p::at<word_attribute, p::plus<p::blank>, identifier>, word_attribute, gap,
                          attribute_name, property_rest> {};
struct property : p::seq<key, property_rest> {};
struct property_member : p::seq<decorators, p::sor<attribute, property>> {};

struct member_line;
struct property_line;
struct nested_type_name : identifier {};
struct nested_type_body : enclosed<brace_open, lines<property_line, brace_close>, brace_close> {};
struct nested_type : p::seq<p::at<word_type, p::plus<p::blank>, identifier>, word_type, gap, nested_type_name,
                            gap, p::must<nested_type_body>> {};
struct type_member_of : p::sor<nested_type, property_member> {};
struct property_line : p::seq<p::must<property_member>, p::must<field_end>> {};
struct member_line : p::seq<p::must<type_member_of>, p::must<field_end>> {};
struct resource_type_body : enclosed<brace_open, lines<member_line, brace_close>, brace_close> {};
struct declared_path : p::seq<type_path> {};
struct resource_type_start
    : p::at<word_resource, p::plus<p::blank>, word_type, p::plus<p::blank>, identifier> {};
struct resource_type_decl : p::seq<resource_type_start, word_resource, gap, word_type, gap,
                                   p::must<declared_path>, gap, p::must<resource_type_body>> {};

// ---------------------------------------------------------------- blocks

struct component_decl : p::seq<word_component, gap, p::must<declared_name>, gap, p::must<block>> {};
struct loop_key : p::seq<gap, word_key, gap, p::must<expression>> {};
struct for_decl : p::seq<p::at<word_for>, loop_header, p::opt<loop_key>, gap, p::must<block>> {};

struct if_chain;
struct else_if : nested<if_chain> {};
struct else_part : p::sor<else_if, block> {};
struct if_else : p::seq<gap, word_else, gap, p::must<else_part>> {};
struct if_chain : p::seq<word_if, gap, p::must<expression>, gap, p::must<block>, p::opt<if_else>> {};
struct if_decl : p::seq<if_chain> {};

// ---------------------------------------------------------------- what the template says

struct export_name : p::seq<gap, word_as, gap, p::must<expression>> {};
struct output_rest : p::seq<p::opt<declared_type>, gap, value> {};
struct output_decl : p::seq<word_output, gap, p::must<declared_name>, output_rest> {};
struct export_decl : p::seq<word_export, gap, p::must<declared_name>, p::opt<export_name>, output_rest> {};
struct tags_decl : p::seq<word_tags, gap, p::must<body>> {};
struct allow_decl : p::seq<word_allow, gap, p::must<expression>, ahead_gap, p::must<arrow>, any_gap,
                           p::must<expression>, ahead_gap, p::must<colon>, any_gap, p::must<expression>> {};
struct document_decl : p::seq<word_document, gap, p::must<plain_string>, p::opt<declared_type>, gap, value> {
};
struct assert_decl
    : p::seq<word_assert, gap, p::must<expression>, gap, p::must<comma>, any_gap, p::must<expression>> {};
struct rule_decl : p::seq<word_rule, gap, p::must<declared_name>, gap, p::must<body>> {};
struct metadata_decl : p::seq<word_metadata, gap, p::must<body>> {};
struct transform_decl : p::seq<word_transform, gap, p::must<expression>> {};
struct raw_decl : p::seq<word_raw, gap, p::must<declared_name>, gap, p::must<body>> {};

// ---------------------------------------------------------------- the file

struct private_mark : p::seq<word_private, any_gap> {};
struct known_declaration
    : p::sor<resource_type_decl, resource_decl, param_decl, let_decl, output_decl, export_decl, if_decl,
             for_decl, allow_decl, condition_decl, const_param_decl, type_decl, fn_decl, mapping_decl,
             component_decl, use_decl, upstream_decl, stack_decl, tags_decl, document_decl, assert_decl,
             rule_decl, metadata_decl, transform_decl, raw_decl, extern_param_decl, extern_condition_decl,
             extern_decl, id_type_decl> {};
struct declaration : p::seq<decorators, p::opt<private_mark>, p::must<known_declaration>> {};

struct byte_order_mark : p::string<'\xEF', '\xBB', '\xBF'> {};
struct file_lines : p::seq<any_gap, p::until<p::eof, declaration_line>> {};
struct file : p::seq<p::opt<byte_order_mark>, file_lines> {};

}  // namespace stackc::grammar

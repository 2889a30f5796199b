#pragma once

#include "grammar/lexical.hpp"

// The words of the language. None is reserved: each is one only where the grammar looks for it.
namespace stackc::grammar {

struct word_for : word<'f', 'o', 'r'> {};
struct word_in : word<'i', 'n'> {};
struct word_if : word<'i', 'f'> {};
struct word_else : word<'e', 'l', 's', 'e'> {};
struct word_raw : word<'r', 'a', 'w'> {};
struct word_with : word<'w', 'i', 't', 'h'> {};
struct word_key : word<'k', 'e', 'y'> {};
struct word_from : word<'f', 'r', 'o', 'm'> {};
struct word_as : word<'a', 's'> {};
struct word_private : word<'p', 'r', 'i', 'v', 'a', 't', 'e'> {};
struct word_const : word<'c', 'o', 'n', 's', 't'> {};
struct word_param : word<'p', 'a', 'r', 'a', 'm'> {};
struct word_stack : word<'s', 't', 'a', 'c', 'k'> {};
struct word_use : word<'u', 's', 'e'> {};
struct word_upstream : word<'u', 'p', 's', 't', 'r', 'e', 'a', 'm'> {};
struct word_let : word<'l', 'e', 't'> {};
struct word_fn : word<'f', 'n'> {};
struct word_type : word<'t', 'y', 'p', 'e'> {};
struct word_id : word<'i', 'd'> {};
struct word_condition : word<'c', 'o', 'n', 'd', 'i', 't', 'i', 'o', 'n'> {};
struct word_mapping : word<'m', 'a', 'p', 'p', 'i', 'n', 'g'> {};
struct word_resource : word<'r', 'e', 's', 'o', 'u', 'r', 'c', 'e'> {};
struct word_component : word<'c', 'o', 'm', 'p', 'o', 'n', 'e', 'n', 't'> {};
struct word_output : word<'o', 'u', 't', 'p', 'u', 't'> {};
struct word_export : word<'e', 'x', 'p', 'o', 'r', 't'> {};
struct word_tags : word<'t', 'a', 'g', 's'> {};
struct word_allow : word<'a', 'l', 'l', 'o', 'w'> {};
struct word_document : word<'d', 'o', 'c', 'u', 'm', 'e', 'n', 't'> {};
struct word_assert : word<'a', 's', 's', 'e', 'r', 't'> {};
struct word_rule : word<'r', 'u', 'l', 'e'> {};
struct word_metadata : word<'m', 'e', 't', 'a', 'd', 'a', 't', 'a'> {};
struct word_transform : word<'t', 'r', 'a', 'n', 's', 'f', 'o', 'r', 'm'> {};
struct word_extern : word<'e', 'x', 't', 'e', 'r', 'n'> {};
struct word_attribute : word<'a', 't', 't', 'r', 'i', 'b', 'u', 't', 'e'> {};
struct word_string_type : word<'S', 't', 'r', 'i', 'n', 'g'> {};

}  // namespace stackc::grammar

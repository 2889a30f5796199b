#pragma once

#include <string_view>

#include "compiler/diag/diagnostic.hpp"

namespace stackc::parsing {

/// Whether the token is a word or a number, not a sign.
bool token_is_word(std::string_view text, Span token);

/// Help for habits of other languages, by what was found where `expected` should stand.
void add_hints(Diagnostic& diagnostic, std::string_view text, Span token, std::string_view expected);

/// Help for a word that starts no declaration: a misspelt one, or another language's.
void add_declaration_hints(Diagnostic& diagnostic, std::string_view text, Span token);

}  // namespace stackc::parsing

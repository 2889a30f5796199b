#pragma once

#include "compiler/eval/context.hpp"

/// Logical IDs (decision 7): the prefix of the instance, the name, the keys of the loops around.
namespace stackc::eval {

/// With its first letter upper-cased, as a key stands in a logical ID.
std::string capitalized(std::string_view text);
/// `[A-Za-z0-9]+`
bool is_id_text(std::string_view text);

/// The logical ID of a declaration: its `@id`, or prefix, name and keys. Reports keys and texts that
/// no logical ID can hold. Lives as long as the template.
std::string_view logical_id(Context& ctx, const Frame* frame, const ast::Decl& decl);

/// Enters `id` into the namespace `taken`; an error with both places when it is there already.
/// Whether it was free.
bool claim(Context& ctx, NameTable<Identity>& taken, std::string_view id,
           const Frame* frame, Span span, std::string_view what);

/// Text that lives as long as the template.
std::string_view keep(Context& ctx, std::string_view text);

}  // namespace stackc::eval

#pragma once

#include "compiler/eval/context.hpp"

/// Constant maps that a late key asks: they become mappings of the template (decision 14).
namespace stackc::eval {

/// Whether the record may become a mapping, and is no row of one.
bool is_whole_map(const Record& record);
/// `v`, if it is a constant map, as one that may become the mapping `id`.
Val with_map_source(Context& ctx, Val v, std::string_view id, Span origin);
/// The element `v` that `record` has under the constant `key`, with its place in the mapping kept.
Val row_of(Context& ctx, const Record& record, std::string_view key, Val v);
/// `record[key]` with a late key: `Fn::FindInMap`; a whole row is a record of those.
Val find_in_map(Context& ctx, const Env& env, const Record& record, Val key, Span span);
/// Enters the mapping into the template, once.
void emit_mapping(Context& ctx, const Frame* frame, MapSource& source);

}  // namespace stackc::eval

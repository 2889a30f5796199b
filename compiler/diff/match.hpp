#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/diff/diff.hpp"
#include "compiler/diff/meaning.hpp"
#include "compiler/ir/ir.hpp"

namespace stackc::diff {

/// A resource on both sides, or on one.
struct Pair {
  const ir::Resource* before = nullptr;
  const ir::Resource* after = nullptr;
};

/// The resources of one side that exist there: those whose condition is known to be false do not.
std::vector<const ir::Resource*> existing(const Side& side, Resolver& resolver);

/// Says which resource of the old side is which of the new one: by logical ID, by `@moved`, and those that
/// are left by what they are: the same type, the same properties, the same place in the graph. Where several
/// could be meant, none is. The new side's order, then what is only in the old one.
std::vector<Pair> match(const Side& before, const Side& after, Resolver& old_known, Resolver& known,
                        Pool& pool, schema::Schema schema, Arena& arena);

/// The symbols of the pairs' resources, the same on both sides; `before` chooses the side.
std::unordered_map<std::string_view, Meaning> symbols_of(const std::vector<Pair>& pairs, bool before,
                                                         Pool& pool);

}  // namespace stackc::diff

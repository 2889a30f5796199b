#pragma once

#include "compiler/parse/builder.hpp"

namespace stackc::parsing {

/// What was added to `from` since `mark`, moved into the tree's arena.
template <class T>
ast::Seq<T> Builder::take(PendingList<T>& from, std::uint32_t mark) {
  if (from.size() == mark) return {};
  return ast_.arena.copy(from.take(mark));
}

}  // namespace stackc::parsing

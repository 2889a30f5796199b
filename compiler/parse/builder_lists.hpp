#pragma once

#include "compiler/parse/builder.hpp"

namespace stackc::parsing {

/// What was added to `from` since `mark`, moved into the tree's arena.
template <class T>
ast::Seq<T> Builder::take(std::vector<T>& from, std::uint32_t mark) {
  if (from.size() == mark) return {};
  const std::vector<T> taken(from.begin() + mark, from.end());
  from.resize(mark, from[mark]);
  return ast_.arena.copy(taken);
}

}  // namespace stackc::parsing

#pragma once

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/diff/diff.hpp"

namespace stackc::diff {

/// A stack on both sides, or on one; indices into the sides.
struct StackPair {
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::size_t before = kNone, after = kNone;
};

/// The stacks in the order in which they have to be deployed: who exports before who imports; who does not
/// import any more before who exported; stacks that go last, importers first. Else the order given.
std::vector<StackPair> deployment_order(const std::vector<StackPair>& pairs, const std::vector<Side>& before,
                                        const std::vector<Side>& after, const schema::Schema& schema);

}  // namespace stackc::diff

#include "compiler/base/line_allocator.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <new>
#include <vector>

namespace stackc {
namespace {

struct Node {
  std::uint64_t words[8];
};

TEST(LineAllocator, EachThingLiesInOneLine) {
  for (std::size_t count = 1; count < 40; ++count) {
    const std::vector<Node, LineAllocator<Node>> nodes(count);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(nodes.data()) % 64, 0U) << count;
  }
}

TEST(LineAllocator, AVectorGrowsAndIsMovedAsAnyOther) {
  std::vector<Node, LineAllocator<Node>> nodes;
  for (std::uint64_t i = 0; i < 1000; ++i) nodes.push_back({{i}});
  const auto copy = nodes;
  const auto moved = std::move(nodes);
  for (std::uint64_t i = 0; i < 1000; ++i) {
    EXPECT_EQ(copy[i].words[0], i);
    EXPECT_EQ(moved[i].words[0], i);
  }
}

TEST(LineAllocator, MoreThanThereCanBeIsNoMemory) {
  LineAllocator<Node> allocator;
  EXPECT_THROW(static_cast<void>(allocator.allocate(SIZE_MAX / sizeof(Node))), std::bad_alloc);
}

}  // namespace
}  // namespace stackc

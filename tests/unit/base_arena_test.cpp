#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "compiler/base/arena.hpp"

namespace stackc {
namespace {

TEST(Arena, KeepsWhatItHandedOutWhileItGrows) {
  Arena arena(64);
  std::vector<std::string_view> copies;
  std::vector<const std::uint64_t*> numbers;
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    copies.push_back(arena.copy(std::to_string(i)));
    numbers.push_back(arena.make<std::uint64_t>(i));
  }
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    EXPECT_EQ(copies[i], std::to_string(i));
    EXPECT_EQ(*numbers[i], i);
  }
}

TEST(Arena, AlignsWhateverWasAskedBefore) {
  struct alignas(16) Wide {
    char bytes[16];
  };
  Arena arena(40);
  for (std::size_t size = 1; size < 100; ++size) {
    arena.copy(std::string(size, 'x'));
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(arena.room_for<Wide>(1)) % alignof(Wide), 0U) << size;
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(arena.room_for<std::uint32_t>(3)) % alignof(std::uint32_t), 0U);
  }
}

TEST(Arena, HasRoomForMoreThanABlock) {
  Arena arena(16);
  const std::string long_text(1'000'000, 'a');
  const auto before = arena.copy("before");
  const auto copy = arena.copy(long_text);
  const auto after = arena.copy("after");
  EXPECT_EQ(copy, long_text);
  EXPECT_EQ(before, "before");
  EXPECT_EQ(after, "after");
}

TEST(Arena, CopiesNothingOfNothing) {
  Arena arena;
  EXPECT_TRUE(arena.copy(std::string_view{}).empty());
  EXPECT_TRUE(arena.copy(std::vector<int>{}).empty());
  const auto items = arena.copy(std::vector<int>{1, 2, 3});
  EXPECT_EQ(std::vector<int>(items.begin(), items.end()), (std::vector<int>{1, 2, 3}));
}

}  // namespace
}  // namespace stackc

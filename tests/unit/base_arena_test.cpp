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

TEST(Arena, AfterItIsRewoundWhatWasThereBeforeIsAsItWas) {
  Arena arena(64);
  std::vector<std::string_view> before;
  for (int i = 0; i < 10; ++i) before.push_back(arena.copy("before " + std::to_string(i)));
  const auto mark = arena.mark();
  for (int round = 0; round < 3; ++round) {
    const char* const first = arena.copy("x").data();
    for (int i = 0; i < 1000; ++i) arena.copy("after " + std::to_string(i));
    arena.rewind(mark);
    EXPECT_EQ(arena.copy("x").data(), first) << "the same memory is handed out again";
    arena.rewind(mark);
  }
  for (int i = 0; i < 10; ++i) EXPECT_EQ(before[i], "before " + std::to_string(i));
}

TEST(Arena, RewoundToItsBeginningItIsAsNew) {
  Arena arena(64);
  const auto mark = arena.mark();
  arena.copy(std::string(1000, 'x'));
  arena.rewind(mark);
  EXPECT_EQ(arena.copy("fresh"), "fresh");
}

}  // namespace
}  // namespace stackc

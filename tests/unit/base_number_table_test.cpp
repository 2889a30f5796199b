#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <memory>

#include "compiler/base/number_table.hpp"

namespace stackc {
namespace {

TEST(NumberTable, KnowsWhatWasSaidOfANumber) {
  NumberTable<std::uint32_t, int> table;
  EXPECT_EQ(table.find(0), nullptr);
  EXPECT_FALSE(table.contains(7));
  EXPECT_TRUE(table.add(7, 70).second);
  const auto [value, is_new] = table.add(7, 71);
  EXPECT_FALSE(is_new);
  EXPECT_EQ(*value, 70);
  table[7] = 72;
  EXPECT_EQ(*table.find(7), 72);
  EXPECT_EQ(table[0], 0);
  EXPECT_EQ(table.size(), 2U);
}

TEST(NumberTable, IsAsATableOfTheStandardLibrary) {
  NumberTable<std::uint64_t, std::uint64_t> table;
  std::map<std::uint64_t, std::uint64_t> expected;
  std::uint64_t number = 1;
  for (int i = 0; i < 5000; ++i) {
    number = number * 6364136223846793005U + 1442695040888963407U;
    const std::uint64_t key = number >> (i % 60);
    ++table[key];
    ++expected[key];
  }
  EXPECT_EQ(table.size(), expected.size());
  for (const auto& [key, count] : expected) EXPECT_EQ(*table.find(key), count) << key;
  std::map<std::uint64_t, std::uint64_t> visited;
  table.for_each([&](std::uint64_t key, std::uint64_t count) { EXPECT_TRUE(visited.emplace(key, count).second); });
  EXPECT_EQ(visited, expected);
}

TEST(NumberTable, MovesItsValues) {
  NumberTable<std::uint32_t, std::unique_ptr<int>> table;
  for (std::uint32_t i = 0; i < 100; ++i) table.add(i, std::make_unique<int>(static_cast<int>(i)));
  for (std::uint32_t i = 0; i < 100; ++i) EXPECT_EQ(**table.find(i), static_cast<int>(i));
}

}  // namespace
}  // namespace stackc

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "compiler/base/name_table.hpp"

namespace stackc {
namespace {

/// `n0`, `n1`, …, of which every other is long.
std::string name_of(std::size_t i) { return (i % 2 == 0 ? "n" : "a-name-of-more-than-eight-bytes-") + std::to_string(i); }

/// Few names are compared one by one, more are hashed: both find what is there and nothing else.
TEST(NameTable, FindsWhatWasAddedWhateverItsSize) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < 3000; ++i) names.push_back(name_of(i));
  for (const bool reserved : {false, true}) {
    NameTable<std::size_t> table;
    if (reserved) table.reserve(names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
      ASSERT_EQ(table.find(names[i]), nullptr) << names[i];
      const auto [value, is_new] = table.add(names[i], i);
      ASSERT_TRUE(is_new);
      ASSERT_EQ(*value, i);
      if (i > 20 && i % 500 != 0) continue;
      for (std::size_t k = 0; k <= i; ++k) {
        ASSERT_NE(table.find(names[k]), nullptr) << names[k] << " of " << i;
        ASSERT_EQ(*table.find(names[k]), k);
      }
    }
    EXPECT_EQ(table.size(), names.size());
    EXPECT_FALSE(table.contains("n"));
    EXPECT_FALSE(table.contains(""));
  }
}

TEST(NameTable, TheFirstOfANameStays) {
  NameTable<int> table;
  for (int round = 0; round < 2; ++round) {
    for (const std::string_view name : {"b", "a", "", "d", "c", "f", "e", "g", "h"}) {
      const auto [value, is_new] = table.add(name, round);
      EXPECT_EQ(is_new, round == 0) << name;
      EXPECT_EQ(*value, 0) << name;
    }
  }
  std::string order;
  for (const auto& [name, value] : table) order += name;
  EXPECT_EQ(order, "badcfegh");
}

}  // namespace
}  // namespace stackc

#include "compiler/snapshot/relocation.hpp"

#include <gtest/gtest.h>
#include <sys/mman.h>

#include <cstring>

namespace stackc::relocation {
namespace {

constexpr std::size_t kWords = 200;
constexpr std::size_t kBytes = kWords * sizeof(std::uint64_t);

std::uint64_t address_of(const std::uint64_t* word) { return reinterpret_cast<std::uintptr_t>(word); }

/// Two memories, `kDistance` apart, with the same numbers in them.
class Relocation : public testing::Test {
 protected:
  void SetUp() override {
    // The system chooses a place for one; the other's has to be free there.
    void* const first = ::mmap(nullptr, kBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    ASSERT_NE(first, MAP_FAILED);
    void* const wanted = static_cast<char*>(first) - kDistance;
    void* const second = ::mmap(wanted, kBytes, PROT_READ | PROT_WRITE,
                                MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
    if (second != wanted) GTEST_SKIP() << "no room at a distance of 4 GiB";
    here = {static_cast<std::uint64_t*>(second), kWords};
    there = {static_cast<std::uint64_t*>(first), kWords};
    for (std::size_t i = 0; i < kWords; ++i) here[i] = there[i] = i * 0x1234567;
  }
  void TearDown() override {
    if (!here.empty()) ::munmap(here.data(), kBytes);
    if (!there.empty()) ::munmap(there.data(), kBytes);
  }
  /// A pointer to word `to` in word `at` of both.
  void point(std::size_t at, std::size_t to) {
    here[at] = address_of(here.data() + to);
    there[at] = address_of(there.data() + to);
  }

  std::span<std::uint64_t> here, there;
};

TEST_F(Relocation, AMovedMemoryIsTheOneMadeThere) {
  for (const std::size_t at : {0, 1, 63, 64, 65, 127, 199}) point(at, (at * 7) % kWords);
  point(100, kWords);  // behind the last
  const auto pointers = find_pointers(here, there);
  ASSERT_TRUE(pointers.has_value());
  std::vector<std::uint64_t> moved(here.begin(), here.end());
  move_pointers(moved, *pointers, kDistance);
  EXPECT_EQ(std::memcmp(moved.data(), there.data(), kBytes), 0);
}

TEST_F(Relocation, WithoutPointersNothingMoves) {
  const auto pointers = find_pointers(here, there);
  ASSERT_TRUE(pointers.has_value());
  for (const auto bits : *pointers) EXPECT_EQ(bits, 0U);
}

TEST_F(Relocation, UpperHalvesInUnusedBytesAreNoPointers) {
  here[5] = 7;
  there[5] = 7 + kDistance;
  const auto pointers = find_pointers(here, there);
  ASSERT_TRUE(pointers.has_value());
  EXPECT_EQ((*pointers)[0], 0U);
}

TEST_F(Relocation, WhatElseDependsOnThePlaceIsFound) {
  there[70] += 1;
  EXPECT_EQ(find_pointers(here, there), std::nullopt);
}

TEST_F(Relocation, MemoriesOfTwoSizesOrAtAnotherDistanceAreNoCopies) {
  EXPECT_EQ(find_pointers(here, there.subspan(0, kWords - 1)), std::nullopt);
  EXPECT_EQ(find_pointers(here.subspan(0, 100), here.subspan(100)), std::nullopt);
}

}  // namespace
}  // namespace stackc::relocation

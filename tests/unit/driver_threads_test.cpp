#include <gtest/gtest.h>
#include <sched.h>

#include <atomic>
#include <stdexcept>
#include <thread>

#include "compiler/driver/threads.hpp"

namespace stackc {
namespace {

TEST(Threads, EachDoesTheWork) {
  for (const std::size_t threads : {std::size_t{0}, std::size_t{1}, std::size_t{4}}) {
    std::atomic<std::size_t> done{0};
    in_threads(threads, [&] { ++done; });
    EXPECT_EQ(done, threads == 0 ? 1U : threads) << "the calling one always works";
  }
}

// A new thread is moved to another processor than its maker's, for a moment.
TEST(Threads, EachMayRunWhereItsMakerMay) {
  cpu_set_t allowed;
  ASSERT_EQ(::sched_getaffinity(0, sizeof allowed, &allowed), 0);
  const auto maker = std::this_thread::get_id();
  std::atomic<bool> all_made{false};
  std::atomic<int> alike{0};
  in_threads(4, [&] {
    if (std::this_thread::get_id() == maker) all_made = true;  // its part begins when the others are there
    while (!all_made) std::this_thread::yield();
    cpu_set_t own;
    if (::sched_getaffinity(0, sizeof own, &own) == 0 && CPU_EQUAL(&own, &allowed)) ++alike;
  });
  EXPECT_EQ(alike, 4);
}

TEST(Threads, WhatOneThrowsArrivesAfterAllAreDone) {
  std::atomic<int> next{0}, done{0}, told{0};
  const auto work = [&] {
    if (next++ == 0) throw std::runtime_error("the first");
    while (told == 0) std::this_thread::yield();
    ++done;
  };
  try {
    in_threads(3, work, [&] { ++told; });
    FAIL() << "nothing was thrown";
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "the first");
  }
  EXPECT_EQ(done, 2);
  EXPECT_EQ(told, 1);
}

}  // namespace
}  // namespace stackc

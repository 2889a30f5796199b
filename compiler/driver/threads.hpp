#pragma once

#include <cstddef>
#include <functional>

namespace stackc {

/// A thread more is worth its while for so many files more.
inline constexpr std::size_t kFilesPerThread = 64;

/// How many threads go through `files` files: `wanted`, or when that is 0 one a processor where there is work
/// for more than one. The system is not asked for its processors for less.
std::size_t threads_for(std::size_t files, std::size_t wanted);

/// Calls `work` in this thread and in `threads` - 1 others at the same time, fewer where the system has no
/// more to give, and returns when all are done. What the first of them to fail threw is thrown again; the
/// others are not told, so `failed` is called, by one thread at a time, for them to find.
void in_threads(
    std::size_t threads, const std::function<void()>& work, const std::function<void()>& failed = [] {});

}  // namespace stackc

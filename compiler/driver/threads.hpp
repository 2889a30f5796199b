#pragma once

#include <cstddef>
#include <functional>

namespace stackc {

/// Calls `work` in this thread and in `threads` - 1 others at the same time, fewer where the system has no
/// more to give, and returns when all are done. What the first of them to fail threw is thrown again; the
/// others are not told, so `failed` is called, by one thread at a time, for them to find.
void in_threads(
    std::size_t threads, const std::function<void()>& work, const std::function<void()>& failed = [] {});

}  // namespace stackc

#include "compiler/driver/threads.hpp"

#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace stackc {

std::size_t threads_for(std::size_t files, std::size_t wanted) {
  if (wanted > 0) return wanted;
  return files < kFilesPerThread ? 1 : std::thread::hardware_concurrency();
}

void in_threads(std::size_t threads, const std::function<void()>& work, const std::function<void()>& failed) {
  std::mutex mutex;
  std::exception_ptr first;
  const auto guarded = [&] {
    try {
      work();
    } catch (...) {
      const std::lock_guard lock{mutex};
      if (first == nullptr) first = std::current_exception();
      failed();
    }
  };
  std::vector<std::thread> others;
  try {
    while (others.size() + 1 < threads) others.emplace_back(guarded);
  } catch (const std::system_error&) {
    // The ones there are do all of the work.
  }
  guarded();
  for (auto& thread : others) thread.join();
  if (first != nullptr) std::rethrow_exception(first);
}

}  // namespace stackc

#include "compiler/driver/threads.hpp"

#include <pthread.h>
#include <sched.h>

#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace stackc {

namespace {

/// Moves a thread that may wait for the processor that its maker runs on to another. Schedulers spread new threads, but
/// some virtual machines pack them, and there a second thread would not begin before the next tick, 4 ms later. Where
/// the thread may run does not change. One that has ended already has no number any more: then both calls are about the
/// calling thread, and it too may run where it might before.
void start_elsewhere(std::thread& thread) {
  cpu_set_t allowed;
  if (::sched_getaffinity(0, sizeof allowed, &allowed) != 0) return;  // more processors than a set has
  const int here = ::sched_getcpu();
  if (here < 0 || CPU_COUNT(&allowed) < 2) return;
  cpu_set_t elsewhere = allowed;
  CPU_CLR(static_cast<std::size_t>(here), &elsewhere);
  ::pthread_setaffinity_np(thread.native_handle(), sizeof elsewhere, &elsewhere);
  ::pthread_setaffinity_np(thread.native_handle(), sizeof allowed, &allowed);
}

}  // namespace

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
    while (others.size() + 1 < threads) start_elsewhere(others.emplace_back(guarded));
  } catch (const std::system_error&) {
    // The ones there are do all of the work.
  }
  guarded();
  for (auto& thread : others) thread.join();
  if (first != nullptr) std::rethrow_exception(first);
}

}  // namespace stackc

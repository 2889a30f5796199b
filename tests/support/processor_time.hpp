#pragma once

#include <time.h>

#include <algorithm>

namespace stackc {

/// The seconds that this thread has been running; what other programs took meanwhile does not count.
inline double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// The least processor time of `runs` runs, in seconds: how long something takes when nothing disturbs it.
template <class Run>
double least_processor_seconds(int runs, const Run& run) {
  double least = 1e9;
  for (int i = 0; i < runs; ++i) {
    const double start = processor_seconds();
    run();
    least = std::min(least, processor_seconds() - start);
  }
  return least;
}

}  // namespace stackc

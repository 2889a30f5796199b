#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace stackc {

/// How long the stages of a run take (`--timings`). Threads may measure at the same time; what the threads of
/// one stage take is added up. Nothing is measured where nobody asked: the pointer to this is null then.
class Timings {
 public:
  using Duration = std::chrono::steady_clock::duration;

  /// Adds `time` to `stage`, a literal. Stages are shown in the order of their first mention.
  void add(std::string_view stage, Duration time);

  /// Lines of stage, time and share, for people; `whole` is the wall time of the run.
  [[nodiscard]] std::string table(Duration whole) const;

 private:
  struct Stage {
    std::string_view name;
    Duration time;
  };

  mutable std::mutex mutex_;
  std::vector<Stage> stages_;
};

/// Measures from here to the end of the scope, for `timings` unless that is null.
class Timed {
 public:
  Timed(Timings* timings, std::string_view stage) : timings_(timings), stage_(stage) {
    if (timings_ != nullptr) start_ = std::chrono::steady_clock::now();
  }
  ~Timed() { stop(); }
  Timed(const Timed&) = delete;
  Timed& operator=(const Timed&) = delete;

  /// Ends the measuring before the scope does.
  void stop() {
    if (timings_ != nullptr) timings_->add(stage_, std::chrono::steady_clock::now() - start_);
    timings_ = nullptr;
  }
  /// What comes now is another stage.
  void next(std::string_view stage) {
    if (timings_ == nullptr) return;
    const auto now = std::chrono::steady_clock::now();
    timings_->add(stage_, now - start_);
    stage_ = stage;
    start_ = now;
  }

 private:
  Timings* timings_;
  std::string_view stage_;
  std::chrono::steady_clock::time_point start_;
};

}  // namespace stackc

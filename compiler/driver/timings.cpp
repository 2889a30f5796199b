#include "compiler/driver/timings.hpp"

#include <algorithm>

#include "compiler/base/text.hpp"

namespace stackc {

namespace {

double milliseconds(Timings::Duration time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

std::string line(std::string_view name, Timings::Duration time, Timings::Duration all) {
  const double share = all.count() > 0 ? 100 * milliseconds(time) / milliseconds(all) : 0;
  return fmt::format("{:<10} {:>10.3f} ms {:>5.1f} %\n", name, milliseconds(time), share);
}

}  // namespace

void Timings::add(std::string_view stage, Duration time) {
  const std::lock_guard lock{mutex_};
  const auto found = std::ranges::find(stages_, stage, &Stage::name);
  if (found != stages_.end()) {
    found->time += time;
  } else {
    stages_.push_back({stage, time});
  }
}

std::string Timings::table(Duration whole) const {
  const std::lock_guard lock{mutex_};
  Duration sum{};
  for (const auto& stage : stages_) sum += stage.time;
  // Several threads take more together than the clock on the wall says.
  const auto all = std::max(sum, whole);
  std::string out;
  for (const auto& stage : stages_) out += line(stage.name, stage.time, all);
  if (sum < whole) out += line("other", whole - sum, all);
  if (sum > whole) out += line("together", sum, all);
  out += fmt::format("{:<10} {:>10.3f} ms\n", "whole run", milliseconds(whole));
  return out;
}

}  // namespace stackc

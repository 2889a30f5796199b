#include "compiler/driver/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace stackc {

Log::Log(bool enabled) : enabled_(enabled) {
  if (!enabled || spdlog::get("stackc") != nullptr) return;
  const auto logger = spdlog::stderr_logger_mt("stackc");
  logger->set_level(spdlog::level::debug);
  logger->set_pattern("[%H:%M:%S.%e] [thread %t] %v");
}

void Log::debug(std::string_view message) const {
  if (!enabled_) return;
  if (const auto logger = spdlog::get("stackc")) logger->debug("{}", message);
}

}  // namespace stackc

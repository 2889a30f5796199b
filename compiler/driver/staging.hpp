#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/filesystem.hpp"

namespace stackc {

/// The outputs of a large run that are finished before it is known whether any may be written. They wait
/// beside their places under temporary names, where a renaming makes them outputs: in memory they would fill
/// it, and in a file of their own each byte would be written twice. What was not put in place when this ends
/// is removed, and so it is when a signal ends the process. Several threads may stage at once.
class Staging {
 public:
  explicit Staging(FileSystem& fs) : fs_(fs) {}
  ~Staging();
  Staging(const Staging&) = delete;
  Staging& operator=(const Staging&) = delete;

  /// Nothing when the text has to stay where it is: `FileSystem::write` will say why.
  std::optional<StagedFile> stage(std::string_view path, std::string_view text);
  /// All that was staged is in its place now: there is nothing to remove.
  void done();

 private:
  FileSystem& fs_;
  std::mutex mutex_;  // of what follows
  std::vector<StagedFile> files_;
  std::vector<std::string> folders_;  // made on the way
};

}  // namespace stackc

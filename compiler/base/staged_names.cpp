#include "compiler/base/staged_names.hpp"

#include <unistd.h>

#include <atomic>

#include "compiler/base/filesystem.hpp"

namespace stackc {

namespace {

/// A list to which threads add, and of which nothing is ever freed, for the handler may be walking through
/// it.
struct StagedName {
  std::string path;
  bool is_folder;
  StagedName* before;
};
constinit std::atomic<StagedName*> staged_names{nullptr};

}  // namespace

void remember_staged(const std::string& path, bool is_folder) {
  auto* const added = new StagedName{path, is_folder, staged_names.load(std::memory_order_relaxed)};
  while (!staged_names.compare_exchange_weak(added->before, added, std::memory_order_release)) {
  }
}

void remove_staged_files() {
  const StagedName* const newest = staged_names.load(std::memory_order_acquire);
  for (const auto* name = newest; name != nullptr; name = name->before) {
    if (!name->is_folder) ::unlink(name->path.c_str());
  }
  // The newest first, and so a folder after those that are in it.
  for (const auto* name = newest; name != nullptr; name = name->before) {
    if (name->is_folder) ::rmdir(name->path.c_str());
  }
}

}  // namespace stackc

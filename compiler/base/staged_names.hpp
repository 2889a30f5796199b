#pragma once

#include <string>

namespace stackc {

/// Remembers a temporary file or folder that may have to be removed by a signal handler
/// (`remove_staged_files`): from before it is there, for a signal may come at any time. One that is in its
/// place or gone is not found again, and so nothing is ever forgotten. Threads may call it at the same time.
void remember_staged(const std::string& path, bool is_folder);

}  // namespace stackc

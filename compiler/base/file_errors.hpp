#pragma once

#include <cstdint>

#include "compiler/base/filesystem.hpp"

namespace stackc {

/// What is said of a file beyond a limit: "larger than 10 MiB".
FileError too_large(std::uint64_t max_bytes);

/// What `errno` value `code` means to a person; `missing` stands where nothing was found at the path.
FileError file_error(int code, const char* missing = "no such file");

}  // namespace stackc

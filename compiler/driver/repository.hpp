#pragma once

#include <string>

#include "compiler/base/filesystem.hpp"
#include "compiler/diag/form_text.hpp"

namespace stackc {

/// The git repository around `working_folder`, which is absolute: the nearest folder with a `.git`, whose paths
/// services show. Empty when there is none.
PathRoot repository_around(const FileSystem& fs, const std::string& working_folder);

}  // namespace stackc

#pragma once

#include <string>
#include <vector>

#include "compiler/base/filesystem.hpp"
#include "compiler/diag/diagnostic.hpp"

namespace stackc {

/// The files that `inputs` stand for, each once: a folder becomes the files below it that end in
/// `ending`, sorted, without hidden folders; a file stands for itself whatever its name (whether it is
/// there turns out when it is read). A folder without any such file is an error.
std::vector<std::string> expand_inputs(const std::vector<std::string>& inputs, std::string_view ending,
                                       const FileSystem& fs, Sink& sink);

}  // namespace stackc

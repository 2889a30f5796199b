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

/// A file to compile.
struct InputFile {
  std::string path;
  bool is_template = false;  // by its name: a CloudFormation template in JSON or YAML
  bool named = false;        // given by itself, not found in a folder
};

/// How a run looks for its files.
struct Search {
  std::string_view out;     // the folder of its output: no templates are taken from it as long as there are others
  std::size_t threads = 1;  // that share many folders, 0: one a processor; the file system has to bear them
};

/// The files that `inputs` stand for, each once: as above, and a folder without any `.stack` file stands for
/// the files below it that may be templates (`.json`, `.yaml`, `.yml`, `.template`). A folder without either
/// is an error.
std::vector<InputFile> expand_sources(const std::vector<std::string>& inputs, const Search& search,
                                      const FileSystem& fs, Sink& sink);

/// Whether neither looks at what has this name in a folder: hidden files and folders, packages of others.
bool is_passed_over(std::string_view name);

/// The name of the stack of a template that has none: its file's without endings (`vpc.template.json`:
/// `vpc`).
std::string_view stack_name_of(std::string_view path);

}  // namespace stackc

#include "compiler/driver/repository.hpp"

#include "compiler/base/text.hpp"

namespace stackc {

PathRoot repository_around(const FileSystem& fs, const std::string& working_folder) {
  if (!working_folder.starts_with('/')) return {};
  std::string_view root{working_folder};
  // A work tree of a submodule, or one that was added, has a file of that name.
  while (fs.kind(join_path(root, ".git")) == PathKind::Missing) {
    if (root == "/") return {};
    root = directory_of(root);
  }
  std::string_view folder{working_folder};
  folder.remove_prefix(root.size());
  if (folder.starts_with('/')) folder.remove_prefix(1);
  return {std::string{root}, std::string{folder}};
}

}  // namespace stackc

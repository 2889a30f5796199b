#include <algorithm>

#include "compiler/base/file_errors.hpp"
#include "compiler/base/filesystem.hpp"

namespace stackc {
namespace {

/// What every path below `folder` begins with; nothing for the working folder.
std::string prefix_of(std::string_view folder) {
  if (folder == ".") return {};
  std::string prefix(folder);
  if (prefix != "/") prefix += '/';
  return prefix;
}

FileError missing(std::string_view what) {
  return {FileError::Kind::NotFound, std::string("no such ").append(what)};
}

FileError directory() { return {FileError::Kind::IsDirectory, "is a directory"}; }

}  // namespace

FileResult<std::string> MemoryFileSystem::read(std::string_view path, std::uint64_t max_bytes) const {
  const auto found = files.find(normalize_path(path));
  if (found == files.end()) return kind(path) == PathKind::Directory ? directory() : missing("file");
  if (found->second.size() > max_bytes) return too_large(max_bytes);
  return found->second;
}

FileResult<bool> MemoryFileSystem::write(std::string_view path, std::string_view text) {
  const std::string key = normalize_path(path);
  if (kind(key) == PathKind::Directory) return directory();
  for (std::string_view folder = directory_of(key); folder != "." && folder != "/";
       folder = directory_of(folder)) {
    if (files.contains(folder))
      return FileError{FileError::Kind::Other, "a part of the path is not a folder"};
  }
  const auto [at, made] = files.try_emplace(key);
  if (!made && at->second == text) return false;
  at->second = text;
  return true;
}

PathKind MemoryFileSystem::kind(std::string_view path) const {
  const std::string key = normalize_path(path);
  if (files.contains(key)) return PathKind::File;
  if (key == "." || key == "/") return PathKind::Directory;
  const std::string prefix = prefix_of(key);
  const auto below = files.lower_bound(prefix);
  return below != files.end() && below->first.starts_with(prefix) ? PathKind::Directory : PathKind::Missing;
}

std::uint64_t MemoryFileSystem::size(std::string_view path) const {
  const auto found = files.find(normalize_path(path));
  return found != files.end() ? found->second.size() : 0;
}

FileResult<std::vector<FolderEntry>> MemoryFileSystem::list(std::string_view path) const {
  const std::string folder = normalize_path(path);
  if (files.contains(folder)) return FileError{FileError::Kind::Other, "is not a folder"};
  if (kind(folder) != PathKind::Directory) return missing("folder");
  const std::string prefix = prefix_of(folder);
  std::vector<FolderEntry> entries;
  for (auto at = files.lower_bound(prefix); at != files.end() && at->first.starts_with(prefix); ++at) {
    const std::string_view rest = std::string_view(at->first).substr(prefix.size());
    const std::string_view name = rest.substr(0, rest.find('/'));
    if (name.empty()) continue;  // an absolute path, seen from the working folder
    entries.push_back({std::string(name), name.size() < rest.size() ? PathKind::Directory : PathKind::File});
  }
  std::ranges::sort(entries, {}, &FolderEntry::name);
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  return entries;
}

}  // namespace stackc

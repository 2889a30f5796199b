#include <algorithm>

#include "compiler/base/suggest.hpp"
#include "compiler/base/text.hpp"
#include "compiler/modules/modules.hpp"

namespace stackc {

namespace {

/// The name in the folder of `path` that was most likely meant; empty when there is none.
std::string closest_file(const FileSystem& fs, std::string_view path) {
  const auto dir = directory_of(path);
  const auto listed = fs.list(dir);
  const auto* entries = std::get_if<std::vector<FolderEntry>>(&listed);
  if (entries == nullptr) return {};
  const auto slash = path.rfind('/');
  const std::string name{slash == std::string_view::npos ? path : path.substr(slash + 1)};
  const auto with_ending = name + ".stack";
  std::vector<std::string_view> candidates;
  for (const auto& [n, kind] : *entries) {
    if (n == with_ending) return n;
    const bool same_kind = n.ends_with(".stack") || (name.find('.') != std::string::npos && !name.ends_with(".stack"));
    if (same_kind || kind == PathKind::Directory) candidates.push_back(n);
  }
  return std::string{did_you_mean(name, candidates)};
}

Code code_of(FileError::Kind kind) {
  switch (kind) {
    case FileError::Kind::NotFound:
      return Code::FileNotFound;
    case FileError::Kind::TooLarge:
      return Code::FileTooLarge;
    default:
      return Code::FileUnreadable;
  }
}

}  // namespace

void report_unreadable(const FileSystem& fs, std::string_view path, const FileError& error, Span span,
                       Sink& sink) {
  auto& d = sink.report(code_of(error.kind), span, fmt::format("cannot read `{}`: {}", path, error.reason));
  if (error.kind == FileError::Kind::NotFound) {
    const auto close = closest_file(fs, path);
    const auto dir = directory_of(path);
    if (!close.empty()) d.help(fmt::format("did you mean `{}`?", dir == "." ? close : join_path(dir, close)));
  } else if (error.kind == FileError::Kind::IsDirectory && span.valid()) {
    d.help("name one of the files in it");
  }
}

}  // namespace stackc

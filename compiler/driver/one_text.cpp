#include "compiler/driver/one_text.hpp"

#include <algorithm>
#include <array>

#include "compiler/base/file_errors.hpp"

namespace stackc {

WithText::WithText(const FileSystem& rest, std::string path, std::string text)
    : rest_(rest), path_(std::move(path)), text_(std::move(text)) {}

FileResult<std::string> WithText::read(std::string_view path, std::uint64_t max_bytes) const {
  if (path != path_) return rest_.read(path, max_bytes);
  if (text_.size() > max_bytes) return too_large(max_bytes);
  return text_;
}

FileResult<bool> WithText::write(std::string_view, std::string_view) {
  return FileError{FileError::Kind::Other, "is only read"};
}

PathKind WithText::kind(std::string_view path) const {
  return path == path_ ? PathKind::File : rest_.kind(path);
}

std::string WithText::real_path(std::string_view path) const {
  return path == path_ ? path_ : rest_.real_path(path);
}

FileResult<std::vector<FolderEntry>> WithText::list(std::string_view path) const { return rest_.list(path); }

bool looks_like_template(std::string_view text) {
  constexpr std::array<std::string_view, 4> kBegin{"Resources:", "AWSTemplateFormatVersion:", "Description:",
                                                   "Parameters:"};
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return false;
  if (text[first] == '{') return true;
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (std::ranges::any_of(kBegin, [&](std::string_view key) { return line.starts_with(key); })) return true;
  }
  return false;
}

}  // namespace stackc

#include "compiler/base/file_errors.hpp"

#include <cerrno>
#include <cstring>

#include "compiler/base/text.hpp"

namespace stackc {

FileError too_large(std::uint64_t max_bytes) {
  constexpr std::uint64_t kKiB = 1024;
  constexpr std::uint64_t kMiB = 1024 * kKiB;
  std::string size;
  if (max_bytes >= kMiB && max_bytes % kMiB == 0) {
    size = fmt::format("{} MiB", max_bytes / kMiB);
  } else if (max_bytes >= kKiB && max_bytes % kKiB == 0) {
    size = fmt::format("{} KiB", max_bytes / kKiB);
  } else {
    size = fmt::format("{} bytes", max_bytes);
  }
  return {FileError::Kind::TooLarge, "larger than " + size};
}

FileError file_error(int code, const char* missing) {
  using Kind = FileError::Kind;
  switch (code) {
    case ENOENT:
      return {Kind::NotFound, missing};
    case ENOTDIR:
      return {Kind::NotFound, "a part of the path is not a folder"};
    case EISDIR:
      return {Kind::IsDirectory, "is a directory"};
    case EACCES:
    case EPERM:
      return {Kind::NoPermission, "permission denied"};
    case EROFS:
      return {Kind::NoPermission, "read-only file system"};
    case ENOSPC:
      return {Kind::NoSpace, "no space left on device"};
    case EDQUOT:
      return {Kind::NoSpace, "disk quota exceeded"};
    case EFBIG:
      return {Kind::NoSpace, "file size limit exceeded"};
    case ENAMETOOLONG:
      return {Kind::Other, "file name too long"};
    case ELOOP:
      return {Kind::Other, "too many symbolic links"};
    case EMFILE:
    case ENFILE:
      return {Kind::Other, "too many open files"};
    case EIO:
      return {Kind::Other, "input/output error"};
    default:
      break;
  }
  const char* text = strerrordesc_np(code);
  std::string reason = text != nullptr ? text : fmt::format("error {}", code);
  // "Text file busy" -> "text file busy": messages are lower case.
  if (reason[0] >= 'A' && reason[0] <= 'Z') reason[0] = static_cast<char>(reason[0] - 'A' + 'a');
  return {Kind::Other, std::move(reason)};
}

}  // namespace stackc

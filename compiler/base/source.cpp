#include "compiler/base/source.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

namespace stackc {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// Bytes of code points after their first (`10xxxxxx`), eight at a time: a template may be one line of megabytes.
std::size_t continuing_bytes(std::string_view text) {
  constexpr std::uint64_t kOnes = 0x0101010101010101u;
  std::size_t count = 0;
  for (; text.size() >= sizeof(std::uint64_t); text.remove_prefix(sizeof(std::uint64_t))) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text.data(), sizeof bytes);
    count += static_cast<std::size_t>(std::popcount((bytes >> 7) & ~(bytes >> 6) & kOnes));
  }
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0u) == 0x80u ? 1 : 0;
  return count;
}

}  // namespace

FileId SourceMap::add(std::string path, std::string text) {
  files_.push_back({std::move(path), std::move(text), {}});
  return FileId(static_cast<std::uint32_t>(files_.size() - 1));
}

void SourceMap::replace(FileId file, std::string path, std::string text) {
  files_[file.value] = {std::move(path), std::move(text), {}};
}

void SourceMap::truncate(std::size_t count) {
  while (files_.size() > count) files_.pop_back();
}

std::string_view SourceMap::path(FileId file) const { return files_[file.value].path; }

std::string_view SourceMap::text(FileId file) const { return files_[file.value].text; }

std::string_view SourceMap::text(Span span) const {
  if (!span.valid()) return {};
  const std::string_view all = text(span.file);
  const std::size_t begin = std::min<std::size_t>(span.begin, all.size());
  const std::size_t end = std::clamp<std::size_t>(span.end, begin, all.size());
  return all.substr(begin, end - begin);
}

const std::vector<std::uint32_t>& SourceMap::line_starts(FileId file) const {
  const File& f = files_[file.value];
  if (!f.line_starts.empty()) return f.line_starts;
  // A byte order mark is not part of the first line: it has no column and is never shown.
  const bool marked = std::string_view(f.text).substr(0, kByteOrderMark.size()) == kByteOrderMark;
  f.line_starts.push_back(marked ? static_cast<std::uint32_t>(kByteOrderMark.size()) : 0u);
  for (std::size_t at = f.text.find('\n'); at != std::string::npos; at = f.text.find('\n', at + 1)) {
    f.line_starts.push_back(static_cast<std::uint32_t>(at + 1));
  }
  return f.line_starts;
}

Position SourceMap::position(FileId file, std::uint32_t offset) const {
  const auto& starts = line_starts(file);
  const std::string_view all = text(file);
  offset = std::min(offset, static_cast<std::uint32_t>(all.size()));
  auto after = std::upper_bound(starts.begin(), starts.end(), offset);
  if (after == starts.begin()) return {1, 1};  // inside the byte order mark
  const std::uint32_t start = *(after - 1);
  const auto line = static_cast<std::uint32_t>(after - starts.begin());
  const std::string_view before = all.substr(start, offset - start);
  return {line, static_cast<std::uint32_t>(before.size() - continuing_bytes(before)) + 1};
}

std::string_view SourceMap::line(FileId file, std::uint32_t line) const {
  const auto& starts = line_starts(file);
  if (line == 0 || line > starts.size()) return {};
  const std::string_view all = text(file);
  const std::size_t begin = starts[line - 1];
  std::size_t end = line < starts.size() ? starts[line] - 1 : all.size();
  if (end > begin && all[end - 1] == '\r') --end;
  return all.substr(begin, end - begin);
}

std::uint32_t SourceMap::line_count(FileId file) const {
  return static_cast<std::uint32_t>(line_starts(file).size());
}

}  // namespace stackc

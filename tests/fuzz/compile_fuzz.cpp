// The whole compiler over whatever comes. A line `//// name.stack` starts a further file, so that stacks,
// libraries and project files can be mixed. What must hold: it ends, it does not crash, a failed run has
// nothing to write, and the same files give the same bytes.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "compiler/base/filesystem.hpp"
#include "compiler/driver/pipeline.hpp"

namespace {

void check(bool holds) {
  if (!holds) std::abort();
}

stackc::MemoryFileSystem files_of(std::string_view text) {
  constexpr std::string_view marker = "//// ";
  stackc::MemoryFileSystem fs;
  std::string name = "main.stack";
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end);
    if (!line.starts_with(marker)) {
      fs.files[name] += line;
      continue;
    }
    const std::string_view rest = line.substr(marker.size());
    name = stackc::normalize_path(rest.substr(0, std::min(rest.find('\n'), std::size_t{60})));
    if (name.empty() || name.front() == '/' || name.front() == '.') name = "other.stack";
  }
  return fs;
}

stackc::Result compile(const stackc::MemoryFileSystem& fs) {
  stackc::Request request;
  request.inputs = {"."};
  request.source_map = true;
  request.threads = 1;
  return stackc::compile(request, fs);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const stackc::MemoryFileSystem fs = files_of({reinterpret_cast<const char*>(data), size});
  const stackc::Result first = compile(fs);
  if (first.failed()) {
    check(first.files.empty());
    return 0;
  }
  const stackc::Result second = compile(fs);
  check(first.files.size() == second.files.size());
  for (std::size_t i = 0; i < first.files.size(); ++i) {
    check(first.files[i].path == second.files[i].path);
    check(first.files[i].text == second.files[i].text);
  }
  return 0;
}

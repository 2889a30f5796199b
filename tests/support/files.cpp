#include "tests/support/files.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace fs = std::filesystem;

namespace stackc::tests {

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (fs::temp_directory_path() / "stackc-test-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make " + pattern);
  path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

fs::path source_root() { return STACKC_SOURCE_DIR; }

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void write_file(const fs::path& path, std::string_view text) {
  fs::create_directories(path.parent_path());
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  if (!out.flush()) throw std::runtime_error("cannot write " + path.string());
}

std::vector<std::string> files_below(const fs::path& folder) {
  std::vector<std::string> files;
  if (!fs::is_directory(folder)) return files;
  for (auto at = fs::recursive_directory_iterator(folder); at != fs::recursive_directory_iterator(); ++at) {
    if (at->is_regular_file()) files.push_back(at->path().lexically_relative(folder).generic_string());
    if (at->path().filename() == "node_modules") at.disable_recursion_pending();
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::map<std::string, std::string> contents_below(const fs::path& folder) {
  std::map<std::string, std::string> contents;
  for (const std::string& file : files_below(folder)) contents.emplace(file, read_file(folder / file));
  return contents;
}

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string line_diff(std::string_view expected, std::string_view seen) {
  constexpr std::size_t context = 3;
  constexpr std::size_t most = 60;
  const std::vector<std::string_view> before = split_lines(expected);
  const std::vector<std::string_view> after = split_lines(seen);
  std::size_t head = 0;
  while (head < before.size() && head < after.size() && before[head] == after[head]) ++head;
  std::size_t tail = 0;
  while (tail < before.size() - head && tail < after.size() - head &&
         before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) {
    ++tail;
  }
  std::string text = "@@ line " + std::to_string(head + 1) + " @@\n";
  const auto print = [&text](char mark, const std::vector<std::string_view>& lines, std::size_t from,
                             std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
      if (i - from == most) {
        text += "  … " + std::to_string(to - i) + " more lines\n";
        break;
      }
      text += mark;
      text += lines[i];
      text += '\n';
    }
  };
  print(' ', before, head - std::min(head, context), head);
  print('-', before, head, before.size() - tail);
  print('+', after, head, after.size() - tail);
  print(' ', before, before.size() - tail, before.size() - tail + std::min(tail, context));
  return text;
}

}  // namespace stackc::tests

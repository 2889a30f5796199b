// The least that a compiler of the same work could do: map an input of the same size, look at every byte of
// it, and write the same bytes to the same number of files. What stands between this and a compiler is
// compiling.
//
//   floor INPUT OUTPUT FOLDER [--compare]
//
// With `--compare` the files are there already, and are read and compared instead of written.
//
// OUTPUT is what bench/run made of a finished build: a line `d NAME` for each folder, `f SIZE NAME` for each
// file, an empty line, then the bytes of the files one after the other.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

[[noreturn]] void fail(const std::string& what) {
  std::perror(what.c_str());
  ::_exit(2);
}

std::string_view map(const char* path) {
  const int file = ::open(path, O_RDONLY | O_CLOEXEC);
  struct stat about {};
  if (file < 0 || ::fstat(file, &about) != 0) fail(path);
  const auto size = static_cast<std::size_t>(about.st_size);
  void* bytes = size == 0 ? nullptr : ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
  if (bytes == MAP_FAILED) fail(path);
  ::close(file);
  return {static_cast<const char*>(bytes), size};
}

void write_file(const std::string& path, std::string_view bytes) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) fail(path);
  while (!bytes.empty()) {
    const auto n = ::write(file, bytes.data(), bytes.size());
    if (n <= 0) fail(path);
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  ::close(file);
}

void compare_file(const std::string& path, std::string_view bytes) {
  if (map(path.c_str()) != bytes) {
    std::fprintf(stderr, "floor: %s differs\n", path.c_str());
    ::_exit(1);
  }
}

std::string_view take_line(std::string_view& text) {
  const auto end = text.find('\n');
  const auto line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4 && argc != 5) return 2;
  const bool compare = argc == 5;
  unsigned sum = 0;
  for (const char c : map(argv[1])) sum += static_cast<unsigned char>(c);

  auto list = map(argv[2]);
  const auto blank = list.find("\n\n");
  if (blank == std::string_view::npos) return 2;
  auto bytes = list.substr(blank + 2);
  list = list.substr(0, blank + 1);
  const std::string folder = std::string{argv[3]} + "/";
  ::mkdir(argv[3], 0755);
  while (!list.empty()) {
    auto line = take_line(list);
    const bool is_folder = line.starts_with("d ");
    line.remove_prefix(2);
    if (is_folder) {
      ::mkdir((folder + std::string{line}).c_str(), 0755);
      continue;
    }
    const auto space = line.find(' ');
    const auto size = std::strtoul(line.data(), nullptr, 10);
    const auto path = folder + std::string{line.substr(space + 1)};
    if (compare) compare_file(path, bytes.substr(0, size));
    if (!compare) write_file(path, bytes.substr(0, size));
    bytes.remove_prefix(size);
  }
  // The sum is used, so that the compiler cannot leave out the reading.
  return sum == 1 ? 1 : 0;
}

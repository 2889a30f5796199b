// stackc_iam_compiler OUT FILE…: the actions and condition keys of FILE… as one blob. Runs once, when the compiler is
// built; the blob becomes a part of the binary.
#include <cstdio>
#include <string>
#include <variant>
#include <vector>

#include "compiler/base/filesystem.hpp"
#include "compiler/base/text.hpp"
#include "compiler/iam/blob.hpp"

using namespace stackc;

static constexpr std::uint64_t kMaxBytes = 16u << 20;

int main(int argc, char** argv) {
  if (argc < 3) {
    fmt::print(stderr, "usage: stackc_iam_compiler OUT FILE...\n");
    return 2;
  }
  const auto fs = disk();
  std::vector<std::string> texts;
  for (int i = 2; i < argc; ++i) {
    auto text = fs->read(argv[i], kMaxBytes);
    if (const auto* error = std::get_if<FileError>(&text)) {
      fmt::print(stderr, "{}: {}\n", argv[i], error->reason);
      return 1;
    }
    texts.push_back(std::move(std::get<std::string>(text)));
  }
  const iam::Built built = iam::build({texts.begin(), texts.end()});
  for (const std::string& mistake : built.mistakes) fmt::print(stderr, "stackc_iam_compiler: {}\n", mistake);
  if (!built.mistakes.empty()) return 1;
  const auto written = fs->write(argv[1], {reinterpret_cast<const char*>(built.bytes.data()), built.bytes.size()});
  if (const auto* error = std::get_if<FileError>(&written)) {
    fmt::print(stderr, "{}: {}\n", argv[1], error->reason);
    return 1;
  }
  return 0;
}

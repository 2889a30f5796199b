#include <unistd.h>

#include <cstring>
#include <string_view>

/// `stackc --version`, answered before the constructors of global objects run: the libraries for options and
/// YAML have some, and they took a third of the time. `main` answers where the linker leaves this out.
namespace {

void answer_version(int argc, char** argv, char**) {
  if (argc != 2 || std::strcmp(argv[1], "--version") != 0) return;
  constexpr std::string_view text = "stackc " STACKC_VERSION "\n";
  ::_exit(::write(STDOUT_FILENO, text.data(), text.size()) < 0 ? 1 : 0);
}

/// The loader calls what stands in this section first, with the arguments of `main` (System V ABI, gABI 4.1,
/// "Initialization and Termination Functions").
[[gnu::section(".preinit_array"), gnu::used]] void (*const first)(int, char**, char**) = answer_version;

}  // namespace

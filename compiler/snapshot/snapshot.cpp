#include "compiler/snapshot/snapshot.hpp"

#include <fcntl.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <cstring>
#include <span>

#include "compiler/base/filesystem.hpp"
#include "compiler/modules/standard_library.hpp"
#include "compiler/snapshot/memory.hpp"
#include "compiler/snapshot/relocation.hpp"

namespace stackc {

namespace {

constexpr char kProgram[] = "/proc/self/exe";
using snapshot_memory::kPage;
constexpr std::uint64_t kMagic = 0x746f687370616e73;  // "snapshot"

/// Stands at the very end of the program's file.
struct Trailer {
  std::uint64_t program_size;  // without snapshot
  std::uint64_t offset;        // of the memory, at the beginning of a page
  std::uint64_t size;
  std::uint64_t pointers;  // bytes of what says where its pointers are, right behind it
  std::uint64_t address;   // where the memory belongs
  std::uint64_t root;      // address of the Compilation in it
  std::uint64_t magic;
};

class File {
 public:
  explicit File(const char* path) : descriptor_(::open(path, O_RDONLY | O_CLOEXEC)) {}
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  [[nodiscard]] int descriptor() const { return descriptor_; }
  [[nodiscard]] std::uint64_t size() const {
    struct stat status {};
    return descriptor_ >= 0 && ::fstat(descriptor_, &status) == 0 ? static_cast<std::uint64_t>(status.st_size)
                                                                  : 0;
  }
  bool read(std::uint64_t from, std::span<char> to) const {
    return ::pread(descriptor_, to.data(), to.size(), static_cast<off_t>(from)) ==
           static_cast<ssize_t>(to.size());
  }

 private:
  int descriptor_;
};

/// The trailer of the program's file; a magic of 0 when there is none that fits.
Trailer read_trailer(const File& file) {
  Trailer trailer{};
  const auto size = file.size();
  char bytes[sizeof(Trailer)];
  if (size < sizeof bytes || !file.read(size - sizeof bytes, bytes)) return {};
  std::memcpy(&trailer, bytes, sizeof bytes);
  const bool fits = trailer.magic == kMagic && trailer.offset % kPage == 0 &&
                    trailer.offset >= trailer.program_size && trailer.size <= snapshot_memory::capacity() &&
                    trailer.offset + trailer.size + trailer.pointers + sizeof bytes == size &&
                    trailer.address == reinterpret_cast<std::uintptr_t>(snapshot_memory::begin());
  return fits ? trailer : Trailer{};
}

/// The memory's pages, from the file: those that are written to become this process's own.
Compilation* map_snapshot() {
  const File file(kProgram);
  const auto trailer = read_trailer(file);
  if (trailer.magic == 0) return nullptr;
  void* const wanted = snapshot_memory::begin();
  void* const mapped = ::mmap(wanted, trailer.size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED,
                              file.descriptor(), static_cast<off_t>(trailer.offset));
  if (mapped == MAP_FAILED) return nullptr;
  return reinterpret_cast<Compilation*>(trailer.root);
}

/// `size` bytes at `address`; null when there is something already, or when the system does not give memory by
/// address.
char* memory_at(char* address, std::size_t size) {
  constexpr int kFlags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE;
  void* const memory = ::mmap(address, size, PROT_READ | PROT_WRITE, kFlags, -1, 0);
  if (memory == address) return address;
  if (memory != MAP_FAILED) ::munmap(memory, size);  // a system that takes the address for a wish
  return nullptr;
}

/// Memory for a copy, a multiple of `kDistance` away from the snapshot's own; null when there is none. It is in few
/// large pages where the system has such, which come in a fraction of the time that 1,800 small ones take.
char* memory_for_copy(std::size_t size) {
  static constinit std::atomic<std::size_t> next{1};
  constexpr std::size_t kLargePage = std::size_t{1} << 21;
  constexpr std::size_t kTries = 16;  // places that the heap, a stack or a library may have taken
  char* const home = snapshot_memory::begin();
  const std::size_t before = reinterpret_cast<std::uintptr_t>(home) % kLargePage;
  const std::size_t whole = (before + size + kLargePage - 1) / kLargePage * kLargePage;
  for (std::size_t tries = 0; tries < kTries; ++tries) {
    char* const memory = memory_at(home - before + next++ * relocation::kDistance, whole);
    if (memory == nullptr) continue;
    ::madvise(memory, whole, MADV_HUGEPAGE);
    ::madvise(memory, whole, MADV_POPULATE_WRITE);  // neither has to be known: pages then come one by one
    return memory + before;
  }
  return nullptr;
}

std::span<std::uint64_t> words_of(char* memory, std::size_t size) {
  return {reinterpret_cast<std::uint64_t*>(memory), size / sizeof(std::uint64_t)};
}

/// Makes the snapshot in `memory`, in a thread of its own, which has allocated nothing elsewhere. Its stack
/// lies at a fixed address too: what stays of it in unused bytes of the snapshot is then the same whenever it
/// is made.
Compilation* make_in_thread(char* memory) {
  alignas(kPage) static char stack[std::size_t{8} << 20];
  struct Task {
    char* memory;
    Compilation* made;
  };
  const auto work = [](void* given) -> void* {
    auto* const task = static_cast<Task*>(given);
    snapshot_memory::record_into(task->memory);
    task->made = checked_library().release();
    return nullptr;
  };
  Task task{memory, nullptr};
  std::memset(stack, 0, sizeof stack);
  pthread_attr_t attributes;
  pthread_t thread{};
  ::pthread_attr_init(&attributes);
  ::pthread_attr_setstack(&attributes, stack, sizeof stack);
  if (::pthread_create(&thread, &attributes, work, &task) == 0) ::pthread_join(thread, nullptr);
  ::pthread_attr_destroy(&attributes);
  return task.made;
}

struct Made {
  Compilation* root = nullptr;
  std::size_t size = 0;  // bytes, whole pages
  std::optional<relocation::Pointers>
      pointers;  // empty: it cannot be copied; nothing: more than they depends on the place
};

Made make_snapshot() {
  Made made;
  char* const here = snapshot_memory::begin();
  made.root = make_in_thread(here);
  made.size = (snapshot_memory::used() + kPage - 1) / kPage * kPage;
  if (made.root == nullptr || made.size == 0) return made;
  char* const there = memory_at(here + relocation::kDistance, snapshot_memory::capacity());
  if (there == nullptr) {  // then there are no copies, and all else works
    made.pointers.emplace();
    return made;
  }
  make_in_thread(there);
  made.pointers = relocation::find_pointers(words_of(here, made.size), words_of(there, made.size));
  return made;
}

}  // namespace

std::unique_ptr<Compilation> checked_library() {
  auto made = std::make_unique<Compilation>();
  made->sources.add(std::string{}, std::string{});
  std::vector<std::string> names;
  for (const auto name : standard_library::names()) names.emplace_back(name);
  const MemoryFileSystem nowhere;
  extend_modules(made->graph, names, nowhere, made->sources, made->sink);
  made->checking.run();
  if (!made->sink.all().empty()) return nullptr;
  made->mark();
  return made;
}

Compilation* take_snapshot() {
  static constinit std::atomic<bool> taken{false};
  if (taken.exchange(true)) return nullptr;
  return map_snapshot();
}

Compilation* copy_snapshot() {
  const File file(kProgram);
  const auto trailer = read_trailer(file);
  if (trailer.magic == 0 || trailer.pointers == 0) return nullptr;
  relocation::Pointers pointers(trailer.pointers / sizeof(std::uint64_t));
  if (!file.read(trailer.offset + trailer.size,
                 {reinterpret_cast<char*>(pointers.data()), trailer.pointers})) {
    return nullptr;
  }
  char* const memory = memory_for_copy(trailer.size);
  if (memory == nullptr) return nullptr;
  if (!file.read(trailer.offset, {memory, trailer.size})) {
    ::munmap(memory, trailer.size);
    return nullptr;
  }
  snapshot_memory::add_copy(memory, trailer.size);
  const auto distance = reinterpret_cast<std::uintptr_t>(memory) - trailer.address;
  relocation::move_pointers(words_of(memory, trailer.size), pointers, distance);
  return reinterpret_cast<Compilation*>(trailer.root + distance);
}

std::string write_snapshot(const std::string& path, Copies copies) {
  auto made = make_snapshot();
  if (made.size == 0) return "this program does not allocate in the snapshot's memory";
  if (made.root == nullptr) return "the standard library has findings";
  if (!made.pointers && copies == Copies::Needed) return "more than its pointers depends on where it lies";
  if (!made.pointers) made.pointers.emplace();

  const File program(kProgram);
  const auto old = read_trailer(program);
  Trailer trailer{};
  trailer.program_size = old.magic != 0 ? old.program_size : program.size();
  trailer.offset = (trailer.program_size + kPage - 1) / kPage * kPage;
  trailer.size = made.size;
  trailer.pointers = made.pointers->size() * sizeof(std::uint64_t);
  trailer.address = reinterpret_cast<std::uintptr_t>(snapshot_memory::begin());
  trailer.root = reinterpret_cast<std::uintptr_t>(made.root);
  trailer.magic = kMagic;

  std::string bytes(trailer.program_size, '\0');
  if (!program.read(0, bytes)) return "the program's file cannot be read";
  bytes.resize(trailer.offset, '\0');
  bytes.append(snapshot_memory::begin(), trailer.size);
  bytes.append(reinterpret_cast<const char*>(made.pointers->data()), trailer.pointers);
  bytes.append(reinterpret_cast<const char*>(&trailer), sizeof trailer);
  const auto written = disk()->write(path, bytes);
  if (const auto* error = std::get_if<FileError>(&written)) return error->reason;
  if (::chmod(path.c_str(), 0755) != 0) return "its mode cannot be changed";
  return {};
}

}  // namespace stackc

#include <sys/mman.h>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>

#include "compiler/snapshot/memory.hpp"

/// The program's `operator new`: small blocks from lists of free ones, a list a size and a thread. Compiling
/// is millions of small strings, vectors and nodes; the C library's allocator took 17 % of the instructions
/// of a large run, this takes 4 %. What is freed is there for blocks of the same size, and goes back to the
/// system when the program ends.
namespace {

/// Stands before every block. The blocks of a small class are `kStep` bytes larger than those of the one
/// before.
struct Header {
  std::size_t size_class;  // 0: a block of its own
};
struct FreeBlock {
  FreeBlock* next;
};

constexpr std::size_t kStep = 16;  // as `max_align_t` wants it
constexpr std::size_t kSmallClasses = 65;
constexpr std::size_t kMostSmall = (kSmallClasses - 1) * kStep - sizeof(Header);
// Above them the blocks of a class are twice as large as those of the one before, up to this.
constexpr std::size_t kMostMedium = (std::size_t{1} << 16) - sizeof(Header);
constexpr std::size_t kClasses = kSmallClasses + 6;
// Chunks double: a run that does little brings few pages.
constexpr std::size_t kFirstChunk = std::size_t{1} << 15;
constexpr std::size_t kLargestChunk = std::size_t{1} << 18;
// Chunks are cut from address space that a thread asks for at once.
constexpr std::size_t kAddressSpace = std::size_t{1} << 24;

struct Pool {
  FreeBlock* free[kClasses];
  char* at;                // a header goes here, so that the block behind it is aligned
  std::size_t left;        // bytes of the chunk from `at` on
  std::size_t chunk;       // bytes of the chunk
  char* next_chunk;        // in the address space
  std::size_t space_left;  // bytes of it from there on
};
constinit thread_local Pool pool{};

Header& header_of(void* block) { return *(static_cast<Header*>(block) - 1); }

/// Memory of the C library, or of whoever can free some.
void* system_memory(std::size_t size) {
  if (stackc::snapshot_memory::is_recording()) return stackc::snapshot_memory::take(size);
  for (;;) {
    if (void* memory = std::malloc(size)) return memory;
    const std::new_handler handler = std::get_new_handler();
    if (handler == nullptr) throw std::bad_alloc();
    handler();
  }
}

[[gnu::noinline]] void* large_block(std::size_t size) {
  if (size > SIZE_MAX - kStep) throw std::bad_alloc();
  char* block = static_cast<char*>(system_memory(size + kStep)) + kStep;
  header_of(block).size_class = 0;
  return block;
}

/// Address space for `size` bytes at least; false: the system has no more.
bool reserve_space(std::size_t size) {
  const std::size_t wanted = std::max(size, kAddressSpace);
  void* const memory =
      ::mmap(nullptr, wanted, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) return false;
  pool.next_chunk = static_cast<char*>(memory);
  pool.space_left = wanted;
  return true;
}

/// Its pages come with it: one call for all costs a fraction of a fault for each. A mapping for each chunk would have
/// threads wait for each other's pages.
void* new_chunk(std::size_t size) {
  if (stackc::snapshot_memory::is_recording()) return system_memory(size);
  if (pool.space_left < size && !reserve_space(size)) return system_memory(size);
  char* const chunk = pool.next_chunk;
  pool.next_chunk += size;
  pool.space_left -= size;
  ::madvise(chunk, size, MADV_POPULATE_WRITE);
  return chunk;
}

/// With the header, in bytes.
std::size_t size_of(std::size_t size_class) {
  return size_class < kSmallClasses ? size_class * kStep : std::size_t{2048} << (size_class - kSmallClasses);
}

[[gnu::noinline]] void* fresh_block(std::size_t size_class) {
  const std::size_t bytes = size_of(size_class);
  if (pool.left < bytes) {
    pool.chunk = std::max(std::min(pool.chunk * 2, kLargestChunk), std::max(kFirstChunk, 2 * bytes));
    pool.at = static_cast<char*>(new_chunk(pool.chunk)) + kStep - sizeof(Header);
    pool.left = pool.chunk - kStep;
  }
  void* block = pool.at + sizeof(Header);
  pool.at += bytes;
  pool.left -= bytes;
  header_of(block).size_class = size_class;
  return block;
}

[[gnu::noinline]] void free_large(void* block) {
  if (!stackc::snapshot_memory::holds(block)) std::free(static_cast<char*>(block) - kStep);
}

void* block_of(std::size_t size_class) {
  FreeBlock* const block = pool.free[size_class];
  if (block == nullptr) return fresh_block(size_class);
  pool.free[size_class] = block->next;
  return block;
}

/// A page that the system brings when it is touched costs more than a block of this kind: they come out of
/// the chunks too.
[[gnu::noinline]] void* medium_block(std::size_t size) {
  return block_of(kSmallClasses + static_cast<std::size_t>(std::bit_width(size + sizeof(Header) - 1)) - 11);
}

}  // namespace

void* operator new(std::size_t size) {
  if (size <= kMostSmall) return block_of((size + sizeof(Header) + kStep - 1) / kStep);
  return size <= kMostMedium ? medium_block(size) : large_block(size);
}

void operator delete(void* block) noexcept {
  if (block == nullptr) return;
  const std::size_t size_class = header_of(block).size_class;
  if (size_class == 0) return free_large(block);
  auto* const freed = static_cast<FreeBlock*>(block);
  freed->next = pool.free[size_class];
  pool.free[size_class] = freed;
}

void operator delete(void* block, std::size_t) noexcept { operator delete(block); }

// Arenas ask with an alignment, mostly one that every block has.
void* operator new(std::size_t size, std::align_val_t alignment) {
  if (static_cast<std::size_t>(alignment) <= kStep) return operator new(size);
  const auto align = static_cast<std::size_t>(alignment);
  if (void* memory = std::aligned_alloc(align, (size + align - 1) / align * align)) return memory;
  throw std::bad_alloc();
}

void operator delete(void* block, std::align_val_t alignment) noexcept {
  static_cast<std::size_t>(alignment) <= kStep ? operator delete(block) : std::free(block);
}

void operator delete(void* block, std::size_t, std::align_val_t alignment) noexcept {
  operator delete(block, alignment);
}

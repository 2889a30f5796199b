#include "compiler/snapshot/memory.hpp"

#include <cstdio>
#include <cstdlib>

namespace stackc::snapshot_memory {

namespace {

constexpr std::size_t kCapacity = std::size_t{24} << 20;  // the standard library takes a third
constexpr std::size_t kAlignment = alignof(std::max_align_t);

// Zeros that nobody touches take no memory, and no room in the file.
alignas(4096) constinit char region[kCapacity] = {};
constinit std::size_t taken = 0;
constinit thread_local bool recording = false;

}  // namespace

bool is_recording() { return recording; }
void record() { recording = true; }

void* take(std::size_t size) {
  const std::size_t rounded = (size + kAlignment - 1) / kAlignment * kAlignment;
  if (rounded > kCapacity - taken) {
    std::fputs("the memory of the snapshot is too small: kCapacity in compiler/snapshot/memory.cpp\n", stderr);
    std::abort();
  }
  char* const block = region + taken;
  taken += rounded;
  return block;
}

bool holds(const void* block) {
  const auto* at = static_cast<const char*>(block);
  return at >= region && at < region + kCapacity;
}

char* begin() { return region; }
std::size_t used() { return taken; }
std::size_t capacity() { return kCapacity; }

}  // namespace stackc::snapshot_memory

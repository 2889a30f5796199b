#include "compiler/snapshot/memory.hpp"

#include <atomic>
#include <cstdio>
#include <cstdlib>

namespace stackc::snapshot_memory {

namespace {

constexpr std::size_t kCapacity = std::size_t{24} << 20;  // the standard library takes a third
constexpr std::size_t kAlignment = alignof(std::max_align_t);

// Zeros that nobody touches take no memory, and no room in the file.
alignas(kPage) constinit char region[kCapacity] = {};
constinit char* recorded = nullptr;  // where a recording goes
constinit std::size_t taken = 0;     // of it, bytes
constinit thread_local bool recording = false;

struct Copy {
  const char* begin;
  const char* end;
  const Copy* before;
};
constinit std::atomic<const Copy*> copies{nullptr};

}  // namespace

bool is_recording() { return recording; }
void record_into(char* memory) {
  recorded = memory;
  taken = 0;
  recording = true;
}

void* take(std::size_t size) {
  const std::size_t rounded = (size + kAlignment - 1) / kAlignment * kAlignment;
  if (rounded > kCapacity - taken) {
    std::fputs("the memory of the snapshot is too small: kCapacity in compiler/snapshot/memory.cpp\n",
               stderr);
    std::abort();
  }
  char* const block = recorded + taken;
  taken += rounded;
  return block;
}

bool holds(const void* block) {
  const auto* at = static_cast<const char*>(block);
  if (at >= region && at < region + kCapacity) return true;
  const auto* copy = copies.load(std::memory_order_acquire);
  while (copy != nullptr && (at < copy->begin || at >= copy->end)) copy = copy->before;
  return copy != nullptr;
}

void add_copy(const char* begin, std::size_t size) {
  auto* const added = new Copy{begin, begin + size, copies.load(std::memory_order_relaxed)};
  while (!copies.compare_exchange_weak(added->before, added, std::memory_order_release)) {
  }
}

char* begin() { return region; }
std::size_t used() { return taken; }
std::size_t capacity() { return kCapacity; }

}  // namespace stackc::snapshot_memory

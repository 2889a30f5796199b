#include "compiler/driver/hot_code.hpp"

#include <cstddef>
#include <cstdint>

namespace stackc {

namespace {

// Linkers put what compilers call hot side by side: `.text.hot*` in the order of the files, of which this is the
// program's first, then `.text.sorted.*` in the order of the alphabet (`ld --verbose`).
[[gnu::section(".text.hot"), gnu::noinline, gnu::used]] void first_of_hot() { asm volatile(""); }
[[gnu::section(".text.sorted.~"), gnu::noinline, gnu::used]] void last_of_hot() { asm volatile(""); }

constexpr std::uintptr_t kLine = 64;            // bytes
constexpr std::uintptr_t kBrought = 16 * 4096;  // that the system maps together when one of them is read (Linux)

std::uintptr_t address_of(void (*function)()) { return reinterpret_cast<std::uintptr_t>(function); }

}  // namespace

void fetch_hot_code() {
  const std::uintptr_t begin = address_of(first_of_hot) / kLine * kLine;
  const std::uintptr_t end = address_of(last_of_hot);
  for (std::uintptr_t at = begin; at < end; at += kLine) {
    // What is not mapped cannot be fetched.
    if (at == begin || at % kBrought == 0) static_cast<void>(*reinterpret_cast<const volatile char*>(at));
    __builtin_prefetch(reinterpret_cast<const void*>(at), 0, 2);  // into the second level: the first holds little
  }
}

}  // namespace stackc

#pragma once

#include <cstddef>
#include <cstdint>
#include <new>

namespace stackc {

/// For a vector of things that fill a line of the processor's cache: the first begins a line, and so each lies in one
/// line instead of two. `operator new` with an alignment would do the same, but not in memory that a snapshot of the
/// program records.
template <class T>
class LineAllocator {
 public:
  using value_type = T;

  LineAllocator() = default;
  template <class U>
  LineAllocator(const LineAllocator<U>&) {}

  T* allocate(std::size_t count) {
    if (count > (SIZE_MAX - kLine) / sizeof(T)) throw std::bad_alloc();
    char* const block = static_cast<char*>(::operator new(count * sizeof(T) + kLine));
    const std::size_t skipped = kLine - reinterpret_cast<std::uintptr_t>(block) % kLine;  // at least what a pointer takes
    static_assert(__STDCPP_DEFAULT_NEW_ALIGNMENT__ >= sizeof(char*) && sizeof(T) % kLine == 0);
    char* const first = block + skipped;
    reinterpret_cast<char**>(first)[-1] = block;
    return reinterpret_cast<T*>(first);
  }
  void deallocate(T* first, std::size_t) { ::operator delete(reinterpret_cast<char**>(first)[-1]); }

  friend bool operator==(const LineAllocator&, const LineAllocator&) { return true; }

 private:
  static constexpr std::size_t kLine = 64;  // bytes, on every processor that we run on
};

}  // namespace stackc

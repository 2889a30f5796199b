#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace stackc {

/// A bump allocator: what it hands out lives exactly as long as the arena, or until it is rewound, is never freed
/// alone and never destroyed, so only trivially destructible types may live in it.
class Arena {
  struct alignas(std::max_align_t) Block {
    Block* before;
  };

 public:
  /// How far an arena was filled.
  struct Mark {
    Block* newest = nullptr;
    char* at = nullptr;
    std::size_t left = 0, next_block = 0;
  };

  // Sizes of first blocks, in bytes: with what stands before them they fill the allocator's blocks.
  static constexpr std::size_t kSmall = (std::size_t{1} << 12) - 64;
  static constexpr std::size_t kMedium = (std::size_t{1} << 14) - 64;

  /// `first_block` in bytes, as much as is wanted; those after it double up to `kLargestBlock`, so that those of a
  /// finished arena fit the next.
  explicit Arena(std::size_t first_block = kSmall) : next_block_(first_block) {}
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  ~Arena() { free_until(nullptr); }

  [[nodiscard]] Mark mark() const { return {blocks_, at_, left_, next_block_}; }
  /// Frees all that came after `mark` was taken of this arena, of which nothing may be used any more.
  void rewind(const Mark& mark) {
    free_until(mark.newest);
    at_ = mark.at;
    left_ = mark.left;
    next_block_ = mark.next_block;
#if !defined(NDEBUG)
    if (left_ > 0) std::memset(at_, 0xdd, left_);  // whoever uses it all the same shall not do so unnoticed
#endif
  }

  template <class T, class... Args>
  T* make(Args&&... args) {
    static_assert(std::is_trivially_destructible_v<T>);
    return new (allocate(sizeof(T), alignof(T))) T{std::forward<Args>(args)...};
  }

  /// Room for `count` of `T`, to be constructed by whoever asked.
  template <class T>
  T* room_for(std::size_t count) {
    static_assert(std::is_trivially_destructible_v<T>);
    return static_cast<T*>(allocate(sizeof(T) * count, alignof(T)));
  }

  /// A copy of `text` that lives in the arena.
  std::string_view copy(std::string_view text) {
    if (text.empty()) return {};
    auto* to = static_cast<char*>(allocate(text.size(), 1));
    std::memcpy(to, text.data(), text.size());
    return {to, text.size()};
  }

  /// A copy of `items` that lives in the arena.
  template <class T>
  std::span<const T> copy(std::span<const T> items) {
    if (items.empty()) return {};
    auto* to = room_for<T>(items.size());
    std::uninitialized_copy(items.begin(), items.end(), to);
    return {to, items.size()};
  }
  template <class T>
  std::span<const T> copy(const std::vector<T>& items) {
    return copy(std::span<const T>{items});
  }

 private:
  static constexpr std::size_t kLargestBlock = (std::size_t{1} << 15) - 64;

  void free_until(const Block* kept) {
    while (blocks_ != kept) ::operator delete(std::exchange(blocks_, blocks_->before));
  }

  void* allocate(std::size_t size, std::size_t alignment) {
    const auto skipped = -reinterpret_cast<std::uintptr_t>(at_) & (alignment - 1);
    if (size > left_ || skipped > left_ - size) return allocate_in_new_block(size);
    char* const place = at_ + skipped;
    at_ = place + size;
    left_ -= skipped + size;
    return place;
  }

  [[gnu::noinline]] void* allocate_in_new_block(std::size_t size) {
    const auto room = size > next_block_ ? size : next_block_;
    blocks_ = new (::operator new(sizeof(Block) + room)) Block{blocks_};
    next_block_ = next_block_ * 2 < kLargestBlock ? next_block_ * 2 : kLargestBlock;
    auto* const place = reinterpret_cast<char*>(blocks_ + 1);
    at_ = place + size;
    left_ = room - size;
    return place;
  }

  Block* blocks_ = nullptr;  // the newest
  char* at_ = nullptr;
  std::size_t left_ = 0;  // bytes of the newest block from `at_` on
  std::size_t next_block_;
};

}  // namespace stackc

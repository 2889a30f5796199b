#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

namespace stackc::emit {

/// Text that grows at its end, for writers of many small pieces: a piece costs one comparison and one copy,
/// where `std::string` calls functions for each and keeps a zero behind the last. It made writing JSON twice
/// as fast.
class TextBuffer {
 public:
  [[nodiscard]] std::size_t size() const { return size_; }
  /// Forgets what was written beyond `size`.
  void cut(std::size_t size) { size_ = size; }

  void put(char c) {
    reserve(1);
    bytes_[size_++] = c;
  }
  void put(std::string_view text) {
    reserve(text.size());
    std::copy_n(text.data(), text.size(), bytes_.get() + size_);
    size_ += text.size();
  }
  void put_spaces(std::size_t count) {
    reserve(count);
    std::fill_n(bytes_.get() + size_, count, ' ');
    size_ += count;
  }

  /// `text` in quotes if JSON takes it as it is; else false, and nothing is put. Looks at eight bytes at a
  /// time, which are followed by spaces at the end.
  bool put_plain_json_string(std::string_view text) {
    reserve(text.size() + 2 + kWord);
    char* const to = bytes_.get() + size_;
    to[0] = '"';
    std::copy_n(text.data(), text.size(), to + 1);
    std::memset(to + 1 + text.size(), ' ', kWord);
    for (std::size_t i = 0; i < text.size(); i += kWord) {
      if (has_special(to + 1 + i)) return false;
    }
    to[1 + text.size()] = '"';
    size_ += text.size() + 2;
    return true;
  }

  /// What was written, in a string that is no larger than it has to be; the buffer is empty afterwards.
  std::string take() {
    std::string out(bytes_.get(), size_);
    size_ = 0;
    return out;
  }

 private:
  static constexpr std::size_t kWord = sizeof(std::uint64_t);
  static constexpr std::uint64_t every_byte(unsigned char c) { return 0x0101010101010101ULL * c; }

  /// Whether one of eight bytes is a control character, a quote or a backslash: each test leaves the highest
  /// bit of such a byte, and of none below it.
  static bool has_special(const char* at) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, kWord);
    const std::uint64_t quote = word ^ every_byte('"');
    const std::uint64_t backslash = word ^ every_byte('\\');
    const std::uint64_t found = ((word - every_byte(0x20)) & ~word) | ((quote - every_byte(1)) & ~quote) |
                                ((backslash - every_byte(1)) & ~backslash);
    return (found & every_byte(0x80)) != 0;
  }

  void reserve(std::size_t more) {
    if (capacity_ - size_ < more) grow(more);
  }
  void grow(std::size_t more) {
    constexpr std::size_t kFirst = 1024;
    const std::size_t capacity = std::max({capacity_ * 2, size_ + more, kFirst});
    // Not `make_unique`, which would write zeros.
    std::unique_ptr<char[]> bytes(new char[capacity]);
    std::copy_n(bytes_.get(), size_, bytes.get());
    bytes_ = std::move(bytes);
    capacity_ = capacity;
  }

  std::unique_ptr<char[]> bytes_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace stackc::emit

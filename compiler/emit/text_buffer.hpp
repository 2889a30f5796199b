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
    std::copy_n(text.data(), text.size(), end());
    size_ += text.size();
  }
  /// A line break and `spaces` at the start of the new line. Copies a block of spaces, of which the end may lie
  /// beyond what is kept.
  void put_line_break(std::size_t spaces) {
    constexpr std::size_t kBlock = 32;
    reserve(1 + kBlock + spaces);
    char* const to = end();
    to[0] = '\n';
    std::memset(to + 1, ' ', kBlock);
    if (spaces > kBlock) std::memset(to + 1, ' ', spaces);
    size_ += 1 + spaces;
  }

  /// `text` if it may stand in a JSON string as it is; else false, and nothing is put.
  bool put_plain(std::string_view text) {
    reserve(text.size());
    if (!copy_plain(text, end())) return false;
    size_ += text.size();
    return true;
  }
  /// The same in quotes.
  bool put_quoted(std::string_view text) {
    reserve(text.size() + 2);
    char* const to = end();
    if (!copy_plain(text, to + 1)) return false;
    to[0] = '"';
    to[text.size() + 1] = '"';
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
  template <class Word>
  static Word move_word(const char* from, char* to) {
    Word word = 0;
    std::memcpy(&word, from, sizeof word);
    std::memcpy(to, &word, sizeof word);
    return word;
  }

  /// Copies `text` and says whether JSON takes it as it is. Both at once and eight bytes at a time, the last
  /// eight once more where they do not add up: most texts are short, and a call of `memcpy` costs as much as all
  /// of this.
  static bool copy_plain(std::string_view text, char* to) {
    using Word = std::uint64_t;
    const char* const from = text.data();
    const std::size_t size = text.size();
    if (size >= sizeof(Word)) {
      const std::size_t last = size - sizeof(Word);
      Word found = special_in(move_word<Word>(from + last, to + last));
      for (std::size_t i = 0; i < last; i += sizeof(Word)) found |= special_in(move_word<Word>(from + i, to + i));
      return (found & every_byte(0x80)) == 0;
    }
    using Half = std::uint32_t;
    if (size >= sizeof(Half)) {
      const std::size_t last = size - sizeof(Half);
      const Word first = move_word<Half>(from, to);
      const Word word = first | Word{move_word<Half>(from + last, to + last)} << 32U;
      return (special_in(word) & every_byte(0x80)) == 0;
    }
    Word word = every_byte(' ');
    for (std::size_t i = 0; i < size; ++i) {
      to[i] = from[i];
      word = word << 8U | static_cast<unsigned char>(from[i]);
    }
    return (special_in(word) & every_byte(0x80)) == 0;
  }

  static constexpr std::uint64_t every_byte(unsigned char c) { return 0x0101010101010101ULL * c; }

  /// The highest bit of a byte is set if this is a control character, a quote or a backslash (or stands behind
  /// one). With one bit turned over, the quote follows the control characters: one test finds both.
  static std::uint64_t special_in(std::uint64_t word) {
    static_assert(('"' ^ 2) == ' ');
    const std::uint64_t control_or_quote = (word ^ every_byte(2)) - every_byte(' ' + 1);
    const std::uint64_t backslash = (word ^ every_byte('\\')) - every_byte(1);
    return (control_or_quote | backslash) & ~word;
  }

  [[nodiscard]] char* end() const { return bytes_.get() + size_; }
  void reserve(std::size_t more) {
    if (capacity_ - size_ < more) grow(more);
  }
  [[gnu::noinline]] void grow(std::size_t more) {
    constexpr std::size_t kFirst = (std::size_t{1} << 15) - 64;  // most templates
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

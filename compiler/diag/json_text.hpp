#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace stackc {

/// Writes JSON with two-space indentation, from the outside in. The caller closes what it opens.
class JsonText {
 public:
  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }

  /// The key of the next value.
  void key(std::string_view name);
  /// A string; what is not UTF-8 in it becomes U+FFFD.
  void value(std::string_view text);
  void value(std::uint64_t number);
  void value(bool truth);
  /// A value that is JSON already, on one line.
  void json(std::string_view text);

  template <class T>
  void member(std::string_view name, T v) {
    key(name);
    value(v);
  }
  void member(std::string_view name, const char* text) { member(name, std::string_view(text)); }
  void member(std::string_view name, std::uint32_t number) { member(name, std::uint64_t{number}); }

  /// The document with a line break at its end.
  [[nodiscard]] std::string take();

 private:
  void open(char bracket);
  void close(char bracket);
  void before_value();
  void quoted(std::string_view text);

  std::string out_;
  std::uint32_t depth_ = 0;
  bool empty_ = true;  // nothing written yet in the open object or array
  bool after_key_ = false;
};

}  // namespace stackc

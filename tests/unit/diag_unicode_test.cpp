#include <gtest/gtest.h>

#include "compiler/diag/unicode.hpp"

namespace stackc {
namespace {

std::string bytes(std::initializer_list<int> values) {
  std::string result;
  for (const int v : values) result += static_cast<char>(v);
  return result;
}

TEST(Unicode, DecodesOneToFourBytes) {
  EXPECT_EQ(decode("a", 0).value, U'a');
  EXPECT_EQ(decode("\xC3\xBC", 0).value, 0xFCu);
  EXPECT_EQ(decode("\xE6\x97\xA5", 0).value, 0x65E5u);
  const CodePoint emoji = decode("x\xF0\x9F\x98\x80", 1);
  EXPECT_EQ(emoji.value, 0x1F600u);
  EXPECT_EQ(emoji.bytes, 4u);
}

TEST(Unicode, WhatIsNotUtf8IsOneByteAtATime) {
  for (const std::string& wrong :
       {bytes({0x80}), bytes({0xFF}), bytes({0xC3}), bytes({0xC0, 0x80}), bytes({0xE0, 0x80, 0x80}),
        bytes({0xED, 0xA0, 0x80}), bytes({0xF4, 0x90, 0x80, 0x80}), bytes({0xE6, 0x97}),
        bytes({0xC3, 0x28})}) {
    const CodePoint c = decode(wrong, 0);
    EXPECT_FALSE(c.valid);
    EXPECT_EQ(c.bytes, 1u);
  }
}

TEST(Unicode, Columns) {
  EXPECT_EQ(columns("abc"), 3u);
  EXPECT_EQ(columns("\xE6\x97\xA5\xE6\x9C\xAC"), 4u);  // two ideographs
  EXPECT_EQ(columns("e\xCC\x81"), 1u);                 // a combining accent
  EXPECT_EQ(columns("\xF0\x9F\x98\x80"), 2u);          // a face
  EXPECT_EQ(columns("\xC3\xBC"), 1u);
  EXPECT_EQ(columns("\xE2\x80\xA6"), 1u);  // …
}

TEST(Unicode, Printable) {
  EXPECT_EQ(printable("a\tb\nc"), "a b c");
  EXPECT_EQ(printable("a\nb", true), "a\nb");
  EXPECT_EQ(printable(std::string_view("\0\x1B\x7F", 3)), "\xE2\x90\x80\xE2\x90\x9B\xE2\x90\xA1");
  EXPECT_EQ(printable("\xC2\x9B"), "\xEF\xBF\xBD");      // the C1 control that begins escapes
  EXPECT_EQ(printable("\xE2\x80\xAE"), "\xEF\xBF\xBD");  // right-to-left override
  EXPECT_EQ(printable("\xE6\x97\xA5 ok"), "\xE6\x97\xA5 ok");
}

TEST(Unicode, ValidUtf8) {
  EXPECT_EQ(valid_utf8("a\xFFz"), "a\xEF\xBF\xBDz");
  EXPECT_EQ(valid_utf8("\xC3\xBC\n"), "\xC3\xBC\n");
}

}  // namespace
}  // namespace stackc

#include "compiler/base/fingerprint.hpp"

#include <gtest/gtest.h>

#include <set>

namespace stackc {
namespace {

TEST(Fingerprint, EveryBitAndTheLengthCount) {
  std::set<std::string> seen;
  std::size_t texts = 0;
  for (const std::size_t size : {0, 1, 3, 8, 16, 17, 128, 240, 241, 1024, 5000}) {
    std::string text(size, 'a');
    seen.insert(to_text(fingerprint_of(text)));
    ++texts;
    for (std::size_t bit = 0; bit < 8 * size; bit += 1 + size / 40) {
      text[bit / 8] = static_cast<char>(text[bit / 8] ^ (1 << (bit % 8)));
      seen.insert(to_text(fingerprint_of(text)));
      text[bit / 8] = static_cast<char>(text[bit / 8] ^ (1 << (bit % 8)));
      ++texts;
    }
  }
  EXPECT_EQ(seen.size(), texts);
}

TEST(Fingerprint, IsTheSameOnEveryMachine) {
  EXPECT_EQ(to_text(fingerprint_of("")), "99aa06d3014798d86001c324468d497f");
}

TEST(Fingerprint, IsReadAsItIsWritten) {
  const auto fingerprint = fingerprint_of("stack");
  EXPECT_EQ(read_fingerprint(to_text(fingerprint)), fingerprint);
  EXPECT_EQ(read_fingerprint(to_text({0, 1})), (Fingerprint{0, 1}));
  for (const char* text : {"", "1", "-0000000000000000000000000000001", "0x000000000000000000000000000001",
                           "g0000000000000000000000000000000", "000000000000000000000000000000000"}) {
    EXPECT_EQ(read_fingerprint(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace stackc

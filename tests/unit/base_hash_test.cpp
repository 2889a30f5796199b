#include "compiler/base/hash.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace stackc {
namespace {

TEST(Hash, EveryByteAndTheLengthCount) {
  std::set<std::uint64_t> seen;
  std::size_t texts = 0;
  for (std::size_t size = 0; size <= 40; ++size) {
    const std::string text(size, 'a');
    seen.insert(hash_of_text(text));
    ++texts;
    for (std::size_t i = 0; i < size; ++i) {
      std::string other = text;
      other[i] = 'b';
      seen.insert(hash_of_text(other));
      ++texts;
    }
  }
  EXPECT_EQ(seen.size(), texts);
}

TEST(Hash, ReadsNothingBeyondTheText) {
  const std::string text = "DeletionProtection";
  for (std::size_t size = 0; size <= text.size(); ++size) {
    EXPECT_EQ(hash_of_text(std::string_view(text).substr(0, size)), hash_of_text(text.substr(0, size)));
  }
}

}  // namespace
}  // namespace stackc

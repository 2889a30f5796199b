#include "compiler/base/address.hpp"

#include <gtest/gtest.h>

namespace stackc {
namespace {

std::string again(std::string_view text) {
  const auto block = read_address_block(text);
  return block ? address_text(block->address, block->v6) +
                     (block->alone ? "" : "/" + std::to_string(block->prefix))
               : "neither";
}

TEST(BaseAddress, IPv4) {
  EXPECT_EQ(again("10.0.0.0/8"), "10.0.0.0/8");
  EXPECT_EQ(again("10.1.2.3"), "10.1.2.3");
  EXPECT_EQ(again("255.255.255.255/32"), "255.255.255.255/32");
  for (const char* text :
       {"", "/8", "10.0.0", "10.0.0.0.0", "10.0.0.256", "10.0.0.0/33", "10.0.0.0/", "-1.0.0.0/8", "10.0.0.x"})
    EXPECT_EQ(again(text), "neither") << text;
}

TEST(BaseAddress, IPv6InItsShortestForm) {
  EXPECT_EQ(again("2001:0DB8:0:0:0:0:0:1/64"), "2001:db8::1/64");
  EXPECT_EQ(again("::"), "::");
  EXPECT_EQ(again("1::"), "1::");
  EXPECT_EQ(again("2001:db8:0:1:1:1:1:1"), "2001:db8:0:1:1:1:1:1");  // one zero group is written out
  EXPECT_EQ(again("2001:0:0:1:0:0:0:1"), "2001:0:0:1::1");           // the longest run, not the first
  EXPECT_EQ(again("1:0:0:2:3:0:0:4"), "1::2:3:0:0:4");               // of two alike the first
  for (const char* text :
       {":::", "1:2:3", "1:2:3:4:5:6:7:8:9", "1:2:3::4:5:6:7:8", "1::2::3", "12345::", "::/129", "::g"})
    EXPECT_EQ(again(text), "neither") << text;
}

TEST(BaseAddress, Numbers) {
  EXPECT_EQ(lowest_bits(0), Address{});
  EXPECT_EQ(lowest_bits(65), (Address{1, ~std::uint64_t{0}}));
  EXPECT_EQ((Address{0, ~std::uint64_t{0}}).next(), (Address{1, 0}));
  EXPECT_EQ((Address{1, 0}).previous(), (Address{0, ~std::uint64_t{0}}));
  EXPECT_LT((Address{0, ~std::uint64_t{0}}), (Address{1, 0}));
}

}  // namespace
}  // namespace stackc

#include <gtest/gtest.h>

#include "compiler/eval/cidr.hpp"

namespace stackc::eval {
namespace {

std::string part(std::string_view block, std::int64_t prefix, std::int64_t slot) {
  const auto parsed = parse_cidr(block);
  if (!parsed) return "not a block";
  const auto out = subnet(*parsed, prefix, slot);
  return out ? cidr_text(*out) : "none";
}

TEST(EvalCidr, WritesWhatItReads) {
  for (const char* text : {"10.0.0.0/16", "0.0.0.0/0", "255.255.255.255/32", "2001:db8::/32", "::/0",
                           "fe80::1/64", "1:2:3:4:5:6:7:8/128", "2001:db8:0:1::/64"}) {
    const auto block = parse_cidr(text);
    ASSERT_TRUE(block) << text;
    EXPECT_EQ(cidr_text(*block), text);
  }
}

TEST(EvalCidr, RefusesWhatIsNoBlock) {
  for (const char* text :
       {"", "10.0.0.0", "10.0.0/16", "10.0.0.256/16", "10.0.0.0/33", "10.0.0.0/", "a.b.c.d/8", ":::/0",
        "1:2:3:4:5:6:7:8:9/64", "1:2:3::4:5:6:7:8/64", "2001:db8::/129", "12345::/16", "/8", "-1.0.0.0/8"}) {
    EXPECT_FALSE(parse_cidr(text)) << text;
  }
}

TEST(EvalCidr, CutsIPv4Blocks) {
  EXPECT_EQ(part("10.0.0.0/16", 20, 0), "10.0.0.0/20");
  EXPECT_EQ(part("10.0.0.0/16", 20, 1), "10.0.16.0/20");
  EXPECT_EQ(part("10.0.0.0/16", 20, 15), "10.0.240.0/20");
  EXPECT_EQ(part("10.0.0.0/16", 20, 16), "none");
  EXPECT_EQ(part("10.0.0.0/16", 24, 255), "10.0.255.0/24");
  EXPECT_EQ(part("10.0.0.0/16", 16, 0), "10.0.0.0/16");
  EXPECT_EQ(part("10.0.0.0/16", 16, 1), "none");
  EXPECT_EQ(part("10.0.0.0/16", 15, 0), "none");
  EXPECT_EQ(part("10.0.0.0/16", 33, 0), "none");
  EXPECT_EQ(part("10.0.0.0/16", 20, -1), "none");
  EXPECT_EQ(part("0.0.0.0/0", 1, 1), "128.0.0.0/1");
}

TEST(EvalCidr, DropsHostBits) { EXPECT_EQ(part("10.0.7.9/16", 24, 3), "10.0.3.0/24"); }

TEST(EvalCidr, CutsIPv6Blocks) {
  EXPECT_EQ(part("2001:db8::/56", 64, 0), "2001:db8::/64");
  EXPECT_EQ(part("2001:db8::/56", 64, 255), "2001:db8:0:ff::/64");
  EXPECT_EQ(part("2001:db8::/56", 64, 256), "none");
  EXPECT_EQ(part("2001:db8::/32", 128, 1), "2001:db8::1/128");
}

}  // namespace
}  // namespace stackc::eval

#include "compiler/sema/unquoted.hpp"

#include <gtest/gtest.h>

namespace stackc::sema {
namespace {

Type of(Kind kind, schema::Unit unit = schema::Unit::None) {
  Type type;
  type.kind = kind;
  type.unit = unit;
  return type;
}

using schema::Unit;

TEST(Unquoted, Durations) {
  const Type duration = of(Kind::Duration);
  EXPECT_EQ(unquoted("4 days", duration), "4d");
  EXPECT_EQ(unquoted("30s", duration), "30s");
  EXPECT_EQ(unquoted(" 1 Minute ", duration), "1m");
  EXPECT_EQ(unquoted("2 weeks", duration), "14d");
  EXPECT_EQ(unquoted("12 HOURS", of(Kind::Int, Unit::Seconds)), "12h");
  EXPECT_EQ(unquoted("5 min", of(Kind::String, Unit::Iso8601)), "5m");
  EXPECT_EQ(unquoted("10 GB", duration), std::nullopt);
  EXPECT_EQ(unquoted("10", duration), std::nullopt) << "ten of what?";
}

TEST(Unquoted, Sizes) {
  EXPECT_EQ(unquoted("100 GB", of(Kind::Size)), "100GiB");
  EXPECT_EQ(unquoted("128MB", of(Kind::Int, Unit::MiB)), "128MiB");
  EXPECT_EQ(unquoted("64K", of(Kind::Int, Unit::Bytes)), "64KiB");
  EXPECT_EQ(unquoted("1 day", of(Kind::Size)), std::nullopt);
}

TEST(Unquoted, PercentNumbersAndTruths) {
  EXPECT_EQ(unquoted("50%", of(Kind::Percent)), "50%");
  EXPECT_EQ(unquoted("50 percent", of(Kind::Percent)), "50%");
  EXPECT_EQ(unquoted("30", of(Kind::Int)), "30");
  EXPECT_EQ(unquoted("30", of(Kind::Int, Unit::Seconds)), "30");
  EXPECT_EQ(unquoted("30 pieces", of(Kind::Int)), std::nullopt);
  EXPECT_EQ(unquoted("True", of(Kind::Bool)), "true");
  EXPECT_EQ(unquoted("yes", of(Kind::Bool)), std::nullopt);
}

TEST(Unquoted, WhatIsNone) {
  for (const char* text : {"", " ", "s", "-3s", "9999999999999999999s", "3.5h", "four days", "3 s s"}) {
    EXPECT_EQ(unquoted(text, of(Kind::Duration)), std::nullopt) << text;
  }
  EXPECT_EQ(unquoted("30", of(Kind::String)), std::nullopt);
}

}  // namespace
}  // namespace stackc::sema

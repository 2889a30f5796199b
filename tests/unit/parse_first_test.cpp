#include "compiler/parse/first.hpp"

#include <gtest/gtest.h>

#include <string>

namespace stackc::parsing {
namespace {

/// The characters of `first`, in the order of their codes.
std::string chars(const First& first) {
  std::string out;
  for (int c = 0; c < 256; ++c) {
    if (first.has(static_cast<unsigned char>(c))) out += static_cast<char>(c);
  }
  return out;
}

TEST(ParseFirst, OfCharactersAndTexts) {
  EXPECT_EQ(chars(first_of<grammar::comma>), ",");
  EXPECT_EQ(chars(first_of<grammar::word_param>), "p");
  EXPECT_EQ(chars(first_of<grammar::digits>), "0123456789");
  EXPECT_EQ(first_of<grammar::word_param>.only(), 'p');
  EXPECT_EQ(first_of<grammar::digits>.only(), -1);
}

TEST(ParseFirst, OfSequencesAndChoices) {
  EXPECT_EQ(chars(first_of<grammar::resource_decl>), "r");
  EXPECT_EQ(chars(first_of<grammar::string_literal>), "\"r");
  EXPECT_EQ(chars(first_of<grammar::list>), "[");
  EXPECT_EQ(chars(first_of<grammar::known_declaration>), "acdefilmoprstu");
}

// What may be missing at the front leaves the word to what follows.
TEST(ParseFirst, LooksBehindWhatMayBeMissing) {
  EXPECT_EQ(chars(first_of<grammar::default_value>), "\t\n\r /=");
  EXPECT_TRUE(first_of<grammar::default_value>.decides());
  EXPECT_TRUE(first_of<grammar::expression>.decides());
  EXPECT_FALSE(first_of<grammar::expression>.has(')'));
  EXPECT_FALSE(first_of<grammar::any_gap>.decides());
  EXPECT_FALSE(first_of<grammar::quoted_parts>.decides());
}

// A rule that must match says so itself, with its message: it is never held back.
TEST(ParseFirst, LeavesMistakesToTheRules) {
  EXPECT_FALSE(first_of<grammar::value>.decides());
  EXPECT_FALSE(first_of<grammar::field_line>.decides());
  EXPECT_FALSE(first_of<grammar::declaration_line>.decides());
}

}  // namespace
}  // namespace stackc::parsing

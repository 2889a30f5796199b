#include "compiler/sema/presence.hpp"

#include <gtest/gtest.h>

namespace stackc::sema {
namespace {

TEST(Presence, AFactProvesItselfAndNothingElse) {
  Formulas f;
  const FormulaId a = f.fact("a"), b = f.fact("b");
  EXPECT_TRUE(f.implies(a, a));
  EXPECT_FALSE(f.implies(a, b));
  EXPECT_TRUE(f.implies(f.never(), b));
  EXPECT_TRUE(f.implies(a, f.always()));
  EXPECT_FALSE(f.implies(f.always(), a));
}

TEST(Presence, AStrongerConditionProvesAWeakerOne) {
  Formulas f;
  const FormulaId a = f.fact("a"), b = f.fact("b");
  EXPECT_TRUE(f.implies(f.both(a, b), a));
  EXPECT_TRUE(f.implies(a, f.either(a, b)));
  EXPECT_FALSE(f.implies(f.either(a, b), a));
  EXPECT_TRUE(f.implies(f.both(f.either(a, b), f.negate(b)), a));
}

TEST(Presence, NegationIsItsOwnInverse) {
  Formulas f;
  const FormulaId a = f.fact("a");
  EXPECT_EQ(f.negate(f.negate(a)), a);
  EXPECT_TRUE(f.implies(f.negate(f.either(a, f.fact("b"))), f.negate(a)));
}

TEST(Presence, LiteralsOfOneSubjectExcludeEachOther) {
  Formulas f;
  const FormulaId production = f.equals("Environment", "production", 2);
  const FormulaId staging = f.equals("Environment", "staging", 2);
  EXPECT_TRUE(f.implies(production, f.negate(staging)));
  EXPECT_TRUE(f.implies(f.negate(production), staging)) << "two literals exhaust a union of two";
}

// Modules of a later slice have the numbers, and so the subjects, of modules that are gone.
TEST(Presence, HowManyLiteralsThereAreIsAskedEachTime) {
  Formulas f;
  EXPECT_TRUE(f.implies(f.negate(f.equals("d7.1", "a", 2)), f.equals("d7.1", "b", 2)));
  EXPECT_FALSE(f.implies(f.negate(f.equals("d7.1", "a", 3)), f.equals("d7.1", "b", 3)));
}

TEST(Presence, LiteralsOfAnOpenSubjectDoNotExhaustIt) {
  Formulas f;
  const FormulaId a = f.equals("Region", "eu-west-1", 0);
  const FormulaId b = f.equals("Region", "us-east-1", 0);
  EXPECT_TRUE(f.implies(a, f.negate(b)));
  EXPECT_FALSE(f.implies(f.negate(a), b));
}

TEST(Presence, AValueThatEqualsALiteralIsThere) {
  Formulas f;
  EXPECT_TRUE(f.implies(f.equals("Name", "x", 0), f.given("Name")));
  EXPECT_FALSE(f.implies(f.given("Name"), f.equals("Name", "x", 0)));
}

TEST(Presence, BeyondTwelveAtomsOnlyWrittenTermsAreProved) {
  Formulas f;
  FormulaId all = f.always(), any = f.never();
  for (char c = 'a'; c <= 'z'; ++c) {
    all = f.both(all, f.fact(std::string(1, c)));
    any = f.either(any, f.fact(std::string(1, c)));
  }
  EXPECT_TRUE(f.implies(all, f.fact("q"))) << "a term of a long And";
  EXPECT_FALSE(f.implies(f.negate(any), f.negate(f.fact("q")))) << "true, but not proved beyond the limit";
}

}  // namespace
}  // namespace stackc::sema

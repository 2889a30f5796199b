#include <gtest/gtest.h>

#include <tao/pegtl/contrib/analyze.hpp>

#include "grammar/declarations.hpp"

namespace stackc {
namespace {

// No rule can loop without consuming anything, nor call itself before it consumes.
TEST(ParseGrammar, HasNoEndlessLoops) { EXPECT_EQ(tao::pegtl::analyze<grammar::file>(1), 0U); }

}  // namespace
}  // namespace stackc

#include <gtest/gtest.h>

#include "stdlib/embed/embedded.hpp"

namespace stackc {
namespace {

TEST(Embedded, ModulesAndTheNamesTheyDeclare) {
  const auto network = embedded_module("std/network");
  ASSERT_TRUE(network);
  EXPECT_NE(network->find("component Network {"), std::string_view::npos);
  EXPECT_EQ(embedded_module_of("Network"), "std/network");
  EXPECT_FALSE(embedded_module("std"));
  EXPECT_FALSE(embedded_module("std/networks"));
  EXPECT_FALSE(embedded_module_of("zoneSlots"));  // private
  EXPECT_FALSE(embedded_module_of("VPC"));        // not at the top level
  for (const auto name : embedded_module_names()) EXPECT_TRUE(embedded_module(name)) << name;
  for (const auto name : embedded_names()) EXPECT_TRUE(embedded_module_of(name)) << name;
}

}  // namespace
}  // namespace stackc

// The table of Compose keys, and its page in the documentation.

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>

#include "compiler/modules/compose.hpp"

namespace stackc::compose {
namespace {

std::string page() {
  std::ifstream in(std::string(STACKC_SOURCE_DIR) + "/docs/compose.md", std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(ComposeKeys, AreSortedAndSayWhy) {
  const auto keys = service_keys();
  EXPECT_TRUE(std::ranges::is_sorted(keys, {}, &Key::name));
  for (const Key& key : keys) {
    const bool says = key.fate == Fate::Changed || key.fate == Fate::Unsupported;
    EXPECT_EQ(says, !key.why.empty()) << key.name;
  }
}

TEST(ComposeKeys, HaveARowInTheDocumentation) {
  const std::string text = page();
  for (const Key& key : service_keys()) {
    EXPECT_NE(text.find("`" + std::string(key.name) + "`"), std::string::npos) << "docs/compose.md says nothing of `" << key.name << "`";
  }
}

TEST(ComposeKeys, NameReleaseArguments) {
  EXPECT_EQ(argument_name("HOST"), "ENVIRONMENT_HOST");
  EXPECT_EQ(argument_name("@ECS_TASK_IMAGE_WEB"), "ECS_TASK_IMAGE_WEB");
}

}  // namespace
}  // namespace stackc::compose

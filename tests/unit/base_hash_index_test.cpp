#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "compiler/base/hash.hpp"
#include "compiler/base/hash_index.hpp"

namespace stackc {
namespace {

/// Texts, found by what they say.
class Texts {
 public:
  explicit Texts(std::uint64_t mask) : mask_(mask) {}

  std::uint32_t find(const std::string& text) const {
    return index_.find(hash(text), [&](std::uint32_t i) { return texts_.at(i) == text; });
  }
  void add(const std::string& text) {
    index_.add(hash(text), static_cast<std::uint32_t>(texts_.size()));
    texts_.push_back(text);
  }
  void freeze() { index_.freeze(); }
  void forget_from(std::uint32_t number) {
    index_.forget_from(number);
    texts_.resize(number);
  }

 private:
  [[nodiscard]] std::uint64_t hash(const std::string& text) const { return hash_of_text(text) & mask_; }

  std::uint64_t mask_;
  HashIndex index_;
  std::vector<std::string> texts_;
};

constexpr std::uint64_t kWhole = ~std::uint64_t{0};
constexpr std::uint32_t kMany = 1000;

std::string name(std::uint32_t i) { return "name" + std::to_string(i); }

TEST(HashIndex, FindsWhatWasAddedAndNothingElse) {
  // Few hashes, and one for all: whoever asks tells the things apart.
  for (const std::uint64_t mask : {kWhole, std::uint64_t{7}, std::uint64_t{0}}) {
    Texts texts(mask);
    EXPECT_EQ(texts.find("name0"), HashIndex::kNone);
    for (std::uint32_t i = 0; i < kMany; ++i) texts.add(name(i));
    for (std::uint32_t i = 0; i < kMany; ++i) EXPECT_EQ(texts.find(name(i)), i);
    EXPECT_EQ(texts.find(name(kMany)), HashIndex::kNone);
  }
}

TEST(HashIndex, WhatIsFrozenIsFoundBesideWhatComesLater) {
  Texts texts(kWhole);
  for (std::uint32_t i = 0; i < 10; ++i) texts.add(name(i));
  texts.freeze();
  EXPECT_EQ(texts.find(name(10)), HashIndex::kNone);
  for (std::uint32_t i = 10; i < kMany; ++i) texts.add(name(i));
  for (std::uint32_t i = 0; i < kMany; ++i) EXPECT_EQ(texts.find(name(i)), i);
}

TEST(HashIndex, ForgetsTheNewest) {
  for (const std::uint64_t mask : {kWhole, std::uint64_t{7}}) {
    Texts texts(mask);
    texts.forget_from(0);
    for (std::uint32_t i = 0; i < 100; ++i) texts.add(name(i));
    texts.forget_from(40);
    for (std::uint32_t i = 0; i < 100; ++i) EXPECT_EQ(texts.find(name(i)), i < 40 ? i : HashIndex::kNone);
    texts.add("another");
    EXPECT_EQ(texts.find("another"), 40U);
  }
}

}  // namespace
}  // namespace stackc

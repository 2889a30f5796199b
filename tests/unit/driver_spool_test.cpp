#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "compiler/base/text.hpp"
#include "compiler/driver/pipeline.hpp"
#include "compiler/driver/spool.hpp"

namespace stackc {
namespace {

TEST(Spool, GivesBackWhatThreadsPut) {
  const auto spool = Spool::make();
  ASSERT_NE(spool, nullptr);
  constexpr std::size_t kTexts = 200;
  const auto text_of = [](std::size_t i) { return std::string(i * 7 % 5000, static_cast<char>('a' + i % 26)); };
  std::vector<Spool::Piece> pieces(2 * kTexts);
  const auto put_all = [&](std::size_t from) {
    for (std::size_t i = from; i < pieces.size(); i += 2) pieces[i] = spool->put(text_of(i)).value();
  };
  std::thread other([&] { put_all(1); });
  put_all(0);
  other.join();
  std::string read;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    ASSERT_TRUE(spool->get(pieces[i], read));
    EXPECT_EQ(read, text_of(i));
  }
  EXPECT_FALSE(spool->get({1 << 30, 10}, read)) << "nothing lies there";
}

std::string stack_text(std::size_t n) {
  std::string text = fmt::format("stack \"many-{}\"\n", n);
  for (int i = 0; i < 100; ++i) {
    text += fmt::format("resource Queue{}: AWS::SQS::Queue {{ QueueName: \"{}\" }}\n", i, std::string(60, 'q'));
  }
  return text;
}

TEST(Spool, HoldsTheTextsOfLargeRunsAndChangesNoByte) {
  constexpr std::size_t kStacks = 80;
  MemoryFileSystem all;
  for (std::size_t n = 0; n < kStacks; ++n) all.files[fmt::format("in/{:02}.stack", n)] = stack_text(n);
  Request request;
  request.inputs = {"in"};
  request.out = "out";
  auto result = compile(request, all);
  ASSERT_FALSE(result.failed());
  ASSERT_EQ(result.files.size(), kStacks);
  ASSERT_NE(result.spool, nullptr);
  std::size_t in_memory = 0;
  for (const auto& file : result.files) in_memory += file.text.size();
  EXPECT_LE(in_memory, kMostTextInMemory);
  write_files(result, all);
  for (const auto state : compare_files(result, all)) EXPECT_EQ(state, FileState::Unchanged);

  for (const std::size_t n : {std::size_t{0}, kStacks - 1}) {
    Request one = request;
    one.inputs = {fmt::format("in/{:02}.stack", n)};
    const auto alone = compile(one, all);
    ASSERT_EQ(alone.files.size(), 1U);
    EXPECT_EQ(alone.spool, nullptr);
    EXPECT_EQ(all.files.at(alone.files[0].path), alone.files[0].text);
  }
}

}  // namespace
}  // namespace stackc

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "compiler/emit/emit.hpp"
#include "compiler/emit/json_writer.hpp"

using namespace stackc;

namespace {

std::string written(std::string_view text) {
  emit::JsonWriter w;
  w.string(text);
  return w.take();
}

std::string expected(std::string_view text) {
  std::string out;
  emit::append_json_string(out, text);
  return out;
}

}  // namespace

/// The writer looks at eight bytes at a time: every byte has to be seen at every place of texts of all lengths.
TEST(EmitJsonWriter, SeesEveryByteAtEveryPlace) {
  for (std::size_t length = 0; length <= 26; ++length) {
    const std::string plain(length, 'x');
    EXPECT_EQ(written(plain), '"' + plain + '"');
    for (std::size_t at = 0; at < length; ++at) {
      for (int byte = 0; byte < 256; ++byte) {
        std::string text = plain;
        text[at] = static_cast<char>(byte);
        ASSERT_EQ(written(text), expected(text)) << "byte " << byte << " at " << at << " of " << length;
      }
    }
  }
}

TEST(EmitJsonWriter, EscapesWhatJsonCannotTake) {
  EXPECT_EQ(written("say \"yes\"\\\n\x01 \x7f\xc3\xa9"), "\"say \\\"yes\\\"\\\\\\n\\u0001 \x7f\xc3\xa9\"");
}

/// References are written without a text in between, anything else is not: both have to look the same.
TEST(EmitJsonWriter, SubsLookTheSameWhicheverWayTheyAreWritten) {
  Arena arena;
  const ir::Builder b(arena);
  const auto sub = [&](const std::vector<ir::ValueRef>& parts) { return emit::value_json(b.call(ir::Fn::Sub, parts)); };
  EXPECT_EQ(sub({b.string("a"), b.ref("Db"), b.string("$"), b.get_att("Db", "Arn")}),
            R"({"Fn::Sub": "a${Db}$${Db.Arn}"})");
  EXPECT_EQ(sub({b.string("a \"b\" "), b.ref("Db")}), R"({"Fn::Sub": "a \"b\" ${Db}"})");
  EXPECT_EQ(sub({b.ref("Db"), b.string("${x}")}), R"({"Fn::Sub": "${Db}${!x}"})");
  EXPECT_EQ(sub({b.get_att("Db", "Arn"), b.select(1, b.ref("Ids"))}),
            R"({"Fn::Sub": ["${Db.Arn}${Ids}", {"Ids": {"Fn::Select": [1, {"Ref": "Ids"}]}}]})");
}

/// Whether a value fits its line is found by counting before it is written, where that tells.
TEST(EmitJsonWriter, ValuesFitUpToTheLastColumn) {
  Arena arena;
  const ir::Builder b(arena);
  const auto lines = [&](std::size_t width) {
    // `["…", true]`
    const std::string text = emit::value_json(b.list({b.string(std::string(width - 10, 'x')), b.boolean(true)}), true);
    return 1 + std::count(text.begin(), text.end(), '\n');
  };
  EXPECT_EQ(lines(emit::JsonWriter::kWidth), 1);
  EXPECT_EQ(lines(emit::JsonWriter::kWidth + 1), 4);
}

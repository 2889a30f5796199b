#include <gtest/gtest.h>

#include "compiler/base/source.hpp"

namespace stackc {
namespace {

std::string at(const SourceMap& sources, FileId file, std::uint32_t offset) {
  const Position p = sources.position(file, offset);
  return std::to_string(p.line) + ":" + std::to_string(p.column);
}

TEST(SourceMap, PositionsStartAtOne) {
  SourceMap sources;
  const FileId file = sources.add("a.stack", "ab\ncd\n");
  EXPECT_EQ(at(sources, file, 0), "1:1");
  EXPECT_EQ(at(sources, file, 2), "1:3");  // at the line break
  EXPECT_EQ(at(sources, file, 3), "2:1");
  EXPECT_EQ(at(sources, file, 6), "3:1");  // behind the last line break
  EXPECT_EQ(at(sources, file, 999), "3:1");
}

TEST(SourceMap, ColumnsCountCodePoints) {
  SourceMap sources;
  const FileId file = sources.add("a.stack", "\xC3\xBC\xE6\x97\xA5x");  // two and three bytes before the x
  EXPECT_EQ(at(sources, file, 2), "1:2");
  EXPECT_EQ(at(sources, file, 5), "1:3");
}

TEST(SourceMap, LinesComeWithoutTheirBreak) {
  SourceMap sources;
  const FileId file = sources.add("a.stack", "one\r\ntwo\n\nfour");
  EXPECT_EQ(sources.line_count(file), 4u);
  EXPECT_EQ(sources.line(file, 1), "one");
  EXPECT_EQ(sources.line(file, 2), "two");
  EXPECT_EQ(sources.line(file, 3), "");
  EXPECT_EQ(sources.line(file, 4), "four");
  EXPECT_EQ(sources.line(file, 5), "");
  EXPECT_EQ(sources.line(file, 0), "");
}

TEST(SourceMap, EmptyFileHasOneEmptyLine) {
  SourceMap sources;
  const FileId file = sources.add("a.stack", "");
  EXPECT_EQ(sources.line_count(file), 1u);
  EXPECT_EQ(at(sources, file, 0), "1:1");
  EXPECT_EQ(sources.line(file, 1), "");
}

TEST(SourceMap, ByteOrderMarkTakesNoColumn) {
  SourceMap sources;
  const FileId file = sources.add("a.stack", "\xEF\xBB\xBFlet\nx");
  EXPECT_EQ(at(sources, file, 0), "1:1");
  EXPECT_EQ(at(sources, file, 3), "1:1");
  EXPECT_EQ(at(sources, file, 4), "1:2");
  EXPECT_EQ(at(sources, file, 7), "2:1");
  EXPECT_EQ(sources.line(file, 1), "let");
}

TEST(SourceMap, TextOfASpanIsCutToTheFile) {
  SourceMap sources;
  const FileId file = sources.add("a.stack", "hello");
  EXPECT_EQ(sources.text(Span{file, 1, 3}), "el");
  EXPECT_EQ(sources.text(Span{file, 3, 99}), "lo");
  EXPECT_EQ(sources.text(Span{file, 9, 12}), "");
  EXPECT_EQ(sources.text(Span{}), "");
}

TEST(SourceMap, TextsStayWhenFilesAreAdded) {
  SourceMap sources;
  const FileId first = sources.add("a.stack", "short");  // short enough to live inside its string object
  const std::string_view text = sources.text(first);
  for (int i = 0; i < 1000; ++i) sources.add("b.stack", "more");
  EXPECT_EQ(text.data(), sources.text(first).data());
  EXPECT_EQ(text, "short");
  EXPECT_EQ(sources.size(), 1001u);
}

}  // namespace
}  // namespace stackc

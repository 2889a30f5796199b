#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/diag/order.hpp"

namespace stackc {
namespace {

std::vector<std::string> messages(const std::vector<Diagnostic>& findings) {
  std::vector<std::string> result;
  for (const Diagnostic& d : findings) result.push_back(d.message);
  return result;
}

TEST(InOrder, ByFileThenOffsetThenDiscovery) {
  const FileId a(0);
  const FileId b(1);
  Sink sink;
  sink.report(Code::UnknownName, {b, 0, 1}, "b0");
  sink.report(Code::UnknownName, {a, 9, 10}, "a9 first");
  sink.report(Code::UnknownName, {a, 2, 10}, "a2");
  sink.report(Code::UnknownType, {a, 9, 10}, "a9 second");
  sink.report(Code::UnknownName, {}, "nowhere");
  EXPECT_THAT(messages(in_order(sink.take())),
              testing::ElementsAre("nowhere", "a2", "a9 first", "a9 second", "b0"));
}

TEST(InOrder, RemovesRepetitionsOnly) {
  const Span place{FileId(0), 1, 2};
  Sink sink;
  sink.report(Code::UnknownName, place, "x", "label");
  sink.report(Code::UnknownName, place, "y", "label");
  sink.report(Code::UnknownName, place, "x", "label");  // the first again
  sink.report(Code::UnknownType, place, "x", "label");  // another code
  sink.report(Code::UnknownName, place, "x", "other label");
  sink.report(Code::UnknownName, place, "x", "label").note("and more");
  sink.report(Code::UnknownName, {FileId(0), 1, 3}, "x", "label");  // another place
  EXPECT_THAT(messages(in_order(sink.take())), testing::ElementsAre("x", "y", "x", "x", "x", "x"));
}

TEST(Merge, SharesEqualFilesAndCopiesOthers) {
  SourceMap sources;
  const FileId library = sources.add("lib.stack", "let a = 1\n");
  SourceMap more;
  const FileId app = more.add("app.stack", "let b = 2\n");
  const FileId same_library = more.add("lib.stack", "let a = 1\n");
  more.add("silent.stack", "let c = 3\n");
  Sink first;
  first.report(Code::UnknownName, {library, 4, 5}, "in library");
  Sink second;
  second.report(Code::UnknownName, {app, 4, 5}, "in app")
      .label({same_library, 0, 3})
      .fix({same_library, 0, 3}, "");
  second.report(Code::UnknownName, {same_library, 4, 5}, "in library");

  std::vector<Diagnostic> findings = first.take();
  merge(findings, sources, second.take(), more);
  ASSERT_EQ(sources.size(), 2u);
  EXPECT_EQ(sources.path(FileId(1)), "app.stack");
  EXPECT_EQ(findings[1].labels[0].span, (Span{FileId(1), 4, 5}));
  EXPECT_EQ(findings[1].labels[1].span, (Span{library, 0, 3}));
  EXPECT_EQ(findings[1].fixes[0].span, (Span{library, 0, 3}));
  EXPECT_THAT(messages(in_order(std::move(findings))), testing::ElementsAre("in library", "in app"));
}

}  // namespace
}  // namespace stackc

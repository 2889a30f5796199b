#include <gtest/gtest.h>

#include <string>

#include "compiler/diag/render.hpp"

namespace stackc {
namespace {

/// A file, and findings in it whose places are given as text that stands in it once.
class TextForm : public testing::Test {
 protected:
  void file(std::string text) {
    text_ = std::move(text);
    file_ = sources_.add("network.stack", text_);
  }
  [[nodiscard]] Span at(std::string_view words) const {
    const std::size_t begin = text_.find(words);
    EXPECT_NE(begin, std::string::npos) << words;
    EXPECT_EQ(text_.find(words, begin + 1), std::string::npos) << words << " stands there twice";
    return {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + words.size())};
  }
  Diagnostic& report(Span span, std::string label = {}) {
    return sink_.report(Code::UnknownProperty, span, "message", std::move(label));
  }
  [[nodiscard]] std::string text(RenderOptions options = {}) const {
    return render_text(sink_.all(), sources_, options);
  }
  /// What stands between the first and the last row that is nothing but gutter.
  [[nodiscard]] std::string snippet(RenderOptions options = {}) const {
    const std::string all = text(options);
    const std::size_t first = all.find(" |\n") + 3;
    const std::size_t last = all.rfind(" |\n");
    return all.substr(first, all.rfind('\n', last) + 1 - first);
  }

  SourceMap sources_;
  Sink sink_;
  std::string text_;
  FileId file_;
};

TEST_F(TextForm, TheSampleOfTheLanguage) {
  file(std::string(13, '\n') + "    CidrBlok: 10.0.1.0/24\n");
  sink_.report(Code::UnknownProperty, at("CidrBlok"), "`AWS::EC2::Subnet` has no property `CidrBlok`",
               "did you mean `CidrBlock`?");
  EXPECT_EQ(text(), R"(error[E0203]: `AWS::EC2::Subnet` has no property `CidrBlok`
  --> network.stack:14:5
   |
14 |     CidrBlok: 10.0.1.0/24
   |     ^^^^^^^^ did you mean `CidrBlock`?
   |
   = help: stackc explain E0203
)");
}

TEST_F(TextForm, SeveralFindingsAreApart) {
  file("let a = 1\n");
  report(at("a"));
  report(at("1")).severity = Severity::Warning;
  EXPECT_EQ(text(), R"(error[E0203]: message
 --> network.stack:1:5
  |
1 | let a = 1
  |     ^
  |
  = help: stackc explain E0203

warning[E0203]: message
 --> network.stack:1:9
  |
1 | let a = 1
  |         ^
  |
  = help: stackc explain E0203
)");
}

TEST_F(TextForm, WithoutAPlace) {
  report({}).note("why").help("what to do");
  EXPECT_EQ(text(), R"(error[E0203]: message
  = note: why
  = help: what to do
  = help: stackc explain E0203
)");
}

TEST_F(TextForm, LabelsOnOneLine) {
  file("let x = left + right\n");
  report(at("+"), "of these").label(at("left"), "a list").label(at("right"), "a number");
  EXPECT_EQ(snippet(), R"(1 | let x = left + right
  |         ---- ^ ----- a number
  |         |    |
  |         |    of these
  |         a list
)");
}

TEST_F(TextForm, ALabelThatWouldCoverAnotherStandsBelow) {
  file("let x = call(inner)\n");
  report(at("call(inner)"), "outer").label(at("inner"), "inside");
  EXPECT_EQ(snippet(), R"(1 | let x = call(inner)
  |         ^^^^^^^^^^^
  |         |    |
  |         |    inside
  |         outer
)");
}

TEST_F(TextForm, LabelsOnSeveralLines) {
  file("let a = 1\n\nlet b = 2\nlet c = 3\nlet d = 4\nlet e = 5\nlet f = 6\n");
  report(at("e = 5"), "here").label(at("a ="), "first").label(at("b ="), "then");
  EXPECT_EQ(snippet(), R"(1 | let a = 1
  |     --- first
2 |
3 | let b = 2
  |     --- then
...
6 | let e = 5
  |     ^^^^^ here
)");
}

TEST_F(TextForm, LabelsInOtherFiles) {
  file("use { Network } from \"std/network\"\n");
  const FileId other = sources_.add("std/network", "component Network {\n  param zones: [String]\n}\n");
  report(at("Network"), "used here").label({other, 44, 45}).label({other, 10, 17}, "declared here");
  EXPECT_EQ(text(), R"(error[E0203]: message
 --> network.stack:1:7
  |
1 | use { Network } from "std/network"
  |       ^^^^^^^ used here
  |
 ::: std/network:1:11
  |
1 | component Network {
  |           ------- declared here
2 |   param zones: [String]
3 | }
  | -
  |
  = help: stackc explain E0203
)");
}

TEST_F(TextForm, ASpanOfSeveralLines) {
  file("resource A: B {\n  c: 1\n}\n");
  report({file_, 0, static_cast<std::uint32_t>(text_.size())}, "all of it");
  EXPECT_EQ(snippet(), R"(1 | / resource A: B {
2 | |   c: 1
3 | | }
  | |_^ all of it
)");
}

TEST_F(TextForm, ASpanOfManyLinesThatBeginsBehindText) {
  file("let x = [\n1,\n2,\n3,\n4,\n5,\n6,\n7] + y\n");
  report(at(text_.substr(8, text_.find(']') - 7)), "a list").label(at("y"), "a number");
  EXPECT_EQ(snippet(), R"(1 |   let x = [
  |  _________^
... |
8 | | 7] + y
  | |      - a number
  | |__^ a list
)");
}

TEST_F(TextForm, SpansOfSeveralLinesInsideEachOther) {
  file("a {\n  b {\n    c\n  }\n}\n");
  report({file_, 6, 19}, "inner").label({file_, 0, 21}, "outer");
  EXPECT_EQ(snippet(), R"(1 | /  a {
2 | |/   b {
3 | ||     c
4 | ||   }
  | ||___^ inner
5 | |  }
  | |__- outer
)");
}

TEST_F(TextForm, TabsAndWideCharacters) {
  file("\tName: \"\xE6\x97\xA5\xE6\x9C\xAC\" + e\xCC\x81 + x\n");
  report(at("x"), "here").label(at("\"\xE6\x97\xA5\xE6\x9C\xAC\""), "text");
  EXPECT_EQ(snippet(),
            "1 |     Name: \"\xE6\x97\xA5\xE6\x9C\xAC\" + e\xCC\x81 + x\n"
            "  |           ------       ^ here\n"
            "  |           |\n"
            "  |           text\n");
}

TEST_F(TextForm, CarriageReturnsAreNotShown) {
  file("let a = 1\r\nlet b = 2\r\n");
  report({file_, 8, 11}, "one");
  EXPECT_EQ(snippet(), "1 | let a = 1\n  |         ^ one\n");
}

TEST_F(TextForm, EmptySpansAndTheEndOfTheFile) {
  file("let a =");
  report({file_, 7, 7}, "expected a value");
  EXPECT_EQ(snippet(), "1 | let a =\n  |        ^ expected a value\n");
}

TEST_F(TextForm, TheEndOfAFileWithALineBreak) {
  file("stack {\n");
  report({file_, 8, 8}, "expected `}`");
  EXPECT_EQ(text(), R"(error[E0203]: message
 --> network.stack:2:1
  |
2 |
  | ^ expected `}`
  |
  = help: stackc explain E0203
)");
}

TEST_F(TextForm, AnEmptyFileAndSpansBeyondIt) {
  file("");
  report({file_, 5, 9}, "nothing");
  EXPECT_NE(text().find("--> network.stack:1:1"), std::string::npos);
  EXPECT_NE(text().find("  | ^ nothing"), std::string::npos);
}

TEST_F(TextForm, LongLinesAreCutAroundTheSpan) {
  file("let long = \"" + std::string(200, 'a') + "${bad}" + std::string(200, 'b') + "\"\n");
  report(at("${bad}"), "here");
  const std::string rows = snippet();
  const std::string source = rows.substr(0, rows.find('\n'));
  const std::string carets = rows.substr(rows.find('\n') + 1);
  EXPECT_EQ(source.size() - 2 * 2, 100u);  // each … is three bytes in one column
  EXPECT_TRUE(
      source.starts_with("1 | \xE2\x80\xA6"
                         "aaa"))
      << source;
  EXPECT_TRUE(source.ends_with("bbb\xE2\x80\xA6")) << source;
  EXPECT_EQ(carets.find('^'), source.find("${bad}") - 2);
}

TEST_F(TextForm, ACutLineLeavesRoomForItsLabel) {
  file("let long = \"" + std::string(200, 'a') + "${bad}" + std::string(200, 'b') + "\"\n");
  report(at("${bad}"), "a label of fifty columns, which is more than half ..");
  const std::string rows = snippet();
  const std::string carets = rows.substr(rows.find('\n') + 1);
  EXPECT_LE(carets.find('\n'), 100u) << rows;
  EXPECT_NE(rows.find("aaa${bad}bbb"), std::string::npos) << rows;
}

TEST_F(TextForm, AShortTailIsShownWhole) {
  file("let long = \"" + std::string(200, 'a') + "${bad}\"\n");
  report(at("${bad}"), "here");
  EXPECT_NE(snippet().find("aaa${bad}\"\n"), std::string::npos) << snippet();
}

TEST_F(TextForm, AMegabyteOnOneLine) {
  file(std::string(1'000'000, '[') + "x" + std::string(1'000'000, ']'));
  report(at("x"), "here").label({file_, 0, 1}, "far");
  const std::string rows = snippet();
  EXPECT_LT(rows.size(), 500u);
  EXPECT_NE(rows.find("[[[x]]]"), std::string::npos);
  EXPECT_NE(rows.find("here"), std::string::npos);
  EXPECT_NE(rows.find("far"), std::string::npos);
}

TEST_F(TextForm, NothingUnprintableReachesTheTerminal) {
  file("let a = \"\x1B[31m\xFF\xE2\x80\xAE\"\n");
  report(at("a"), "red \x1B[31m\nline").note("bell \a");
  const std::string all = text();
  EXPECT_EQ(all.find('\x1B'), std::string::npos);
  EXPECT_EQ(all.find('\a'), std::string::npos);
  EXPECT_EQ(all.find('\xFF'), std::string::npos);
  EXPECT_EQ(all.find("\xE2\x80\xAE"), std::string::npos);  // reverses what follows
  EXPECT_NE(all.find("\"\xE2\x90\x9B[31m\xEF\xBF\xBD\xEF\xBF\xBD\""), std::string::npos);  // ␛[31m��
}

TEST_F(TextForm, NotesAreWrapped) {
  report({}).note("one two three four five six seven eight").note("first\nsecond");
  RenderOptions options;
  options.width = 40;
  EXPECT_EQ(text(options), R"(error[E0203]: message
  = note: one two three four five six
          seven eight
  = note: first
          second
  = help: stackc explain E0203
)");
}

TEST_F(TextForm, ALabelWithoutAPlaceIsANote) {
  file("let a = 1\n");
  report(at("a")).label({}, "declared by the compiler");
  EXPECT_NE(text().find("  = note: declared by the compiler\n"), std::string::npos);
}

TEST_F(TextForm, ColourOnlyWhenAsked) {
  file("let a = 1\n");
  report(at("a"), "here").label(at("1"), "there").note("why");
  EXPECT_EQ(text().find('\x1B'), std::string::npos);
  RenderOptions options;
  options.colour = true;
  const std::string coloured = text(options);
  EXPECT_TRUE(coloured.starts_with("\x1B[1;31merror[E0203]\x1B[0m\x1B[1m: message\x1B[0m\n")) << coloured;
  std::string plain;  // without the escapes it is the same text
  for (std::size_t i = 0; i < coloured.size(); ++i) {
    if (coloured[i] == '\x1B') {
      i = coloured.find('m', i);
    } else {
      plain += coloured[i];
    }
  }
  std::string trimmed;  // blanks before an escape cannot be seen
  for (std::size_t at = 0; at < plain.size();) {
    const std::size_t end = plain.find('\n', at);
    std::string row = plain.substr(at, end - at);
    row.erase(row.find_last_not_of(' ') + 1);
    trimmed += row + "\n";
    at = end + 1;
  }
  EXPECT_EQ(trimmed, text());
}

TEST_F(TextForm, NoLineEndsInBlanks) {
  file("a {\n\n  b\n}\n");
  report({file_, 0, 10}, "all");
  const std::string all = text();
  EXPECT_EQ(all.find(" \n"), std::string::npos) << all;
}

}  // namespace
}  // namespace stackc

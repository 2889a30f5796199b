#include <gtest/gtest.h>

#include "compiler/driver/error_limit.hpp"

namespace stackc {
namespace {

Diagnostic finding(Severity severity, std::uint32_t file, std::uint32_t at) {
  Diagnostic d;
  d.code = Code::UnknownName;
  d.severity = severity;
  d.labels.push_back({Span{FileId{file}, at, at + 1}, {}});
  return d;
}

TEST(ErrorLimit, CountsByFileAndKeepsWarnings) {
  std::vector<Diagnostic> all;
  for (std::uint32_t i = 0; i < 5; ++i) {
    all.push_back(finding(Severity::Error, 0, i));
    all.push_back(finding(Severity::Warning, 0, i));
  }
  all.push_back(finding(Severity::Error, 1, 0));
  limit_errors(all, 3);
  std::size_t errors = 0, warnings = 0, limits = 0;
  for (const Diagnostic& d : all) {
    if (d.code == Code::TooManyErrors) {
      ++limits;
      EXPECT_EQ(d.message, "2 more errors in this file are not shown");
    } else {
      ++(d.severity == Severity::Error ? errors : warnings);
    }
  }
  EXPECT_EQ(errors, 4U);
  EXPECT_EQ(warnings, 5U);
  EXPECT_EQ(limits, 1U);
}

}  // namespace
}  // namespace stackc

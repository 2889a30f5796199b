#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/base/span.hpp"

namespace stackc {

enum class Severity : std::uint8_t { Error, Warning, Note };

/// Every diagnostic the compiler can give, by name. The numbers (`E0203`), slugs, default
/// severities and titles stand in `codes/*.def`, one file a range; see `registry.hpp`.
enum class Code : std::uint16_t {
#define STACKC_CODE(name, number, severity, slug, title) name,
#include "compiler/diag/codes/all.def"
#undef STACKC_CODE
};

/// A place with a remark. The first label of a diagnostic is the primary one: it says where.
struct Label {
  Span span;
  std::string text;  // may be empty: the place alone
};

/// A replacement that a tool may apply without asking.
struct Fix {
  Span span;
  std::string replacement;
};

/// One finding. Wording: lower case, no full stop, code in backticks, what was seen, then what was
/// expected; hints belong in `helps`.
struct Diagnostic {
  Code code{};
  Severity severity = Severity::Error;
  std::string message;
  std::vector<Label> labels;       // [0] is primary; empty when the finding has no place
  std::vector<std::string> notes;  // facts that explain ("`zones` is late because …")
  std::vector<std::string> helps;  // what to do
  std::vector<Fix> fixes;

  Diagnostic& label(Span span, std::string text = {}) & {
    labels.push_back({span, std::move(text)});
    return *this;
  }
  Diagnostic& note(std::string text) & {
    notes.push_back(std::move(text));
    return *this;
  }
  Diagnostic& help(std::string text) & {
    helps.push_back(std::move(text));
    return *this;
  }
  Diagnostic& fix(Span span, std::string replacement) & {
    fixes.push_back({span, std::move(replacement)});
    return *this;
  }
};

/// Where every stage puts its findings, in the order of discovery. Not shared between threads.
class Sink {
 public:
  /// Adds a finding with the code's default severity and returns it for further labels. The
  /// reference is good until the next report.
  Diagnostic& report(Code code, Span primary, std::string message, std::string primary_label = {});

  [[nodiscard]] const std::vector<Diagnostic>& all() const { return diagnostics_; }
  [[nodiscard]] std::vector<Diagnostic> take() { return std::move(diagnostics_); }
  [[nodiscard]] bool has_errors() const { return errors_ > 0; }
  [[nodiscard]] std::size_t error_count() const { return errors_; }

 private:
  std::vector<Diagnostic> diagnostics_;
  std::size_t errors_ = 0;
};

}  // namespace stackc

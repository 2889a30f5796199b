#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "compiler/diag/diagnostic.hpp"

namespace stackc {

/// What is known of a code without any source.
struct CodeInfo {
  Code code{};
  std::string_view number;              // `E0203`, `W0801`: a letter for the default severity and four digits
  std::string_view slug;                // kebab-case, the name in `stackc:allow(…)` and in `stackc.yaml`
  std::string_view title;               // a few words, lower case
  Severity severity = Severity::Error;  // unless the project sets another level
};

/// Every code, in the order of `codes/all.def`, that is by `static_cast<std::size_t>(code)`.
std::span<const CodeInfo> all_codes();

const CodeInfo& info(Code code);

/// The code with this number (`E0203`, in any case, or its digits alone) or slug.
const CodeInfo* find_code(std::string_view number_or_slug);

}  // namespace stackc

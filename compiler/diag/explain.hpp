#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stackc {

/// The page of a code (docs/diagnostics/E0203.md), as Markdown. Takes a number or a slug. It lives
/// in the binary; nothing when there is no such code or it has no page.
std::optional<std::string_view> explain(std::string_view code_or_slug);

/// The numbers and slugs that are closest to `code_or_slug`, for "did you mean".
std::vector<std::string_view> close_codes(std::string_view code_or_slug);

/// A page for a terminal: with `colour`, headings and code stand out; without, it is the Markdown.
std::string render_page(std::string_view markdown, bool colour);

}  // namespace stackc

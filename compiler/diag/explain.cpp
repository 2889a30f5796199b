#include "compiler/diag/explain.hpp"

#include <algorithm>
#include <cstdint>

#include "compiler/base/suggest.hpp"
#include "compiler/diag/registry.hpp"
#include "page_names.hpp"

// pages.S: the texts one after the other, and where each begins (one more entry: where the last ends).
extern "C" const char stackc_pages[];
extern "C" const std::uint32_t stackc_page_offsets[];

namespace stackc {
namespace {

constexpr std::string_view kOff = "\x1B[0m";
constexpr std::string_view kHeading = "\x1B[1m";
constexpr std::string_view kCode = "\x1B[36m";
constexpr std::string_view kListing = "\x1B[2m";

/// A line of prose, `code` in colour.
void append_prose(std::string& out, std::string_view line) {
  bool in_code = false;
  for (const char c : line) {
    if (c != '`') {
      out += c;
    } else {
      in_code = !in_code;
      out += in_code ? kCode : kOff;
    }
  }
  if (in_code) out += kOff;
}

}  // namespace

std::optional<std::string_view> explain(std::string_view code_or_slug) {
  const CodeInfo* code = find_code(code_or_slug);
  if (code == nullptr) return std::nullopt;
  const auto at = std::lower_bound(kPageNames.begin(), kPageNames.end(), code->number);
  if (at == kPageNames.end() || *at != code->number) return std::nullopt;
  const auto index = static_cast<std::size_t>(at - kPageNames.begin());
  const std::uint32_t begin = stackc_page_offsets[index];
  return std::string_view(stackc_pages + begin, stackc_page_offsets[index + 1] - begin);
}

std::vector<std::string_view> close_codes(std::string_view code_or_slug) {
  std::vector<std::string_view> names;
  for (const CodeInfo& code : all_codes()) {
    names.push_back(code.slug);
    names.push_back(code.number);
  }
  return close_names(code_or_slug, names);
}

std::string render_page(std::string_view markdown, bool colour) {
  if (!colour) return std::string(markdown);
  std::string out;
  bool listing = false;
  while (!markdown.empty()) {
    const std::size_t end = std::min(markdown.find('\n'), markdown.size());
    const std::string_view line = markdown.substr(0, end);
    markdown.remove_prefix(std::min(end + 1, markdown.size()));
    if (line.starts_with("```")) {
      listing = !listing;
      continue;
    }
    if (listing) {
      if (!line.empty()) out.append("    ").append(kListing).append(line).append(kOff);
    } else if (line.starts_with('#')) {
      const std::size_t text = std::min(line.find_first_not_of("# "), line.size());
      out.append(kHeading).append(line.substr(text)).append(kOff);
    } else {
      append_prose(out, line);
    }
    out += '\n';
  }
  return out;
}

}  // namespace stackc

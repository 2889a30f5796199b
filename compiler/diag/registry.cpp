#include "compiler/diag/registry.hpp"

#include <array>
#include <cstdint>

namespace stackc {
namespace {

#define STACKC_LETTER_Error "E"
#define STACKC_LETTER_Warning "W"
#define STACKC_LETTER_Note "N"

constexpr auto kCodes = std::to_array<CodeInfo>({
#define STACKC_CODE(name, number, severity, slug, title) \
  CodeInfo{Code::name, (number) < 1000 ? STACKC_LETTER_##severity "0" #number : STACKC_LETTER_##severity #number, \
           slug, title, Severity::severity},
#include "compiler/diag/codes/all.def"
#undef STACKC_CODE
});

constexpr bool well_formed() {
  for (const CodeInfo& c : kCodes) {
    if (c.number.size() != 5 || c.number.substr(1, 2) == "00" || c.slug.empty() || c.title.empty()) return false;
  }
  return true;
}

/// Equal for equal texts; the few steps that a compiler grants to constants do not last for comparing all pairs.
constexpr std::uint64_t fingerprint(std::string_view text) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return hash;
}

constexpr bool distinct() {
  std::array<std::uint64_t, kCodes.size() * 2> seen{};
  for (std::size_t i = 0; i < kCodes.size(); ++i) {
    seen[2 * i] = fingerprint(kCodes[i].number.substr(1));
    seen[2 * i + 1] = fingerprint(kCodes[i].slug);
  }
  for (std::size_t i = 0; i < seen.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (seen[i] == seen[j]) return false;
    }
  }
  return true;
}

static_assert(well_formed(),
              "a number in codes/*.def is written with three digits or four (203, 1001), slug and title are not empty");
static_assert(distinct(), "two lines of codes/*.def share a number or a slug");

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

bool names(std::string_view asked, const CodeInfo& code) {
  if (asked == code.slug || asked == code.number.substr(1)) return true;
  return asked.size() == code.number.size() && upper(asked[0]) == code.number[0] &&
         asked.substr(1) == code.number.substr(1);
}

}  // namespace

std::span<const CodeInfo> all_codes() { return kCodes; }

const CodeInfo& info(Code code) { return kCodes[static_cast<std::size_t>(code)]; }

const CodeInfo* find_code(std::string_view number_or_slug) {
  for (const CodeInfo& code : kCodes) {
    if (names(number_or_slug, code)) return &code;
  }
  return nullptr;
}

}  // namespace stackc

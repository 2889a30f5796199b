#include "compiler/base/fingerprint.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <charconv>

#include "compiler/base/text.hpp"

namespace stackc {

namespace {

constexpr std::size_t kDigits = 16;  // of a half

bool read_half(std::string_view digits, std::uint64_t& half) {
  const auto* const end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, half, 16);
  return error == std::errc{} && stop == end;
}

}  // namespace

Fingerprint fingerprint_of(std::string_view text) {
  const XXH128_hash_t hash = XXH3_128bits(text.data(), text.size());
  return {hash.high64, hash.low64};
}

std::string to_text(const Fingerprint& fingerprint) {
  return fmt::format("{:016x}{:016x}", fingerprint.high, fingerprint.low);
}

std::optional<Fingerprint> read_fingerprint(std::string_view text) {
  Fingerprint fingerprint;
  if (text.size() != 2 * kDigits || !read_half(text.substr(0, kDigits), fingerprint.high) ||
      !read_half(text.substr(kDigits), fingerprint.low)) {
    return std::nullopt;
  }
  return fingerprint;
}

}  // namespace stackc

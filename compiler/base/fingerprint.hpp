#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stackc {

/// What stands for a text where the text itself is not kept: equal texts have equal fingerprints, and that
/// two others have happens by no accident (128 bits of XXH3). Nothing against somebody who looks for two that
/// do. The same on every machine.
struct Fingerprint {
  std::uint64_t high = 0, low = 0;

  friend bool operator==(const Fingerprint&, const Fingerprint&) = default;
};

Fingerprint fingerprint_of(std::string_view text);

/// 32 digits of base 16.
std::string to_text(const Fingerprint& fingerprint);
/// Nothing unless `text` is what `to_text` gives.
std::optional<Fingerprint> read_fingerprint(std::string_view text);

}  // namespace stackc

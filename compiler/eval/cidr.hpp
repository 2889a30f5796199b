#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stackc::eval {

/// A block of addresses, IPv4 or IPv6, exactly.
struct CidrBlock {
  std::array<std::uint8_t, 16> address{};  // IPv4 uses the first four bytes
  std::uint32_t prefix = 0;
  bool v6 = false;

  [[nodiscard]] std::uint32_t bits() const { return v6 ? 128 : 32; }
};

/// `10.0.0.0/16`, `2001:db8::/32`; nothing when it is neither.
std::optional<CidrBlock> parse_cidr(std::string_view text);
/// The usual form; IPv6 with its longest run of zeros as `::`.
std::string cidr_text(const CidrBlock& block);
/// The `slot`th block of `new_prefix` bits in `block`, from 0; nothing when there is none.
std::optional<CidrBlock> subnet(const CidrBlock& block, std::int64_t new_prefix, std::int64_t slot);

}  // namespace stackc::eval

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "compiler/base/address.hpp"

namespace stackc::eval {

/// A block of addresses, IPv4 or IPv6, exactly.
using CidrBlock = AddressBlock;

/// `10.0.0.0/16`, `2001:db8::/32`; nothing when it is neither.
std::optional<CidrBlock> parse_cidr(std::string_view text);
/// The usual form; IPv6 with its longest run of zeros as `::`.
std::string cidr_text(const CidrBlock& block);
/// The `slot`th block of `new_prefix` bits in `block`, from 0; nothing when there is none.
std::optional<CidrBlock> subnet(const CidrBlock& block, std::int64_t new_prefix, std::int64_t slot);

}  // namespace stackc::eval

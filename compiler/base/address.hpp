#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stackc {

/// An IPv4 or IPv6 address as a number of 128 bits; IPv4 has the lowest 32.
struct Address {
  std::uint64_t high = 0, low = 0;
  auto operator<=>(const Address&) const = default;
  [[nodiscard]] Address next() const { return {low == ~std::uint64_t{0} ? high + 1 : high, low + 1}; }
  [[nodiscard]] Address previous() const { return {low == 0 ? high - 1 : high, low - 1}; }
  [[nodiscard]] Address operator|(Address other) const { return {high | other.high, low | other.low}; }
  [[nodiscard]] Address operator&(Address other) const { return {high & other.high, low & other.low}; }
  [[nodiscard]] Address operator~() const { return {~high, ~low}; }
};

/// The lowest `bits` bits, 0 to 128.
Address lowest_bits(unsigned bits);

/// A block as it is written, `10.0.0.7/8`: the address need not be the first of the block.
struct AddressBlock {
  bool v6 = false;
  Address address;
  unsigned prefix = 0;
  bool alone = false;  // written without a prefix, which is all bits then
  [[nodiscard]] unsigned bits() const { return v6 ? 128 : 32; }
};

/// Of `10.0.0.0/8`, `2001:db8::/32`, or an address alone; nothing when the text is neither. IPv6 as RFC 4291
/// writes it, without the form that ends in an IPv4 address.
std::optional<AddressBlock> read_address_block(std::string_view text);

/// The usual form, of IPv6 the one of RFC 5952: lower case, the longest run of zero groups as `::`.
std::string address_text(Address address, bool v6);

}  // namespace stackc

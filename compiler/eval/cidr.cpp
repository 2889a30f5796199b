#include "compiler/eval/cidr.hpp"

#include <string>

namespace stackc::eval {
namespace {

Address shifted(std::uint64_t value, unsigned by) {
  if (by >= 128) return {};
  if (by >= 64) return {value << (by - 64), 0};
  return {by == 0 ? 0 : value >> (64 - by), value << by};
}

}  // namespace

std::optional<CidrBlock> parse_cidr(std::string_view text) {
  const auto block = read_address_block(text);
  return block && !block->alone ? block : std::nullopt;
}

std::string cidr_text(const CidrBlock& block) {
  return address_text(block.address, block.v6).append(1, '/').append(std::to_string(block.prefix));
}

std::optional<CidrBlock> subnet(const CidrBlock& block, std::int64_t new_prefix, std::int64_t slot) {
  if (new_prefix < block.prefix || new_prefix > block.bits() || slot < 0) return std::nullopt;
  const auto width = static_cast<unsigned>(new_prefix) - block.prefix;
  if (width < 63 && slot >= (std::int64_t{1} << width)) return std::nullopt;
  CidrBlock out = block;
  out.prefix = static_cast<unsigned>(new_prefix);
  // The slot fills the bits between the two prefixes; what the address says beyond the old one is dropped.
  out.address = block.address & ~lowest_bits(block.bits() - block.prefix);
  out.address = out.address | shifted(static_cast<std::uint64_t>(slot), block.bits() - out.prefix);
  return out;
}

}  // namespace stackc::eval

#include "compiler/base/address.hpp"

#include <array>
#include <charconv>
#include <vector>

#include "compiler/base/text.hpp"

namespace stackc {
namespace {

template <class Int>
bool read(std::string_view text, Int& out, int base = 10) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out, base);
  return error == std::errc{} && end == text.data() + text.size() && !text.empty();
}

std::optional<Address> read_v4(std::string_view text) {
  std::uint64_t value = 0;
  for (int i = 0; i < 4; ++i) {
    const auto dot = text.find('.');
    if ((dot == std::string_view::npos) != (i == 3)) return std::nullopt;
    unsigned part = 0;
    if (!read(text.substr(0, dot), part) || part > 255) return std::nullopt;
    value = value << 8U | part;
    if (i < 3) text.remove_prefix(dot + 1);
  }
  return Address{0, value};
}

/// The groups of one side of `::`.
bool read_groups(std::string_view text, std::vector<std::uint16_t>& out) {
  while (!text.empty()) {
    const auto colon = text.find(':');
    std::uint16_t group = 0;
    if (!read(text.substr(0, colon), group, 16) || out.size() == 8) return false;
    out.push_back(group);
    if (colon == std::string_view::npos) return true;
    text.remove_prefix(colon + 1);
    if (text.empty()) return false;
  }
  return true;
}

std::optional<Address> read_v6(std::string_view text) {
  std::vector<std::uint16_t> groups, back;
  const auto gap = text.find("::");
  if (!read_groups(text.substr(0, gap), groups)) return std::nullopt;
  if (gap != std::string_view::npos && !read_groups(text.substr(gap + 2), back)) return std::nullopt;
  // `::` stands for one group at least.
  const std::size_t count = groups.size() + back.size();
  if (gap == std::string_view::npos ? count != 8 : count > 7) return std::nullopt;
  groups.resize(8 - back.size());
  groups.insert(groups.end(), back.begin(), back.end());
  Address a;
  for (std::size_t i = 0; i < 4; ++i) a.high = a.high << 16U | groups[i];
  for (std::size_t i = 4; i < 8; ++i) a.low = a.low << 16U | groups[i];
  return a;
}

std::string v6_text(Address a) {
  std::array<unsigned, 8> groups{};
  for (unsigned i = 0; i < 8; ++i)
    groups[i] = static_cast<unsigned>((i < 4 ? a.high : a.low) >> (48 - 16 * (i % 4)) & 0xFFFFU);
  std::size_t best = 8, length = 1;  // a single zero group is written out
  for (std::size_t i = 0; i < 8; ++i) {
    std::size_t end = i;
    while (end < 8 && groups[end] == 0) ++end;
    if (end - i > length) best = i, length = end - i;
  }
  std::string out;
  for (std::size_t i = 0; i < 8; ++i) {
    if (i == best) {
      out += "::";
      i += length - 1;
      continue;
    }
    if (!out.empty() && out.back() != ':') out += ':';
    out += fmt::format("{:x}", groups[i]);
  }
  return out;
}

}  // namespace

Address lowest_bits(unsigned bits) {
  if (bits >= 128) return {~std::uint64_t{0}, ~std::uint64_t{0}};
  if (bits >= 64) return {(std::uint64_t{1} << (bits - 64)) - 1, ~std::uint64_t{0}};
  return {0, (std::uint64_t{1} << bits) - 1};
}

std::optional<AddressBlock> read_address_block(std::string_view text) {
  const auto slash = text.find('/');
  const std::string_view address = text.substr(0, slash);
  AddressBlock block;
  block.v6 = address.find(':') != std::string_view::npos;
  block.alone = slash == std::string_view::npos;
  block.prefix = block.bits();
  const auto at = block.v6 ? read_v6(address) : read_v4(address);
  if (!at) return std::nullopt;
  block.address = *at;
  if (block.alone) return block;
  if (!read(text.substr(slash + 1), block.prefix) || block.prefix > block.bits()) return std::nullopt;
  return block;
}

std::string address_text(Address a, bool v6) {
  if (v6) return v6_text(a);
  std::string out = std::to_string(a.low >> 24U & 255U);
  for (const unsigned shift : {16U, 8U, 0U}) out.append(1, '.').append(std::to_string(a.low >> shift & 255U));
  return out;
}

}  // namespace stackc

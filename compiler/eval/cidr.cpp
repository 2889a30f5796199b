#include "compiler/eval/cidr.hpp"

#include <charconv>
#include <vector>

#include "compiler/base/text.hpp"

namespace stackc::eval {
namespace {

std::optional<std::uint32_t> number(std::string_view text, int base, std::uint32_t largest) {
  std::uint32_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out, base);
  if (error != std::errc{} || end != text.data() + text.size() || text.empty() || out > largest)
    return std::nullopt;
  return out;
}

std::vector<std::string_view> pieces(std::string_view text, char separator) {
  std::vector<std::string_view> out;
  for (std::size_t at = text.find(separator); at != std::string_view::npos; at = text.find(separator)) {
    out.push_back(text.substr(0, at));
    text.remove_prefix(at + 1);
  }
  out.push_back(text);
  return out;
}

bool parse_v4(std::string_view text, CidrBlock& out) {
  const auto parts = pieces(text, '.');
  if (parts.size() != 4) return false;
  for (std::size_t i = 0; i < 4; ++i) {
    const auto byte = number(parts[i], 10, 255);
    if (!byte) return false;
    out.address[i] = static_cast<std::uint8_t>(*byte);
  }
  return true;
}

/// The groups of one side of `::`; false when there is anything but up to 8 groups of hex digits.
bool parse_groups(std::string_view text, std::vector<std::uint32_t>& out) {
  if (text.empty()) return true;
  for (const std::string_view piece : pieces(text, ':')) {
    const auto group = number(piece, 16, 0xffff);
    if (!group || out.size() == 8) return false;
    out.push_back(*group);
  }
  return true;
}

bool parse_v6(std::string_view text, CidrBlock& out) {
  const std::size_t gap = text.find("::");
  std::vector<std::uint32_t> head, tail;
  if (!parse_groups(text.substr(0, gap), head)) return false;
  if (gap != std::string_view::npos && !parse_groups(text.substr(gap + 2), tail)) return false;
  const std::size_t count = head.size() + tail.size();
  if (gap == std::string_view::npos ? count != 8 : count > 7) return false;
  head.resize(8 - tail.size());
  head.insert(head.end(), tail.begin(), tail.end());
  for (std::size_t i = 0; i < 8; ++i) {
    out.address[2 * i] = static_cast<std::uint8_t>(head[i] >> 8);
    out.address[2 * i + 1] = static_cast<std::uint8_t>(head[i] & 0xff);
  }
  out.v6 = true;
  return true;
}

std::string v6_text(const std::array<std::uint8_t, 16>& address) {
  std::array<std::uint32_t, 8> groups{};
  for (std::size_t i = 0; i < 8; ++i)
    groups[i] = static_cast<std::uint32_t>(address[2 * i] << 8 | address[2 * i + 1]);
  std::size_t best = 8, length = 1;  // a single zero group is written out
  for (std::size_t i = 0; i < 8; ++i) {
    std::size_t j = i;
    while (j < 8 && groups[j] == 0) ++j;
    if (j - i > length) {
      best = i;
      length = j - i;
    }
  }
  std::string out;
  for (std::size_t i = 0; i < 8; ++i) {
    if (i == best) {
      out += "::";
      i += length - 1;
      continue;
    }
    if (!out.empty() && !out.ends_with(':')) out += ':';
    out += fmt::format("{:x}", groups[i]);
  }
  return out;
}

}  // namespace

std::optional<CidrBlock> parse_cidr(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  CidrBlock out;
  const std::string_view address = text.substr(0, slash);
  if (!parse_v4(address, out) && !(address.find(':') != std::string_view::npos && parse_v6(address, out))) {
    return std::nullopt;
  }
  const auto prefix = number(text.substr(slash + 1), 10, out.bits());
  if (!prefix) return std::nullopt;
  out.prefix = *prefix;
  return out;
}

std::string cidr_text(const CidrBlock& block) {
  const auto& a = block.address;
  if (block.v6) return fmt::format("{}/{}", v6_text(a), block.prefix);
  return fmt::format("{}.{}.{}.{}/{}", a[0], a[1], a[2], a[3], block.prefix);
}

std::optional<CidrBlock> subnet(const CidrBlock& block, std::int64_t new_prefix, std::int64_t slot) {
  if (new_prefix < block.prefix || new_prefix > block.bits() || slot < 0) return std::nullopt;
  const auto width = static_cast<std::uint32_t>(new_prefix) - block.prefix;
  if (width < 63 && slot >= (std::int64_t{1} << width)) return std::nullopt;
  CidrBlock out = block;
  out.prefix = static_cast<std::uint32_t>(new_prefix);
  // The slot fills the bits between the two prefixes; what the address says beyond the old one is dropped.
  auto rest = static_cast<std::uint64_t>(slot);
  for (std::uint32_t bit = block.bits(); bit-- > block.prefix;) {
    const bool inside = bit < out.prefix;
    const bool set = inside && (rest & 1) != 0;
    if (inside) rest >>= 1;
    const auto mask = static_cast<std::uint8_t>(0x80 >> (bit % 8));
    std::uint8_t& byte = out.address[bit / 8];
    byte = static_cast<std::uint8_t>(set ? byte | mask : byte & ~mask);
  }
  return out;
}

}  // namespace stackc::eval

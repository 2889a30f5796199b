#include "compiler/diff/address.hpp"

#include <charconv>

#include "compiler/base/text.hpp"

namespace stackc::diff {
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
  std::vector<std::uint16_t> front, back;
  const auto gap = text.find("::");
  if (!read_groups(text.substr(0, gap), front)) return std::nullopt;
  if (gap != std::string_view::npos && !read_groups(text.substr(gap + 2), back)) return std::nullopt;
  if (gap == std::string_view::npos ? front.size() != 8 : front.size() + back.size() > 7) return std::nullopt;
  front.resize(8 - back.size());
  front.insert(front.end(), back.begin(), back.end());
  Address a;
  for (int i = 0; i < 4; ++i) a.high = a.high << 16U | front[static_cast<std::size_t>(i)];
  for (int i = 4; i < 8; ++i) a.low = a.low << 16U | front[static_cast<std::size_t>(i)];
  return a;
}

/// The lowest `bits` bits.
Address mask(unsigned bits) {
  if (bits >= 128) return {~std::uint64_t{0}, ~std::uint64_t{0}};
  if (bits >= 64) return {(std::uint64_t{1} << (bits - 64)) - 1, ~std::uint64_t{0}};
  return {0, (std::uint64_t{1} << bits) - 1};
}

std::string shown(Address a, bool v6) {
  if (!v6) return fmt::format("{}.{}.{}.{}", a.low >> 24U & 255U, a.low >> 16U & 255U, a.low >> 8U & 255U, a.low & 255U);
  std::array<unsigned, 8> groups{};
  for (unsigned i = 0; i < 8; ++i) groups[i] = static_cast<unsigned>((i < 4 ? a.high : a.low) >> (48 - 16 * (i % 4)) & 0xFFFFU);
  // The longest run of zeros, of two at least, becomes `::`.
  std::size_t best = 8, length = 1;
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

std::optional<Range> Range::of_cidr(std::string_view text) {
  const auto slash = text.find('/');
  const std::string_view address = text.substr(0, slash);
  const bool v6 = address.find(':') != std::string_view::npos;
  const auto at = v6 ? read_v6(address) : read_v4(address);
  const unsigned width = v6 ? 128 : 32;
  unsigned length = width;
  if (!at || (slash != std::string_view::npos && (!read(text.substr(slash + 1), length) || length > width))) return std::nullopt;
  const Address rest = mask(width - length);
  const Address first{at->high & ~rest.high, at->low & ~rest.low};
  return Range{v6, first, {first.high | rest.high, first.low | rest.low}};
}

std::vector<std::string> Range::blocks(std::size_t most) const {
  std::vector<std::string> out;
  const unsigned width = v6 ? 128 : 32;
  for (Address at = first; at <= last;) {
    unsigned bits = 0;  // of the largest block that begins here and ends in the run
    while (bits < width) {
      const Address rest = mask(bits + 1);
      const Address end{at.high | rest.high, at.low | rest.low};
      if ((at.high & rest.high) != 0 || (at.low & rest.low) != 0 || end > last) break;
      ++bits;
    }
    if (out.size() == most) return {fmt::format("{}-{}", shown(first, v6), shown(last, v6))};
    out.push_back(fmt::format("{}/{}", shown(at, v6), width - bits));
    const Address rest = mask(bits);
    const Address end{at.high | rest.high, at.low | rest.low};
    if (end == last) break;
    at = end.next();
  }
  return out;
}

}  // namespace stackc::diff

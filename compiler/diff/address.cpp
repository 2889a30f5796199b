#include "compiler/diff/address.hpp"

#include "compiler/base/text.hpp"

namespace stackc::diff {

std::optional<Range> Range::of_cidr(std::string_view text) {
  const auto block = read_address_block(text);
  if (!block) return std::nullopt;
  const Address rest = lowest_bits(block->bits() - block->prefix);
  const Address first = block->address & ~rest;
  return Range{block->v6, first, first | rest};
}

std::vector<std::string> Range::blocks(std::size_t most) const {
  std::vector<std::string> out;
  const unsigned width = v6 ? 128 : 32;
  for (Address at = first; at <= last;) {
    unsigned bits = 0;  // of the largest block that begins here and ends in the run
    while (bits < width) {
      const Address rest = lowest_bits(bits + 1);
      if ((at & rest) != Address{} || (at | rest) > last) break;
      ++bits;
    }
    if (out.size() == most) return {fmt::format("{}-{}", address_text(first, v6), address_text(last, v6))};
    out.push_back(fmt::format("{}/{}", address_text(at, v6), width - bits));
    const Address end = at | lowest_bits(bits);
    if (end == last) break;
    at = end.next();
  }
  return out;
}

}  // namespace stackc::diff

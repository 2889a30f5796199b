#include "compiler/base/text.hpp"
#include "compiler/parse/builder.hpp"

namespace stackc::parsing {

namespace {

/// The length of the well-formed UTF-8 sequence at `at`, 0 when there is none.
std::size_t sequence_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) -> unsigned {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
  };
  const auto tail = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return tail(1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    const bool overlong = lead == 0xE0 && byte(1) < 0xA0;
    const bool surrogate = lead == 0xED && byte(1) > 0x9F;
    return tail(1) && tail(2) && !overlong && !surrogate ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    const bool overlong = lead == 0xF0 && byte(1) < 0x90;
    const bool too_high = lead == 0xF4 && byte(1) > 0x8F;
    return tail(1) && tail(2) && tail(3) && !overlong && !too_high ? 4 : 0;
  }
  return 0;
}

/// Whether nothing but printable ASCII and line feeds stands in a block, which is most blocks of most files.
/// Without a branch, so that the compiler looks at sixteen bytes at a time: a fourth of the instructions.
constexpr std::size_t kBlock = 32;
bool is_plain(const char* block) {
  unsigned char strange = 0;
  for (std::size_t i = 0; i < kBlock; ++i) {
    const auto byte = static_cast<unsigned char>(block[i]);
    const auto from_space = static_cast<unsigned char>(byte - 0x20);
    strange = static_cast<unsigned char>(strange | ((from_space > 0x7E - 0x20) & (byte != '\n')));
  }
  return strange == 0;
}

}  // namespace

bool Builder::check_text() {
  const std::string_view text = source();
  std::size_t next_block = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (at >= next_block && text.size() - at >= kBlock) {
      next_block = at + kBlock;
      if (is_plain(text.data() + at)) {
        at = next_block;
        continue;
      }
    }
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte >= 0x20 && byte < 0x7F) {
      ++at;
      continue;
    }
    if (byte == '\n' || byte == '\t' || (byte == '\r' && text.substr(at + 1, 1) == "\n")) {
      ++at;
      continue;
    }
    if (byte < 0x20 || byte == 0x7F) {
      report(Code::InvalidCharacter, span(at, at + 1),
             fmt::format("found the control character U+{:04X} at byte {}, expected text", byte, at));
      return false;
    }
    const std::size_t length = sequence_length(text, at);
    if (length == 0) {
      report(Code::InvalidUtf8, span(at, at + 1),
             fmt::format("found the byte 0x{:02X} at byte {}, expected UTF-8", byte, at))
          .help("save the file as UTF-8");
      return false;
    }
    at += length;
  }
  return true;
}

}  // namespace stackc::parsing

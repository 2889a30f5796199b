#include "compiler/diff/traffic.hpp"

#include <algorithm>
#include <charconv>

#include "compiler/base/text.hpp"

namespace stackc::diff {
namespace {

constexpr std::size_t kMaxPieces = 256;

constexpr std::uint16_t kIcmp = 1, kTcp = 6, kUdp = 17, kIcmp6 = 58;

bool number(std::string_view text, std::int64_t& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc{} && end == text.data() + text.size() && !text.empty();
}

std::optional<std::uint16_t> protocol_number(std::string_view name) {
  if (name == "tcp") return kTcp;
  if (name == "udp") return kUdp;
  if (name == "icmp") return kIcmp;
  if (name == "icmpv6") return kIcmp6;
  std::int64_t n = 0;
  if (!number(name, n) || n < 0 || n > 255) return std::nullopt;
  return static_cast<std::uint16_t>(n);
}

std::string protocol_name(std::uint16_t n) {
  switch (n) {
    case kTcp:
      return "tcp";
    case kUdp:
      return "udp";
    case kIcmp:
      return "icmp";
    case kIcmp6:
      return "icmpv6";
    default:
      return fmt::format("protocol {}", n);
  }
}

/// Cuts `from` at the edges of `by` in one dimension: what lies outside goes to `out`, what lies inside
/// stays.
template <class Number, class Get, class Put>
bool cut(Flow& from, Number by_first, Number by_last, Get get, Put put, std::vector<Flow>& out) {
  const auto [first, last] = get(from);
  if (last < by_first || by_last < first) return false;
  if (first < by_first) {
    Flow below = from;
    put(below, first, by_first, true);
    out.push_back(std::move(below));
  }
  if (by_last < last) {
    Flow above = from;
    put(above, by_last, last, false);
    out.push_back(std::move(above));
  }
  put(from, std::max(first, by_first), std::min(last, by_last), std::nullopt);
  return true;
}

/// What of `a` is outside of `b`.
std::vector<Flow> minus(const Flow& a, const Flow& b, bool addresses_cover_names) {
  if (!a.when.implies(b.when)) return {a};
  const bool both_ranges = a.peer.kind == Peer::Kind::Addresses && b.peer.kind == Peer::Kind::Addresses;
  const bool covers =
      b.peer.kind == Peer::Kind::Addresses && a.peer.kind != Peer::Kind::Addresses && is_internet(b.peer) &&
      (addresses_cover_names || (a.peer.kind == Peer::Kind::AddressesByName && a.peer.v6 == b.peer.v6));
  if (!both_ranges && !covers && !(a.peer == b.peer)) return {a};
  if (both_ranges && a.peer.v6 != b.peer.v6) return {a};
  if (!a.ports.named.empty() || !b.ports.named.empty()) {
    const bool all = b.ports.named.empty() && b.ports == Ports{};
    if (!all && !(a.ports == b.ports)) return {a};
    if (!both_ranges || b.peer.range.contains(a.peer.range)) return {};
  }
  std::vector<Flow> out;
  Flow rest = a;
  using Protocols = std::pair<std::uint16_t, std::uint16_t>;
  const auto protocols = [](const Flow& f) {
    return Protocols(f.ports.protocol_first, f.ports.protocol_last);
  };
  const auto put_protocols = [](Flow& f, std::uint16_t x, std::uint16_t y, std::optional<bool> below) {
    f.ports.protocol_first = below == false ? static_cast<std::uint16_t>(x + 1) : x;
    f.ports.protocol_last = below == true ? static_cast<std::uint16_t>(y - 1) : y;
    if (below) f.whole = false;
  };
  if (a.ports.named.empty()) {
    if (!cut(rest, b.ports.protocol_first, b.ports.protocol_last, protocols, put_protocols, out)) return {a};
    const auto ports = [](const Flow& f) { return std::pair(f.ports.first, f.ports.last); };
    const auto put_ports = [](Flow& f, std::uint32_t x, std::uint32_t y, std::optional<bool> below) {
      f.ports.first = below == false ? x + 1 : x;
      f.ports.last = below == true ? y - 1 : y;
      if (below) f.whole = false;
    };
    if (!cut(rest, b.ports.first, b.ports.last, ports, put_ports, out)) return {a};
  }
  if (both_ranges) {
    const auto range = [](const Flow& f) { return std::pair(f.peer.range.first, f.peer.range.last); };
    const auto put_range = [](Flow& f, Address x, Address y, std::optional<bool> below) {
      f.peer.range.first = below == false ? x.next() : x;
      f.peer.range.last = below == true ? y.previous() : y;
      if (below) f.whole = false;
    };
    if (!cut(rest, b.peer.range.first, b.peer.range.last, range, put_range, out)) return {a};
  }
  return out;
}

}  // namespace

Ports Ports::of(const Scope& scope, const Text& protocol, const Text& from, const Text& to) {
  Ports p;
  if (protocol.literal() && (protocol.str() == "-1" || protocol.str() == "all")) return p;
  const auto n = protocol.literal() ? protocol_number(protocol.str()) : std::nullopt;
  std::int64_t first = -1, last = -1;
  const auto reads = [](const Text& text, std::int64_t& out) {
    return text.pieces.empty() || (text.literal() && number(text.str(), out));
  };
  if (!n || !reads(from, first) || !reads(to, last)) {
    const bool alone = from.pieces.empty() && to.pieces.empty();
    const auto said = [&](const auto& word) {
      return alone ? word(protocol) : fmt::format("{} {}-{}", word(protocol), word(from), word(to));
    };
    p = {0, 0, 0, 0, said([&](const Text& t) { return scope.key(t); }), said([&](const Text& t) {
           return scope.shown(t);
         })};
    return p;
  }
  p.protocol_first = p.protocol_last = *n;
  if (*n == kIcmp || *n == kIcmp6) {
    if (first < 0) return p;
    p.first = static_cast<std::uint32_t>(first * 256 + (last < 0 ? 0 : last));
    p.last = static_cast<std::uint32_t>(first * 256 + (last < 0 ? 255 : last));
  } else if ((*n == kTcp || *n == kUdp) && first >= 0) {
    p.first = static_cast<std::uint32_t>(first);
    p.last = static_cast<std::uint32_t>(last < 0 ? first : last);
  }
  return p;
}

std::string shown(const Scope& scope, const Peer& peer) {
  if (peer.kind == Peer::Kind::Addresses) return fmt::format("{}", fmt::join(peer.range.blocks(), ", "));
  return scope.shown(peer.name);
}

std::string shown(const Ports& p) {
  if (!p.named.empty()) return p.named_shown;
  std::string protocol = p.protocol_first == 0 && p.protocol_last == 255 ? "all protocols"
                         : p.protocol_first == p.protocol_last
                             ? protocol_name(p.protocol_first)
                             : fmt::format("protocols {}-{}", p.protocol_first, p.protocol_last);
  if (p.first == 0 && p.last == 65535) return protocol;
  if (p.protocol_first == p.protocol_last && (p.protocol_first == kIcmp || p.protocol_first == kIcmp6)) {
    const std::uint32_t type = p.first / 256;
    if (p.first == p.last) return fmt::format("{} type {} code {}", protocol, type, p.first % 256);
    if (p.first % 256 == 0 && p.last == p.first + 255) return fmt::format("{} type {}", protocol, type);
  }
  return p.first == p.last ? fmt::format("{} {}", protocol, p.first)
                           : fmt::format("{} {}-{}", protocol, p.first, p.last);
}

std::string Flow::str(const Scope& scope) const {
  std::string out = whole ? shown : fmt::format("{} {}", diff::shown(scope, peer), diff::shown(ports));
  if (!when.facts.empty()) out += fmt::format(" [when {}]", scope.shown(when));
  return out;
}

std::vector<Flow> without(const Flow& flow, const std::vector<Flow>& others, bool addresses_cover_names) {
  std::vector<Flow> left{flow};
  for (const Flow& other : others) {
    std::vector<Flow> next;
    for (const Flow& piece : left) {
      for (Flow& rest : minus(piece, other, addresses_cover_names)) next.push_back(std::move(rest));
    }
    // Beyond, only what covers everything counts: too much may be said, never too little.
    if (next.size() <= kMaxPieces) left = std::move(next);
    if (left.empty()) break;
  }
  return left;
}

bool may_share(const Flow& a, const Flow& b) {
  if (a.peer.kind == Peer::Kind::Addresses && b.peer.kind == Peer::Kind::Addresses) {
    if (a.peer.v6 != b.peer.v6 || a.peer.range.last < b.peer.range.first ||
        b.peer.range.last < a.peer.range.first)
      return false;
  }
  if (!a.ports.named.empty() || !b.ports.named.empty()) return true;
  return a.ports.protocol_first <= b.ports.protocol_last && b.ports.protocol_first <= a.ports.protocol_last &&
         a.ports.first <= b.ports.last && b.ports.first <= a.ports.last;
}

bool is_internet(const Peer& peer) {
  return peer.kind == Peer::Kind::Addresses && peer.range == *Range::of_cidr(peer.v6 ? "::/0" : "0.0.0.0/0");
}

bool is_public(const Peer& peer) {
  if (peer.kind != Peer::Kind::Addresses) return false;
  // RFC 1918, shared, link-local and loopback addresses; RFC 4193 and link-local ones.
  for (const std::string_view block : {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10",
                                       "169.254.0.0/16", "127.0.0.0/8", "fc00::/7", "fe80::/10"}) {
    if (Range::of_cidr(block)->contains(peer.range)) return false;
  }
  return true;
}

}  // namespace stackc::diff

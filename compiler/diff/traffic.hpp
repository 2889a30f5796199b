#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/diff/address.hpp"
#include "compiler/diff/scope.hpp"

/// Sets of network traffic: who, which protocol, which ports.
namespace stackc::diff {

/// Who: addresses, or something with a name (a security group, a prefix list, a parameter's addresses).
struct Peer {
  enum class Kind : std::uint8_t { Addresses, AddressesByName, Group, PrefixList };
  Kind kind = Kind::Addresses;
  bool v6 = false;  // of addresses
  Range range;      // of Addresses
  Text name;        // of the others
  bool operator==(const Peer& other) const {
    return kind == other.kind && v6 == other.v6 &&
           (kind == Kind::Addresses ? range == other.range : name == other.name);
  }
};

/// Protocol numbers and ports, both ends in it; for ICMP a port is `type * 256 + code`.
struct Ports {
  std::uint16_t protocol_first = 0, protocol_last = 255;
  std::uint32_t first = 0, last = 65535;
  std::string named;        // not known at compile time, by its key: equal ones are equal, the rest is 0
  std::string named_shown;  // the same to be read
  bool operator==(const Ports& o) const {
    return protocol_first == o.protocol_first && protocol_last == o.protocol_last && first == o.first &&
           last == o.last && named == o.named;
  }
  /// `tcp` and its like, or a number as text; `FromPort` and `ToPort`, empty when absent.
  static Ports of(const Scope& scope, const Text& protocol, const Text& from, const Text& to);
};

/// One block of traffic, and the rule that it comes from.
struct Flow {
  Peer peer;
  Ports ports;
  Case when;
  Span origin;
  std::string shown;                                        // the whole rule: `0.0.0.0/0 tcp 22`
  bool whole = true;                                        // not cut
  [[nodiscard]] std::string str(const Scope& scope) const;  // `shown`, or what is left of it
};

std::string shown(const Scope& scope, const Peer& peer);
std::string shown(const Ports& ports);

/// What of `flow` is in none of `others`, which are there at least when `flow` is. Exact for addresses and
/// ports; a name is in its equal alone, and in all addresses when `addresses_cover_names`.
std::vector<Flow> without(const Flow& flow, const std::vector<Flow>& others, bool addresses_cover_names);

/// Might the two share traffic, whatever the names stand for? False is certain.
bool may_share(const Flow& a, const Flow& b);

bool is_public(const Peer& peer);    // addresses of which some are no private ones
bool is_internet(const Peer& peer);  // all addresses

}  // namespace stackc::diff

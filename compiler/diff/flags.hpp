#pragma once

#include <span>
#include <string_view>

namespace stackc::diff {

/// A property whose value decides how safe a resource is.
struct Flag {
  std::string_view type;
  std::string_view path;    // `*` for the entries of a list; the worst of them counts
  /// From the safest value to the least safe one, with `|` between, and `,` between those that are alike. `+`: any
  /// value that is not listed, `-`: absent.
  std::string_view values;
  std::string_view absent;  // what AWS takes when it is absent; empty: that depends
  std::string_view means;   // what the least safe value does: "it may be reached from the internet"
  bool when_new = false;    // worth saying of a new resource too
};

/// Public addresses, encryption, TLS, authentication. Values and defaults stand on the page of each type in the
/// CloudFormation template reference (`schema::ResourceType::documentation_url`), unless a row says where.
std::span<const Flag> flags();

}  // namespace stackc::diff

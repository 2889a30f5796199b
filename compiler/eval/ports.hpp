#pragma once

#include "compiler/eval/context.hpp"

namespace stackc::eval {

/// What stands behind the colon of `allow`: numbers, ranges, lists of them, `tcp()`, `udp()`, `icmp`, `all`.
/// Reports what is not a port; then the list is empty.
std::vector<PortRange> ports_of(Context& ctx, const Env& env, ast::ExprId expr);

/// As part of a logical ID: `443`, `1000To2000`, `53Udp`, `Icmp`, `All`.
std::string port_text(const PortRange& range);

}  // namespace stackc::eval

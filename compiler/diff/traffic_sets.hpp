#pragma once

#include <vector>

#include "compiler/diff/danger_search.hpp"
#include "compiler/diff/traffic.hpp"

namespace stackc::diff {

struct FlowChange {
  const std::vector<Flow>& before;
  const std::vector<Flow>& after;
  const Scope& scope_before;
  const Scope& scope_after;
};

/// The ports on which rules for all addresses let in or out what they did not: `tcp 22 and udp 53`. Empty:
/// none.
std::string newly_open(const FlowChange& change);

/// What goes through before and after, as sets of peers, protocols and ports: exact for addresses. Where a
/// name may stand for what went, more is not certain.
Verdict compare_flows(const FlowChange& change);

}  // namespace stackc::diff

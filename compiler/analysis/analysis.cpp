#include "compiler/analysis/analysis.hpp"

#include "compiler/analysis/checks.hpp"

namespace stackc::analysis {

void analyse(const ir::Template& t, Sink& sink) { analyse(t, ir::Graph(t), sink); }

void analyse(const ir::Template& t, const ir::Graph& graph, Sink& sink) {
  const std::size_t before = sink.error_count();
  check_identity(t, sink);
  check_quotas(t, sink);
  check_references(t, graph, sink);
  check_security_group_rules(t, sink);
  check_actions(t, sink);
  if (sink.error_count() == before) check_cycles(t, graph, sink);
}

}  // namespace stackc::analysis

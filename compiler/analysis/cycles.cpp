#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "compiler/analysis/checks.hpp"
#include "compiler/base/text.hpp"

namespace stackc::analysis {
namespace {

using Index = std::uint32_t;
constexpr Index kUnset = std::numeric_limits<Index>::max();

/// Tarjan's strongly connected components with a stack of its own instead of recursion.
class Components {
 public:
  explicit Components(const ir::Graph& graph)
      : graph_(graph), order_(graph.size(), kUnset), low_(graph.size(), 0), component_(graph.size(), kUnset) {
    for (Index i = 0; i < graph.size(); ++i) {
      if (order_[i] == kUnset) explore(i);
    }
  }
  [[nodiscard]] Index of(Index resource) const { return component_[resource]; }
  [[nodiscard]] Index count() const { return count_; }

 private:
  struct Frame {
    Index at;
    std::size_t next_edge;
  };

  void enter(Index i) {
    order_[i] = low_[i] = clock_++;
    open_.push_back(i);
    frames_.push_back({i, 0});
  }

  void explore(Index root) {
    enter(root);
    while (!frames_.empty()) {
      Frame& frame = frames_.back();
      const auto edges = graph_.edges_of(frame.at);
      if (frame.next_edge == edges.size()) {
        leave(frame.at);
        continue;
      }
      const Index from = frame.at;
      const Index to = edges[frame.next_edge++].to;
      if (order_[to] == kUnset) {
        enter(to);
      } else if (component_[to] == kUnset) {
        low_[from] = std::min(low_[from], order_[to]);
      }
    }
  }

  void leave(Index i) {
    frames_.pop_back();
    if (!frames_.empty()) low_[frames_.back().at] = std::min(low_[frames_.back().at], low_[i]);
    if (low_[i] != order_[i]) return;
    Index member = kUnset;
    do {
      member = open_.back();
      open_.pop_back();
      component_[member] = count_;
    } while (member != i);
    ++count_;
  }

  const ir::Graph& graph_;
  std::vector<Index> order_, low_, component_;
  std::vector<Index> open_;
  std::vector<Frame> frames_;
  Index clock_ = 0;
  Index count_ = 0;
};

/// Taking away again and again what nobody needs leaves the knots: mostly nothing, which this finds out at a fraction
/// of what it costs to tell them apart.
bool has_cycle(const ir::Graph& graph) {
  std::vector<Index> needed_by(graph.size(), 0), free;
  for (Index i = 0; i < graph.size(); ++i) {
    for (const ir::Edge& e : graph.edges_of(i)) ++needed_by[e.to];
  }
  free.reserve(graph.size());
  for (Index i = 0; i < graph.size(); ++i) {
    if (needed_by[i] == 0) free.push_back(i);
  }
  for (std::size_t taken = 0; taken < free.size(); ++taken) {
    for (const ir::Edge& e : graph.edges_of(free[taken])) {
      if (--needed_by[e.to] == 0) free.push_back(e.to);
    }
  }
  return free.size() < graph.size();
}

/// The shortest way from `start` back to itself, as edges; empty when there is none.
std::vector<const ir::Edge*> shortest_cycle(const ir::Graph& graph, Index start) {
  std::vector<const ir::Edge*> reached_by(graph.size(), nullptr);
  std::vector<Index> queue{start};
  for (std::size_t head = 0; head < queue.size(); ++head) {
    for (const ir::Edge& e : graph.edges_of(queue[head])) {
      if (reached_by[e.to] != nullptr) continue;
      reached_by[e.to] = &e;
      queue.push_back(e.to);
    }
    if (reached_by[start] != nullptr) break;
  }
  std::vector<const ir::Edge*> cycle;
  for (const ir::Edge* e = reached_by[start]; e != nullptr; e = reached_by[e->from]) {
    cycle.push_back(e);
    if (e->from == start) break;
  }
  std::reverse(cycle.begin(), cycle.end());
  return cycle;
}

/// What makes an edge: the property in which the reference stands.
std::string path_of(const ir::Template& t, const ir::Graph& graph, const ir::Edge& edge) {
  const auto at = static_cast<std::size_t>(&edge - graph.edges_of(edge.from).data());
  return graph.paths_of(t, edge.from)[at];
}

void report(const ir::Template& t, const ir::Graph& graph, const std::vector<const ir::Edge*>& cycle, Sink& sink) {
  const auto id = [&](Index i) { return t.resources[i].id; };
  std::string path = fmt::format("`{}`", id(cycle.front()->from));
  for (const ir::Edge* e : cycle) path += fmt::format(" -> `{}`", id(e->to));
  const auto remark = [&](const ir::Edge& e) {
    return fmt::format("`{}` needs `{}` in `{}`", id(e.from), id(e.to), path_of(t, graph, e));
  };
  const auto place = [&](const ir::Edge& e) { return e.origin.valid() ? e.origin : t.resources[e.from].origin; };
  const std::string message = cycle.size() == 1
                                  ? fmt::format("the resource `{}` needs itself", id(cycle.front()->from))
                                  : fmt::format("these resources need each other: {}", path);
  auto& d = sink.report(Code::ResourceCycle, place(*cycle.front()), message, remark(*cycle.front()));
  for (std::size_t i = 1; i < cycle.size(); ++i) d.label(place(*cycle[i]), remark(*cycle[i]));
  d.note("CloudFormation creates a resource after everything that it refers to");
  const bool groups = std::any_of(cycle.begin(), cycle.end(), [&](const ir::Edge* e) {
    return t.resources[e->from].type == "AWS::EC2::SecurityGroup" &&
           t.resources[e->to].type == "AWS::EC2::SecurityGroup";
  });
  d.help(groups ? "write the rules between the groups as `allow a -> b: port`: each becomes a resource of its own"
                : "break the cycle: drop one of these references, or move it to a resource of its own");
}

}  // namespace

void check_cycles(const ir::Template& t, const ir::Graph& graph, Sink& sink) {
  if (!has_cycle(graph)) return;
  const Components components(graph);
  std::vector<bool> done(components.count(), false);
  std::vector<Index> sizes(components.count(), 0);
  for (Index i = 0; i < graph.size(); ++i) {
    ++sizes[components.of(i)];
    // Its transform makes several resources of one, among which the needs are shared out.
    if (t.resources[i].type.starts_with("AWS::Serverless::")) done[components.of(i)] = true;
  }
  for (Index i = 0; i < graph.size(); ++i) {
    const Index c = components.of(i);
    if (done[c]) continue;
    done[c] = true;
    const auto edges = graph.edges_of(i);
    const bool needs_itself = std::any_of(edges.begin(), edges.end(), [&](const ir::Edge& e) { return e.to == i; });
    if (sizes[c] > 1 || needs_itself) report(t, graph, shortest_cycle(graph, i), sink);
  }
}

}  // namespace stackc::analysis

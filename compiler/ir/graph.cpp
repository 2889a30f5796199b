#include "compiler/ir/graph.hpp"

#include <limits>

namespace stackc::ir {
namespace {

constexpr std::uint32_t kNobody = std::numeric_limits<std::uint32_t>::max();

/// Walks one resource after the other and notes what it refers to, with the path on the way.
class EdgeCollector {
 public:
  EdgeCollector(const Graph& graph, std::vector<Edge>& edges, std::size_t resources)
      : graph_(graph), edges_(edges), seen_by_(resources, kNobody) {}

  void resource(std::uint32_t index, const Resource& r) {
    from_ = index;
    for (const std::string_view id : r.depends_on) {
      attribute_ = "DependsOn";
      add(id, r.origin);
    }
    attribute("CreationPolicy", r.creation_policy);
    attribute("UpdatePolicy", r.update_policy);
    attribute("Metadata", r.metadata);
    attribute("", r.properties);
  }

 private:
  /// A part of a path: a key, or an element's place.
  struct Step {
    std::string_view key;
    std::size_t index;
    bool is_key;
  };

  void attribute(std::string_view name, ValueRef value) {
    attribute_ = name;
    if (value != nullptr) walk(value);
  }

  void walk(ValueRef value) {
    if ((value->holds & kHoldsCall) == 0) return;
    if (const auto* object = value->get_if<Object>()) {
      for (const Member& m : object->members) step_into({m.key, 0, true}, m.value);
    } else if (const auto* list = value->get_if<List>()) {
      for (std::size_t i = 0; i < list->items.size(); ++i) step_into({{}, i, false}, list->items[i]);
    } else if (const auto* c = value->get_if<Call>()) {
      call(value, *c);
    }
  }

  void step_into(Step step, ValueRef value) {
    if ((value->holds & kHoldsCall) == 0) return;
    steps_.push_back(step);
    walk(value);
    steps_.pop_back();
  }

  /// The path names what people wrote: functions and the positions of their arguments are not in it.
  void call(ValueRef value, const Call& c) {
    if ((c.fn == Fn::Ref || c.fn == Fn::GetAtt) && !c.args.empty()) {
      if (const auto* id = c.args[0]->get_if<std::string_view>()) add(*id, value->origin);
    } else if (c.fn == Fn::SubText) {
      for (const std::string_view id : sub_references(c)) add(id, value->origin);
    }
    for (ValueRef arg : c.args) {
      if (const auto* list = arg->get_if<List>()) {
        for (ValueRef item : list->items) walk(item);
      } else {
        walk(arg);
      }
    }
  }

  void add(std::string_view id, Span origin) {
    const std::uint32_t* to = graph_.find(id);
    if (to == nullptr || seen_by_[*to] == from_) return;
    seen_by_[*to] = from_;
    edges_.push_back({from_, *to, path(), origin});
  }

  [[nodiscard]] std::string path() const {
    std::string out(attribute_);
    for (const Step& step : steps_) {
      if (!step.is_key) {
        out += '[';
        out += std::to_string(step.index);
        out += ']';
        continue;
      }
      if (!out.empty()) out += '.';
      out += step.key;
    }
    return out;
  }

  const Graph& graph_;
  std::vector<Edge>& edges_;
  std::vector<std::uint32_t> seen_by_;  // by resource: the last one that was found to need it
  std::uint32_t from_ = 0;
  std::string_view attribute_;
  std::vector<Step> steps_;  // from the attribute to the value at hand
};

}  // namespace

Graph::Graph(const Template& t) {
  index_.reserve(t.resources.size());
  for (std::uint32_t i = 0; i < t.resources.size(); ++i) index_.emplace(t.resources[i].id, i);
  EdgeCollector collector(*this, edges_, t.resources.size());
  edges_.reserve(2 * t.resources.size());
  first_.reserve(t.resources.size() + 1);
  first_.push_back(0);
  for (std::uint32_t i = 0; i < t.resources.size(); ++i) {
    collector.resource(i, t.resources[i]);
    first_.push_back(edges_.size());
  }
}

}  // namespace stackc::ir

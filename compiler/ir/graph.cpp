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
      path_ = "DependsOn";
      add(id, r.origin);
    }
    attribute("CreationPolicy", r.creation_policy);
    attribute("UpdatePolicy", r.update_policy);
    attribute("Metadata", r.metadata);
    attribute("", r.properties);
  }

 private:
  void attribute(std::string_view name, ValueRef value) {
    path_ = name;
    if (value != nullptr) walk(value);
  }

  void walk(ValueRef value) {
    const std::size_t length = path_.size();
    if (const auto* object = value->get_if<Object>()) {
      for (const Member& m : object->members) {
        if (length > 0) path_ += '.';
        path_ += m.key;
        walk(m.value);
        path_.resize(length);
      }
    } else if (const auto* list = value->get_if<List>()) {
      for (std::size_t i = 0; i < list->items.size(); ++i) {
        path_ += '[';
        path_ += std::to_string(i);
        path_ += ']';
        walk(list->items[i]);
        path_.resize(length);
      }
    } else if (const auto* c = value->get_if<Call>()) {
      call(value, *c);
    }
  }

  /// The path names what people wrote: functions and the positions of their arguments are not in it.
  void call(ValueRef value, const Call& c) {
    if ((c.fn == Fn::Ref || c.fn == Fn::GetAtt) && !c.args.empty()) {
      if (const auto* id = c.args[0]->get_if<std::string_view>()) add(*id, value->origin);
    } else if (c.fn == Fn::SubText) {
      for (const std::string_view id : sub_references(c)) add(id, value->origin);
    }
    const std::size_t length = path_.size();
    for (ValueRef arg : c.args) {
      if (const auto* list = arg->get_if<List>()) {
        for (ValueRef item : list->items) walk(item);
      } else {
        walk(arg);
      }
      path_.resize(length);
    }
  }

  void add(std::string_view id, Span origin) {
    const std::uint32_t* to = graph_.find(id);
    if (to == nullptr || seen_by_[*to] == from_) return;
    seen_by_[*to] = from_;
    edges_.push_back({from_, *to, path_, origin});
  }

  const Graph& graph_;
  std::vector<Edge>& edges_;
  std::vector<std::uint32_t> seen_by_;  // by resource: the last one that was found to need it
  std::uint32_t from_ = 0;
  std::string path_;
};

}  // namespace

Graph::Graph(const Template& t) {
  for (std::uint32_t i = 0; i < t.resources.size(); ++i) index_.emplace(t.resources[i].id, i);
  EdgeCollector collector(*this, edges_, t.resources.size());
  first_.push_back(0);
  for (std::uint32_t i = 0; i < t.resources.size(); ++i) {
    collector.resource(i, t.resources[i]);
    first_.push_back(edges_.size());
  }
}

}  // namespace stackc::ir

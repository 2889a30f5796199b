#include "compiler/ir/graph.hpp"

#include <limits>
#include <utility>

namespace stackc::ir {
namespace {

constexpr std::uint32_t kNobody = std::numeric_limits<std::uint32_t>::max();

/// A part of a path: a key, or an element's place.
struct Step {
  std::string_view key;
  std::size_t index;
  bool is_key;
};

/// Where a walk is. Most walks do not need to know.
class NoPath {
 public:
  void start(std::string_view) {}
  void enter(const Step&) {}
  void leave() {}
};

class Path {
 public:
  void start(std::string_view attribute) { attribute_ = attribute; }
  void enter(const Step& step) { steps_.push_back(step); }
  void leave() { steps_.pop_back(); }

  [[nodiscard]] std::string text() const {
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

 private:
  std::string_view attribute_;
  std::vector<Step> steps_;  // from the attribute to the value at hand
};

/// Walks a resource and tells what it refers to: `visit(id, origin)`, in order of appearance.
template <class Trace, class Visit>
class ReferenceWalk {
 public:
  ReferenceWalk(Trace& trace, Visit visit) : trace_(trace), visit_(std::move(visit)) {}

  void resource(const Resource& r) {
    trace_.start("DependsOn");
    for (const std::string_view id : r.depends_on) visit_(id, r.origin);
    attribute("CreationPolicy", r.creation_policy);
    attribute("UpdatePolicy", r.update_policy);
    attribute("Metadata", r.metadata);
    attribute("", r.properties);
  }

 private:
  void attribute(std::string_view name, ValueRef value) {
    if (value == nullptr) return;
    trace_.start(name);
    walk(value);
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

  void step_into(const Step& step, ValueRef value) {
    if ((value->holds & kHoldsCall) == 0) return;
    trace_.enter(step);
    walk(value);
    trace_.leave();
  }

  /// The path names what people wrote: functions and the positions of their arguments are not in it.
  void call(ValueRef value, const Call& c) {
    if ((c.fn == Fn::Ref || c.fn == Fn::GetAtt) && !c.args.empty()) {
      if (const auto* id = c.args[0]->get_if<std::string_view>()) visit_(*id, value->origin);
    } else if (c.fn == Fn::SubText) {
      for (const std::string_view id : sub_references(c)) visit_(id, value->origin);
    }
    for (ValueRef arg : c.args) {
      if (const auto* list = arg->get_if<List>()) {
        for (ValueRef item : list->items) walk(item);
      } else {
        walk(arg);
      }
    }
  }

  Trace& trace_;
  Visit visit_;
};

}  // namespace

Graph::Graph(const Template& t) {
  index_.reserve(t.resources.size());
  for (std::uint32_t i = 0; i < t.resources.size(); ++i) index_.add(t.resources[i].id, i);
  edges_.reserve(2 * t.resources.size());
  first_.reserve(t.resources.size() + 1);
  first_.push_back(0);
  std::vector<std::uint32_t> seen_by(t.resources.size(), kNobody);  // the last resource that was found to need it
  std::uint32_t from = 0;
  NoPath path;
  ReferenceWalk walk(path, [&](std::string_view id, Span origin) {
    const std::uint32_t* const to = find(id);
    if (to == nullptr || seen_by[*to] == from) return;
    seen_by[*to] = from;
    edges_.push_back({from, *to, origin});
  });
  for (; from < t.resources.size(); ++from) {
    walk.resource(t.resources[from]);
    first_.push_back(edges_.size());
  }
}

std::vector<std::string> Graph::paths_of(const Template& t, std::uint32_t resource) const {
  std::vector<std::string> paths;
  const auto edges = edges_of(resource);
  Path path;
  ReferenceWalk walk(path, [&](std::string_view id, Span) {
    // The edges stand in the order in which their targets appear first.
    const std::uint32_t* const to = find(id);
    if (to != nullptr && paths.size() < edges.size() && edges[paths.size()].to == *to) paths.push_back(path.text());
  });
  walk.resource(t.resources[resource]);
  return paths;
}

}  // namespace stackc::ir

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/name_table.hpp"
#include "compiler/ir/ir.hpp"

namespace stackc::ir {

/// One resource needs another: it is created after it and deleted before it.
struct Edge {
  std::uint32_t from = 0;  // indices into Template::resources
  std::uint32_t to = 0;
  Span origin;  // of the reference
};

/// What the resources of a template need of each other. Refers to the template's texts, holds none of
/// its values: it stays true as long as no resource is added, removed or changed.
class Graph {
 public:
  explicit Graph(const Template& t);

  [[nodiscard]] std::size_t size() const { return first_.size() - 1; }
  /// The edges of one resource in order of appearance, one for each resource it needs.
  [[nodiscard]] std::span<const Edge> edges_of(std::uint32_t resource) const {
    return std::span(edges_).subspan(first_[resource], first_[resource + 1] - first_[resource]);
  }
  /// The resource called `id`, or null.
  [[nodiscard]] const std::uint32_t* find(std::string_view id) const { return index_.find(id); }
  /// What makes the edges of one resource, in their order: `SecurityGroupIngress[0].GroupId`, `Metadata.…`,
  /// `DependsOn`. Looks at the resource again: most graphs are never asked.
  [[nodiscard]] std::vector<std::string> paths_of(const Template& t, std::uint32_t resource) const;

 private:
  std::vector<Edge> edges_;
  std::vector<std::size_t> first_;  // of each resource's edges, and one past the last
  NameTable<std::uint32_t> index_;
};

/// The logical IDs, parameters and pseudo parameters that a `SubText` names in its text: not its variables,
/// of `${Net.Arn}` only `Net`.
std::vector<std::string_view> sub_references(const Call& sub_text);

/// Calls `visit(id, value)` for every `Ref`, `Fn::GetAtt` and `${…}` in `value`, in order of appearance.
template <class Visit>
void for_each_reference(ValueRef value, const Visit& visit) {
  if (value == nullptr || (value->holds & kHoldsCall) == 0) return;
  if (const auto* list = value->get_if<List>()) {
    for (ValueRef item : list->items) for_each_reference(item, visit);
  } else if (const auto* object = value->get_if<Object>()) {
    for (const Member& m : object->members) for_each_reference(m.value, visit);
  } else if (const auto* c = value->get_if<Call>()) {
    if ((c->fn == Fn::Ref || c->fn == Fn::GetAtt) && !c->args.empty()) {
      if (const auto* id = c->args[0]->get_if<std::string_view>()) visit(*id, value);
    } else if (c->fn == Fn::SubText) {
      for (const std::string_view id : sub_references(*c)) visit(id, value);
    }
    for (ValueRef arg : c->args) for_each_reference(arg, visit);
  }
}

}  // namespace stackc::ir

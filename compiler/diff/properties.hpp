#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diff/causes.hpp"
#include "compiler/diff/changes.hpp"
#include "compiler/diff/meaning.hpp"
#include "compiler/schema/schema.hpp"

namespace stackc::diff {

/// The stronger of two demands.
schema::Replacement stronger(schema::Replacement a, schema::Replacement b);

/// Whether a change at `path`, from the resource down (items of lists are `*`), is one of those that replace
/// the resource though no property says so.
bool also_replaces(schema::ResourceType type, std::span<const std::string_view> path);

/// Finds what differs in the properties and attributes of a resource that is on both sides.
class PropertyDiffer {
 public:
  PropertyDiffer(Meanings& before, Meanings& after, schema::Schema schema)
      : before_(before), after_(after), schema_(schema), causes_(before, after) {}

  /// In the order of the new template; what is only in the old one last. Without conditions and `DependsOn`.
  std::vector<PropertyChange> compare(const ir::Resource& before, const ir::Resource& after);
  /// What differs between two values that no type describes.
  std::vector<PropertyChange> compare(std::string_view path, ir::ValueRef before, ir::ValueRef after);

  [[nodiscard]] Causes& causes() { return causes_; }

 private:
  /// Where the walk is.
  struct Place {
    std::string path;
    std::vector<std::string_view> keys;                    // the same, items as `*`
    schema::Replacement demand = schema::Replacement::No;  // what a change here asks of the resource
    bool conditional = false;                              // inside an `If` whose condition is not known
    std::vector<Step> cause;  // of what is around, where that is only computed otherwise
  };

  void properties(const ir::Resource& before, const ir::Resource& after);
  void attribute(std::string_view name, ir::ValueRef before, ir::ValueRef after);
  void member(const Place& around, std::string_view key, ir::ValueRef before, ir::ValueRef after,
              const Slot& slot);
  void walk(Place at, ir::ValueRef before, ir::ValueRef after, const Slot& slot);
  void objects(const Place& at, const ir::Object& before, const ir::Object& after, const Slot& slot);
  bool choices(const Place& at, ir::ValueRef before, ir::ValueRef after, const Slot& slot);
  void lists(const Place& at, ir::ValueRef before, ir::ValueRef after, const Slot& slot);
  bool keyed_lists(const Place& at, std::span<const ir::ValueRef> before, std::span<const ir::ValueRef> after,
                   const Slot& slot);
  void sets(const Place& at, std::span<const ir::ValueRef> before, std::span<const ir::ValueRef> after,
            const Slot& slot);
  void leaf(const Place& at, ir::ValueRef before, ir::ValueRef after, const Slot& slot);
  Place into(const Place& around, std::string_view key) const;
  Place item(const Place& around, std::string_view key) const;
  schema::Replacement demand_inside(ir::ValueRef value, const Slot& slot) const;
  bool is_secret(ir::ValueRef before, ir::ValueRef after, const Slot& slot) const;

  Meanings& before_;
  Meanings& after_;
  schema::Schema schema_;
  Causes causes_;
  schema::ResourceType type_;
  const ir::Resource* was_ = nullptr;  // the resource that is compared; null: none
  const ir::Resource* is_ = nullptr;
  std::vector<PropertyChange> out_;
};

}  // namespace stackc::diff

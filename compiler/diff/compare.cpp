#include "compiler/diff/compare.hpp"

#include <algorithm>

#include "compiler/diff/dangers.hpp"
#include "compiler/diff/diff.hpp"
#include "compiler/diff/entries.hpp"
#include "compiler/diff/fate.hpp"
#include "compiler/diff/match.hpp"
#include "compiler/diff/propagate.hpp"
#include "compiler/diff/properties.hpp"

namespace stackc::diff {
namespace {

using ir::ValueRef;
using schema::Replacement;

class Comparison {
 public:
  Comparison(const Side& before, const Side& after, const schema::Schema& schema)
      : before_(before),
        after_(after),
        schema_(schema),
        values_(std::make_shared<Arena>(1 << 14)),
        old_known_(before, *values_),
        known_(after, *values_),
        old_defaults_(before, *values_, Unknown::Default),
        defaults_(after, *values_, Unknown::Default),
        pairs_(match(before, after, old_known_, known_, pool_, schema, *values_)),
        old_symbols_(symbols_of(pairs_, true, pool_)),
        symbols_(symbols_of(pairs_, false, pool_)),
        old_meanings_(pool_, old_known_, old_defaults_, schema, old_symbols_, *values_),
        meanings_(pool_, known_, defaults_, schema, symbols_, *values_),
        differ_(old_meanings_, meanings_, schema),
        propagation_(after, old_meanings_, meanings_, schema, changes_) {}

  StackDiff run() {
    StackDiff diff;
    diff.values = values_;
    diff.name = after_.tmpl != nullptr    ? after_.tmpl->stack_name
                : before_.tmpl != nullptr ? before_.tmpl->stack_name
                                          : "";
    diff.added = before_.tmpl == nullptr;
    diff.removed = after_.tmpl == nullptr;
    for (const Pair& p : pairs_) {
      if (p.after != nullptr) changes_.emplace(p.after->id, change_of(p));
    }
    propagation_.run();
    diff.entries = compare_entries(before_, after_, old_meanings_, meanings_, differ_, propagation_);
    for (const Pair& p : pairs_) {
      ResourceChange change = p.after != nullptr ? std::move(changes_.at(p.after->id)) : change_of(p);
      if (change.action != Action::None || !change.properties.empty()) finish(diff, std::move(change));
    }
    // What is deleted comes last: also what is in the new template under a condition that is false now.
    std::stable_partition(diff.resources.begin(), diff.resources.end(),
                          [](const ResourceChange& c) { return c.action != Action::Delete; });
    diff.totals = totals_of(diff.resources);
    return diff;
  }

 private:
  ResourceChange change_of(const Pair& pair) {
    ResourceChange change;
    const ir::Resource& r = pair.after != nullptr ? *pair.after : *pair.before;
    change.id = r.id;
    change.type = r.type;
    change.before = pair.before;
    change.after = pair.after;
    if (pair.before == nullptr) {
      change.action = Action::Create;
    } else if (pair.after == nullptr) {
      change.action = Action::Delete;
    } else {
      if (pair.before->id != pair.after->id) change.old_id = pair.before->id;
      compare(change);
    }
    return change;
  }

  void compare(ResourceChange& change) {
    if (change.before->type != change.after->type) {
      const ir::Builder b(*values_);
      PropertyChange type;
      type.path = "Type";
      type.before = b.at(change.before->origin).string(change.before->type);
      type.after = b.at(change.after->origin).string(change.after->type);
      type.replacement = Replacement::Yes;
      change.properties.push_back(std::move(type));
      change.action = Action::Replace;
      return;
    }
    change.properties = differ_.compare(*change.before, *change.after);
    depends_on(change);
    const bool exists = condition(change);
    for (PropertyChange& p : change.properties) {
      for (Step& step : p.chain.steps) {
        if (step.resource.empty()) step.resource = change.id;
      }
    }
    if (exists) change.action = action_of(change);
  }

  void depends_on(ResourceChange& change) {
    const auto meaning = [&](const ir::Resource& r,
                             const std::unordered_map<std::string_view, Meaning>& symbols) {
      std::vector<Meaning> parts;
      for (const std::string_view id : r.depends_on) {
        const auto at = symbols.find(id);
        parts.push_back(at != symbols.end() ? at->second : pool_.text(id));
      }
      std::ranges::sort(parts);
      parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
      return pool_.make(Form::Set, {}, parts);
    };
    if (meaning(*change.before, old_symbols_) == meaning(*change.after, symbols_)) return;
    const auto list = [&](const ir::Resource& r) -> ValueRef {
      const ir::Builder b = ir::Builder(*values_).at(r.origin);
      std::vector<ValueRef> items;
      for (const std::string_view id : r.depends_on) items.push_back(b.string(id));
      return items.empty() ? nullptr : b.list(items);
    };
    PropertyChange p;
    p.path = "DependsOn";
    p.before = list(*change.before);
    p.after = list(*change.after);
    change.properties.push_back(std::move(p));
  }

  /// A condition that differs: the resource may begin or cease to exist. Whether it stays on both sides.
  bool condition(ResourceChange& change) {
    const ValueRef b = change.before->condition, a = change.after->condition;
    const Meaning old_meaning = b != nullptr ? old_meanings_.of_condition(b) : kAbsent;
    const Meaning meaning = a != nullptr ? meanings_.of_condition(a) : kAbsent;
    if (old_meaning == meaning) return true;
    PropertyChange p;
    p.path = "Condition";
    p.before = b;
    p.after = a;
    p.chain.steps = differ_.causes().of(b, a);
    if (!p.chain.empty()) p.chain.steps.push_back({{}, change.id, "Condition"});
    const auto existed = b != nullptr ? old_meanings_.holds_by_default(b) : std::optional(true);
    const auto exists = a != nullptr ? meanings_.holds_by_default(a) : std::optional(true);
    if (existed == false && exists == true) {
      change.action = Action::Create;
      change.before = nullptr;
      change.old_id = {};
      change.properties = {std::move(p)};
      return false;
    }
    if (existed == true && exists == false) {
      change.action = Action::Delete;
      change.properties = {std::move(p)};
      return false;
    }
    change.properties.push_back(std::move(p));
    return true;
  }

  void finish(StackDiff& diff, ResourceChange change) {
    const schema::ResourceType type = schema_.find(change.type);
    change.stateful = type && type.stateful();
    change.fate = fate_of(change, schema_, old_known_, known_);
    const ir::Resource* said = change.after != nullptr ? change.after : change.before;
    change.acknowledged = said->replace_ok;
    std::ranges::stable_sort(change.properties, [](const PropertyChange& a, const PropertyChange& b) {
      const auto weight = [](const PropertyChange& p) {
        return p.replacement == Replacement::Yes ? 0 : p.replacement == Replacement::Maybe ? 1 : 2;
      };
      return weight(a) < weight(b);
    });
    diff.resources.push_back(std::move(change));
  }

  const Side& before_;
  const Side& after_;
  schema::Schema schema_;
  std::shared_ptr<Arena> values_;
  Pool pool_;
  Resolver old_known_, known_, old_defaults_, defaults_;
  std::vector<Pair> pairs_;
  std::unordered_map<std::string_view, Meaning> old_symbols_, symbols_;
  Meanings old_meanings_, meanings_;
  PropertyDiffer differ_;
  std::unordered_map<std::string_view, ResourceChange> changes_;
  Propagation propagation_;
};

}  // namespace

StackDiff differences(const Side& before, const Side& after, const schema::Schema& schema) {
  return Comparison(before, after, schema).run();
}

StackDiff compare(const Side& before, const Side& after, const schema::Schema& schema) {
  StackDiff diff = differences(before, after, schema);
  diff.dangers = find_dangers(diff, before, after, schema);
  return diff;
}

}  // namespace stackc::diff

#include <algorithm>
#include <unordered_set>

#include "compiler/base/text.hpp"
#include "compiler/ir/condition_names.hpp"
#include "compiler/ir/facts.hpp"
#include "compiler/ir/passes.hpp"
#include "compiler/ir/rebuild.hpp"

namespace stackc::ir {
namespace {

/// CloudFormation takes two to ten operands of And and Or.
constexpr std::size_t kMaxOperands = 10;

struct ByValueHash {
  std::size_t operator()(ValueRef v) const { return hash(v); }
};
struct ByValueEqual {
  bool operator()(ValueRef a, ValueRef b) const { return equal(a, b); }
};
template <class T>
using ByValue = std::unordered_map<ValueRef, T, ByValueHash, ByValueEqual>;

/// Names conditions in one walk over the template: first the declared ones are reduced, then every
/// place that uses a condition is visited with the facts that hold there.
class ConditionNamer {
 public:
  ConditionNamer(Template& t, Sink& sink) : t_(t), sink_(sink), build_(t.arena), facts_(named_) {}

  void run() {
    declare();
    visit(t_.metadata);
    for (Resource& r : t_.resources) resource(r);
    for (Output& o : t_.outputs) output(o);
    drop_what_never_exists();
    for (Condition& c : t_.conditions) c.value = grouped(c.value);
  }

 private:
  // ------------------------------------------------------------ declared conditions

  void declare() {
    for (const Condition& c : t_.conditions) declared_.emplace(c.id, &c);
    for (Condition& c : t_.conditions) define(c.id, c.value);
    for (Condition& c : t_.conditions) {
      c.value = named_.at(c.id);
      formulas_.emplace(c.value, c.id);
    }
    std::erase_if(t_.conditions, [](const Condition& c) { return c.value->get_if<bool>() != nullptr; });
    for (Condition& c : t_.conditions) origins_.emplace(c.id, c.origin);
  }

  /// Reduces a declared condition, after those that it refers to.
  ValueRef define(std::string_view id, ValueRef value) {
    if (const auto at = named_.find(id); at != named_.end()) return at->second;
    if (!in_progress_.insert(id).second) return broken_cycle(id);
    const ValueRef reduced = reduce(value);
    in_progress_.erase(id);
    return named_.emplace(id, reduced).first->second;
  }

  /// A condition that needs itself, in an imported template: names of a source are checked before.
  ValueRef broken_cycle(std::string_view id) {
    const Condition& c = *declared_.at(id);
    sink_.report(Code::ResourceCycle, c.origin, fmt::format("the condition `{}` needs itself", id));
    return build_.at(c.origin).boolean(false);
  }

  /// Replaces references to constant conditions and folds.
  ValueRef reduce(ValueRef v) {
    const auto* c = v->get_if<Call>();
    if (c == nullptr || (v->exact && c->fn != Fn::Condition)) return v;
    const Builder b = build_.at(v->origin);
    if (c->fn == Fn::Condition) {
      const auto* id = c->args[0]->get_if<std::string_view>();
      if (id == nullptr) return v;
      ValueRef meaning = nullptr;
      if (const auto at = named_.find(*id); at != named_.end()) {
        meaning = at->second;
      } else if (const auto found = declared_.find(*id); found != declared_.end()) {
        meaning = define(*id, found->second->value);
      }
      return meaning != nullptr && meaning->get_if<bool>() != nullptr ? meaning : v;
    }
    if (c->fn == Fn::Not) return b.negate(reduce(c->args[0]));
    if (c->fn != Fn::And && c->fn != Fn::Or) return v;
    ValueRef all = b.boolean(c->fn == Fn::And);
    for (ValueRef arg : c->args) all = c->fn == Fn::And ? b.both(all, reduce(arg)) : b.either(all, reduce(arg));
    return all;
  }

  // ------------------------------------------------------------ places that use conditions

  void resource(Resource& r) {
    const bool exists = attribute(r.condition);
    if (exists) {
      const std::size_t mark = facts_.mark();
      if (r.condition != nullptr) facts_.assume(r.condition, true);
      visit(r.metadata);
      visit(r.creation_policy);
      visit(r.update_policy);
      visit(r.properties);
      for (Member& m : r.raw) visit(m.value);
      facts_.forget(mark);
    } else {
      gone_resources_.insert(r.id);
    }
  }

  void output(Output& o) {
    if (!attribute(o.condition)) {
      gone_outputs_.insert(&o);
      return;
    }
    const std::size_t mark = facts_.mark();
    if (o.condition != nullptr) facts_.assume(o.condition, true);
    visit(o.value);
    visit(o.export_name);
    for (Member& m : o.raw) visit(m.value);
    facts_.forget(mark);
  }

  /// Names the condition of a resource or output. False when it never holds; when it always does, it
  /// becomes null.
  bool attribute(ValueRef& condition) {
    if (condition == nullptr) return true;
    condition = reduce(condition);
    if (const auto* known = condition->get_if<bool>()) {
      const bool exists = *known;
      condition = nullptr;
      return exists;
    }
    condition = reference(condition);
    return true;
  }

  void visit(ValueRef& v) {
    if (v != nullptr) v = rewrite(v);
  }

  ValueRef rewrite(ValueRef v) {
    if ((v->holds & kHoldsChoice) == 0) return v;
    if (const auto* list = v->get_if<List>()) return with_items(build_, v, rewrite_all(list->items));
    if (const auto* object = v->get_if<Object>()) {
      std::vector<ValueRef> values;
      for (const Member& m : object->members) values.push_back(rewrite(m.value));
      return with_values(build_, v, values);
    }
    const auto* c = v->get_if<Call>();
    if (c == nullptr || c->fn == Fn::Ref) return v;
    if (c->fn == Fn::If && c->args.size() == 3) return choice(v, *c);
    return with_arguments(build_, v, rewrite_all(c->args));
  }

  std::vector<ValueRef> rewrite_all(std::span<const ValueRef> values) {
    std::vector<ValueRef> out;
    out.reserve(values.size());
    for (ValueRef each : values) out.push_back(rewrite(each));
    return out;
  }

  ValueRef choice(ValueRef v, const Call& c) {
    ValueRef condition = v->exact ? c.args[0] : reduce(c.args[0]);
    if (v->exact) return with_arguments(build_, v, {reference(condition), rewrite(c.args[1]), rewrite(c.args[2])});
    ValueRef yes = c.args[1];
    ValueRef no = c.args[2];
    if (const auto known = facts_.decide(condition)) return rewrite(*known ? yes : no);
    // `!x ? a : b` is `x ? b : a`: it needs no condition of its own.
    if (prefers_opposite(condition)) {
      condition = build_.at(condition->origin).negate(condition);
      std::swap(yes, no);
    }
    const std::size_t mark = facts_.mark();
    facts_.assume(condition, true);
    yes = rewrite(yes);
    facts_.forget(mark);
    facts_.assume(condition, false);
    no = rewrite(no);
    facts_.forget(mark);
    if (equal(yes, no)) return yes;
    return build_.at(v->origin).choice(reference(condition), yes, no);
  }

  bool prefers_opposite(ValueRef condition) const {
    if (formulas_.contains(condition)) return false;
    if (is_absence(condition)) return true;
    const Call* inverted = condition->call(Fn::Not);
    return inverted != nullptr && !is_absence(inverted->args[0]);
  }

  void drop_what_never_exists() {
    if (!gone_resources_.empty()) {
      std::erase_if(t_.resources, [&](const Resource& r) { return gone_resources_.contains(r.id); });
      for (Resource& r : t_.resources) {
        std::erase_if(r.depends_on, [&](std::string_view id) { return gone_resources_.contains(id); });
      }
    }
    if (gone_outputs_.empty()) return;
    std::vector<Output> kept;
    for (const Output& o : t_.outputs) {
      if (!gone_outputs_.contains(&o)) kept.push_back(o);
    }
    t_.outputs = std::move(kept);
  }

  // ------------------------------------------------------------ names

  /// A reference to `condition`, which gets a name and an entry when it has none.
  ValueRef reference(ValueRef condition) {
    if (condition->call(Fn::Condition) != nullptr) return condition;
    const ValueRef formula = with_declared_names(condition);
    if (formula->call(Fn::Condition) != nullptr) return formula;
    const Builder b = build_.at(condition->origin);
    if (const auto at = formulas_.find(formula); at != formulas_.end()) return b.condition(at->second);
    const std::string_view name = t_.arena.copy(derived_name(formula));
    formulas_.emplace(formula, name);
    if (check_name(name, formula)) {
      named_.emplace(name, formula);
      origins_.emplace(name, condition->origin);
      t_.conditions.push_back({name, formula, condition->origin});
    }
    return b.condition(name);
  }

  /// Parts of `condition` that have been given a name in the source, by that name.
  ValueRef with_declared_names(ValueRef v) {
    const Builder b = build_.at(v->origin);
    const auto* c = v->get_if<Call>();
    if (c == nullptr || c->fn == Fn::Condition) return v;
    if (v->exact && !formulas_.contains(v)) return v;
    if (const auto at = formulas_.find(v); at != formulas_.end() && declared_.contains(at->second)) {
      return b.condition(at->second);
    }
    if (c->fn != Fn::And && c->fn != Fn::Or && c->fn != Fn::Not) return v;
    std::vector<ValueRef> args;
    for (ValueRef arg : c->args) args.push_back(with_declared_names(arg));
    return with_arguments(build_, v, args);
  }

  bool check_name(std::string_view name, ValueRef formula) {
    const auto ask = [](Diagnostic& d) {
      d.help("declare it with a name of your choice: `condition IsSo = …`");
    };
    if (name.empty() || name.size() > kMaxDerivedName) {
      auto& d = sink_.report(Code::ConditionNeedsName, formula->origin,
                             name.empty() ? std::string("no name can be derived for this condition")
                                          : fmt::format("the derived name of this condition, `{}`…, is longer than "
                                                        "{} characters", name.substr(0, 32), kMaxDerivedName));
      ask(d);
      return false;
    }
    const auto other = origins_.find(name);
    if (other == origins_.end()) return true;
    auto& d = sink_.report(Code::ConditionNeedsName, formula->origin,
                           fmt::format("the derived name of this condition, `{}`, belongs to another one", name));
    d.label(other->second, "this condition has the name");
    ask(d);
    return false;
  }

  // ------------------------------------------------------------ operand groups

  /// `v` with nested Ands and Ors where there are more operands than CloudFormation takes.
  ValueRef grouped(ValueRef v) {
    const auto* c = v->get_if<Call>();
    if (c == nullptr || v->exact || (c->fn != Fn::And && c->fn != Fn::Or && c->fn != Fn::Not)) return v;
    std::vector<ValueRef> args;
    for (ValueRef arg : c->args) args.push_back(grouped(arg));
    const Builder b = build_.at(v->origin);
    while (args.size() > kMaxOperands) {
      std::vector<ValueRef> groups;
      for (std::size_t i = 0; i < args.size(); i += kMaxOperands) {
        const std::size_t end = std::min(args.size(), i + kMaxOperands);
        const std::vector<ValueRef> part(args.begin() + static_cast<std::ptrdiff_t>(i),
                                         args.begin() + static_cast<std::ptrdiff_t>(end));
        groups.push_back(part.size() == 1 ? part.front() : b.call(c->fn, part));
      }
      args = std::move(groups);
    }
    return with_arguments(build_, v, args);
  }

  Template& t_;
  Sink& sink_;
  Builder build_;
  Definitions named_;
  Facts facts_;
  std::unordered_map<std::string_view, const Condition*> declared_;  // dead after `declare`: only the keys count
  std::unordered_map<std::string_view, Span> origins_;
  std::unordered_set<std::string_view> in_progress_;
  ByValue<std::string_view> formulas_;
  std::unordered_set<std::string_view> gone_resources_;
  std::unordered_set<const Output*> gone_outputs_;
};

}  // namespace

void name_conditions(Template& t, Sink& sink) { ConditionNamer(t, sink).run(); }

}  // namespace stackc::ir

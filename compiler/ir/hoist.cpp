#include <algorithm>
#include <string>

#include "compiler/base/name_table.hpp"
#include "compiler/ir/passes.hpp"
#include "compiler/ir/position_reports.hpp"
#include "compiler/ir/positions.hpp"
#include "compiler/ir/rebuild.hpp"

namespace stackc::ir {
namespace {

/// How many copies of operations one template may need to bring its `If`s to legal places: far more
/// than people write, far less than would hurt.
constexpr int kMaxCopies = 4'000;

constexpr FnSet kConditionFunctions = fn_set(Fn::And, Fn::Or, Fn::Not, Fn::Equals, Fn::Condition);
constexpr FnSet kRuleFunctions = fn_set(Fn::Contains, Fn::EachMemberEquals, Fn::EachMemberIn);

class Hoister {
 public:
  Hoister(Template& t, Sink& sink) : t_(t), sink_(sink), build_(t.arena) {
    for (const ValueRef transform : t.transforms) {
      const auto* name = transform->get_if<std::string_view>();
      extensions_ = extensions_ || (name != nullptr && *name == "AWS::LanguageExtensions");
    }
  }

  void run() {
    root(t_.metadata, Position::PolicyAttribute);
    for (Mapping& m : t_.mappings) root(m.value, Position::MappingValue);
    for (Condition& c : t_.conditions) c.value = condition(c.value);
    for (Rule& r : t_.rules) rule(r);
    for (Resource& r : t_.resources) resource(r);
    for (Output& o : t_.outputs) output(o);
  }

 private:
  // ------------------------------------------------------------ sections

  void root(ValueRef& v, Position position) {
    if (v != nullptr) v = value(v, place_at(position));
  }

  void resource(Resource& r) {
    if (r.condition != nullptr) r.condition = condition(r.condition);
    root(r.metadata, Position::PolicyAttribute);
    root(r.creation_policy, Position::PolicyAttribute);
    root(r.update_policy, Position::PolicyAttribute);
    root(r.properties, Position::Property);
    for (Member& m : r.raw) root(m.value, Position::Property);
  }

  void output(Output& o) {
    if (o.condition != nullptr) o.condition = condition(o.condition);
    Place place = place_at(Position::OutputValue);
    place.none = true;
    o.value = value(o.value, place);
    while (drop_absent_arm(o)) {
    }
    check_present(o.value, Position::OutputValue);
    root(o.export_name, Position::ExportName);
    for (Member& m : o.raw) root(m.value, Position::Property);
  }

  /// An output that may be `none` exists only while it is not.
  bool drop_absent_arm(Output& o) {
    const Call* choice = native_choice(o.value);
    if (choice == nullptr) return false;
    const bool then_absent = choice->args[1]->is_no_value();
    if (then_absent == choice->args[2]->is_no_value()) return false;
    const Builder b = build_.at(o.value->origin);
    const ValueRef present = then_absent ? b.negate(choice->args[0]) : choice->args[0];
    o.condition = o.condition == nullptr ? present : b.both(o.condition, present);
    o.value = then_absent ? choice->args[2] : choice->args[1];
    return true;
  }

  /// {RuleCondition, Assertions: [{Assert, AssertDescription}]}
  void rule(Rule& r) {
    in_rule_ = true;
    r.value = map_members(r.value, [&](std::string_view key, ValueRef v) {
      if (key == "RuleCondition") return condition(v);
      if (key != "Assertions" || v->get_if<List>() == nullptr) return v;
      std::vector<ValueRef> assertions;
      for (ValueRef each : v->get_if<List>()->items) {
        assertions.push_back(map_members(
            each, [&](std::string_view k, ValueRef a) { return k == "Assert" ? condition(a) : a; }));
      }
      return build_.at(v->origin).list(assertions);
    });
    in_rule_ = false;
  }

  template <class Change>
  ValueRef map_members(ValueRef v, Change change) {
    const auto* object = v->get_if<Object>();
    if (object == nullptr) return v;
    std::vector<Member> members;
    for (const Member& m : object->members) members.push_back({m.key, change(m.key, m.value)});
    return build_.at(v->origin).object(members);
  }

  // ------------------------------------------------------------ conditions

  /// `v` as a condition expression without `If`s.
  ValueRef condition(ValueRef v) {
    const Builder b = build_.at(v->origin);
    if (v->exact) return exact_condition(v);
    if (v->get_if<bool>() != nullptr) return v;
    if (const auto* text = v->get_if<std::string_view>()) {
      if (*text == "true" || *text == "false") return b.boolean(*text == "true");
      return v;
    }
    const auto* c = v->get_if<Call>();
    if (c == nullptr || c->fn == Fn::Condition) return v;
    switch (c->fn) {
      case Fn::And:
      case Fn::Or: return connected(*c, b);
      case Fn::Not: {
        const ValueRef inner = condition(c->args[0]);
        return inner == c->args[0] ? v : b.negate(inner);
      }
      case Fn::If:
        return choose(condition(c->args[0]), condition(c->args[1]), condition(c->args[2]), b);
      case Fn::Equals: return equality(v, *c, b);
      default: break;
    }
    if (has(kRuleFunctions, c->fn)) return with_arguments(build_, v, operands(*c));
    return equality(v, Call{Fn::Equals, t_.arena.copy(std::vector<ValueRef>{v, b.string("true")})}, b);
  }

  /// One that is written by hand keeps its form; only a choice among its operands has to move.
  ValueRef exact_condition(ValueRef v) {
    const auto* c = v->get_if<Call>();
    if (c == nullptr || c->fn == Fn::Condition) return v;
    if (c->fn == Fn::Equals) return equality(v, *c, build_.at(v->origin));
    if (c->fn != Fn::And && c->fn != Fn::Or && c->fn != Fn::Not) return v;
    std::vector<ValueRef> args;
    for (ValueRef arg : c->args) args.push_back(condition(arg));
    return with_arguments(build_, v, args);
  }

  ValueRef connected(const Call& c, const Builder& b) {
    ValueRef all = b.boolean(c.fn == Fn::And);
    for (ValueRef arg : c.args) {
      all = c.fn == Fn::And ? b.both(all, condition(arg)) : b.either(all, condition(arg));
    }
    return all;
  }

  std::vector<ValueRef> operands(const Call& c) {
    const Position position = in_rule_ ? Position::RuleOperand : Position::ConditionOperand;
    std::vector<ValueRef> args;
    for (ValueRef arg : c.args) args.push_back(value(arg, place_at(position)));
    return args;
  }

  ValueRef equality(ValueRef v, const Call& c, const Builder& b) {
    const std::vector<ValueRef> args = operands(c);
    const bool same = std::equal(args.begin(), args.end(), c.args.begin());
    if (same && v->call(Fn::Equals) != nullptr && free_of_choice(args)) return v;
    return args.size() == 2 ? compare(args[0], args[1], b) : v;
  }

  static bool free_of_choice(const std::vector<ValueRef>& args) {
    return std::none_of(args.begin(), args.end(), [](ValueRef a) { return native_choice(a) != nullptr; });
  }

  /// The choice if `v` is one that may move.
  static const Call* native_choice(ValueRef v) { return v->exact ? nullptr : v->call(Fn::If); }

  ValueRef compare(ValueRef left, ValueRef right, const Builder& b) {
    for (const bool swap : {false, true}) {
      const ValueRef chosen = swap ? right : left;
      const ValueRef other = swap ? left : right;
      const Call* choice = native_choice(chosen);
      if (choice == nullptr || spent()) continue;
      return choose(choice->args[0], compare(choice->args[1], other, b), compare(choice->args[2], other, b), b);
    }
    return b.equals(left, right);
  }

  /// The condition that is `then` where `c` holds and `otherwise` where it does not.
  static ValueRef choose(ValueRef c, ValueRef then, ValueRef otherwise, const Builder& b) {
    if (const auto* known = c->get_if<bool>()) return *known ? then : otherwise;
    if (const auto* known = then->get_if<bool>()) {
      return *known ? b.either(c, otherwise) : b.both(b.negate(c), otherwise);
    }
    if (const auto* known = otherwise->get_if<bool>()) {
      return *known ? b.either(b.negate(c), then) : b.both(c, then);
    }
    if (equal(then, otherwise)) return then;
    return b.either(b.both(c, then), b.both(b.negate(c), otherwise));
  }

  // ------------------------------------------------------------ values

  ValueRef value(ValueRef v, const Place& place) {
    if ((v->holds & kHoldsCall) == 0) return v;  // a constant may stand anywhere
    if (const auto* list = v->get_if<List>()) return list_value(v, *list, entry_of(place));
    if (const auto* object = v->get_if<Object>()) return object_value(v, *object, entry_of(place));
    const auto* c = v->get_if<Call>();
    if (c == nullptr) return v;
    if (c->fn == Fn::Ref && v->is_no_value()) {
      if (!place.none && !v->exact) report_none(v, rule_of(place.here), sink_);
      return v;
    }
    if (has(kConditionFunctions | kRuleFunctions, c->fn)) return v->exact ? v : value(as_value(v, place), place);
    if (c->fn == Fn::If) return c->args.size() == 3 ? choice_value(v, *c, place) : v;
    if (!v->exact && !check_allowed(v, *c, place)) return v;
    return call_value(v, *c, place);
  }

  /// A condition where a value belongs (decision 11).
  ValueRef as_value(ValueRef v, const Place& place) {
    const Builder b = build_.at(v->origin);
    const bool text = place.here != Position::Property && place.here != Position::PolicyAttribute;
    const ValueRef yes = text ? b.string("true") : b.boolean(true);
    const ValueRef no = text ? b.string("false") : b.boolean(false);
    return b.choice(condition(v), yes, no);
  }

  ValueRef choice_value(ValueRef v, const Call& c, const Place& place) {
    const ValueRef decided = condition(c.args[0]);
    if (v->exact) return with_arguments(build_, v, {decided, value(c.args[1], place), value(c.args[2], place)});
    if (const auto* known = decided->get_if<bool>()) return value(c.args[*known ? 1 : 2], place);
    const ValueRef then = value(c.args[1], place);
    const ValueRef otherwise = value(c.args[2], place);
    if (decided == c.args[0] && then == c.args[1] && otherwise == c.args[2]) return v;
    return build_.at(v->origin).choice(decided, then, otherwise);
  }

  ValueRef call_value(ValueRef v, const Call& c, const Place& place) {
    if (c.fn == Fn::Ref || c.fn == Fn::ForEach || c.fn == Fn::GetStackOutput) return v;
    const std::size_t first = c.fn == Fn::GetAtt ? 1 : 0;
    const auto place_of = [&](std::size_t i) { return place_at(argument_position(c.fn, i), place.around); };
    std::vector<ValueRef> args;  // once one of them does not stay as it is
    for (std::size_t i = first; i < c.args.size(); ++i) {
      const ValueRef before = c.args[i];
      if ((before->holds & kHoldsCall) == 0) continue;
      const Place at = place_of(i);
      const ValueRef now = value(before, at);
      if (stays(before, now, at)) continue;
      if (args.empty()) args.assign(c.args.begin(), c.args.end());
      args[i] = now;
    }
    if (args.empty()) return v;
    std::vector<bool> stuck(args.size(), false);
    for (std::size_t i = first; i < args.size(); ++i) stuck[i] = !allows(place_of(i), Fn::If);
    return lifted(args, stuck, v->origin, [&](const std::vector<ValueRef>& a) { return with_arguments(build_, v, a); });
  }

  ValueRef list_value(ValueRef v, const List& list, const Place& entry) {
    std::vector<ValueRef> items;  // from the first one on that does not stay as it is
    for (std::size_t i = 0; i < list.items.size(); ++i) {
      if (items.empty() && (list.items[i]->holds & kHoldsCall) == 0) continue;
      const ValueRef now = value(list.items[i], entry);
      if (items.empty() && stays(list.items[i], now, entry)) continue;
      if (items.empty()) items.assign(list.items.begin(), list.items.begin() + static_cast<std::ptrdiff_t>(i));
      items.push_back(now);
    }
    if (items.empty()) return v;
    const std::vector<bool> stuck(items.size(), !allows(entry, Fn::If));
    return lifted(items, stuck, v->origin,
                  [&](const std::vector<ValueRef>& now) { return with_items(build_, v, now); });
  }

  ValueRef object_value(ValueRef v, const Object& object, const Place& entry) {
    std::vector<ValueRef> values;  // as in a list
    for (std::size_t i = 0; i < object.members.size(); ++i) {
      const ValueRef before = object.members[i].value;
      if (values.empty() && (before->holds & kHoldsCall) == 0) continue;
      const ValueRef now = value(before, entry);
      if (values.empty() && stays(before, now, entry)) continue;
      for (std::size_t k = 0; k < i && values.size() < i; ++k) values.push_back(object.members[k].value);
      values.push_back(now);
    }
    if (values.empty()) return v;
    const std::vector<bool> stuck(values.size(), !allows(entry, Fn::If));
    return lifted(values, stuck, v->origin,
                  [&](const std::vector<ValueRef>& now) { return with_values(build_, v, now); });
  }

  /// Nothing is to be done with the part `now`, which was `before` and stands at `place`.
  [[nodiscard]] bool stays(ValueRef before, ValueRef now, const Place& place) const {
    return now == before && (native_choice(now) == nullptr || allows(place, Fn::If));
  }

  /// `rebuild(parts)`, with the `If`s of the stuck parts around it: `op(If(c, a, b))` becomes
  /// `If(c, op(a), op(b))`. Inside an arm, every part that hangs on the same condition follows it.
  template <class Rebuild>
  ValueRef lifted(const std::vector<ValueRef>& parts, const std::vector<bool>& stuck, Span origin,
                  const Rebuild& rebuild) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const Call* choice = stuck[i] ? native_choice(parts[i]) : nullptr;
      if (choice == nullptr || spent()) continue;
      const ValueRef c = choice->args[0];
      const ValueRef then = lifted(arms(parts, c, 1), stuck, origin, rebuild);
      const ValueRef otherwise = lifted(arms(parts, c, 2), stuck, origin, rebuild);
      return build_.at(origin).choice(c, then, otherwise);
    }
    return rebuild(parts);
  }

  static std::vector<ValueRef> arms(const std::vector<ValueRef>& parts, ValueRef c, std::size_t arm) {
    std::vector<ValueRef> out = parts;
    for (ValueRef& part : out) {
      for (const Call* choice = native_choice(part); choice != nullptr && equal(choice->args[0], c);
           choice = native_choice(part)) {
        part = choice->args[arm];
      }
    }
    return out;
  }

  // ------------------------------------------------------------ the rules of positions

  [[nodiscard]] FnSet allowed_by(const PositionRule& rule) const {
    return extensions_ ? rule.allowed | rule.with_extensions : rule.allowed;
  }

  [[nodiscard]] bool allows(const Place& place, Fn fn) const {
    return has(allowed_by(rule_of(place.here)), fn) &&
           (place.around == nullptr || has(allowed_by(*place.around), fn));
  }

  bool check_allowed(ValueRef v, const Call& c, const Place& place) {
    const PositionRule& here = rule_of(place.here);
    for (const PositionRule* rule : {place.around, &here}) {
      if (rule == nullptr) continue;
      if (!has(allowed_by(*rule), c.fn)) {
        report_function(v, c.fn, rule->name, allowed_by(*rule), sink_);
        return false;
      }
      if (!rule->resources && (c.fn == Fn::Ref || c.fn == Fn::GetAtt) && !check_not_resource(v, c, *rule)) {
        return false;
      }
    }
    return true;
  }

  bool check_not_resource(ValueRef v, const Call& c, const PositionRule& rule) {
    const auto* id = c.args[0]->get_if<std::string_view>();
    if (id == nullptr || !is_resource(*id)) return true;
    report_resource(v, *id, rule, sink_);
    return false;
  }

  /// Asked of few references: of those in conditions, names of exports and the like.
  bool is_resource(std::string_view id) {
    if (id.starts_with("AWS::")) return false;
    if (resources_.empty()) {
      resources_.reserve(t_.resources.size());
      for (const Resource& r : t_.resources) resources_.add(r.id, &r);
    }
    return resources_.contains(id);
  }

  void check_present(ValueRef v, Position position) {
    if (v->exact) return;
    if (v->is_no_value()) return report_none(v, rule_of(position), sink_);
    const Call* choice = v->call(Fn::If);
    if (choice == nullptr) return;
    check_present(choice->args[1], position);
    check_present(choice->args[2], position);
  }

  bool spent() {
    if (++copies_ < kMaxCopies) return false;
    if (copies_ == kMaxCopies) {
      sink_.report(Code::TooManyChoices, {}, "the conditions of this template multiply beyond what it can express")
          .help("name intermediate values with mappings, or decide fewer of them with parameters");
    }
    return true;
  }

  Template& t_;
  Sink& sink_;
  Builder build_;
  NameTable<const Resource*> resources_;  // empty until it is asked
  bool extensions_ = false;
  bool in_rule_ = false;
  int copies_ = 0;
};

}  // namespace

void hoist(Template& t, Sink& sink) { Hoister(t, sink).run(); }

}  // namespace stackc::ir

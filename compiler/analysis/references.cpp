#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "compiler/analysis/checks.hpp"
#include "compiler/base/suggest.hpp"
#include "compiler/base/text.hpp"

namespace stackc::analysis {
namespace {

using ir::Fn;
using ir::ValueRef;

constexpr std::array<std::string_view, 8> kPseudoParameters = {
    "AWS::AccountId", "AWS::NoValue", "AWS::NotificationARNs", "AWS::Partition",
    "AWS::Region",    "AWS::StackId", "AWS::StackName",        "AWS::URLSuffix"};

/// The names of a kind: a set for look-ups, in order for suggestions.
class Names {
 public:
  void add(std::string_view name) {
    if (set_.insert(name).second) list_.push_back(name);
  }
  [[nodiscard]] bool has(std::string_view name) const { return set_.contains(name); }
  [[nodiscard]] std::string_view closest(std::string_view name) const { return did_you_mean(name, list_); }

 private:
  std::unordered_set<std::string_view> set_;
  std::vector<std::string_view> list_;
};

const std::string_view* text_of(ValueRef v) { return v->get_if<std::string_view>(); }

/// A macro may add resources that the template does not show; these transforms add none.
bool shows_all_resources(const ir::Template& t) {
  return std::all_of(t.transforms.begin(), t.transforms.end(), [](ValueRef transform) {
    const auto* name = text_of(transform);
    return name != nullptr && *name == "AWS::LanguageExtensions";
  });
}

class ReferenceChecker {
 public:
  ReferenceChecker(const ir::Template& t, Sink& sink) : t_(t), sink_(sink), closed_(shows_all_resources(t)) {
    for (const auto& p : t.parameters) values_.add(p.id);
    for (const auto& r : t.resources) {
      values_.add(r.id);
      resources_.add(r.id);
    }
    for (const std::string_view pseudo : kPseudoParameters) values_.add(pseudo);
    for (const auto& c : t.conditions) conditions_.add(c.id);
    for (const auto& m : t.mappings) {
      mapping_names_.add(m.id);
      mappings_.emplace(m.id, m.value);
    }
  }

  void run() {
    for (const auto& c : t_.conditions) visit(c.value);
    for (const auto& r : t_.resources) {
      visit(r.condition);
      for (const std::string_view id : r.depends_on) require(resources_, id, "a resource", "`DependsOn`", r.origin);
      visit(r.metadata);
      visit(r.creation_policy);
      visit(r.update_policy);
      visit(r.properties);
    }
    for (const auto& o : t_.outputs) {
      visit(o.condition);
      visit(o.value);
      visit(o.export_name);
    }
  }

 private:
  void visit(ValueRef v) {
    if (v == nullptr) return;
    if (const auto* list = v->get_if<ir::List>()) {
      for (ValueRef item : list->items) visit(item);
    } else if (const auto* object = v->get_if<ir::Object>()) {
      for (const ir::Member& m : object->members) visit(m.value);
    } else if (const auto* c = v->get_if<ir::Call>()) {
      call(v, *c);
      for (ValueRef arg : c->args) visit(arg);
    }
  }

  void call(ValueRef v, const ir::Call& c) {
    const auto* name = c.args.empty() ? nullptr : text_of(c.args[0]);
    if (name == nullptr) return;
    switch (c.fn) {
      case Fn::Ref: require(values_, *name, "a parameter or resource", "`Ref`", v->origin); break;
      case Fn::GetAtt: require(resources_, *name, "a resource", "`Fn::GetAtt`", v->origin); break;
      case Fn::Condition: require(conditions_, *name, "a condition", "`Condition`", v->origin); break;
      case Fn::FindInMap: look_up(v, c, *name); break;
      default: break;
    }
  }

  void look_up(ValueRef v, const ir::Call& c, std::string_view map) {
    if (!require(mapping_names_, map, "a mapping", "`Fn::FindInMap`", v->origin)) return;
    if (c.args.size() != 3) return;  // a fourth argument is the default for keys that are missing
    const ValueRef rows = mappings_.at(map);
    const auto* first = text_of(c.args[1]);
    const ValueRef row = first != nullptr ? key_of(rows, *first, map, c.args[1]->origin) : any_row(rows);
    const auto* second = text_of(c.args[2]);
    if (row != nullptr && second != nullptr) key_of(row, *second, map, c.args[2]->origin);
  }

  /// Every row has the same second keys in a mapping that the language makes; one stands for all.
  static ValueRef any_row(ValueRef rows) {
    const auto* object = rows->get_if<ir::Object>();
    return object != nullptr && object->members.size() == 1 ? object->members[0].value : nullptr;
  }

  ValueRef key_of(ValueRef holder, std::string_view key, std::string_view map, Span origin) {
    const auto* object = holder->get_if<ir::Object>();
    if (object == nullptr) return nullptr;
    if (const ValueRef found = object->find(key)) return found;
    // A mapping that a macro includes shows no keys.
    if (std::any_of(object->members.begin(), object->members.end(),
                    [](const ir::Member& m) { return m.key == "Fn::Transform"; })) {
      return nullptr;
    }
    Names keys;
    for (const ir::Member& m : object->members) keys.add(m.key);
    auto& d = sink_.report(Code::UnresolvedReference, origin,
                           fmt::format("the mapping `{}` has no key `{}`", map, key));
    suggest(d, keys, key);
    return nullptr;
  }

  bool require(const Names& names, std::string_view id, std::string_view kind, std::string_view by, Span origin) {
    if (names.has(id)) return true;
    const bool may_be_made = !closed_ && (&names == &values_ || &names == &resources_);
    if (may_be_made) return true;
    auto& d = sink_.report(Code::UnresolvedReference, origin,
                           fmt::format("{} names `{}`, but the template has no such thing; it must be {}", by, id, kind));
    suggest(d, names, id);
    return false;
  }

  static void suggest(Diagnostic& d, const Names& names, std::string_view id) {
    if (const auto close = names.closest(id); !close.empty()) d.help(fmt::format("did you mean `{}`?", close));
  }

  const ir::Template& t_;
  Sink& sink_;
  bool closed_;
  Names values_, resources_, conditions_, mapping_names_;
  std::unordered_map<std::string_view, ValueRef> mappings_;
};

}  // namespace

void check_references(const ir::Template& t, Sink& sink) { ReferenceChecker(t, sink).run(); }

}  // namespace stackc::analysis

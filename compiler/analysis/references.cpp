#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "compiler/analysis/checks.hpp"
#include "compiler/analysis/context.hpp"
#include "compiler/analysis/loops.hpp"
#include "compiler/base/name_table.hpp"
#include "compiler/base/suggest.hpp"
#include "compiler/base/text.hpp"
#include "compiler/ir/template_form.hpp"

namespace stackc::analysis {
namespace {

using ir::Fn;
using ir::ValueRef;

constexpr std::array<std::string_view, 8> kPseudoParameters = {
    "AWS::AccountId", "AWS::NoValue", "AWS::NotificationARNs", "AWS::Partition",
    "AWS::Region",    "AWS::StackId", "AWS::StackName",        "AWS::URLSuffix"};

/// What a reference asks for.
enum class Wanted : std::uint8_t { Value, Resource, Condition, Mapping };

class ReferenceChecker {
 public:
  ReferenceChecker(const ir::Template& t, const ir::Graph& graph, Sink& sink)
      : t_(t), graph_(graph), sink_(sink), macros_(macros_of(t)), loops_(t) {
    for (const auto& p : t.parameters) others_.add(p.id, Wanted::Value);
    for (const auto& r : t.resources) makers_ = makers_ || makes_others(r.type);
    for (const auto& r : t.externs) add_resource(r.id);
    for (const auto& e : t.raw_entries) {
      const bool included = e.key.starts_with("Fn::") && !e.key.starts_with("Fn::ForEach");
      included_conditions_ = included_conditions_ || (included && e.section == "Conditions");
      included_mappings_ = included_mappings_ || (included && e.section == "Mappings");
      if (e.section == "Resources" && !e.key.starts_with("Fn::ForEach")) {
        has_raw_transform_ = has_raw_transform_ || e.key.starts_with("Fn::");
        add_resource(e.key);
      }
    }
    for (const auto& c : t.conditions) conditions_.add(c.id, c.value);
    for (const auto& m : t.mappings) mappings_.add(m.id, m.value);
  }

  void run() {
    if (macros_.rewrite) return;  // nothing that the template shows has to stay
    for (const auto& c : t_.conditions) visit(c.value);
    for (const auto& r : t_.resources) {
      visit(r.condition);
      for (const std::string_view id : r.depends_on) require(Wanted::Resource, id, "a resource", "`DependsOn`", r.origin);
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
    for (const auto& e : t_.raw_entries) visit(e.value);
  }

 private:
  void visit(ValueRef v) {
    if (v == nullptr || (v->holds & ir::kHoldsCall) == 0) return;
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
      case Fn::Ref: require(Wanted::Value, *name, "a parameter or resource", "`Ref`", v->origin); break;
      case Fn::GetAtt: require(Wanted::Resource, *name, "a resource", "`Fn::GetAtt`", v->origin); break;
      case Fn::Condition: require(Wanted::Condition, *name, "a condition", "`Condition`", v->origin); break;
      case Fn::FindInMap: look_up(v, c, *name); break;
      case Fn::SubText: interpolations(c, *name); break;
      default: break;
    }
  }

  /// `${Name}` and `${Resource.Attribute}`, unless a variable of the function has the whole name.
  void interpolations(const ir::Call& c, std::string_view text) {
    const ir::Object* variables = c.args.size() > 1 ? object_of(c.args[1]) : nullptr;
    for (const ir::SubPart& part : ir::sub_parts(text)) {
      if (!part.is_name || part.text.starts_with('!') || (variables != nullptr && variables->find(part.text) != nullptr)) continue;
      const Span place = place_in_text(*c.args[0], part.offset, part.text.size());
      const std::size_t dot = part.text.find('.');
      if (dot == std::string_view::npos) {
        require(Wanted::Value, part.text, "a parameter or resource", "`Fn::Sub`", place);
      } else {
        require(Wanted::Resource, part.text.substr(0, dot), "a resource", "`Fn::Sub`", place);
      }
    }
  }

  void look_up(ValueRef v, const ir::Call& c, std::string_view map) {
    if (!require(Wanted::Mapping, map, "a mapping", "`Fn::FindInMap`", v->origin)) return;
    const ValueRef* const found = mappings_.find(map);
    if (found == nullptr || c.args.size() != 3) return;  // a fourth argument is the default for keys that are missing
    const ValueRef rows = *found;
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
    std::vector<std::string_view> keys;
    for (const ir::Member& m : object->members) keys.push_back(m.key);
    auto& d = sink_.report(Code::UnresolvedReference, origin,
                           fmt::format("the mapping `{}` has no key `{}`", map, key));
    suggest(d, keys, key);
    return nullptr;
  }

  /// What no resource of the template is but makes one, or stands for one.
  void add_resource(std::string_view id) {
    if (const auto [kind, is_new] = others_.add(id, Wanted::Resource); !is_new) *kind = Wanted::Resource;
  }

  [[nodiscard]] bool has(Wanted wanted, std::string_view id) const {
    switch (wanted) {
      case Wanted::Condition: return conditions_.contains(id);
      case Wanted::Mapping: return mappings_.contains(id);
      default: break;
    }
    if (graph_.find(id) != nullptr) return true;
    const bool value = wanted == Wanted::Value;
    if (value && is_pseudo_parameter(id)) return true;
    const Wanted* const other = others_.find(id);
    return other != nullptr && (value || *other == Wanted::Resource);
  }

  static bool is_pseudo_parameter(std::string_view id) {
    return id.starts_with("AWS::") &&
           std::find(kPseudoParameters.begin(), kPseudoParameters.end(), id) != kPseudoParameters.end();
  }

  /// All that `has` finds, for suggestions.
  [[nodiscard]] std::vector<std::string_view> names(Wanted wanted) const {
    std::vector<std::string_view> all;
    const auto add = [&](const auto& entries) {
      for (const auto& e : entries) all.push_back(e.id);
    };
    if (wanted == Wanted::Condition) add(t_.conditions);
    if (wanted == Wanted::Mapping) add(t_.mappings);
    if (wanted == Wanted::Condition || wanted == Wanted::Mapping) return all;
    if (wanted == Wanted::Value) add(t_.parameters);
    add(t_.resources);
    if (wanted == Wanted::Value) all.insert(all.end(), kPseudoParameters.begin(), kPseudoParameters.end());
    for (const auto& [id, kind] : others_) {
      if (kind == Wanted::Resource) all.push_back(id);
    }
    return all;
  }

  bool require(Wanted wanted, std::string_view id, std::string_view kind, std::string_view by, Span origin) {
    if (has(wanted, id) || may_be_made(wanted, id)) return true;
    auto& d = sink_.report(Code::UnresolvedReference, origin,
                           fmt::format("{} names `{}`, but the template has no such thing; it must be {}", by, id, kind));
    suggest(d, names(wanted), id);
    return false;
  }

  /// A transform, a loop or a module may make what the template does not show.
  [[nodiscard]] bool may_be_made(Wanted wanted, std::string_view id) const {
    if (id.find("${") != std::string_view::npos || id.find("&{") != std::string_view::npos) return true;
    if (loops_.has_identifier(id)) return true;
    if (wanted == Wanted::Condition) return included_conditions_ || loops_.makes("Conditions", id);
    if (wanted == Wanted::Mapping) return included_mappings_;
    if (loops_.makes("Resources", id)) return true;
    if (has_raw_transform_) return true;
    // What these make is called after the resource that it is made for.
    return (macros_.add || makers_) && is_made_for_a_resource(id);
  }

  [[nodiscard]] bool is_made_for_a_resource(std::string_view id) const {
    if (macros_.add && !macros_.serverless) return true;
    if (macros_.serverless && id.starts_with("Serverless")) return true;
    if (macros_.serverless && id == "CodeDeployServiceRole") return true;
    return std::any_of(t_.resources.begin(), t_.resources.end(), [&](const ir::Resource& r) {
      return id.size() > r.id.size() && id.starts_with(r.id) && (makes_others(r.type) || macros_.serverless);
    });
  }

  static bool makes_others(std::string_view type) { return is_module(type); }

  static void suggest(Diagnostic& d, const std::vector<std::string_view>& names, std::string_view id) {
    if (const auto close = did_you_mean(id, names); !close.empty()) d.help(fmt::format("did you mean `{}`?", close));
  }

  const ir::Template& t_;
  const ir::Graph& graph_;
  Sink& sink_;
  Macros macros_;
  Loops loops_;
  bool makers_ = false;             // some resource is a module
  bool has_raw_transform_ = false;  // a transform among the resources
  bool included_conditions_ = false, included_mappings_ = false;
  NameTable<Wanted> others_;  // parameters and what is neither that nor a resource that the template shows
  NameTable<ValueRef> conditions_, mappings_;
};

}  // namespace

void check_references(const ir::Template& t, const ir::Graph& graph, Sink& sink) {
  ReferenceChecker(t, graph, sink).run();
}

}  // namespace stackc::analysis

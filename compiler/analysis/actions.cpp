#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>

#include "compiler/analysis/checks.hpp"
#include "compiler/analysis/context.hpp"
#include "compiler/base/suggest.hpp"
#include "compiler/base/text.hpp"
#include "compiler/iam/iam.hpp"

/// The names in policy documents: actions and condition keys. AWS adds some every week, so what is not known is a
/// warning. A document is what looks like one: an object with `Statement`, whose statements have an effect.
namespace stackc::analysis {
namespace {

using ir::ValueRef;

/// docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
constexpr auto kOperators = std::to_array<std::string_view>({
    "ArnEquals",         "ArnLike",                 "ArnNotEquals",          "ArnNotLike",
    "BinaryEquals",      "Bool",                    "DateEquals",            "DateGreaterThan",
    "DateGreaterThanEquals", "DateLessThan",        "DateLessThanEquals",    "DateNotEquals",
    "IpAddress",         "NotIpAddress",            "Null",                  "NumericEquals",
    "NumericGreaterThan", "NumericGreaterThanEquals", "NumericLessThan",     "NumericLessThanEquals",
    "NumericNotEquals",  "StringEquals",            "StringEqualsIgnoreCase", "StringLike",
    "StringNotEquals",   "StringNotEqualsIgnoreCase", "StringNotLike",
});

/// What services accept though the reference does not list it: `SNS:Receive` stands in the policy that SNS gives a topic.
constexpr auto kAccepted = std::to_array<std::pair<std::string_view, std::string_view>>({{"sns", "Receive"}});

bool is_wild(std::string_view text) {
  return text.find('*') != std::string_view::npos || text.find('?') != std::string_view::npos;
}

/// Calls `visit` with each text of a value that is one, a list of them, or a choice between such.
template <class Visit>
void each_text(ValueRef v, const Visit& visit) {
  if (v == nullptr) return;
  if (const ir::List* list = list_of(v)) {
    for (const ValueRef item : list->items) each_text(item, visit);
  } else if (const ir::Call* choice = v->call(ir::Fn::If)) {
    each_text(choice->args[1], visit);
    each_text(choice->args[2], visit);
  } else if (text_of(v) != nullptr) {
    visit(*v);
  }
}

/// Is it certain that `v` names some resources and never all, whatever the parameters are?
bool names_resources(ValueRef v) {
  if (v == nullptr) return false;
  if (const ir::List* list = list_of(v)) {
    return !list->items.empty() && std::all_of(list->items.begin(), list->items.end(), names_resources);
  }
  if (const auto* text = text_of(v)) return text->starts_with("arn:") && !is_dynamic(*text);
  if (v->call(ir::Fn::GetAtt) != nullptr) return true;
  if (const ir::Call* sub = v->call(ir::Fn::Sub)) return names_resources(sub->args[0]);
  return false;
}

class ActionChecker {
 public:
  explicit ActionChecker(Sink& sink) : sink_(sink), iam_(iam::Iam::aws()) {}

  void walk(ValueRef v) {
    if (v == nullptr || (v->holds & ir::kHoldsMembers) == 0) return;  // a statement is an object in an object
    if (const ir::Object* object = object_of(v)) {
      for (const ir::Member& m : object->members) {
        if (m.key == "Statement") statements(m.value);
      }
      for (const ir::Member& m : object->members) walk(m.value);
    } else if (const ir::List* list = list_of(v)) {
      for (const ValueRef item : list->items) walk(item);
    } else if (const auto* call = v->get_if<ir::Call>()) {
      for (const ValueRef arg : call->args) walk(arg);
    }
  }

 private:
  /// Null if the same was said of the same place: a component's statement is there once for every instance.
  Diagnostic* report(Code code, Span place, std::string message) {
    if (!said_.emplace(place.file, place.begin, message).second) return nullptr;
    return &sink_.report(code, place, std::move(message));
  }

  static void suggest(Diagnostic* d, std::string_view meant, Span place) {
    if (d == nullptr || meant.empty()) return;
    d->help(fmt::format("did you mean `{}`?", meant));
    if (place.valid()) d->fix(place, std::string(meant));
  }

  void statements(ValueRef v) {
    if (const ir::List* list = list_of(v)) {
      for (const ValueRef item : list->items) statements(item);
    } else if (const ir::Call* choice = v->call(ir::Fn::If)) {
      statements(choice->args[1]);
      statements(choice->args[2]);
    } else if (const ir::Object* object = object_of(v); object != nullptr && object->find("Effect") != nullptr) {
      statement(*object);
    }
  }

  void statement(const ir::Object& object) {
    each_text(object.find("Action"), [&](const ir::Value& text) { action(text); });
    each_text(object.find("NotAction"), [&](const ir::Value& text) { action(text); });
    const auto* effect = text_of(object.find("Effect"));
    const bool of_an_identity = object.find("Principal") == nullptr && object.find("NotPrincipal") == nullptr;
    if (effect != nullptr && *effect == "Allow" && of_an_identity && names_resources(object.find("Resource"))) {
      each_text(object.find("Action"), [&](const ir::Value& text) { limited(text); });
    }
    condition(object.find("Condition"));
  }

  /// The actions of a statement are mostly of one service.
  iam::Service service_of(std::string_view prefix) {
    if (prefix != last_prefix_) {
      last_prefix_ = prefix;
      last_service_ = iam_.find(prefix);
    }
    return last_service_;
  }

  void action(const ir::Value& value) {
    const std::string_view text = *text_of(&value);
    if (text == "*" || text.find('$') != std::string_view::npos || is_dynamic(text)) return;
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) {
      report(Code::UnknownAction, value.origin, fmt::format("an action is `service:Action`, found `{}`", text));
      return;
    }
    const std::string_view prefix = text.substr(0, colon), name = text.substr(colon + 1);
    if (is_wild(prefix)) return;
    const iam::Service service = service_of(prefix);
    if (!service) {
      const Span place = place_in_text(value, 0, colon);
      Diagnostic* d = report(Code::UnknownAction, place, fmt::format("IAM knows no service `{}`", prefix));
      suggest(d, did_you_mean(prefix, iam_.prefixes()), place);
      return;
    }
    if (is_wild(name) ? service.any_matches(name) : static_cast<bool>(service.find(name))) return;
    for (const auto& [of, also] : kAccepted) {
      if (of == service.prefix() && iam::matches(also, name)) return;
    }
    const Span place = place_in_text(value, static_cast<std::uint32_t>(colon + 1), name.size());
    if (is_wild(name)) {
      report(Code::UnknownAction, place, fmt::format("no action of `{}` matches `{}`", service.prefix(), name));
      return;
    }
    Diagnostic* d = report(Code::UnknownAction, place, fmt::format("`{}` has no action `{}`", service.prefix(), name));
    suggest(d, did_you_mean(name, service.action_names()), place);
  }

  /// An action of a statement that allows something for certain resources only.
  void limited(const ir::Value& value) {
    const std::string_view text = *text_of(&value);
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || is_wild(text)) return;
    const iam::Service service = service_of(text.substr(0, colon));
    const iam::Action known = service ? service.find(text.substr(colon + 1)) : iam::Action{};
    if (!known || !known.takes_any_resource_only()) return;
    Diagnostic* d = report(Code::UnlimitedAction, value.origin,
                           fmt::format("`{}` cannot be limited to resources: this statement does not allow it", text));
    if (d != nullptr) d->help("give it a statement of its own, with `Resource: \"*\"`");
  }

  void condition(ValueRef v) {
    const ir::Object* operators = object_of(v);
    if (operators == nullptr) return;
    for (const ir::Member& m : operators->members) {
      if (is_function_key(m.key)) continue;
      operator_name(m);
      const ir::Object* keys = object_of(m.value);
      if (keys == nullptr) continue;
      for (const ir::Member& key : keys->members) condition_key(key);
    }
  }

  static Span place_of(const ir::Member& m) { return m.key_origin.valid() ? m.key_origin : m.value->origin; }

  void operator_name(const ir::Member& m) {
    std::string_view name = m.key;
    for (const std::string_view set : {"ForAllValues:", "ForAnyValue:"}) {
      if (name.starts_with(set)) name.remove_prefix(set.size());
    }
    if (name.ends_with("IfExists")) name.remove_suffix(8);
    if (std::find(kOperators.begin(), kOperators.end(), name) != kOperators.end()) return;
    Diagnostic* d = report(Code::UnknownConditionKey, place_of(m), fmt::format("IAM has no condition operator `{}`", m.key));
    suggest(d, did_you_mean(name, kOperators), {});
  }

  void condition_key(const ir::Member& m) {
    const std::string_view key = m.key;
    if (is_function_key(key) || key.find('$') != std::string_view::npos) return;
    const std::size_t colon = key.find(':');
    if (colon == std::string_view::npos) {
      report(Code::UnknownConditionKey, place_of(m), fmt::format("a condition key is `service:Key`, found `{}`", key));
      return;
    }
    const std::string_view prefix = key.substr(0, colon);
    // The keys of identity providers are what the provider says: `token.actions.githubusercontent.com:sub`.
    if (prefix.find_first_of("./*") != std::string_view::npos || iam_.knows_key(key)) return;
    if (!iam_.has_keys(prefix)) {
      if (iam_.find(prefix)) return;  // a service whose keys nobody lists
      Diagnostic* d = report(Code::UnknownConditionKey, place_of(m), fmt::format("IAM knows no condition keys of `{}`", prefix));
      suggest(d, did_you_mean(prefix, iam_.prefixes()), {});
      return;
    }
    Diagnostic* d = report(Code::UnknownConditionKey, place_of(m), fmt::format("IAM knows no condition key `{}`", key));
    suggest(d, did_you_mean(key, iam_.keys_of(prefix)), {});
  }

  struct Said {
    FileId file;
    std::uint32_t begin;
    std::string message;
    Said(FileId f, std::uint32_t b, std::string m) : file(f), begin(b), message(std::move(m)) {}
    bool operator<(const Said& o) const {
      if (file.value != o.file.value) return file.value < o.file.value;
      return begin != o.begin ? begin < o.begin : message < o.message;
    }
  };

  Sink& sink_;
  iam::Iam iam_;
  std::string_view last_prefix_;
  iam::Service last_service_;
  std::set<Said> said_;
};

}  // namespace

void check_actions(const ir::Template& t, Sink& sink) {
  ActionChecker checker(sink);
  for (const ir::Resource& r : t.resources) checker.walk(r.properties);
}

}  // namespace stackc::analysis

#include <algorithm>
#include <array>

#include "compiler/analysis/fit.hpp"
#include "compiler/base/suggest.hpp"
#include "compiler/base/text.hpp"

namespace stackc::analysis {
namespace {

using ir::ValueRef;

struct Place {
  std::string_view resource, nested, property;
};

/// Documents of IAM's policy language; others that AWS calls policies have forms of their own.
constexpr auto kPlaces = std::to_array<Place>({
    {"AWS::ECR::Repository", "", "RepositoryPolicyText"},
    {"AWS::IAM::Group", "Policy", "PolicyDocument"},
    {"AWS::IAM::GroupPolicy", "", "PolicyDocument"},
    {"AWS::IAM::ManagedPolicy", "", "PolicyDocument"},
    {"AWS::IAM::Policy", "", "PolicyDocument"},
    {"AWS::IAM::Role", "", "AssumeRolePolicyDocument"},
    {"AWS::IAM::Role", "Policy", "PolicyDocument"},
    {"AWS::IAM::RolePolicy", "", "PolicyDocument"},
    {"AWS::IAM::User", "Policy", "PolicyDocument"},
    {"AWS::IAM::UserPolicy", "", "PolicyDocument"},
    {"AWS::KMS::Key", "", "KeyPolicy"},
    {"AWS::S3::BucketPolicy", "", "PolicyDocument"},
    {"AWS::SNS::TopicPolicy", "", "PolicyDocument"},
    {"AWS::SQS::QueuePolicy", "", "PolicyDocument"},
});

constexpr auto kDocument = std::to_array<std::string_view>({"Id", "Statement", "Version"});
constexpr auto kStatement = std::to_array<std::string_view>({"Action", "Condition", "Effect", "NotAction", "NotPrincipal",
                                                             "NotResource", "Principal", "Resource", "Sid"});

Span place_of(const ir::Member& m) { return m.key_origin.valid() ? m.key_origin : m.value->origin; }

class PolicyChecker {
 public:
  PolicyChecker(const Context& c, bool identity) : c_(c), identity_(identity) {}

  void document(ValueRef v) {
    const ir::Object* object = object_of(v);
    if (object == nullptr || is_open(*object) || is_function(*object)) return;
    known_keys(*object, kDocument, "a policy document");
    version(object->find("Version"));
    const ValueRef statement = object->find("Statement");
    if (statement == nullptr) return report(v->origin, "a policy document needs `Statement`");
    statements(statement);
  }

 private:
  void report(Span place, std::string message) { c_.sink.report(Code::PolicyForm, place, std::move(message)); }

  static bool is_function(const ir::Object& object) {
    return object.members.size() == 1 && is_function_key(object.members[0].key);
  }

  template <std::size_t N>
  void known_keys(const ir::Object& object, const std::array<std::string_view, N>& names, std::string_view what) {
    for (const ir::Member& m : object.members) {
      if (is_function_key(m.key) || std::find(names.begin(), names.end(), m.key) != names.end()) continue;
      auto& d = c_.sink.report(Code::PolicyForm, place_of(m), fmt::format("{} has no element `{}`", what, m.key));
      if (const auto close = did_you_mean(m.key, names); !close.empty()) d.help(fmt::format("did you mean `{}`?", close));
      else d.help(fmt::format("its elements are {}", fmt::join(names, ", ")));
    }
  }

  void version(ValueRef v) {
    const auto* text = text_of(v);
    if (text == nullptr || *text == "2012-10-17" || *text == "2008-10-17") return;
    report(v->origin, fmt::format("the version of a policy document is `2012-10-17` or `2008-10-17`, found `{}`", *text));
  }

  void statements(ValueRef v) {
    if (const ir::List* list = list_of(v)) {
      for (ValueRef item : list->items) statements(item);
    } else if (const auto* made = v->get_if<ir::Call>()) {
      if (made->fn != ir::Fn::If) return;
      statements(made->args[1]);
      statements(made->args[2]);
    } else if (const ir::Object* object = object_of(v)) {
      if (!is_open(*object) && !is_function(*object)) statement(v, *object);
    } else {
      report(v->origin, fmt::format("a policy statement is an object, found {}", shown(v)));
    }
  }

  void statement(ValueRef v, const ir::Object& object) {
    known_keys(object, kStatement, "a policy statement");
    const ValueRef effect = object.find("Effect");
    const auto* word = text_of(effect);
    if (effect == nullptr) report(v->origin, "a policy statement needs `Effect`");
    if (word != nullptr && *word != "Allow" && *word != "Deny") {
      report(effect->origin, fmt::format("the effect of a policy statement is `Allow` or `Deny`, found `{}`", *word));
    }
    one_of(v, object, "Action", "NotAction", true);
    one_of(v, object, "Resource", "NotResource", identity_);
    if (!identity_) one_of(v, object, "Principal", "NotPrincipal", true);
    if (!identity_) return;
    for (const ir::Member& m : object.members) {
      if (m.key == "Principal" || m.key == "NotPrincipal") {
        report(place_of(m), fmt::format("the policy of an identity has no `{}`", m.key));
      }
    }
    texts(object.find("Action"));
    texts(object.find("Resource"));
  }

  void one_of(ValueRef v, const ir::Object& object, std::string_view a, std::string_view b, bool needed) {
    const bool first = object.find(a) != nullptr, second = object.find(b) != nullptr;
    if (first && second) report(v->origin, fmt::format("a policy statement has `{}` or `{}`, not both", a, b));
    if (!first && !second && needed) report(v->origin, fmt::format("a policy statement needs `{}` or `{}`", a, b));
  }

  void texts(ValueRef v) {
    if (v == nullptr) return;
    if (const ir::List* list = list_of(v)) {
      for (ValueRef item : list->items) texts(item);
    } else if (const ir::Object* object = object_of(v); object != nullptr && !is_open(*object) && !is_function(*object)) {
      report(v->origin, "an element of a policy statement is text, found an object");
    }
  }

  const Context& c_;
  bool identity_;  // attached to a user, group or role; else to a resource, and it says for whom
};

}  // namespace

void check_policy(const Context& c, const Slot& slot, ValueRef v) {
  const std::string_view resource = slot.resource.name();
  const std::string_view nested = slot.nested ? slot.nested.name() : std::string_view{};
  const auto place = std::find_if(kPlaces.begin(), kPlaces.end(), [&](const Place& p) {
    return p.property == slot.property && p.resource == resource && p.nested == nested;
  });
  if (place == kPlaces.end()) return;
  const bool trust = slot.property == "AssumeRolePolicyDocument";
  PolicyChecker(c, resource.starts_with("AWS::IAM::") && !trust).document(v);
}

}  // namespace stackc::analysis

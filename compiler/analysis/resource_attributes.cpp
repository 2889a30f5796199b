#include <algorithm>
#include <array>
#include <span>

#include "compiler/analysis/context.hpp"
#include "compiler/base/suggest.hpp"
#include "compiler/base/text.hpp"
#include "compiler/ir/positions.hpp"

namespace stackc::analysis {
namespace {

using ir::ValueRef;
using Names = std::span<const std::string_view>;

constexpr auto kAttributes = std::to_array<std::string_view>(
    {"Type", "Properties", "DependsOn", "Condition", "Metadata", "DeletionPolicy", "UpdateReplacePolicy", "CreationPolicy",
     "UpdatePolicy", "Version"});
constexpr auto kDeletion = std::to_array<std::string_view>({"Delete", "Retain", "RetainExceptOnCreate", "Snapshot"});
constexpr auto kReplacement = std::to_array<std::string_view>({"Delete", "Retain", "Snapshot"});

/// What a policy may hold, one level down; which types take it. AWS's documentation of the attributes
/// `UpdatePolicy` and `CreationPolicy`.
struct PolicyKey {
  std::string_view key;
  std::array<std::string_view, 8> inside;  // empty: a plain value
};
struct PolicyForm {
  std::string_view type;
  std::array<PolicyKey, 3> keys;
};

constexpr PolicyKey kSignal{"ResourceSignal", {"Count", "Timeout"}};
constexpr auto kCreation = std::to_array<PolicyForm>({
    {"AWS::AppStream::Fleet", {{{"StartFleet", {"Type"}}}}},
    {"AWS::AutoScaling::AutoScalingGroup",
     {{{"AutoScalingCreationPolicy", {"MinSuccessfulInstancesPercent"}}, kSignal}}},
    {"AWS::CloudFormation::WaitCondition", {{kSignal}}},
    {"AWS::EC2::Instance", {{kSignal}}},
});
constexpr PolicyKey kSearchUpgrade{"EnableVersionUpgrade", {}};
constexpr auto kUpdate = std::to_array<PolicyForm>({
    {"AWS::AppStream::Fleet", {{{"StopBeforeUpdate", {"Type"}}, {"StartAfterUpdate", {"Type"}}}}},
    {"AWS::AutoScaling::AutoScalingGroup",
     {{{"AutoScalingReplacingUpdate", {"WillReplace"}},
       {"AutoScalingRollingUpdate",
        {"MaxBatchSize", "MinActiveInstancesPercent", "MinInstancesInService", "MinSuccessfulInstancesPercent", "PauseTime",
         "SuspendProcesses", "WaitOnResourceSignals"}},
       {"AutoScalingScheduledAction", {"IgnoreUnmodifiedGroupSizeProperties"}}}}},
    {"AWS::ElastiCache::ReplicationGroup", {{{"UseOnlineResharding", {}}}}},
    {"AWS::Elasticsearch::Domain", {{kSearchUpgrade}}},
    {"AWS::OpenSearchService::Domain", {{kSearchUpgrade}}},
    {"AWS::Lambda::Alias",
     {{{"CodeDeployLambdaAliasUpdate",
        {"ApplicationName", "DeploymentGroupName", "BeforeAllowTrafficHook", "AfterAllowTrafficHook"}}}}},
});

/// What may choose a policy.
constexpr ir::FnSet kPolicyFunctions =
    ir::fn_set(ir::Fn::Ref, ir::Fn::FindInMap, ir::Fn::If, ir::Fn::Sub, ir::Fn::SubText, ir::Fn::Select);

template <class Items>
bool has(const Items& items, std::string_view name) {
  return std::find(std::begin(items), std::end(items), name) != std::end(items);
}

class ResourceAttributes {
 public:
  ResourceAttributes(const Context& c, const ir::Resource& r) : c_(c), r_(r) {}

  void run() {
    for (const ir::Member& m : r_.raw) {
      if (m.value != nullptr) key(m);
    }
    policy_value("DeletionPolicy", r_.deletion_policy, kDeletion, place("DeletionPolicy"));
    policy_value("UpdateReplacePolicy", r_.update_replace_policy, kReplacement, place("UpdateReplacePolicy"));
    policy("CreationPolicy", r_.creation_policy, kCreation);
    policy("UpdatePolicy", r_.update_policy, kUpdate);
    if (is_module(r_.type)) module();
  }

 private:
  [[nodiscard]] Span place(std::string_view attribute) const {
    for (const ir::Member& m : r_.raw) {
      if (m.key == attribute && m.key_origin.valid()) return m.key_origin;
    }
    return r_.origin;
  }

  void form(const ir::Member& m, std::string_view expected) {
    c_.sink.report(Code::InvalidEntry, m.key_origin.valid() ? m.key_origin : r_.origin,
                   fmt::format("`{}` of the resource `{}` is {}, expected {}", m.key, r_.id, shown(m.value), expected));
  }

  void key(const ir::Member& m) {
    if (m.value->get_if<ir::Null>() != nullptr) return;  // reported with the other nulls
    if (m.key == "Properties") {
      const auto* made = m.value->get_if<ir::Call>();
      if (object_of(m.value) == nullptr && made == nullptr) form(m, "an object");
    } else if (m.key == "Condition") {
      if (text_of(m.value) == nullptr) form(m, "the name of a condition");
    } else if (m.key == "DependsOn") {
      depends_on(m);
    } else if (m.key == "DeletionPolicy" || m.key == "UpdateReplacePolicy") {
      policy_form(m);
    } else if (!has(kAttributes, m.key) && !is_function_key(m.key)) {
      unknown(m);
    }
  }

  void unknown(const ir::Member& m) {
    if (c_.macros.serverless && (m.key == "Connectors" || m.key == "IgnoreGlobals")) return;
    const Span at = m.key_origin.valid() ? m.key_origin : r_.origin;
    auto& d = c_.sink.report(Code::UnknownEntryKey, at, fmt::format("a resource has no attribute `{}`", m.key));
    const schema::ResourceType type = c_.schema.find(r_.type);
    if (const auto close = did_you_mean(m.key, kAttributes); !close.empty()) {
      d.help(fmt::format("did you mean `{}`?", close));
    } else if (type && type.properties().find(m.key)) {
      d.help(fmt::format("`{}` is a property: it belongs below `Properties`", m.key));
    } else {
      d.help(fmt::format("its attributes are {}", fmt::join(kAttributes, ", ")));
    }
  }

  void depends_on(const ir::Member& m) {
    if (text_of(m.value) != nullptr) return;
    const ir::List* list = list_of(m.value);
    const bool texts = list != nullptr && std::all_of(list->items.begin(), list->items.end(),
                                                      [](ValueRef each) { return text_of(each) != nullptr; });
    if (!texts && !c_.macros.extensions) form(m, "the name of a resource, or a list of such");
  }

  void policy_form(const ir::Member& m) {
    const auto* made = m.value->get_if<ir::Call>();
    const bool computed = made != nullptr && ir::has(kPolicyFunctions, made->fn);
    if (computed || (c_.macros.extensions && (made != nullptr || object_of(m.value) != nullptr))) return;
    const bool function = made != nullptr;
    auto& d = c_.sink.report(Code::InvalidPolicy, m.key_origin.valid() ? m.key_origin : r_.origin,
                             fmt::format("`{}` of the resource `{}` is {}, expected {}", m.key, r_.id, shown(m.value),
                                         fmt::join(m.key == "DeletionPolicy" ? Names(kDeletion) : Names(kReplacement), ", ")));
    if (function) d.help("only `Ref`, `Fn::FindInMap`, `Fn::If`, `Fn::Sub` and `Fn::Select` can choose a policy");
  }

  void policy_value(std::string_view attribute, std::string_view value, Names allowed, Span at) {
    if (value.empty()) return;
    if (!has(allowed, value)) {
      auto& d = c_.sink.report(Code::InvalidPolicy, at, fmt::format("`{}` of the resource `{}` is `{}`, expected {}", attribute, r_.id,
                                                                    value, fmt::join(allowed, ", ")));
      if (const auto close = did_you_mean(value, allowed); !close.empty()) d.help(fmt::format("did you mean `{}`?", close));
      return;
    }
    const schema::ResourceType type = c_.schema.find(r_.type);
    if (value != "Snapshot" || !type || type.supports_snapshot()) return;
    c_.sink.report(Code::InvalidPolicy, at, fmt::format("resources of type `{}` have no snapshot that `{}` could take", r_.type, attribute))
        .help("use `Retain` to keep what the resource holds");
  }

  /// A creation or update policy: which types take one, and what it may say.
  void policy(std::string_view attribute, ValueRef v, std::span<const PolicyForm> forms) {
    const ir::Object* object = object_of(v);
    if (object == nullptr || is_open(*object)) return;
    const auto form = std::find_if(forms.begin(), forms.end(), [&](const PolicyForm& f) { return f.type == r_.type; });
    if (form == forms.end()) {
      if (!is_aws_type(r_.type) && !is_module(r_.type)) return;
      if (r_.type.starts_with("AWS::Serverless::")) return;
      c_.sink.report(Code::InvalidPolicy, r_.origin, fmt::format("resources of type `{}` have no `{}`", r_.type, attribute));
      return;
    }
    for (const ir::Member& m : object->members) {
      const auto known = std::find_if(form->keys.begin(), form->keys.end(), [&](const PolicyKey& k) { return k.key == m.key; });
      if (known == form->keys.end()) {
        if (!is_function_key(m.key)) unknown_in_policy(attribute, m, form->keys);
        continue;
      }
      inside(attribute, *known, m.value);
    }
  }

  template <std::size_t N>
  void unknown_in_policy(std::string_view attribute, const ir::Member& m, const std::array<PolicyKey, N>& keys) {
    std::vector<std::string_view> names;
    for (const PolicyKey& k : keys) {
      if (!k.key.empty()) names.push_back(k.key);
    }
    report_unknown(attribute, m, names);
  }

  void inside(std::string_view attribute, const PolicyKey& form, ValueRef v) {
    const ir::Object* object = object_of(v);
    if (object == nullptr || is_open(*object)) return;
    std::vector<std::string_view> names;
    for (const std::string_view name : form.inside) {
      if (!name.empty()) names.push_back(name);
    }
    for (const ir::Member& m : object->members) {
      if (!has(names, m.key) && !is_function_key(m.key)) report_unknown(fmt::format("{}.{}", attribute, form.key), m, names);
    }
  }

  void report_unknown(std::string_view where, const ir::Member& m, const std::vector<std::string_view>& names) {
    auto& d = c_.sink.report(Code::InvalidPolicy, m.key_origin.valid() ? m.key_origin : r_.origin,
                             fmt::format("`{}` of a resource of type `{}` has no `{}`", where, r_.type, m.key));
    if (const auto close = did_you_mean(m.key, names); !close.empty()) d.help(fmt::format("did you mean `{}`?", close));
    else if (!names.empty()) d.help(fmt::format("it has {}", fmt::join(names, ", ")));
  }

  /// A module's resources are its own: these say nothing about them.
  void module() {
    const ir::Object* metadata = object_of(r_.metadata);
    const ir::Object* properties = object_of(r_.properties);
    if (metadata != nullptr && metadata->find("AWS::CloudFormation::Module") != nullptr) {
      c_.sink.report(Code::UnknownEntryKey, r_.metadata->origin, "the metadata key `AWS::CloudFormation::Module` is CloudFormation's own");
    }
    if (properties != nullptr && properties->find("Tags") != nullptr) {
      c_.sink.report(Code::UnknownEntryKey, r_.origin, fmt::format("the module `{}` takes no `Tags`", r_.type));
    }
  }

  const Context& c_;
  const ir::Resource& r_;
};

}  // namespace

void check_resource_attributes(const Context& c) {
  if (c.macros.rewrite) return;
  for (const ir::Resource& r : c.t.resources) ResourceAttributes(c, r).run();
}

}  // namespace stackc::analysis

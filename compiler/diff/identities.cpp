#include "compiler/diff/identities.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "compiler/base/text.hpp"

namespace stackc::diff {
namespace {

using ir::ValueRef;

/// Managed policies of AWS that allow and deny nothing, so that without them less may be done.
/// https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
constexpr std::string_view kAllowing[] = {
    "AdministratorAccess",
    "PowerUserAccess",
    "ReadOnlyAccess",
    "AmazonS3FullAccess",
    "AmazonS3ReadOnlyAccess",
    "AmazonDynamoDBFullAccess",
    "AmazonSQSFullAccess",
    "AmazonSNSFullAccess",
    "CloudWatchFullAccess",
    "CloudWatchAgentServerPolicy",
    "AmazonSSMManagedInstanceCore",
    "AmazonSSMReadOnlyAccess",
    "AmazonEC2ContainerRegistryReadOnly",
    "AmazonEC2ContainerRegistryPowerUser",
    "service-role/AmazonECSTaskExecutionRolePolicy",
    "service-role/AmazonEC2ContainerServiceforEC2Role",
    "service-role/AWSLambdaBasicExecutionRole",
    "service-role/AWSLambdaVPCAccessExecutionRole",
};

class Collector {
 public:
  Collector(const Search& s, const Scope& scope) : s_(s), scope_(scope) {}

  Holders run() {
    for (const ir::Resource& r : scope_.tmpl().resources) {
      if (!r.type.starts_with("AWS::IAM::") || r.properties == nullptr) continue;
      if (!kind_of(r).empty()) ids_.emplace(key_of(kind_of(r), scope_.text_of(r)), r.id);
    }
    for (const ir::Resource& r : scope_.tmpl().resources) {
      if (!r.type.starts_with("AWS::IAM::") || r.properties == nullptr) continue;
      const auto when = scope_.existence(r);
      if (when) resource(r, *when);
    }
    // What a role of the template names counts there.
    for (const std::string_view id : alone_) {
      if (attached_.contains(id)) holders_.erase(fmt::format("resource {}", id));
    }
    return std::move(holders_);
  }

 private:
  /// `Role`, `User`, `Group`, or nothing.
  static std::string_view kind_of(const ir::Resource& r) {
    const std::string_view kind = r.type.substr(10);
    return kind == "Role" || kind == "User" || kind == "Group" ? kind : std::string_view{};
  }
  [[nodiscard]] std::string key_of(std::string_view kind, const Text& name) const {
    return fmt::format("{} {}", kind, scope_.key(name));
  }

  void resource(const ir::Resource& r, const Case& when) {
    const std::string_view kind = r.type.substr(10);
    if (!kind_of(r).empty()) return identity(r, kind, when);
    // `Roles` of a policy is a list, `RoleName` of a role's policy is one.
    const std::string_view ending =
        kind.ends_with("Policy") && kind.size() > 6 && kind != "ManagedPolicy" ? "Name" : "s";
    bool attached = false;
    for (const std::string_view of : {"Role", "User", "Group"}) {
      if (attach(r, of, fmt::format("{}{}", of, ending), when)) attached = true;
    }
    if (kind == "ManagedPolicy" && !attached) {
      Holder& h = holder("ManagedPolicy", scope_.text_of(r), r.id);
      document(h, member(r, "PolicyDocument"), when, {});
      note(h, r);
      alone_.emplace(scope_.new_id(r.id));
    }
  }

  void identity(const ir::Resource& r, std::string_view kind, const Case& when) {
    Holder& h = holder(kind, scope_.text_of(r), r.id);
    note(h, r);
    for (const Entry& e : scope_.entries_at_top(member(r, "Policies"), when)) {
      document(h, scope_.member(e.value, "PolicyDocument", e.when), e.when, {});
    }
    for (const Entry& e : scope_.entries(member(r, "ManagedPolicyArns"), when)) managed(h, e, h.may);
    for (const Entry& e : scope_.entries(member(r, "Groups"), when)) {
      const Text name = scope_.text(e.value, e.when);
      Statement group = opaque_statement(fmt::format("what the group {} may", scope_.shown(name)),
                                         scope_.key(name), e.when);
      group.surely_allows = true;
      h.may.push_back(std::move(group));
    }
    for (Statement& st : read_policy(scope_, member(r, "AssumeRolePolicyDocument"), when))
      h.trust.push_back(std::move(st));
    for (const Entry& e : scope_.cases(member(r, "PermissionsBoundary"), when)) {
      h.has_boundary = true;
      h.boundary_shown = scope_.shown(scope_.text(e.value, e.when));
      managed(h, e, h.boundary);
    }
  }

  /// Of a policy that says whom it is attached to.
  bool attach(const ir::Resource& r, std::string_view kind, std::string_view property, const Case& when) {
    const std::vector<Entry> names = scope_.entries(member(r, property), when);
    for (const Entry& e : names) {
      const Text name = scope_.text(e.value, e.when);
      const std::string_view id = scope_.named_resource(e.value, e.when);
      Holder& h = holder(kind, name, id.empty() ? id : scope_.renamed_resource(id)->id);
      document(h, member(r, "PolicyDocument"), e.when, {});
      note(h, r);
    }
    return !names.empty();
  }

  void managed(Holder& h, const Entry& e, std::vector<Statement>& out) {
    const std::string_view id = scope_.named_resource(e.value, e.when);
    const ir::Resource* own = id.empty() ? nullptr : scope_.renamed_resource(id);
    if (own != nullptr && own->type == "AWS::IAM::ManagedPolicy") {
      for (Statement& st : read_policy(scope_, member(*own, "PolicyDocument"), e.when))
        out.push_back(std::move(st));
      attached_.emplace(id);
      return note(h, *own);
    }
    const Named name = named_resource(scope_, scope_.text(e.value, e.when));
    const std::string arn = scope_.shown(name.text);
    const auto at = arn.find(":iam::aws:policy/");
    const std::string_view policy =
        at == std::string::npos ? std::string_view{} : std::string_view(arn).substr(at + 17);
    if (policy == "AdministratorAccess") {
      Statement all = full_access(scope_, false);
      all.when = e.when;
      all.source = policy;
      return out.push_back(std::move(all));
    }
    Statement st = opaque_statement(
        policy.empty() ? fmt::format("what the policy {} says", arn) : fmt::format("what {} allows", policy),
        scope_.key(e.value, e.when), e.when);
    st.surely_allows = !policy.empty() && policy.find("Deny") == std::string_view::npos &&
                       policy.find("Quarantine") == std::string_view::npos;
    st.may_deny = std::find(std::begin(kAllowing), std::end(kAllowing), policy) == std::end(kAllowing);
    out.push_back(std::move(st));
  }

  void document(Holder& h, ValueRef v, const Case& when, std::string_view source) {
    for (Statement& st : read_policy(scope_, v, when)) {
      st.source = source;
      h.may.push_back(std::move(st));
    }
  }

  /// `id`: of its resource on this side, when that is known. One that another policy names by its name is
  /// found too.
  Holder& holder(std::string_view kind, const Text& name, std::string_view id) {
    const std::string key = key_of(kind, name);
    if (const auto at = ids_.find(key); at != ids_.end()) id = at->second;
    Holder& h = holders_[id.empty() ? key : fmt::format("resource {}", scope_.new_id(id))];
    if (h.shown.empty()) h.shown = id.empty() ? scope_.shown(name) : std::string(scope_.new_id(id));
    if (!id.empty()) h.id = scope_.new_id(id);
    return h;
  }

  void note(Holder& h, const ir::Resource& r) const {
    h.changed = h.changed || s_.changed(scope_.new_id(r.id));
  }

  [[nodiscard]] static ValueRef member(const ir::Resource& r, std::string_view key) {
    const auto* object = r.properties == nullptr ? nullptr : r.properties->get_if<ir::Object>();
    return object == nullptr ? nullptr : object->find(key);
  }

  const Search& s_;
  const Scope& scope_;
  std::unordered_map<std::string, std::string_view> ids_;  // of roles, users and groups, by their names
  std::set<std::string_view> alone_, attached_;            // managed policies of the template
  Holders holders_;
};

}  // namespace

Holders identities_of(const Search& s, const Scope& scope) { return Collector(s, scope).run(); }

}  // namespace stackc::diff

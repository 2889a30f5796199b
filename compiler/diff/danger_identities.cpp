#include <algorithm>
#include <map>
#include <set>

#include "compiler/base/text.hpp"
#include "compiler/diff/danger_search.hpp"
#include "compiler/diff/policy_sets.hpp"

// What roles, users and groups may do: their own policies, those that are attached to them from elsewhere in
// the template, and managed ones, together; permissions boundaries; who may take a role.
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

/// Actions that AWS lets nobody restrict to a resource and that read no data: `*` says nothing about them.
/// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
constexpr std::string_view kPlain[] = {
    "ecr:getauthorizationtoken",      "ssmmessages:createcontrolchannel",   "ssmmessages:createdatachannel",
    "ssmmessages:opencontrolchannel", "ssmmessages:opendatachannel",        "cloudwatch:putmetricdata",
    "xray:puttracesegments",          "xray:puttelemetryrecords",           "xray:getsamplingrules",
    "xray:getsamplingtargets",        "xray:getsamplingstatisticsummaries",
};

struct Holder {
  std::string shown;  // `TaskRole`, or the name of one that stands elsewhere
  std::string id;     // of its resource in the new side; empty: it stands elsewhere
  std::vector<Statement> may, trust, boundary;
  bool has_boundary = false;
  std::string boundary_shown;
  bool changed = false;  // something that it consists of does
};
using Holders = std::map<std::string, Holder>;  // by what their name is

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
      Statement group = opaque_statement(
          fmt::format("what the group {} may", scope_.shown(scope_.text(e.value, e.when))), e.when);
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
        e.when);
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

// ---------------------------------------------------------------- what is said

/// Does what a new identity may do reach something that was there before, or is it plain?
bool reaches_existing(const Search& s, const Atom& a) {
  const Statement& st = *a.statement;
  if (!st.opaque.empty())
    return st.opaque.find("service-role/") == std::string::npos &&
           st.opaque.find("SSMManagedInstanceCore") == std::string::npos;
  if (a.resource != nullptr) {
    for (const Piece& piece : a.resource->text.pieces) {
      if (piece.literal()) continue;
      const std::string& id = s.symbols[piece.symbol].resource;
      if (!id.empty() && !s.existed(id)) return false;
    }
  }
  if (a.action == nullptr || a.resource == nullptr || !is_everything(a.resource->pattern)) return true;
  std::string action;
  for (const Token& t : a.action->pattern) action += t.kind == Token::Kind::Char ? t.ch : '*';
  return std::find(std::begin(kPlain), std::end(kPlain), action) == std::end(kPlain);
}

/// Is somebody let in who is neither a service of AWS nor a resource of this stack?
bool lets_outside(const Search& s, const Atom& a) {
  if (a.principal == nullptr) return true;
  if (a.principal->kind == "Service") return false;
  const Text& text = a.principal->text;
  for (const Piece& piece : text.pieces) {
    if (piece.literal()) continue;
    const Symbol& symbol = s.symbols[piece.symbol];
    if (!symbol.resource.empty() || symbol.key == "AWS::AccountId") return false;
  }
  return true;
}

void say(Search& s, const Holder& h, const Verdict& v, std::string_view more, std::string_view less,
         std::string_view changes) {
  if (v.nothing()) return;
  const DangerKind kind = v.kind();
  const std::string_view form = kind == DangerKind::SecurityWidening    ? more
                                : kind == DangerKind::SecurityNarrowing ? less
                                                                        : changes;
  const ir::Resource* r = h.id.empty() ? nullptr : s.after.resource(h.id);
  Danger& d =
      s.add(kind, r == nullptr ? std::string_view{} : r->id, fmt::format(fmt::runtime(form), h.shown));
  d.facts = shortened(v.facts);
}

void compare_boundary(Search& s, const Holder& before, const Holder& after) {
  if (!before.has_boundary && !after.has_boundary) return;
  Verdict v;
  if (before.has_boundary && after.has_boundary) {
    v = compare_policies({before.boundary, after.boundary, s.before, s.after, {}});
    // What no boundary allows is not lost by a boundary that cannot be read.
    if (v.gained && !after.boundary.empty() && !after.boundary[0].opaque.empty())
      v.gained = false, v.gained_maybe = true;
  } else {
    (before.has_boundary ? v.gained : v.lost) = true;
    v.facts = {before.has_boundary ? fmt::format("- boundary {}", before.boundary_shown)
                                   : fmt::format("+ boundary {}", after.boundary_shown)};
  }
  say(s, after, v,
      before.has_boundary && !after.has_boundary ? "`{}` loses its permissions boundary"
                                                 : "the permissions boundary of `{}` allows more",
      before.has_boundary ? "the permissions boundary of `{}` allows less"
                          : "`{}` gets a permissions boundary",
      "the permissions boundary of `{}` changes, and the templates do not say whether it allows more");
}

void compare(Search& s, const Holder& before, const Holder& after) {
  say(s, after, compare_policies({before.may, after.may, s.before, s.after, {}}), "`{}` may do more",
      "`{}` may do less", "what `{}` may do changes, and the templates do not say whether it is more");
  say(s, after, compare_policies({before.trust, after.trust, s.before, s.after, {}}),
      "more may take the role `{}`", "fewer may take the role `{}`",
      "who may take the role `{}` changes, and the templates do not say whether it is more");
  compare_boundary(s, before, after);
}

void created(Search& s, const Holder& after) {
  const std::vector<Statement> none;
  const auto reaches = [&](const Atom& a) { return reaches_existing(s, a); };
  const auto outside = [&](const Atom& a) { return lets_outside(s, a); };
  const auto say_more = [&](const Verdict& v, std::string_view form) {
    if (v.gained || v.gained_maybe) say(s, after, v, form, form, form);
  };
  say_more(compare_policies({none, after.may, s.before, s.after, reaches}),
           "`{}` is new, and may use what is there already");
  say_more(compare_policies({none, after.trust, s.before, s.after, outside}),
           "`{}` is new, and others than this stack may take it");
}

}  // namespace

void find_identities(Search& s) {
  const bool any = std::any_of(s.diff.resources.begin(), s.diff.resources.end(),
                               [](const ResourceChange& r) { return r.type.starts_with("AWS::IAM::"); });
  if (!any) return;
  const Holders before = Collector(s, s.before).run(), after = Collector(s, s.after).run();
  const Holder none;
  for (const auto& [key, h] : after) {
    const auto at = before.find(key);
    const bool is_new = !h.id.empty() && !s.existed(h.id);
    if (!h.changed && (at == before.end() || !at->second.changed)) continue;
    if (is_new)
      created(s, h);
    else
      compare(s, at == before.end() ? none : at->second, h);
  }
  for (const auto& [key, h] : before) {
    // Of one that is deleted nothing is left; one that stands elsewhere keeps what others gave it.
    if (!after.contains(key) && h.id.empty() && h.changed) {
      say(s, h, compare_policies({h.may, none.may, s.before, s.after, {}}), "`{}` may do more",
          "`{}` may do less", "what `{}` may do changes, and the templates do not say whether it is more");
    }
  }
}

}  // namespace stackc::diff

#include <algorithm>
#include <map>
#include <set>

#include "compiler/base/text.hpp"
#include "compiler/diff/danger_search.hpp"
#include "compiler/diff/policy_sets.hpp"

// What a resource lets others do with it: policies of buckets, queues, topics, keys, repositories, secrets,
// functions and whatever else has one.
namespace stackc::diff {
namespace {

using ir::ValueRef;

/// Where a policy stands apart from the resource that it is about.
struct Apart {
  std::string_view type, target;
};
constexpr Apart kApart[] = {
    {"AWS::S3::BucketPolicy", "Bucket"},         {"AWS::SQS::QueuePolicy", "Queues"},
    {"AWS::SQS::QueueInlinePolicy", "Queue"},    {"AWS::SNS::TopicPolicy", "Topics"},
    {"AWS::SNS::TopicInlinePolicy", "TopicArn"}, {"AWS::SecretsManager::ResourcePolicy", "SecretId"},
    {"AWS::Lambda::Permission", "FunctionName"}, {"AWS::Events::EventBusPolicy", "EventBusName"},
};

/// Where no policy means that everyone may do everything that their own policies say.
/// https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
/// https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html
/// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
constexpr std::string_view kOpenWithout[] = {"AWS::EC2::VPCEndpoint", "AWS::EFS::FileSystem",
                                             "AWS::ApiGateway::RestApi"};

struct Target {
  std::string shown;
  std::string id;  // of the resource that the policy is about, in the new side; empty: it stands elsewhere
  std::string policy_id;  // of the resource that says so, in the new side
  std::vector<Statement> statements;
  bool changed = false;
};
using Targets = std::map<std::string, Target>;

class Collector {
 public:
  Collector(const Search& s, const Scope& scope) : s_(s), scope_(scope) {}

  Targets run(const std::set<std::string_view>& types) {
    for (const ir::Resource& r : scope_.tmpl().resources) {
      if (!types.contains(r.type) || r.type.starts_with("AWS::IAM::")) continue;
      const auto when = scope_.existence(r);
      if (when) resource(r, *when);
    }
    return std::move(targets_);
  }

 private:
  void resource(const ir::Resource& r, const Case& when) {
    const auto apart =
        std::find_if(std::begin(kApart), std::end(kApart), [&](const Apart& a) { return a.type == r.type; });
    if (apart == std::end(kApart)) return own(r, when);
    const ValueRef target = member(r, apart->target);
    if (target == nullptr) return;
    for (const Entry& e : scope_.entries(target, when)) {
      Target& t = this->target(r, e);
      if (r.type == "AWS::Lambda::Permission")
        t.statements.push_back(permission(r, e.when));
      else if (r.type == "AWS::Events::EventBusPolicy")
        bus(r, e.when, t);
      else
        for (ValueRef v : policies(r)) append(t, v, e.when);
    }
  }

  void own(const ir::Resource& r, const Case& when) {
    const auto type = scope_.schema().find(r.type);
    if (!type) return;
    const bool open =
        std::find(std::begin(kOpenWithout), std::end(kOpenWithout), r.type) != std::end(kOpenWithout);
    const std::vector<ValueRef> documents = policies(r);
    if (documents.empty() && !open) {
      if (r.type != "AWS::KMS::Key") return;
    }
    Target& t = targets_[fmt::format("resource {}", scope_.new_id(r.id))];
    t.shown = t.id = t.policy_id = scope_.new_id(r.id);
    t.changed = s_.changed(t.id);
    for (ValueRef v : documents) append(t, v, when);
    if (t.statements.empty() && open) t.statements.push_back(full_access(scope_, true));
    if (documents.empty() && r.type == "AWS::KMS::Key") t.statements.push_back(of_account());
  }

  Target& target(const ir::Resource& r, const Entry& e) {
    const std::string_view id = scope_.named_resource(e.value, e.when);
    const Text name = scope_.text(e.value, e.when);
    Target& t = targets_[id.empty() ? fmt::format("{} {}", r.type, scope_.key(name))
                                    : fmt::format("resource {}", id)];
    t.shown = id.empty() ? scope_.shown(name) : std::string(id);
    t.id = id;
    t.policy_id = scope_.new_id(r.id);
    t.changed = t.changed || s_.changed(t.policy_id);
    return t;
  }

  /// The documents of the resource: its properties that the schema calls policies, if they are IAM's.
  std::vector<ValueRef> policies(const ir::Resource& r) const {
    std::vector<ValueRef> out;
    const auto type = scope_.schema().find(r.type);
    const auto* object = r.properties == nullptr ? nullptr : r.properties->get_if<ir::Object>();
    if (!type || object == nullptr) return out;
    for (const ir::Member& m : object->members) {
      const auto property = type.properties().find(m.key);
      const bool apart = m.key == "ResourcePolicy" && r.type == "AWS::SecretsManager::ResourcePolicy";
      if (!property || (property.type().kind() != schema::TypeKind::Policy && !apart)) continue;
      if (m.key.starts_with("Redrive") || m.key == "ArchivePolicy" || m.key == "ReplayPolicy" ||
          m.key == "DataProtectionPolicy")
        continue;
      out.push_back(m.value);
    }
    return out;
  }

  void append(Target& t, ValueRef document, const Case& when) const {
    for (Statement& st : read_policy(scope_, document, when)) t.statements.push_back(std::move(st));
  }

  /// What a key without a policy gets:
  /// https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
  [[nodiscard]] Statement of_account() const {
    Statement st = full_access(scope_, false);
    st.principals.push_back(principal_of(scope_, "AWS", scope_.text_of_pseudo("AWS::AccountId")));
    return st;
  }

  /// https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
  [[nodiscard]] Statement permission(const ir::Resource& r, const Case& when) const {
    Statement st;
    st.when = when;
    st.actions.push_back(named_action(scope_, scope_.text(member(r, "Action"), when)));
    const Text who = scope_.text(member(r, "Principal"), when);
    const bool service = who.literal() ? who.str().ends_with(".amazonaws.com") : who.pieces.back().literal();
    st.principals.push_back(principal_of(scope_, service ? "Service" : "AWS", who));
    const auto test = [&](std::string_view property, std::string_view op, std::string_view key) {
      const ValueRef v = scope_.member(r.properties, property, when);
      if (v != nullptr) st.tests.push_back(test_of(scope_, op, key, {scope_.text(v, when)}));
    };
    test("SourceArn", "ArnLike", "aws:SourceArn");
    test("SourceAccount", "StringEquals", "aws:SourceAccount");
    test("PrincipalOrgID", "StringEquals", "aws:PrincipalOrgID");
    test("FunctionUrlAuthType", "StringEquals", "lambda:FunctionUrlAuthType");
    return st;
  }

  void bus(const ir::Resource& r, const Case& when, Target& t) const {
    if (const ValueRef st = member(r, "Statement")) {
      ir::Member statement{"Statement", st};
      const ir::Value document{ir::Object{{&statement, 1}}, st->origin};
      return append(t, &document, when);
    }
    Statement st;
    st.when = when;
    st.actions.push_back(named_action(scope_, scope_.text(member(r, "Action"), when)));
    st.principals.push_back(principal_of(scope_, "AWS", scope_.text(member(r, "Principal"), when)));
    if (const ValueRef condition = member(r, "Condition")) {
      st.tests.push_back(test_of(scope_, "StringEquals",
                                 scope_.shown(scope_.text(member(condition, "Key"), when)),
                                 {scope_.text(member(condition, "Value"), when)}));
    }
    t.statements.push_back(std::move(st));
  }

  [[nodiscard]] static ValueRef member(const ir::Resource& r, std::string_view key) {
    return member(r.properties, key);
  }
  [[nodiscard]] static ValueRef member(ValueRef v, std::string_view key) {
    const auto* object = v == nullptr ? nullptr : v->get_if<ir::Object>();
    return object == nullptr ? nullptr : object->find(key);
  }

  const Search& s_;
  const Scope& scope_;
  Targets targets_;
};

/// Is somebody let in who is neither a service of AWS under a condition, nor of this account?
bool lets_outside(const Search& s, const Atom& a) {
  const Statement& st = *a.statement;
  if (st.not_principals || a.principal == nullptr) return true;
  if (a.principal->kind == "Service") return false;
  for (const Piece& piece : a.principal->text.pieces) {
    if (piece.literal()) continue;
    const Symbol& symbol = s.symbols[piece.symbol];
    if (!symbol.resource.empty() || symbol.key == "AWS::AccountId") return false;
  }
  // Everyone, but only of the own account, organisation or network.
  const bool own = std::any_of(st.tests.begin(), st.tests.end(), [](const Test& t) {
    return !t.if_exists &&
           (t.key == "aws:sourcearn" || t.key == "aws:sourceaccount" || t.key == "aws:principalaccount" ||
            t.key == "aws:principalorgid" || t.key == "aws:sourcevpc" || t.key == "aws:sourcevpce" ||
            t.key == "aws:principalarn" || t.key == "kms:calleraccount");
  });
  return !own;
}

void say(Search& s, const Target& t, const Verdict& v, bool is_new) {
  if (v.nothing() || (is_new && !v.gained && !v.gained_maybe)) return;
  const DangerKind kind = v.kind();
  std::string message;
  if (is_new)
    message = fmt::format("`{}` is new, and others than this account may use it", t.shown);
  else if (kind == DangerKind::SecurityWidening)
    message = fmt::format("more may be done with `{}`", t.shown);
  else if (kind == DangerKind::SecurityNarrowing)
    message = fmt::format("less may be done with `{}`", t.shown);
  else
    message = fmt::format(
        "who may use `{}`, and how, changes, and the templates do not say whether it is more", t.shown);
  const ir::Resource* r = s.after.resource(t.policy_id);
  if (r == nullptr) r = s.before.renamed_resource(t.policy_id);
  Danger& d = s.add(kind, r == nullptr ? std::string_view{} : r->id, std::move(message));
  d.facts = shortened(v.facts);
}

}  // namespace

void find_grants(Search& s) {
  std::set<std::string_view> types;
  for (const ResourceChange& r : s.diff.resources) {
    if (r.action != Action::None) types.insert(r.type);
  }
  if (types.empty()) return;
  const Targets before = Collector(s, s.before).run(types), after = Collector(s, s.after).run(types);
  const std::vector<Statement> none;
  for (const auto& [key, t] : after) {
    const auto at = before.find(key);
    if (!t.changed && (at == before.end() || !at->second.changed)) continue;
    const bool is_new = !t.id.empty() && !s.existed(t.id);
    const auto outside = [&](const Atom& a) { return lets_outside(s, a); };
    PolicyChange change{
        at == before.end() ? none : at->second.statements, t.statements, s.before, s.after, {}};
    if (is_new) change.counts = outside;
    // A new endpoint or file system without a policy is as AWS makes them.
    const bool as_made = is_new && std::find(std::begin(kOpenWithout), std::end(kOpenWithout),
                                             s.after.resource(t.policy_id)->type) != std::end(kOpenWithout);
    if (!as_made) say(s, t, compare_policies(change), is_new);
  }
  for (const auto& [key, t] : before) {
    const bool goes = !t.id.empty() && !s.exists(t.id);
    if (after.contains(key) || goes || !t.changed) continue;
    say(s, t, compare_policies({t.statements, none, s.before, s.after, {}}), false);
  }
}

}  // namespace stackc::diff

#include <algorithm>
#include <array>

#include "compiler/base/text.hpp"
#include "compiler/diff/danger_search.hpp"

// Limits that come near: less than a fifth is left, and less than before.
namespace stackc::diff {
namespace {

using ir::ValueRef;

constexpr std::size_t kNear = 80;  // percent

void judge(Search& s, std::string_view resource, std::size_t before, std::size_t after, std::size_t limit,
           const std::string& what, std::string_view help, Span origin) {
  if (after <= before || after * 100 < limit * kNear) return;
  Danger& d = s.add(
      DangerKind::Quota, resource,
      after > limit
          ? fmt::format("{} {}, more than the {} that AWS accepts; there were {}", after, what, limit, before)
          : fmt::format("{} {} of the {} that AWS accepts; there were {}", after, what, limit, before));
  d.help = help;
  if (origin.valid()) d.origin = origin;
}

/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
void of_template(Search& s) {
  const ir::Template& before = s.before.tmpl();
  const ir::Template& after = s.after.tmpl();
  constexpr std::string_view kSplit = "split the stack: an `upstream` gives one stack the exports of another";
  const auto count = [&](const auto& old_entries, const auto& entries, std::size_t limit,
                         const std::string& what) {
    judge(s, {}, old_entries.size(), entries.size(), limit, what, kSplit,
          entries.empty() ? Span{} : entries.back().origin);
  };
  count(before.resources, after.resources, 500, "resources");
  count(before.parameters, after.parameters, 200, "parameters");
  count(before.outputs, after.outputs, 200, "outputs");
  count(before.mappings, after.mappings, 200, "mappings");
  if (s.before_side.bytes != 0)
    judge(s, {}, s.before_side.bytes, s.after_side.bytes, 1'000'000, "bytes of template", kSplit, {});
}

/// A list in a resource, or the resources of a type that belong to one.
struct Limit {
  std::string_view type, property;
  std::size_t most;
  std::string_view what, help;
};
constexpr auto kLists = std::to_array<Limit>({
    // https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
    {"AWS::EC2::SecurityGroup", "SecurityGroupIngress", 60, "rules for what comes in",
     "use a prefix list, or a second group"},
    {"AWS::EC2::SecurityGroup", "SecurityGroupEgress", 60, "rules for what goes out",
     "use a prefix list, or a second group"},
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    {"AWS::IAM::Role", "ManagedPolicyArns", 10, "managed policies", "AWS raises it to 20 on request"},
    {"AWS::IAM::User", "ManagedPolicyArns", 10, "managed policies", "AWS raises it to 20 on request"},
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html
    {"AWS::ECS::TaskDefinition", "ContainerDefinitions", 10, "containers", "divide the task"},
});
constexpr auto kParts = std::to_array<Limit>({
    {"AWS::EC2::SecurityGroupIngress", "GroupId", 60, "rules for what comes in",
     "use a prefix list, or a second group"},
    {"AWS::EC2::SecurityGroupEgress", "GroupId", 60, "rules for what goes out",
     "use a prefix list, or a second group"},
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
    {"AWS::ElasticLoadBalancingV2::ListenerRule", "ListenerArn", 100, "rules", "AWS raises it on request"},
});

ValueRef member(const ir::Resource* r, std::string_view key) {
  const auto* object =
      r == nullptr || r->properties == nullptr ? nullptr : r->properties->get_if<ir::Object>();
  return object == nullptr ? nullptr : object->find(key);
}

std::size_t items(const Scope& scope, const ir::Resource* r, std::string_view property) {
  std::size_t most = 0;
  for (const Entry& e : scope.cases_at_top(member(r, property))) {
    const auto* list = e.value->get_if<ir::List>();
    most = std::max(most, list == nullptr ? 0 : list->items.size());
  }
  return most;
}

std::size_t parts(const Scope& scope, const Limit& limit, std::string_view of) {
  std::size_t n = 0;
  for (const ir::Resource& r : scope.tmpl().resources) {
    if (r.type == limit.type && scope.named_resource(member(&r, limit.property)) == of) ++n;
  }
  return n;
}

void of_resources(Search& s) {
  for (const ResourceChange& r : s.diff.resources) {
    if (r.after == nullptr) continue;
    for (const Limit& limit : kLists) {
      if (limit.type != r.type) continue;
      judge(s, r.id, items(s.before, r.before, limit.property), items(s.after, r.after, limit.property),
            limit.most, fmt::format("{} of `{}`", limit.what, r.id), limit.help, {});
    }
  }
  for (const Limit& limit : kParts) {
    std::vector<std::string_view> owners;
    for (const ResourceChange& r : s.diff.resources) {
      if (r.type != limit.type || r.action != Action::Create) continue;
      const std::string_view owner = s.after.named_resource(member(r.after, limit.property));
      if (!owner.empty() && std::find(owners.begin(), owners.end(), owner) == owners.end())
        owners.push_back(owner);
    }
    for (const std::string_view owner : owners) {
      judge(s, owner, parts(s.before, limit, owner), parts(s.after, limit, owner), limit.most,
            fmt::format("{} of `{}`", limit.what, owner), limit.help, {});
    }
  }
}

// ---------------------------------------------------------------- texts

/// A text that AWS takes up to a length, of all values at the path together.
struct Length {
  std::string_view type, path;
  std::size_t most;
  std::string_view what, help;
};
constexpr std::string_view kAttach = "move statements to a managed policy";
constexpr auto kLengths = std::to_array<Length>({
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: without white space.
    {"AWS::IAM::Role", "Policies.PolicyDocument", 10'240, "characters of policies", kAttach},
    {"AWS::IAM::User", "Policies.PolicyDocument", 2'048, "characters of policies", kAttach},
    {"AWS::IAM::Group", "Policies.PolicyDocument", 5'120, "characters of policies", kAttach},
    {"AWS::IAM::Role", "AssumeRolePolicyDocument", 2'048, "characters of trust",
     "AWS raises it to 4,096 on request"},
    {"AWS::IAM::ManagedPolicy", "PolicyDocument", 6'144, "characters", "divide the policy"},
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html
    {"AWS::S3::BucketPolicy", "PolicyDocument", 20'480, "bytes of policy", "name principals by a condition"},
    // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
    {"AWS::Lambda::Function", "Environment.Variables", 4'096, "bytes of environment",
     "keep values in a parameter or a secret"},
});

/// The length as JSON without white space: at least, where only a deployment knows parts of it.
std::size_t length(const Scope& scope, ValueRef v) {
  v = v == nullptr ? nullptr : scope.settled(v, {});
  if (v == nullptr) return 0;
  std::size_t n = 0;
  if (const auto* list = v->get_if<ir::List>()) {
    for (ValueRef item : list->items) n += 1 + length(scope, item);
    return n + (list->items.empty() ? 2 : 1);
  }
  if (const auto* object = v->get_if<ir::Object>()) {
    for (const ir::Member& m : object->members) n += m.key.size() + 4 + length(scope, m.value);
    return n + (object->members.empty() ? 2 : 1);
  }
  if (const ir::Call* choice = v->call(ir::Fn::If); choice != nullptr && choice->args.size() == 3)
    return std::min(length(scope, choice->args[1]), length(scope, choice->args[2]));
  for (const Piece& piece : scope.text(v).pieces) {
    if (piece.literal())
      n +=
          piece.text.size() - static_cast<std::size_t>(std::count(piece.text.begin(), piece.text.end(), ' '));
  }
  const bool quoted = v->get_if<std::int64_t>() == nullptr && v->get_if<bool>() == nullptr;
  return n + (quoted ? 2 : 0);
}

std::size_t length(const Scope& scope, ValueRef v, std::string_view path) {
  if (v == nullptr || path.empty()) return length(scope, v);
  std::size_t n = 0;
  if (const auto* list = v->get_if<ir::List>()) {
    for (ValueRef item : list->items) n += length(scope, item, path);
    return n;
  }
  const auto dot = path.find('.');
  return length(scope, scope.member(v, path.substr(0, dot), {}),
                dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1));
}

void of_texts(Search& s) {
  for (const ResourceChange& r : s.diff.resources) {
    if (r.after == nullptr || r.action == Action::None) continue;
    for (const Length& limit : kLengths) {
      if (limit.type != r.type) continue;
      const std::size_t before = r.before == nullptr ? 0 : length(s.before, r.before->properties, limit.path);
      judge(s, r.id, before, length(s.after, r.after->properties, limit.path), limit.most,
            fmt::format("{} of `{}`", limit.what, r.id), limit.help, {});
    }
  }
}

}  // namespace

void find_quotas(Search& s) {
  of_template(s);
  of_resources(s);
  of_texts(s);
}

}  // namespace stackc::diff

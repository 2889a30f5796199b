#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "compiler/base/text.hpp"
#include "compiler/deploy/arns.hpp"
#include "compiler/deploy/deploy.hpp"
#include "compiler/deploy/references.hpp"
#include "compiler/deploy/table.hpp"
#include "compiler/iam/iam.hpp"

namespace stackc::deploy {
namespace {

/// More types of resources than this in one action stand as the whole service.
constexpr std::size_t kMostTypes = 3;

/// The service that makes itself a role when the first resource of a type is made.
/// docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
constexpr auto kLinked = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"AWS::ApplicationAutoScaling::ScalableTarget", "ecs.application-autoscaling.amazonaws.com"},
    {"AWS::AutoScaling::AutoScalingGroup", "autoscaling.amazonaws.com"},
    {"AWS::ECS::CapacityProvider", "ecs.amazonaws.com"},
    {"AWS::ECS::Cluster", "ecs.amazonaws.com"},
    {"AWS::ECS::Service", "ecs.amazonaws.com"},
    {"AWS::EFS::FileSystem", "elasticfilesystem.amazonaws.com"},
    {"AWS::ElastiCache::ReplicationGroup", "elasticache.amazonaws.com"},
    {"AWS::ElastiCache::ServerlessCache", "elasticache.amazonaws.com"},
    {"AWS::ElasticLoadBalancingV2::LoadBalancer", "elasticloadbalancing.amazonaws.com"},
    {"AWS::RDS::DBCluster", "rds.amazonaws.com"},
    {"AWS::RDS::DBInstance", "rds.amazonaws.com"},
});

/// Without those that another one stands for: `cluster/acme*` beside `cluster/*`.
std::set<std::string> without_covered(const std::set<std::string>& resources) {
  std::set<std::string> out;
  for (const std::string& one : resources) {
    const bool covered = std::any_of(resources.begin(), resources.end(), [&](const std::string& other) {
      return other != one && iam::matches(other, one) && !iam::matches(one, other);
    });
    if (!covered) out.insert(one);
  }
  return out;
}

class Gatherer {
 public:
  Gatherer(const ir::Template& t, schema::Schema schema, const Target& target)
      : t_(t), schema_(schema), target_(target), iam_(iam::Iam::aws()) {}

  Permissions gather() {
    for (const ir::Resource& r : t_.resources) resource(r);
    if (!linked_.empty()) {
      Statement s{{"iam:CreateServiceLinkedRole"},
                  {fmt::format("arn:{}:iam::{}:role/aws-service-role/*", target_.partition, target_.account)},
                  {}};
      s.conditions["StringEquals"]["iam:AWSServiceName"] = {linked_.begin(), linked_.end()};
      statements_.push_back(std::move(s));
    }
    for (auto* part : {&passed_roles, &looked_up, &of_stack}) {
      for (Statement& s : part(t_, target_)) statements_.push_back(std::move(s));
    }
    return {merged(std::move(statements_)), {by_name_.begin(), by_name_.end()}, {unknown_.begin(), unknown_.end()}};
  }

 private:
  void resource(const ir::Resource& r) {
    if (r.type.starts_with("Custom::")) return;
    const Needs needs = needs_of(r.type, schema_.find(r.type), iam_);
    if (needs.source == Needs::Source::Names) by_name_.emplace(r.type);
    if (needs.source == Needs::Source::Unknown) unknown_.emplace(r.type);
    const std::string name = name_of(r, needs, t_, target_);
    for (const std::string& action : needs.actions) allow(action, needs, name);
    for (const auto& [type, service] : kLinked) {
      if (r.type == type) linked_.emplace(service);
    }
    if (r.type == "AWS::CloudFormation::Stack") nested();
  }

  void nested() {
    for (Statement& s : of_stack(t_, {target_.stack + "-*", target_.partition, target_.region, target_.account})) {
      statements_.push_back(std::move(s));
    }
  }

  /// One action for one resource.
  void allow(const std::string& action, const Needs& needs, const std::string& name) {
    const std::size_t colon = action.find(':');
    const iam::Service service = iam_.find(action.substr(0, colon));
    const iam::Action known = service ? service.find(action.substr(colon + 1)) : iam::Action{};
    if (!known || known.resource_count() == 0) return add(action, {"*"});
    const bool is_own = service.prefix() == needs.service && !needs.own.empty();
    // The secrets that RDS makes for its administrators have names of their own.
    const bool is_rds_secret = needs.service == "rds" && service.prefix() == "secretsmanager";
    std::set<std::string> arns, services;
    bool own = false;
    for (std::size_t i = 0; i < known.resource_count(); ++i) {
      const iam::ResourceType type = known.resource(i);
      const bool itself = is_own && type.name() == needs.own;
      const auto these = arns_of(type, itself ? std::string_view(name) : is_rds_secret ? "rds!*" : "*", target_);
      if (itself && is_about_tags(known)) return add(action, these);  // the others are other things with tags
      if (is_own && type.name() == "accesspoint") continue;  // another way to the same thing
      own = own || itself;
      for (const std::string& arn : these) {
        arns.insert(arn);
        services.insert(arn_of_service(arn));
      }
    }
    // A form of ARN for whatever a service passes on says nothing where another one does.
    std::erase_if(services, [&](const std::string& arn) { return services.size() > 1 && arn.find(":*:") < arn.find(':', 4) + 1; });
    // Ids and names of others are not known before: what matters is the account.
    if (!own && !is_rds_secret && (arns.size() > kMostTypes || needs.own.empty())) arns = std::move(services);
    add(action, {arns.begin(), arns.end()});
  }

  static bool is_about_tags(iam::Action action) {
    return action.level() == iam::Level::Tag || action.name().starts_with("ListTags");
  }

  void add(const std::string& action, std::vector<std::string> resources) {
    statements_.push_back({{action}, std::move(resources), {}});
  }

  const ir::Template& t_;
  schema::Schema schema_;
  const Target& target_;
  iam::Iam iam_;
  std::vector<Statement> statements_;
  std::set<std::string> linked_;
  std::set<std::string> by_name_, unknown_;
};

}  // namespace

Permissions permissions(const ir::Template& t, schema::Schema schema, const Target& target) {
  return Gatherer(t, schema, target).gather();
}

std::vector<Statement> merged(std::vector<Statement> statements) {
  // First the resources of each action, so that an action stands once; then the actions of equal resources.
  using Conditions = decltype(Statement::conditions);
  std::map<std::pair<Conditions, std::string>, std::set<std::string>> by_action;
  for (const Statement& s : statements) {
    for (const std::string& action : s.actions) {
      by_action[{s.conditions, action}].insert(s.resources.begin(), s.resources.end());
    }
  }
  std::map<std::pair<std::set<std::string>, Conditions>, std::set<std::string>> by_resources;
  for (const auto& [key, resources] : by_action) {
    by_resources[{without_covered(resources), key.first}].insert(key.second);
  }
  std::vector<Statement> out;
  for (const auto& [key, actions] : by_resources) {
    out.push_back({{actions.begin(), actions.end()}, {key.first.begin(), key.first.end()}, key.second});
  }
  std::sort(out.begin(), out.end(), [](const Statement& a, const Statement& b) {
    return std::tie(a.actions, a.resources, a.conditions) < std::tie(b.actions, b.resources, b.conditions);
  });
  return out;
}

}  // namespace stackc::deploy

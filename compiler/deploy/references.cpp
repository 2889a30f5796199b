#include "compiler/deploy/references.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "compiler/base/text.hpp"
#include "compiler/deploy/arns.hpp"

namespace stackc::deploy {
namespace {

/// Who takes the roles that a service's resources name, where it is not the service's name in lower case.
/// docs.aws.amazon.com/service-authorization, `iam:PassedToService`
constexpr auto kTakers = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"ApplicationAutoScaling", "application-autoscaling"},
    {"AutoScaling", "ec2"},
    {"ECS", "ecs"},
    {"KinesisFirehose", "firehose"},
    {"RDS", "rds"},
    {"StepFunctions", "states"},
    {"ApiGatewayV2", "apigateway"},
    {"Cognito", "cognito-identity"},
});

template <class Visit>
void walk(ir::ValueRef v, const Visit& visit) {
  if (v == nullptr) return;
  visit(v);
  if (const auto* object = v->get_if<ir::Object>()) {
    for (const ir::Member& m : object->members) walk(m.value, visit);
  } else if (const auto* list = v->get_if<ir::List>()) {
    for (const ir::ValueRef item : list->items) walk(item, visit);
  } else if (const auto* call = v->get_if<ir::Call>()) {
    for (const ir::ValueRef arg : call->args) walk(arg, visit);
  }
}

/// The AWS services that a trust policy lets in.
std::set<std::string> trusted_services(const ir::Resource& role) {
  std::set<std::string> services;
  const auto* properties = role.properties != nullptr ? role.properties->get_if<ir::Object>() : nullptr;
  const ir::ValueRef trust = properties != nullptr ? properties->find("AssumeRolePolicyDocument") : nullptr;
  walk(trust, [&](ir::ValueRef v) {
    const auto* object = v->get_if<ir::Object>();
    const ir::ValueRef of = object != nullptr ? object->find("Service") : nullptr;
    walk(of, [&](ir::ValueRef name) {
      const auto* text = name->get_if<std::string_view>();
      if (text != nullptr && text->find('.') != std::string_view::npos) services.emplace(*text);
    });
  });
  return services;
}

bool names_a_role(std::string_view key) {
  return key == "Role" || key == "ServiceRole" || key.ends_with("RoleArn") || key.ends_with("RoleARN");
}

std::string taker_of(std::string_view type, std::string_view key) {
  if (type == "AWS::ECS::TaskDefinition" || key == "TaskRoleArn") return "ecs-tasks.amazonaws.com";
  const std::size_t first = type.find("::"), second = type.find("::", first + 2);
  if (first == std::string_view::npos || second == std::string_view::npos) return {};
  std::string service(type.substr(first + 2, second - first - 2));
  for (const auto& [name, taker] : kTakers) {
    if (name == service) return fmt::format("{}.amazonaws.com", taker);
  }
  for (char& c : service) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return service + ".amazonaws.com";
}

Statement passing(std::vector<std::string> roles, std::vector<std::string> services) {
  Statement s{{"iam:PassRole"}, std::move(roles), {}};
  if (!services.empty()) s.conditions["StringEquals"]["iam:PassedToService"] = std::move(services);
  return s;
}

/// Does `v` come from a resource of the template, so that its permission is known?
bool is_of_template(ir::ValueRef v, const ir::Template& t) {
  bool found = false;
  walk(v, [&](ir::ValueRef part) {
    const auto* call = part->get_if<ir::Call>();
    if (call == nullptr || (call->fn != ir::Fn::GetAtt && call->fn != ir::Fn::Ref) || call->args.empty()) return;
    const auto* id = call->args[0]->get_if<std::string_view>();
    found = found || (id != nullptr && std::any_of(t.resources.begin(), t.resources.end(),
                                                   [&](const ir::Resource& r) { return r.id == *id; }));
  });
  return found;
}

void add_foreign_roles(const ir::Template& t, const ir::Resource& r, const Target& target, std::vector<Statement>& out) {
  walk(r.properties, [&](ir::ValueRef v) {
    const auto* object = v->get_if<ir::Object>();
    if (object == nullptr) return;
    for (const ir::Member& m : object->members) {
      if (!names_a_role(m.key) || m.value->get_if<ir::Object>() != nullptr || is_of_template(m.value, t)) continue;
      if (m.value->is_no_value()) continue;
      const std::string pattern = pattern_of(m.value, target);
      const std::string role = pattern.starts_with("arn:") ? pattern
                                                           : fmt::format("arn:{}:iam::{}:role/*", target.partition, target.account);
      const std::string taker = taker_of(r.type, m.key);
      out.push_back(passing({role}, taker.empty() ? std::vector<std::string>{} : std::vector<std::string>{taker}));
    }
  });
}

/// `{{resolve:ssm:/path:1}}` in text: what CloudFormation reads there.
void add_dynamic(std::string_view text, const Target& target, std::vector<Statement>& out) {
  constexpr std::string_view kOpen = "{{resolve:";
  for (std::size_t at = text.find(kOpen); at != std::string_view::npos; at = text.find(kOpen, at + 1)) {
    std::string_view rest = text.substr(at + kOpen.size());
    rest = rest.substr(0, rest.find("}}"));
    const std::size_t colon = rest.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string_view from = rest.substr(0, colon);
    std::string_view what = rest.substr(colon + 1);
    if (from == "secretsmanager") {
      std::string arn(what);
      if (!what.starts_with("arn:")) {
        arn = fmt::format("arn:{}:secretsmanager:{}:{}:secret:{}-*", target.partition, target.region, target.account,
                          what.substr(0, what.find(':')));
      } else {
        // arn:aws:secretsmanager:region:account:secret:name, then key and version
        std::size_t end = 0;
        for (int k = 0; k < 7 && end != std::string_view::npos; ++k) end = what.find(':', end == 0 ? 0 : end + 1);
        arn = std::string(what.substr(0, end));
      }
      out.push_back({{"secretsmanager:GetSecretValue"}, {arn}, {}});
    } else {
      what = what.substr(0, what.find(':'));
      if (what.starts_with('/')) what.remove_prefix(1);
      out.push_back({{"ssm:GetParameters"}, {fmt::format("arn:{}:ssm:{}:*:parameter/{}", target.partition, target.region, what)}, {}});
    }
  }
}

/// What CloudFormation asks to check the value of a parameter.
/// docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html
constexpr auto kParameterTypes = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"AWS::EC2::AvailabilityZone::Name", "ec2:DescribeAvailabilityZones"},
    {"AWS::EC2::Image::Id", "ec2:DescribeImages"},
    {"AWS::EC2::Instance::Id", "ec2:DescribeInstances"},
    {"AWS::EC2::KeyPair::KeyName", "ec2:DescribeKeyPairs"},
    {"AWS::EC2::SecurityGroup::GroupName", "ec2:DescribeSecurityGroups"},
    {"AWS::EC2::SecurityGroup::Id", "ec2:DescribeSecurityGroups"},
    {"AWS::EC2::Subnet::Id", "ec2:DescribeSubnets"},
    {"AWS::EC2::VPC::Id", "ec2:DescribeVpcs"},
    {"AWS::EC2::Volume::Id", "ec2:DescribeVolumes"},
    {"AWS::Route53::HostedZone::Id", "route53:ListHostedZones"},
});

void add_parameter(const ir::Parameter& p, const Target& target, std::vector<Statement>& out) {
  if (p.type.starts_with("AWS::SSM::Parameter::")) {
    std::string path = pattern_of(p.default_value, target);
    if (path.starts_with('/')) path.erase(0, 1);
    out.push_back({{"ssm:GetParameters"},
                   {fmt::format("arn:{}:ssm:{}:*:parameter/{}", target.partition, target.region, path.empty() ? "*" : path)},
                   {}});
    return;
  }
  for (const auto& [type, action] : kParameterTypes) {
    if (p.type == type || p.type == fmt::format("List<{}>", type)) out.push_back({{std::string(action)}, {"*"}, {}});
  }
}

void add_custom(const ir::Resource& r, const Target& target, std::vector<Statement>& out) {
  if (!r.type.starts_with("Custom::") && r.type != "AWS::CloudFormation::CustomResource") return;
  const auto* properties = r.properties != nullptr ? r.properties->get_if<ir::Object>() : nullptr;
  const ir::ValueRef token = properties != nullptr ? properties->find("ServiceToken") : nullptr;
  std::string arn = pattern_of(token, target);
  if (arn.find(":sns:") != std::string::npos) {
    out.push_back({{"sns:Publish"}, {arn}, {}});
    return;
  }
  if (!arn.starts_with("arn:")) {
    arn = fmt::format("arn:{}:lambda:{}:{}:function:*", target.partition, target.region, target.account);
  }
  out.push_back({{"lambda:InvokeFunction"}, {arn}, {}});
}

}  // namespace

std::vector<Statement> passed_roles(const ir::Template& t, const Target& target) {
  std::vector<Statement> out;
  for (const ir::Resource& r : t.resources) {
    if (r.type == "AWS::IAM::Role") {
      const std::set<std::string> services = trusted_services(r);
      if (services.empty()) continue;  // people and providers take it; nobody passes it
      const Needs needs = needs_of(r.type, {}, iam::Iam::aws());
      out.push_back(passing({fmt::format("arn:{}:iam::{}:role/{}", target.partition, target.account, name_of(r, needs, t, target))},
                            {services.begin(), services.end()}));
    } else {
      add_foreign_roles(t, r, target, out);
    }
  }
  return out;
}

std::vector<Statement> looked_up(const ir::Template& t, const Target& target) {
  std::vector<Statement> out;
  for (const ir::Parameter& p : t.parameters) add_parameter(p, target, out);
  for (const ir::Resource& r : t.resources) {
    add_custom(r, target, out);
    walk(r.properties, [&](ir::ValueRef v) {
      if (const auto* text = v->get_if<std::string_view>()) {
        add_dynamic(*text, target, out);
      } else if (v->call(ir::Fn::Sub) != nullptr || v->call(ir::Fn::SubText) != nullptr || v->call(ir::Fn::Join) != nullptr) {
        add_dynamic(pattern_of(v, target), target, out);
      } else if (v->call(ir::Fn::GetAZs) != nullptr) {
        out.push_back({{"ec2:DescribeAvailabilityZones"}, {"*"}, {}});
      }
    });
  }
  return out;
}

std::vector<Statement> of_stack(const ir::Template& t, const Target& target) {
  Statement own;
  for (const char* action : {"CancelUpdateStack", "ContinueUpdateRollback", "CreateChangeSet", "CreateStack", "DeleteChangeSet",
                             "DeleteStack", "DescribeChangeSet", "DescribeEvents", "DescribeStackEvents", "DescribeStackResource",
                             "DescribeStackResources", "DescribeStacks", "ExecuteChangeSet", "GetStackPolicy", "GetTemplate",
                             "ListChangeSets", "ListStackResources", "RollbackStack", "SetStackPolicy", "TagResource",
                             "UntagResource", "UpdateStack", "UpdateTerminationProtection"}) {
    own.actions.push_back(fmt::format("cloudformation:{}", action));
  }
  own.resources.push_back(fmt::format("arn:{}:cloudformation:{}:{}:stack/{}/*", target.partition, target.region, target.account,
                                      target.stack.empty() ? "*" : target.stack));
  std::vector<Statement> out{own,
                             {{"cloudformation:GetTemplateSummary", "cloudformation:ListExports", "cloudformation:ListImports",
                               "cloudformation:ListStacks", "cloudformation:ValidateTemplate"},
                              {"*"},
                              {}}};
  for (const ir::ValueRef transform : t.transforms) {
    const auto* name = transform->get_if<std::string_view>();
    if (name == nullptr) continue;
    const bool of_aws = name->starts_with("AWS::");
    out.push_back({{"cloudformation:CreateChangeSet"},
                   {fmt::format("arn:{}:cloudformation:{}:{}:transform/{}", target.partition, target.region,
                                of_aws ? "aws" : target.account, of_aws ? name->substr(5) : *name)},
                   {}});
  }
  return out;
}

}  // namespace stackc::deploy

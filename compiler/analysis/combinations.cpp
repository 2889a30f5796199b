#include <algorithm>
#include <array>

#include "compiler/analysis/fit.hpp"
#include "compiler/base/text.hpp"

namespace stackc::analysis {
namespace {

using ir::ValueRef;

enum class Demand : std::uint8_t {
  ExactlyOne,
  AtLeastOne,
  AtMostOne,
  Excludes,  // the first excludes each of the others
  Needs,     // the first needs the others
};

struct Combination {
  std::string_view resource, nested;
  Demand demand;
  std::array<std::string_view, 7> names;
};

/// What AWS's documentation of the properties says in words.
constexpr auto kCombinations = std::to_array<Combination>({
    {"AWS::AutoScaling::AutoScalingGroup", "", Demand::ExactlyOne,
     {"InstanceId", "LaunchConfigurationName", "LaunchTemplate", "MixedInstancesPolicy"}},
    {"AWS::CloudWatch::Alarm", "", Demand::ExactlyOne, {"EvaluationCriteria", "MetricName", "Metrics"}},
    {"AWS::CloudWatch::Alarm", "", Demand::Excludes,
     {"Metrics", "Dimensions", "ExtendedStatistic", "Namespace", "Period", "Statistic", "Unit"}},
    {"AWS::EC2::Instance", "BlockDeviceMapping", Demand::ExactlyOne, {"Ebs", "NoDevice", "VirtualName"}},
    {"AWS::EC2::SecurityGroup", "Egress", Demand::ExactlyOne,
     {"CidrIp", "CidrIpv6", "DestinationPrefixListId", "DestinationSecurityGroupId"}},
    {"AWS::EC2::SecurityGroup", "Ingress", Demand::ExactlyOne,
     {"CidrIp", "CidrIpv6", "SourcePrefixListId", "SourceSecurityGroupId", "SourceSecurityGroupName"}},
    {"AWS::EC2::SecurityGroupEgress", "", Demand::ExactlyOne,
     {"CidrIp", "CidrIpv6", "DestinationPrefixListId", "DestinationSecurityGroupId"}},
    {"AWS::EC2::SecurityGroupIngress", "", Demand::ExactlyOne,
     {"CidrIp", "CidrIpv6", "SourcePrefixListId", "SourceSecurityGroupId", "SourceSecurityGroupName"}},
    {"AWS::EC2::Subnet", "", Demand::AtLeastOne, {"CidrBlock", "Ipv4IpamPoolId", "Ipv6CidrBlock", "Ipv6IpamPoolId"}},
    {"AWS::EC2::VPC", "", Demand::AtLeastOne, {"CidrBlock", "Ipv4IpamPoolId"}},
    {"AWS::ECS::Service", "", Demand::AtMostOne, {"CapacityProviderStrategy", "LaunchType"}},
    {"AWS::IAM::Policy", "", Demand::AtLeastOne, {"Groups", "Roles", "Users"}},
    {"AWS::Lambda::Function", "Code", Demand::AtMostOne, {"ImageUri", "S3Bucket", "ZipFile"}},
    {"AWS::Lambda::Function", "Code", Demand::Needs, {"S3Bucket", "S3Key"}},
    {"AWS::Route53::RecordSet", "", Demand::Excludes, {"AliasTarget", "ResourceRecords", "TTL"}},
    {"AWS::Route53::RecordSetGroup", "RecordSet", Demand::Excludes, {"AliasTarget", "ResourceRecords", "TTL"}},
});

/// Is it given: always, never, or as a condition decides?
enum class Given : std::uint8_t { Never, Perhaps, Always };

Given given(const ir::Object& object, std::string_view name) {
  const ValueRef v = object.find(name);
  if (v == nullptr || v->is_no_value()) return Given::Never;
  const auto* made = v->get_if<ir::Call>();
  return made != nullptr && (made->fn == ir::Fn::If || made->fn == ir::Fn::Transform) ? Given::Perhaps : Given::Always;
}

class CombinationChecker {
 public:
  CombinationChecker(const Context& c, const Slot& slot, const ir::Object& object, Span place)
      : c_(c), slot_(slot), object_(object), place_(place) {}

  void check(const Combination& rule) {
    std::vector<std::string_view> names, always;
    bool perhaps = false;
    for (const std::string_view name : rule.names) {
      if (name.empty()) continue;
      names.push_back(name);
      const Given g = given(object_, name);
      perhaps = perhaps || g == Given::Perhaps;
      if (g == Given::Always) always.push_back(name);
    }
    const bool first = !always.empty() && always.front() == names.front();
    switch (rule.demand) {
      case Demand::ExactlyOne:
        if (always.size() > 1) return report(fmt::format("takes one of {}, not {}", quoted(names), quoted(always)), always[1]);
        [[fallthrough]];
      case Demand::AtLeastOne:
        if (always.empty() && !perhaps) report(fmt::format("needs one of {}", quoted(names)), {});
        return;
      case Demand::AtMostOne:
        if (always.size() > 1) report(fmt::format("takes one of {} at most, not {}", quoted(names), quoted(always)), always[1]);
        return;
      case Demand::Excludes:
        if (first && always.size() > 1) {
          report(fmt::format("takes no `{}` beside `{}`", always[1], always[0]), always[1]);
        }
        return;
      case Demand::Needs:
        if (first && always.size() + (perhaps ? 1 : 0) < names.size()) {
          report(fmt::format("needs `{}` beside `{}`", names[1], names[0]), names[0]);
        }
        return;
    }
  }

  /// What the value of another property demands.
  void needs(std::string_view why, std::initializer_list<std::string_view> names) {
    std::vector<std::string_view> absent;
    for (const std::string_view name : names) {
      if (given(object_, name) == Given::Never) absent.push_back(name);
    }
    if (!absent.empty()) report(fmt::format("needs {} {}", quoted(absent), why), {});
  }

 private:
  static std::string quoted(const std::vector<std::string_view>& names) {
    std::string out;
    for (std::size_t i = 0; i < names.size(); ++i) {
      out += fmt::format("{}`{}`", i == 0 ? "" : i + 1 == names.size() ? " and " : ", ", names[i]);
    }
    return out;
  }

  void report(const std::string& what, std::string_view at) {
    Span place = place_;
    for (const ir::Member& m : object_.members) {
      if (m.key == at && m.key_origin.valid()) place = m.key_origin;
    }
    c_.sink.report(Code::PropertyCombination, place, fmt::format("`{}` {}", slot_.owner(), what));
  }

  const Context& c_;
  const Slot& slot_;
  const ir::Object& object_;
  Span place_;
};

bool is_rule(std::string_view resource, std::string_view nested) {
  return resource == "AWS::EC2::SecurityGroupIngress" || resource == "AWS::EC2::SecurityGroupEgress" ||
         (resource == "AWS::EC2::SecurityGroup" && (nested == "Ingress" || nested == "Egress"));
}

/// AWS documents the ports as required for the protocols that have ports or types.
bool has_ports(ValueRef protocol) {
  constexpr std::string_view kNames[] = {"tcp", "udp", "icmp", "icmpv6", "1", "6", "17", "58"};
  if (protocol == nullptr) return false;
  if (const auto* number = protocol->get_if<std::int64_t>()) {
    return *number == 1 || *number == 6 || *number == 17 || *number == 58;
  }
  const auto* text = text_of(protocol);
  return text != nullptr && std::find(std::begin(kNames), std::end(kNames), *text) != std::end(kNames);
}

/// Code in an archive, not in an image.
bool has_archive(const ir::Object& function) {
  const ir::Object* code = object_of(function.find("Code"));
  if (code == nullptr || function.find("PackageType") != nullptr) return false;
  return given(*code, "ZipFile") == Given::Always || given(*code, "S3Bucket") == Given::Always;
}

}  // namespace

void check_combinations(const Context& c, const Slot& slot, const ir::Object& object, Span place) {
  const std::string_view resource = slot.resource.name();
  const std::string_view nested = slot.nested ? slot.nested.name() : std::string_view{};
  CombinationChecker checker(c, slot, object, place);
  for (const Combination& rule : kCombinations) {
    if (rule.resource == resource && rule.nested == nested) checker.check(rule);
  }
  if (is_rule(resource, nested) && has_ports(object.find("IpProtocol"))) {
    checker.needs("for this protocol", {"FromPort", "ToPort"});
  }
  if (resource == "AWS::Lambda::Function" && nested.empty() && has_archive(object)) {
    checker.needs("for code in an archive", {"Handler", "Runtime"});
  }
}

}  // namespace stackc::analysis

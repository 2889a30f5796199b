#include <array>
#include <charconv>

#include "compiler/analysis/fit.hpp"
#include "compiler/base/text.hpp"

namespace stackc::analysis {
namespace {

using ir::ValueRef;

enum class Counts : std::uint8_t { Number, Characters, Elements, Document };

struct Limit {
  std::string_view resource, nested, property;
  Counts counts;
  std::int64_t least, most;
};

/// Limits of services that AWS's schema does not carry; their documentation does. They are raised now and then, so
/// that past them stands a warning.
constexpr auto kLimits = std::to_array<Limit>({
    {"AWS::AutoScaling::LaunchConfiguration", "BlockDevice", "Iops", Counts::Number, 100, 20'000},
    {"AWS::EC2::Instance", "Ebs", "Iops", Counts::Number, 100, 256'000},
    {"AWS::EC2::SecurityGroup", "", "SecurityGroupEgress", Counts::Elements, 0, 60},
    {"AWS::EC2::SecurityGroup", "", "SecurityGroupIngress", Counts::Elements, 0, 60},
    {"AWS::ECS::Service", "AwsVpcConfiguration", "SecurityGroups", Counts::Elements, 0, 5},
    {"AWS::ECS::Service", "AwsVpcConfiguration", "Subnets", Counts::Elements, 0, 16},
    {"AWS::ECS::TaskDefinition", "", "ContainerDefinitions", Counts::Elements, 1, 10},
    {"AWS::ECS::TaskDefinition", "", "Cpu", Counts::Number, 128, 196'608},
    {"AWS::ECS::TaskDefinition", "ContainerDefinition", "StopTimeout", Counts::Number, 0, 120},
    {"AWS::ECS::TaskDefinition", "EphemeralStorage", "SizeInGiB", Counts::Number, 21, 200},
    {"AWS::ECS::TaskDefinition", "HealthCheck", "Interval", Counts::Number, 5, 300},
    {"AWS::ECS::TaskDefinition", "HealthCheck", "Retries", Counts::Number, 1, 10},
    {"AWS::ECS::TaskDefinition", "HealthCheck", "StartPeriod", Counts::Number, 0, 300},
    {"AWS::ECS::TaskDefinition", "HealthCheck", "Timeout", Counts::Number, 2, 60},
    {"AWS::ECS::TaskDefinition", "RestartPolicy", "RestartAttemptPeriod", Counts::Number, 60, 1800},
    {"AWS::ElasticLoadBalancingV2::LoadBalancer", "", "Name", Counts::Characters, 1, 32},
    {"AWS::ElasticLoadBalancingV2::TargetGroup", "", "Name", Counts::Characters, 1, 32},
    {"AWS::IAM::InstanceProfile", "", "Roles", Counts::Elements, 1, 1},
    {"AWS::IAM::ManagedPolicy", "", "PolicyDocument", Counts::Document, 0, 6144},
    {"AWS::IAM::Role", "Policy", "PolicyDocument", Counts::Document, 0, 10'240},
    {"AWS::IAM::Role", "", "RoleName", Counts::Characters, 1, 64},
    {"AWS::Lambda::Function", "", "Description", Counts::Characters, 0, 256},
    {"AWS::Lambda::Function", "", "Handler", Counts::Characters, 0, 128},
    {"AWS::SNS::Topic", "", "TopicName", Counts::Characters, 1, 256},
});

std::optional<std::int64_t> number_in(ValueRef v) {
  if (const auto* number = v->get_if<std::int64_t>()) return *number;
  const auto* text = text_of(v);
  std::int64_t value = 0;
  if (text == nullptr) return std::nullopt;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc{} || end != text->data() + text->size()) return std::nullopt;
  return value;
}

/// How many characters that are no space the JSON of a value has at least; functions count nothing.
std::int64_t document_size(ValueRef v) {
  std::int64_t size = 0;
  if (const auto* text = text_of(v)) {
    for (const char ch : *text) size += ch == ' ' || ch == '\n' || ch == '\t' ? 0 : 1;
    return size + 2;
  }
  if (const ir::List* list = list_of(v)) {
    for (ValueRef item : list->items) size += document_size(item) + 1;
    return size + 1;
  }
  if (const ir::Object* object = object_of(v)) {
    for (const ir::Member& m : object->members) size += static_cast<std::int64_t>(m.key.size()) + 4 + document_size(m.value);
    return size + 1;
  }
  return size;
}

std::optional<std::int64_t> measure(Counts counts, ValueRef v) {
  switch (counts) {
    case Counts::Number: return number_in(v);
    case Counts::Characters: {
      const auto* text = text_of(v);
      if (text == nullptr || is_dynamic(*text)) return std::nullopt;
      std::int64_t size = 0;
      for (const char ch : *text) size += (static_cast<unsigned char>(ch) & 0xC0U) != 0x80U ? 1 : 0;
      return size;
    }
    case Counts::Elements: {
      const ir::List* list = list_of(v);
      if (list == nullptr) return std::nullopt;
      for (ValueRef item : list->items) {
        if (item->get_if<ir::Call>() != nullptr && item->call(ir::Fn::If) != nullptr) return std::nullopt;
      }
      return static_cast<std::int64_t>(list->items.size());
    }
    case Counts::Document: return document_size(v);
  }
  return std::nullopt;
}

std::string_view unit(Counts counts) {
  switch (counts) {
    case Counts::Number: return "";
    case Counts::Elements: return " elements";
    default: return " characters";
  }
}

}  // namespace

bool check_service_limit(const Context& c, const Slot& slot, ValueRef v) {
  for (const Limit& limit : kLimits) {
    if (limit.property != slot.property || limit.resource != slot.resource.name()) continue;
    if (limit.nested != (slot.nested ? slot.nested.name() : std::string_view{})) continue;
    const auto seen = measure(limit.counts, v);
    if (!seen || (*seen >= limit.least && *seen <= limit.most)) return false;
    c.sink.report(Code::ValueOutOfRange, v->origin,
                  fmt::format("{} takes {} to {}{}, this {} {}", slot.what(), limit.least, limit.most, unit(limit.counts),
                              limit.counts == Counts::Number ? "is" : "has", *seen));
    return true;
  }
  return false;
}

}  // namespace stackc::analysis

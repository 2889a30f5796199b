#include <array>
#include <charconv>

#include "compiler/analysis/fit.hpp"
#include "compiler/analysis/shape.hpp"
#include "compiler/base/text.hpp"

namespace stackc::analysis {
namespace {

using ir::ValueRef;

enum class Counts : std::uint8_t { Number, Characters, Elements, Document, Documents };

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
    {"AWS::IAM::Group", "", "Policies", Counts::Documents, 0, 5120},
    {"AWS::IAM::GroupPolicy", "", "PolicyDocument", Counts::Document, 0, 5120},
    {"AWS::IAM::InstanceProfile", "", "Roles", Counts::Elements, 1, 1},
    {"AWS::IAM::ManagedPolicy", "", "PolicyDocument", Counts::Document, 0, 6144},
    {"AWS::IAM::Policy", "", "PolicyDocument", Counts::Document, 0, 10'240},
    {"AWS::IAM::Role", "", "Policies", Counts::Documents, 0, 10'240},
    {"AWS::IAM::Role", "", "RoleName", Counts::Characters, 1, 64},
    {"AWS::IAM::RolePolicy", "", "PolicyDocument", Counts::Document, 0, 10'240},
    {"AWS::IAM::User", "", "Policies", Counts::Documents, 0, 2048},
    {"AWS::IAM::UserPolicy", "", "PolicyDocument", Counts::Document, 0, 2048},
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

/// The inline policies of a user, group or role count together; those that a function makes count nothing.
std::int64_t documents_size(ValueRef v) {
  std::int64_t size = 0;
  const ir::List* list = list_of(v);
  if (list == nullptr) return size;
  for (ValueRef item : list->items) {
    const ir::Object* policy = object_of(item);
    const ValueRef document = policy == nullptr ? nullptr : policy->find("PolicyDocument");
    if (document != nullptr) size += document_size(document);
  }
  return size;
}

/// The subnets of a load balancer that are surely one each; nothing when some may be more, or none.
std::optional<std::size_t> subnet_count(const Context& c, ValueRef v, bool mappings) {
  const ir::List* list = list_of(v);
  if (list == nullptr) return std::nullopt;
  for (ValueRef item : list->items) {
    if (mappings && (object_of(item) == nullptr || is_open(*object_of(item)))) return std::nullopt;
    const auto* made = item->get_if<ir::Call>();
    if (!mappings && text_of(item) == nullptr && (made == nullptr || result_of(c, *made).shape != Shape::Text)) return std::nullopt;
  }
  return list->items.size();
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
    case Counts::Documents: return documents_size(v);
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

/// AWS's documentation of `CreateLoadBalancer`: an application load balancer takes subnets of two zones at least. One
/// is enough in local zones and on outposts, so that this is a warning.
void check_balancer_subnets(const Context& c, const Slot& slot, const ir::Object& object) {
  if (slot.nested || slot.resource.name() != "AWS::ElasticLoadBalancingV2::LoadBalancer") return;
  const ValueRef type = object.find("Type");
  if (type != nullptr && (text_of(type) == nullptr || *text_of(type) != "application")) return;
  for (const std::string_view property : {"Subnets", "SubnetMappings"}) {
    const ValueRef v = object.find(property);
    if (subnet_count(c, v, property == "SubnetMappings") != 1U) continue;
    c.sink.report(Code::ValueOutOfRange, v->origin,
                  fmt::format("property `{}` of `{}` takes 2 elements or more, this has 1", property, slot.owner()))
        .help("an application load balancer stands in two availability zones at least; `Type: network` may stand in one");
  }
}

}  // namespace stackc::analysis

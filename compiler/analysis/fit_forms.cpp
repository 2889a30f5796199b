#include <algorithm>

#include "compiler/analysis/fit.hpp"

namespace stackc::analysis {
namespace {

using schema::Type;
using schema::TypeKind;

bool reads_as_truth(std::string_view text) {
  constexpr std::string_view kWords[] = {"true", "false", "yes", "no", "on", "off", "1", "0"};
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char ch) { return ch >= 'A' && ch <= 'Z' ? static_cast<char>(ch - 'A' + 'a') : ch; });
  return std::find(std::begin(kWords), std::end(kWords), lower) != std::end(kWords);
}

bool is_scalar(ir::ValueRef v) {
  return text_of(v) != nullptr || v->get_if<bool>() != nullptr || v->get_if<std::int64_t>() != nullptr ||
         v->get_if<ir::Decimal>() != nullptr;
}

template <class Test>
bool every_arm(Type type, const Test& test) {
  if (type.kind() != TypeKind::Union) return test(type);
  for (std::size_t i = 0; i < type.arm_count(); ++i) {
    if (!every_arm(type.arm(i), test)) return false;
  }
  return true;
}

bool integer_form(ir::ValueRef v) {
  const auto* text = text_of(v);
  return text == nullptr ? is_scalar(v) : reads_as_integer(*text) || is_dynamic(*text);
}

bool number_form(ir::ValueRef v) {
  const auto* text = text_of(v);
  return text == nullptr ? is_scalar(v) : reads_as_number(*text) || is_dynamic(*text);
}

bool truth_form(ir::ValueRef v) {
  const auto* text = text_of(v);
  return text == nullptr ? is_scalar(v) : reads_as_truth(*text) || is_dynamic(*text);
}

/// A union that mixes values with lists or objects says only what AWS's data says about some of its cases: it
/// refuses nothing. A union of plain values takes any plain value.
bool has_form_of_an_arm(Type type, ir::ValueRef v) {
  bool scalars = false, structures = false;
  for (std::size_t i = 0; i < type.arm_count(); ++i) {
    if (has_form(type.arm(i), v)) return true;
    (takes_scalars_only(type.arm(i)) ? scalars : structures) = true;
  }
  return (scalars && structures) || (scalars && is_scalar(v));
}

}  // namespace

bool has_form(Type type, ir::ValueRef v) {
  switch (type.kind()) {
    case TypeKind::String:
    case TypeKind::Id:
    case TypeKind::Literal:
    case TypeKind::Timestamp: return is_scalar(v);
    case TypeKind::Integer: return integer_form(v);
    case TypeKind::Number: return number_form(v);
    case TypeKind::Boolean: return truth_form(v);
    case TypeKind::Json: return true;
    case TypeKind::Policy: return object_of(v) != nullptr || text_of(v) != nullptr;
    case TypeKind::List: return list_of(v) != nullptr;
    case TypeKind::Map:
    case TypeKind::Nested: return object_of(v) != nullptr;
    case TypeKind::Union: return has_form_of_an_arm(type, v);
  }
  return true;
}

bool takes_scalars_only(Type type) {
  return every_arm(type, [](Type arm) {
    switch (arm.kind()) {
      case TypeKind::Json:
      case TypeKind::Policy:
      case TypeKind::List:
      case TypeKind::Map:
      case TypeKind::Nested: return false;
      default: return true;
    }
  });
}

bool takes_lists_only(Type type) {
  return every_arm(type, [](Type arm) { return arm.kind() == TypeKind::List; });
}

bool takes_objects_only(Type type) {
  return every_arm(type, [](Type arm) { return arm.kind() == TypeKind::Map || arm.kind() == TypeKind::Nested; });
}

bool is_plain_id(std::string_view resource_type, std::string_view member) {
  constexpr std::string_view kTypes[] = {
      "AWS::EC2::DHCPOptions",    "AWS::EC2::Instance",     "AWS::EC2::InternetGateway",  "AWS::EC2::LaunchTemplate",
      "AWS::EC2::NatGateway",     "AWS::EC2::NetworkAcl",   "AWS::EC2::NetworkInterface", "AWS::EC2::RouteTable",
      "AWS::EC2::SecurityGroup",  "AWS::EC2::Subnet",       "AWS::EC2::TransitGateway",   "AWS::EC2::VPC",
      "AWS::EC2::VPCEndpoint",    "AWS::EC2::Volume",       "AWS::EC2::VPNGateway",       "AWS::EC2::CustomerGateway"};
  return member.ends_with("Id") && std::find(std::begin(kTypes), std::end(kTypes), resource_type) != std::end(kTypes);
}

bool takes_plain_ids_only(Type type) {
  return every_arm(type, [](Type arm) { return arm.kind() == TypeKind::Id && is_plain_id(arm.resource_type(), arm.member()); });
}

bool is_uploaded(const Slot& slot) {
  struct Place {
    std::string_view type, property;
  };
  constexpr Place kPlaces[] = {
      {"AWS::ApiGateway::RestApi", "BodyS3Location"},      {"AWS::CodeCommit::Repository", "Code"},
      {"AWS::ElasticBeanstalk::ApplicationVersion", "SourceBundle"}, {"AWS::Lambda::Function", "Code"},
      {"AWS::Lambda::LayerVersion", "Content"},            {"AWS::StepFunctions::StateMachine", "DefinitionS3Location"}};
  return std::any_of(std::begin(kPlaces), std::end(kPlaces), [&](const Place& place) {
    return slot.property == place.property && slot.resource.name() == place.type;
  });
}

bool takes_id_of(Type type, std::string_view resource_type) {
  return !every_arm(type, [&](Type arm) { return arm.resource_type() != resource_type; });
}

}  // namespace stackc::analysis

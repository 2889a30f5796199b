#include <algorithm>
#include <array>
#include <optional>

#include "compiler/analysis/fit.hpp"
#include "compiler/base/text.hpp"

namespace stackc::analysis {
namespace {

using schema::Type;
using schema::TypeKind;

struct IdForm {
  std::string_view resource_type, member, prefix;
};

/// Ids that AWS makes: the prefix, then 8 or 17 hexadecimal digits.
constexpr auto kForms = std::to_array<IdForm>({
    {"AWS::EC2::Image", "Id", "ami-"},
    {"AWS::EC2::Instance", "InstanceId", "i-"},
    {"AWS::EC2::InternetGateway", "InternetGatewayId", "igw-"},
    {"AWS::EC2::NatGateway", "NatGatewayId", "nat-"},
    {"AWS::EC2::NetworkInterface", "Id", "eni-"},
    {"AWS::EC2::RouteTable", "RouteTableId", "rtb-"},
    {"AWS::EC2::SecurityGroup", "GroupId", "sg-"},
    {"AWS::EC2::Subnet", "SubnetId", "subnet-"},
    {"AWS::EC2::VPC", "VpcId", "vpc-"},
    {"AWS::EC2::Volume", "VolumeId", "vol-"},
});

const IdForm* form_of(Type type) {
  if (type.kind() != TypeKind::Id) return nullptr;
  for (const IdForm& form : kForms) {
    if (form.resource_type == type.resource_type() && form.member == type.member()) return &form;
  }
  return nullptr;
}

bool has_id_form(std::string_view text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  const std::string_view digits = text.substr(prefix.size());
  if (digits.size() != 8 && digits.size() != 17) return false;
  return digits.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

/// `arn:aws:iam::123456789012:role/name`
bool is_role_arn(std::string_view text) {
  if (!text.starts_with("arn:aws")) return false;
  const std::size_t service = text.find(":iam::");
  if (service == std::string_view::npos) return false;
  const std::string_view rest = text.substr(service + 6);
  const std::size_t digits = rest.find_first_not_of("0123456789");
  return digits == 12 && rest.substr(digits).starts_with(":role/");
}

}  // namespace

void check_id_form(const Context& c, Type type, const Slot& slot, ir::ValueRef v) {
  const auto* text = text_of(v);
  if (text == nullptr || is_dynamic(*text) || text->starts_with("resolve:ssm:") || text->find("${") != std::string_view::npos) return;
  if (type.kind() == TypeKind::Id && type.resource_type() == "AWS::IAM::Role" && type.member() == "Arn") {
    if (is_role_arn(*text)) return;
    c.sink.report(Code::MisfitForm, v->origin, fmt::format("{} takes the ARN of a role, found {}", slot.what(), shown(v)));
    return;
  }
  const IdForm* form = form_of(type);
  if (form == nullptr || has_id_form(*text, form->prefix)) return;
  c.sink.report(Code::MisfitForm, v->origin,
                fmt::format("{} takes an id `{}` and 8 or 17 hexadecimal digits, found {}", slot.what(), form->prefix, shown(v)));
}

void check_repeated(const Context& c, const Slot& slot, const ir::List& list) {
  constexpr auto kLists = std::to_array<std::string_view>(
      {"AvailabilityZones", "ManagedPolicyArns", "SecurityGroupIds", "SecurityGroups", "SubnetIds", "Subnets",
       "TargetGroupARNs", "VPCSecurityGroups", "VPCZoneIdentifier", "VpcSecurityGroupIds"});
  if (std::find(kLists.begin(), kLists.end(), slot.property) == kLists.end()) return;
  for (std::size_t i = 1; i < list.items.size(); ++i) {
    if (list.items[i]->call(ir::Fn::If) != nullptr || list.items[i]->is_no_value()) continue;
    for (std::size_t j = 0; j < i; ++j) {
      if (!ir::equal(list.items[i], list.items[j])) continue;
      c.sink.report(Code::RepeatedItem, list.items[i]->origin, fmt::format("{} has this element twice", slot.what()))
          .label(list.items[j]->origin, "the first one");
      return;
    }
  }
}

}  // namespace stackc::analysis

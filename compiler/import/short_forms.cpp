#include "compiler/import/short_forms.hpp"

#include <array>
#include <vector>

#include "compiler/base/suggest.hpp"

namespace stackc::cfn {
namespace {

struct ShortForm {
  std::string_view tag, key;
};

constexpr auto kShortForms = std::to_array<ShortForm>({
    {"!Ref", "Ref"},
    {"!GetAtt", "Fn::GetAtt"},
    {"!Sub", "Fn::Sub"},
    {"!Join", "Fn::Join"},
    {"!Select", "Fn::Select"},
    {"!Split", "Fn::Split"},
    {"!FindInMap", "Fn::FindInMap"},
    {"!GetAZs", "Fn::GetAZs"},
    {"!Cidr", "Fn::Cidr"},
    {"!Base64", "Fn::Base64"},
    {"!ImportValue", "Fn::ImportValue"},
    {"!GetStackOutput", "Fn::GetStackOutput"},
    {"!Transform", "Fn::Transform"},
    {"!If", "Fn::If"},
    {"!And", "Fn::And"},
    {"!Or", "Fn::Or"},
    {"!Not", "Fn::Not"},
    {"!Equals", "Fn::Equals"},
    {"!Condition", "Condition"},
    {"!Length", "Fn::Length"},
    {"!ToJsonString", "Fn::ToJsonString"},
    {"!Contains", "Fn::Contains"},
    {"!EachMemberEquals", "Fn::EachMemberEquals"},
    {"!EachMemberIn", "Fn::EachMemberIn"},
    {"!RefAll", "Fn::RefAll"},
    {"!ValueOf", "Fn::ValueOf"},
    {"!ValueOfAll", "Fn::ValueOfAll"},
});

}  // namespace

std::string_view key_of_tag(std::string_view tag) {
  for (const ShortForm& form : kShortForms) {
    if (form.tag == tag) return form.key;
  }
  return {};
}

std::string_view closest_tag(std::string_view tag) {
  std::vector<std::string_view> tags;
  for (const ShortForm& form : kShortForms) tags.push_back(form.tag);
  return did_you_mean(tag, tags);
}

}  // namespace stackc::cfn

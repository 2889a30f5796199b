#include <algorithm>
#include <string_view>

#include "compiler/diff/facts.hpp"
#include "compiler/schema/order.hpp"

/// Lists in which AWS ignores the order.
namespace stackc::diff {
namespace {

using schema::TypeKind;

/// Lists of these are sets wherever they stand: who may talk to what, where, by which policies.
/// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Instance.html and its like for other services.
constexpr std::string_view kSetsOf[] = {"AWS::EC2::SecurityGroup", "AWS::EC2::Subnet",
                                        "AWS::IAM::ManagedPolicy"};

schema::Type element_of(const Slot& slot) {
  return slot.type && slot.type.kind() == TypeKind::List ? slot.type.element() : schema::Type{};
}

bool is_set_of_ids(schema::Type element) {
  if (element.kind() == TypeKind::Union) {
    for (std::size_t i = 0; i < element.arm_count(); ++i) {
      if (is_set_of_ids(element.arm(i))) return true;
    }
    return false;
  }
  return element.kind() == TypeKind::Id &&
         std::ranges::find(kSetsOf, element.resource_type()) != std::end(kSetsOf);
}

}  // namespace

bool is_tags(const Slot& slot) {
  const schema::Type element = element_of(slot);
  if (!element || element.kind() != TypeKind::Nested) return false;
  const schema::Properties properties = element.nested().properties();
  const bool pairs = properties.find("Key") && properties.find("Value");
  const bool launched = properties.size() == 3 && properties.find("PropagateAtLaunch");
  return pairs && (properties.size() == 2 || launched);
}

bool ignores_order(const Slot& slot) {
  const schema::Type element = element_of(slot);
  if (!element) return false;
  if (is_tags(slot) || is_set_of_ids(element)) return true;
  return schema::ignores_order(slot.owner, slot.nested, slot.name);
}

}  // namespace stackc::diff

#include "compiler/ir/positions.hpp"

#include <array>

namespace stackc::ir {
namespace {

constexpr FnSet kValues =
    fn_set(Fn::Ref, Fn::GetAtt, Fn::Sub, Fn::SubText, Fn::Join, Fn::Select, Fn::Split, Fn::FindInMap, Fn::GetAZs, Fn::Cidr,
           Fn::Base64, Fn::ImportValue, Fn::GetStackOutput, Fn::Transform, Fn::If, Fn::Length, Fn::ToJsonString, Fn::ForEach);
constexpr FnSet kExtended = fn_set(Fn::Length, Fn::ToJsonString);
/// What is known when a deployment starts and may stand in an import's or export's name.
constexpr FnSet kNames = fn_set(Fn::Ref, Fn::Sub, Fn::SubText, Fn::Join, Fn::Select, Fn::Split, Fn::FindInMap, Fn::If, Fn::Base64,
                                Fn::Cidr, Fn::Transform);
constexpr FnSet kOperands = fn_set(Fn::Ref, Fn::Sub, Fn::SubText, Fn::Join, Fn::Select, Fn::Split, Fn::FindInMap);
constexpr FnSet kLookUps = fn_set(Fn::Ref, Fn::FindInMap);
constexpr FnSet kKeys = fn_set(Fn::Sub, Fn::SubText, Fn::Join, Fn::Select, Fn::Split, Fn::If, Fn::Length, Fn::ToJsonString);
constexpr FnSet kLists = fn_set(Fn::Ref, Fn::GetAtt, Fn::FindInMap, Fn::GetAZs, Fn::If, Fn::Split, Fn::Cidr, Fn::Transform,
                                Fn::ForEach);

// clang-format off
constexpr std::array<PositionRule, 21> kRules = {{
    // name                                  allowed               with extensions  inside resources none
    {"a property",                           kValues,              0,         false, true,  true },
    {"a policy attribute",                   kValues,              0,         false, true,  true },
    {"the value of an output",               kValues,              0,         false, true,  false},
    {"the name of an export",                kNames,               kExtended, true,  false, false},
    {"a mapping",                            fn_set(Fn::Transform),0,         true,  false, false},
    {"the operand of a condition",           kOperands,            kExtended, true,  false, false},
    {"the operand of a rule",
     fn_set(Fn::Ref, Fn::RefAll, Fn::ValueOf, Fn::ValueOfAll),      0,         true,  false, false},
    {"the name of a mapping",                kLookUps,             kKeys,     false, false, false},
    {"the key of a mapping",                 kLookUps,             kKeys,     false, false, false},
    {"the index of a selection",             kLookUps,             kKeys,     false, true,  false},
    {"the list of a selection",              kLists,               0,         false, true,  false},
    {"the delimiter of a join",              0,                    0,         false, true,  false},
    {"the list of a join",                   kLists,               0,         false, true,  false},
    {"the delimiter of a split",             0,                    0,         false, true,  false},
    {"the text of a split",                  kValues,              0,         false, true,  false},
    {"an interpolation",                     kValues,              0,         false, true,  false},
    {"the name of an import",                kNames,               kExtended, true,  false, false},
    {"an argument of `cidr`",                kValues & ~fn_set(Fn::If), 0,    false, true,  false},
    {"the region of `getAZs`",               fn_set(Fn::Ref),      0,         false, true,  false},
    {"the name of an attribute",             fn_set(Fn::Ref),      kKeys,     false, true,  false},
    {"an argument of a function",            kValues,              0,         false, true,  false},
}};
// clang-format on

}  // namespace

const PositionRule& rule_of(Position position) { return kRules[static_cast<std::size_t>(position)]; }

Position argument_position(Fn fn, std::size_t index) {
  switch (fn) {
    case Fn::GetAtt: return Position::AttributeName;
    case Fn::Sub: return Position::SubPart;
    case Fn::Join: return index == 0 ? Position::JoinDelimiter : Position::JoinList;
    case Fn::Select: return index == 0 ? Position::SelectIndex : Position::SelectList;
    case Fn::Split: return index == 0 ? Position::SplitDelimiter : Position::SplitText;
    case Fn::FindInMap:
      if (index == 0) return Position::MapName;
      return index < 3 ? Position::MapKey : Position::Argument;
    case Fn::GetAZs: return Position::ZonesRegion;
    case Fn::Cidr: return Position::CidrArgument;
    case Fn::ImportValue: return Position::ImportName;
    case Fn::If:
    case Fn::Transform: return Position::Property;
    case Fn::Equals: return Position::ConditionOperand;
    case Fn::Contains:
    case Fn::EachMemberEquals:
    case Fn::EachMemberIn: return Position::RuleOperand;
    default: return Position::Argument;
  }
}

Place place_at(Position position, const PositionRule* around) {
  const PositionRule& rule = rule_of(position);
  if (around == nullptr && rule.everywhere_inside) around = &rule;
  return {position, around, rule.none};
}

Place entry_of(Place outer) {
  switch (outer.here) {
    case Position::Property:
    case Position::PolicyAttribute:
    case Position::OutputValue:
    case Position::MappingValue: break;
    default: outer.here = Position::Argument;
  }
  outer.none = true;
  return outer;
}

}  // namespace stackc::ir

#pragma once

#include <cstdint>
#include <string_view>

#include "compiler/ir/ir.hpp"

namespace stackc::ir {

/// A set of intrinsic functions.
using FnSet = std::uint64_t;

template <class... Fns>
constexpr FnSet fn_set(Fns... fns) {
  return ((FnSet{1} << static_cast<unsigned>(fns)) | ... | FnSet{0});
}
constexpr bool has(FnSet set, Fn fn) { return (set & fn_set(fn)) != 0; }

/// A place in a template with rules of its own about what may stand there.
enum class Position : std::uint8_t {
  Property,          // a resource's property, and every value in one
  PolicyAttribute,   // a resource's metadata, creation and update policy
  OutputValue,
  ExportName,
  MappingValue,
  ConditionOperand,  // of Equals
  RuleOperand,       // of a rule's Equals, Contains, EachMember…
  MapName,
  MapKey,
  SelectIndex,
  SelectList,
  JoinDelimiter,
  JoinList,
  SplitDelimiter,
  SplitText,
  SubPart,
  ImportName,
  CidrArgument,
  ZonesRegion,       // of GetAZs
  AttributeName,     // of GetAtt
  Argument,          // of any other function
};

struct PositionRule {
  std::string_view name;   // for messages: "the name of an export"
  FnSet allowed;           // what CloudFormation accepts there
  FnSet with_extensions;   // what the transform AWS::LanguageExtensions adds
  bool everywhere_inside;  // `allowed` holds for everything below, not only for the value itself
  bool resources;          // may depend on resources
  bool none;               // may be AWS::NoValue
};

/// The one table of what CloudFormation accepts where (decision 5).
const PositionRule& rule_of(Position position);

/// The position of argument `index` of `fn`.
Position argument_position(Fn fn, std::size_t index);

/// Where a value stands, on a walk through a template.
struct Place {
  Position here;
  const PositionRule* around = nullptr;  // a rule that holds for everything inside, or none
  bool none = false;                     // AWS::NoValue may stand here
};
Place place_at(Position position, const PositionRule* around = nullptr);
/// The place of an entry of a literal list or object that stands at `outer`.
Place entry_of(Place outer);

}  // namespace stackc::ir

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace stackc::sema {

/// The functions that are always there. They live in a namespace of their own, by call position;
/// names of users shadow them.
enum class BuiltinFn : std::uint8_t {
  None,
  // CloudFormation's intrinsics by their own names, so that any template can be written exactly.
  Join, Split, Select, Sub, Base64, FindInMap, ImportValue, Cidr, GetAZs, Transform, ToJsonString, GetAtt, Ref,
  Equals, And, Or, Not, IfElse, Condition,
  // Values.
  Length, ToJson, CidrSubnet /* c.subnet(prefix, slot) */, Keys, Values, Concat, Flatten, Distinct, Sort,
  Contains, Range, Merge, Zip, Min, Max, Sum,
  Upper, Lower, Trim, Replace, StartsWith, EndsWith, Substring, ToString, ToInt,
  // Looking at declarations.
  All, Declared, LogicalId, Assume, Unchecked,
  // Late-bound values.
  Ssm, SsmSecure, Secret, Hole,
  // Files.
  Text, JsonFile, YamlFile, Base64File, Render, Compose,
  // Rules, for `assert`.
  EachMemberIn, EachMemberEquals, RefAll, ValueOf, ValueOfAll,
  // Ports, for `allow`.
  Tcp, Udp,
};

/// What a built-in looks like from outside, for checking and for did-you-mean.
struct BuiltinInfo {
  BuiltinFn fn;
  std::string_view name;       // as written in source
  std::string_view signature;  // for messages: `join(delimiter: String, parts: [String]) -> String`
  std::uint8_t min_args;
  std::uint8_t max_args;
  bool method;                 // called as `value.name(…)`; the receiver is not counted
};

/// All built-ins, by name.
std::span<const BuiltinInfo> builtins();
const BuiltinInfo* find_builtin(std::string_view name, bool method);

}  // namespace stackc::sema

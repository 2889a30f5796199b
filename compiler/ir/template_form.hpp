#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "compiler/base/arena.hpp"
#include "compiler/diag/diagnostic.hpp"
#include "compiler/ir/ir.hpp"

/// From a template's JSON form, as plain data, to the IR. What reading a template and `raw` in a stack
/// file share. Nothing is folded: writing the result gives the same JSON.
namespace stackc::ir {

/// The sections that the IR has fields for, in the order in which they are written.
inline constexpr std::array<std::string_view, 10> kSections = {
    "AWSTemplateFormatVersion", "Description", "Metadata",  "Parameters", "Rules",
    "Mappings",                 "Conditions",  "Transform", "Resources",  "Outputs"};

/// Where a value stands decides which functions it may hold.
enum class Where : std::uint8_t {
  Value,      // `{"Ref": "X"}` and its kind are calls; `{"Condition": "C"}` is an object (IAM has such)
  Condition,  // an operand of a condition: `{"Condition": "C"}` is a reference
  Rule,       // inside `Rules`: the rule functions too
};

/// `plain` (objects, lists, scalars) with its functions recognised. `{"Fn::Sub": …}` becomes `SubText`;
/// `Fn::GetAtt` takes its text and its list form to (id, attribute); the first argument of `Fn::If` becomes
/// a `Condition`. An object that names a function but has not the form of its arguments stays an object.
/// Shares what it does not change with `plain`.
ValueRef with_calls(Arena& arena, ValueRef plain, Where where = Where::Value);

/// Adds section `name` of a template to `t` (`Parameters`, `Resources`, `Description`, …; any other
/// becomes a raw attribute of the template). Entries without the form of their section (a resource that
/// is no object, a parameter without a type) are reported at their place and left out; entries that are
/// functions (`Fn::ForEach::X`) become raw entries.
void read_section(Template& t, std::string_view name, ValueRef plain, Sink& sink, Span key_origin = {});

/// What `Fn::Sub` text says: literal text (with `${!X}` resolved to `${X}`) and the names between `${` and
/// `}`, in order. An unclosed `${` is literal text.
struct SubPart {
  std::string_view text;  // a piece of literal text, or a trimmed name: `Net.Arn`, `AWS::Region`
  bool is_name = false;
  std::uint32_t offset = 0;  // of `text` in the whole text, bytes
};
std::vector<SubPart> sub_parts(std::string_view text);

}  // namespace stackc::ir

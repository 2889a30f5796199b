#pragma once

#include <list>
#include <span>
#include <string>
#include <vector>

#include "compiler/ir/ir.hpp"

namespace stackc::emit {

/// What `Fn::Sub` takes: the text with `${…}`, and the variables that are neither a `Ref` nor a
/// `Fn::GetAtt`. Owns the names in `variables` and the values it made itself.
struct SubText {
  std::string text;
  std::vector<ir::Member> variables;
  std::list<std::string> names;  // lists: most texts have none, and then nothing is allocated
  std::list<ir::Value> values;
};

/// The parts of an `ir::Fn::Sub` in CloudFormation's notation: a literal `${` is written `${!`, a
/// variable is named after its value (the last word of an import's name, a mapping, a condition, else
/// `Value`) and numbered where that name is taken; equal values share one.
SubText sub_text(std::span<const ir::ValueRef> parts);

}  // namespace stackc::emit

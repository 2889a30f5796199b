#pragma once

#include <string_view>

#include "compiler/diag/diagnostic.hpp"
#include "compiler/ir/positions.hpp"

/// What is said of values that stand where CloudFormation does not take them.
namespace stackc::ir {

/// The call `v` of `fn` stands where only functions of `allowed` may; `place` is the position's name.
void report_function(ValueRef v, Fn fn, std::string_view place, FnSet allowed, Sink& sink);
/// The reference `v` to the resource `id` stands where nothing may depend on resources.
void report_resource(ValueRef v, std::string_view id, const PositionRule& rule, Sink& sink);
/// `none` stands where there has to be a value.
void report_none(ValueRef v, const PositionRule& rule, Sink& sink);

}  // namespace stackc::ir
